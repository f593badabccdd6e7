//! `extends`: one profile stated as what differs from another.
//!
//! Maps merge by key, lists and texts replace, `~` removes. A new entry stands
//! at the end, or where its `after` or `before` says. Only `abstract` at the top
//! is not inherited.

use crate::yaml::{Key, Kind, Node};

/// The overlay laid over the base.
pub(super) fn merge(base: &Node, overlay: &Node) -> Node {
    let (Kind::Mapping(below), Kind::Mapping(above)) = (&base.kind, &overlay.kind) else {
        return overlay.clone();
    };
    let mut entries: Vec<(Key, Node)> = Vec::with_capacity(below.len() + above.len());
    for (key, value) in below {
        match above.iter().find(|(name, _)| name.text == key.text) {
            None if *key.text == *super::ABSTRACT => {}
            None => entries.push((key.clone(), value.clone())),
            Some((_, change)) if change.is_null() => {}
            Some((name, change)) => entries.push((name.clone(), merge(value, change))),
        }
    }
    for (key, value) in above {
        if value.is_null() || below.iter().any(|(name, _)| name.text == key.text) {
            continue;
        }
        let at = position(&entries, value).unwrap_or(entries.len());
        entries.insert(at, (key.clone(), value.clone()));
    }
    overlay.with(Kind::Mapping(entries))
}

/// Where `after: x` or `before: x` puts a new entry.
fn position(entries: &[(Key, Node)], value: &Node) -> Option<usize> {
    let find = |word: &str| {
        let name = value.get(word)?.scalar()?;
        entries.iter().position(|(key, _)| *key.text == *name)
    };
    find("after").map(|at| at + 1).or_else(|| find("before"))
}
