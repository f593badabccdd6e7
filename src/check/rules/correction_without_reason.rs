//! Flags a correction that does not say why.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "A904",
        name: "correction-without-reason",
        severity: Severity::Error,
        page: include_str!("correction_without_reason.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let corrections = disclosure.written.corrections.iter();
    for correction in corrections.filter(|correction| correction.reason.trim().is_empty()) {
        let date = &correction.date;
        let message = if date.is_empty() {
            text!(zh: "更正没有写原因", en: "a correction does not say why")
        } else {
            text!(zh: "{date} 的更正没有写原因", en: "the correction of {date} does not say why")
        };
        let help = text!(zh: "写上 reason:，它印在网页上", en: "write `reason:`; it is printed");
        report.push(RULE.code.at(correction.place.clone(), message).help(help));
    }
}
