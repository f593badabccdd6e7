//! What was changed after publication: a line for each value, and for whatever else a correction
//! concerns.

use super::writer::{CsvWriter, Form};
use crate::model::Portal;
use crate::page::{CorrectionLine, Subject};
use crate::theme::Theme;

/// The columns for programs, and the words over those of office programs.
const COLUMNS: [&str; 8] =
    ["correction", "date", "address", "name", "was", "now", "unit", "reason"];
const HEADINGS: [&str; 6] = [
    "corrections_date",
    "corrections_name",
    "corrections_was",
    "corrections_now",
    "corrections_unit",
    "corrections_reason",
];

/// The form for office programs.
pub(super) fn office(portal: &Portal, subject: &Subject, theme: &Theme) -> Vec<u8> {
    let mut writer = CsvWriter::new(Form::Office);
    for heading in HEADINGS {
        writer.text(theme.word(heading));
    }
    writer.end();
    for line in CorrectionLine::all(portal, &portal.disclosures[subject.disclosure]) {
        writer.field(&line.correction.date);
        writer.text(&line.name);
        line.values.unwrap_or_default().iter().for_each(|value| writer.text(value));
        writer.text(line.unit.unwrap_or_default());
        writer.text(&line.correction.reason);
        writer.end();
    }
    writer.finish()
}

/// The form for programs.
pub(super) fn data(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let mut writer = CsvWriter::new(Form::Data);
    writer.fields(COLUMNS);
    writer.end();
    for line in CorrectionLine::all(portal, &portal.disclosures[subject.disclosure]) {
        let [was, now] = line.plain().unwrap_or_default();
        writer.field(&line.number.to_string());
        writer.fields([line.correction.date.as_str(), line.address, &line.name, &was, &now]);
        writer.fields([line.unit.unwrap_or_default(), &line.correction.reason]);
        writer.end();
    }
    writer.finish()
}
