//! Findings about files that could not be read, or not for certain: relations that could not be worked
//! out because of one are counted under it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Disclosure, Outcome};
use crate::source::{FileId, Place};

/// What was found before the rules ran, by place and by file.
#[derive(Default)]
pub(crate) struct Causes<'a> {
    places: BTreeMap<&'a Place, usize>,
    files: BTreeMap<FileId, usize>,
}

impl<'a> Causes<'a> {
    /// Of these findings; the numbers are theirs.
    pub(crate) fn of(found: &'a [Diagnostic]) -> Causes<'a> {
        let mut causes = Causes::default();
        let errors = found.iter().enumerate().filter(|(_, one)| one.severity == Severity::Error);
        for (index, finding) in errors {
            causes.places.entry(&finding.primary).or_insert(index);
            causes.files.entry(finding.primary.file).or_insert(index);
        }
        causes
    }

    /// The number of the finding that says why a relation could not be worked out.
    pub(crate) fn cause(&self, disclosure: &Disclosure, outcome: &Outcome) -> Option<usize> {
        let place = &disclosure.unread.get(outcome.unread?)?.place;
        self.places.get(place).or_else(|| self.files.get(&place.file)).copied()
    }
}
