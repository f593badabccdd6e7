//! Flags what a form leaves to be filled in and nobody filled in.

use std::ops::Range;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::profile::{Profile, Prose};
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
            let found = match word {
                Some(range) => Some((range, None)),
                None => alternatives(prose, text).map(|(range, words)| (range, Some(words))),
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

/// `×万元`, `X年`.
fn cross(profile: &Profile, text: &str) -> Option<Range<usize>> {
    let sign = profile.words.year.rsplit('}').next().unwrap_or_default().trim();
    let units =
        || profile.units.keys().map(String::as_str).chain([sign]).filter(|unit| !unit.is_empty());
    text.match_indices(['×', 'X', 'Ｘ', '╳']).find_map(|(at, sign)| {
        let end = at + sign.len();
        let is_part = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let unit = units().find(|unit| text[end..].starts_with(unit))?;
        (!is_part).then(|| at..end + unit.len())
    })
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
            let Some((first, second)) = first.zip(second) else { continue };
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
