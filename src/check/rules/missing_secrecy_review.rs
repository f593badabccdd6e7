//! Flags a disclosure without a record of its secrecy review, or reviewed only after publication.

use super::dates::{is_ahead, is_far};
use crate::check::{Rule, RuleScope};
use crate::content::date::days_between;
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D704",
        name: "missing-secrecy-review",
        severity: Severity::Error,
        page: include_str!("missing_secrecy_review.md"),
    },
    scope: RuleScope::Dated(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure, today: Option<&str>) {
    if !disclosure.profile.duties.secrecy_review {
        return;
    }
    let Some(review) = &disclosure.written.secrecy_review else {
        let message = text!(zh: "没有保密审查的记录", en: "there is no record of a secrecy review");
        report.push(
            RULE.code
                .at(disclosure.place(), message)
                .help(text!(
                    zh: "审查之后在 disclosure.yaml 里写：secrecy_review: {{ by: 谁审查的, on: 2025-02-18 }}",
                    en: "after the review write in disclosure.yaml: secrecy_review: {{ by: who, on: 2025-02-18 }}",
                ))
                .about(&disclosure.path, "secrecy_review"),
        );
        return;
    };
    let published = &disclosure.written.published;
    // A date of another year, or that has not come, is what is wrong, and said as that.
    let is_mistyped = |date: &str| is_far(disclosure, date) || is_ahead(today, date);
    if is_mistyped(&review.on) || is_far(disclosure, published) {
        return;
    }
    if days_between(&review.on, published).is_some_and(|days| days < 0) {
        let message = text!(zh: "保密审查在 {on}，公开却在此前的 {published}", en: "the secrecy review is of {on}, after publication on {published}", on = review.on);
        let file = disclosure.written.file;
        report.push(
            RULE.code
                .at(Place::value(file, "secrecy_review.on"), message)
                .related(Place::value(file, "published"), text!(zh: "这天公开", en: "published then"))
                .help(text!(zh: "先审查，后公开；核对两个日期", en: "review comes before publication: compare both dates"))
                .about(&disclosure.path, "secrecy_review"),
        );
    }
}
