//! How large data files are: gathered while they are made, and given to what says so.

use std::collections::BTreeMap;

/// The data files that were made so far, by path.
#[derive(Clone, Debug, Default)]
pub struct MadeFiles(BTreeMap<String, u64>);

impl MadeFiles {
    /// Adds a file of so many bytes.
    pub fn add(&mut self, path: &str, bytes: u64) {
        self.0.insert(path.to_owned(), bytes);
    }

    /// How many bytes a file has; nothing where it was not made in an earlier phase.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.0.get(path).copied()
    }

    /// The files below a folder in the order of their paths, with their bytes.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, u64)> {
        let below = format!("{folder}/");
        let all = self.0.range(below.clone()..).map(|(path, bytes)| (path.as_str(), *bytes));
        all.take_while(move |(path, _)| path.starts_with(&below))
    }
}
