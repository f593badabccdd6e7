//! Flags a disclosure without project forms where its profile requires them.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C109",
        name: "missing-projects",
        severity: Severity::Error,
        page: include_str!("missing_projects.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let required = disclosure.project_spec().is_some_and(|spec| spec.required);
    if required && disclosure.projects.is_empty() && !disclosure.has_unread_projects() {
        let message = text!(zh: "一个项目也没有", en: "there are no projects");
        let help = text!(zh: "每个项目一个文件：projects/<序号>-<名称>.yaml", en: "one file a project: projects/<number>-<name>.yaml");
        report.push(
            RULE.code
                .at(disclosure.place(), message)
                .help(help)
                .about(&disclosure.path, "projects"),
        );
    }
}
