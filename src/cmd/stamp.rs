//! What a build was made of, kept beside its output: a build of the same again has nothing to do,
//! and one of which some organisations are the same takes over their pages.

#![allow(clippy::disallowed_methods, reason = "a stamp is the program's own, no file of the site")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::diagnostic::{Language, Text};
use crate::plan::Wishes;
use crate::source::Sources;

/// What a build was made of. Digests tell nothing of what is withheld to those who do not have it;
/// they still stand outside the published folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What was found, as it was printed.
    findings: Sides,
    /// What was counted.
    counts: Sides,
}

/// A text in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Sides {
    zh: String,
    en: String,
}

impl Stamp {
    /// Of sources that hold what all share, and every file that others may know.
    pub(super) fn of(common: &Sources, wishes: &Wishes) -> Stamp {
        let binary = std::env::current_exe().and_then(std::fs::metadata);
        Stamp {
            version: format!("{} {wishes:?}", env!("CARGO_PKG_VERSION")),
            binary: binary.map_or_else(
                |_| String::new(),
                |found| format!("{} {:?}", found.len(), found.modified().ok()),
            ),
            common: format!("{} {}", common.shared_digest(), common.digest()),
            ..Stamp::default()
        }
    }

    /// The stamp of a part of it: no whole site, and no other part, is made of the same.
    pub(super) fn narrow(&mut self, part: &str) {
        self.binary.push_str(part);
    }

    /// The stamp of the last build into an output; nothing where the output is not as it left it.
    pub(super) fn last(output: &Path) -> Option<Stamp> {
        let stamp = Stamp::read(&beside(output)?)?;
        (stamp.tree == tree(output)).then_some(stamp)
    }

    /// The stamp in a file.
    pub(super) fn read(file: &Path) -> Option<Stamp> {
        serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()
    }

    /// Notes an organisation's digest, and whether nothing was found of its pages.
    pub(super) fn note(&mut self, name: &str, digest: String, is_clean: bool) {
        self.organisations.insert(name.to_owned(), digest);
        if !is_clean {
            self.unclean.insert(name.to_owned());
        }
    }

    /// Whether a build of the same version had this organisation with this digest, whatever
    /// machine it ran on.
    pub(super) fn holds(&self, now: &Stamp, name: &str, digest: &str) -> bool {
        (&self.version, &self.common) == (&now.version, &now.common)
            && self.organisations.get(name).is_some_and(|known| known == digest)
    }

    /// As [`Stamp::holds`], of this machine, and there was nothing to say of its pages.
    pub(super) fn can_keep(&self, now: &Stamp, name: &str, digest: &str) -> bool {
        self.binary == now.binary && self.holds(now, name, digest) && !self.unclean.contains(name)
    }

    /// Whether a whole site was made of the same.
    pub(super) fn is_of(&self, now: &Stamp) -> bool {
        (&self.version, &self.binary, &self.common, &self.organisations)
            == (&now.version, &now.binary, &now.common, &now.organisations)
    }

    /// What was found in the build, and what it counted, in a language.
    pub(super) fn said(&self, language: Language) -> (&str, &str) {
        match language {
            Language::Chinese => (&self.findings.zh, &self.counts.zh),
            Language::English => (&self.findings.en, &self.counts.en),
        }
    }

    /// Leaves the stamp beside an output for the next build; that one does everything where this
    /// one cannot.
    pub(super) fn leave(mut self, output: &Path, findings: Text, counts: Text) {
        self.findings = Sides { zh: findings.zh, en: findings.en };
        self.counts = Sides { zh: counts.zh, en: counts.en };
        self.tree = tree(output);
        if let Some(path) = beside(output) {
            let _ = std::fs::write(path, self.text());
        }
    }

    /// The stamp as a file.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).expect("plain values")
    }
}

/// A hidden neighbour of the output.
fn beside(output: &Path) -> Option<PathBuf> {
    let folder = std::fs::canonicalize(output).ok()?;
    let name = folder.file_name()?.to_string_lossy().into_owned();
    Some(folder.parent()?.join(format!(".{name}.stamp")))
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
