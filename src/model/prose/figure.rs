//! Every amount in a text: digits followed by a unit.

use std::ops::Range;

use crate::amount::{self, Decimal};
use crate::profile::Profile;

/// An amount in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// Where it stands, its unit included.
    pub range: Range<usize>,
    /// The number as written.
    pub value: Decimal,
    /// How many base units one of its unit is worth; per cent counts as one.
    pub factor: Decimal,
    /// Whether it is a share in per cent.
    pub percent: bool,
}

impl Money {
    /// Its worth in base units.
    pub fn amount(&self) -> Decimal {
        self.value * self.factor
    }

    /// How far the true amount may lie from the printed one.
    pub(super) fn slack(&self) -> Decimal {
        amount::half_unit(self.value.scale()) * self.factor
    }
}

struct Unit<'a> {
    word: &'a str,
    factor: Decimal,
    percent: bool,
    /// A unit written short ends the word: `4万、` is money, `4万人` is not.
    short: bool,
}

impl Unit<'_> {
    /// Whether a text begins with it.
    fn begins(&self, text: &str) -> bool {
        text.strip_prefix(self.word)
            .is_some_and(|after| !self.short || !after.starts_with(|c: char| c.is_alphabetic()))
    }
}

/// What may stand between a number and its unit.
pub(super) fn is_gap(c: char) -> bool {
    c.is_whitespace()
}

/// The length of the unit that a text begins with.
pub(super) fn unit_at(profile: &Profile, text: &str) -> Option<usize> {
    units(profile).iter().find(|unit| unit.begins(text)).map(|unit| unit.word.len())
}

fn units(profile: &Profile) -> Vec<Unit<'_>> {
    let mut all: Vec<Unit> = profile
        .units
        .iter()
        .map(|(word, factor)| Unit { word, factor: *factor, percent: false, short: false })
        .collect();
    let short = profile.prose.as_ref().map(|prose| prose.units.iter());
    all.extend(short.into_iter().flatten().map(|(word, factor)| Unit {
        word,
        factor: *factor,
        percent: false,
        short: true,
    }));
    for word in ["%", "％"] {
        all.push(Unit { word, factor: Decimal::ONE, percent: true, short: false });
    }
    all.sort_by_key(|unit| std::cmp::Reverse(unit.word.len()));
    all
}

/// Every amount, left to right.
pub(crate) fn amounts(profile: &Profile, text: &str) -> Vec<Money> {
    let units = units(profile);
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(number) = next_number(text, at) {
        at = number.end;
        let rest = &text[number.end..];
        let gap = rest.len() - rest.trim_start_matches(is_gap).len();
        let Some(unit) = units.iter().find(|unit| unit.begins(&rest[gap..])) else { continue };
        let Ok(figure) = amount::parse(&text[number.clone()]) else { continue };
        all.push(Money {
            range: number.start..number.end + gap + unit.word.len(),
            value: figure.value,
            factor: unit.factor,
            percent: unit.percent,
        });
    }
    all
}

/// The number the words of a bound figure hold, and the amount where a unit stands behind it.
pub(super) fn bound(profile: &Profile, words: &str) -> (Option<Money>, Option<Decimal>) {
    let money = amounts(profile, words).into_iter().next();
    let plain = || amount::parse(&words[next_number(words, 0)?]).ok().map(|figure| figure.value);
    let number = money.as_ref().map_or_else(plain, |money| Some(money.value));
    (money, number)
}

/// Where the words of a bound figure hold the number and its unit.
pub(super) fn place(profile: &Profile, words: &str) -> Option<Range<usize>> {
    let money = amounts(profile, words).into_iter().next();
    money.map(|money| money.range).or_else(|| next_number(words, 0))
}

/// Every number of a text, left to right.
pub(super) fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    while let Some(number) = next_number(text, all.last().map_or(0, |last| last.end)) {
        all.push(number);
    }
    all
}

/// The next number: digits, commas between them, one fraction, perhaps a minus before it.
fn next_number(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let start = text[from..].find(|c: char| c.is_ascii_digit())? + from;
        let end = number_end(text, start);
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphabetic() || c == '.') {
            from = end;
            continue;
        }
        let minus = before.filter(|c| matches!(c, '-' | '−')).map(char::len_utf8);
        let signed = minus.map(|length| start - length).filter(|at| {
            !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')' || c == '）')
        });
        return Some(signed.unwrap_or(start)..end);
    }
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    let mut fraction = false;
    loop {
        if digit(end) {
            end += 1;
        } else if bytes.get(end) == Some(&b'.') && !fraction && digit(end + 1) {
            fraction = true;
            end += 1;
        } else if bytes.get(end) == Some(&b',') && !fraction && digit(end + 1) {
            end += 1;
        } else {
            return end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_whole() {
        let read = |text: &str| next_number(text, 0).map(|range| text[range].to_owned());
        assert_eq!(read("共 1,454.54 万元").as_deref(), Some("1,454.54"));
        assert_eq!(read("为-3.10元").as_deref(), Some("-3.10"));
        assert_eq!(read("5-10元").as_deref(), Some("5"));
        assert_eq!(read("A4纸12元").as_deref(), Some("12"));
        assert_eq!(read("无"), None);
    }
}
