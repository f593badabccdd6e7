//! Flags a correction after which a cell says what it said before.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model, is_same_value};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "A906",
        name: "unchanged-correction",
        severity: Severity::Error,
        page: include_str!("unchanged_correction.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let corrected = disclosure.corrected(portal);
    for one in corrected.iter().filter(|one| is_same_value(&one.was, &one.now)) {
        let written = &disclosure.written.corrections[one.correction];
        let place = written.cells[one.cell].place.clone();
        let name = disclosure.words_of_hidden(one.place);
        let was = if one.was.is_empty() {
            text!(zh: "空着", en: "blank")
        } else {
            text!(zh: "{was}", en: "{was}", was = one.was)
        };
        let message = text!(
            zh: "{name_zh}更正前是 {was_zh}，更正后还是 {was_zh}", en: "{name_en} was {was_en} before a correction and is so after it",
            name_zh = name.zh, name_en = name.en, was_zh = was.zh, was_en = was.en,
        );
        let help = if one.is_last {
            text!(zh: "这里写原来公开的数，现在的数写在表里；两个数一样就不是更正", en: "write here what was published, and the new figure in its table; where both are one there is no correction")
        } else {
            text!(zh: "后一次更正写的原来的数，应当是这一次改成的数", en: "what a later correction says was published is what this one made of it")
        };
        report.push(RULE.code.at(place, message).help(help));
    }
}
