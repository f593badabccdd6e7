//! Flags a project that leaves out what its form requires.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C106",
        name: "missing-field",
        severity: Severity::Error,
        page: include_str!("missing_field.md"),
    },
    scope: RuleScope::Disclosure(check),
};

use crate::source::Place;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.project_spec() else { return };
    for project in &disclosure.projects {
        for (field, cell) in spec.fields.values().zip(&project.fields) {
            if field.required && cell.is_blank() {
                let message = text!(zh: "“{name}”没有填“{title}”", en: "`{name}` has no `{id}`", name = project.name, title = field.title, id = field.id);
                let help = text!(zh: "在这个文件里加一行 {id}:", en: "add a line `{id}:` to this file", id = field.id);
                report.push(
                    RULE.code
                        .at(Place::start(project.file), message)
                        .help(help)
                        .about(&disclosure.path, format!("projects/{}/{}", project.slug, field.id)),
                );
            }
        }
    }
}
