//! Flags a disclosure that does not say when it was approved or published.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D703",
        name: "missing-dates",
        severity: Severity::Warning,
        page: include_str!("missing_dates.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    if !disclosure.profile.duties.dates {
        return;
    }
    let written = &disclosure.written;
    // A date that cannot be read is there.
    let is_missing =
        |key: &str, date: &String| date.is_empty() && !written.bad_dates.contains(&key);
    let approved = is_missing("approved", &written.approved);
    let message = match (approved, is_missing("published", &written.published)) {
        (false, false) => return,
        (true, true) => {
            text!(zh: "没有写批复日期和公开日期", en: "the dates of approval and publication are missing")
        }
        (true, false) => text!(zh: "没有写批复日期", en: "the date of approval is missing"),
        (false, true) => text!(zh: "没有写公开日期", en: "the date of publication is missing"),
    };
    let mut finding = RULE
        .code
        .at(disclosure.place(), message)
        .seen("")
        .help(text!(
            zh: "在 disclosure.yaml 里写 approved: 和 published:，如 2025-02-10",
            en: "write `approved:` and `published:` in disclosure.yaml, like 2025-02-10",
        ))
        .about(&disclosure.path, "dates");
    if let Some(limit) = disclosure.profile.duties.publish_within {
        finding = finding.note(text!(
            zh: "因此是否在 {limit} 天内公开，没有查",
            en: "so whether it was published within {limit} days was not checked",
        ));
    }
    report.push(finding);
}
