//! The data files that were made: gathered while they are made, and given to what says how large
//! they are or holds them.

use std::collections::BTreeMap;

/// The data files that were made so far, by path.
#[derive(Clone, Debug, Default)]
pub struct MadeFiles(BTreeMap<String, Made>);

/// One file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// How many bytes it has: what was taken over from the last build, or what nobody asks for.
    Size(u64),
}

impl Made {
    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        match self {
            Made::Bytes(bytes) => bytes.len() as u64,
            Made::Size(size) => *size,
        }
    }
}

impl MadeFiles {
    /// Adds a file.
    pub fn add(&mut self, path: &str, made: Made) {
        self.0.insert(path.to_owned(), made);
    }

    /// How many bytes a file has; nothing where it was not made in an earlier phase.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.0.get(path).map(Made::size)
    }

    /// A file with its path and its bytes; nothing where it was not made in an earlier phase, or its
    /// size alone is known.
    pub fn get(&self, path: &str) -> Option<(&str, &[u8])> {
        match self.0.get_key_value(path)? {
            (path, Made::Bytes(bytes)) => Some((path, bytes)),
            (_, Made::Size(_)) => None,
        }
    }

    /// The files below a folder in the order of their paths, with their bytes.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, u64)> {
        let below = format!("{folder}/");
        let all = self.0.range(below.clone()..).map(|(path, made)| (path.as_str(), made.size()));
        all.take_while(move |(path, _)| path.starts_with(&below))
    }

    /// The files of which the size alone is known.
    pub fn without_bytes(&self) -> impl Iterator<Item = &str> {
        let all = self.0.iter().filter(|(_, made)| matches!(made, Made::Size(_)));
        all.map(|(path, _)| path.as_str())
    }
}
