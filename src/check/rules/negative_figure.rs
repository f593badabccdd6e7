//! Flags a figure below nought where the form has none.

use super::figures::figures;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T209",
        name: "negative-figure",
        severity: Severity::Warning,
        page: include_str!("negative_figure.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for (at, spec, value) in figures(disclosure) {
        if spec.signed || value.is_zero() || !value.is_sign_negative() {
            continue;
        }
        let words = disclosure.words_of(at);
        report.push(
            RULE.code
                .at(disclosure.place_of(at), text!(zh: "{zh}是负数 {value}，这一栏没有负数", en: "{en} is {value}, below nought, which this column never is", zh = words.zh, en = words.en))
                .help(text!(zh: "去掉负号；确有负数的栏，在模板里写 signed: true", en: "take the sign away; where a column may be below nought, its profile says `signed: true`"))
                .about(&disclosure.path, disclosure.address_of(at)),
        );
    }
}
