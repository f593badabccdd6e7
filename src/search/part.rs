//! What a portal, or one organisation of it, has to find: every entry with its words and tokens, kept
//! small and without the model it was read from, so that the index of a portal is made from these parts.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::entries::{self, EntryKind, KINDS};
use super::gather::{Gathering, TokenLists};
use super::normalize::{Depth, SCOPE, normalize};
use super::packed::{Set, Texts, count, put, take_number};
use super::record::{Record, RecordSource};
use super::words::IndexWords;
use crate::format;
use crate::model::{Disclosure, Portal};
use crate::page::Overview;

/// The bytes of a cell from which on it is running text.
const LONG: usize = 120;

/// How much there is to find: what an index is laid out by.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// How many entries of each kind.
    pub(super) counts: [usize; KINDS.len()],
    /// About how many characters the paragraphs have.
    pub(super) text: usize,
    /// A digest of the entries, whatever their order.
    pub(super) digest: u64,
}

/// Every entry of a portal or a part of it, in the order of relevance.
#[derive(Debug, Default)]
pub struct IndexPart {
    pub(super) tally: Tally,
    /// The disclosures.
    pub(super) disclosures: Vec<About>,
    /// Every text of the entries.
    pub(super) texts: Texts,
    /// Path and title of pages, and the side of the account.
    pub(super) pages: Vec<(u32, u32, u32)>,
    /// The headings of cells.
    pub(super) columns: Vec<Vec<u32>>,
    /// The entries' numbers, and where those of each begin.
    found: Box<[u8]>,
    starts: Box<[u32]>,
    /// The tokens.
    pub(super) lists: TokenLists,
    /// What questions are understood by.
    pub(super) known: IndexWords,
    /// The characters of names.
    pub(super) characters: BTreeSet<char>,
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
    /// Its folder, which its pages stand in.
    pub folder: String,
    /// The year, for ordering.
    number: u32,
}

/// An entry: numbers of texts, where nothing else is said.
#[derive(Debug, Default)]
pub(super) struct StoredEntry {
    /// The number of its disclosure, from 1; 0 without one.
    pub about: u32,
    /// The index of its page.
    pub page: u32,
    /// The index of its headings.
    pub columns: u32,
    /// The number of its chief cell, from 1; 0 where it has none.
    pub chief: u32,
    /// What it is ordered by: the normalized name, or of a passage the text.
    key: u32,
    /// What it is called.
    pub name: u32,
    /// Its anchor on the page.
    pub anchor: u32,
    /// Its code.
    pub code: u32,
    /// The anchor of the term in its name.
    pub term: u32,
    /// What orders it among others of its name and year.
    rank: u32,
    /// Its cells as printed.
    pub cells: Vec<u32>,
    /// Words it is found by that are not printed.
    pub hidden: Vec<u32>,
}

/// What entries of one kind are ordered by: the shortest name first (what equals a word is the shortest
/// that holds it), then equal names side by side with the newest first and spending before income, so
/// that the hits of a query stand in few files; passages by their text, for the same reason.
type SortKey<'a> = (usize, &'a str, Reverse<u32>, u32);

impl Tally {
    /// Of a portal, without reading its words.
    pub(super) fn of(portal: &Portal, terms: &[entries::Term]) -> Tally {
        let mut tally = Tally::default();
        for entry in entries::list(portal, terms) {
            tally.counts[entry.kind as usize] += 1;
        }
        let sections = portal.disclosures.iter().flat_map(|it| &it.sections);
        let paragraphs = sections.flat_map(|section| &section.paragraphs);
        tally.text = paragraphs.map(|it| it.text.len() / 3).sum();
        tally
    }

    /// Of a portal, with the digest of its words.
    pub(super) fn whole(portal: &Portal, terms: &[entries::Term]) -> Tally {
        let (words, disclosures) = (RecordSource::new(portal, terms), About::all(portal));
        let mut tally = Tally::of(portal, terms);
        for entry in entries::list(portal, terms) {
            tally.add(entry.kind, &words.record(&entry), &disclosures);
        }
        tally
    }

