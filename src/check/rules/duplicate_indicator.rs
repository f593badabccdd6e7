//! Flags an indicator that stands twice in one project.

use crate::check::{Rule, Scope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::Reading;
use crate::model::{Disclosure, Indicator, Portal};
use crate::profile::same_name;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P410",
        name: "duplicate-indicator",
        severity: Severity::Warning,
        page: include_str!("duplicate_indicator.md"),
    },
    scope: Scope::Disclosure(check),
};

fn check(report: &mut Report, _: &Portal, disclosure: &Disclosure) {
    for project in 0..disclosure.projects.len() {
        let indicators = disclosure.indicators(project);
        for (index, indicator) in indicators.iter().enumerate() {
            let first = indicators[..index].iter().find(|first| is_same(first, indicator));
            let Some(first) = first else { continue };
            let name = indicator.name;
            let message = text!(zh: "指标“{name}”写了两次，名称、描述和指标值都一样", en: "the indicator `{name}` stands twice, with the same description and target");
            report.push(
                RULE.code
                    .at(disclosure.place_of(indicator.at), message)
                    .related(
                        disclosure.place_of(first.at),
                        text!(zh: "第一次在这里", en: "first here"),
                    )
                    .help(text!(zh: "删去一个", en: "remove one"))
                    .about(&disclosure.path, disclosure.address_of(indicator.at)),
            );
        }
    }
}

fn is_same(a: &Indicator, b: &Indicator) -> bool {
    let pairs = [
        (a.group, b.group),
        (a.kind, b.kind),
        (a.name, b.name),
        (a.description, b.description),
        (a.printed, b.printed),
    ];
    // Blank and withheld targets say nothing that could be the same.
    !matches!(a.reading, Reading::Blank | Reading::Withheld)
        && pairs.iter().all(|(a, b)| same_name(a, b))
}
