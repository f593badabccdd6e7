//! Flags a correction of a day on which there was nothing to correct, or that is still to come.

use super::dates::is_ahead;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "A907",
        name: "misdated-correction",
        severity: Severity::Error,
        page: include_str!("misdated_correction.md"),
    },
    scope: RuleScope::Dated(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure, today: Option<&str>) {
    let published = disclosure.written.published.as_str();
    let is_undated = published.is_empty() && !disclosure.written.bad_dates.contains(&"published");
    let corrections = disclosure.written.corrections.iter();
    for correction in corrections.filter(|correction| !correction.date.is_empty()) {
        let date = correction.date.as_str();
        let (message, help) = if is_undated {
            (
                text!(zh: "{date} 的更正：这份公开没有写公开日期，还没有可更正的", en: "a correction of {date}, but the disclosure states no day of publication: there is nothing to correct yet"),
                text!(zh: "写上 published:；还没有公开的，直接改，不写更正", en: "state `published:`; what is not published yet is changed without a correction"),
            )
        } else if date < published {
            (
                text!(zh: "更正日期 {date} 早于公开日期 {published}", en: "a correction of {date}, before the publication on {published}"),
                text!(zh: "核对两个日期；公开以前改的，不是更正", en: "compare the two days; what was changed before publication is no correction"),
            )
        } else if is_ahead(today, date) {
            let today = today.unwrap_or_default();
            (
                text!(zh: "更正日期 {date} 还没到，今天是 {today}", en: "a correction of {date}, which lies ahead: today is {today}"),
                text!(zh: "核对年份和月份", en: "look at the year and the month"),
            )
        } else {
            continue;
        };
        report.push(RULE.code.at(correction.date_place.clone(), message).help(help));
    }
}
