//! Flags a deadline or period that lies outside the fiscal year.

use super::stated_date::Stated;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::{Disclosure, Indicator, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P409",
        name: "deadline-outside-year",
        severity: Severity::Warning,
        page: include_str!("deadline_outside_year.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let own = disclosure.own_years();
    let is_known = !own.is_empty();
    for project in 0..disclosure.projects.len() {
        let year = disclosure.year;
        // Money carried over keeps the dates it was granted with.
        let begun = disclosure.project_year(project).filter(|begun| *begun < year);
        for indicator in disclosure.indicators(project) {
            let stated = Stated::read(indicator.printed);
            if stated.as_ref().is_some_and(Stated::is_impossible) {
                report.push(impossible(disclosure, &indicator));
                continue;
            }
            let years = indicator.reading.years().or_else(|| {
                let year = stated?.year?;
                Some((year, year))
            });
            let Some((first, last)) = years.filter(|_| is_known) else { continue };
            let reaches = |year: u32| first <= year && last >= begun.unwrap_or(year);
            if reaches(year) || own.iter().any(|year| reaches(*year)) {
                continue;
            }
            let (name, value) = (indicator.name, indicator.printed);
            let message = match begun {
                None => {
                    text!(zh: "“{name}”的期限“{value}”不在 {year} 年度内", en: "the date of `{name}`, `{value}`, lies outside the year {year}")
                }
                Some(begun) => {
                    text!(zh: "“{name}”的期限“{value}”不在 {begun} 至 {year} 年内", en: "the date of `{name}`, `{value}`, lies outside the years {begun} to {year}")
                }
            };
            let mut found = RULE
                .code
                .at(disclosure.place_of(indicator.at), message)
                .help(text!(zh: "核对年份：沿用上年的表时，年份最容易忘改", en: "look at the year: it is easily forgotten when last year’s form is used again"))
                .about(&disclosure.path, disclosure.address_of(indicator.at));
            if begun.is_some() {
                found.severity = Severity::Note;
            }
            report.push(found);
        }
    }
}

/// A date that no calendar has.
fn impossible(disclosure: &Disclosure, indicator: &Indicator) -> Diagnostic {
    let (name, value) = (indicator.name, indicator.printed);
    let message = text!(zh: "“{name}”的期限“{value}”不是日期：没有这一天", en: "the date of `{name}`, `{value}`, is no date: there is no such day");
    RULE.code
        .at(disclosure.place_of(indicator.at), message)
        .help(text!(zh: "核对月和日", en: "look at the month and the day"))
        .about(&disclosure.path, disclosure.address_of(indicator.at))
}
