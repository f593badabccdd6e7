//! The profiles a site names, each with everything it extends merged in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Profile, decode, extend, validate};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, text};
use crate::source::{FileId, Place, Sources, Spot};
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
        let known = report.diagnostics.len();
        let Some(node) = tree(report, sources, &id, &mut Vec::new()) else { continue };
        let is_abstract = node.get(ABSTRACT).and_then(Node::scalar) == Some("true");
        if is_abstract || (decode::is_shelved(&node) && !named.contains(&id)) {
            continue;
        }
        let mut profile = decode::profile(report, &id, &node);
        shelf.attach(report, sources, &node, &mut profile);
        validate::profile(report, &profile);
        for found in &mut report.diagnostics[known..] {
            bring_home(sources, &id, found);
        }
        profiles.insert(id, Arc::new(profile));
    }
    profiles
}

/// What an embedded profile states may fail because of the site's own profiles only: such a finding
/// stands where an own one extends it, and says where in the embedded one.
fn bring_home(sources: &Sources, id: &str, found: &mut Diagnostic) {
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

/// The site's own profile nearest to an id, at what it extends.
fn nearest_own(sources: &Sources, id: &str) -> Option<Place> {
    let (mut id, mut seen) = (id.to_owned(), BTreeSet::new());
    while seen.insert(id.clone()) {
        let file = sources.find(&format!("{FOLDER}/{id}.yaml"))?;
        if !sources.is_embedded(file) {
            return Some(Place::value(file, "extends"));
        }
        let node = yaml::parse(&mut Report::default(), file, sources.file(file))?;
        node.get("extends")?.scalar()?.clone_into(&mut id);
    }
    None
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
    let is_profile = |file: FileId| {
        let node = yaml::parse(&mut Report::default(), file, sources.file(file));
        !node.is_some_and(|node| decode::is_shelved(&node))
    };
    let files = sources.all_files(FOLDER).into_iter().filter(|(file, _)| is_profile(*file));
    let ids: Vec<String> = files.filter_map(|(_, path)| id_of(path)).collect();
    yaml::suggestion(id, &ids.iter().map(String::as_str).collect::<Vec<_>>())
}
