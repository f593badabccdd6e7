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
    let end = |index: usize| letters.get(index).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    let mut index = 0;
    while index < letters.len() {
        let longest = LONGEST.min((letters.len() - index) / 2);
        let is_word = |length: usize| {
            letters[index..index + length].iter().all(|(_, c)| c.is_alphabetic() && !c.is_ascii())
        };
        let twice = |length: &usize| {
            let (a, b) = (index..index + length, index + length..index + 2 * length);
            let same = letters[a].iter().map(|(_, c)| c).eq(letters[b].iter().map(|(_, c)| c));
            same && is_word(*length)
        };
        let hit = (2..=longest)
            .rev()
            .find(twice)
            .map(|length| (length, end(index)..end(index + 2 * length)));
        match hit {
            Some((length, range)) => {
                let word = &text[range.start..end(index + length)];
                if !allowed.iter().any(|other| other == word) {
                    found.push(range);
                }
                index += 2 * length;
            }
            None => index += 1,
        }
    }
    found
}
