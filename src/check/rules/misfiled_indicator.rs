//! Flags an indicator that stands under a kind its name does not belong to.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::profile::targets::{ends_with, is_one_of};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P408",
        name: "misfiled-indicator",
        severity: Severity::Warning,
        page: include_str!("misfiled_indicator.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some((spec, column)) = disclosure.target_spec().and_then(|spec| Some((spec, spec.kind?)))
    else {
        return;
    };
    for indicator in disclosure.all_indicators() {
        let (name, kind) = (indicator.name, indicator.kind);
        let Some(filing) = spec
            .filing
            .iter()
            .find(|filing| is_one_of(&filing.instead_of, kind) && ends_with(&filing.names, name))
        else {
            continue;
        };
        let message = text!(zh: "“{name}”写在{kind}下，应当属于{home}", en: "`{name}` stands under {kind} but belongs to {home}", home = filing.kind);
        let help = text!(zh: "移到{home}，或换一个{kind}", en: "move it to {home}, or state an indicator of {kind}", home = filing.kind);
        report.push(
            RULE.code
                .at(disclosure.place_of(indicator.in_column(column)), message)
                .help(help)
                .seen(format!("{name} {kind}"))
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}
