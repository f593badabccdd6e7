//! Flags an indicator that stands twice in one project.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::target::Reading;
use crate::model::{Disclosure, Indicator, Model};
use crate::profile::name_hash;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P410",
        name: "duplicate-indicator",
        severity: Severity::Warning,
        page: include_str!("duplicate_indicator.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for project in 0..disclosure.projects.len() {
        let indicators = disclosure.indicators(project);
        let mut seen: BTreeMap<[u64; 5], &Indicator> = BTreeMap::new();
        // Blank and withheld targets say nothing that could be the same.
        let says = |indicator: &&Indicator| {
            !matches!(indicator.reading, Reading::Blank | Reading::Withheld)
        };
        for indicator in indicators.iter().filter(says) {
            let first = match seen.entry(words(indicator)) {
                Entry::Vacant(entry) => {
                    entry.insert(indicator);
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
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

/// What an indicator says: equal where each text is the same name.
fn words(indicator: &Indicator) -> [u64; 5] {
    let Indicator { group, kind, name, description, printed, .. } = indicator;
    [group, kind, name, description, printed].map(|words| name_hash(words))
}
