//! The words a form prints as headings and titles of fields: a row that holds none of them begins
//! nothing, which is told without a look at every table.

use std::collections::BTreeSet;

use super::stream::Row;
use super::words::{key, without_years};
use crate::profile::Profile;
use crate::sheet;

/// The words of a profile.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    words: BTreeSet<String>,
}

impl Vocabulary {
    /// The headings of its tables, and the titles on its project form.
    pub(super) fn of(profile: &Profile) -> Vocabulary {
        let mut words = BTreeSet::new();
        for table in profile.tables.values() {
            let headings = sheet::headings(table).into_iter().flatten();
            words.extend(headings.map(|heading| bare(heading.text)));
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
        Vocabulary { words }
    }

    /// Whether a row holds one of the words.
    pub(super) fn is_in(&self, row: Row) -> bool {
        row.filled().any(|(_, cell)| self.words.contains(&bare(cell.text.trim())))
    }
}

/// Words as headings are compared: whatever year and number stands in them.
fn bare(text: &str) -> String {
    let words = without_years(&key(text));
    let trimmed = words.trim_end_matches(|c: char| c.is_ascii_digit());
    if trimmed.is_empty() { words } else { trimmed.to_owned() }
}
