//! Amounts whose signs are mistyped: `3。31万元`, `3，31万元`, `1,2345万元`, `3.3.1万元`, `3.31万万元`.

use std::ops::Range;

use crate::diagnostic::{Text, text};
use crate::profile::Profile;

/// The amounts of a text that no form writes so, each with what is wrong.
pub(super) fn slips(profile: &Profile, text: &str) -> Vec<(Range<usize>, Text)> {
    let mut all: Vec<(Range<usize>, Text)> = Vec::new();
    for unit in profile.units.keys().filter(|unit| unit.chars().count() > 1) {
        for (at, _) in text.match_indices(unit.as_str()) {
            let end = at + unit.len();
            let digits = text[..at].trim_end_matches(is_part);
            let number = &text[digits.len()..at];
            let found = number_slip(number).map(|start| digits.len() + start..end);
            let found =
                found.or_else(|| two_units(profile, text, (at, unit)).map(|start| start..end));
            let Some(range) = found else { continue };
            let words = &text[range.clone()];
            let is_known = all.iter().any(|(other, _)| other.end > range.start);
            if !is_known {
                let message =
                    text!(zh: "“{words}”不是数的写法", en: "a figure is not written as `{words}`");
                all.push((range, message));
            }
        }
    }
    all
}

/// What a mistyped number may be made of.
fn is_part(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '。' | '，' | '．' | ' ')
}

/// Where the number begins that signs within it spoil. A sign before it may end a sentence: two digits on either
/// side of it are cents.
fn number_slip(number: &str) -> Option<usize> {
    let number = number.trim_end();
    let start = number.len() - number.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
    let parts: Vec<&str> = number[start..].split(|c: char| !c.is_ascii_digit()).collect();
    let signs: Vec<char> = number[start..].chars().filter(|c| !c.is_ascii_digit()).collect();
    let (first, last) = (parts.first()?, parts.last()?);
    let is_whole = parts.iter().all(|part| !part.is_empty());
    let is_cents = last.len() == 2 && !first.is_empty();
    let slip = match signs.as_slice() {
        ['。' | '，' | '．'] => is_cents,
        [' ', '.'] | ['.', ' '] => {
            parts.len() == 3 && is_cents && parts[1].is_empty() && signs[0] == ' '
        }
        [',', ..] if signs.iter().all(|sign| *sign == ',') => {
            is_whole && parts[1..].iter().any(|part| part.len() != 3)
        }
        ['.', '.', ..] => is_whole && signs.iter().all(|sign| *sign == '.'),
        _ => false,
    };
    slip.then_some(start)
}

/// Where an amount begins behind which two units stand: `3.31万万元`. One unit twice is a repeated word.
fn two_units(profile: &Profile, text: &str, (at, own): (usize, &str)) -> Option<usize> {
    let short = profile.prose.as_ref()?.units.keys();
    let units =
        profile.units.keys().chain(short).filter(|unit| text[..at].ends_with(unit.as_str()));
    let unit = units.max_by_key(|unit| unit.len()).filter(|unit| *unit != own)?;
    let number = &text[..at - unit.len()];
    let start = number.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    (start < number.len()).then_some(start)
}
