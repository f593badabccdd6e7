//! Flags one thing that the text gives two amounts, where a slip tells them apart.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N314",
        name: "two-figures",
        severity: Severity::Warning,
        page: include_str!("two_figures.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    for found in &disclosure.sayings(portal).twice {
        let (section, range) = &found.place;
        let section = &disclosure.sections[*section];
        let (other, first) = &found.other;
        let first = Place::bytes(disclosure.sections[*other].file, first.clone());
        let (name, words, other) = (&found.name, &found.words, &found.other_words);
        let message = text!(
            zh: "“{name}”这里写 {words}，另一处写 {other}，只差一笔", en: "{name} is {words} here and {other} elsewhere, a slip apart",
        );
        let help = text!(zh: "对照表格，看哪一处写错了；说的是两件事，把名称写得分得开", en: "see by the tables which is wrong; where two things are meant, name them apart");
        report.push(
            RULE.code
                .at(Place::bytes(section.file, range.clone()), message)
                .related(first, text!(zh: "另一处", en: "elsewhere"))
                .help(help)
                .about(&disclosure.path, format!("narrative/{}/{name}{words}", section.id)),
        );
    }
}
