//! The profiles a site names, each with everything it extends merged in.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::decode::{self, FOLDER, KnownProfiles, id_of};
use super::extend::{ABSTRACT, EXTENDS};
use super::keys::is_profile;
use super::trees::{Trees, extended};
use super::{Profile, left_out, validate};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Severity, text};
use crate::source::{Place, Sources, Spot};
use crate::yaml::{self, Node};

/// Resolves every profile a site names, and those of its own folder. A profile
/// that cannot be read is absent; the report says why.
pub fn resolve(
    report: &mut Report,
    sources: &Sources,
    named: impl IntoIterator<Item = String>,
) -> BTreeMap<String, Arc<Profile>> {
    let named: BTreeSet<String> = named.into_iter().collect();
    let own = sources.site_files(FOLDER).filter_map(|(_, path)| id_of(path));
    let ids: BTreeSet<String> = own.chain(named.iter().cloned()).collect();
    let mut profiles = BTreeMap::new();
    let mut files = decode::ReferenceFiles::default();
    let known = KnownProfiles::of(sources);
    let mut trees = Trees::of(&known);
    for id in ids {
        let before = report.diagnostics.len();
        let Some(tree) = trees.tree(report, &id) else {
            for found in &mut report.diagnostics[before..] {
                point_at_own_file(sources, &id, found);
            }
            continue;
        };
        let node = left_out::sums(&tree);
        let is_abstract = node.get(ABSTRACT).and_then(Node::scalar) == Some("true");
        if is_abstract || (!is_profile(&node) && !named.contains(&id)) {
            continue;
        }
        let mut profile = decode::profile(report, &id, &node);
        profile.bases.clone_from(&tree.bases);
        files.attach(report, &known, &node, &mut profile);
        left_out::relations(&mut profile, &tree.removed);
        validate::profile(report, &profile);
        let mut found = report.diagnostics.split_off(before);
        let is_idle = |found: &Diagnostic| found.code.id == codes::IDLE_RULE.id;
        // What a mistake of the profile leaves without use is no second one.
        let has_errors = found.iter().any(|found| !is_idle(found));
        let is_own = |found: &Diagnostic| !sources.is_embedded(found.primary.file);
        found.retain(|found| !is_idle(found) || (is_own(found) && !has_errors));
        let is_of_base = |found: &Diagnostic| {
            found.severity == Severity::Error && is_own(found) && found.primary.file != profile.file
        };
        // What is wrong in a profile that it extends comes first: all else may follow from it.
        let is_misled = found.iter().any(is_of_base);
        if is_misled {
            found.retain(is_of_base);
        }
        for found in &mut found {
            point_at_own_file(sources, &id, found);
        }
        report.diagnostics.append(&mut found);
        // One that no disclosure follows is looked at, and not kept.
        if named.contains(&id) && !is_misled {
            profiles.insert(id, Arc::new(profile));
        }
    }
    profiles
}

/// What an embedded profile states may fail because of the site's own profiles only: such a finding
/// stands where an own one extends it, and says where in the embedded one.
fn point_at_own_file(sources: &Sources, id: &str, found: &mut Diagnostic) {
    if !sources.is_embedded(found.primary.file) {
        return;
    }
    let Some(own) = nearest_own(sources, id) else { return };
    let file = sources.file(found.primary.file);
    let Spot::Bytes(start, _) = found.primary.spot else { return };
    let line = 1 + file.text()[..start].matches('\n').count();
    found.notes.push(text!(
        zh: "这一条写在程序自带的 {path} 第 {line} 行", en: "it is stated in line {line} of the program’s own {path}",
        path = file.path,
    ));
    found.primary = own;
}

/// The site's own profile nearest to an id among those that it extends, at what that one extends.
fn nearest_own(sources: &Sources, id: &str) -> Option<Place> {
    let (mut seen, mut next) = (BTreeSet::new(), VecDeque::from([id.to_owned()]));
    while let Some(id) = next.pop_front() {
        let Some(file) = sources.find(&format!("{FOLDER}/{id}.yaml")) else { continue };
        if !sources.is_embedded(file) {
            return Some(Place::value(file, EXTENDS));
        }
        if !seen.insert(id) {
            continue;
        }
        if let Some(node) = yaml::parse(&mut Report::default(), file, sources.file(file)) {
            let mut all = Vec::new();
            extended(&node, &mut all);
            next.extend(all.into_iter().map(|(id, _)| id));
        }
    }
    None
}
