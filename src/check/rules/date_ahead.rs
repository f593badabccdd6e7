//! Flags a date of the disclosure that lies after today.

use crate::check::{Rule, RuleScope};
use crate::content::date::days_between;
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D706",
        name: "date-ahead",
        severity: Severity::Warning,
        page: include_str!("date_ahead.md"),
    },
    scope: RuleScope::Dated(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure, today: &str) {
    for Dated { key, what, date } in dates(disclosure) {
        if days_between(today, date).is_none_or(|days| days <= 0) {
            continue;
        }
        let message = text!(
            zh: "{zh} {date} 还没到，今天是 {today}", en: "{en} {date} lies ahead: today is {today}",
            zh = what.zh, en = what.en,
        );
        let mut finding = RULE
            .code
            .at(Place::value(disclosure.written.file, key), message)
            .about(&disclosure.path, key);
        let is_held = key == "published" && portal.site.hold_until_published;
        finding = if is_held {
            finding.severity = Severity::Note;
            finding.help(text!(zh: "到那天为止，生成的网站里没有这份公开", en: "until that day a build leaves the disclosure out"))
        } else if key == "published" {
            finding.help(text!(
                zh: "核对年份；写对了的，到那天再公开：在 mingbai.yaml 里写 hold_until_published: true，生成网站时就先不放进去",
                en: "look at the year; where it is right, wait for that day: with hold_until_published: true in mingbai.yaml a build leaves the disclosure out until then",
            ))
        } else {
            finding.help(text!(zh: "已经办过的事，日期不会在今天以后：核对年份", en: "what is done is not dated after today: look at the year"))
        };
        report.push(finding);
    }
}

/// A date of a disclosure: its key, what it is of, and the date.
pub(super) struct Dated<'a> {
    pub(super) key: &'static str,
    pub(super) what: Text,
    pub(super) date: &'a str,
}

/// The dates that a disclosure states.
pub(super) fn dates(disclosure: &Disclosure) -> Vec<Dated<'_>> {
    let written = &disclosure.written;
    let review = written.secrecy_review.as_ref().map_or("", |review| review.on.as_str());
    let dated = |key, what, date| Dated { key, what, date };
    [
        dated(
            "approved",
            text!(zh: "批复日期", en: "the date of approval"),
            written.approved.as_str(),
        ),
        dated(
            "published",
            text!(zh: "公开日期", en: "the date of publication"),
            written.published.as_str(),
        ),
        dated(
            "secrecy_review.on",
            text!(zh: "保密审查的日期", en: "the date of the secrecy review"),
            review,
        ),
    ]
    .into_iter()
    .filter(|dated| !dated.date.is_empty())
    .collect()
}
