//! Flags what a form leaves to be filled in and nobody filled in.

use std::ops::Range;

use super::punctuation::is_letter;
use crate::check::{Rule, RuleScope};
use crate::content::digit;
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::profile::{Profile, Prose, WordList};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N308",
        name: "placeholder",
        severity: Severity::Error,
        page: include_str!("placeholder.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(prose) = &disclosure.profile.prose else { return };
    for section in &disclosure.sections {
        for paragraph in &section.paragraphs {
            let text = paragraph.text.as_str();
            let first = prose
                .placeholders
                .held(text)
                .filter_map(|word| Some((text.find(word.as_str())?, word.len())));
            let word = first.min().map(|(at, length)| at..at + length);
            let word = word.or_else(|| gap(&disclosure.profile, prose, text));
            let word = word.or_else(|| unticked(text));
            // Over a column a unit stands alone.
            let is_sentence = paragraph.cell.is_none() && !paragraph.heading;
            let found = match word {
                Some(range) => Some((range, None)),
                None => alternatives(prose, text)
                    .or_else(|| {
                        let lost = lost_figure(&disclosure.profile, prose, text);
                        lost.filter(|_| is_sentence).map(|range| figureless(text, range))
                    })
                    .map(|(range, words)| (range, Some(words))),
            };
            let Some((range, alternatives)) = found else { continue };
            let word = &text[range.clone()];
            let message = alternatives.unwrap_or_else(
                || text!(zh: "“{word}”还没有填", en: "`{word}` is still to be filled in"),
            );
            let address = format!("narrative/{}/{}", section.id, word.trim());
            let place = Place::bytes(section.file, paragraph.source(range));
            report.push(RULE.code.at(place, message).about(&disclosure.path, address));
        }
    }
}

/// A blank of a form: an empty pair of signs, a line to write on, a cross before a unit or a year.
fn gap(profile: &Profile, prose: &Prose, text: &str) -> Option<Range<usize>> {
    if prose.pairs.is_empty() {
        return None;
    }
    let is_empty = |c: char| c.is_whitespace() || c == '_';
    let pairs = prose.pairs.iter().chain(&[('(', ')')]);
    let empty = pairs.filter_map(|(open, close)| {
        let at = text.match_indices(*open).find(|(at, _)| {
            text[at + open.len_utf8()..].trim_start_matches(is_empty).starts_with(*close)
        });
        let (at, _) = at?;
        Some(at..at + text[at..].find(*close)? + close.len_utf8())
    });
    empty.chain(line(text)).chain(cross(profile, text)).min_by_key(|range| range.start)
}

/// A line to write on: `____`; not the marks around bold words, `__…__`.
fn line(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = text[from..].find("__").map(|at| from + at) {
        let length = text[at..].find(|c| c != '_').unwrap_or(text.len() - at);
        let behind = at + length;
        let words = text[behind..].find("__").map(|end| &text[behind..behind + end]);
        let is_bold = |words: &&str| length == 2 && !words.is_empty() && words.trim() == *words;
        match words.filter(is_bold) {
            Some(words) => from = behind + words.len() + length,
            None => return Some(at..behind),
        }
    }
    None
}

/// Whether a sign stands for what is to be filled in.
fn is_cross(c: char) -> bool {
    matches!(c, '×' | 'X' | 'x' | 'Ｘ' | '╳' | '*' | '＊' | '○' | '〇' | '◯' | '△')
}

/// `×万元`, `X年`, `20**年`, `202X年`.
fn cross(profile: &Profile, text: &str) -> Option<Range<usize>> {
    let sign = profile.words.year.rsplit('}').next().unwrap_or_default().trim();
    let units =
        || profile.units.keys().map(String::as_str).chain([sign]).filter(|unit| !unit.is_empty());
    text.match_indices(is_cross).find_map(|(at, cross)| {
        let end = at + cross.len();
        let unit = units().find(|unit| text[end..].starts_with(unit))?;
        let before = text[..at].trim_end_matches(is_cross);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let is_year = unit == sign && digits < 4;
        // 二〇二〇年 is a year in full; a star behind digits is a product.
        let is_part = before.ends_with(|c: char| c.is_ascii_alphanumeric()) && !is_year;
        let is_han = before.ends_with(|c: char| digit(c).is_some() && !c.is_ascii());
        (!is_part && !is_han).then(|| at..end + unit.len())
    })
}

