//! Everything a disclosure prints in one long table: a line for each figure and text that is no code or name, with
//! its row, its column, its unit and its address.

use std::borrow::Cow;

use super::projects::field_path;
use super::writer::{CsvWriter, Form, heading};
use crate::model::{At, Disclosure, PERCENT, Portal, full_name};
use crate::page::Subject;
use crate::profile::{ColumnKind, ProjectSpec};
use crate::sheet::{Sheet, Value};

const HEADINGS: [&str; 10] = [
    "organisation",
    "year",
    "stage",
    "table",
    "row_code",
    "row_name",
    "column",
    "value",
    "unit",
    "address",
];

/// The file as it is written, and what stands before each line of a table or form.
struct Lines<'a> {
    writer: CsvWriter,
    organisation: &'a str,
    disclosure: &'a Disclosure,
}

/// What a line is about: title of the table or form, code and name of the row.
type About<'a> = [&'a str; 3];

/// The file.
pub(super) fn data(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let organisation = &portal.organisation(disclosure).written.name;
    let mut lines = Lines { writer: CsvWriter::new(Form::Data), organisation, disclosure };
    lines.writer.fields(HEADINGS);
    lines.writer.end();
    for table in disclosure.tables.values() {
        lines.table(&Sheet::of(table));
    }
    if let Some(spec) = disclosure.project_spec() {
        (0..disclosure.projects.len()).for_each(|project| lines.project(spec, project));
    }
    lines.writer.finish()
}

impl Lines<'_> {
    fn table(&mut self, sheet: &Sheet) {
        let columns: Vec<_> = sheet
            .columns
            .iter()
            .filter_map(|column| Some((column.stated?, column.unit, heading(&sheet.path(column)))))
            .collect();
        for row in sheet.rows() {
            let code = row.content.code.as_deref().unwrap_or_default();
            let name = full_name(row.form, row.content);
            for (stated, unit, path) in &columns {
                let is_name = matches!(stated.spec.kind, ColumnKind::Code | ColumnKind::Label);
                if stated.panel != row.panel || is_name {
                    continue;
                }
                let value = row.value(stated.index);
                let unit = unit_of(stated.spec.kind, *unit);
                let address = || row.address_of(stated.index);
                self.line([sheet.title, code, &name], path, value, unit, &address);
            }
        }
    }

    fn project(&mut self, spec: &ProjectSpec, index: usize) {
        let disclosure = self.disclosure;
        let project = &disclosure.projects[index];
        let title = spec.title.replace("{name}", &project.name);
        let code = spec.fields.values().position(|field| field.kind == ColumnKind::Code);
        let code = code.map_or(Cow::Borrowed(""), |code| project.fields[code].words());
        let about = [title.as_str(), &code, &project.name];
        for (column, (field, cell)) in spec.fields.values().zip(&project.fields).enumerate() {
            if matches!(field.kind, ColumnKind::Code | ColumnKind::Label) {
                continue;
            }
            let unit = unit_of(field.kind, spec.unit.as_deref());
            let address = || disclosure.address_of(At::Field(index, column));
            self.line(
                about,
                &heading(&field_path(field)),
                Value::of(cell, field.kind),
                unit,
                &address,
            );
        }
        if let Some(plan) = &spec.payment_plan {
            for ((id, step), cell) in plan.steps.iter().zip(&project.plan) {
                let value = Value::of(cell, ColumnKind::Percent);
                let address = || format!("projects/{}/payment_plan/{id}", project.slug);
                let path = heading(&[&plan.title, step]);
                self.line(about, &path, value, PERCENT, &address);
            }
        }
        self.indicators(spec, index, &title);
    }

    fn indicators(&mut self, spec: &ProjectSpec, index: usize, title: &str) {
        let disclosure = self.disclosure;
        let label = spec.indicators.iter().position(|column| column.kind == ColumnKind::Label);
        for (line, cells) in disclosure.projects[index].indicators.iter().enumerate() {
            let name = label.map_or(Cow::Borrowed(""), |label| cells[label].words());
            for (at, (column, cell)) in spec.indicators.iter().zip(cells).enumerate() {
                if column.kind == ColumnKind::Label {
                    continue;
                }
                let value = Value::of(cell, column.kind);
                let amounts = column.unit.as_deref().or(spec.unit.as_deref());
                let unit = unit_of(column.kind, amounts);
                let address = || {
                    format!(
                        "{}/{}",
                        disclosure.address_of(At::Indicator(index, line, at)),
                        column.id
                    )
                };
                self.line([title, "", &name], &heading(&[&column.title]), value, unit, &address);
            }
        }
    }

    fn line(
        &mut self,
        about: About,
        column: &str,
        value: Value,
        unit: &str,
        address: &dyn Fn() -> String,
    ) {
        if matches!(value, Value::Blank | Value::Filler) {
            return;
        }
        let written = &self.disclosure.written;
        self.writer.fields([self.organisation, &written.fiscal_year, &written.stage]);
        self.writer.fields(about);
        self.writer.field(column);
        self.writer.value(value);
        // The mark of a figure that is not there has no unit.
        self.writer.field(if matches!(value, Value::Figure(..)) { unit } else { "" });
        self.writer.field(&address());
        self.writer.end();
    }
}

/// The unit of what a column holds, that of amounts being given.
fn unit_of(kind: ColumnKind, amounts: Option<&str>) -> &str {
    match kind {
        ColumnKind::Amount => amounts.unwrap_or_default(),
        ColumnKind::Percent => PERCENT,
        _ => "",
    }
}
