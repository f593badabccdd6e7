//! `extends`: one profile stated as what differs from others.
//!
//! Maps merge by key, lists and texts replace, `~` removes. A new entry stands
//! at the end, or where its `after` or `before` says. `extends` in a map names the files that
//! this map starts from, in place of what it would inherit; `~` for none. Only `abstract` and `spoiled` at the top are not inherited.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::source::FileId;
use crate::yaml::{Key, Kind, Lookup, Node};

/// The key of what lies under a map.
pub(super) const EXTENDS: &str = "extends";
/// The key of a profile that only others extend; it is not inherited.
pub(super) const ABSTRACT: &str = "abstract";
/// The key of what a profile's own test spoils; it is not inherited.
pub(super) const SPOILED: &str = "spoiled";

/// The names that an `extends` holds, each with its node; nothing where the key is that of an entry.
pub(super) fn named(node: &Node) -> Vec<(&str, &Node)> {
    let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
    items.iter().filter_map(|item| Some((item.scalar()?, item))).collect()
}

/// Whether an `extends` says what its map starts from.
fn starts(node: &Node) -> bool {
    node.is_null() || !named(node).is_empty()
}

/// What a profile says of itself alone is no part of what others inherit.
fn inherited(tree: &Node) -> Node {
    let is_own = |(key, _): &&(Key, Node)| [ABSTRACT, SPOILED].contains(&&*key.text);
    let entries = tree.entries().iter().filter(|entry| !is_own(entry));
    tree.with(Kind::Mapping(entries.cloned().collect()))
}

/// Two files, neither of which extends the other, that state one thing differently.
pub(super) struct Conflict {
    /// Where in the tree, key by key.
    pub path: String,
    /// What the first of them states, and what the second.
    pub stated: [Node; 2],
    /// The `extends` that names both.
    pub extends: Node,
}

/// Lays trees over each other.
pub(super) struct Laying<'a> {
    /// Whole files by id, those that `extends` names.
    pub pieces: &'a BTreeMap<String, Arc<Node>>,
    /// By file, the files that it extends: what it states counts before what they state.
    pub below: &'a BTreeMap<FileId, BTreeSet<FileId>>,
    /// The paths of all that was taken out with `~`.
    pub removed: BTreeSet<String>,
    /// What was stated differently and not settled.
    pub conflicts: Vec<Conflict>,
    /// Whether files are laid side by side, so that none of them counts before the others.
    are_beside: bool,
    differences: Vec<(String, [Node; 2])>,
}

