//! Flags sentences that break off: at a word that needs more, or a heading with nothing below it.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::prose::sentences;
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N312",
        name: "unfinished-text",
        severity: Severity::Error,
        page: include_str!("unfinished_text.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// Signs behind which nothing more of a sentence stands: `主要原因是……`.
const ENDS: [char; 13] = ['，', '、', '：', ':', ',', '…', '.', '—', '-', '*', '＊', '_', ' '];

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(prose) =
        disclosure.profile.prose.as_ref().filter(|prose| !prose.unfinished.is_empty())
    else {
        return;
    };
    for section in &disclosure.sections {
        for paragraph in section.paragraphs.iter().filter(|paragraph| !paragraph.heading) {
            let text = &paragraph.text;
            for range in sentences(text) {
                let words = text[range.clone()].trim_end_matches(ENDS);
                // What a colon at the end of a paragraph leads to stands in the next one.
                let is_led =
                    range.end >= text.trim_end().len() && text.trim_end().ends_with(['：', ':']);
                let found = prose.unfinished.iter().filter(|word| words.ends_with(word.as_str()));
                let Some(word) = found.max_by_key(|word| word.len()).filter(|_| !is_led) else {
                    continue;
                };
                let end = range.start + words.len();
                let place = Place::bytes(section.file, paragraph.source(end - word.len()..end));
                let message = text!(zh: "这句话停在“{word}”，后面没有写", en: "the sentence breaks off at {word}");
                let help = text!(zh: "写完它，或者删去", en: "finish it, or take it out");
                let address = format!("narrative/{}/{word}", section.id);
                report
                    .push(RULE.code.at(place, message).help(help).about(&disclosure.path, address));
            }
        }
        // A section of headings alone is reported whole.
        let is_said = section.paragraphs.len() > 1 && !section.pieces.is_empty();
        let last = section.paragraphs.last();
        if let Some(heading) = last.filter(|last| last.heading && is_said) {
            let title = heading.text.trim();
            let place = Place::bytes(section.file, heading.source(0..heading.text.len()));
            let message = text!(zh: "标题“{title}”下面没有内容", en: "nothing stands below the heading {title}");
            let help = text!(zh: "没有内容就写“无。”，或者删去标题", en: "where there is nothing to say, say so, or take the heading out");
            let address = format!("narrative/{}/{title}", section.id);
            report.push(RULE.code.at(place, message).help(help).about(&disclosure.path, address));
        }
    }
}