    /// Takes the words of an entry into the digest.
    fn add(&mut self, kind: EntryKind, record: &Record, disclosures: &[About]) {
        let mut hasher = FxHasher::default();
        let Record { disclosure, path, page, columns, name, anchor, code, cells, .. } = record;
        let Record { chief, hidden, tokens, term, side, rank, .. } = record;
        let about = disclosure.map(|index| {
            let About { year, fiscal_year, name, short, folder, number } = &disclosures[index];
            (year, fiscal_year, name, short, folder, number)
        });
        (kind as u8, about, path, page, columns, name).hash(&mut hasher);
        (anchor, code, cells, chief, hidden, tokens, term, side, rank).hash(&mut hasher);
        self.digest = self.digest.wrapping_add(hasher.finish());
    }

    /// Without the kinds that are not wanted.
    fn only(mut self, is_of: impl Fn(EntryKind) -> bool) -> Tally {
        for kind in KINDS.iter().map(|(kind, ..)| *kind).filter(|kind| !is_of(*kind)) {
            self.counts[kind as usize] = 0;
        }
        if !is_of(EntryKind::Passage) {
            self.text = 0;
        }
        self
    }

    /// About how many characters all entries have: a line some thirty, a project some three hundred.
    pub(super) fn chars(&self) -> usize {
        let projects = self.counts[EntryKind::Project as usize];
        self.text + self.counts.iter().sum::<usize>() * 30 + projects * 300
    }

    /// Of several.
    pub(super) fn sum<'a>(all: impl IntoIterator<Item = &'a Tally>) -> Tally {
        let mut sum = Tally::default();
        for tally in all {
            sum.counts.iter_mut().zip(tally.counts).for_each(|(sum, more)| *sum += more);
            sum.text += tally.text;
            sum.digest = sum.digest.wrapping_add(tally.digest);
        }
        sum
    }
}

/// Entries as they come.
#[derive(Default)]
struct PartBuilder {
    texts: Set<String>,
    pages: Set<(u32, u32, u32)>,
    columns: Set<Vec<u32>>,
    /// Each entry with its tokens beside those of its words.
    found: Vec<(EntryKind, StoredEntry, Vec<u32>)>,
    characters: BTreeSet<char>,
}

impl PartBuilder {
    fn text(&mut self, text: String) -> u32 {
        count(self.texts.insert_full(text).0)
    }

    fn texts(&mut self, texts: Vec<String>) -> Vec<u32> {
        texts.into_iter().map(|text| self.text(text)).collect()
    }

    fn add(&mut self, kind: EntryKind, record: Record) {
        let Record { columns, mut cells, .. } = record;
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let cells = self.texts(cells);
        let key = match (kind, cells.first()) {
            (EntryKind::Passage, Some(text)) => *text,
            _ => self.text(normalize(&record.name)),
        };
        if kind != EntryKind::Passage {
            self.characters.extend(record.name.chars().filter(|c| !c.is_ascii()));
        }
        let tokens = self.texts(record.tokens);
        let page = (self.text(record.path), self.text(record.page), self.text(record.side));
        let columns = self.texts(columns);
        let found = StoredEntry {
            about: record.disclosure.map_or(0, |index| count(index + 1)),
            page: count(self.pages.insert_full(page).0),
            columns: count(self.columns.insert_full(columns).0),
            chief: count(record.chief),
            key,
            name: self.text(record.name),
            anchor: self.text(record.anchor),
            code: self.text(record.code),
            term: self.text(record.term),
            rank: count(record.rank),
            cells,
            hidden: self.texts(record.hidden),
        };
        self.found.push((kind, found, tokens));
    }

