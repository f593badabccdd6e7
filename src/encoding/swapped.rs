//! Chinese in GBK that was read as Big5, or the other way round: `啎呾` for 预算.

use std::ops::Range;
use std::sync::LazyLock;

use encoding_rs::{BIG5, Encoding, GBK};

use super::chars::Chars;

/// So many such characters stand in a row where nobody wrote them.
const ENOUGH: usize = 5;

/// So many of them are rare in the encoding they were read in.
const RARE: usize = 2;

/// So many characters before and behind one of them are looked at.
const AROUND: usize = 12;

/// Words that were read in the wrong encoding.
pub(super) struct Swapped {
    /// Where they stand.
    pub(super) range: Range<usize>,
    /// What they were written in, and what they were read as.
    pub(super) names: (&'static str, &'static str),
    /// How they read.
    pub(super) words: String,
}

/// The two mistakes: the encoding the words were read as, that they are in, and what is common in each.
const WAYS: [Way; 2] = [
    Way { read: BIG5, meant: GBK, names: ("GBK", "Big5"), is_meant: in_gbk, is_usual: in_big5 },
    Way { read: GBK, meant: BIG5, names: ("Big5", "GBK"), is_meant: in_big5, is_usual: in_gbk },
];

struct Way {
    read: &'static Encoding,
    meant: &'static Encoding,
    names: (&'static str, &'static str),
    is_meant: fn([u8; 2]) -> bool,
    is_usual: fn([u8; 2]) -> bool,
}

/// Whether two bytes are a common character or a sign of simplified Chinese in GBK.
fn in_gbk(pair: [u8; 2]) -> bool {
    matches!(pair, [0xa1 | 0xa3 | 0xb0..=0xd7, 0xa1..=0xfe])
}

/// Whether two bytes are a common character or a sign of traditional Chinese in Big5.
fn in_big5(pair: [u8; 2]) -> bool {
    matches!(pair, [0xa1..=0xc5, _] | [0xc6, 0x40..=0x7e])
}

/// What the bytes of common characters of one encoding make in the other.
struct Sets {
    /// By way: all of it.
    meant: [Chars; 2],
    /// What is rare there in either: by one of them such words are found.
    rare: Chars,
}

static SETS: LazyLock<Sets> = LazyLock::new(|| {
    let read = WAYS.each_ref().map(Way::meant_chars);
    let rare = read.iter().flatten().filter(|(_, is_rare)| *is_rare).map(|(c, _)| *c);
    Sets {
        rare: Chars::of(rare),
        meant: read.each_ref().map(|chars| Chars::of(chars.iter().map(|(c, _)| *c))),
    }
});

/// The characters by one of which such words are found.
pub(super) fn rare() -> &'static Chars {
    &SETS.rare
}

/// Whether enough characters in a row are of a set, and enough of them rare.
fn is_likely(words: &str, meant: &Chars) -> bool {
    let (mut run, mut rare) = (0, 0);
    words.chars().any(|c| {
        (run, rare) =
            if meant.has(c) { (run + 1, rare + usize::from(SETS.rare.has(c))) } else { (0, 0) };
        run >= ENOUGH && rare >= RARE
    })
}

/// Words that were read in the wrong encoding, around a place of a text.
pub(super) fn find(text: &str, at: usize) -> Option<Swapped> {
    let is_word = |c: &(usize, char)| !c.1.is_ascii();
    let before = text[..at].char_indices().rev().take_while(is_word).take(AROUND);
    let start = before.last().map_or(at, |(at, _)| at);
    let behind = text[at..].char_indices().take_while(is_word).take(AROUND);
    let end = behind.last().map_or(at, |(last, c)| at + last + c.len_utf8());
    let likely = WAYS.iter().zip(&SETS.meant);
    let mut likely = likely.filter(|(_, meant)| is_likely(&text[start..end], meant));
    likely.find_map(|(way, _)| way.find(text, start..end))
}

/// Characters in a row that are common ones in the encoding that was meant.
#[derive(Default)]
struct Run {
    bytes: Vec<u8>,
    /// How many of them are letters, which a row of commas is not.
    letters: usize,
    /// How many are rare in the encoding they were read in.
    rare: usize,
}

impl Run {
    fn is_enough(&self) -> bool {
        self.letters >= ENOUGH && self.rare >= RARE
    }
}

/// The first bytes of signs in both encodings go as far as this.
const LAST_OF_SIGNS: u8 = 0xa3;

impl Way {
    /// The characters that the bytes of common ones make, and whether each is rare.
    fn meant_chars(&self) -> Vec<(char, bool)> {
        // All at once, parted by the end of a line.
        let (mut bytes, mut pairs) = (Vec::new(), Vec::new());
        for first in 0xa1..=0xd7 {
            for second in (0x40..=0x7e).chain(0xa1..=0xfe) {
                let pair = [first, second];
                if (self.is_meant)(pair) {
                    bytes.extend([first, second, b'\n']);
                    pairs.push(pair);
                }
            }
        }
        let text = self.read.decode_without_bom_handling(&bytes).0;
        let mut chars = text.chars();
        let one = |pair: [u8; 2]| {
            let c = chars.next();
            let is_alone = chars.by_ref().take_while(|c| *c != '\n').count() == 0;
            let c = c.filter(|c| is_alone && *c != '\u{fffd}')?;
            Some((c, !(self.is_usual)(pair)))
        };
        pairs.into_iter().filter_map(one).collect()
    }

    fn find(&self, text: &str, around: Range<usize>) -> Option<Swapped> {
        let mut run = Run::default();
        let mut start = around.start;
        for (at, c) in text[around.clone()].char_indices() {
            match self.pair(c).filter(|pair| (self.is_meant)(*pair)) {
                Some(pair) => {
                    run.rare += usize::from(!(self.is_usual)(pair));
                    run.letters += usize::from(pair[0] > LAST_OF_SIGNS);
                    run.bytes.extend(pair);
                }
                None if run.is_enough() => break,
                None => {
                    run = Run::default();
                    start = around.start + at + c.len_utf8();
                }
            }
        }
        if !run.is_enough() {
            return None;
        }
        let chars = text[start..].chars().take(run.bytes.len() / 2);
        let length: usize = chars.map(char::len_utf8).sum();
        let words = self.meant.decode_without_bom_handling(&run.bytes).0.into_owned();
        Some(Swapped { range: start..start + length, names: self.names, words })
    }

    /// The two bytes of a character in the encoding it was read as.
    fn pair(&self, c: char) -> Option<[u8; 2]> {
        let mut text = [0; 4];
        let (bytes, _, is_lost) = self.read.encode(c.encode_utf8(&mut text));
        bytes.as_ref().try_into().ok().filter(|_| !is_lost)
    }
}
