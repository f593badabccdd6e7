//! The names that a text may call something by: those of the dictionaries in the year of a disclosure, those its tables
//! print, those that ended before; and which of them a misspelt name was meant to be.

use super::misspelt::{Misspelling, SHORTEST, slip};
use super::named::{Names, Places};
use crate::model::{Disclosure, Row};
use crate::profile::dictionary::{Dictionary, Entry};
use crate::profile::{Hierarchy, NameWords, same_name};

/// The names of a disclosure. Texts hold few of them: what is not needed to find one is looked up when it was found.
pub(super) struct NameIndex<'a> {
    disclosure: &'a Disclosure,
    /// The words beside names.
    pub(super) words: &'a NameWords,
    rows: &'a Names,
    names: Vec<Name<'a>>,
    /// The names by their first and by their last two letters, in order: one slip leaves one of the two as it is.
    pairs: Vec<(u64, usize)>,
}

/// One name.
#[derive(Clone, Copy)]
struct Name<'a> {
    text: &'a str,
    source: Source<'a>,
}

/// Who says that something is called so.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// A dictionary, of this year.
    Entry(&'a Entry),
    /// A dictionary, of an earlier year.
    Former(&'a Entry, &'a Entry),
    /// The tables.
    Rows(&'a Places),
}

/// A name that is no longer used.
#[derive(Clone, Copy)]
pub(super) struct Former<'a> {
    pub(super) entry: &'a Entry,
    /// What its code is called now.
    pub(super) now: &'a Entry,
}

/// The name that was meant.
pub(super) struct Meant<'a> {
    /// Whole.
    pub(super) name: &'a str,
    /// As far as it was said.
    pub(super) letters: Vec<char>,
    pub(super) slip: Misspelling,
    /// Whether a classification or the department gave the name, and not the form.
    is_item: bool,
}

/// The short form of an ended name is that name only where it has so many letters.
const LONG: usize = 7;

/// The first or the last two letters of a name.
fn pair(is_first: bool, text: &str) -> Option<u64> {
    let mut letters = text.chars();
    let (one, two) = if is_first {
        (letters.next()?, letters.next()?)
    } else {
        (letters.next_back()?, letters.next_back()?)
    };
    Some(u64::from(is_first) << 63 | u64::from(u32::from(one)) << 32 | u64::from(u32::from(two)))
}

