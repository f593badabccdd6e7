//! Findings printed: for people, for editors, for pull requests, for dashboards.

pub mod concise;
pub mod github;
pub mod human;
pub mod json;
mod origin;
pub mod sarif;

pub use origin::name_originals;

use crate::diagnostic::{Diagnostic, Report};
use crate::locate::Locator;
use crate::source::Sources;

/// Files that could not be read, profiles that are not there.
const CAUSES: [&str; 10] =
    ["C101", "C105", "S001", "S002", "S015", "S016", "S017", "S023", "S027", "S030"];

/// Whether others follow from it: it stands before them.
fn is_cause(diagnostic: &Diagnostic) -> bool {
    diagnostic.unchecked > 0 || CAUSES.contains(&diagnostic.code.id)
}

/// Orders the findings by what to mend first: errors first; then
/// those that others follow from; then what cannot be read, what
/// is missing, what does not agree, and so on by the family of the code, since one kind of
/// mistake brings on those after it; then file by file from the top. Drops exact repeats.
pub fn order(sources: &Sources, report: &mut Report) {
    let locator = Locator::new(sources);
    report.diagnostics.sort_by_cached_key(|diagnostic| {
        let file = &sources.file(diagnostic.primary.file).path;
        let start = locator.range(&diagnostic.primary).start;
        // The digit of a family: S0, C1, T2, …
        let family = diagnostic.code.id.chars().nth(1);
        (
            diagnostic.severity,
            !is_cause(diagnostic),
            family,
            file.clone(),
            start,
            diagnostic.code.id,
            diagnostic.message.clone(),
        )
    });
    report.diagnostics.dedup_by(|a, b| {
        a.code.id == b.code.id && a.primary == b.primary && a.message == b.message
    });
}
