//! What a build puts into its receipt, gathered while the parts are made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::check;
use crate::output::canonical_table;
use crate::page::Subject;
use crate::receipt::{Accepted, Digest, Receipt};
use crate::site::Site;
use crate::source::Sources;
use crate::url;

/// What is known of a site that is being made.
#[derive(Debug, Default)]
pub(super) struct Record {
    files: Mutex<BTreeMap<String, Digest>>,
    /// The largest file.
    largest: Mutex<(String, u64)>,
    content: Mutex<Content>,
}

/// What does not follow from the files.
#[derive(Debug, Default)]
struct Content {
    /// Each profile with those it extends.
    profiles: BTreeMap<String, Vec<String>>,
    accepted: BTreeSet<Accepted>,
    tables: BTreeMap<String, Digest>,
}

impl Record {
    /// Notes a file that was made.
    pub(super) fn file(&self, path: &str, digest: Digest, bytes: u64) {
        lock(&self.files).insert(path.to_owned(), digest);
        let mut largest = lock(&self.largest);
        if (bytes, largest.0.as_str()) > (largest.1, path) {
            *largest = (path.to_owned(), bytes);
        }
    }

    /// The largest file, and how many bytes it holds.
    pub(super) fn largest(&self) -> (String, u64) {
        lock(&self.largest).clone()
    }

    /// Notes what the disclosures of a part say, once its files are made.
    pub(super) fn part(&self, site: &Site) {
        let portal = &site.portal;
        for (index, disclosure) in portal.disclosures.iter().enumerate() {
            let mut tables = Vec::new();
            for (item, table) in disclosure.tables.values().enumerate() {
                let path = url::table_data(disclosure, table, "data.csv");
                let made = lock(&self.files).get(&path).copied();
                let subject = Subject { disclosure: index, item, ..Subject::default() };
                let digest = made.unwrap_or_else(|| Digest::of(&canonical_table(portal, &subject)));
                let name = path.strip_suffix(".data.csv").unwrap_or(&path).to_owned();
                tables.push((name, digest));
            }
            let accepted = disclosure.acceptances().iter().filter(|one| !one.reason.is_empty());
            let accepted = accepted.map(|one| Accepted {
                disclosure: disclosure.path.clone(),
                at: one.at.clone(),
                code: one.code.clone(),
                reason: one.reason.clone(),
                by: one.by.clone(),
                until: one.until.clone(),
            });
            let mut content = lock(&self.content);
            content.accepted.extend(accepted);
            content.tables.extend(tables);
            let profile = &disclosure.profile;
            content.profiles.entry(profile.id.clone()).or_insert_with(|| profile.bases.clone());
        }
    }

    /// The receipt of the whole site.
    pub(super) fn receipt(self, sources: &Sources, base_url: &str) -> Receipt {
        let Content { profiles, accepted, tables } =
            self.content.into_inner().unwrap_or_else(PoisonError::into_inner);
        let profiles = profiles.into_iter().map(|(id, bases)| {
            let digest = profile_digest(sources, std::iter::once(&id).chain(&bases));
            (id, digest)
        });
        Receipt {
            profiles: profiles.collect(),
            rules: check::rules().map(str::to_owned).collect(),
            accepted: accepted.into_iter().collect(),
            tables,
            files: self.files.into_inner().unwrap_or_else(PoisonError::into_inner),
            ..Receipt::new(base_url)
        }
    }
}

/// A digest of the files of a profile and of those it extends, in that order.
fn profile_digest<'a>(sources: &Sources, ids: impl Iterator<Item = &'a String>) -> Digest {
    let mut bytes = Vec::new();
    for id in ids {
        if let Some(file) = sources.find(&format!("profiles/{id}.yaml")) {
            bytes.extend_from_slice(sources.file(file).bytes());
        }
    }
    Digest::of(&bytes)
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
