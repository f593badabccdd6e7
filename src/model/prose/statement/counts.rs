//! Numbers of things as a text says them, what they are called, and which of them nothing is two of.

use std::ops::Range;

use super::Given;
use super::tokens::{Reader, Time, clause_start};
use crate::amount::{self, Decimal};
use crate::model::prose::figure;
use crate::profile::Statements;

/// A number of things.
pub(super) struct Count<'t> {
    /// It and its unit.
    pub(super) range: Range<usize>,
    pub(super) value: Decimal,
    pub(super) unit: &'t str,
}

impl Count<'_> {
    /// As the text says it.
    pub(super) fn given(&self, text: &str) -> Given {
        Given::Said(text[self.range.clone()].to_owned())
    }
}

/// The whole numbers of a stretch of a text that stand before one of some units.
pub(super) fn counts<'t>(
    text: &'t str,
    within: Range<usize>,
    units: &'t [String],
) -> Vec<Count<'t>> {
    let stretch = &text[within.clone()];
    let mut all = Vec::new();
    for number in figure::numbers(stretch) {
        let digits = &stretch[number.clone()];
        let behind = stretch[number.end..].trim_start();
        let fits = units.iter().filter(|unit| behind.starts_with(unit.as_str()));
        let Some(unit) = fits.max_by_key(|unit| unit.len()) else { continue };
        // `第3人` is one of them.
        let is_ordinal = stretch[..number.start].ends_with('第');
        let Some(read) = amount::parse(digits).ok().filter(|_| !is_ordinal) else { continue };
        if read.value.scale() == 0 {
            let end = stretch.len() - behind.len() + unit.len();
            let range = within.start + number.start..within.start + end;
            all.push(Count { range, value: read.value, unit });
        }
    }
    all
}

/// What some parts are called, from a place of the text on; nothing where one of them is of another year.
pub(super) fn names_of<'t>(
    reader: &Reader,
    text: &'t str,
    mut from: usize,
    parts: &[&Count],
) -> Option<Vec<&'t str>> {
    let mut named = Vec::new();
    for part in parts {
        let words = &text[from..part.range.start];
        from = part.range.end;
        let is_of_another = reader.last_time(words).is_some_and(|(_, time)| time != Time::Now);
        if is_of_another {
            return None;
        }
        named.push(words[clause_start(words)..].trim());
    }
    Some(named)
}

/// Whether nothing can be two of what has some names: each has another word of one list of the profile.
pub(super) fn are_apart(statements: &Statements, names: &[&str]) -> bool {
    statements.disjoint.iter().any(|words| {
        let kind = |name: &str| -> Option<usize> {
            let mut held =
                words.iter().enumerate().filter(|(_, word)| name.contains(word.as_str()));
            let first = held.next()?;
            held.next().is_none().then_some(first.0)
        };
        let mut kinds: Vec<usize> = Vec::new();
        names.iter().all(|name| {
            let kind = kind(name).filter(|kind| !kinds.contains(kind));
            kinds.extend(kind);
            kind.is_some()
        })
    })
}
