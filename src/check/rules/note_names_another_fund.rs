//! Flags the note of an empty table that does not name what the table is about.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
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
        if names.is_empty() || says(names) {
            continue;
        }
        let message = text!(
            zh: "“{title}”是空的，表下的注却没有提到“{zh}”：“{note}”", en: "the table `{id}` is empty, but its note does not name {en}: `{note}`",
            title = table.title, id = table.spec.id, zh = names.join("”或“"), en = names.join(" or "),
        );
        let other = disclosure
            .tables
            .values()
            .find(|other| !other.spec.note_names.is_empty() && says(&other.spec.note_names));
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
