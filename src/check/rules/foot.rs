//! Flags a total row that differs from the rows it adds up.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T202",
        name: "foot",
        severity: Severity::Error,
        page: include_str!("foot.md"),
    },
    scope: RuleScope::Relation(RelationKind::Foot),
};
