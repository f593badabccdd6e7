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
        let unread = disclosure.unread.get(outcome.unread?)?;
        if unread.absent.is_some() {
            return None;
        }
        let place = &unread.place;
        self.places.get(place).or_else(|| self.files.get(&place.file)).copied()
    }
}

/// The findings of rules about what a disclosure does not have, by address: their numbers.
pub(super) fn of_rules(found: &[Diagnostic], disclosure: &Disclosure) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    if disclosure.unread.iter().any(|unread| unread.absent.is_some()) {
        for (index, finding) in found.iter().enumerate() {
            let address = finding.address.as_ref().filter(|_| ABSENT.contains(&finding.code.id));
            all.extend(address.map(|address| (address.clone(), index)));
        }
    }
    all
}

/// A table, a row, a field that is not there, what a row is broken down to, or any project.
const ABSENT: [&str; 5] = ["C101", "C105", "C106", "C107", "C109"];