impl<'a> Laying<'a> {
    pub(super) fn new(
        pieces: &'a BTreeMap<String, Arc<Node>>,
        below: &'a BTreeMap<FileId, BTreeSet<FileId>>,
    ) -> Laying<'a> {
        let (removed, conflicts, differences) = (BTreeSet::new(), Vec::new(), Vec::new());
        Laying { pieces, below, removed, conflicts, are_beside: false, differences }
    }

    /// A file with all it extends laid under it.
    pub(super) fn file(&mut self, own: Node) -> Node {
        self.over(own.with(Kind::Null), own, "")
    }

    /// The overlay laid over the base.
    fn over(&mut self, base: Node, mut overlay: Node, path: &str) -> Node {
        let Kind::Mapping(all) = &mut overlay.kind else { return self.either(base, overlay, path) };
        let mut own = std::mem::take(all);
        let starts = |(key, node): &(Key, Node)| *key.text == *EXTENDS && starts(node);
        let Some(at) = own.iter().position(starts) else {
            return self.entries(base, &overlay, own, path);
        };
        let (_, extends) = own.remove(at);
        own.retain(|(key, _)| *key.text != *EXTENDS);
        // What a map says it starts from stands in place of what would be inherited.
        for (key, value) in base.entries() {
            self.remove(value, &joined(path, key));
        }
        let own = overlay.with(Kind::Mapping(own));
        let base = self.beside(&extends, &own, path);
        let Kind::Mapping(own) = own.kind else { return base };
        self.entries(base, &overlay, own, path)
    }

    /// The files that an `extends` names, laid over one another; `own` is what stands beside it.
    fn beside(&mut self, extends: &Node, own: &Node, path: &str) -> Node {
        let names = named(extends);
        let pieces: Vec<Arc<Node>> =
            names.iter().filter_map(|(id, _)| self.pieces.get(*id).cloned()).collect();
        let Some((first, others)) = pieces.split_first() else { return own.with(Kind::Null) };
        let before = std::mem::take(&mut self.differences);
        let was_beside = std::mem::replace(&mut self.are_beside, true);
        let mut all = inherited(first);
        for other in others {
            all = self.over(all, inherited(other), path);
        }
        self.are_beside = was_beside;
        let found = std::mem::replace(&mut self.differences, before);
        let depth = if path.is_empty() { 0 } else { path.split('/').count() };
        for (path, stated) in found {
            if !settles(own, path.split('/').skip(depth)) {
                self.conflicts.push(Conflict { path, stated, extends: extends.clone() });
            }
        }
        all
    }

    /// Of two values that do not merge the upper one, unless the lower one is stated by a file that extends
    /// the other's.
    fn either(&mut self, base: Node, overlay: Node, path: &str) -> Node {
        if !self.are_beside || base.is_null() || says_same(&base, &overlay) {
            return overlay;
        }
        let knows = |one: FileId, other: FileId| {
            self.below.get(&one).is_some_and(|below| below.contains(&other))
        };
        if knows(base.file, overlay.file) {
            return base;
        }
        if base.file != overlay.file && !knows(overlay.file, base.file) {
            self.differences.push((path.to_owned(), [base, overlay.clone()]));
        }
        overlay
    }

    /// The entries of a map laid over a base; `map` is where they stand.
    fn entries(&mut self, base: Node, map: &Node, above: Vec<(Key, Node)>, path: &str) -> Node {
        let Kind::Mapping(below) = base.kind else {
            if !base.is_null() {
                self.either(base, map.clone(), path);
            }
            return self.new_entries(Vec::new(), map, above, path);
        };
        let (in_below, in_above) = (Lookup::of(&below), Lookup::of(&above));
        let changes: Vec<Option<usize>> =
            below.iter().map(|(key, _)| in_above.position(&key.text)).collect();
        let is_new: Vec<bool> =
            above.iter().map(|(key, _)| in_below.position(&key.text).is_none()).collect();
        let mut above: Vec<Option<(Key, Node)>> = above.into_iter().map(Some).collect();
        let mut entries: Vec<(Key, Node)> = Vec::with_capacity(below.len() + above.len());
        for ((key, value), change) in below.into_iter().zip(changes) {
            match change.and_then(|at| above[at].take()) {
                None => entries.push((key, value)),
                Some((_, change)) if change.is_null() => self.remove(&value, &joined(path, &key)),
                Some((name, change)) => {
                    let merged = self.over(value, change, &joined(path, &key));
                    entries.push((name, merged));
                }
            }
        }
        let new =
            above.into_iter().zip(is_new).filter_map(|(entry, is_new)| entry.filter(|_| is_new));
        self.new_entries(entries, map, new.collect(), path)
    }

    /// The entries that the base does not have, behind those that it has or where they say.
    fn new_entries(
        &mut self,
        mut entries: Vec<(Key, Node)>,
        map: &Node,
        new: Vec<(Key, Node)>,
        path: &str,
    ) -> Node {
        let new: Vec<(Key, Node)> = new
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| {
                let value = if holds_extends(&value) {
                    self.over(value.with(Kind::Null), value, &joined(path, &key))
                } else {
                    value
                };
                (key, value)
            })
            .collect();
        if new.iter().any(|(_, value)| says_where(value).is_some()) {
            entries = placed(entries, &new);
        } else {
            entries.extend(new);
        }
        map.with(Kind::Mapping(entries))
    }

    fn remove(&mut self, value: &Node, path: &str) {
        self.removed.insert(path.to_owned());
        for (key, value) in value.entries() {
            self.remove(value, &joined(path, key));
        }
    }
}

