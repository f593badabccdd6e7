//! Flags a figure in prose that differs from the cell it is bound to.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N301",
        name: "figure-mismatch",
        severity: Severity::Error,
        page: include_str!("figure_mismatch.md"),
    },
    scope: RuleScope::Relation(RelationKind::Bound),
};
