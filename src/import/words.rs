//! How words of a file are compared with those of a form.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::content::ordinal;
use crate::profile::{Profile, normalized_name};

/// Words as they are compared: without blanks, signs and digits of one width.
pub(super) fn key(text: &str) -> String {
    // Most texts are in the form they are compared in.
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => normalized_name(text),
        _ => normalized_name(&text.nfkc().collect::<String>()),
    }
}

/// Whether two texts are the same words, blanks and widths aside.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || key(a) == key(b)
}

/// Whether a printed heading is that of a form: the same words, whatever year stands in them, and a
/// number that slid into it from the row below.
pub(super) fn same_heading(printed: &str, form: &str) -> bool {
    if printed.is_empty() || form.is_empty() || begin_otherwise(printed, form) {
        return false;
    }
    let (printed, form) = (key(printed), key(form));
    printed == form
        || without_years(&printed) == without_years(&form)
        || (!form.ends_with(|c: char| c.is_ascii_digit())
            && printed.trim_end_matches(|c: char| c.is_ascii_digit()) == form)
}

/// Whether two texts begin with other words, blanks and digits aside, which is told without a copy of either.
fn begin_otherwise(a: &str, b: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let first = |text: &str| text.chars().find(|c| !c.is_whitespace() && !is_digit(*c));
    let (Some(a), Some(b)) = (first(a), first(b)) else { return false };
    // Other characters may be one in another width or shape.
    let is_plain = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c) || c.is_ascii_alphabetic();
    a != b && is_plain(a) && is_plain(b)
}

/// A heading without the unit it names in brackets at its end, and that unit: `预算数（元）`.
pub(super) fn unit_behind<'a>(
    profile: &'a Profile,
    heading: &'a str,
) -> (&'a str, Option<&'a str>) {
    let whole = heading.trim();
    let inner = whole.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    let Some((base, inner)) = inner.filter(|(base, _)| !base.trim().is_empty()) else {
        return (whole, None);
    };
    let inner = key(inner);
    // Of 元 and 万元 the longer is meant.
    let units = profile.units.keys().filter(|unit| inner.ends_with(&key(unit)));
    match units.max_by_key(|unit| unit.len()) {
        Some(unit) => (base.trim_end(), Some(unit)),
        None => (whole, None),
    }
}

/// A text without the years in it.
pub(super) fn without_years(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        if is_year(&chars[at..]) && !at.checked_sub(1).is_some_and(|b| chars[b].is_ascii_digit()) {
            at += 4;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Whether a text begins with four digits that are a year, and no fifth.
fn is_year(chars: &[char]) -> bool {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    (0..4).all(is_digit) && !is_digit(4) && matches!((chars[0], chars[1]), ('1', '9') | ('2', '0'))
}

/// The first year that stands in a text.
pub(super) fn year_in(text: &str) -> Option<String> {
    let chars: Vec<char> = text.nfkc().collect();
    (0..chars.len())
        .find(|at| {
            is_year(&chars[*at..]) && !at.checked_sub(1).is_some_and(|b| chars[b].is_ascii_digit())
        })
        .map(|at| chars[at..at + 4].iter().collect())
}

/// How like two texts are, in per cent; nought where one is much longer than the other.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    let (a_length, b_length) = (a.chars().count(), b.chars().count());
    let (longer, shorter) = (a_length.max(b_length), a_length.min(b_length));
    if longer == 0 || (longer - shorter) * 4 > longer {
        return 0;
    }
    (longer - strsim::osa_distance(a, b).min(longer)) * 100 / longer
}

/// Whether a character is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A name without the blanks of its layout: `合  计` is 合计. Other blanks stay.
pub(super) fn without_layout(text: &str) -> String {
    let text = text.trim();
    let is_spaced = text.chars().any(char::is_whitespace)
        && text.split_whitespace().all(|word| word.chars().count() == 1)
        && text.chars().all(|c| is_han(c) || c.is_whitespace());
    if is_spaced { text.split_whitespace().collect() } else { text.to_owned() }
}

/// A text without single blanks between Han characters, which a broken line leaves; and whether it
/// had any.
pub(super) fn without_breaks(text: &str) -> (String, bool) {
    let chars: Vec<char> = text.chars().collect();
    let is_break = |at: usize| {
        chars[at] == ' '
            && at > 0
            && is_han(chars[at - 1])
            && chars.get(at + 1).is_some_and(|c| is_han(*c))
    };
    let out: String = (0..chars.len()).filter(|at| !is_break(*at)).map(|at| chars[at]).collect();
    let is_changed = out.len() < text.len();
    (out, is_changed)
}

/// A text without runs of blanks: beside Han characters they are layout, else they are one.
pub(super) fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = 0;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            gap += 1;
            continue;
        }
        let is_wide = |c: char| !c.is_ascii();
        let is_layout = gap > 1 && is_wide(c) && out.chars().next_back().is_some_and(is_wide);
        // An ordinal in words stands apart from its title.
        if gap > 0 && (!is_layout || ordinal(&out).is_some_and(|ordinal| ordinal.rest.is_empty())) {
            out.push(' ');
        }
        gap = 0;
        out.push(c);
    }
    out
}

/// A heading or a name as one line: broken lines joined, blanks of the layout taken out.
pub fn one_line(text: &str) -> String {
    let gap = if text.is_ascii() { " " } else { "" };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    without_gaps(&without_layout(&lines.join(gap)))
}

/// Whether a line is one of a list of contents: words, dots, a page number.
pub(super) fn is_contents_line(text: &str) -> bool {
    let text = text.trim_end();
    let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let dots = words.trim_end();
    let is_dot = |c: char| matches!(c, '.' | '…' | '·' | '．');
    let trimmed = dots.trim_end_matches(is_dot);
    // Without a page number a long row of dots tells.
    let fewest = if words.len() < text.len() { 3 } else { 12 };
    !trimmed.is_empty() && dots.len() >= trimmed.len() + fewest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_the_layout_go_and_others_stay() {
        assert_eq!(without_layout("合  计"), "合计");
        assert_eq!(without_layout(" 2024 科普经费"), "2024 科普经费");
        assert_eq!(without_breaks("市科协 2025 年工 作安排").0, "市科协 2025 年工作安排");
    }

    #[test]
    fn headings_are_the_same_in_another_year() {
        assert!(same_heading("2026年预留份额", "2025年预留份额"));
        assert!(same_heading("项目 1", "项目"));
        assert!(same_heading("财政拨款 收入", "财政拨款收入"));
        assert!(!same_heading("合计", "小计"));
    }
}
