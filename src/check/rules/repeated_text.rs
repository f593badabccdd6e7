//! Flags words written twice in a row, and sentences that stand twice in a section.

use crate::check::{Rule, Scope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Portal};
use crate::source::Place;
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
    scope: Scope::Disclosure(check),
};

/// The longest run of letters that is looked for twice in a row.
const LONGEST: usize = 12;

/// A sentence shorter than this may well stand twice.
const SENTENCE: usize = 10;

fn check(report: &mut Report, _: &Portal, disclosure: &Disclosure) {
    let Some(prose) = &disclosure.profile.prose else { return };
    for section in &disclosure.sections {
        let mut seen: Vec<(String, Place)> = Vec::new();
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
                let sentence: String =
                    paragraph.text[range.clone()].chars().filter(|c| !c.is_whitespace()).collect();
                if sentence.chars().count() < SENTENCE {
                    continue;
                }
                let place = Place::bytes(section.file, paragraph.source(range));
                if let Some((_, first)) = seen.iter().find(|(other, _)| *other == sentence) {
                    let message = text!(zh: "这一节里“{sentence}”写了两遍", en: "the section says “{sentence}” twice");
                    report.push(
                        RULE.code
                            .at(place, message)
                            .related(first.clone(), text!(zh: "第一遍在这里", en: "first here"))
                            .about(
                                &disclosure.path,
                                format!("narrative/{}/{sentence}", section.id),
                            ),
                    );
                } else {
                    seen.push((sentence, place));
                }
            }
        }
    }
}

/// Runs of two letters or more that stand twice in a row; digits and letters of codes do not count.
fn doubled(text: &str, allowed: &[String]) -> Vec<Range<usize>> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| letters.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found: Vec<Range<usize>> = Vec::new();
    for length in (2..=LONGEST).rev() {
        // How many letters up to here are the same as those so far behind them.
        let mut run = 0;
        for index in length..letters.len() {
            let letter = letters[index].1;
            let same = letter == letters[index - length].1;
            run = if same && letter.is_alphabetic() && !letter.is_ascii() { run + 1 } else { 0 };
            if run < length {
                continue;
            }
            run = 0;
            let range = at(index + 1 - 2 * length)..at(index + 1);
            let word = &text[range.start..at(index + 1 - length)];
            let known =
                found.iter().any(|other| other.start < range.end && range.start < other.end);
            if !known && !allowed.iter().any(|other| other == word) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    found
}
