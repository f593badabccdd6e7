//! Flags a section that holds a heading and nothing else.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C108",
        name: "empty-section",
        severity: Severity::Error,
        page: include_str!("empty_section.md"),
    },
    scope: RuleScope::Disclosure(check),
};

use crate::source::Place;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let parents: BTreeSet<usize> =
        disclosure.sections.iter().filter_map(|child| child.parent).collect();
    for (index, section) in disclosure.sections.iter().enumerate() {
        if section.pieces.is_empty() && !parents.contains(&index) {
            let message = text!(zh: "“{title}”只有标题，没有内容", en: "`{title}` is a heading without a text", title = section.title);
            let help = text!(zh: "没有内容就写“无。”", en: "where there is nothing to say, say so");
            report.push(
                RULE.code
                    .at(Place::start(section.file), message)
                    .help(help)
                    .about(&disclosure.path, section.id.as_str()),
            );
        }
    }
}
