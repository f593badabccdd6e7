//! Flags a row the form prints and the table does not hold.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model, Table};
use crate::profile::PanelSpec;

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

use crate::source::Place;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        for (number, form, panel) in table.panels() {
            // That it has no rows at all is one finding.
            if disclosure.is_unread_panel(&table.spec.id, number) {
                continue;
            }
            let mut is_there = vec![false; form.rows.len()];
            for spec in panel.rows.iter().filter_map(|row| row.spec) {
                is_there[spec] = true;
            }
            for (spec, is_there) in form.rows.values().zip(is_there) {
                if spec.optional || is_there {
                    continue;
                }
                let message = text!(zh: "“{title}”缺少“{name}”这一行", en: "the table `{id}` has no row `{name}`", title = table.title, id = table.spec.id, name = spec.name);
                let help = text!(zh: "没有数也要列出这一行，数字留空", en: "the form prints the row even when it has no figure: leave the figure out");
                let place = if form.id.is_empty() {
                    Place::key(table.file, "rows")
                } else {
                    Place::key(table.file, format!("panels.{}", form.id))
                };
                report.push(
                    RULE.code
                        .at(place, message)
                        .help(help)
                        .about(&disclosure.path, address(table, form, &spec.id)),
                );
            }
        }
    }
}

fn address(table: &Table, form: &PanelSpec, row: &str) -> String {
    if form.id.is_empty() {
        format!("{}/{row}", table.spec.id)
    } else {
        format!("{}/{}.{row}", table.spec.id, form.id)
    }
}
