//! What a portal, or one organisation of it, has to find: every entry with its words, kept small and
//! without the model it was read from, so that an index of any portal is made from harvests.

use std::cmp::Ordering;
use std::sync::Arc;

use indexmap::IndexSet;

use super::entries::{self, KINDS, Kind};
use super::fold::fold;
use super::record::{Record, Words};
use crate::format;
use crate::model::Portal;

/// What parts the fields of an entry, and the words of a field: no text holds them.
const FIELD: char = '\u{1}';
const WORD: char = '\u{2}';

/// How much there is to find: what an index is laid out by.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// How many entries of each kind.
    pub(super) counts: [usize; KINDS.len()],
    /// About how many characters the paragraphs have.
    text: usize,
}

/// Every entry of a portal or a part of it.
#[derive(Debug, Default)]
pub struct Harvest {
    pub(super) tally: Tally,
    /// The disclosures.
    pub(super) disclosures: Vec<About>,
    /// Path, title and headings of pages.
    pub(super) pages: IndexSet<(String, String)>,
    /// The headings of cells.
    pub(super) columns: IndexSet<Vec<String>>,
    pub(super) found: Vec<Found>,
}

/// What entries say of their disclosure.
#[derive(Debug)]
pub(super) struct About {
    /// The year as it is printed.
    pub year: String,
    /// The fiscal year as it is written.
    pub fiscal_year: String,
    /// The organisation.
    pub name: String,
    /// Its short name.
    pub short: String,
}

/// An entry.
#[derive(Debug)]
pub(super) struct Found {
    /// What it is.
    pub kind: Kind,
    /// How many characters its folded name has.
    length: u32,
    /// The year, for ordering; 0 without one.
    year: u32,
    /// The number of its disclosure, from 1; 0 without one.
    pub about: u32,
    /// The index of its page.
    pub page: u32,
    /// The index of its headings.
    pub columns: u32,
    /// The number of its chief cell, from 1; 0 where it has none.
    pub chief: u32,
    /// The folded name, then name, anchor, code, cells and hidden words.
    text: Box<str>,
}

/// The words of an entry.
pub(super) struct Read<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its anchor on the page.
    pub anchor: &'a str,
    /// Its code.
    pub code: &'a str,
    /// Its cells as printed.
    pub cells: Vec<&'a str>,
    /// Words it is found by that are not printed.
    pub hidden: Vec<&'a str>,
}

impl Tally {
    /// Of a portal, without reading its words.
    pub(super) fn of(portal: &Portal) -> Tally {
        let mut tally = Tally::default();
        for entry in entries::list(portal, &entries::terms(portal)) {
            tally.counts[entry.kind as usize] += 1;
        }
        let sections = portal.disclosures.iter().flat_map(|it| &it.sections);
        let paragraphs = sections.flat_map(|section| &section.paragraphs);
        tally.text = paragraphs.map(|it| it.text.len() / 3).sum();
        tally
    }

    /// Without the kinds that are not wanted.
    fn only(mut self, is_of: impl Fn(Kind) -> bool) -> Tally {
        for (kind, ..) in KINDS.iter().filter(|(kind, ..)| !is_of(*kind)) {
            self.counts[*kind as usize] = 0;
        }
        if !is_of(Kind::Passage) {
            self.text = 0;
        }
        self
    }

    /// About how many characters all entries have: a line some thirty, a project some three hundred.
    pub(super) fn chars(&self) -> usize {
        let projects = self.counts[Kind::Project as usize];
        self.text + self.counts.iter().sum::<usize>() * 30 + projects * 300
    }

    /// Of several.
    pub(super) fn sum<'a>(all: impl IntoIterator<Item = &'a Tally>) -> Tally {
        let mut sum = Tally::default();
        for tally in all {
            sum.counts.iter_mut().zip(tally.counts).for_each(|(sum, more)| *sum += more);
            sum.text += tally.text;
        }
        sum
    }
}

impl Harvest {
    /// Of a portal; `is_of` says which kinds.
    fn gathered(portal: &Portal, is_of: impl Fn(Kind) -> bool) -> Harvest {
        let terms = entries::terms(portal);
        let words = Words::new(portal, &terms);
        let disclosures = portal.disclosures.iter().map(|disclosure| {
            let written = &portal.organisation(disclosure).written;
            About {
                year: format::year(disclosure),
                fiscal_year: disclosure.written.fiscal_year.clone(),
                name: written.name.clone(),
                short: written.short.clone(),
            }
        });
        let mut harvest = Harvest {
            disclosures: disclosures.collect(),
            tally: Tally::of(portal).only(&is_of),
            ..Harvest::default()
        };
        for entry in entries::list(portal, &terms) {
            if is_of(entry.kind) {
                let year = portal.disclosures.get(entry.disclosure as usize).map(|it| it.year);
                harvest.add(entry.kind, year, words.record(&entry));
            }
        }
        harvest
    }

