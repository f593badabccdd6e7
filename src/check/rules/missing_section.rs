//! Flags a section the profile requires and the disclosure does not hold.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C102",
        name: "missing-section",
        severity: Severity::Error,
        page: include_str!("missing_section.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let read = disclosure.sections.iter().map(|section| &section.id);
    let there: BTreeSet<&str> =
        read.map(String::as_str).collect();
    for spec in disclosure.profile.sections.values() {
        if spec.required
            && !there.contains(spec.id.as_str())
            && !disclosure.is_unread_section(&spec.id)
        {
            let message = text!(zh: "缺少“{title}”这一节", en: "the section `{id}` is missing", title = spec.title, id = spec.id);
            let help = text!(
                zh: "新建 narrative/<序号>-{id}.md；没有内容就写“无。”", en: "add narrative/<number>-{id}.md; where there is nothing to say, say so",
                id = spec.id,
            );
            report.push(
                RULE.code
                    .at(disclosure.place(), message)
                    .label(text!(zh: "这个模板要求它", en: "this profile requires it"))
                    .help(help)
                    .about(&disclosure.path, spec.id.as_str()),
            );
        }
    }
}
