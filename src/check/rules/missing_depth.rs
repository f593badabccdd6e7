//! Flags a branch of codes that stops above the depth the law asks for.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C107",
        name: "missing-depth",
        severity: Severity::Error,
        page: include_str!("missing_depth.md"),
    },
    scope: RuleScope::Disclosure(check),
};

use crate::model::absent::undivided;
use crate::profile::Hierarchy;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for (at, table) in disclosure.tables.values().enumerate() {
        for (number, form, panel) in table.panels() {
            let Hierarchy::Codes { lengths, depth } = &form.hierarchy else { continue };
            for index in undivided(form, panel) {
                if disclosure.is_unsure((at, number, index)) {
                    continue;
                }
                let row = &panel.rows[index];
                let digits = lengths[*depth - 1];
                let message = text!(
                    zh: "{code} {name}没有再分到 {digits} 位科目", en: "{code} {name} is not broken down to codes of {digits} digits",
                    code = row.code.as_deref().unwrap_or_default(), name = row.name,
                );
                let column = form.first(crate::profile::ColumnKind::Code).unwrap_or_default();
                let help = text!(zh: "补上它的下级科目", en: "add the codes below it");
                report.push(
                    RULE.code
                        .at(table.cell_place(number, index, column), message)
                        .help(help)
                        .about(&disclosure.path, format!("{}/{}", table.spec.id, row.key)),
                );
            }
        }
    }
}
