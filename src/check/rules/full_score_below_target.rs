//! Flags an indicator that missed its target and has its full score.

#![deny(clippy::arithmetic_side_effects)]

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::{self, Bound, Measure, Quantity};
use crate::model::{Disclosure, Indicator, Model};
use crate::profile::targets::{TargetSpec, holds};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P417",
        name: "full-score-below-target",
        severity: Severity::Warning,
        page: include_str!("full_score_below_target.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec() else { return };
    let (Some(weight), Some(actual), Some(points)) = (spec.weight, spec.actual, spec.score) else {
        return;
    };
    for indicator in disclosure.all_indicators() {
        let printed = |column: usize| disclosure.printed(indicator.in_column(column));
        let (Some(weight), Some(score)) = (printed(weight), printed(points)) else { continue };
        if score < weight || weight.is_zero() {
            continue;
        }
        let said = disclosure.words_in(indicator.in_column(actual));
        let Some(target) = indicator.reading.quantity() else { continue };
        let reading = target::read(&disclosure.profile, &said);
        let Some(reached) = reading.quantity() else { continue };
        if !is_missed(spec, &indicator, target, reached) {
            continue;
        }
        let (name, value) = (indicator.name, indicator.printed);
        let message = text!(zh: "“{name}”的指标值是“{value}”，实际完成“{said}”，却得了满分 {score}", en: "the target of `{name}` is `{value}` and `{said}` was reached, but it has its full score of {score}");
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.in_column(points)), message)
                .help(text!(zh: "核对实际完成值，或者按没有完成扣分", en: "see what was reached, or score it as missed"))
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}

/// Whether what was reached lies on the wrong side of the target. A number without a unit has that of the
/// target.
fn is_missed(
    spec: &TargetSpec,
    indicator: &Indicator,
    target: &Quantity,
    reached: &Quantity,
) -> bool {
    let is_bare = reached.unit.is_empty() && reached.measure == Measure::Count && !reached.scaled;
    let is_same = reached.measure == target.measure
        && (reached.measure != Measure::Count || reached.unit == target.unit);
    if target.upper.is_some() || reached.upper.is_some() || !(is_bare || is_same) {
        return false;
    }
    match target.bound {
        Bound::AtLeast => reached.value < target.value,
        Bound::AtMost => reached.value > target.value,
        Bound::Exactly => reached.value < target.value && !holds(&spec.fewer, indicator.name),
    }
}
