//! Flags a table the profile requires and the disclosure does not hold.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C101",
        name: "missing-table",
        severity: Severity::Error,
        page: include_str!("missing_table.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    // That there is none is one finding.
    if disclosure.tables.is_empty() && !disclosure.has_unread_tables() {
        return;
    }
    for spec in disclosure.profile.tables.values() {
        if spec.required
            && !disclosure.tables.contains_key(&spec.id)
            && (disclosure.is_absent_table(&spec.id) || !disclosure.is_unread_table(&spec.id))
        {
            let message = text!(zh: "缺少“{title}”这张表", en: "the table `{id}` is missing", title = spec.title, id = spec.id);
            let help = text!(
                zh: "新建 tables/{id}.yaml；没有数据也要写 rows: [] 和说明（note），空表列示", en: "add tables/{id}.yaml; a table without figures is written with rows: [] and its note",
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
