//! Flags a total column that differs from the columns it is made of.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T201",
        name: "cross-foot",
        severity: Severity::Error,
        page: include_str!("cross_foot.md"),
    },
    scope: RuleScope::Relation(RelationKind::CrossFoot),
};
