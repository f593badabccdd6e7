//! Flags a target of more than 100 per cent, or of less than nothing, that is no growth.

use crate::amount::Decimal;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::Measure;
use crate::model::{Disclosure, Model};
use crate::profile::targets::holds;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P414",
        name: "percentage-range",
        severity: Severity::Warning,
        page: include_str!("percentage_range.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec() else { return };
    for indicator in disclosure.all_indicators() {
        let (name, value) = (indicator.name, indicator.printed);
        let Some(quantity) = indicator.reading.quantity() else { continue };
        let range = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        let mut ends = std::iter::once(quantity.value).chain(quantity.upper);
        let grows = || holds(&spec.growth, name) || holds(&spec.growth, indicator.description);
        if quantity.measure != Measure::Percent || ends.all(|end| range.contains(&end)) || grows() {
            continue;
        }
        let message = text!(zh: "“{name}”的指标值“{value}”不在 0% 到 100% 之间", en: "the target of `{name}`, `{value}`, lies outside 0% to 100%");
        let help = text!(zh: "核对小数点和位数；若是增长率，在名称里写明", en: "look at the digits; if it is a rate of growth, say so in the name");
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.at), message)
                .help(help)
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}
