//! Flags a row the form prints and the table does not hold.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::absent::{absent_rows, address, nameless, rows_place};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C105",
        name: "missing-row",
        severity: Severity::Error,
        page: include_str!("missing_row.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        for (number, form, panel) in table.panels() {
            // That it has no rows at all is one finding, and so is that a row has no name.
            if disclosure.is_unread_panel(&table.spec.id, number) || nameless(form, panel).is_some()
            {
                continue;
            }
            for (key, name) in absent_rows(form, panel) {
                let message = text!(zh: "“{title}”缺少“{name}”这一行", en: "the table `{id}` has no row `{name}`", title = table.title, id = table.spec.id);
                let help = text!(zh: "没有数也要列出这一行，数字留空", en: "the form prints the row even when it has no figure: leave the figure out");
                report.push(
                    RULE.code
                        .at(rows_place(table.file, form), message)
                        .help(help)
                        .about(&disclosure.path, address(&table.spec, form, key)),
                );
            }
        }
    }
}
