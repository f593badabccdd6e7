//! Search: what can be found, the tokens it is found by, and the files a browser asks for. Nothing
//! it loads grows with the portal:
//!
//! | file | holds |
//! |---|---|
//! | `assets/DIGEST/index.js` | how many of everything there are, and the words by which questions are understood |
//! | `assets/DIGEST/letters.js` | how the characters of names sound |
//! | `assets/DIGEST/words/N.js` | shard N of the tokens: a line each: key, how many, then the entries (`postings`) |
//! | `assets/DIGEST/entries/N.js` | the words of some entries, side by side in the order of relevance (`block`) |
//!
//! They are scripts and not data, because a page opened from disk may load a script and nothing
//! else. How many files there are follows from counts, the name of the folder from the words; what stands in the files is worked out once, on
//! the first of them that is asked for, from parts of the index: what can be found of each organisation, its
//! texts and the tokens of its entries packed when the model is at hand.

mod answer;
mod block;
mod entries;
mod normalize;
mod gather;
mod letters;
mod part;
mod packed;
mod postings;
mod record;
mod words;

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHasher;
use serde::Serialize;

use entries::{EntryKind, KINDS};
use gather::TokenLists;
pub use normalize::{Depth, normalize, place, tokens};
use packed::count;
pub use part::IndexPart;
use part::Tally;
use words::{IndexWords, Words};

use crate::model::Portal;
use crate::url;

/// About how many bytes make a shard of tokens.
const BYTES_A_SHARD: usize = 7000;

/// About how many bytes make a file of entries.
const BYTES_A_FILE: usize = 24000;

/// The version of the form of these files: it grows when they are laid out in another way.
pub const VERSION: u32 = 2;

/// A file of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// How many of everything there are, and the words of questions.
    Counts,
    /// How the characters of names sound.
    Letters,
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
    /// How many entries of each kind are in a file.
    sizes: Vec<u32>,
}

/// A finished index: the entries in order, and the shards.
#[derive(Debug, Default)]
pub struct Index {
    layout: Layout,
    parts: Vec<Arc<IndexPart>>,
    /// Part of the index and entry.
    entries: Vec<(u32, u32)>,
    shards: Vec<String>,
}

/// An index that is made when it is first asked for.
#[derive(Debug, Default)]
pub struct Lazy {
    layout: Layout,
    /// Where its files stand: named by what can be found, so that what stands there never changes.
    folder: String,
    /// What it is made of, where that was gathered before; else the portal is read.
    parts: Mutex<Option<Vec<Arc<IndexPart>>>>,
    made: OnceLock<Index>,
}

impl Lazy {
    /// Where its files stand, with a `/` at the end.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The index of the portal it was planned for.
    pub fn get(&self, portal: &Portal) -> &Index {
        self.made.get_or_init(|| {
            let gathered = self.parts.lock().unwrap_or_else(PoisonError::into_inner).take();
            let parts = gathered.unwrap_or_else(|| vec![Arc::new(IndexPart::of(portal))]);
            Index::new(self.layout.clone(), parts)
        })
    }
}

/// Plans the files of an index, before their bytes are made: of a portal, or of the parts that were gathered of it.
pub fn plan(portal: &Portal, parts: Option<Vec<Arc<IndexPart>>>) -> (Lazy, Vec<(String, File)>) {
    let tally = match &parts {
        Some(parts) => Tally::sum(parts.iter().map(|index_part| &index_part.tally)),
        None => Tally::whole(portal, &entries::terms(portal)),
    };
    let layout = layout(&tally);
    let known = match &parts {
        Some(parts) => known(parts),
        None => IndexWords::of(portal),
    };
    let folder = folder(&tally, &layout, &known.words());
    let mut files = vec![
        (format!("{folder}index.js"), File::Counts),
        (format!("{folder}letters.js"), File::Letters),
    ];
    let shards = (0..layout.shards).map(|at| (format!("{folder}words/{at}.js"), File::Tokens(at)));
    files.extend(shards);
    let blocks: u32 = layout.blocks().map(|(.., blocks)| blocks).sum();
    files.extend((0..blocks).map(|at| (format!("{folder}entries/{at}.js"), File::Entries(at))));
    (Lazy { layout, folder, parts: Mutex::new(parts), made: OnceLock::new() }, files)
}

/// What the parts of an index know of questions.
fn known(parts: &[Arc<IndexPart>]) -> IndexWords {
    let mut known = IndexWords::default();
    for part in parts {
        known.absorb(&part.known);
    }
    known
}

