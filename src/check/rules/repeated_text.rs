//! Flags words written twice in a row, and sentences that stand twice in a section.

use crate::check::{Rule, RuleScope};
use crate::content::digit;
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::profile::unspaced;
use crate::source::Place;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::prose::sentences;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N307",
        name: "repeated-text",
        severity: Severity::Warning,
        page: include_str!("repeated_text.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// The longest run of letters that is looked for twice in a row.
const LONGEST: usize = 12;

/// A sentence shorter than this may well stand twice.
const SENTENCE: usize = 10;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(prose) = &disclosure.profile.prose else { return };
    for section in &disclosure.sections {
        let mut seen: BTreeMap<Cow<str>, Range<usize>> = BTreeMap::new();
        for paragraph in section.paragraphs.iter().filter(|paragraph| !paragraph.heading) {
            for range in doubled(&paragraph.text, &prose.doubled) {
                let words = &paragraph.text[range.clone()];
                let half = &words[..words.len() / 2];
                let place = Place::bytes(section.file, paragraph.source(range.clone()));
                let message =
                    text!(zh: "“{half}”接连写了两遍", en: "{half} is written twice in a row");
                report.push(
                    RULE.code
                        .at(place, message)
                        .about(&disclosure.path, format!("narrative/{}/{words}", section.id)),
                );
            }
            for range in sentences(&paragraph.text) {
                let sentence = unspaced(&paragraph.text[range.clone()]);
                // Things that go the same way may well have the same reason.
                let is_reason = prose.reasons.held(&sentence).next().is_some();
                if is_reason || sentence.chars().nth(SENTENCE - 1).is_none() {
                    continue;
                }
                let range = paragraph.source(range);
                if let Some(first) = seen.get(&sentence) {
                    let (place, first) = (
                        Place::bytes(section.file, range),
                        Place::bytes(section.file, first.clone()),
                    );
                    let message = text!(zh: "这一节里“{sentence}”写了两遍", en: "the section says “{sentence}” twice");
                    report.push(
                        RULE.code
                            .at(place, message)
                            .related(first, text!(zh: "第一遍在这里", en: "first here"))
                            .about(
                                &disclosure.path,
                                format!("narrative/{}/{sentence}", section.id),
                            ),
                    );
                } else {
                    seen.insert(sentence, range);
                }
            }
        }
    }
}

/// Whether two letters in a row stand again just so many letters on: without a branch, which is
/// quick, and no for most lengths of most paragraphs.
fn recurs(letters: &[char], length: usize) -> bool {
    let (late, early) = (&letters[length..], &letters[..letters.len() - length]);
    let same = |(late, early): (&char, &char)| late == early;
    let first = late.iter().zip(early).map(same);
    let second = late[1..].iter().zip(&early[1..]).map(same);
    first.zip(second).fold(0_u32, |sum, (first, second)| sum + u32::from(first & second)) > 0
}

/// Runs of two letters or more that stand twice in a row; digits and letters of codes do not count.
fn doubled(text: &str, allowed: &[String]) -> Vec<Range<usize>> {
    let letters: Vec<char> = text.chars().collect();
    let starts: OnceCell<Vec<usize>> = OnceCell::new();
    let at = |index: usize| {
        let starts = starts.get_or_init(|| text.char_indices().map(|(at, _)| at).collect());
        starts.get(index).copied().unwrap_or(text.len())
    };
    // By where each begins; no two of them overlap.
    let mut found: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    let fits = |length: &usize| *length < letters.len() && recurs(&letters, *length);
    for length in (2..=LONGEST).rev().filter(fits) {
        // How many letters up to here are the same as those so far behind them.
        let mut run = 0;
        for index in length..letters.len() {
            let letter = letters[index];
            let same = letter == letters[index - length];
            let is_word =
                || letter.is_alphabetic() && !letter.is_ascii() && digit(letter).is_none();
            run = if same && is_word() { run + 1 } else { 0 };
            if run < length {
                continue;
            }
            run = 0;
            let range = at(index + 1 - 2 * length)..at(index + 1);
            let word = &text[range.start..at(index + 1 - length)];
            let last = found.range(..range.end).next_back();
            let known = last.is_some_and(|(_, other)| range.start < other.end);
            if !known && !allowed.iter().any(|other| other == word) {
                found.insert(range.start, range);
            }
        }
    }
    found.into_values().collect()
}
