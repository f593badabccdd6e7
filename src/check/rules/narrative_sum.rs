//! Flags a total stated in prose that the parts listed for it do not make.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Severity};
use crate::model::RelationKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N303",
        name: "narrative-sum",
        severity: Severity::Error,
        page: include_str!("narrative_sum.md"),
    },
    scope: RuleScope::Relation(RelationKind::Narrative),
};
