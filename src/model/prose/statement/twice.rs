//! One thing with two amounts that a slip of the pen tells apart.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Looked;
use super::tokens::{Role, Time, Token};
use crate::amount::Decimal;
use crate::profile::normalized_name;

/// An amount that differs from another of the same name by a slip.
#[derive(Clone, Debug)]
pub struct Twice {
    /// Its section and its bytes in the file.
    pub place: (usize, Range<usize>),
    /// Those of the other.
    pub other: (usize, Range<usize>),
    /// What both are of.
    pub name: String,
    /// As written.
    pub words: String,
    /// The other as written.
    pub other_words: String,
}

/// An amount with its name.
struct Named {
    place: (usize, Range<usize>),
    amount: Decimal,
    words: String,
    name: String,
    is_bound: bool,
}

/// A name shorter than this may be of several things, and an amount of fewer digits may well be another.
const LETTERS: usize = 4;
const DIGITS: usize = 4;

/// Amounts by their names.
#[derive(Default)]
pub(super) struct Groups(BTreeMap<String, Vec<Named>>);

impl Groups {
    /// Adds the amounts of a paragraph.
    pub(super) fn add(&mut self, looked: &Looked, tokens: &[Token]) {
        for token in tokens.iter().filter(|token| is_plain(token)) {
            let named = Named {
                place: (looked.section, looked.paragraph.source(token.range.clone())),
                amount: (token.value * token.factor).normalize(),
                words: token.words.to_owned(),
                name: token.noun.to_owned(),
                is_bound: looked.is_linked(&token.range),
            };
            self.0.entry(normalized_name(token.noun)).or_default().push(named);
        }
    }

    /// The amounts that are said twice of one thing, and not alike.
    pub(super) fn differing(&self) -> Vec<Twice> {
        let mut all: Vec<Twice> = self.0.values().filter_map(|group| differing(group)).collect();
        all.sort_by_key(|twice| (twice.place.0, twice.place.1.start));
        all
    }
}

fn is_plain(token: &Token) -> bool {
    token.role == Role::Level
        && token.is_exact
        && token.reached.is_none()
        && token.base.words.is_empty()
        && matches!(token.time, Time::Now | Time::Unsaid)
        && token.noun.chars().count() >= LETTERS
}

/// The first two amounts of a name that a slip tells apart; what is bound is held against its cell, and right.
fn differing(group: &[Named]) -> Option<Twice> {
    for (index, later) in group.iter().enumerate() {
        for first in &group[..index] {
            let (wrong, other) = match (first.is_bound, later.is_bound) {
                (true, true) => continue,
                (false, true) => (first, later),
                _ => (later, first),
            };
            if is_slip(first.amount, later.amount, DIGITS) {
                return Some(Twice {
                    place: wrong.place.clone(),
                    other: other.place.clone(),
                    name: wrong.name.clone(),
                    words: wrong.words.clone(),
                    other_words: other.words.clone(),
                });
            }
        }
    }
    None
}

/// Whether two amounts of so many digits are told apart by one digit, by two that changed places, or by the point.
pub(super) fn is_slip(one: Decimal, other: Decimal, fewest: usize) -> bool {
    if one == other || one.is_zero() || other.is_zero() {
        return false;
    }
    let digits = |value: Decimal| -> Vec<char> {
        value.to_string().chars().filter(char::is_ascii_digit).collect()
    };
    let (mut a, mut b) = (digits(one), digits(other));
    let significant = |digits: &[char]| {
        let all: String = digits.iter().collect();
        all.trim_matches('0').len()
    };
    if significant(&a).min(significant(&b)) < fewest {
        return false;
    }
    let (least, most) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
    let is_moved = [10, 100, 10_000].iter().any(|factor| least * Decimal::from(*factor) == most);
    // Written with as many decimals.
    let scale = one.scale().max(other.scale());
    for (value, digits) in [(one, &mut a), (other, &mut b)] {
        digits.extend(std::iter::repeat_n(
            '0',
            usize::try_from(scale - value.scale()).unwrap_or_default(),
        ));
    }
    let wrong: Vec<usize> = (0..a.len().min(b.len())).filter(|at| a[*at] != b[*at]).collect();
    let is_typed = a.len() == b.len()
        && match wrong.as_slice() {
            [_] => true,
            [one, two] => one + 1 == *two && a[*one] == b[*two] && a[*two] == b[*one],
            _ => false,
        };
    is_moved || is_typed
}
