//! The codes of a classification that a disclosure prints, each with the name its dictionary gives it
//! for the year: what the columns of codes lead to.

use indexmap::{IndexMap, IndexSet};

use crate::model::{Disclosure, Portal, Table, full_name};
use crate::page::Subject;
use crate::profile::dictionary::Status;
use crate::profile::{ColumnKind, PanelSpec};
use crate::sheet::{Sheet, Value};
use crate::url;

/// The headings.
pub(super) const COLUMNS: [&str; 3] = ["code", "name", "status"];

/// How sure a name is: as the dictionary says, or no more than what is printed beside the code.
pub(super) const STATUSES: [&str; 4] = ["verified", "derived", "remembered", "printed"];

const TO_MEMORY: &str = "writing to memory cannot fail, and every line has three fields";

/// The classifications whose codes its tables print, each once.
pub(super) fn classifications(disclosure: &Disclosure) -> impl Iterator<Item = &str> {
    let tables = disclosure.tables.values();
    let panels = tables.flat_map(Table::panels).filter(|(_, form, panel)| {
        form.classification.is_some() && panel.rows.iter().any(|row| row.code.is_some())
    });
    let all: IndexSet<&str> =
        panels.filter_map(|(_, form, _)| form.classification.as_deref()).collect();
    all.into_iter()
}

/// Where the codes of a classification stand.
pub(super) fn path(disclosure: &Disclosure, classification: &str) -> String {
    url::disclosure_data(disclosure, &format!("codes-{classification}"), "data.csv")
}

/// The classification that a column of codes leads to: every cell in it that says something is the
/// whole code of its row, in every panel that has the column.
pub(super) fn of_column<'a>(table: &'a Table, id: &str) -> Option<&'a str> {
    let sheet = Sheet::of(table);
    let is_there = |form: &&PanelSpec| form.column(id).is_some();
    let mut forms = table.spec.panels.iter().filter(is_there);
    let classification = forms.next()?.classification.as_deref()?;
    let is_same = forms.all(|form| form.classification.as_deref() == Some(classification));
    let mut has_codes = false;
    let is_code = sheet.rows().all(|row| {
        let Some(column) = row.form.column(id) else { return true };
        let is_code = row.form.columns[column].kind == ColumnKind::Code;
        match row.value(column) {
            Value::Blank => true,
            value => {
                has_codes = true;
                is_code && row.content.code.as_deref() == Some(&*value.plain())
            }
        }
    });
    (is_same && is_code && has_codes).then_some(classification)
}

/// The file of a classification.
pub(super) fn write(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let Some(classification) = classifications(disclosure).nth(subject.item) else {
        return Vec::new();
    };
    let mut csv = ::csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS).expect(TO_MEMORY);
    for (code, (name, status)) in codes(disclosure, classification) {
        csv.write_record([code, &name, status]).expect(TO_MEMORY);
    }
    csv.into_inner().expect("memory is always flushed")
}

/// Code to name and how sure that is, in the order in which they are printed first.
fn codes<'a>(
    disclosure: &'a Disclosure,
    classification: &str,
) -> IndexMap<&'a str, (String, &'static str)> {
    let dictionary = disclosure.profile.dictionaries.get(classification);
    let mut codes = IndexMap::new();
    let panels = disclosure.tables.values().flat_map(Table::panels);
    for (_, form, panel) in panels {
        if form.classification.as_deref() != Some(classification) {
            continue;
        }
        for row in &panel.rows {
            let Some(code) = row.code.as_deref() else { continue };
            codes.entry(code).or_insert_with(|| {
                let known = dictionary.and_then(|all| all.of(code, disclosure.year).next());
                match known {
                    Some(entry) => (entry.name.clone(), word(entry.status)),
                    None => (full_name(form, row), "printed"),
                }
            });
        }
    }
    codes
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Verified => "verified",
        Status::Derived => "derived",
        Status::Remembered => "remembered",
    }
}
