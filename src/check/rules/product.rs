//! Flags an amount that differs from quantity times price.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T205",
        name: "product",
        severity: Severity::Error,
        page: include_str!("product.md"),
    },
    scope: RuleScope::Relation(RelationKind::Product),
};
