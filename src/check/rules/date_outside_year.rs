//! Flags a date that lies too far from the fiscal year: of the disclosure, or stated above a table.

use super::dates::{Dated, dates, is_ahead, is_far, is_year_far, range};
use super::stated_date::Stated;
use crate::check::{Rule, RuleScope};
use crate::content::date::days_between;
use crate::content::digit;
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
            let key = table.spec.facts.iter().find(|(_, named)| *named == title);
            let key = key.map_or("facts".to_owned(), |(id, _)| format!("facts.{id}"));
            let (what, place) = (Text::same(title.clone()), Place::value(table.file, key));
            let Some(mut found) = of_fact(disclosure, &what, value, place) else { continue };
            found.severity = Severity::Warning;
            report.push(found.about(&disclosure.path, table.spec.id.as_str()));
        }
    }
}

/// What is wrong with a date above a table. Of other facts nobody knows what their digits are.
fn of_fact(
    disclosure: &Disclosure,
    what: &Text,
    written: &str,
    place: Place,
) -> Option<Diagnostic> {
    let stated = Stated::read(written).filter(|_| is_date_alone(written))?;
    if stated.is_impossible() {
        let message = text!(
            zh: "{zh}“{written}”不是日期：没有这一天", en: "{en} `{written}` is no date: there is no such day",
            zh = what.zh, en = what.en,
        );
        let help = text!(zh: "核对月和日", en: "look at the month and the day");
        return Some(RULE.code.at(place, message).help(help));
    }
    if stated.year.is_some_and(|year| is_year_far(disclosure, year)) {
        return Some(finding(disclosure, what, written, place));
    }
    let published = &disclosure.written.published;
    let is_after =
        stated.day().and_then(|day| days_between(published, &day)).is_some_and(|days| days > 0);
    if !is_after || is_far(disclosure, published) {
        return None;
    }
    let message = text!(
        zh: "{zh}“{written}”晚于公开日期 {published}", en: "{en} `{written}` is after the day of publication, {published}",
        zh = what.zh, en = what.en,
    );
    let published = Place::value(disclosure.written.file, "published");
    Some(
        RULE.code
            .at(place, message)
            .related(published, text!(zh: "这天公开", en: "published then"))
            .help(text!(zh: "核对年份：公开的时候，这一天还没到", en: "look at the year: that day had not come when it was published")),
    )
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

/// Whether a text holds a date or a year and nothing else: `2024-12-31`, `2024年12月31日`.
fn is_date_alone(text: &str) -> bool {
    text.chars().all(|c| digit(c).is_some() || "-/.年月日 ".contains(c))
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
            let is_dated = is_date_alone(text) && Stated::read(text).is_some();
            assert_eq!(is_dated, is, "{text}");
        }
    }
}
