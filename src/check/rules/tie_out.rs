//! Flags figures of different places that should agree.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T204",
        name: "tie-out",
        severity: Severity::Error,
        page: include_str!("tie_out.md"),
    },
    scope: RuleScope::Relation(RelationKind::TieOut),
};
