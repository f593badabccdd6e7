//! Words beside a bound figure that say how it lies to its cell: `超过1万元`, `近390万元`, `>5%`.

#![deny(clippy::arithmetic_side_effects)]

use std::ops::Range;

use super::super::{Outcome, Verdict};
use super::figure;
use crate::amount::{Decimal, half_unit};
use crate::profile::equation::Operator;
use crate::profile::{Bounds, Profile};

/// How the cell lies to the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundKind {
    /// It is less.
    Less,
    /// It is more.
    More,
    /// It is no more.
    AtMost,
    /// It is no less.
    AtLeast,
    /// It is a little less: the figure is the cell rounded up.
    Nearly,
    /// It is about as much: the figure is the cell rounded.
    About,
}

/// A figure with the word that bounds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounded {
    /// How the cell lies to it.
    pub kind: BoundKind,
    /// The word and the figure as readers see them.
    pub words: String,
}

/// The word beside a figure whose link and unit are this stretch of a text.
pub(super) fn read(profile: &Profile, text: &str, figure: Range<usize>) -> Option<Bounded> {
    let words = &text[figure.clone()];
    let number = figure::place(profile, words)?;
    let (start, end) =
        (figure.start.saturating_add(number.start), figure.start.saturating_add(number.end));
    let (before, behind) = (&text[..start], &text[end..]);
    let (kind, from, until) =
        sign(before).or_else(|| word(profile, before, behind)).map(|(kind, before, behind)| {
            (kind, start.saturating_sub(before), end.saturating_add(behind))
        })?;
    let words = text[from.min(figure.start)..until.max(figure.end)].trim().replace('\n', " ");
    Some(Bounded { kind, words })
}

/// A sign before a figure, and how many bytes it and the blanks behind it are.
fn sign(before: &str) -> Option<(BoundKind, usize, usize)> {
    const SIGNS: [(&str, BoundKind); 13] = [
        (">=", BoundKind::AtLeast),
        ("<=", BoundKind::AtMost),
        ("≥", BoundKind::AtLeast),
        ("≧", BoundKind::AtLeast),
        ("⩾", BoundKind::AtLeast),
        ("≤", BoundKind::AtMost),
        ("≦", BoundKind::AtMost),
        ("⩽", BoundKind::AtMost),
        (">", BoundKind::More),
        ("＞", BoundKind::More),
        ("<", BoundKind::Less),
        ("＜", BoundKind::Less),
        ("≈", BoundKind::About),
    ];
    let trimmed = before.trim_end();
    let (sign, kind) = SIGNS.iter().find(|(sign, _)| trimmed.ends_with(sign))?;
    let gap = before.len().saturating_sub(trimmed.len());
    Some((*kind, gap.saturating_add(sign.len()), 0))
}

/// Stands before a word that follows its figure: `…以上`.
const FOLLOWS: char = '…';

/// The longest word of the profile that touches a figure, before it or behind it, and how many bytes it is.
fn word(profile: &Profile, before: &str, behind: &str) -> Option<(BoundKind, usize, usize)> {
    let bounds = &profile.prose.as_ref()?.bounds;
    let (left, right) = (before.trim_end(), behind.trim_start());
    let (gap, next) =
        (before.len().saturating_sub(left.len()), behind.len().saturating_sub(right.len()));
    let all = lists(bounds).into_iter();
    let all = all.flat_map(|(kind, words)| words.iter().map(move |word| (kind, word)));
    let touching = all.filter_map(|(kind, word)| match word.strip_prefix(FOLLOWS) {
        Some(word) => {
            let rest = right.strip_prefix(word)?;
            // A word of one letter may begin a longer one: 余 is no 余额.
            let is_word = word.chars().count() > 1 || !rest.starts_with(char::is_alphabetic);
            is_word.then(|| (kind, 0, word.len().saturating_add(next)))
        }
        None => left.ends_with(word).then(|| (kind, word.len().saturating_add(gap), 0)),
    });
    touching.max_by_key(|(_, before, behind)| (*before, *behind))
}

fn lists(bounds: &Bounds) -> [(BoundKind, &Vec<String>); 6] {
    [
        (BoundKind::Less, &bounds.less_than),
        (BoundKind::More, &bounds.more_than),
        (BoundKind::AtMost, &bounds.at_most),
        (BoundKind::AtLeast, &bounds.at_least),
        (BoundKind::Nearly, &bounds.nearly),
        (BoundKind::About, &bounds.about),
    ]
}

/// Half a unit of the last digit of a printed number that is not a nought at its end: 5 for 390, 0.005 for 0.10.
pub(super) fn half_of_last_digit(number: Decimal) -> Decimal {
    if number.scale() > 0 || number.is_zero() {
        return half_unit(number.scale());
    }
    let digits = number.to_string();
    let noughts = digits.len().saturating_sub(digits.trim_end_matches('0').len());
    let mut half = half_unit(0);
    for _ in 0..noughts {
        half = half * Decimal::TEN;
    }
    half
}

/// Works a relation out again by the word: `half` is half a unit of the figure's last digit, in the unit of the
/// relation.
pub(super) fn judge(outcome: &mut Outcome, kind: BoundKind, half: Decimal) {
    // A decrease is compared by its size.
    let is_turned = outcome.left_sum.is_sign_negative();
    let size = |value: Decimal| if is_turned { -value } else { value };
    let (said, found) = (size(outcome.left_sum), size(outcome.right_sum));
    let (holds, is_above) = match kind {
        BoundKind::Less => (found < said, true),
        BoundKind::AtMost => (found <= said, true),
        BoundKind::Nearly => (found < said && said - found <= half, true),
        BoundKind::More => (found > said, false),
        BoundKind::AtLeast => (found >= said, false),
        BoundKind::About => {
            let is_other = said.is_zero() != found.is_zero()
                || said.is_sign_negative() != found.is_sign_negative();
            outcome.allowed = if is_other { Decimal::ZERO } else { outcome.allowed.max(half) };
            let difference = outcome.difference();
            outcome.verdict =
                super::super::relations::judge(difference, outcome.allowed, Operator::Equal);
            return;
        }
    };
    outcome.operator = if is_above == is_turned { Operator::AtMost } else { Operator::AtLeast };
    outcome.allowed = Decimal::ZERO;
    let is_beyond = outcome.difference().is_beyond();
    outcome.verdict = if holds && !is_beyond { Verdict::Exact } else { Verdict::Broken };
}
