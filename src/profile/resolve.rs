//! The profiles a site names, each with everything it extends merged in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::keys::is_profile;
use super::{Profile, decode, extend, validate};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Sources};
use crate::yaml::{self, Node};

/// The key of a profile that only others extend; it is not inherited.
pub(super) const ABSTRACT: &str = "abstract";

/// Where profiles live, below the root or embedded.
pub const FOLDER: &str = "profiles";

/// Resolves every profile a site names, and those of its own folder. A profile
/// that cannot be read is absent; the report says why.
pub fn resolve(
    report: &mut Report,
    sources: &Sources,
    named: impl IntoIterator<Item = String>,
) -> BTreeMap<String, Arc<Profile>> {
    let named: Vec<String> = named.into_iter().collect();
    let own = sources.site_files(FOLDER).filter_map(|(_, path)| id_of(path));
    let ids: BTreeSet<String> = own.chain(named.iter().cloned()).collect();
    let mut profiles = BTreeMap::new();
    let mut shelf = decode::Shelf::default();
    for id in ids {
        let Some(node) = tree(report, sources, &id, &mut Vec::new()) else { continue };
        let is_abstract = node.get(ABSTRACT).and_then(Node::scalar) == Some("true");
        if is_abstract || (!is_profile(&node) && !named.contains(&id)) {
            continue;
        }
        let mut profile = decode::profile(report, &id, &node);
        shelf.attach(report, sources, &node, &mut profile);
        validate::profile(report, &profile);
        profiles.insert(id, Arc::new(profile));
    }
    profiles
}

/// The id of a profile file.
fn id_of(path: &str) -> Option<String> {
    Some(path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".yaml")?.to_owned())
}

/// The whole tree of a profile, everything it extends merged in.
fn tree(report: &mut Report, sources: &Sources, id: &str, chain: &mut Vec<String>) -> Option<Node> {
    let file = sources.find(&format!("{FOLDER}/{id}.yaml"))?;
    let node = yaml::parse(report, file, sources.file(file))?;
    let Some(base) = node.get("extends") else { return Some(node) };
    let base_id = base.scalar().unwrap_or_default().to_owned();
    chain.push(id.to_owned());
    if chain.contains(&base_id) {
        report.push(codes::BAD_PROFILE.at(
            base.place(),
            text!(zh: "模板互相继承：{list}", en: "profiles extend each other: {list}", list = chain.join(" → ")),
        ));
        return Some(node);
    }
    if let Some(below) = tree(report, sources, &base_id, chain) {
        Some(extend::merge(&below, &node))
    } else {
        let message =
            text!(zh: "没有模板“{base_id}”可继承", en: "there is no profile `{base_id}` to extend");
        report
            .push(codes::UNKNOWN_PROFILE.at(base.place(), message).help(known(sources, &base_id)));
        Some(node)
    }
}

/// What to say beside a profile name that nothing answers to.
pub fn known(sources: &Sources, id: &str) -> crate::diagnostic::Text {
    yaml::suggestion(id, &ids(sources).iter().map(String::as_str).collect::<Vec<_>>())
}

/// The ids of all profiles, the site's and those that came with the program, in order.
pub fn ids(sources: &Sources) -> Vec<String> {
    let is_kept = |file: FileId| {
        let node = yaml::parse(&mut Report::default(), file, sources.file(file));
        node.is_none_or(|node| is_profile(&node))
    };
    let files = sources.all_files(FOLDER).into_iter().filter(|(file, _)| is_kept(*file));
    files.filter_map(|(_, path)| id_of(path)).collect()
}
