//! A bound figure as readers see it: the brackets of a link are not printed, so what touches them is
//! read with the figure.

use std::ops::Range;

use super::figure::{self, Money, is_gap};
use crate::amount::{self, NotAnAmount};
use crate::link::is_invisible;
use crate::profile::Profile;

/// Why the words of a bound figure are not one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unclear {
    /// Digits or a sign that touch the link belong to the figure.
    Outside(String),
    /// The link holds two figures.
    Several(String, String),
    /// A character that no machine takes for a part of a figure.
    Mark(char),
    /// A character of no width.
    Invisible(char),
    /// These words stand between the number and its unit.
    Between(String),
    /// The commas do not part thousands, or a point stands twice.
    Grouping,
    /// More digits than a figure may have.
    TooLong,
    /// No digit at all: `五十万元`.
    NoDigits,
}

/// So many digits make a year; one sign between two shorter numbers makes a range of them.
const YEAR: usize = 4;

/// The words of a link with the unit that readers see behind them, and what is unclear about them.
pub(super) fn read(
    profile: &Profile,
    text: &str,
    link: Range<usize>,
    links: &[(Range<usize>, usize)],
) -> (String, Option<Unclear>) {
    let is_linked = |at: usize| {
        let next = links.partition_point(|(link, _)| link.end <= at);
        links.get(next).is_some_and(|(link, _)| link.start <= at)
    };
    let (words, rest) = (&text[link.clone()], &text[link.end..]);
    let outside = before(profile, words, text, link.start, &is_linked).or_else(|| {
        after(profile, words, rest).filter(|_| !is_linked(link.end) || starts_digit(rest))
    });
    if let Some(outside) = outside {
        return (words.to_owned(), Some(Unclear::Outside(outside.to_owned())));
    }
    let whole = text[link.start..link.end + unit_behind(profile, words, rest)].replace('\n', " ");
    let unclear = unclear(profile, &whole);
    (whole, unclear)
}

/// What is unclear about words that should be one figure.
fn unclear(profile: &Profile, words: &str) -> Option<Unclear> {
    if let Some(mark) = foreign_mark(words) {
        let is_hidden = is_invisible(mark);
        return Some(if is_hidden { Unclear::Invisible(mark) } else { Unclear::Mark(mark) });
    }
    let numbers = figure::numbers(words);
    for number in &numbers {
        match amount::parse(&words[number.clone()]) {
            Err(NotAnAmount::TooLong) => return Some(Unclear::TooLong),
            Err(_) => return Some(Unclear::Grouping),
            Ok(_) => {}
        }
        let mut behind = words[number.end..].chars();
        if matches!(behind.next(), Some('.' | ',')) && behind.next().is_some_and(is_digit) {
            return Some(Unclear::Grouping);
        }
    }
    let amounts = figure::amounts(profile, words);
    let figures = figures(words, &numbers, &amounts);
    if let [first, second, ..] = figures.as_slice() {
        let of = |range: &Range<usize>| words[range.clone()].to_owned();
        return Some(Unclear::Several(of(first), of(second)));
    }
    if amounts.is_empty()
        && let Some(number) = numbers.last()
    {
        let rest = &words[number.end..];
        let (between, _) = unit_in(profile, rest)?;
        return Some(Unclear::Between(between.to_owned())).filter(|_| !between.is_empty());
    }
    None
}

/// The numbers that are figures: with a unit, with a fraction, or with no word behind them. Other
/// words hold numbers too: `2025年50万元`.
fn figures(words: &str, numbers: &[Range<usize>], amounts: &[Money]) -> Vec<Range<usize>> {
    let amount =
        |number: &Range<usize>| amounts.iter().find(|money| money.range.start == number.start);
    let is_figure = |index: usize| {
        let number = &numbers[index];
        let rest = words[number.end..].trim_start_matches(is_gap);
        let until_next =
            numbers.get(index + 1).map(|next| words[number.end..next.start].chars().count());
        amount(number).is_some()
            || words[number.clone()].contains(['.', ','])
            || (until_next == Some(1) && number.len() < YEAR)
            || !rest.starts_with(char::is_alphabetic)
    };
    let all = (0..numbers.len()).filter(|index| is_figure(*index));
    all.map(|index| {
        amount(&numbers[index]).map_or(numbers[index].clone(), |money| money.range.clone())
    })
    .collect()
}