/// The folder of an index: a digest of what can be found, of how it is laid out and of the words.
fn folder(tally: &Tally, layout: &Layout, words: &Words) -> String {
    let Layout { shards, counts, sizes } = layout;
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    let words = hasher.finish();
    let text = format!(
        "{VERSION} {} {} {words} {shards} {counts:?} {sizes:?}",
        env!("CARGO_PKG_VERSION"),
        tally.digest
    );
    format!("{}{}/", url::ASSETS, url::short_digest(&blake3::hash(text.as_bytes())))
}

fn layout(tally: &Tally) -> Layout {
    // Lists grow with the text, and how many different tokens there are about with its root.
    let bytes = tally.chars() * 13 / 20 + tally.chars().isqrt() * 500;
    let shards = bytes.div_ceil(BYTES_A_SHARD);
    let size = |(kind, _, bytes): &(EntryKind, &str, usize)| {
        let passages = tally.counts[EntryKind::Passage as usize].max(1);
        let text = if *kind == EntryKind::Passage { tally.text * 3 / passages } else { 0 };
        count((BYTES_A_FILE / (bytes + text)).max(1))
    };
    Layout {
        shards: count(shards.max(1)),
        counts: tally.counts.iter().copied().map(count).collect(),
        sizes: KINDS.iter().map(size).collect(),
    }
}

impl Layout {
    /// How many entries of each kind there are, how many are in a file, and how many files that makes.
    fn blocks(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        let kinds = self.counts.iter().zip(&self.sizes);
        kinds.map(|(count, size)| (*count, *size, count.div_ceil(*size)))
    }

    /// The files of entries that hold these, which are in order: instead of each entry its file.
    fn files(&self, entries: &mut [u32]) {
        let mut kinds = self.blocks();
        let (mut first, mut file) = (0, 0);
        let (mut count, mut size, mut files) = kinds.next().unwrap_or_default();
        for entry in entries {
            while *entry >= first + count {
                (first, file) = (first + count, file + files);
                (count, size, files) = kinds.next().expect("an entry is of a kind");
            }
            *entry = file + (*entry - first) / size;
        }
    }

    /// The entries of a block, as a range.
    fn block(&self, wanted: u32) -> std::ops::Range<u32> {
        let (mut first, mut block) = (0, 0);
        for (count, size, blocks) in self.blocks() {
            if wanted < block + blocks {
                let start = first + (wanted - block) * size;
                return start..(start + size).min(first + count);
            }
            (first, block) = (first + count, block + blocks);
        }
        first..first
    }
}

/// `index.js`.
#[derive(Serialize)]
struct Counts<'a> {
    /// [`VERSION`].
    version: u32,
    shards: u32,
    /// Name, how many, how many in a file.
    kinds: Vec<(&'a str, u32, u32)>,
    /// What questions are understood by.
    words: Words,
}

impl Index {
    fn new(layout: Layout, mut parts: Vec<Arc<IndexPart>>) -> Index {
        let entries = part::sorted(&parts);
        let shards = postings::shards(&layout, &parts, &entries);
        // The lists are in the shards now; where nobody else has the parts of the index, they can go.
        for own in parts.iter_mut().filter_map(Arc::get_mut) {
            own.lists = TokenLists::default();
        }
        Index { layout, parts, entries, shards }
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
                let names = KINDS.iter().zip(self.layout.blocks());
                let kinds = names.map(|((_, name, _), (count, size, _))| (*name, count, size));
                let shards = self.layout.shards;
                let words = known(&self.parts).words();
                let kinds = kinds.collect();
                script("counts", 0, &Counts { version: VERSION, shards, kinds, words })
            }
            File::Letters => {
                let names = self.parts.iter().flat_map(|part| part.characters.iter().copied());
                let words = known(&self.parts).words();
                script("letters", 0, &letters::table(names.chain(words.characters())))
            }
            File::Tokens(shard) => script("words", shard, &self.shards[shard as usize]),
            File::Entries(block) => {
                let range = self.layout.block(block);
                let entries = &self.entries[range.start as usize..range.end as usize];
                script("entries", block, &block::of(&self.parts, entries))
            }
        }
    }
}

fn script(name: &str, number: u32, value: &impl Serialize) -> Vec<u8> {
    let value = serde_json::to_string(value).expect("plain values");
    format!("mingbai.{name}({number},{value})\n").into_bytes()
}
