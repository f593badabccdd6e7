//! Flags a date of the disclosure that lies after today.

use super::dates::{Dated, dates, is_ahead, is_far};
use crate::check::{Rule, RuleScope};
use crate::content::date::days_between;
use crate::diagnostic::{Code, Report, Severity, text};
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

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure, today: Option<&str>) {
    let Some(today) = today else { return };
    for Dated { key, what, date } in dates(disclosure) {
        if !is_ahead(Some(today), date) {
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
        finding = if is_far(disclosure, date) {
            // Without a day to hold it against it is an error of the other rule.
            finding.severity = Severity::Error;
            finding.help(text!(
                zh: "核对年份：它离 {year} 年度也太远", en: "look at the year: it is too far from {year}, too",
                year = disclosure.written.fiscal_year,
            ))
        } else if is_held {
            finding.severity = Severity::Note;
            finding.help(text!(zh: "到那天为止，生成的网站里没有这份公开", en: "until that day a build leaves the disclosure out"))
        } else if key == "published" {
            finding.help(text!(
                zh: "核对年份；写对了的，到那天再公开：在 mingbai.yaml 里写 hold_until_published: true，生成网站时就先不放进去",
                en: "look at the year; where it is right, wait for that day: with hold_until_published: true in mingbai.yaml a build leaves the disclosure out until then",
            ))
        } else {
            // A review after publication is an error whatever day it is.
            let published = &disclosure.written.published;
            if key != "approved" && days_between(published, date).is_some_and(|days| days > 0) {
                finding.severity = Severity::Error;
            }
            finding.help(text!(zh: "已经办过的事，日期不会在今天以后：核对年份", en: "what is done is not dated after today: look at the year"))
        };
        report.push(finding);
    }
}
