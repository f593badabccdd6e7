//! Texts that speak of several states of a disclosure: what one of them withholds, another may have
//! printed. A text that holds such a value is not shown at all.

use super::plain::{Markup, Plain};
use super::wanted::Search;
use super::{numbers, value};
use crate::amount::Decimal;
use crate::model::{Cell, Disclosure, Secrets, Withheld};

/// What several states withhold of the disclosures that are set side by side.
#[derive(Default)]
pub struct Cover<'a> {
    searches: Vec<Search<'a>>,
    /// The withheld figures as they are printed, without signs.
    figures: Vec<Decimal>,
    /// Withheld words of any length.
    words: Vec<String>,
}

impl<'a> Cover<'a> {
    /// Of what these disclosures withhold.
    pub fn of(withheld: impl IntoIterator<Item = &'a Withheld>) -> Cover<'a> {
        let mut cover = Cover::default();
        for Withheld { disclosure, secrets } in withheld {
            cover.add(disclosure, secrets);
        }
        cover
    }

    /// Covers values of a disclosure, too.
    pub fn add(&mut self, disclosure: &'a Disclosure, secrets: &Secrets) {
        if secrets.is_empty() {
            return;
        }
        self.searches.push(Search::of(disclosure, secrets));
        for secret in secrets.iter() {
            match &secret.value {
                Cell::Figure(figure, _) if !figure.is_zero() => self.figures.push(figure.abs()),
                Cell::Text(words) => {
                    let lines = words.split('\n').map(str::trim);
                    let lines = lines.filter(|line| line.chars().count() > 1);
                    self.words.extend(lines.map(str::to_owned));
                }
                _ => {}
            }
        }
    }

    /// Whether a text must not be shown.
    pub fn holds(&self, text: &str) -> bool {
        if self.searches.is_empty() {
            return false;
        }
        let plain = Plain::of(text, Markup::Words);
        let is_found = |search: &Search| {
            !search.figures(&plain.text).is_empty() || !search.words(&plain).is_empty()
        };
        let is_equal = |at: std::ops::Range<usize>| {
            value(&plain.text[at]).is_some_and(|value| self.figures.contains(&value))
        };
        self.words.iter().any(|words| text.contains(words.as_str()))
            || numbers(&plain.text).into_iter().any(is_equal)
            || self.searches.iter().any(is_found)
    }
}
