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
        let mut seen: BTreeMap<u64, Alike> = BTreeMap::new();
        // Blank and withheld targets say nothing that could be the same.
        let says = |indicator: &&Indicator| {
            !matches!(indicator.reading, Reading::Blank | Reading::Withheld)
        };
        for indicator in indicators.iter().filter(says) {
            let first = match seen.entry(name_hash(indicator.name)) {
                Entry::Vacant(entry) => {
                    entry.insert(Alike { first: indicator, all: BTreeMap::new() });
                    continue;
                }
                Entry::Occupied(mut entry) => entry.get_mut().find_or_add(indicator),
            };
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

/// Indicators of one name.
struct Alike<'a> {
    first: &'a Indicator<'a>,
    /// All of them by what else they say, once there are two.
    all: BTreeMap<[u64; 4], &'a Indicator<'a>>,
}

impl<'a> Alike<'a> {
    /// The first that says the same; else it becomes the first itself.
    fn find_or_add(&mut self, indicator: &'a Indicator<'a>) -> Option<&'a Indicator<'a>> {
        if self.all.is_empty() {
            self.all.insert(words(self.first), self.first);
        }
        match self.all.entry(words(indicator)) {
            Entry::Vacant(entry) => {
                entry.insert(indicator);
                None
            }
            Entry::Occupied(entry) => Some(*entry.get()),
        }
    }
}

/// What an indicator says beside its name: equal where each text is the same name.
fn words(indicator: &Indicator) -> [u64; 4] {
    let Indicator { group, kind, description, printed, .. } = indicator;
    [group, kind, description, printed].map(|words| name_hash(words))
}
