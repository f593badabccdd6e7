//! One CSV a table: UTF-8, one line a row, machine names as headings, figures
//! as printed without thousands separators.

use super::{DataFile, Output, Scope, Writer};
use crate::model::{Cell, Portal, Table};
use crate::page::Subject;
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "csv",
    summary: "One CSV a table, one line a row, figures to the digit.",
    scope: Scope::Organisation(plan),
};

/// Columns that say which row a line is: no profile column may be lost to them.
const LEADING: [&str; 3] = ["panel", "row", "level"];

fn plan(portal: &Portal) -> Vec<DataFile> {
    let mut files = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        for (item, table) in disclosure.tables.values().enumerate() {
            files.push(DataFile {
                path: url::table_data(disclosure, table, "csv"),
                subject: Subject { organisation: disclosure.organisation, disclosure: index, item },
                title: "CSV",
                writer: Writer::Organisation(render),
            });
        }
    }
    files
}

fn render(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let table = &portal.disclosures[subject.disclosure].tables[subject.item];
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut columns: Vec<&str> = Vec::new();
    for panel in &table.spec.panels {
        for column in &panel.columns {
            if !columns.contains(&column.id.as_str()) {
                columns.push(&column.id);
            }
        }
    }
    let first = usize::from(table.spec.is_plain());
    let heading = LEADING[first..].iter().copied().chain(columns.iter().copied());
    writer.write_record(heading).expect("writing to memory cannot fail");
    for line in lines(table, &columns, first == 0) {
        writer.write_record(line).expect("every line has one field a column");
    }
    writer.into_inner().expect("memory is always flushed")
}

fn lines(table: &Table, columns: &[&str], with_panel: bool) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for (_, form, panel) in table.panels() {
        for row in &panel.rows {
            let mut line = Vec::with_capacity(columns.len() + LEADING.len());
            if with_panel {
                line.push(form.id.clone());
            }
            line.push(row.key.clone());
            line.push(row.level.to_string());
            line.extend(columns.iter().map(|id| {
                form.column(id).map(|column| plain(&row.cells[column])).unwrap_or_default()
            }));
            lines.push(line);
        }
    }
    lines
}

/// A figure without separators; the kinds of empty as printed.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Figure(value, _) => value.to_string(),
        other => other.text(),
    }
}
