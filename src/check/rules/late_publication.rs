//! Flags a disclosure published later after its approval than the law allows.

use super::dates::is_far;
use crate::check::{Rule, RuleScope};
use crate::content::date::days_between;
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D701",
        name: "late-publication",
        severity: Severity::Error,
        page: include_str!("late_publication.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(limit) = disclosure.profile.duties.publish_within else { return };
    let (approved, published) = (&disclosure.written.approved, &disclosure.written.published);
    // A date of another year is what is wrong, and said as that.
    if is_far(disclosure, approved) || is_far(disclosure, published) {
        return;
    }
    let days = days_between(approved, published).and_then(|days| usize::try_from(days).ok());
    let Some(days) = days else { return };
    let is_late = days > limit;
    let is_near = disclosure.profile.duties.remind_from.is_some_and(|from| days >= from);
    if !is_late && !is_near {
        return;
    }
    let message = if is_late {
        text!(
            zh: "{approved} 批复，{published} 才公开，隔了 {days} 天，超过 {limit} 天", en: "approved on {approved} and published on {published}: {days} days, more than the {limit} allowed",
        )
    } else {
        text!(
            zh: "{approved} 批复，{published} 公开，隔了 {days} 天，离 {limit} 天的期限不远", en: "approved on {approved} and published on {published}: {days} of the {limit} days allowed",
        )
    };
    let file = disclosure.written.file;
    let mut finding = RULE
        .code
        .at(Place::value(file, "published"), message)
        .related(Place::value(file, "approved"), text!(zh: "从这天算起", en: "counted from here"))
        .about(&disclosure.path, "published");
    if is_late {
        finding = finding.help(text!(zh: "核对两个日期；确实晚了，就在 accept 里写明原因", en: "compare both dates; where it was late, say why under `accept`"));
    } else {
        finding.severity = Severity::Note;
    }
    report.push(finding);
}
