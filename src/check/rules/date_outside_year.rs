//! Flags a date that lies too far from the fiscal year: of the disclosure, or stated above a table.

use super::another_year_in_title::years;
use super::date_ahead::{Dated, dates};
use crate::check::{Rule, RuleScope};
use crate::content::is_year;
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D707",
        name: "date-outside-year",
        severity: Severity::Warning,
        page: include_str!("date_outside_year.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let own = disclosure.own_years();
    let (Some(first), Some(last)) = (own.iter().min(), own.iter().max()) else { return };
    let (before, after) = disclosure.profile.duties.dated;
    let (from, to) = (first.saturating_sub(before), last.saturating_add(after));
    let is_far = |year: &str| year.parse::<u32>().is_ok_and(|year| year < from || year > to);
    let mut flag = |what: &Text, written: &str, place: Place, address: &str| {
        let year = &disclosure.written.fiscal_year;
        let message = text!(
            zh: "{zh}“{written}”离 {year} 年度太远", en: "{en} `{written}` is too far from the year {year}",
            zh = what.zh, en = what.en,
        );
        let help = text!(
            zh: "核对年份：{year} 年度的，该在 {from} 至 {to} 年之间", en: "look at the year: for {year} it lies between {from} and {to}",
        );
        report.push(RULE.code.at(place, message).help(help).about(&disclosure.path, address));
    };
    for Dated { key, what, date } in dates(disclosure) {
        if is_far(&date[..4]) {
            flag(&what, date, Place::value(disclosure.written.file, key), key);
        }
    }
    for table in disclosure.tables.values() {
        for (title, value) in &table.facts {
            // Of other facts nobody knows what their digits are.
            let is_date = value.starts_with(|c: char| c.is_ascii_digit()) && is_dated(value);
            if is_date && years(value).into_iter().any(is_far) {
                let key = table.spec.facts.iter().find(|(_, named)| *named == title);
                let key = key.map_or("facts".to_owned(), |(id, _)| format!("facts.{id}"));
                let address = table.spec.id.as_str();
                flag(&Text::same(title.clone()), value, Place::value(table.file, key), address);
            }
        }
    }
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
