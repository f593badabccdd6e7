//! Flags a target in another unit of money than most, where no relation confirms it.

use super::costs::Costs;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::Measure;
use crate::model::{At, Disclosure, Indicator, Model, Outcome};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P411",
        name: "mixed-money-units",
        severity: Severity::Note,
        page: include_str!("mixed_money_units.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let money: Vec<(Indicator, &str)> = disclosure
        .all_indicators()
        .filter_map(|indicator| {
            let quantity = indicator.reading.quantity()?;
            (quantity.measure == Measure::Money).then_some((indicator, quantity.unit.as_str()))
        })
        .collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, unit) in &money {
        *count.entry(unit).or_default() += 1;
    }
    let Some((most, _)) = count.iter().max_by_key(|(_, count)| **count) else { return };
    if count.len() < 2 {
        return;
    }
    let confirmed = confirmed(portal, disclosure);
    for (indicator, unit) in
        money.iter().filter(|(indicator, unit)| unit != most && !confirmed.contains(&indicator.at))
    {
        let (name, value) = (indicator.name, indicator.printed);
        let message = text!(zh: "“{name}”的指标值“{value}”以“{unit}”为单位，其他多以“{most}”为单位", en: "the target of `{name}`, `{value}`, is in {unit} while most are in {most}");
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.at), message)
                .help(text!(zh: "核对单位；能统一就统一", en: "check the unit, and use one where you can"))
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}

/// Targets that a relation which holds, or the budget of their project, shows to be right.
fn confirmed(portal: &Model, disclosure: &Disclosure) -> BTreeSet<At> {
    let relations = disclosure.relations(portal);
    let sound = relations.iter().filter(|outcome| outcome.verdict.holds());
    let mut all: BTreeSet<At> = sound.flat_map(Outcome::figures).map(|figure| figure.at).collect();
    for project in 0..disclosure.projects.len() {
        if let Some(costs) = Costs::of(disclosure, project).filter(Costs::agree) {
            all.extend(costs.caps.iter().chain(&costs.each).map(|(indicator, _)| indicator.at));
        }
    }
    all
}