/// Whether what stands beside an `extends` says itself what holds at a path, or at one above it.
fn settles<'a>(own: &Node, path: impl Iterator<Item = &'a str>) -> bool {
    let mut here = own;
    for key in path {
        match here.get(key) {
            None => return false,
            Some(next) => here = next,
        }
        if !matches!(here.kind, Kind::Mapping(_)) {
            return true;
        }
    }
    true
}

/// Whether a map in this value extends something.
pub(super) fn holds_extends(value: &Node) -> bool {
    let holds = |(key, value): &(Key, Node)| {
        (*key.text == *EXTENDS && starts(value)) || holds_extends(value)
    };
    value.entries().iter().any(holds)
}

fn joined(path: &str, key: &Key) -> String {
    if path.is_empty() { key.text.to_string() } else { format!("{path}/{}", key.text) }
}

/// Whether two values are written alike.
fn says_same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Scalar(a), Kind::Scalar(b)) => a == b,
        (Kind::Sequence(a), Kind::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| says_same(a, b))
        }
        (Kind::Mapping(a), Kind::Mapping(b)) => {
            let same = |((a, left), (b, right)): (&(Key, Node), &(Key, Node))| {
                a.text == b.text && says_same(left, right)
            };
            a.len() == b.len() && a.iter().zip(b).all(same)
        }
        _ => false,
    }
}

/// The entry beside which a new one stands, and whether right after it.
enum Beside<'a> {
    After(&'a str),
    Before(&'a str),
}

/// What `after: x` and `before: x` say of a new entry, the one that counts first.
fn says_where(value: &Node) -> Option<[Option<Beside<'_>>; 2]> {
    let after = value.get("after").and_then(Node::scalar).map(Beside::After);
    let before = value.get("before").and_then(Node::scalar).map(Beside::Before);
    (after.is_some() || before.is_some()).then_some([after, before])
}

/// The entries with new ones in their places, one after another: a new one may stand beside a new one.
fn placed(entries: Vec<(Key, Node)>, new: &[(Key, Node)]) -> Vec<(Key, Node)> {
    let mut all = entries;
    // A ring of entries, each with the ones beside it: `end` stands before the first and after the last.
    let end = all.len() + new.len();
    let old = all.len();
    let mut next: Vec<usize> = (1..=end).map(|at| if at == old { end } else { at }).collect();
    next.push(if old == 0 { end } else { 0 });
    let mut previous: Vec<usize> = (0..=end).map(|at| if at == 0 { end } else { at - 1 }).collect();
    previous[end] = if old == 0 { end } else { old - 1 };
    let mut known: IndexMap<String, usize> = IndexMap::with_capacity(end);
    for (at, (key, _)) in all.iter().enumerate() {
        known.entry(key.text.to_string()).or_insert(at);
    }
    for (key, value) in new {
        let beside = says_where(value).into_iter().flatten().flatten();
        let mut found = beside.filter_map(|beside| match beside {
            Beside::After(name) => known.get(name).copied(),
            Beside::Before(name) => known.get(name).map(|at| previous[*at]),
        });
        let left = found.next().unwrap_or(previous[end]);
        let (at, right) = (all.len(), next[left]);
        (next[left], previous[at], next[at], previous[right]) = (at, left, right, at);
        known.entry(key.text.to_string()).or_insert(at);
        all.push((key.clone(), value.clone()));
    }
    let mut taken: Vec<Option<(Key, Node)>> = all.into_iter().map(Some).collect();
    let order = std::iter::successors(Some(next[end]), |at| Some(next[*at]));
    order.take_while(|at| *at != end).filter_map(|at| taken[at].take()).collect()
}
