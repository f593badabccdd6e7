//! The keys of a mapping, found again: looked through while they are few, which is quicker than to look them up.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::{Key, Node};

/// From so many keys on they are looked up.
const MANY: usize = 32;

/// The keys of a mapping that is being read.
#[derive(Default)]
pub(super) struct Written(Option<IndexSet<Arc<str>>>);

impl Written {
    /// The entry of a key among those read so far, of which no two have the same.
    pub(super) fn find(&mut self, entries: &[(Key, Node)], key: &str) -> Option<usize> {
        if entries.len() < MANY {
            return entries.iter().position(|(other, _)| *other.text == *key);
        }
        let known = self.0.get_or_insert_default();
        for (other, _) in &entries[known.len()..] {
            known.insert(Arc::clone(&other.text));
        }
        known.get_index_of(key)
    }
}

/// The entries of a mapping, to be looked up one after another.
pub struct Lookup<'a> {
    entries: &'a [(Key, Node)],
    places: Option<IndexMap<&'a str, usize>>,
}

impl<'a> Lookup<'a> {
    /// Of these entries.
    pub fn of(entries: &'a [(Key, Node)]) -> Lookup<'a> {
        let places = (entries.len() >= MANY).then(|| {
            let places = entries.iter().enumerate().rev();
            places.map(|(index, (key, _))| (&*key.text, index)).collect()
        });
        Lookup { entries, places }
    }

    /// The first entry of a key.
    pub fn get(&self, key: &str) -> Option<&'a (Key, Node)> {
        self.position(key).map(|at| &self.entries[at])
    }

    /// Which entry is the first of a key.
    pub fn position(&self, key: &str) -> Option<usize> {
        match &self.places {
            None => self.entries.iter().position(|(other, _)| *other.text == *key),
            Some(places) => places.get(key).copied(),
        }
    }
}
