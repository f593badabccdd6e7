//! A target read from the left: words of a list, runs of digits, and dates made of both.

#![deny(clippy::arithmetic_side_effects)]

use super::{Date, Reading};
use crate::profile::targets::TargetWords;

/// A text being read from the left.
#[derive(Clone)]
pub(super) struct Scan<'a> {
    pub(super) rest: &'a str,
    /// Whether a word of a date was met: digits and dots alone are a number.
    pub(super) saw_word: bool,
}

impl<'a> Scan<'a> {
    /// Takes the longest of these words, spaces before it aside.
    pub(super) fn word(&mut self, list: &[String]) -> bool {
        let rest = self.rest.trim_start();
        let longest =
            list.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).max();
        if let Some(length) = longest.filter(|length| *length > 0) {
            self.rest = &rest[length..];
        }
        longest.is_some_and(|length| length > 0)
    }

    fn date_word(&mut self, list: &[String]) -> bool {
        let found = self.word(list);
        self.saw_word |= found;
        found
    }

    pub(super) fn skip_all(&mut self, list: &[String]) {
        while self.word(list) {}
    }

    /// Takes a run of digits.
    fn digits(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        if digits.is_empty() {
            return None;
        }
        self.rest = after;
        Some(digits)
    }

    /// A date, a deadline or a period, where that is all there is.
    pub(super) fn dates(mut self, words: &TargetWords) -> Option<Reading> {
        let from = self.date(words)?;
        let to = if self.word(&words.through) { Some(self.date(words)?) } else { None };
        let mut is_deadline = false;
        while self.word(&words.deadline) {
            is_deadline = true;
        }
        if !self.rest.trim().is_empty() || !self.saw_word {
            return None;
        }
        Some(match to {
            Some(to) => Reading::Period(from, Date { year: to.year.or(from.year), ..to }),
            None if is_deadline => Reading::Deadline(from),
            None => Reading::Date(from),
        })
    }

    fn date(&mut self, words: &TargetWords) -> Option<Date> {
        let mut date = Date::default();
        let mut digits = self.digits()?;
        let mut dotted = false;
        if digits.len() == 4 {
            date.year = digits.parse().ok();
            let with_word = self.date_word(&words.year);
            if !with_word {
                self.rest = self.rest.strip_prefix(['.', '/'])?;
                dotted = true;
            }
            let mut ahead = self.clone();
            match ahead.digits() {
                Some(next) => digits = next,
                None if with_word => return Some(date),
                None => return None,
            }
            *self = ahead;
        }
        date.month = digits.parse().ok().filter(|month| (1..=12).contains(month));
        date.month?;
        let with_word = self.date_word(&words.month);
        if !with_word && !dotted && !self.clone().word(&words.through) {
            return None;
        }
        let mut ahead = self.clone();
        if with_word && let Some(day) = ahead.digits() {
            ahead.date_word(&words.day).then_some(())?;
            date.day = day.parse().ok().filter(|day| (1..=31).contains(day));
            date.day?;
            *self = ahead;
        }
        Some(date)
    }
}
