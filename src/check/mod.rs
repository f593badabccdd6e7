//! Rules over the model. A rule is a value in one list; its page is its manual,
//! its examples and its tests.

mod attribution;
mod cause;
mod coverage;
mod embedded;
mod ledger;
pub mod rules;
mod words;

pub use embedded::bring_home;
use rayon::prelude::*;

use crate::codes;
use crate::diagnostic::{Code, Report};
use crate::model::{Disclosure, Model, RelationKind};

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
    let of_one = |disclosure: &Disclosure| {
        let mut found = Report::default();
        for rule in rules::RULES {
            match rule.scope {
                RuleScope::Disclosure(check) => check(&mut found, portal, disclosure),
                RuleScope::Dated(check) => check(&mut found, portal, disclosure, today),
                RuleScope::Portal(_) | RuleScope::Relation(_) => {}
            }
        }
        attribution::run(&mut found, portal, disclosure);
        found
    };
    let all: Vec<Report> = portal.disclosures.par_iter().map(of_one).collect();
    for found in all {
        report.absorb(found);
    }
}

/// Every code there is, rules first, in the order of their ids.
pub fn codes() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> =
        rules::RULES.iter().map(|rule| &rule.code).chain(codes::CODES.iter().copied()).collect();
    codes.sort_by_key(|code| code.id);
    codes
}

/// The code of an id or a name, whatever the case.
pub fn find(name: &str) -> Option<&'static Code> {
    codes()
        .into_iter()
        .find(|code| code.id.eq_ignore_ascii_case(name) || code.name.eq_ignore_ascii_case(name))
}
