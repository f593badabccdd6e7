//! Flags weights of indicators that do not add up to what they should.

#![deny(clippy::arithmetic_side_effects)]

use crate::amount::Decimal;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P415",
        name: "indicator-weights",
        severity: Severity::Warning,
        page: include_str!("indicator_weights.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some((spec, column)) = disclosure.target_spec().and_then(|spec| Some((spec, spec.weight?)))
    else {
        return;
    };
    for (index, project) in disclosure.projects.iter().enumerate() {
        let indicators = disclosure.indicators(index);
        let Some(first) = indicators.iter().find(|indicator| indicator.weight.is_some()) else {
            continue;
        };
        let sum: Decimal = indicators.iter().filter_map(|indicator| indicator.weight).sum();
        if spec.weights.contains(&sum) {
            continue;
        }
        let totals: Vec<String> = spec.weights.iter().map(ToString::to_string).collect();
        let message = text!(zh: "“{name}”各指标的权重合计 {sum}，应当是 {zh}", en: "the weights of `{name}` add up to {sum}, but should to {en}", name = project.name, zh = totals.join(" 或 "), en = totals.join(" or "));
        report.push(
            RULE.code
                .at(disclosure.place_of(first.in_column(column)), message)
                .help(text!(zh: "看哪一项的权重写错或漏写", en: "see which weight is wrong or missing"))
                .about(&disclosure.path, format!("projects/{}/indicators", project.slug)),
        );
    }
}
