//! Flags a table that says it is empty and is not.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C104",
        name: "note-on-filled-table",
        severity: Severity::Error,
        page: include_str!("note_on_filled_table.md"),
    },
    scope: RuleScope::Disclosure(check),
};

use crate::profile::EmptyNote;
use crate::source::Place;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        if let Some(note) = &table.note
            && table.spec.empty_note == EmptyNote::Required
            && !table.is_empty()
        {
            let message = text!(zh: "“{title}”有数据，却写着“{note}”", en: "the table `{id}` holds figures, but its note says `{note}`", title = table.title, id = table.spec.id);
            let help =
                text!(zh: "有数据就删去 note", en: "remove the note where there are figures");
            report.push(
                RULE.code
                    .at(Place::value(table.file, "note"), message)
                    .help(help)
                    .about(&disclosure.path, table.spec.id.as_str()),
            );
        }
    }
}
