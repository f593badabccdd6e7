//! What was tried and what was not: how many rules of the profile were worked out,
//! and which relations could not run.

use crate::diagnostic::Report;
use crate::model::{Disclosure, Model, Outcome, Verdict};

/// Notes the coverage of one disclosure.
pub(super) fn note(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    outcomes: &[Outcome],
) {
    let ran = |outcome: &&Outcome| !matches!(outcome.verdict, Verdict::Withheld | Verdict::Missing);
    let mut tried: Vec<&str> = outcomes
        .iter()
        .filter(ran)
        .filter_map(|outcome| outcome.tie_out().map(|tie_out| tie_out.id.as_str()))
        .collect();
    tried.sort_unstable();
    tried.dedup();
    report.coverage.stated += disclosure.profile.tie_outs.len();
    report.coverage.tried += tried.len();
    report.unproved.extend(disclosure.unproved(portal, outcomes));
}
