//! Titles of forms, as printed texts are compared with them.

use super::pattern::Pattern;
use super::words::{key, likeness, without_years};

/// The title of a form, as printed texts are compared with it.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// The title as it stands in the profile, where it holds a placeholder.
    pattern: Option<Pattern>,
    /// Its words, years left out, and how many characters they are.
    key: String,
    length: usize,
}

/// A printed text, as it is compared with titles.
#[derive(Clone, Debug)]
pub(super) struct Printed<'a> {
    text: &'a str,
    key: String,
    length: usize,
}

impl<'a> Printed<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let key = without_years(&key(text));
        Self { text, length: key.chars().count(), key }
    }
}

impl Title {
    pub(super) fn of(title: &str) -> Self {
        let key = without_years(&key(title));
        let pattern = title.contains('{').then(|| Pattern::of(title));
        Self { pattern, length: key.chars().count(), key }
    }

    /// How sure a printed text is this title, in per cent.
    pub(super) fn likeness(&self, printed: &Printed) -> usize {
        if self.pattern.as_ref().is_some_and(|title| title.values(printed.text).is_some()) {
            return 100;
        }
        let (own, length) = (&self.key, self.length);
        if printed.length < 2 || own.is_empty() {
            0
        } else if printed.key == *own {
            100
        } else if printed.length < length + 40 && printed.key.contains(own) {
            // Of several that are contained the longest is meant.
            90 + length.min(9)
        } else if printed.length * 3 >= length * 2 && own.contains(&printed.key) {
            // A title without what all of them begin with; there is hardly room on the tab of a sheet.
            SHORTENED
        } else {
            likeness(&printed.key, own) * 9 / 10
        }
    }
}

/// How sure a text is the title of a form that holds it and more, in per cent.
const SHORTENED: usize = 89;