    /// Everything in order and packed.
    fn packed(mut self, tally: Tally, disclosures: Vec<About>) -> IndexPart {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_cached_key(|(kind, found, _)| {
            let text = &self.texts[found.key as usize];
            (*kind, key(*kind, text, (found.about, found.rank), &disclosures))
        });
        let mut gathering = Gathering::default();
        let kinds = KINDS.map(|(_, name, _)| gathering.number(&format!("{SCOPE}k{name}")));
        let scopes: Vec<Vec<u32>> =
            disclosures.iter().map(|it| it.scopes(&mut gathering)).collect();
        let (mut bytes, mut starts) = (Vec::new(), Vec::with_capacity(found.len()));
        for (kind, found, tokens) in &found {
            starts.push(count(bytes.len()));
            found.pack(&mut bytes);
            gathering.next();
            self.tokens(&mut gathering, *kind, found);
            for token in tokens {
                let number = gathering.number(&self.texts[*token as usize]);
                gathering.add(number);
            }
            gathering.add(kinds[*kind as usize]);
            let scopes = found.about.checked_sub(1).map(|index| &scopes[index as usize]);
            scopes.into_iter().flatten().for_each(|token| gathering.add(*token));
        }
        IndexPart {
            tally,
            disclosures,
            texts: Texts::of(&self.texts),
            pages: self.pages.into_iter().collect(),
            columns: self.columns.into_iter().collect(),
            found: bytes.into_boxed_slice(),
            starts: starts.into_boxed_slice(),
            lists: gathering.finish(),
            known: IndexWords::default(),
            characters: self.characters,
        }
    }

    /// The tokens of the words of an entry.
    fn tokens(&self, gathering: &mut Gathering, kind: EntryKind, found: &StoredEntry) {
        let mut field = |number: u32, depth: Depth| {
            gathering.text(number, &self.texts[number as usize], depth);
        };
        if kind == EntryKind::Answer {
            return;
        }
        if kind != EntryKind::Passage {
            for text in [&found.name, &found.code].into_iter().chain(&found.hidden) {
                field(*text, Depth::Head);
            }
        }
        for number in &found.cells {
            let cell = &self.texts[*number as usize];
            let depth = match kind {
                EntryKind::Passage | EntryKind::Project | EntryKind::Term if cell.len() > LONG => {
                    Depth::Text
                }
                _ if cell.is_ascii() => Depth::Head,
                _ => Depth::Cell,
            };
            field(*number, depth);
        }
    }
}

impl About {
    /// Of every disclosure of a portal.
    fn all(portal: &Portal) -> Vec<About> {
        let about = |disclosure: &Disclosure| {
            let written = &portal.organisation(disclosure).written;
            About {
                year: format::year(disclosure),
                fiscal_year: disclosure.written.fiscal_year.clone(),
                name: written.name.clone(),
                short: written.short.clone(),
                folder: format!("{}/", disclosure.path),
                number: disclosure.year,
            }
        };
        portal.disclosures.iter().map(about).collect()
    }

    /// The tokens of what its entries can be narrowed down to.
    fn scopes(&self, gathering: &mut Gathering) -> Vec<u32> {
        let organisation = [('o', &self.name), ('o', &self.short)];
        let year = [('y', &self.fiscal_year), ('y', &self.year)];
        let all = organisation.into_iter().chain(year);
        all.map(|(mark, text)| gathering.number(&format!("{SCOPE}{mark}{}", normalize(text))))
            .collect()
    }
}

fn key<'a>(
    kind: EntryKind,
    text: &'a str,
    (about, rank): (u32, u32),
    disclosures: &[About],
) -> SortKey<'a> {
    let length = if kind == EntryKind::Passage { 0 } else { text.chars().count() };
    let year = about.checked_sub(1).map_or(0, |index| disclosures[index as usize].number);
    (length, text, Reverse(year), rank)
}

impl IndexPart {
    /// Of a portal and terms; `is_of` says which kinds.
    fn gathered(
        portal: &Portal,
        terms: &[entries::Term],
        is_of: impl Fn(EntryKind) -> bool,
    ) -> IndexPart {
        let words = RecordSource::new(portal, terms);
        let disclosures = About::all(portal);
        let mut tally = Tally::of(portal, terms).only(&is_of);
        let mut builder = PartBuilder::default();
        for entry in entries::list(portal, terms) {
            if is_of(entry.kind) {
                let record = words.record(&entry);
                tally.add(entry.kind, &record, &disclosures);
                builder.add(entry.kind, record);
            }
        }
        IndexPart { known: IndexWords::of(portal), ..builder.packed(tally, disclosures) }
    }