/// A unit whose figure is gone: `安排  万元`, `增加万元`, `占支出的%`.
fn lost_figure(profile: &Profile, prose: &Prose, text: &str) -> Option<Range<usize>> {
    if prose.pairs.is_empty() {
        return None;
    }
    let is_gap = text.contains("  ") || text.contains('\u{3000}');
    let money = profile.units.keys();
    let others = prose.other_units.iter().filter(|_| is_gap);
    let mut found = money.chain(others).find_map(|unit| gap_before(text, unit));
    let turned = |before: &str| {
        let ways = [&prose.increase, &prose.decrease];
        ways.into_iter().any(|words| words.iter().any(|word| before.ends_with(word.as_str())))
    };
    found = found.or_else(|| profile.units.keys().find_map(|unit| alone(text, unit, &turned)));
    found.or_else(|| ["%", "％"].into_iter().find_map(|unit| alone(text, unit, &|_| true)))
}

/// What to say of a unit without a figure.
fn figureless(text: &str, range: Range<usize>) -> (Range<usize>, Text) {
    let unit = &text[range.clone()];
    (range, text!(zh: "“{unit}”前面没有数", en: "no figure stands before `{unit}`"))
}

/// Whether nothing goes on behind a unit.
fn ends(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '（' | '('))
}

/// A unit behind words and a gap.
fn gap_before(text: &str, unit: &str) -> Option<Range<usize>> {
    text.match_indices(unit).map(|(at, _)| at..at + unit.len()).find(|range| {
        let before = text[..range.start].trim_end_matches([' ', '\u{3000}', '\u{a0}']);
        let gap = &text[before.len()..range.start];
        let is_wide = gap.contains('\u{3000}') || gap.chars().count() > 1;
        is_wide && before.ends_with(is_letter) && ends(&text[range.end..])
    })
}

/// A unit right behind a word that is to have a figure behind it.
fn alone(text: &str, unit: &str, is_lead: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    text.match_indices(unit).map(|(at, _)| at..at + unit.len()).find(|range| {
        let before = &text[..range.start];
        before.ends_with(is_letter) && ends(&text[range.end..]) && is_lead(before)
    })
}

/// Boxes of which none is ticked: `□有 □无`.
fn unticked(text: &str) -> Option<Range<usize>> {
    const BOXES: [char; 2] = ['□', '☐'];
    const TICKED: [char; 8] = ['☑', '☒', '■', '√', '✓', '✔', '×', '●'];
    let mut boxes = text.match_indices(BOXES);
    let (at, sign) = boxes.next()?;
    let is_alone = boxes.next().is_some() && !text.contains(TICKED);
    is_alone.then(|| at..at + sign.len())
}

/// Two words of direction of which nobody chose one: `增加（减少）`, `增长/下降`.
fn alternatives(prose: &Prose, text: &str) -> Option<(Range<usize>, Text)> {
    let ways = [(&prose.increase, &prose.decrease), (&prose.decrease, &prose.increase)];
    for (at, open) in text.match_indices(['（', '(', '/', '／']) {
        let (before, rest) = (&text[..at], &text[at + open.len()..]);
        for (one, other) in ways {
            let first = one.iter().filter(|word| before.ends_with(word.as_str()));
            let second = other.iter().filter(|word| rest.starts_with(word.as_str()));
            let longest = |words: Option<&String>| words.map(String::len);
            let first = longest(first.max_by_key(|word| word.len()));
            let second = longest(second.max_by_key(|word| word.len()));
            let whole = first.zip(second).or_else(|| short(one, other, before, rest));
            let Some((first, second)) = whole else { continue };
            let is_bracket = matches!(open, "（" | "(");
            let closed = rest[second..].chars().next().filter(|c| matches!(c, '）' | ')'));
            if is_bracket && closed.is_none() {
                continue;
            }
            let closed = closed.filter(|_| is_bracket).map_or(0, char::len_utf8);
            let range = at - first..at + open.len() + second + closed;
            let words = &text[range.clone()];
            let message = text!(zh: "“{words}”没有选定是哪一个", en: "`{words}`: nobody chose which of the two");
            return Some((range, message));
        }
    }
    None
}

/// The first letters of two such words before a figure: `增（减）0.18`.
fn short(one: &WordList, other: &WordList, before: &str, rest: &str) -> Option<(usize, usize)> {
    let letter = before.chars().next_back()?;
    let second = rest.chars().next()?;
    let behind = rest[second.len_utf8()..].trim_start_matches(['）', ')', '：', ':', ' ']);
    let is_of = |words: &WordList, c: char| words.iter().any(|word| word.starts_with(c));
    let is_figure = behind.starts_with(|c: char| c.is_ascii_digit());
    (is_figure && is_of(one, letter) && is_of(other, second))
        .then(|| (letter.len_utf8(), second.len_utf8()))
}
