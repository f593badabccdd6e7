//! Flags dates that no calendar has, spans that end before they begin, and documents of a year that has not come.

use std::ops::Range;

use super::stale_text::project_texts;
use super::stated_date::Stated;
use crate::check::{Rule, RuleScope};
use crate::content::{digit, is_year};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::profile::Prose;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N315",
        name: "impossible-date",
        severity: Severity::Warning,
        page: include_str!("impossible_date.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// A date and what is wrong with it.
type Slip = (Range<usize>, Text);

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(prose) = disclosure.profile.prose.as_ref().filter(|prose| !prose.pairs.is_empty())
    else {
        return;
    };
    let latest = disclosure.own_years().into_iter().max();
    for section in &disclosure.sections {
        for paragraph in &section.paragraphs {
            for (range, message) in slips(prose, &paragraph.text, latest) {
                let words = &paragraph.text[range.clone()];
                let address = format!("narrative/{}/{words}", section.id);
                let place = Place::bytes(section.file, paragraph.source(range.clone()));
                report.push(found(place, message).about(&disclosure.path, address));
            }
        }
    }
    for project in &disclosure.projects {
        for (text, path) in project_texts(disclosure, project) {
            for (range, message) in slips(prose, text, latest) {
                let words = &text[range];
                let address = format!("projects/{}/{words}", project.slug);
                let place = Place::value(project.file, path.clone());
                report.push(found(place, message).seen(words).about(&disclosure.path, address));
            }
        }
    }
}

fn found(place: Place, message: Text) -> Diagnostic {
    RULE.code.at(place, message).help(text!(
        zh: "对照原件，改正年、月、日或者文号", en: "compare it with the document: mend the year, the day or the number",
    ))
}

fn slips(prose: &Prose, text: &str, latest: Option<u32>) -> Vec<Slip> {
    let mut all = if text.contains('月') { days(text) } else { Vec::new() };
    if text.contains('年') {
        all.extend(enacted(prose, text, latest));
    }
    all.extend(documents(text, latest));
    all
}

/// Where runs of digits begin.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = false;
    text.char_indices().filter_map(move |(at, c)| {
        let is_digit = digit(c).is_some();
        let is_start = is_digit && !before;
        before = is_digit || c.is_ascii_alphanumeric() || c == '.';
        is_start.then_some(at)
    })
}

/// `2025年2月30日`, `2025年13月`, `2025年10月至2025年3月`.
fn days(text: &str) -> Vec<Slip> {
    let mut all: Vec<Slip> = Vec::new();
    let mut last: Option<(Stated, Range<usize>)> = None;
    for at in starts(text) {
        // Digits within a date that was read are no date of their own.
        if last.as_ref().is_some_and(|(_, range)| at < range.end) {
            continue;
        }
        let Some(stated) = Stated::read(&text[at..]).filter(|stated| stated.month.is_some()) else {
            continue;
        };
        let range = at..at + length(&text[at..], &stated);
        let words = &text[range.clone()];
        if !words.contains('月') {
            continue;
        }
        if stated.is_impossible() {
            all.push((
                range.clone(),
                text!(zh: "没有“{words}”这一天", en: "there is no such day as {words}"),
            ));
        } else if let Some((first, before)) = &last
            && is_through(&text[before.end..at])
            && is_before(&stated, first)
        {
            let whole = before.start..range.end;
            let words = &text[whole.clone()];
            all.push((
                whole,
                text!(zh: "“{words}”：结束早于开始", en: "{words}: it ends before it begins"),
            ));
        }
        last = Some((stated, range));
    }
    all
}

/// How many bytes of a text a date in it takes.
fn length(text: &str, stated: &Stated) -> usize {
    let last = match (stated.day, stated.month) {
        (Some(_), _) => text.find('日'),
        (None, Some(_)) => text.find('月'),
        (None, None) => text.find('年'),
    };
    last.map_or(0, |at| at + '日'.len_utf8())
}

/// Whether the words between two dates make them the ends of a span.
fn is_through(between: &str) -> bool {
    matches!(between.trim(), "至" | "到" | "-" | "－" | "—" | "——" | "–" | "~" | "～")
}

/// Whether a date with a year lies before another.
fn is_before(one: &Stated, other: &Stated) -> bool {
    let (Some(year), Some(first)) = (one.year, other.year) else { return false };
    let days = one.day.zip(other.day).map_or((0, 0), |(one, other)| (one, other));
    (year, one.month, days.0) < (first, other.month, days.1)
}

/// `〔2061〕143号`, `〔206〕143号`, `〔2016〕0号`.
fn documents(text: &str, latest: Option<u32>) -> Vec<Slip> {
    const OPEN: char = '〔';
    let mut all = Vec::new();
    for (at, _) in text.match_indices(OPEN) {
        let inner = &text[at + OPEN.len_utf8()..];
        let Some((year, behind)) = inner.split_once('〕') else { continue };
        let digits: String = year.trim().chars().filter_map(digit).collect();
        let is_number = !digits.is_empty() && digits.chars().count() == year.trim().chars().count();
        let number = behind.find(|c: char| !c.is_ascii_digit()).map_or("", |end| &behind[..end]);
        if !is_number || number.is_empty() {
            continue;
        }
        let is_ahead = digits
            .parse::<u32>()
            .ok()
            .zip(latest)
            .is_some_and(|(year, own)| year > own.saturating_add(1));
        let is_nought = number.bytes().all(|digit| digit == b'0');
        let end = at + OPEN.len_utf8() + year.len() + '〕'.len_utf8() + number.len();
        let words = &text[at..end];
        if !is_year(&digits) || is_ahead {
            all.push((at..end, text!(zh: "文号“{words}”的年份不对", en: "the document number {words} has an impossible year")));
        } else if is_nought {
            all.push((at..end, text!(zh: "文号“{words}”没有写号", en: "the document number {words} lacks its number")));
        }
    }
    all
}

/// A law or a document of a year to come: `2041年修订`.
fn enacted(prose: &Prose, text: &str, latest: Option<u32>) -> Vec<Slip> {
    let Some(latest) = latest else { return Vec::new() };
    let mut all = Vec::new();
    if prose.enacted.held(text).next().is_none() {
        return all;
    }
    for at in starts(text) {
        let Some(rest) = text[at..].get(4..).and_then(|rest| rest.strip_prefix('年')) else {
            continue;
        };
        let year =
            text[at..at + 4].parse::<u32>().ok().filter(|year| *year > latest.saturating_add(1));
        let is_made = prose.enacted.iter().any(|word| rest.starts_with(word.as_str()));
        if year.is_some() && is_made {
            let range = at..at + 4 + '年'.len_utf8();
            let words = &text[range.clone()];
            all.push((range, text!(zh: "{words}还没有到，不会有这一年定下的文件", en: "{words} has not come: nothing was made in that year")));
        }
    }
    all
}
