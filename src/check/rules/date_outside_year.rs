//! Flags a date that lies too far from the fiscal year: of the disclosure, or stated above a table.

use super::another_year_in_title::years;
use super::dates::{Dated, dates, is_ahead, is_far, range};
use crate::check::{Rule, RuleScope};
use crate::content::is_year;
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D707",
        name: "date-outside-year",
        severity: Severity::Error,
        page: include_str!("date_outside_year.md"),
    },
    scope: RuleScope::Dated(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure, today: Option<&str>) {
    let file = disclosure.written.file;
    for Dated { key, what, date } in dates(disclosure) {
        // What lies ahead is said by that rule.
        if is_far(disclosure, date) && !is_ahead(today, date) {
            let found = finding(disclosure, &what, date, Place::value(file, key));
            report.push(found.about(&disclosure.path, key));
        }
    }
    for table in disclosure.tables.values() {
        for (title, value) in &table.facts {
            // Of other facts nobody knows what their digits are.
            let is_wrong =
                is_dated(value) && years(value).into_iter().any(|year| is_far(disclosure, year));
            if !is_wrong {
                continue;
            }
            let key = table.spec.facts.iter().find(|(_, named)| *named == title);
            let key = key.map_or("facts".to_owned(), |(id, _)| format!("facts.{id}"));
            let (what, place) = (Text::same(title.clone()), Place::value(table.file, key));
            let mut found = finding(disclosure, &what, value, place);
            found.severity = Severity::Warning;
            report.push(found.about(&disclosure.path, table.spec.id.as_str()));
        }
    }
}

fn finding(disclosure: &Disclosure, what: &Text, written: &str, place: Place) -> Diagnostic {
    let (from, to) = range(disclosure).unwrap_or_default();
    let year = &disclosure.written.fiscal_year;
    let message = text!(
        zh: "{zh}“{written}”离 {year} 年度太远", en: "{en} `{written}` is too far from the year {year}",
        zh = what.zh, en = what.en,
    );
    RULE.code.at(place, message).help(text!(
        zh: "核对年份：{year} 年度的，该在 {from} 至 {to} 年之间", en: "look at the year: for {year} it lies between {from} and {to}",
    ))
}

/// Whether a text is a date or a year and nothing else: `2024-12-31`, `2024年12月31日`.
fn is_dated(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    is_year(first) && text.chars().all(|c| c.is_ascii_digit() || "-/.年月日 ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_other_facts() {
        for (text, is) in [
            ("2024-12-31", true),
            ("2024年12月31日", true),
            ("2024年", true),
            ("2024 套", false),
            ("13070024", false),
            ("局机关", false),
        ] {
            assert_eq!(is_dated(text), is, "{text}");
        }
    }
}
