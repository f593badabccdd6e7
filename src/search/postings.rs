//! Which entries hold which token, in files of bounded size. A token stands in the shard its hash
//! names; a list that is long is cut into blocks, each of which stands under a name of its own
//! in a shard of its own, so that no file grows with one word.

use std::sync::Arc;

use rayon::prelude::*;

use super::Layout;
use super::gather::each;
use super::normalize::{key, key_of, number, place, shard};
use super::packed::{count, gaps};
use super::part::IndexPart;

/// How many entries a block of a list holds.
const BLOCK: usize = 512;

/// About how many lists of parts of the index are joined at a time, so that memory is bounded.
const AT_ONCE: usize = 1 << 15;

/// A list of a part of the index: shard and key of its token, the part of the index, the list.
type OwnList<'a> = (u64, usize, &'a [u8]);

/// A further block of a list: where it stands, and what it says.
type Further = (u32, u32, String);

/// What lists are joined by.
struct Joint<'a> {
    layout: &'a Layout,
    /// The place of every entry in the order of all, by part of the index.
    ranks: Vec<Vec<u32>>,
}

/// Every shard as text, a line a token; `order` are the entries of the parts of the index.
pub(super) fn shards(
    layout: &Layout,
    index_parts: &[Arc<IndexPart>],
    order: &[(u32, u32)],
) -> Vec<String> {
    let joint = Joint { layout, ranks: ranks(index_parts, order) };
    let all: usize = index_parts.iter().map(|index_part| index_part.lists.tokens).sum();
    let step = layout.shards.div_ceil(count(all.div_ceil(AT_ONCE).max(1)));
    let mut lists: Vec<_> = index_parts.iter().map(|it| it.lists.iter().peekable()).collect();
    let mut texts = Vec::with_capacity(layout.shards as usize);
    let mut further: Vec<Further> = Vec::new();
    while texts.len() < layout.shards as usize {
        let first = count(texts.len());
        let end = (first + step).min(layout.shards);
        let mut own: Vec<Vec<OwnList>> = vec![Vec::new(); (end - first) as usize];
        for (index_part, lists) in lists.iter_mut().enumerate() {
            let is_now = |(hash, _): &(u64, &[u8])| shard(*hash, layout.shards) < end;
            while let Some((hash, list)) = lists.next_if(is_now) {
                let at = shard(hash, layout.shards);
                own[(at - first) as usize].push((u64::from(key_of(hash)), index_part, list));
            }
        }
        let made: Vec<_> = own
            .into_par_iter()
            .enumerate()
            .map(|(at, lists)| joint.shard(first + count(at), lists))
            .collect();
        for (mut text, more) in made {
            text.shrink_to_fit();
            texts.push(text);
            further.extend(more);
        }
    }
    further.sort_unstable();
    for (shard, key, text) in further {
        line(&mut texts[shard as usize], key, &text);
    }
    texts
}

fn ranks(index_parts: &[Arc<IndexPart>], order: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let sizes = index_parts.iter().map(|index_part| index_part.tally.counts.iter().sum());
    let mut ranks: Vec<Vec<u32>> = sizes.map(|size| vec![0; size]).collect();
    for (rank, (index_part, entry)) in order.iter().enumerate() {
        ranks[*index_part as usize][*entry as usize] = count(rank);
    }
    ranks
}

fn line(out: &mut String, token: u32, text: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    key(out, token);
    out.push_str(text);
}

impl Joint<'_> {
    /// A shard without the further blocks of other lists, and those of its own lists.
    fn shard(&self, shard: u32, mut lists: Vec<OwnList>) -> (String, Vec<Further>) {
        lists.sort_unstable_by_key(|(key, index_part, _)| (*key, *index_part));
        let (mut out, mut further, mut entries) = (String::new(), Vec::new(), Vec::new());
        for token in lists.chunk_by(|a, b| a.0 == b.0) {
            let key = u32::try_from(token[0].0).expect("five digits");
            entries.clear();
            for (_, index_part, list) in token {
                let ranks = &self.ranks[*index_part];
                each(list, |entry| entries.push(ranks[entry as usize]));
            }
            entries.sort_unstable();
            if key & 1 == 1 {
                self.layout.files(&mut entries);
            }
            entries.dedup();
            let mut text = String::new();
            self.list(&mut text, (shard, key), &entries, &mut further);
            line(&mut out, key, &text);
        }
        (out, further)
    }

    /// How many, the first of each further block, then the first block.
    fn list(
        &self,
        out: &mut String,
        (shard, key): (u32, u32),
        entries: &[u32],
        further: &mut Vec<Further>,
    ) {
        number(out, count(entries.len()));
        let mut blocks = entries.chunks(BLOCK);
        let first = blocks.next().unwrap_or_default();
        let mut before = 0;
        for (at, block) in blocks.enumerate() {
            number(out, block[0] - before);
            before = block[0];
            let name = format!("~{shard}.{key}.{}", at + 1);
            let (shard, key) = place(name.chars(), self.layout.shards);
            let mut text = String::new();
            gaps(block, |gap| number(&mut text, gap));
            further.push((shard, key, text));
        }
        gaps(first, |gap| number(out, gap));
    }
}
