//! One table: for office programs line by line as the form prints it, for programs row by row
//! under the names of the profile.

use super::writer::{CsvWriter, Form};
use crate::model::{Portal, Table};
use crate::page::Subject;
use crate::sheet::{Sheet, Value};

/// Columns that say which row a line is: no column of a profile may be lost to them.
const LEADING: [&str; 3] = ["panel", "row", "level"];

fn table_of<'a>(portal: &'a Portal, subject: &Subject) -> &'a Table {
    &portal.disclosures[subject.disclosure].tables[subject.item]
}

/// The form for office programs.
pub(super) fn office(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let sheet = Sheet::of(table_of(portal, subject));
    let mut writer = CsvWriter::new(Form::Office);
    for column in &sheet.columns {
        writer.heading(&sheet.path(column));
    }
    writer.end();
    for line in sheet.lines() {
        line.values().for_each(|value| writer.value(value));
        writer.end();
    }
    // A table of headings alone would look like a mistake.
    if let Some(note) = sheet.note.filter(|_| sheet.is_empty) {
        writer.text(note);
        sheet.columns.iter().skip(1).for_each(|_| writer.value(Value::Blank));
        writer.end();
    }
    writer.finish()
}

/// The form for programs.
pub(super) fn data(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let table = table_of(portal, subject);
    let sheet = Sheet::of(table);
    let first = usize::from(table.spec.is_plain());
    // Panels may share a column.
    let mut columns: Vec<&str> = Vec::new();
    for stated in sheet.columns.iter().filter_map(|column| column.stated) {
        if !columns.contains(&stated.spec.id.as_str()) {
            columns.push(&stated.spec.id);
        }
    }
    let mut writer = CsvWriter::new(Form::Data);
    writer.fields(LEADING[first..].iter().chain(&columns).copied());
    writer.end();
    for row in sheet.rows() {
        let level = row.content.level.to_string();
        let leading = [row.form.id.as_str(), &row.content.key, &level];
        writer.fields(leading[first..].iter().copied());
        for id in &columns {
            let column = row.form.column(id);
            writer.value(column.map_or(Value::Blank, |column| row.value(column)));
        }
        writer.end();
    }
    writer.finish()
}
