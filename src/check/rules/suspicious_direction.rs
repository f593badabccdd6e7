//! Flags a target that bounds from the wrong side: satisfaction of at most so much.

use crate::amount::Decimal;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::target::{Bound, Measure, Quantity};
use crate::model::{Disclosure, Indicator, Model};
use crate::profile::targets::{TargetSpec, ends_with, holds, is_one_of};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P405",
        name: "suspicious-direction",
        severity: Severity::Warning,
        page: include_str!("suspicious_direction.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec() else { return };
    for indicator in disclosure.all_indicators() {
        let Some(quantity) = indicator.reading.quantity() else { continue };
        let Some(why) = why(spec, &indicator, quantity) else { continue };
        let (name, value) = (indicator.name, indicator.printed);
        let message = text!(zh: "“{name}”的指标值是“{value}”：{zh}", en: "the target of `{name}` is `{value}`: {en}", zh = why.zh, en = why.en);
        let help = match quantity.bound {
            Bound::AtMost => {
                text!(zh: "看看是不是把“≥”写成了“≤”", en: "see whether ≤ was written for ≥")
            }
            _ => text!(zh: "看看是不是把“≤”写成了“≥”", en: "see whether ≥ was written for ≤"),
        };
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.at), message)
                .help(help)
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}

/// What is strange about the direction, if anything.
fn why(spec: &TargetSpec, indicator: &Indicator, quantity: &Quantity) -> Option<Text> {
    let (name, is_cost) = (indicator.name, is_one_of(&spec.cost, indicator.kind));
    if quantity.bound == Bound::AtLeast {
        return (is_cost && quantity.money().is_some()).then(
            || text!(zh: "成本是花钱的上限，不该是下限", en: "a cost is a ceiling, not a floor"),
        );
    }
    if quantity.bound != Bound::AtMost || is_cost {
        return None;
    }
    if ends_with(&spec.satisfaction, name) {
        return Some(
            text!(zh: "满意度越高越好，不该有上限", en: "satisfaction is the better the higher, and needs no ceiling"),
        );
    }
    let is_share = quantity.measure == Measure::Percent;
    if is_share && quantity.value == Decimal::ONE_HUNDRED && !holds(&spec.growth, name) {
        return Some(
            text!(zh: "比率本来就不超过 100%，这等于没有目标", en: "no share exceeds 100%, so this asks for nothing"),
        );
    }
    if holds(&spec.fewer, name) {
        return None;
    }
    if is_share && ends_with(&spec.rates, name) {
        return Some(
            text!(zh: "这样的比率越高越好，不该有上限", en: "such a rate is the better the higher, and needs no ceiling"),
        );
    }
    let is_activity =
        is_one_of(&spec.quantity, indicator.kind) && is_one_of(&spec.events, &quantity.unit);
    is_activity.then(|| text!(zh: "活动和服务的数量通常定下限，定上限等于可以不做", en: "the amount of work done has a floor: a ceiling is met by doing nothing"))
}
