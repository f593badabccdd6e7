//! Flags a disclosure published before it was approved.

use super::dates::is_far;
use crate::check::{Rule, RuleScope};
use crate::content::date::days_between;
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D702",
        name: "published-before-approved",
        severity: Severity::Error,
        page: include_str!("published_before_approved.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let (approved, published) = (&disclosure.written.approved, &disclosure.written.published);
    // A date of another year is what is wrong, and said as that.
    if is_far(disclosure, approved) || is_far(disclosure, published) {
        return;
    }
    if days_between(approved, published).is_none_or(|days| days >= 0) {
        return;
    }
    let message = text!(zh: "公开日期 {published} 早于批复日期 {approved}", en: "published on {published}, before it was approved on {approved}");
    let file = disclosure.written.file;
    report.push(
        RULE.code
            .at(Place::value(file, "published"), message)
            .related(Place::value(file, "approved"), text!(zh: "批复在后", en: "approved later"))
            .help(text!(zh: "核对两个日期", en: "compare both dates"))
            .about(&disclosure.path, "published"),
    );
}