    /// Everything of a portal.
    pub fn of(portal: &Portal) -> Harvest {
        Harvest::gathered(portal, |_| true)
    }

    /// Of one organisation's part of a portal: everything but the terms, which are the portal's.
    pub fn of_organisation(portal: &Portal) -> Harvest {
        Harvest::gathered(portal, |kind| kind != Kind::Term)
    }

    /// The terms of a portal.
    pub(super) fn of_terms(portal: &Portal) -> Harvest {
        Harvest::gathered(portal, |kind| kind == Kind::Term)
    }

    fn add(&mut self, kind: Kind, year: Option<u32>, record: Record) {
        let Record {
            disclosure,
            path,
            page,
            columns,
            name,
            anchor,
            code,
            mut cells,
            chief,
            hidden,
        } = record;
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let folded = if kind == Kind::Passage { String::new() } else { fold(&name) };
        let mut text = String::new();
        for field in [&folded, &name, &anchor, &code] {
            push(&mut text, field);
            text.push(FIELD);
        }
        for words in [&cells, &hidden] {
            for word in words {
                push(&mut text, word);
                text.push(WORD);
            }
            text.push(FIELD);
        }
        self.found.push(Found {
            kind,
            length: number(folded.chars().count()),
            year: year.filter(|_| disclosure.is_some()).unwrap_or_default(),
            about: disclosure.map_or(0, |index| number(index + 1)),
            page: number(self.pages.insert_full((path, page)).0),
            columns: number(self.columns.insert_full(columns).0),
            chief: number(chief),
            text: text.into_boxed_str(),
        });
    }
}

/// Adds a text without what parts fields.
fn push(out: &mut String, text: &str) {
    if text.contains([FIELD, WORD]) {
        out.extend(text.chars().filter(|c| ![FIELD, WORD].contains(c)));
    } else {
        out.push_str(text);
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).expect("a portal is counted in 32 bits")
}

impl Found {
    /// By kind, then the shortest name (what equals a word is the shortest that holds it), then equal
    /// names side by side with the newest first, so that the hits of a query stand in few files.
    pub(super) fn order(&self, other: &Found) -> Ordering {
        let by_size = (self.kind, self.length).cmp(&(other.kind, other.length));
        let by_name = || self.folded().cmp(other.folded());
        by_size.then_with(by_name).then_with(|| other.year.cmp(&self.year))
    }

    fn folded(&self) -> &str {
        self.text.split(FIELD).next().unwrap_or_default()
    }

    /// Its words.
    pub(super) fn read(&self) -> Read<'_> {
        let mut fields = self.text.split(FIELD).skip(1);
        let mut field = || fields.next().unwrap_or_default();
        let (name, anchor, code) = (field(), field(), field());
        let mut words = || {
            let mut words: Vec<&str> = field().split(WORD).collect();
            words.pop();
            words
        };
        Read { name, anchor, code, cells: words(), hidden: words() }
    }
}

/// The entries of several harvests in their order, each with the number of its harvest.
pub(super) fn sorted(harvests: &[Arc<Harvest>]) -> Vec<(u32, u32)> {
    use rayon::slice::ParallelSliceMut;
    let mut all: Vec<(u32, u32)> = Vec::new();
    for (at, harvest) in harvests.iter().enumerate() {
        all.extend((0..number(harvest.found.len())).map(|entry| (number(at), entry)));
    }
    let found = |&(harvest, entry): &(u32, u32)| &harvests[harvest as usize].found[entry as usize];
    all.par_sort_unstable_by(|a, b| found(a).order(found(b)).then_with(|| a.cmp(b)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_gives_back_what_was_put_in() {
        let record = Record {
            name: "公务\u{1}接待".into(),
            cells: vec![String::new(), "3.50".into(), String::new()],
            hidden: vec!["三公".into()],
            ..Record::default()
        };
        let mut harvest = Harvest::default();
        harvest.add(Kind::Row, None, record);
        let read = harvest.found[0].read();
        assert_eq!((read.name, read.anchor, read.code), ("公务接待", "", ""));
        assert_eq!((read.cells, read.hidden), (vec!["", "3.50"], vec!["三公"]));
    }
}
