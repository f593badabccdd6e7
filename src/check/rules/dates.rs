//! The dates a disclosure states, and how they lie to today and to its fiscal year.

use crate::content::date::days_between;
use crate::diagnostic::{Text, text};
use crate::model::Disclosure;

/// Whether a date lies after today, where that is known.
pub(super) fn is_ahead(today: Option<&str>, date: &str) -> bool {
    today.and_then(|today| days_between(today, date)).is_some_and(|days| days > 0)
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

/// The first and the last year in which a disclosure may be dated; nothing where its own is not known.
pub(super) fn range(disclosure: &Disclosure) -> Option<(u32, u32)> {
    let own = disclosure.own_years();
    let (before, after) = disclosure.profile.duties.dated;
    Some((own.iter().min()?.saturating_sub(before), own.iter().max()?.saturating_add(after)))
}

/// Whether a date lies too far from the fiscal year of its disclosure, which is all there is to say of it.
pub(super) fn is_far(disclosure: &Disclosure, date: &str) -> bool {
    let year = date.get(..4).and_then(|year| year.parse::<u32>().ok());
    year.is_some_and(|year| is_year_far(disclosure, year))
}

/// Whether a year does.
pub(super) fn is_year_far(disclosure: &Disclosure, year: u32) -> bool {
    range(disclosure).is_some_and(|(from, to)| year < from || year > to)
}
