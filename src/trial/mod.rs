//! A profile on trial: its examples must hold, an example that is made wrong must be found, and every figure
//! that is changed should be. Pure: files and a profile to counts and addresses.

mod figures;
mod spoil;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use figures::{ColumnTally, figures};
pub use spoil::{Spoilt, spoil};

use crate::check;
use crate::content;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::model::assemble::{self, Wanted};
use crate::model::{Disclosure, Draft, acceptance};
use crate::profile::{self, Profile};
use crate::source::Sources;

/// Resolved profiles by id.
pub type Profiles = BTreeMap<String, Arc<Profile>>;

/// A finding as far as two runs can be compared: its code, its file, its message.
pub type FindingIdentity = (&'static str, String, String);

/// What a portal says, checked: everything that `check` does but rendering and the look for what is withheld.
pub fn checked(sources: &Sources, profiles: &Profiles) -> (Draft, Report) {
    let mut report = Report::default();
    let content = content::parse(&mut report, sources);
    let draft =
        assemble::assemble(&mut report, sources, content, profiles, None, Wanted::default());
    check::run(&mut report, &draft, None);
    check::fold(&mut report);
    acceptance::apply(&mut report, sources, &draft, None, |name| check::find(name).is_some());
    (draft, report)
}

/// What a finding is told by when two runs are compared.
pub fn key(sources: &Sources, found: &Diagnostic) -> FindingIdentity {
    let file = sources.file(found.primary.file).path.clone();
    (found.code.id, file, found.message.en.clone())
}

/// The disclosures of some organisations that follow a profile, as they are written.
#[derive(Debug)]
pub struct Ground {
    sources: Sources,
    profiles: Profiles,
    draft: Draft,
    /// What is found of them as they are.
    known: BTreeSet<FindingIdentity>,
    report: Report,
    /// The disclosures that follow the profile, by index.
    examples: Vec<usize>,
}

impl Ground {
    /// Reads the files of some organisations; a disclosure is an example where it follows the profile, or one
    /// that extends it.
    pub fn of(sources: Sources, id: &str) -> Ground {
        let mut report = Report::default();
        let content = content::parse(&mut report, &sources);
        let named: Vec<String> = assemble::profiles_named(&content).collect();
        let profiles = profile::resolve(&mut report, &sources, named);
        let (draft, found) = checked(&sources, &profiles);
        report.diagnostics.extend(found.diagnostics);
        report.relations = found.relations;
        let known = report.diagnostics.iter().map(|found| key(&sources, found)).collect();
        let follows = |disclosure: &Disclosure| {
            let profile = &disclosure.profile;
            profile.id == id || profile.bases.iter().any(|base| base == id)
        };
        let examples = draft.disclosures.iter().enumerate();
        let examples = examples.filter(|(_, one)| follows(one)).map(|(index, _)| index).collect();
        Ground { sources, profiles, draft, known, report, examples }
    }

    /// The examples, each with the errors and the warnings that stand in its files.
    pub fn examples(&self) -> impl Iterator<Item = (&Disclosure, [usize; 2])> {
        self.examples.iter().map(|index| {
            let disclosure = &self.draft.disclosures[*index];
            let folder = format!("content/{}/", disclosure.path);
            let count = |severity| {
                let found = self.report.diagnostics.iter().filter(|one| one.severity == severity);
                found
                    .filter(|one| self.sources.file(one.primary.file).path.starts_with(&folder))
                    .count()
            };
            (disclosure, [count(Severity::Error), count(Severity::Warning)])
        })
    }

    /// What is found where one file holds another text, and was not found before.
    fn new_findings(&self, path: &str, text: String) -> Vec<Diagnostic> {
        let mut sources = self.sources.clone();
        sources.add(path, text.into_bytes());
        let (_, report) = checked(&sources, &self.profiles);
        let is_new = |found: &Diagnostic| !self.known.contains(&key(&sources, found));
        report.diagnostics.into_iter().filter(is_new).collect()
    }
}
