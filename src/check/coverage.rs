//! What was tried and what was not: how many rules of the profile were worked out,
//! and which relations could not run.

use std::collections::BTreeMap;

use super::causes::{self, Causes};
use crate::diagnostic::Report;
use crate::model::{Disclosure, Model, Outcome, Verdict};

/// Notes the coverage of one disclosure. Relations that could not run because of a finding are counted
/// by that finding and not listed.
pub(super) fn note(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    outcomes: &[Outcome],
    causes: &Causes,
) -> BTreeMap<usize, usize> {
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
    let mut folded: BTreeMap<usize, usize> = BTreeMap::new();
    let mut listed = Vec::new();
    let absent = causes::of_rules(&report.diagnostics, disclosure);
    for outcome in outcomes.iter().filter(|outcome| !ran(outcome)) {
        let unread = outcome.unread.and_then(|at| disclosure.unread.get(at));
        let rule = unread.and_then(|unread| absent.get(unread.absent.as_ref()?));
        match (rule, causes.cause(disclosure, outcome)) {
            (Some(finding), _) => report.diagnostics[*finding].unchecked += 1,
            (None, Some(cause)) => *folded.entry(cause).or_default() += 1,
            (None, None) => listed.push(outcome),
        }
    }
    report.unproved.extend(disclosure.unproved(portal, listed));
    folded
}
