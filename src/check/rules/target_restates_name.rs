//! Flags a target that is blank or only says its own name again.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::Reading;
use crate::model::{Disclosure, Model};
use crate::profile::same_name;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P404",
        name: "target-restates-name",
        severity: Severity::Warning,
        page: include_str!("target_restates_name.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for indicator in disclosure.all_indicators() {
        let (name, value) = (indicator.name, indicator.printed);
        let message = match indicator.reading {
            Reading::Blank => text!(zh: "“{name}”没有写指标值", en: "`{name}` has no target"),
            Reading::Words if same_name(value, name) => {
                text!(zh: "“{name}”的指标值就是指标名称，没有说要做到什么程度", en: "the target of `{name}` is its own name: it does not say how much")
            }
            Reading::Words if same_name(value, indicator.description) => {
                text!(zh: "“{name}”的指标值“{value}”就是它的描述，没有说要做到什么程度", en: "the target of `{name}` repeats its description `{value}`: it does not say how much")
            }
            _ => continue,
        };
        let help = text!(zh: "写出要达到的数或程度，如 ≥90%、较上年提升", en: "state the number or the degree to be reached, such as ≥90%");
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.at), message)
                .help(help)
                .seen(format!("{} {}", indicator.name, indicator.printed).trim_end())
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}
