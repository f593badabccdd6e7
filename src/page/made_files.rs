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

    /// How many bytes a file has.
    ///
    /// # Panics
    ///
    /// When it was not made before: our mistake, for a page that says sizes comes after all data
    /// files, and a data file that says sizes after those that do not.
    pub fn size(&self, path: &str) -> u64 {
        *self.0.get(path).expect("the file is made in an earlier phase")
    }
}
