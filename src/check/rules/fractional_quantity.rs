//! Flags a part of a thing where the form counts whole ones.

use super::figures::figures;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T208",
        name: "fractional-quantity",
        severity: Severity::Warning,
        page: include_str!("fractional_quantity.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for (at, spec, value) in figures(disclosure) {
        if !spec.whole || value.fract().is_zero() {
            continue;
        }
        let words = disclosure.words_of(at);
        report.push(
            RULE.code
                .at(disclosure.place_of(at), text!(zh: "{zh}是 {value}，这一栏数的是整件的东西", en: "{en} is {value}, and the column counts whole things", zh = words.zh, en = words.en))
                .help(text!(zh: "核对数量；也可能与单价填反了", en: "check the number; it may have changed places with the price"))
                .about(&disclosure.path, disclosure.address_of(at)),
        );
    }
}
