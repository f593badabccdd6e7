//! Flags a disclosure of an official site that does not say at what time it was published.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "G804",
        name: "missing-time",
        severity: Severity::Warning,
        page: include_str!("missing_time.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let written = &disclosure.written;
    if !portal.site.official || !written.published_time.is_empty() {
        return;
    }
    let (place, message) = if written.published.is_empty() {
        let message = text!(zh: "没有写公开的日期和时间，网页上不会有 PubDate 标签", en: "the date and time of publication are missing: pages have no PubDate tag");
        (disclosure.place(), message)
    } else {
        let message = text!(zh: "公开日期没有写到几点几分，网页上不会有 PubDate 标签", en: "the time of publication is missing: pages have no PubDate tag");
        (Place::value(written.file, "published"), message)
    };
    report.push(
        RULE.code
            .at(place, message)
            .help(text!(zh: "照发布的时候写，如 published: 2025-02-20 09:30；不要编", en: "write when it was published, such as published: 2025-02-20 09:30; do not invent one"))
            .about(&disclosure.path, "published"),
    );
}
