//! Flags a word such as “more” before a figure that became less.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N304",
        name: "direction-against-sign",
        severity: Severity::Error,
        page: include_str!("direction_against_sign.md"),
    },
    scope: RuleScope::Relation(RelationKind::Direction),
};
