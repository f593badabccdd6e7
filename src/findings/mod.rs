//! Findings printed: for people, for editors, for pull requests, for dashboards.

pub mod concise;
pub mod github;
pub mod human;
pub mod json;
pub mod sarif;

use crate::diagnostic::Report;
use crate::locate::locate;
use crate::source::Sources;

/// Orders the findings: errors first, then file by file from the top, what cannot
/// be read before what does not agree; and drops exact repeats.
pub fn order(sources: &Sources, report: &mut Report) {
    report.diagnostics.sort_by_cached_key(|diagnostic| {
        let file = &sources.file(diagnostic.primary.file).path;
        let start = locate(sources, &diagnostic.primary).start;
        let family = !diagnostic.code.id.starts_with('S');
        (
            diagnostic.severity,
            file.clone(),
            family,
            start,
            diagnostic.code.id,
            diagnostic.message.clone(),
        )
    });
    report.diagnostics.dedup_by(|a, b| {
        a.code.id == b.code.id && a.primary == b.primary && a.message == b.message
    });
}
