//! What a build found, kept to be said again: findings with their places, whose lines are read
//! again when they are shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::check;
use crate::diagnostic::{Diagnostic, Label, Report, Severity, Text, Veil};
use crate::source::{FileId, Library, Place, Sources};

/// What was found and counted. Ids of files are those of a portal of the same files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct LastReport {
    findings: Vec<Finding>,
    /// The files they stand in.
    files: BTreeSet<String>,
    veils: BTreeMap<FileId, Veil>,
    /// What was counted.
    pub counts: Text,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Finding {
    code: String,
    severity: Severity,
    message: Text,
    primary: Place,
    label: Option<Text>,
    related: Vec<Label>,
    notes: Vec<Text>,
    help: Option<Text>,
    address: Option<String>,
    disclosure: Option<String>,
}

impl LastReport {
    /// What a report says.
    pub(super) fn of(sources: &Sources, report: &Report, counts: Text) -> LastReport {
        let findings = report.diagnostics.iter().cloned().map(|found| Finding {
            code: found.code.id.to_owned(),
            severity: found.severity,
            message: found.message,
            primary: found.primary,
            label: found.label,
            related: found.related,
            notes: found.notes,
            help: found.help,
            address: found.address,
            disclosure: found.disclosure,
        });
        let places = report.diagnostics.iter().flat_map(|found| {
            let related = found.related.iter().map(|label| label.place.file);
            std::iter::once(found.primary.file).chain(related)
        });
        let ids: BTreeSet<FileId> = places.collect();
        let veils = report.veils.iter().filter(|(file, _)| ids.contains(file));
        LastReport {
            findings: findings.collect(),
            files: ids.iter().map(|id| sources.file(*id).path.clone()).collect(),
            veils: veils.map(|(file, veil)| (*file, veil.clone())).collect(),
            counts,
        }
    }

    /// Whether a warning was found.
    pub(super) fn has_warnings(&self) -> bool {
        self.findings.iter().any(|found| found.severity == Severity::Warning)
    }

    /// The report again, with the files it stands in.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn again(&self, library: &Library) -> anyhow::Result<(Sources, Report)> {
        let wanted = |path: &str| self.files.contains(path);
        let sources = library.sources(0..library.len(), wanted)?;
        let again = |found: Finding| {
            Some(Diagnostic {
                code: check::find(&found.code)?,
                severity: found.severity,
                message: found.message,
                primary: found.primary,
                label: found.label,
                related: found.related,
                notes: found.notes,
                help: found.help,
                address: found.address,
                disclosure: found.disclosure,
                // What acceptances and counts go by has been applied.
                seen: None,
                alike: None,
                // A site is built where nothing stood in the way of checking.
                unchecked: 0,
            })
        };
        let diagnostics = self.findings.iter().cloned().filter_map(again).collect();
        let veils = self.veils.clone();
        Ok((sources, Report { diagnostics, veils, ..Report::default() }))
    }
}
