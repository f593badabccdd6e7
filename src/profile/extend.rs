//! `extends`: one profile stated as what differs from another.
//!
//! Maps merge by key, lists and texts replace, `~` removes. A new entry stands
//! at the end, or where its `after` or `before` says. Only `abstract` and `spoiled` at
//! the top are not inherited.

use indexmap::IndexMap;

use crate::yaml::{Key, Kind, Lookup, Node};

/// The key of a profile that only others extend; it is not inherited.
pub(super) const ABSTRACT: &str = "abstract";
/// The key of what a profile's own test spoils; it is not inherited.
pub(super) const SPOILED: &str = "spoiled";

/// A profile laid over the one it extends.
pub(super) fn merge(base: &Node, overlay: &Node) -> Node {
    let Kind::Mapping(below) = &base.kind else { return overlay.clone() };
    let is_own = |(key, _): &&(Key, Node)| [ABSTRACT, SPOILED].contains(&&*key.text);
    if !below.iter().any(|entry| is_own(&entry)) {
        return laid_over(base, overlay);
    }
    let inherited = below.iter().filter(|entry| !is_own(entry)).cloned().collect();
    laid_over(&base.with(Kind::Mapping(inherited)), overlay)
}

/// The overlay laid over the base.
fn laid_over(base: &Node, overlay: &Node) -> Node {
    let (Kind::Mapping(below), Kind::Mapping(above)) = (&base.kind, &overlay.kind) else {
        return overlay.clone();
    };
    let mut entries: Vec<(Key, Node)> = Vec::with_capacity(below.len() + above.len());
    let (in_below, in_above) = (Lookup::of(below), Lookup::of(above));
    for (key, value) in below {
        match in_above.get(&key.text) {
            None => entries.push((key.clone(), value.clone())),
            Some((_, change)) if change.is_null() => {}
            Some((name, change)) => entries.push((name.clone(), laid_over(value, change))),
        }
    }
    let is_new =
        |(key, value): &&(Key, Node)| !value.is_null() && in_below.get(&key.text).is_none();
    let new: Vec<&(Key, Node)> = above.iter().filter(is_new).collect();
    if new.iter().any(|(_, value)| says_where(value).is_some()) {
        entries = placed(entries, &new);
    } else {
        entries.extend(new.into_iter().cloned());
    }
    overlay.with(Kind::Mapping(entries))
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
fn placed(entries: Vec<(Key, Node)>, new: &[&(Key, Node)]) -> Vec<(Key, Node)> {
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
