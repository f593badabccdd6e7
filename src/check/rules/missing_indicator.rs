//! Flags a project without a group or kind of indicator its system requires.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::profile::same_name;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P407",
        name: "missing-indicator",
        severity: Severity::Warning,
        page: include_str!("missing_indicator.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec() else { return };
    for (index, project) in disclosure.projects.iter().enumerate() {
        let indicators = disclosure.indicators(index);
        let levels = indicators.iter().map(|indicator| (indicator.group, indicator.kind));
        let Some((_, scheme)) = spec.scheme_of(&levels) else { continue };
        let has = |wanted: &str| {
            indicators
                .iter()
                .any(|other| same_name(other.group, wanted) || same_name(other.kind, wanted))
        };
        // A kind is missed only where its group is there: one cause, one message.
        let is_told = |wanted: &str| {
            scheme.groups.iter().any(|(group, kinds)| {
                kinds.iter().any(|kind| same_name(kind, wanted))
                    && scheme.required.contains(group)
                    && !has(group)
            })
        };
        let missing: Vec<&str> = scheme
            .required
            .iter()
            .map(String::as_str)
            .filter(|wanted| !has(wanted) && !is_told(wanted))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let name = &project.name;
        let message = text!(zh: "“{name}”没有{zh}", en: "`{name}` has no {en}", zh = missing.join("、"), en = missing.join(", "));
        let all = scheme.required.join("、");
        report.push(
            RULE.code
                .at(Place::key(project.file, "indicators"), message)
                .help(text!(zh: "每个项目都要有：{all}", en: "every project has: {all}"))
                .seen(missing.join("、"))
                .about(&disclosure.path, format!("projects/{}/indicators", project.slug)),
        );
    }
}
