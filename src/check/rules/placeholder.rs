//! Flags what a form leaves to be filled in and nobody filled in.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::profile::held;
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
            let first = held(&prose.placeholders, &paragraph.text)
                .filter_map(|word| Some((paragraph.text.find(word.as_str())?, word)));
            let Some((at, word)) = first.min() else { continue };
            let place = Place::bytes(section.file, paragraph.source(at..at + word.len()));
            let message = text!(zh: "“{word}”还没有填", en: "`{word}` is still to be filled in");
            report.push(
                RULE.code
                    .at(place, message)
                    .about(&disclosure.path, format!("narrative/{}/{word}", section.id)),
            );
        }
    }
}
