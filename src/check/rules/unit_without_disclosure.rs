//! Flags units of an organisation that neither disclose here nor say where they do.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model, Row};
use crate::profile::{ColumnKind, Role, same_name};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C112",
        name: "unit-without-disclosure",
        severity: Severity::Warning,
        page: include_str!("unit_without_disclosure.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let Some(duty) = &disclosure.profile.duties.units else { return };
    let Some(table) = disclosure.tables.get(&duty.table) else { return };
    for (number, form, panel) in table.panels() {
        let silent: Vec<(usize, &Row)> = panel
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.role == Role::Detail && !row.name.is_empty())
            .filter(|(_, row)| !is_accounted_for(portal, disclosure, &row.name))
            .collect();
        let Some(&(first, row)) = silent.first() else { continue };
        let name = &row.name;
        let message = if silent.len() == 1 {
            text!(zh: "“{name}”没有自己的公开，也没有说明在哪里公开", en: "{name} has no disclosure of its own here, and nothing says where it has")
        } else {
            text!(
                zh: "“{name}”等 {count} 个单位没有自己的公开，也没有说明在哪里公开", en: "{name} and {more} more have no disclosure of their own here, and nothing says where they have",
                count = silent.len(), more = silent.len() - 1,
            )
        };
        let column = form.first(ColumnKind::Label).unwrap_or_default();
        let mut finding = RULE
            .code
            .at(table.cell_place(number, first, column), message)
            .help(text!(
                zh: "在 organisation.yaml 的 units 里写明：在别处公开的写 published: 网址，不单独编预算的写 separate: false",
                en: "say so under `units` in organisation.yaml: `published:` with the address, or `separate: false` where it has no budget of its own",
            ))
            .about(&disclosure.path, duty.table.as_str());
        finding.severity = duty.severity;
        let names: Vec<&str> = silent.iter().map(|(_, row)| row.name.as_str()).collect();
        finding = finding.seen(names.join("、"));
        if silent.len() > 1 {
            let others: Vec<&str> =
                silent.iter().skip(1).map(|(_, row)| row.name.as_str()).collect();
            finding = finding.note(
                text!(zh: "还有：{zh}", en: "also: {en}", zh = others.join("、"), en = others.join(", ")),
            );
        }
        report.push(finding);
    }
}

/// Whether a unit discloses in the portal in that year, or its organisation says how it is.
fn is_accounted_for(portal: &Model, disclosure: &Disclosure, name: &str) -> bool {
    let units = &portal.organisation(disclosure).written.units;
    let is_said = units
        .iter()
        .any(|unit| same_name(&unit.name, name) && (!unit.separate || !unit.published.is_empty()));
    is_said || portal.outline.discloses(name, disclosure)
}
