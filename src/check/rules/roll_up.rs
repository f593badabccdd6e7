//! Flags a code that differs from its children.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T203",
        name: "roll-up",
        severity: Severity::Error,
        page: include_str!("roll_up.md"),
    },
    scope: RuleScope::Relation(RelationKind::RollUp),
};
