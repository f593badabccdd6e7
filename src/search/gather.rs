//! Which entries of a part of the index hold which token. Every text is cut into tokens once, however many
//! entries hold it; what is kept of them is bytes.

use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use indexmap::IndexMap;

use super::normalize::{Depth, hash, key_of, normalize, tokens};
use super::packed::{count, gaps, put, take_number};

/// Tokens are hashes already.
#[derive(Default)]
pub(super) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        // The upper half is well mixed, and a table looks at both ends.
        self.0 ^ self.0.rotate_left(32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// The tokens of entries that come in order.
#[derive(Default)]
pub(super) struct Gathering {
    /// Every token by its hash, with how many entries hold it and the number of the last, from 1.
    tokens: IndexMap<u64, (u32, u32), BuildHasherDefault<Plain>>,
    /// Token and entry.
    postings: Vec<(u32, u32)>,
    /// The tokens of texts that were cut already, by text and depth.
    cut: IndexMap<u64, Range<usize>, BuildHasherDefault<Plain>>,
    cuts: Vec<u32>,
    /// How many entries have come.
    entries: u32,
}

impl Gathering {
    /// Goes on to the next entry.
    pub(super) fn next(&mut self) {
        self.entries += 1;
    }

    /// The tokens of a text, known by its number.
    pub(super) fn text(&mut self, number: u32, text: &str, depth: Depth) {
        let id = (u64::from(number) << 32) | depth as u64;
        let range = match self.cut.get(&id) {
            Some(range) => range.clone(),
            None => self.cut(id, text, depth),
        };
        for at in range {
            self.add(self.cuts[at]);
        }
    }

    fn cut(&mut self, id: u64, text: &str, depth: Depth) -> Range<usize> {
        let Gathering { tokens: known, cuts, .. } = self;
        let start = cuts.len();
        tokens(&normalize(text), depth, &mut |token| {
            let entry = known.entry(hash(token.iter().copied()));
            cuts.push(count(entry.index()));
            entry.or_default();
        });
        cuts[start..].sort_unstable();
        let range = start..cuts.len();
        self.cut.insert(id, range.clone());
        range
    }

    /// The number of a token.
    pub(super) fn number(&mut self, token: &str) -> u32 {
        let entry = self.tokens.entry(hash(token.chars()));
        let at = count(entry.index());
        entry.or_default();
        at
    }

    /// A token of the entry, by its number.
    pub(super) fn add(&mut self, token: u32) {
        let (held, last) = &mut self.tokens[token as usize];
        if *last != self.entries {
            (*held, *last) = (*held + 1, self.entries);
            self.postings.push((token, self.entries - 1));
        }
    }

    /// The lists of all tokens, by their hashes.
    pub(super) fn finish(self) -> TokenLists {
        let Gathering { tokens, postings, .. } = self;
        let mut starts = Vec::with_capacity(tokens.len());
        let mut start = 0;
        for (held, _) in tokens.values() {
            starts.push(start);
            start += *held as usize;
        }
        let mut ends = starts.clone();
        let mut entries = vec![0; postings.len()];
        for (token, entry) in postings {
            let end = &mut ends[token as usize];
            entries[*end] = entry;
            *end += 1;
        }
        let mut order: Vec<(u64, usize)> =
            tokens.keys().enumerate().map(|(at, hash)| (*hash, at)).collect();
        order.sort_unstable();
        let (mut bytes, mut list, mut before) = (Vec::new(), Vec::new(), 0);
        for (hash, at) in order {
            let first = u32::try_from(hash >> 32).expect("the upper half of it");
            put(&mut bytes, first - before);
            before = first;
            bytes.extend_from_slice(&key_of(hash).to_le_bytes());
            list.clear();
            gaps(&entries[starts[at]..ends[at]], |number| put(&mut list, number));
            put(&mut bytes, count(list.len()));
            bytes.extend_from_slice(&list);
        }
        TokenLists { bytes: bytes.into_boxed_slice(), tokens: starts.len() }
    }
}

/// The entries that hold each token of a part of the index, in the order of their hashes.
#[derive(Debug, Default)]
pub(super) struct TokenLists {
    bytes: Box<[u8]>,
    /// How many tokens there are.
    pub(super) tokens: usize,
}

impl TokenLists {
    /// Each hash with its list.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = &self.bytes[..];
        let mut first = 0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            first += take_number(&mut rest);
            let (key, after) = rest.split_first_chunk().expect("what was put in");
            rest = after;
            let key = u32::from_le_bytes(*key);
            let length = take_number(&mut rest) as usize;
            let (list, after) = rest.split_at(length);
            rest = after;
            Some(((u64::from(first) << 32) | u64::from(key), list))
        })
    }
}

/// Every entry of a list.
pub(super) fn each(mut list: &[u8], mut push: impl FnMut(u32)) {
    let mut next = 0;
    while !list.is_empty() {
        let gap = take_number(&mut list);
        let run = if gap & 1 == 1 { take_number(&mut list) } else { 1 };
        next += gap >> 1;
        (next..next + run).for_each(&mut push);
        next += run;
    }
}
