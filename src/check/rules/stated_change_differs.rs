//! Flags a change against last year that the figures of the two years do not show.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "Y502",
        name: "stated-change-differs",
        severity: Severity::Warning,
        page: include_str!("stated_change_differs.md"),
    },
    scope: RuleScope::Relation(RelationKind::Change),
};
