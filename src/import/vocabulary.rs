//! The words a form prints as headings and titles of fields: a row that holds none of them begins
//! nothing, which is told without a look at every table.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::section::Headings;
use super::stream::Row;
use super::title::{Printed, Title};
use super::words::{is_han, key, unit_behind, without_years};
use crate::profile::{Profile, TableSpec};
use crate::sheet;

/// The words of a profile.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary<'a> {
    words: BTreeSet<String>,
    /// The Han characters that words begin with.
    firsts: BTreeSet<char>,
    /// The titles of its tables, by their ids.
    tables: IndexMap<&'a str, Title>,
    /// The headings of its sections.
    pub(super) sections: Headings<'a>,
    /// The units a heading may name in brackets.
    units: Vec<String>,
}

/// So like is a title to that of a form, at least, in per cent.
pub(super) const LIKELY: usize = 80;

impl<'a> Vocabulary<'a> {
    /// The headings of its tables, and the titles on its project form.
    pub(super) fn of(profile: &'a Profile) -> Vocabulary<'a> {
        let mut words = BTreeSet::new();
        for table in profile.tables.values() {
            let headings = sheet::headings(table).into_iter().flatten();
            words.extend(headings.flat_map(|heading| {
                [bare(heading.text), bare(unit_behind(profile, heading.text).0)]
            }));
            words.extend(table.line_numbers.as_deref().map(bare));
            if let (Some(lines), Some(columns)) = (&table.line_numbers, &table.column_numbers) {
                words.insert(bare(&format!("{lines}{columns}")));
            }
        }
        if let Some(spec) = &profile.projects {
            words.extend(spec.fields.values().map(|field| bare(&field.title)));
            words.extend(spec.indicators.iter().map(|column| bare(&column.title)));
            words.extend(spec.goals.as_deref().map(bare));
        }
        words.remove("");
        let table = |spec: &'a Arc<TableSpec>| (spec.id.as_str(), Title::of(&spec.title));
        Vocabulary {
            firsts: words.iter().filter_map(|word| word.chars().next()).collect(),
            tables: profile.tables.values().map(table).collect(),
            sections: Headings::of(profile),
            units: profile.units.keys().cloned().collect(),
            words,
        }
    }

    /// Whether a row holds one of the words.
    pub(super) fn is_in(&self, row: Row) -> bool {
        row.filled().any(|(_, cell)| {
            let text = cell.text.trim();
            self.may_hold(text) && (self.words.contains(&bare(text)) || self.names_unit(text))
        })
    }

    /// Whether a text may be one of the words at all: a figure is none, and most names begin otherwise.
    fn may_hold(&self, text: &str) -> bool {
        let is_figure = text.bytes().all(|byte| byte.is_ascii_digit() || b".,-".contains(&byte));
        let first = text.chars().next().filter(|first| is_han(*first));
        !is_figure && first.is_none_or(|first| self.firsts.contains(&first))
    }

    /// How sure a text is the title of a table, in per cent.
    pub(super) fn likeness(&self, table: &str, text: &Printed) -> usize {
        self.tables.get(table).map_or(0, |title| title.likeness(text))
    }

    /// The table whose title a text is most like, and how sure that is, in per cent.
    pub(super) fn titled(&self, text: &str) -> Option<(&'a str, usize)> {
        let printed = Printed::of(text);
        let all = self.tables.iter().map(|(id, title)| (*id, title.likeness(&printed)));
        all.max_by_key(|(_, likeness)| *likeness)
    }

    /// Whether a text is one of the words behind which a unit stands in brackets.
    fn names_unit(&self, text: &str) -> bool {
        let inner = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
        inner.is_some_and(|(base, inner)| {
            self.units.iter().any(|unit| inner.trim_end().ends_with(unit.as_str()))
                && self.words.contains(&bare(base.trim()))
        })
    }
}

/// Words as headings are compared: whatever year and number stands in them.
fn bare(text: &str) -> String {
    let words = without_years(&key(text));
    let trimmed = words.trim_end_matches(|c: char| c.is_ascii_digit());
    if trimmed.is_empty() { words } else { trimmed.to_owned() }
}
