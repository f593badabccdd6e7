//! The trees of profiles, each with everything it extends laid under it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decode::{FOLDER, KnownProfiles};
use super::extend::{Conflict, EXTENDS, Laying, holds_extends, named};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place};
use crate::yaml::{self, Node};

/// More profiles than this never extend each other in a row.
const LONGEST_CHAIN: usize = 32;
/// As many entries a profile may come to with everything it extends.
const MOST_ENTRIES: usize = 200_000;

/// A profile with everything it extends laid under it.
#[derive(Clone)]
pub(super) struct Tree {
    /// The tree.
    pub node: Arc<Node>,
    /// The files it extends, the nearest first.
    pub bases: Vec<String>,
    /// The paths of what it, or one that it extends, took out with `~`.
    pub removed: BTreeSet<String>,
    entries: usize,
}

/// The trees of all profiles that were asked for, each made once.
pub(super) struct Trees<'a> {
    known: &'a KnownProfiles<'a>,
    /// By id; nothing where it cannot be had, which was reported.
    whole: BTreeMap<String, Option<Tree>>,
    pieces: BTreeMap<String, Arc<Node>>,
    below: BTreeMap<FileId, BTreeSet<FileId>>,
}

impl<'a> Trees<'a> {
    pub(super) fn of(known: &'a KnownProfiles<'a>) -> Trees<'a> {
        Trees { known, whole: BTreeMap::new(), pieces: BTreeMap::new(), below: BTreeMap::new() }
    }

    /// The whole tree of a profile. Where a profile that it extends cannot be had, there is none, and that
    /// profile's own mistake is all that is reported.
    pub(super) fn tree(&mut self, report: &mut Report, id: &str) -> Option<Tree> {
        self.reached(report, id, &mut Vec::new())
    }

    /// The same; `chain` are the ones that extend it, the first of them first.
    fn reached(&mut self, report: &mut Report, id: &str, chain: &mut Vec<String>) -> Option<Tree> {
        if let Some(known) = self.whole.get(id) {
            return known.clone();
        }
        let tree = self.made(report, id, chain);
        if let Some(tree) = &tree {
            self.pieces.insert(id.to_owned(), Arc::clone(&tree.node));
        }
        self.whole.insert(id.to_owned(), tree.clone());
        tree
    }

    fn made(&mut self, report: &mut Report, id: &str, chain: &mut Vec<String>) -> Option<Tree> {
        let sources = self.known.sources();
        let file = sources.find(&format!("{FOLDER}/{id}.yaml"))?;
        let node = yaml::parse(report, file, sources.file(file))?;
        if !holds_extends(&node) {
            let entries = entries_of(&node);
            let (bases, removed) = (Vec::new(), BTreeSet::new());
            return Some(Tree { node: Arc::new(node), bases, removed, entries });
        }
        let mut uses = Vec::new();
        extended(&node, &mut uses);
        chain.push(id.to_owned());
        let (mut bases, mut removed) = (Vec::new(), BTreeSet::new());
        let mut entries = entries_of(&node);
        for (base, place) in uses {
            let tree = self.base(report, (&base, &place), chain)?;
            entries += tree.entries;
            for id in std::iter::once(base).chain(tree.bases) {
                if !bases.contains(&id) {
                    bases.push(id);
                }
            }
            removed.extend(tree.removed);
            if entries > MOST_ENTRIES {
                let message = text!(zh: "模板“{id}”连同它继承的，超过 {MOST_ENTRIES} 项", en: "the profile `{id}` comes to more than {MOST_ENTRIES} entries with what it extends");
                report.push(codes::BAD_PROFILE.at(place, message));
                return None;
            }
        }
        chain.pop();
        let files = bases.iter().filter_map(|id| sources.find(&format!("{FOLDER}/{id}.yaml")));
        self.below.insert(file, files.collect());
        let mut laying = Laying::new(&self.pieces, &self.below);
        let whole = laying.file(node);
        removed.append(&mut laying.removed);
        if !laying.conflicts.is_empty() {
            laying.conflicts.iter().for_each(|conflict| self.conflict(report, conflict));
            return None;
        }
        Some(Tree { entries: entries_of(&whole), node: Arc::new(whole), bases, removed })
    }

    /// The tree of a profile that another extends.
    fn base(
        &mut self,
        report: &mut Report,
        (id, place): (&str, &Place),
        chain: &mut Vec<String>,
    ) -> Option<Tree> {
        if chain.iter().any(|above| above == id) {
            let message = text!(zh: "模板互相继承：{list}", en: "profiles extend each other: {list}", list = chain.join(" → "));
            report.push(codes::BAD_PROFILE.at(place.clone(), message));
            return None;
        }
        if chain.len() > LONGEST_CHAIN {
            let message = text!(zh: "模板一个接一个继承了 {LONGEST_CHAIN} 层以上，从“{first}”开始", en: "more than {LONGEST_CHAIN} profiles extend each other in a row, from `{first}` on", first = chain[0]);
            let help =
                text!(zh: "把中间几层合成一个模板", en: "put some of those between into one");
            report.push(codes::BAD_PROFILE.at(place.clone(), message).help(help));
            return None;
        }
        if !self.known.has(id) {
            let message =
                text!(zh: "没有模板“{id}”可继承", en: "there is no profile `{id}` to extend");
            let help = self.known.beside(id);
            report.push(codes::UNKNOWN_PROFILE.at(place.clone(), message).help(help));
            // Without what it extends nothing is known of what it asks for.
            return None;
        }
        self.reached(report, id, chain)
    }

    /// Two files of one `extends` that state one thing differently.
    fn conflict(&self, report: &mut Report, conflict: &Conflict) {
        let sources = self.known.sources();
        let [first, second] = conflict.stated.each_ref().map(|node| {
            let path = &sources.file(node.file).path;
            let written = node.scalar().map(|text| format!(": {text}")).unwrap_or_default();
            format!("{path}{written}")
        });
        let path = conflict.path.replace('/', ".");
        let message = text!(zh: "继承的两个模板都写了 {path}，写得不一样", en: "two profiles that are extended here both state {path}, and not the same");
        let help = text!(zh: "在本模板里写明 {path} 用哪一个，或者只继承一个", en: "state {path} in this profile, or extend one of them alone");
        let mut found = codes::BAD_PROFILE.at(conflict.extends.place(), message).help(help);
        for stated in [first, second] {
            found.notes.push(Text::same(stated));
        }
        report.push(found);
    }
}

/// Every profile that a map of a tree names, with where it does.
pub(super) fn extended(node: &Node, all: &mut Vec<(String, Place)>) {
    for (key, value) in node.entries() {
        if *key.text == *EXTENDS {
            all.extend(named(value).into_iter().map(|(id, at)| (id.to_owned(), at.place())));
        }
        extended(value, all);
    }
}

fn entries_of(node: &Node) -> usize {
    node.entries().iter().map(|(_, value)| 1 + entries_of(value)).sum()
}