/// The first character within or before a number that is printed like a part of it and is none.
fn foreign_mark(words: &str) -> Option<char> {
    let mut before = None;
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let is_before_digit = next.is_some_and(is_digit);
        let is_between = before.is_some_and(is_digit) && is_before_digit;
        let is_mark = ('０'..='９').contains(&c)
            || (matches!(c, '，' | '．' | '。' | '·' | '｡' | '､' | '\'' | '’') && is_between)
            || (is_minus_of_another_kind(c) && is_before_digit && !before.is_some_and(is_digit))
            || (is_invisible(c) && !c.is_whitespace());
        if is_mark {
            return Some(c);
        }
        before = Some(c);
    }
    None
}

/// What stands before a link and is printed as the beginning of its figure.
fn before<'a>(
    profile: &Profile,
    words: &str,
    text: &'a str,
    start: usize,
    is_linked: &dyn Fn(usize) -> bool,
) -> Option<&'a str> {
    let words = words.trim_start_matches(is_blank);
    if !words.starts_with(|c: char| is_digit(c) || c == '.') {
        return None;
    }
    let left = text[..start].trim_end_matches(is_blank);
    let is_apart = left.len() < start;
    let last = left.chars().next_back()?;
    let at = left.len() - last.len_utf8();
    if last == '-' || last == '−' || is_minus_of_another_kind(last) {
        let earlier = left[..at].trim_end_matches(is_blank);
        let is_dash = is_apart && earlier.len() < at;
        let is_range = earlier
            .ends_with(|c: char| is_digit(c) || c.is_ascii_alphabetic() || is_close(c))
            || profile.units.keys().any(|unit| earlier.ends_with(unit.as_str()));
        return Some(&left[at..]).filter(|_| !is_dash && !is_range);
    }
    let whole = words.split(|c: char| !is_digit(c)).next().unwrap_or_default();
    let digits = if is_digit(last) {
        left
    } else {
        let is_thousand = matches!(last, ',' | '，') && whole.chars().count() == 3;
        let is_point = matches!(last, '.' | '．') && !words.contains('.');
        let digits = &left[..at];
        if is_apart
            || !(is_thousand || is_point)
            || !digits.ends_with(is_digit)
            || is_linked(at - 1)
        {
            return None;
        }
        digits
    };
    let run = digits.trim_end_matches(|c: char| is_digit(c) || matches!(c, ',' | '.'));
    let length = digits[run.len()..].chars().count();
    // Blanks part thousands; a year or the number of an ordinal is a number of its own.
    let is_numbered = || {
        let nouns = profile.prose.iter().flat_map(|prose| &prose.numbered);
        nouns.into_iter().any(|noun| run.trim_end_matches(is_blank).ends_with(noun.as_str()))
    };
    let is_own = (is_apart
        && (is_numbered() || length > 3 || is_linked(left.len() - last.len_utf8())))
        || run.ends_with(|c: char| c.is_ascii_alphabetic())
        || (!is_digit(last) && (length > 3 || run.is_empty()));
    Some(&text[run.len()..left.len()]).filter(|_| !is_own)
}

/// What stands behind a link and is printed as further digits of its figure.
fn after<'a>(profile: &Profile, words: &str, rest: &'a str) -> Option<&'a str> {
    if !words.trim_end_matches(is_blank).ends_with(is_digit) {
        return None;
    }
    let inner = rest.trim_start_matches(is_blank);
    let gap = rest.len() - inner.len();
    let first = inner.chars().next()?;
    let behind = inner.strip_prefix(first)?;
    let run = |text: &str| text.len() - text.trim_start_matches(is_digit).len();
    let whole = words.contains('.');
    let length = match first {
        c if is_digit(c) => {
            let end = inner.len()
                - inner.trim_start_matches(|c| is_digit(c) || matches!(c, '.' | ',')).len();
            let has_unit =
                || unit_in(profile, &inner[end..]).is_some_and(|(between, _)| between.is_empty());
            (gap == 0 || has_unit()).then_some(end)?
        }
        '.' | '．' if gap == 0 && run(behind) > 0 => first.len_utf8() + run(behind),
        ',' | '，' if gap == 0 && !whole && behind[..run(behind)].chars().count() == 3 => {
            first.len_utf8() + run(behind)
        }
        _ => return None,
    };
    Some(&inner[..length])
}

