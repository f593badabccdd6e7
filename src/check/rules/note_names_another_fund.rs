//! Flags the note of an empty table that does not name what the table is about.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::{Disclosure, Model, Table};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C110",
        name: "note-names-another-fund",
        severity: Severity::Warning,
        page: include_str!("note_names_another_fund.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        let Some(note) = table.note.as_ref().filter(|_| table.is_empty()) else { continue };
        let names = &table.spec.note_names;
        let says = |names: &[String]| names.iter().any(|name| note.contains(name.as_str()));
        if says(names) {
            continue;
        }
        let other = disclosure
            .tables
            .values()
            .find(|other| !other.spec.note_names.is_empty() && says(&other.spec.note_names));
        if names.is_empty() {
            // Of a table that could not be read nothing is known.
            if disclosure.is_unread_table(&table.spec.id) {
                continue;
            }
            let other = other.filter(|other| !speaks_of(note, &table.title, &other.title));
            if let Some(other) = other {
                report.push(of_another(disclosure, table, other, note));
            }
            continue;
        }
        let message = text!(
            zh: "“{title}”是空的，表下的注却没有提到“{zh}”：“{note}”", en: "the table `{id}` is empty, but its note does not name {en}: `{note}`",
            title = table.title, id = table.spec.id, zh = names.join("”或“"), en = names.join(" or "),
        );
        let help = match other {
            Some(other) => {
                text!(zh: "这句话像是“{title}”的", en: "these words seem to belong to `{id}`", title = other.title, id = other.spec.id)
            }
            None => {
                text!(zh: "注里写明没有哪一项预算", en: "say in the note which budget there is none of")
            }
        };
        report.push(
            RULE.code
                .at(Place::value(table.file, "note"), message)
                .help(help)
                .about(&disclosure.path, table.spec.id.as_str()),
        );
    }
}

/// A note that is not asked to name anything and names what another table is about.
fn of_another(disclosure: &Disclosure, table: &Table, other: &Table, note: &str) -> Diagnostic {
    let named = other.spec.note_names.iter().find(|name| note.contains(name.as_str()));
    let named = named.map_or("", String::as_str);
    let message = text!(
        zh: "“{title}”是空的，表下的注说的却是“{named}”：“{note}”", en: "the table `{id}` is empty, and its note speaks of {named}: `{note}`",
        title = table.title, id = table.spec.id,
    );
    let help = text!(
        zh: "多半贴错了表：把“{title}”的行放回来；确实没有数的，在注里写明没有什么", en: "most likely the wrong table was pasted: put the rows of `{id}` back; where it is empty, let the note say what there is none of",
        title = table.title, id = table.spec.id,
    );
    RULE.code
        .at(Place::value(table.file, "note"), message)
        .related(Place::value(other.file, "note"), text!(zh: "“{title}”的注", en: "the note of `{id}`", title = other.title, id = other.spec.id))
        .help(help)
        .about(&disclosure.path, table.spec.id.as_str())
}

/// So many characters of a title say what a table is about.
const ENOUGH: usize = 4;

/// Whether a note holds a part of a title that another title does not hold.
fn speaks_of(note: &str, title: &str, other: &str) -> bool {
    let starts: Vec<usize> = title.char_indices().map(|(at, _)| at).chain([title.len()]).collect();
    let parts = starts.windows(ENOUGH + 1).map(|part| &title[part[0]..part[ENOUGH]]);
    let mut own = parts.filter(|part| !other.contains(part));
    own.any(|part| note.contains(part))
}
