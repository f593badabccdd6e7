//! A file of entries: every text once, and numbers of texts for all that is said.

use std::sync::Arc;

use serde::Serialize;

use super::packed::{Map, Set, count};
use super::part::{About, IndexPart, StoredEntry};

/// A block of entries: what several share, then one after the other. What is not said to be anything
/// else is the number of a text.
#[derive(Default, Serialize)]
pub(super) struct Block<'a> {
    /// The texts.
    s: Set<&'a str>,
    /// Year, name of the organisation, short name, folder.
    d: Vec<[u32; 4]>,
    /// Headings of cells; a figure's with its unit behind a tab.
    c: Vec<Vec<u32>>,
    /// The number of a disclosure from 1 (0: none), path in its folder, title, the index of headings, the
    /// side of the account.
    p: Vec<[u32; 5]>,
    /// Names that hold a term, each with the anchor of its definition.
    t: Vec<[u32; 2]>,
    /// The entries: the index of a page, name, anchor, code, the number of the chief cell from 1, the
    /// number of cells, those, then what is not printed.
    e: Vec<Vec<u32>>,
}

/// The block of some entries, each with its part of the index.
pub(super) fn of<'a>(index_parts: &'a [Arc<IndexPart>], entries: &[(u32, u32)]) -> Block<'a> {
    let mut block = Block::default();
    block.text("");
    let mut disclosures: Map<(u32, u32), u32> = Map::default();
    let mut columns: Set<Vec<u32>> = Set::default();
    let mut pages: Set<[u32; 5]> = Set::default();
    let mut terms: Set<[u32; 2]> = Set::default();
    for (at, entry) in entries {
        let index_part = &*index_parts[*at as usize];
        let found = index_part.found(*entry);
        let mut folder = "";
        let mut about = 0;
        if let Some(index) = found.about.checked_sub(1) {
            let disclosure = &index_part.disclosures[index as usize];
            folder = &disclosure.folder;
            about = *disclosures.entry((*at, index)).or_insert_with(|| block.about(disclosure));
        }
        let headings = block.texts(index_part, &index_part.columns[found.columns as usize]);
        let headings = count(columns.insert_full(headings).0);
        let (path, title, side) = index_part.pages[found.page as usize];
        let path = index_part.texts.get(path);
        let path = block.text(path.strip_prefix(folder).unwrap_or(path));
        let [title, side] = [title, side].map(|text| block.text(index_part.texts.get(text)));
        let page = [about, path, title, headings, side];
        let term = [found.name, found.term].map(|text| block.text(index_part.texts.get(text)));
        if term[1] != 0 {
            terms.insert(term);
        }
        let page = count(pages.insert_full(page).0);
        block.add(index_part, page, &found);
    }
    block.c = columns.into_iter().collect();
    block.p = pages.into_iter().collect();
    block.t = terms.into_iter().collect();
    block
}

impl<'a> Block<'a> {
    fn text(&mut self, text: &'a str) -> u32 {
        count(self.s.insert_full(text).0)
    }

    fn texts(&mut self, index_part: &'a IndexPart, texts: &[u32]) -> Vec<u32> {
        texts.iter().map(|text| self.text(index_part.texts.get(*text))).collect()
    }

    fn about(&mut self, about: &'a About) -> u32 {
        let About { year, name, short, folder, .. } = about;
        let texts = [year, name, short, folder].map(|text| self.text(text));
        self.d.push(texts);
        count(self.d.len())
    }

    fn add(&mut self, index_part: &'a IndexPart, page: u32, found: &StoredEntry) {
        let StoredEntry { name, anchor, code, chief, cells, hidden, .. } = found;
        let mut entry = vec![page];
        entry.extend(self.texts(index_part, &[*name, *anchor, *code]));
        entry.extend([*chief, count(cells.len())]);
        entry.extend(self.texts(index_part, cells));
        entry.extend(self.texts(index_part, hidden));
        self.e.push(entry);
    }
}
