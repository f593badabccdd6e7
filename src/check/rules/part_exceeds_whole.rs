//! Flags a part that is larger than its whole.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T206",
        name: "part-exceeds-whole",
        severity: Severity::Error,
        page: include_str!("part_exceeds_whole.md"),
    },
    scope: RuleScope::Relation(RelationKind::Part),
};
