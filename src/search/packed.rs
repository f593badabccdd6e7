//! Numbers and texts in little memory.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

/// Things in order, each once.
pub(super) type Set<T> = IndexSet<T, FxBuildHasher>;

/// Things in order, by key.
pub(super) type Map<K, V> = IndexMap<K, V, FxBuildHasher>;

/// Adds a number: seven bits a byte, the eighth says that more follow.
pub(super) fn put(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(u8::try_from((value & 0x7f) | 0x80).expect("eight bits"));
        value >>= 7;
    }
    out.push(u8::try_from(value).expect("seven bits"));
}

/// Takes the first number.
pub(super) fn take_number(from: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let (byte, rest) = from.split_first().expect("what was put in");
        *from = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return value;
        }
        shift += 7;
    }
}

/// How many there are.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("a portal is counted in 32 bits")
}

/// Ascending numbers as gaps, doubled; one more where a run of neighbours begins, whose length follows.
pub(super) fn gaps(numbers: &[u32], mut put: impl FnMut(u32)) {
    let mut next = 0;
    for run in numbers.chunk_by(|a, b| a + 1 == *b) {
        let gap = (run[0] - next) * 2;
        let length = count(run.len());
        if length == 1 {
            put(gap);
        } else {
            put(gap + 1);
            put(length);
        }
        next = run[0] + length;
    }
}

/// Texts by number, each once.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: Box<str>,
    ends: Box<[u32]>,
}

impl Texts {
    /// Of a set, by its order.
    pub(super) fn of(set: &Set<String>) -> Texts {
        let mut all = String::with_capacity(set.iter().map(String::len).sum());
        let mut ends = Vec::with_capacity(set.len());
        for text in set {
            all.push_str(text);
            ends.push(count(all.len()));
        }
        Texts { all: all.into_boxed_str(), ends: ends.into_boxed_slice() }
    }

    /// The text of a number.
    pub(super) fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[number] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_come_back() {
        let mut bytes = Vec::new();
        for value in [0, 127, 128, 300_000, u32::MAX] {
            put(&mut bytes, value);
        }
        let rest = &mut bytes.as_slice();
        assert_eq!([(); 5].map(|()| take_number(rest)), [0, 127, 128, 300_000, u32::MAX]);
        let texts = Texts::of(&["", "公务接待", "3.50"].map(str::to_owned).into_iter().collect());
        assert_eq!([0, 1, 2].map(|number| texts.get(number)), ["", "公务接待", "3.50"]);
    }
}