impl<'a> NameIndex<'a> {
    /// Of a disclosure whose profile says what stands beside names.
    pub(super) fn of(
        disclosure: &'a Disclosure,
        words: &'a NameWords,
        rows: &'a Names,
    ) -> NameIndex<'a> {
        let mut known = NameIndex { disclosure, words, rows, names: Vec::new(), pairs: Vec::new() };
        for dictionary in disclosure.profile.dictionaries.values() {
            known.add_dictionary(dictionary);
        }
        for (name, places) in rows.rows() {
            known.add(name, Source::Rows(places));
        }
        known.pairs.sort_unstable();
        known
    }

    fn add_dictionary(&mut self, dictionary: &'a Dictionary) {
        let year = self.disclosure.year;
        for entry in &dictionary.entries {
            let source = if entry.is_in_force(year) {
                Some(Source::Entry(entry))
            } else if entry.until.is_some_and(|until| until < year) {
                dictionary.of(&entry.code, year).next().map(|now| Source::Former(entry, now))
            } else {
                None
            };
            let Some(source) = source else { continue };
            for name in [&entry.name].into_iter().chain(&entry.aliases) {
                self.add(name, source);
            }
        }
    }

    fn add(&mut self, text: &'a str, source: Source<'a>) {
        let number = self.names.len();
        self.names.push(Name { text, source });
        let short = without_end(self.words, text).and_then(|short| pair(false, short));
        let pairs = [pair(true, text), pair(false, text), short];
        self.pairs.extend(pairs.into_iter().flatten().map(|pair| (pair, number)));
    }

    fn with(&self, pair: Option<u64>) -> impl Iterator<Item = &Name<'a>> {
        let start = pair.map_or(0, |pair| self.pairs.partition_point(|(known, _)| *known < pair));
        let all = self.pairs[start..].iter().take_while(move |(known, _)| Some(*known) == pair);
        all.map(|(_, number)| &self.names[*number])
    }

    /// Those who call something so, whole or without the word it ends with.
    fn sources(&self, said: &str) -> impl Iterator<Item = Source<'a>> {
        let is_said = move |name: &&Name| {
            name.text == said || without_end(self.words, name.text) == Some(said)
        };
        self.with(pair(true, said)).filter(is_said).map(|name| name.source)
    }

    /// Whether some words begin or end as a name does; a no is certain.
    pub(super) fn may_be_name(&self, said: &str) -> bool {
        let mut near = self.with(pair(true, said)).chain(self.with(pair(false, said)));
        near.next().is_some()
    }

    /// Whether something is called so.
    pub(super) fn is_name(&self, said: &str) -> bool {
        self.sources(said).any(|source| !matches!(source, Source::Former(..)))
    }

    /// Whether the disclosure calls anything else so: a column, a project, what the profile names in words.
    fn is_term(&self, said: &str) -> bool {
        let profile = &self.disclosure.profile;
        let panels = profile.tables.values().flat_map(|table| &table.panels);
        let columns = panels.flat_map(|panel| &panel.columns).map(|column| &column.title);
        let phrases = profile.sections.values().flat_map(|section| section.figures.keys());
        let projects = self.disclosure.projects.iter().map(|project| &project.name);
        columns.chain(phrases).chain(projects).any(|name| same_name(name, said))
    }

    /// The codes of a name.
    pub(super) fn codes_of(&self, said: &str) -> Vec<&'a str> {
        let mut codes: Vec<&str> = Vec::new();
        for source in self.sources(said) {
            match source {
                Source::Entry(entry) => codes.push(&entry.code),
                Source::Rows(places) => {
                    codes.extend(self.rows_at(places).filter_map(|row| row.code.as_deref()));
                }
                Source::Former(..) => {}
            }
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What was called so in an earlier year, and nothing is now.
    pub(super) fn former(&self, said: &str) -> Option<Former<'a>> {
        let found = self.sources(said).find_map(|source| match source {
            Source::Former(entry, now) => Some(Former { entry, now }),
            _ => None,
        })?;
        let names = [&found.entry.name].into_iter().chain(&found.entry.aliases);
        let is_whole = names.into_iter().any(|name| name == said);
        let is_sure = is_whole || said.chars().count() >= LONG;
        (is_sure && !self.is_name(said) && !self.is_term(said)).then_some(found)
    }

    fn rows_at(&self, places: &'a Places) -> impl Iterator<Item = &'a Row> {
        let disclosure = self.disclosure;
        places
            .iter()
            .map(|(table, panel, row)| &disclosure.tables[*table].panels[*panel].rows[*row])
    }

    fn entries(&self, code: &str) -> impl Iterator<Item = (&'a Dictionary, &'a Entry)> {
        let year = self.disclosure.year;
        let dictionaries = self.disclosure.profile.dictionaries.values();
        dictionaries.flat_map(move |all| all.of(code, year).map(move |entry| (&**all, entry)))
    }

    /// The names of a code.
    pub(super) fn called(&self, code: &str) -> Vec<&'a str> {
        let entries = self.entries(code).map(|(_, entry)| entry);
        let entries = entries.flat_map(|entry| [&entry.name].into_iter().chain(&entry.aliases));
        let rows = self.rows_at(self.rows.of_code(code)).map(|row| super::named::bare(&row.name));
        let mut all: Vec<&str> = Vec::new();
        for name in entries.map(String::as_str).chain(rows) {
            if !all.iter().any(|known| same_name(known, name)) {
                all.push(name);
            }
        }
        all
    }

    /// Whether a source or a table says what a code is called.
    pub(super) fn is_certain(&self, code: &str) -> bool {
        let year = self.disclosure.year;
        self.entries(code).any(|(dictionary, entry)| dictionary.is_certain(entry, year))
            || self.rows_at(self.rows.of_code(code)).any(|row| row.spec.is_none())
    }

    /// Whether a dictionary or a table of the disclosure has a code.
    pub(super) fn is_code(&self, code: &str) -> bool {
        !self.rows.of_code(code).is_empty() || self.entries(code).next().is_some()
    }

    /// How long the codes of each level of the tables are.
    fn lengths(&self) -> Vec<&'a [usize]> {
        let panels = self.disclosure.profile.tables.values().flat_map(|table| &table.panels);
        let mut lengths: Vec<&[usize]> = panels
            .filter_map(|panel| match &panel.hierarchy {
                Hierarchy::Codes { lengths, .. } => Some(lengths.as_slice()),
                _ => None,
            })
            .collect();
        lengths.sort_unstable();
        lengths.dedup();
        lengths
    }

    /// Whether two codes of the lowest level stand below one: no two of those have the same name.
    pub(super) fn are_siblings(&self, one: &str, other: &str) -> bool {
        self.lengths().into_iter().any(|lengths| {
            let [.., upper, last] = lengths else { return false };
            let is_lowest = one.len() == *last && other.len() == *last;
            is_lowest && one.get(..*upper).is_some_and(|above| other.starts_with(above))
        })
    }

    /// The code that some digits are: whole, or behind the code of the level above it; `level` where a word says it.
    /// Digits as many as the codes of the lowest level have are one that may not be known.
    pub(super) fn code(&self, digits: &str, level: Option<usize>, above: &str) -> Option<String> {
        self.lengths().into_iter().find_map(|lengths| {
            let of = |level: usize| lengths.get(level).copied();
            let is_whole = level.map_or_else(
                || lengths.contains(&digits.len()),
                |level| of(level) == Some(digits.len()),
            );
            if is_whole {
                let may_be_code = lengths.len() > 2 && lengths.last() == Some(&digits.len());
                return (may_be_code || self.is_code(digits)).then(|| digits.to_owned());
            }
            let upper = of(level?.checked_sub(1)?)?;
            let code = format!("{}{digits}", above.get(..upper)?);
            (Some(code.len()) == of(level?) && self.is_code(&code)).then_some(code)
        })
    }

    /// The one name that is a slip away from what was written, where nothing is called as it was written.
    pub(super) fn meant(&self, written: &str) -> Option<Meant<'a>> {
        const LETTER: usize = 4;
        let letters: Vec<char> = written.chars().collect();
        let near = self.with(pair(true, written)).chain(self.with(pair(false, written)));
        let mut found: Option<Meant> = None;
        for name in near {
            let is_item = match name.source {
                Source::Former(..) => continue,
                Source::Entry(_) => true,
                Source::Rows(places) => self.rows_at(places).any(|row| row.spec.is_none()),
            };
            for form in [Some(name.text), without_end(self.words, name.text)].into_iter().flatten()
            {
                if form.len().abs_diff(written.len()) > LETTER {
                    continue;
                }
                let meant: Vec<char> = form.chars().collect();
                let slip = slip(&letters, &meant).filter(|_| {
                    meant.len() >= SHORTEST && meant.iter().all(|letter| letter.is_alphabetic())
                });
                match (slip, &mut found) {
                    (None, _) => {}
                    (Some(_), Some(other)) if other.letters != meant => return None,
                    (Some(_), Some(other)) => other.is_item |= is_item,
                    (Some(slip), None) => {
                        found = Some(Meant { name: name.text, letters: meant, slip, is_item });
                    }
                }
            }
        }
        found.filter(|_| !self.is_term(written))
    }
}

fn without_end<'n>(words: &NameWords, name: &'n str) -> Option<&'n str> {
    let mut short = words.ends.iter().filter_map(|end| name.strip_suffix(end.as_str()));
    short.find(|rest| !rest.is_empty())
}

impl Meant<'_> {
    /// Whether what was written is certainly this name.
    pub(super) fn is_sure(&self, written: &[char], words: &NameWords, is_backed: bool) -> bool {
        if self.is_item {
            self.slip.is_certain((written, &self.letters), words, is_backed)
        } else {
            self.slip.is_of_the_pen(written, &self.letters)
        }
    }
}
