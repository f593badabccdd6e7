//! The profiles a site names, each with everything it extends merged in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decode::{self, FOLDER, Known, id_of};
use super::extend::{self, ABSTRACT};
use super::keys::is_profile;
use super::{Profile, validate};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, text};
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
    let known = Known::of(sources);
    let mut trees = Trees {
        known: &known,
        sound: BTreeMap::new(),
        bases: BTreeMap::new(),
        extended: BTreeMap::new(),
    };
    for id in ids {
        let before = report.diagnostics.len();
        let Some(node) = trees.tree(report, &id, &mut Vec::new()) else { continue };
        let is_abstract = node.get(ABSTRACT).and_then(Node::scalar) == Some("true");
        if is_abstract || (!is_profile(&node) && !named.contains(&id)) {
            continue;
        }
        let mut profile = decode::profile(report, &id, &node);
        profile.bases = trees.bases_of(&id);
        files.attach(report, &known, &node, &mut profile);
        validate::profile(report, &profile);
        let mut found = report.diagnostics.split_off(before);
        let is_idle = |found: &Diagnostic| found.code.id == codes::IDLE_RULE.id;
        // What a mistake of the profile leaves without use is no second one.
        let has_errors = found.iter().any(|found| !is_idle(found));
        let is_own = |found: &Diagnostic| !sources.is_embedded(found.primary.file);
        found.retain(|found| !is_idle(found) || (is_own(found) && !has_errors));
        for found in &mut found {
            point_at_own_file(sources, &id, found);
        }
        report.diagnostics.append(&mut found);
        // One that no disclosure follows is looked at, and not kept.
        if named.contains(&id) {
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

/// More profiles than this never extend each other in a row.
const LONGEST_CHAIN: usize = 32;

/// The trees of profiles, with everything they extend merged in.
struct Trees<'a> {
    known: &'a Known<'a>,
    /// Those in which nothing is wrong: what is wrong is reported for each profile that has it.
    sound: BTreeMap<String, Arc<Node>>,
    /// Those that others extend.
    bases: BTreeMap<String, Option<Arc<Node>>>,
    /// By profile, the one it extends.
    extended: BTreeMap<String, String>,
}

impl Trees<'_> {
    /// The whole tree of a profile; `chain` are the ones that extend it, the first of them first.
    fn tree(
        &mut self,
        report: &mut Report,
        id: &str,
        chain: &mut Vec<String>,
    ) -> Option<Arc<Node>> {
        if let Some(known) = self.sound.get(id) {
            return Some(Arc::clone(known));
        }
        let before = report.diagnostics.len();
        let tree = Arc::new(self.tree_anew(report, id, chain)?);
        if report.diagnostics.len() == before {
            self.sound.insert(id.to_owned(), Arc::clone(&tree));
        }
        Some(tree)
    }

    fn tree_anew(
        &mut self,
        report: &mut Report,
        id: &str,
        chain: &mut Vec<String>,
    ) -> Option<Node> {
        let sources = self.known.sources;
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
        if chain.len() > LONGEST_CHAIN {
            report.push(codes::BAD_PROFILE.at(
                base.place(),
                text!(zh: "模板一个接一个继承了 {LONGEST_CHAIN} 层以上，从“{first}”开始", en: "more than {LONGEST_CHAIN} profiles extend each other in a row, from `{first}` on", first = chain[0]),
            ).help(text!(zh: "把中间几层合成一个模板", en: "put some of those between into one")));
            return None;
        }
        if !self.known.has(&base_id) {
            let message = text!(zh: "没有模板“{base_id}”可继承", en: "there is no profile `{base_id}` to extend");
            report.push(
                codes::UNKNOWN_PROFILE.at(base.place(), message).help(self.known.beside(&base_id)),
            );
            // Without what it extends nothing is known of what it asks for.
            return None;
        }
        self.extended.insert(id.to_owned(), base_id.clone());
        Some(extend::merge(self.base(report, &base_id, chain)?.as_ref(), &node))
    }

    /// The profiles that one extends, the nearest first.
    fn bases_of(&self, id: &str) -> Vec<String> {
        let next = |id: &String| self.extended.get(id).cloned();
        std::iter::successors(next(&id.to_owned()), next).take(LONGEST_CHAIN).collect()
    }

    /// The tree of a profile that another extends, made once.
    fn base(
        &mut self,
        report: &mut Report,
        id: &str,
        chain: &mut Vec<String>,
    ) -> Option<Arc<Node>> {
        if let Some(known) = self.bases.get(id) {
            return known.clone();
        }
        let tree = self.tree(report, id, chain);
        self.bases.insert(id.to_owned(), tree.clone());
        tree
    }
}
