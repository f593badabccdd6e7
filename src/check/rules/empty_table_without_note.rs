//! Flags an empty table that does not say it is empty.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C103",
        name: "empty-table-without-note",
        severity: Severity::Error,
        page: include_str!("empty_table_without_note.md"),
    },
    scope: RuleScope::Disclosure(check),
};

use crate::profile::EmptyNote;
use crate::source::Place;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        if table.spec.empty_note == EmptyNote::Required && table.is_empty() && table.note.is_none()
        {
            let message = text!(zh: "“{title}”没有数据，也没有空表说明", en: "the table `{id}` is empty and does not say so", title = table.title, id = table.spec.id);
            let help = text!(zh: "加一行：note: 注：无……预算，空表列示。", en: "add a line `note:` that says there is no such budget");
            report.push(
                RULE.code
                    .at(Place::start(table.file), message)
                    .help(help)
                    .about(&disclosure.path, table.spec.id.as_str()),
            );
        }
    }
}
