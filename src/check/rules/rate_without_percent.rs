//! Flags a rate whose target is a number without per cent.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::Measure;
use crate::model::{Disclosure, Model};
use crate::profile::targets::{ends_with, is_one_of};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P406",
        name: "rate-without-percent",
        severity: Severity::Warning,
        page: include_str!("rate_without_percent.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec() else { return };
    for indicator in disclosure.all_indicators() {
        let (name, value) = (indicator.name, indicator.printed);
        let Some(quantity) = indicator.reading.quantity() else { continue };
        let is_rate = || ends_with(&spec.rates, name) && !ends_with(&spec.not_rates, name);
        let is_share =
            quantity.measure == Measure::Percent || is_one_of(&spec.words.ratios, &quantity.unit);
        if is_share || !is_rate() {
            continue;
        }
        let message = text!(zh: "“{name}”是比率，指标值“{value}”却没有百分号", en: "`{name}` is a rate, but its target `{value}` is not in per cent");
        let help = text!(zh: "写成百分数；若要写的是数量或金额，改指标名称", en: "write a percentage; if a number or an amount is meant, rename the indicator");
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.at), message)
                .help(help)
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}
