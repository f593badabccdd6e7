//! Search: what can be found, the tokens it is found by, and the files a browser asks for. Nothing
//! it loads grows with the portal:
//!
//! | file | holds |
//! |---|---|
//! | `search/index.js` | how many of everything there are |
//! | `search/words/N.js` | shard N of the tokens: a line each, `key` `count` `blocks` `entries` (`postings`) |
//! | `search/entries/N.js` | the words of a few entries, side by side in the order of relevance |
//!
//! They are scripts and not data, because a page opened from disk may load a script and nothing
//! else. The paths are planned from counts alone; what stands in them is worked out once, on
//! the first of them that is asked for. Only a range of shards is worked out at a time, so that
//! memory is bounded by [`AT_ONCE`] and the finished bytes.

mod entries;
mod fold;
mod harvest;
mod postings;
mod record;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use indexmap::IndexMap;
use rayon::prelude::*;
use serde::Serialize;

use entries::{KINDS, Kind};
pub use fold::{Depth, fold, place, tokens};
pub use harvest::Harvest;
use harvest::{About, Found, Read, Tally};

use crate::model::Portal;

/// Where the files of the index stand.
pub const FOLDER: &str = "search/";

/// About how many characters of text make a shard of tokens.
const CHARS_A_SHARD: usize = 1800;

/// About how many characters of text are worked out at once: each is some fifty bytes of memory.
const AT_ONCE: usize = 6_000_000;

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// How many of everything there are.
    Counts,
    /// A shard of the tokens.
    Tokens(u32),
    /// A block of entries.
    Entries(u32),
}

/// How large an index is, known before it is made.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// How many shards of tokens.
    pub shards: u32,
    /// How many entries of each kind, in the order of the entries.
    pub counts: Vec<u32>,
    /// How many shards are worked out at a time.
    step: u32,
}

/// A finished index: the entries in order, and the shards.
#[derive(Debug, Default)]
pub struct Index {
    layout: Layout,
    harvests: Vec<Arc<Harvest>>,
    /// Harvest and entry.
    entries: Vec<(u32, u32)>,
    shards: Vec<String>,
}

/// An index that is made when it is first asked for.
#[derive(Debug, Default)]
pub struct Lazy {
    layout: Layout,
    /// What it is made of, where that was gathered before; else the portal is read.
    harvests: Mutex<Option<Vec<Arc<Harvest>>>>,
    made: OnceLock<Index>,
}

impl Lazy {
    /// The index of the portal it was planned for.
    pub fn get(&self, portal: &Portal) -> &Index {
        self.made.get_or_init(|| {
            let gathered = self.harvests.lock().unwrap_or_else(PoisonError::into_inner).take();
            let harvests = gathered.unwrap_or_else(|| vec![Arc::new(Harvest::of(portal))]);
            Index::new(self.layout.clone(), harvests)
        })
    }
}

/// Plans the files of an index, from counts alone: of a portal, or of what was gathered of its
/// organisations and the terms of the portal.
pub fn plan(portal: &Portal, gathered: Option<Vec<Arc<Harvest>>>) -> (Lazy, Vec<(String, File)>) {
    let harvests = gathered.map(|mut harvests| {
        harvests.push(Arc::new(Harvest::of_terms(portal)));
        harvests
    });
    let tally = match &harvests {
        Some(harvests) => Tally::sum(harvests.iter().map(|harvest| &harvest.tally)),
        None => Tally::of(portal),
    };
    let layout = layout(&tally);
    let mut files = vec![(format!("{FOLDER}index.js"), File::Counts)];
    let shards = (0..layout.shards).map(|at| (format!("{FOLDER}words/{at}.js"), File::Tokens(at)));
    files.extend(shards);
    let blocks: u32 = layout.blocks().map(|(_, blocks)| blocks).sum();
    files.extend((0..blocks).map(|at| (format!("{FOLDER}entries/{at}.js"), File::Entries(at))));
    (Lazy { layout, harvests: Mutex::new(harvests), made: OnceLock::new() }, files)
}

fn layout(tally: &Tally) -> Layout {
    let shards = tally.chars().div_ceil(CHARS_A_SHARD);
    let number = |number: usize| u32::try_from(number).expect("a portal is counted in 32 bits");
    Layout {
        shards: number(shards.max(1)),
        counts: tally.counts.iter().map(|count| number(*count)).collect(),
        step: number((AT_ONCE / CHARS_A_SHARD).max(1)),
    }
}

impl Layout {
    /// The kinds with the size of their blocks and how many of them there are.
    fn blocks(&self) -> impl Iterator<Item = (u32, u32)> {
        KINDS.iter().zip(&self.counts).map(|((_, _, size), count)| (*size, count.div_ceil(*size)))
    }

    /// The entries of a block, as a range.
    fn block(&self, wanted: u32) -> std::ops::Range<u32> {
        let (mut first, mut block) = (0, 0);
        for ((size, blocks), count) in self.blocks().zip(&self.counts) {
            if wanted < block + blocks {
                let start = first + (wanted - block) * size;
                return start..(start + size).min(first + count);
            }
            (first, block) = (first + count, block + blocks);
        }
        first..first
    }
}

/// `search/index.js`.
#[derive(Serialize)]
struct Counts<'a> {
    shards: u32,
    /// Name, how many, how many in a file.
    kinds: Vec<(&'a str, u32, u32)>,
}

