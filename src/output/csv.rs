//! One CSV a table: UTF-8, one line a row, machine names as headings, figures
//! as printed without thousands separators.

use super::{DataFile, Output};
use crate::model::Portal;
use crate::page::{Scope, Subject};
use crate::sheet::{Sheet, Value};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "csv",
    scope: Scope::Organisation,
    summary: "One CSV a table, one line a row, figures to the digit.",
    plan,
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
                render,
            });
        }
    }
    files
}

fn render(portal: &Portal, subject: &Subject, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let table = &portal.disclosures[subject.disclosure].tables[subject.item];
    let sheet = Sheet::of(table);
    let first = usize::from(table.spec.is_plain());
    // Panels may share a column.
    let mut columns: Vec<&str> = Vec::new();
    for stated in sheet.columns.iter().filter_map(|column| column.stated) {
        if !columns.contains(&stated.spec.id.as_str()) {
            columns.push(&stated.spec.id);
        }
    }
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let heading = LEADING[first..].iter().copied().chain(columns.iter().copied());
    writer.write_record(heading).expect(TO_MEMORY);
    for row in sheet.rows() {
        let level = row.content.level.to_string();
        let leading = [row.form.id.as_str(), &row.content.key, &level];
        for field in &leading[first..] {
            writer.write_field(field).expect(TO_MEMORY);
        }
        for id in &columns {
            let value = row.form.column(id).map_or(Value::Blank, |column| row.value(column));
            writer.write_field(value.plain().as_bytes()).expect(TO_MEMORY);
        }
        writer.write_record(None::<&[u8]>).expect("every line has one field a column");
    }
    writer.into_inner().expect("memory is always flushed")
}

const TO_MEMORY: &str = "writing to memory cannot fail";