    /// Everything of a portal.
    pub fn of(portal: &Portal) -> IndexPart {
        IndexPart::gathered(portal, &entries::terms(portal), |_| true)
    }

    /// Of one organisation's part of a portal: everything but the terms, which are the portal's.
    pub fn of_organisation(portal: &Portal) -> IndexPart {
        IndexPart::gathered(portal, &entries::terms(portal), |kind| kind != EntryKind::Term)
    }

    /// The terms of a portal.
    pub fn of_terms(overview: &Overview) -> IndexPart {
        IndexPart::gathered(&Portal::default(), &entries::distinct(overview.terms()), |_| true)
    }

    /// An entry.
    pub(super) fn found(&self, entry: u32) -> StoredEntry {
        StoredEntry::unpack(&mut &self.found[self.starts[entry as usize] as usize..])
    }
}

impl StoredEntry {
    fn pack(&self, out: &mut Vec<u8>) {
        let StoredEntry { about, page, columns, chief, key, name, anchor, code, .. } = self;
        let StoredEntry { term, rank, cells, hidden, .. } = self;
        for number in [about, page, columns, chief, key, name, anchor, code, term, rank] {
            put(out, *number);
        }
        for texts in [cells, hidden] {
            put(out, count(texts.len()));
            for text in texts {
                put(out, *text);
            }
        }
    }

    fn unpack(from: &mut &[u8]) -> StoredEntry {
        let [about, page, columns, chief, key, name, anchor, code, term, rank] =
            [(); 10].map(|()| take_number(from));
        let mut texts = || (0..take_number(from)).map(|_| take_number(from)).collect();
        let (cells, hidden) = (texts(), texts());
        StoredEntry {
            about,
            page,
            columns,
            chief,
            key,
            name,
            anchor,
            code,
            term,
            rank,
            cells,
            hidden,
        }
    }
}

/// The entries of several parts of the index in their order, each with the number of its part.
pub(super) fn sorted(index_parts: &[Arc<IndexPart>]) -> Vec<(u32, u32)> {
    let mut all = Vec::with_capacity(index_parts.iter().map(|it| it.starts.len()).sum());
    let mut firsts = vec![0; index_parts.len()];
    for (kind, ..) in KINDS {
        let keyed = |at: usize, entry: u32| {
            let index_part = &index_parts[at];
            let StoredEntry { key: text, about, rank, .. } = index_part.found(entry);
            Reverse((
                key(kind, index_part.texts.get(text), (about, rank), &index_part.disclosures),
                at,
                entry,
            ))
        };
        // Every part of the index is in order already: the first of each that is left is all to choose from.
        let (mut heads, mut ends) = (BinaryHeap::new(), firsts.clone());
        for (at, index_part) in index_parts.iter().enumerate() {
            ends[at] += count(index_part.tally.counts[kind as usize]);
            heads.extend((firsts[at] < ends[at]).then(|| keyed(at, firsts[at])));
        }
        while let Some(Reverse((_, at, entry))) = heads.pop() {
            all.push((count(at), entry));
            heads.extend((entry + 1 < ends[at]).then(|| keyed(at, entry + 1)));
        }
        firsts = ends;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_gives_back_what_was_put_in() {
        let record = Record {
            name: "公务接待".into(),
            cells: vec![String::new(), "3.50".into(), String::new()],
            hidden: vec!["三公".into()],
            ..Record::default()
        };
        let mut builder = PartBuilder::default();
        builder.add(EntryKind::Row, record);
        let index_part = builder.packed(Tally::default(), Vec::new());
        let read = index_part.found(0);
        let texts = |numbers: &[u32]| numbers.iter().map(|it| index_part.texts.get(*it)).collect();
        let own: Vec<&str> = texts(&[read.name, read.anchor, read.code]);
        assert_eq!(own, ["公务接待", "", ""]);
        let (cells, hidden): (Vec<&str>, Vec<&str>) = (texts(&read.cells), texts(&read.hidden));
        assert_eq!((cells, hidden), (vec!["", "3.50"], vec!["三公"]));
    }
}
