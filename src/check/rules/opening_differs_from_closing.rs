//! Flags what opens this year with another figure than the last one closed with.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "Y501",
        name: "opening-differs-from-closing",
        severity: Severity::Warning,
        page: include_str!("opening_differs_from_closing.md"),
    },
    scope: RuleScope::Relation(RelationKind::Opening),
};
