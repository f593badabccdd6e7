//! Which entries hold which token, in files of bounded size. A token stands in the shard its hash
//! names; a list that is long is cut into blocks, each of which stands under a name of its own
//! in a shard of its own, so that no file grows with one word.

use rayon::prelude::*;

use super::fold::{key, number, place};

/// How many entries a block of a list holds.
const BLOCK: usize = 512;

/// A token in a shard, and an entry that holds it.
pub(super) type Posting = (u64, u32);

/// A posting of a token.
pub(super) fn posting((shard, key): (u32, u32), entry: u32) -> Posting {
    ((u64::from(shard) << 32) | u64::from(key), entry)
}

/// The shard of a posting.
pub(super) fn shard(posting: &Posting) -> u32 {
    u32::try_from(posting.0 >> 32).expect("the upper half of it")
}

/// A line of a shard: where it stands, and what it says.
pub(super) struct Line {
    shard: u32,
    key: u32,
    text: String,
}

/// The lines of postings in order, those of further blocks among them.
pub(super) fn lines(postings: &[Posting], shards: u32) -> Vec<Line> {
    let lists: Vec<&[Posting]> = postings.chunk_by(|a, b| a.0 == b.0).collect();
    lists.par_iter().flat_map_iter(|list| list_lines(list, shards)).collect()
}

/// `count`, `further blocks`, the first entry of each of those, then the entries of the first block.
fn list_lines(list: &[Posting], shards: u32) -> Vec<Line> {
    let shard = shard(&list[0]);
    let key = u32::try_from(list[0].0 & u64::from(u32::MAX)).expect("the lower half of it");
    let blocks: Vec<&[Posting]> = list.chunks(BLOCK).collect();
    let mut text = String::new();
    number(&mut text, length(list.len()));
    number(&mut text, length(blocks.len() - 1));
    let mut before = 0;
    for block in &blocks[1..] {
        number(&mut text, block[0].1 - before);
        before = block[0].1;
    }
    entries(&mut text, blocks[0]);
    let mut lines = vec![Line { shard, key, text }];
    for (at, block) in blocks.iter().enumerate().skip(1) {
        let (shard, key) = place(further(shard, key, at).chars(), shards);
        let mut text = String::new();
        entries(&mut text, block);
        lines.push(Line { shard, key, text });
    }
    lines
}

/// The name of a further block of a list.
fn further(shard: u32, key: u32, block: usize) -> String {
    format!("~{shard}.{key}.{block}")
}

fn length(length: usize) -> u32 {
    u32::try_from(length).expect("entries are counted in 32 bits")
}

/// Entries as gaps, doubled; one more where a run of neighbours begins, whose length follows.
fn entries(out: &mut String, block: &[Posting]) {
    let mut next = 0;
    for run in block.chunk_by(|a, b| a.1 + 1 == b.1) {
        let gap = (run[0].1 - next) * 2;
        if run.len() == 1 {
            number(out, gap);
        } else {
            number(out, gap + 1);
            number(out, length(run.len()));
        }
        next = run[0].1 + length(run.len());
    }
}

/// Every shard as text, a line a token.
pub(super) fn shards(mut lines: Vec<Line>, shards: u32) -> Vec<String> {
    lines.par_sort_unstable_by(|a, b| (a.shard, a.key, &a.text).cmp(&(b.shard, b.key, &b.text)));
    let mut texts = vec![String::new(); shards as usize];
    for line in lines {
        let text = &mut texts[line.shard as usize];
        if !text.is_empty() {
            text.push('\n');
        }
        key(text, line.key);
        text.push_str(&line.text);
    }
    texts
}
