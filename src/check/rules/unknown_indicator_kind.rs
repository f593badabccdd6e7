//! Flags a group or kind of indicator that no known system has.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Indicator, Model};
use crate::profile::targets::TargetSpec;
use crate::source::Place;
use crate::yaml;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P413",
        name: "unknown-indicator-kind",
        severity: Severity::Warning,
        page: include_str!("unknown_indicator_kind.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec().filter(|spec| !spec.schemes.is_empty()) else {
        return;
    };
    for (index, project) in disclosure.projects.iter().enumerate() {
        let indicators = disclosure.indicators(index);
        let mut told: BTreeSet<(&str, &str)> = BTreeSet::new();
        for indicator in &indicators {
            let levels = (indicator.group, indicator.kind);
            let is_known = spec.schemes.values().any(|scheme| scheme.knows(levels.0, levels.1));
            if is_known || !told.insert(levels) {
                continue;
            }
            let (column, message, help) = unknown(spec, indicator);
            let at = column.map_or(indicator.at, |column| indicator.in_column(column));
            report.push(
                RULE.code
                    .at(disclosure.place_of(at), message)
                    .help(help)
                    .about(&disclosure.path, disclosure.address_of(indicator.at)),
            );
        }
        let levels = indicators.iter().map(|indicator| (indicator.group, indicator.kind));
        let followed = spec.scheme_of(&levels).filter(|(id, _)| *id != spec.scheme);
        let (Some((_, own)), Some(expected)) = (followed, spec.schemes.get(&spec.scheme)) else {
            continue;
        };
        let message = text!(zh: "“{name}”用的是{own}，这张表应当用{expected}", en: "`{name}` uses {own}, but this form uses {expected}", name = project.name, own = own.title, expected = expected.title);
        let address = format!("projects/{}/indicators", project.slug);
        let mut found = RULE
            .code
            .at(Place::key(project.file, "indicators"), message)
            .help(text!(zh: "两代指标体系都认，一份公开里用同一代读者好比较", en: "both are known; one disclosure reads better with one of them"))
            .about(&disclosure.path, address);
        found.severity = Severity::Note;
        report.push(found);
    }
}

/// The column that is wrong, what is wrong with it, and what is known instead.
fn unknown(spec: &TargetSpec, indicator: &Indicator) -> (Option<usize>, Text, Text) {
    let (group, kind) = (indicator.group, indicator.kind);
    let mut groups: Vec<&str> = Vec::new();
    let mut kinds: Vec<&str> = Vec::new();
    for (name, below) in spec.schemes.values().flat_map(|scheme| &scheme.groups) {
        groups.push(name);
        if group.is_empty() || crate::profile::same_name(name, group) {
            kinds.extend(below.iter().map(String::as_str));
        }
    }
    groups.dedup();
    if kinds.is_empty() {
        let message = text!(zh: "没有“{group}”这样的一级指标", en: "there is no group of indicators `{group}`");
        return (spec.group, message, yaml::suggestion(group, &groups));
    }
    kinds.sort_unstable();
    kinds.dedup();
    let message = if group.is_empty() {
        text!(zh: "没有“{kind}”这样的指标类别", en: "there is no kind of indicator `{kind}`")
    } else {
        text!(zh: "“{group}”下没有“{kind}”这样的二级指标", en: "`{group}` has no kind of indicator `{kind}`")
    };
    (spec.kind, message, yaml::suggestion(kind, &kinds))
}