/// How many bytes behind a link are the unit of its figure, or the rest of it.
fn unit_behind(profile: &Profile, words: &str, rest: &str) -> usize {
    let Some(last) = words.rfind(|c: char| is_digit(c)) else { return 0 };
    let tail = words[last..].trim_start_matches(is_digit).trim_matches(is_blank);
    let is_whole = matches!(tail, "%" | "％") || profile.units.contains_key(tail);
    let is_part = tail.chars().count() < 3 && tail.chars().all(char::is_alphabetic);
    if is_whole || !is_part {
        return longer(profile, tail, rest);
    }
    unit_in(profile, rest).map_or(0, |(_, end)| end)
}

/// How many bytes behind a unit make a longer one of it.
fn longer(profile: &Profile, tail: &str, rest: &str) -> usize {
    let all = profile.units.keys().filter_map(|unit| unit.strip_prefix(tail));
    let fits = all.filter(|more| !more.is_empty() && rest.starts_with(more));
    fits.map(str::len).max().unwrap_or(0)
}

/// The unit at the beginning of a text, at most two characters before it: those, and where it ends.
fn unit_in<'a>(profile: &Profile, text: &'a str) -> Option<(&'a str, usize)> {
    let inner = text.trim_start_matches(is_gap);
    let gap = text.len() - inner.len();
    let starts = inner.char_indices().map(|(at, _)| at).take(3);
    for start in starts {
        let (between, rest) = inner.split_at(start);
        if between.contains(|c: char| !c.is_alphabetic()) {
            return None;
        }
        if let Some(length) = figure::unit_at(profile, rest) {
            let is_end = !rest[length..].starts_with(char::is_alphabetic);
            if between.is_empty() || is_end || rest[..length].chars().count() > 1 {
                return Some((between, gap + start + length));
            }
        }
    }
    None
}

/// The unit behind the last number of a figure that is none of money; `length` is how many bytes of the text are the
/// words of the figure.
pub(super) fn other_unit(profile: &Profile, text: &str, length: usize) -> Option<String> {
    let prose = profile.prose.as_ref().filter(|prose| !prose.other_units.is_empty())?;
    let number = figure::numbers(&text[..length]).pop()?;
    let behind = text[number.end..].trim_start_matches(is_blank);
    // Thousands may stand between: 万人.
    let short = prose.units.keys().find_map(|short| behind.strip_prefix(short.as_str()));
    let behind = short.unwrap_or(behind);
    let units = prose.other_units.iter().filter(|unit| behind.starts_with(unit.as_str()));
    let unit = units.max_by_key(|unit| unit.len())?;
    // A unit of one letter may begin another word: 本 is no 本年.
    let rest = &behind[unit.len()..];
    let is_word = unit.chars().count() > 1 || !rest.starts_with(char::is_alphabetic);
    let is_unit = is_word || rest.starts_with('的');
    (is_unit && figure::amounts(profile, &text[..length]).is_empty()).then(|| unit.clone())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn starts_digit(text: &str) -> bool {
    text.starts_with(is_digit)
}

/// What readers see as nothing, or as a blank.
fn is_blank(c: char) -> bool {
    is_gap(c) || is_invisible(c)
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）' | '%' | '％')
}

/// What accountants and keyboards of full width give for a minus.
fn is_minus_of_another_kind(c: char) -> bool {
    matches!(c, '－' | '–' | '﹣' | '‐' | '‑' | '△' | '▲' | '▵' | '▴')
}
