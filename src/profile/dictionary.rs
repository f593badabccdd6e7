//! A dictionary of classification codes: code and name, from which year to which,
//! and how sure its makers are. A file below `profiles/` that profiles name.

use std::sync::OnceLock;

use crate::source::{FileId, Place};

use super::{name_hash, same_name};

/// The codes and names of one classification.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// Its path below `profiles/` without `.yaml`.
    pub id: String,
    /// Its file.
    pub file: FileId,
    /// What it is called.
    pub title: String,
    /// The first and the last year its sources speak of: outside them nothing is certain.
    pub covers: Option<(u32, u32)>,
    /// The codes below which it holds every code there is.
    pub complete: Vec<String>,
    /// Its entries, in written order.
    pub entries: Vec<Entry>,
    /// The numbers of the entries, where one is first looked up.
    pub(super) index: OnceLock<Index>,
}

/// The numbers of the entries of a dictionary, to look them up by.
#[derive(Clone, Debug)]
pub(super) struct Index {
    /// In the order of their codes.
    by_code: Vec<usize>,
    /// In the order of the hashes of their names.
    by_name: Vec<(u64, usize)>,
}

impl Index {
    fn of(entries: &[Entry]) -> Index {
        let mut by_code: Vec<usize> = (0..entries.len()).collect();
        by_code.sort_by_key(|at| entries[*at].code.as_str());
        let names = entries.iter().enumerate().flat_map(|(at, entry)| {
            let names = entry.aliases.iter().chain([&entry.name]);
            names.map(move |name| (name_hash(name), at))
        });
        let mut by_name: Vec<(u64, usize)> = names.collect();
        by_name.sort_unstable();
        by_name.dedup();
        Index { by_code, by_name }
    }
}

/// One code with its name.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Other ways the same name is printed.
    pub aliases: Vec<String>,
    /// How sure.
    pub status: Status,
    /// The first fiscal year it stands for.
    pub since: Option<u32>,
    /// The last one.
    pub until: Option<u32>,
    /// Where it is stated.
    pub place: Place,
}

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Read in a source.
    Verified,
    /// Worked out from a source.
    Derived,
    /// From memory.
    Remembered,
}

impl Dictionary {
    /// What a code stands for in a year: nothing where it is not there, several where
    /// one year knows two names.
    pub fn of<'a>(&'a self, code: &str, year: u32) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let all = &self.index().by_code;
        let from = all.partition_point(|at| self.entries[*at].code.as_str() < code);
        let length = all[from..].partition_point(|at| self.entries[*at].code == code);
        let entries = all[from..from + length].iter().map(|at| &self.entries[*at]);
        entries.filter(move |entry| entry.is_in_force(year))
    }

    /// The codes of a name in a year.
    pub fn named<'a>(&'a self, name: &'a str, year: u32) -> impl Iterator<Item = &'a Entry> {
        let (all, hash) = (&self.index().by_name, name_hash(name));
        let from = all.partition_point(|(of, _)| *of < hash);
        let entries = all[from..].iter().take_while(move |(of, _)| *of == hash);
        let entries = entries.map(|(_, at)| &self.entries[*at]);
        entries.filter(move |entry| entry.is_in_force(year) && entry.is_called(name))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.entries))
    }

    /// Whether a code that is not here does not exist.
    pub fn is_complete_for(&self, code: &str) -> bool {
        self.complete.iter().any(|above| code.starts_with(above.as_str()))
    }

    /// Whether an entry is certain in a year.
    pub fn is_certain(&self, entry: &Entry, year: u32) -> bool {
        let covered = self.covers.is_some_and(|(first, last)| (first..=last).contains(&year));
        covered && entry.status == Status::Verified
    }
}

impl Entry {
    /// Whether it stands in a year.
    pub fn is_in_force(&self, year: u32) -> bool {
        self.since.is_none_or(|since| since <= year) && self.until.is_none_or(|until| year <= until)
    }

    /// Whether a printed name is its name.
    pub fn is_called(&self, name: &str) -> bool {
        same_name(&self.name, name) || self.aliases.iter().any(|alias| same_name(alias, name))
    }
}
