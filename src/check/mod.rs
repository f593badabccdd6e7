//! Rules over the model. A rule is a value in one list; its page is its manual,
//! its examples and its tests.

mod attribution;
mod blank_column;
mod cause;
mod causes;
mod consequences;
mod coverage;
mod embedded;
mod empty_table;
mod followers;
mod idle;
mod every_project;
mod over_projects;
mod ledger;
mod same_rows;
mod scale;
mod suggest;
pub mod rules;
mod words;

use causes::Causes;
pub use embedded::point_at_own_file;
use rayon::prelude::*;
pub(crate) use words::message as sentence;

use crate::codes;
use crate::diagnostic::{Code, Report, text};
use crate::model::{Disclosure, Model, RelationKind};
use crate::yaml;

/// A rule.
pub struct Rule {
    /// What it finds.
    pub code: Code,
    /// What it looks at.
    pub scope: RuleScope,
}

/// What a rule looks at.
pub enum RuleScope {
    /// One disclosure at a time.
    Disclosure(fn(&mut Report, &Model, &Disclosure)),
    /// One disclosure at a time, against the day it is, `YYYY-MM-DD`, where that is known.
    Dated(fn(&mut Report, &Model, &Disclosure, Option<&str>)),
    /// The whole portal at once.
    Portal(fn(&mut Report, &Model)),
    /// Broken relations of one kind; who is to blame is decided over all kinds together.
    Relation(RelationKind),
}

/// Runs every rule over the portal; `today` is the day it is, `YYYY-MM-DD`, where that is known.
pub fn run(report: &mut Report, portal: &Model, today: Option<&str>) {
    for rule in rules::RULES {
        if let RuleScope::Portal(check) = rule.scope {
            check(report, portal);
        }
    }
    let causes = Causes::of(&report.diagnostics);
    let of_one = |disclosure: &Disclosure| {
        let mut found = Report::default();
        for rule in rules::RULES {
            match rule.scope {
                RuleScope::Disclosure(check) => check(&mut found, portal, disclosure),
                RuleScope::Dated(check) => check(&mut found, portal, disclosure, today),
                RuleScope::Portal(_) | RuleScope::Relation(_) => {}
            }
        }
        unknown_rules(&mut found, disclosure);
        idle::rules(&mut found, portal, disclosure, disclosure.relations(portal));
        let folded = attribution::run(&mut found, portal, disclosure, &causes);
        followers::fold(&mut found);
        consequences::fold(&mut found, (portal, disclosure), &report.diagnostics);
        (found, folded)
    };
    let all: Vec<_> = portal.disclosures.par_iter().map(of_one).collect();
    for (found, folded) in all {
        for (cause, count) in folded {
            report.diagnostics[cause].unchecked += count;
        }
        report.absorb(found);
    }
}

/// Leaves out what follows from other findings of any step, and counts what is alike. Findings may be fewer after it.
pub fn fold(report: &mut Report) {
    consequences::of_placeholders(report);
    consequences::of_one_kind(report);
}

/// Reports acceptances that name no rule, with the nearest that there is.
fn unknown_rules(report: &mut Report, disclosure: &Disclosure) {
    let unknown = disclosure.acceptances().iter().filter(|known| find(&known.code).is_none());
    for acceptance in unknown.filter(|acceptance| !acceptance.code.is_empty()) {
        let all = codes();
        let names: Vec<&str> = all.iter().flat_map(|code| [code.name, code.id]).collect();
        let message = text!(zh: "没有“{code}”这条规则", en: "there is no rule `{code}`", code = acceptance.code);
        let help = match yaml::nearest(&acceptance.code, &names) {
            Some(name) => text!(zh: "是不是“{name}”？", en: "did you mean `{name}`?"),
            None => {
                text!(zh: "每条发现的末行写着规则的名字；mingbai explain 列出全部", en: "the last line of each finding names its rule; `mingbai explain` lists them all")
            }
        };
        report.push(codes::UNUSED_ACCEPTANCE.at(acceptance.place.clone(), message).help(help));
    }
}

/// The codes of the rules, in the order of their list.
pub fn rules() -> impl Iterator<Item = &'static str> {
    rules::RULES.iter().map(|rule| rule.code.id)
}

/// Every code there is, rules first, in the order of their ids.
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = all_codes().collect();
    codes.sort_by_key(|code| code.id);
    codes
}

fn all_codes() -> impl Iterator<Item = &'static Code> {
    rules::RULES.iter().map(|rule| &rule.code).chain(codes::CODES.iter().copied())
}

/// The code of an id or a name, whatever the case.
pub fn find(name: &str) -> Option<&'static Code> {
    all_codes()
        .find(|code| code.id.eq_ignore_ascii_case(name) || code.name.eq_ignore_ascii_case(name))
}
