//! Flags a stated increase or decrease whose paragraph gives no reason.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N305",
        name: "change-without-reason",
        severity: Severity::Warning,
        page: include_str!("change_without_reason.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let reasons = match &disclosure.profile.prose {
        Some(prose) if !prose.reasons.is_empty() => &prose.reasons,
        _ => return,
    };
    for section in &disclosure.sections {
        for (index, paragraph) in section.paragraphs.iter().enumerate() {
            let moved = section.bindings.iter().find_map(|binding| {
                let (_, word) = binding.direction.as_ref()?;
                let is_nought = binding.words.chars().all(|c| !matches!(c, '1'..='9'));
                (binding.paragraph == index && !is_nought).then_some((binding, word))
            });
            let Some((binding, word)) = moved else { continue };
            let next = section.paragraphs.get(index + 1).filter(|next| !next.heading);
            let next = next.map_or("", |next| next.text.trim_start());
            let is_given = |reason: &String| {
                paragraph.text.contains(reason.as_str()) || next.starts_with(reason.as_str())
            };
            if reasons.iter().any(is_given) {
                continue;
            }
            let words = &binding.words;
            let message = text!(
                zh: "说了{word} {words}，这一段却没有写原因", en: "{word} {words}: the paragraph gives no reason",
            );
            let list: Vec<&str> = reasons.iter().map(String::as_str).collect();
            let place = Place::bytes(section.file, binding.inner.clone());
            report.push(
                RULE.code
                    .at(place, message)
                    .help(text!(zh: "在同一段里写明增减的原因（认得的词：{zh}）", en: "say why in the same paragraph (words known here: {en})", zh = list.join("、"), en = list.join(", ")))
                    .about(&disclosure.path, format!("narrative/{}/{}", section.id, binding.slot())),
            );
        }
    }
}