/// Page, name, anchor, code, cells, chief cell from 1, what is not printed.
type WrittenEntry = (usize, String, String, String, Vec<String>, usize, Vec<String>);

/// A block of entries: what several share, then one after the other.
#[derive(Default, Serialize)]
struct Block {
    /// Year, name of the organisation, short name.
    d: Vec<(String, String, String)>,
    /// Headings of cells; a figure's with its unit behind a tab.
    c: Vec<Vec<String>>,
    /// Disclosure from 1 (0: none), path, title, headings.
    p: Vec<(usize, String, String, usize)>,
    /// The entries.
    e: Vec<WrittenEntry>,
}

impl Index {
    fn new(layout: Layout, harvests: Vec<Arc<Harvest>>) -> Index {
        let entries = harvest::sorted(&harvests);
        let mut lines = Vec::new();
        let mut first = 0;
        while first < layout.shards {
            let range = first..(first + layout.step).min(layout.shards);
            first = range.end;
            let mut postings: Vec<_> = entries
                .par_iter()
                .enumerate()
                .flat_map_iter(|(at, &(harvest, entry))| {
                    let at = u32::try_from(at).expect("counted in 32 bits");
                    let mut own = Vec::new();
                    let harvest = &harvests[harvest as usize];
                    each_token(harvest, &harvest.found[entry as usize], &mut |token| {
                        let posting =
                            postings::posting(place(token.iter().copied(), layout.shards), at);
                        if range.contains(&postings::shard(&posting)) {
                            own.push(posting);
                        }
                    });
                    own.sort_unstable();
                    own.dedup();
                    own
                })
                .collect();
            postings.par_sort_unstable();
            lines.extend(postings::lines(&postings, layout.shards));
        }
        let shards = postings::shards(lines, layout.shards);
        Index { layout, harvests, entries, shards }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The bytes of one of its files.
    pub fn render(&self, file: File) -> Vec<u8> {
        match file {
            File::Counts => {
                let names = KINDS.iter().zip(&self.layout.counts);
                let kinds = names.map(|((_, name, size), count)| (*name, *count, *size)).collect();
                script("counts", 0, &Counts { shards: self.layout.shards, kinds })
            }
            File::Tokens(shard) => script("words", shard, &self.shards[shard as usize]),
            File::Entries(block) => script("entries", block, &self.block(block)),
        }
    }

    fn block(&self, wanted: u32) -> Block {
        let range = self.layout.block(wanted);
        let mut block = Block::default();
        let mut disclosures: IndexMap<(u32, u32), usize> = IndexMap::new();
        let mut pages: IndexMap<(&str, usize), usize> = IndexMap::new();
        for (at, entry) in &self.entries[range.start as usize..range.end as usize] {
            let harvest = &self.harvests[*at as usize];
            let found = &harvest.found[*entry as usize];
            let about = found.about.checked_sub(1).map_or(0, |index| {
                *disclosures.entry((*at, index)).or_insert_with(|| {
                    let About { year, name, short, .. } = &harvest.disclosures[index as usize];
                    block.d.push((year.clone(), name.clone(), short.clone()));
                    block.d.len()
                })
            });
            let columns = &harvest.columns[found.columns as usize];
            let known = block.c.iter().position(|known| known == columns);
            let columns = known.unwrap_or_else(|| {
                block.c.push(columns.clone());
                block.c.len() - 1
            });
            let (path, title) = &harvest.pages[found.page as usize];
            let page = *pages.entry((path, columns)).or_insert_with(|| {
                block.p.push((about, path.clone(), title.clone(), columns));
                block.p.len() - 1
            });
            let Read { name, anchor, code, cells, hidden } = found.read();
            let own = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
            let (name, anchor, code) = (name.to_owned(), anchor.to_owned(), code.to_owned());
            let chief = found.chief as usize;
            block.e.push((page, name, anchor, code, own(cells), chief, own(hidden)));
        }
        block
    }
}

fn script(name: &str, number: u32, value: &impl Serialize) -> Vec<u8> {
    let value = serde_json::to_string(value).expect("plain values");
    format!("mingbai.{name}({number},{value})\n").into_bytes()
}

/// The tokens of an entry: of its words, and `@` what it can be narrowed down to.
fn each_token(harvest: &Harvest, found: &Found, push: &mut dyn FnMut(&[char])) {
    let read = found.read();
    let is_passage = found.kind == Kind::Passage;
    let mut field = |text: &str, depth| {
        tokens(&fold(text), depth, &mut |token| push(token));
    };
    if !is_passage {
        field(read.name, Depth::Head);
        field(read.code, Depth::Head);
        read.hidden.iter().for_each(|text| field(text, Depth::Head));
    }
    for cell in &read.cells {
        let is_long = cell.len() > 120;
        let depth = match found.kind {
            Kind::Passage | Kind::Project | Kind::Term if is_long => Depth::Text,
            _ if cell.is_ascii() => Depth::Head,
            _ => Depth::Cell,
        };
        field(cell, depth);
    }
    let mut scope = |mark: &str, text: &str| {
        push(&format!("@{mark}{}", fold(text)).chars().collect::<Vec<char>>());
    };
    scope("k", KINDS[found.kind as usize].1);
    if let Some(index) = found.about.checked_sub(1) {
        let About { year, fiscal_year, name, short } = &harvest.disclosures[index as usize];
        scope("o", name);
        if short != name {
            scope("o", short);
        }
        scope("y", fiscal_year);
        if year != fiscal_year {
            scope("y", year);
        }
    }
}
