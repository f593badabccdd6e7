//! What a build was made of, kept for the next: a build of the same again has nothing to do,
//! and one of which some organisations are the same takes over their pages.

#![expect(clippy::disallowed_methods, reason = "slips stand in the folders of parts")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::last_report::LastReport;
use super::state::State;
use crate::diagnostic::Report;
use crate::plan::PlanOptions;
use crate::source::{DigestKey, Sources};

/// What a build was made of. A digest without a key would answer whoever guesses at what is
/// withheld: these are made with the portal's own key.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The version of the program, and what was asked of it.
    version: String,
    /// Which build of that version it is, on this machine.
    binary: String,
    /// What all organisations share, and what they may know of each other.
    common: String,
    /// Each organisation's own files.
    organisations: BTreeMap<String, String>,
    /// The organisations of whose pages something was found.
    unclean: BTreeSet<String>,
    /// The output as it was left.
    tree: String,
    /// What was found and counted.
    pub report: LastReport,
}

impl Stamp {
    /// Of sources that hold what all share, and every file that others may know.
    pub(super) fn of(common: &Sources, options: &PlanOptions, key: &DigestKey) -> Stamp {
        let binary = std::env::current_exe().and_then(std::fs::metadata);
        Stamp {
            version: version(options),
            binary: binary.map_or_else(
                |_| String::new(),
                |found| format!("{} {:?}", found.len(), found.modified().ok()),
            ),
            common: format!("{} {}", common.shared_digest(key), common.digest(key)),
            ..Stamp::default()
        }
    }

    /// The stamp of a part of it: no whole site, and no other part, is made of the same.
    pub(super) fn narrow(&mut self, part: &str) {
        self.binary.push_str(part);
    }

    /// The stamp of the last build into an output; nothing where the output is not as it left it.
    pub(super) fn last(state: &State, output: &Path) -> Option<Stamp> {
        let bytes = state.read(&name(output)?)?;
        let stamp: Stamp = serde_json::from_slice(&bytes).ok()?;
        (stamp.tree == tree(output)).then_some(stamp)
    }

    /// Notes an organisation's digest, and whether nothing was found of its pages.
    pub(super) fn note(&mut self, name: &str, digest: String, is_clean: bool) {
        self.organisations.insert(name.to_owned(), digest);
        if !is_clean {
            self.unclean.insert(name.to_owned());
        }
    }

    /// Whether a build of the same version, by this program, had this organisation with this
    /// digest, and there was nothing to say of its pages.
    pub(super) fn can_keep(&self, now: &Stamp, name: &str, digest: &str) -> bool {
        (&self.version, &self.binary, &self.common) == (&now.version, &now.binary, &now.common)
            && self.organisations.get(name).is_some_and(|known| known == digest)
            && !self.unclean.contains(name)
    }

    /// Whether a whole site was made of the same.
    pub(super) fn is_of(&self, now: &Stamp) -> bool {
        (&self.version, &self.binary, &self.common, &self.organisations)
            == (&now.version, &now.binary, &now.common, &now.organisations)
    }

    /// Leaves the stamp for the next build into an output; that one does everything where this one
    /// cannot.
    pub(super) fn leave(mut self, state: &State, output: &Path, report: LastReport) {
        self.report = report;
        self.tree = tree(output);
        if let Some(name) = name(output) {
            let text = serde_json::to_vec(&self).expect("plain values");
            state.write(&name, &text);
        }
    }
}

fn version(options: &PlanOptions) -> String {
    format!("{} {options:?}", env!("CARGO_PKG_VERSION"))
}

/// What a part of a portal says of itself to `merge`, on whatever machine that runs. It leaves
/// the part's folder, and no key could go with it: so its digests are of files in which what is
/// withheld has its mark, on which no page depends either.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PartStamp {
    version: String,
    common: String,
    organisations: BTreeMap<String, String>,
}

impl PartStamp {
    /// Of sources that hold what all share, and every file that others may know.
    pub(super) fn of(common: &Sources, options: &PlanOptions) -> PartStamp {
        let key = DigestKey::default();
        PartStamp {
            version: version(options),
            common: format!("{} {}", common.shared_digest(&key), common.digest(&key)),
            organisations: BTreeMap::new(),
        }
    }

    /// The digest of an organisation's files with marks for what is withheld.
    pub(super) fn digest(sources: &Sources, report: &Report) -> String {
        sources.digest_of(&DigestKey::default(), |id, file| match report.veils.get(&id) {
            Some(veil) => Cow::Owned(veil.over(file.text(), &veil.withheld).into_bytes()),
            None => Cow::Borrowed(file.bytes()),
        })
    }

    /// The slip in a file.
    pub(super) fn read(file: &Path) -> Option<PartStamp> {
        serde_json::from_slice(&std::fs::read(file).ok()?).ok()
    }

    /// The slip as a file.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("plain values")
    }

    /// Notes an organisation's digest.
    pub(super) fn note(&mut self, name: &str, digest: String) {
        self.organisations.insert(name.to_owned(), digest);
    }

    /// Whether a part was made of the same, this organisation with this digest.
    pub(super) fn holds(&self, now: &PartStamp, name: &str, digest: &str) -> bool {
        (&self.version, &self.common) == (&now.version, &now.common)
            && self.organisations.get(name).is_some_and(|known| known == digest)
    }
}

/// The file of an output's stamp: the output's name, and which folder of that name it is.
fn name(output: &Path) -> Option<String> {
    let folder = std::fs::canonicalize(output).ok()?;
    let name = folder.file_name()?.to_string_lossy();
    let digest = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    Some(format!("{name}-{}.stamp", &digest[..16]))
}

/// A digest of the names, sizes and times of every file of a folder.
fn tree(folder: &Path) -> String {
    let entries: Vec<_> = WalkDir::new(folder).sort_by_file_name().into_iter().flatten().collect();
    let lines = entries.par_iter().filter(|entry| entry.file_type().is_file()).map(|entry| {
        let found = entry.metadata().ok();
        let (length, time) =
            (found.as_ref().map(Metadata::len), found.and_then(|found| found.modified().ok()));
        format!("{} {length:?} {time:?}\n", entry.path().display())
    });
    let lines: Vec<String> = lines.collect();
    let mut hasher = blake3::Hasher::new();
    for line in &lines {
        hasher.update(line.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
