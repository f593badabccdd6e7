//! What counts as the same word, and the tokens a word is found by. One rule for the index and
//! for the reader's query: `themes/default/static/search.js` holds its other half, and
//! `tests/search-tokens.json` is the proof that both do the same.
//!
//! Folding: Unicode NFKC, lower case, and of the rest letters and digits. A point stays between two
//! digits, and what parts sentences and lists becomes a space, unless it parts thousands. Everything
//! else goes: `１，４５４．５４` is `1454.54`, `〔2024〕104号` is `2024104号`, `三、公务接待费` is
//! `三 公务接待费`, in which nobody finds 三公.

use unicode_normalization::UnicodeNormalization;

use crate::amount::Decimal;

/// The longest field that is also a token as a whole.
const WHOLE: usize = 24;

/// How long the beginnings of ASCII fields are that are tokens of their own.
pub(super) const STARTS: [usize; 2] = [3, 5];

/// What tokens begin with that are not what stands side by side: how a part begins, what it is, what
/// an entry can be narrowed down to, what an amount comes to, and about how much that is.
const BEGINS: char = '^';
const IS: char = '=';
pub(super) const SCOPE: char = '@';
pub(super) const WORTH: char = '#';
pub(super) const ABOUT: char = '~';

/// How many characters a word of Han has at most to stand in one shard with all that begins like it.
const SHORT: usize = 6;

/// How a field is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// A name, a code, a figure: also as a whole, and by how it begins.
    Head,
    /// Other words of a line: also by a single character.
    Cell,
    /// Running text: by what stands side by side only.
    Text,
}

/// What parts sentences and lists, after NFKC.
const PARTS: [char; 7] = ['、', '。', ',', ';', ':', '!', '?'];

/// A text as it is compared: parts with one space between them.
pub fn normalize(text: &str) -> String {
    let mut normalized = String::with_capacity(text.len());
    if text.chars().all(|c| known(c).is_some()) {
        push_normalized(&mut normalized, text.chars().filter_map(known));
    } else {
        push_normalized(&mut normalized, text.nfkc().flat_map(char::to_lowercase));
    }
    normalized
}

fn push_normalized(normalized: &mut String, plain: impl Iterator<Item = char>) {
    let mut plain = plain.peekable();
    let mut is_parted = false;
    let mut before = None;
    while let Some(c) = plain.next() {
        let is_between = matches!(c, '.' | ',')
            && before.is_some_and(|c: char| c.is_ascii_digit())
            && plain.peek().is_some_and(char::is_ascii_digit);
        if is_han(c) || c.is_alphanumeric() || (c == '.' && is_between) {
            if is_parted && !normalized.is_empty() {
                normalized.push(' ');
            }
            is_parted = false;
            normalized.push(c);
        } else if PARTS.contains(&c) && !is_between {
            is_parted = true;
        }
        before = Some(c);
    }
}

/// What NFKC and lower case make of a character that most texts consist of, whatever stands beside it.
fn known(c: char) -> Option<char> {
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        '、' | '。' | '《' | '》' | '〔' | '〕' | '“' | '”' => Some(c),
        '！'..='～' => {
            let half = u32::from(c) - u32::from('！') + u32::from('!');
            char::from_u32(half).map(|c| c.to_ascii_lowercase())
        }
        _ => is_han(c).then_some(c),
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// The tokens of a normalized text, some of them more than once: two neighbours, three within a run
/// of ASCII, and what its depth adds: `^` a part begins, `=` a part is.
pub fn tokens(normalized: &str, depth: Depth, push: &mut impl FnMut(&[char])) {
    for part in normalized.split(' ').filter(|part| !part.is_empty()) {
        let chars: Vec<char> = part.chars().collect();
        grams(&chars, depth, push);
        if depth == Depth::Head {
            ends(&chars, push);
        }
    }
}

fn grams(chars: &[char], depth: Depth, push: &mut impl FnMut(&[char])) {
    let is_ascii = |at: usize| chars.get(at).is_some_and(char::is_ascii);
    for at in 0..chars.len() {
        if at + 1 < chars.len() {
            push(&chars[at..at + 2]);
        }
        if is_ascii(at) && is_ascii(at + 1) && is_ascii(at + 2) {
            push(&chars[at..at + 3]);
        }
        if depth != Depth::Text && !is_ascii(at) {
            push(&chars[at..=at]);
        }
    }
}

fn ends(chars: &[char], push: &mut impl FnMut(&[char])) {
    let mut marked = |mark: char, length: usize| {
        let first = std::iter::once(mark);
        push(&first.chain(chars[..length].iter().copied()).collect::<Vec<char>>());
    };
    if chars.len() <= WHOLE {
        marked(IS, chars.len());
    }
    let run = chars.iter().take_while(|c| c.is_ascii()).count();
    if run > 1 || run == chars.len() {
        STARTS.iter().filter(|length| **length <= run).for_each(|length| marked(BEGINS, *length));
    } else if chars.len() > 1 {
        marked(BEGINS, 2);
    }
}

/// The tokens an amount is found by whatever it is written in: what it comes to in the base unit, and
/// its size with its first two digits.
pub(super) fn amount_tokens(value: Decimal) -> [String; 2] {
    let plain = value.abs().normalize().to_string();
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let whole = plain.split('.').next().unwrap_or_default().trim_start_matches('0').len();
    let size = char::from_digit(u32::try_from(whole).unwrap_or_default(), 36).unwrap_or('z');
    let two: String = digits.chars().chain("00".chars()).take(2).collect();
    [format!("{WORTH}{plain}"), format!("{ABOUT}{size}{two}")]
}

/// Where a token stands: one of so many shards, and its key there.
pub fn place(token: impl Iterator<Item = char> + Clone, shards: u32) -> (u32, u32) {
    let hash = hash(token);
    (shard(hash, shards), key_of(hash))
}

/// What a token is known by: the upper half chooses its shard, the lower one is its key there, whose
/// last bit says whether it [`is_coarse`].
///
/// Tokens of one word that are asked for together share a shard: all that stand for the whole
/// of it, and how it begins with the characters it begins with; of a short word of Han that is its
/// first two characters, side by side or as a beginning.
pub(super) fn hash(token: impl Iterator<Item = char> + Clone) -> u64 {
    let (mut first, mut second) = (0x811c_9dc5_u32, 0x1234_5678_u32);
    let home = home(token.clone());
    let mut units = [0; 2];
    let (mut length, mut ascii) = (0, 0);
    for (at, c) in token.enumerate() {
        length += 1;
        ascii += usize::from(c.is_ascii());
        for unit in c.encode_utf16(&mut units) {
            second = (second ^ u32::from(*unit)).wrapping_mul(0x85eb_ca6b);
            second ^= second >> 13;
            if home.contains(&at) {
                first = (first ^ u32::from(*unit)).wrapping_mul(0x0100_0193);
            }
        }
    }
    first = (first ^ (first >> 16)).wrapping_mul(0x85eb_ca6b);
    first ^= first >> 13;
    let is_coarse = home.start == 0 && is_coarse(length, ascii);
    (u64::from(first) << 32) | u64::from((second >> 2) & !1) | u64::from(is_coarse)
}

/// The characters of a token that choose its shard.
fn home(mut token: impl Iterator<Item = char> + Clone) -> std::ops::Range<usize> {
    let length = token.clone().count();
    let begin = token.next();
    let is_han = token.next().is_some_and(|c| !c.is_ascii());
    match begin {
        Some(_) if length < 2 => 0..usize::MAX,
        Some(BEGINS) => 1..4,
        Some(IS) if is_han && length <= SHORT + 1 => 1..3,
        Some(IS | WORTH) => 1..usize::MAX,
        Some(SCOPE) => 2..usize::MAX,
        // About as much of one size: size and first digit.
        Some(ABOUT) if length < 6 => 1..3,
        _ => 0..usize::MAX,
    }
}

/// Whether a token of so many characters is so common that it leads to files of entries and
/// not to entries: a single character, or two of ASCII.
fn is_coarse(length: usize, ascii: usize) -> bool {
    length == 1 || (length == 2 && ascii == 2)
}

/// The shard of a hash; greater hashes stand in the same or a later one.
pub(super) fn shard(hash: u64, shards: u32) -> u32 {
    let shard = ((hash >> 32) * u64::from(shards)) >> 32;
    u32::try_from(shard).expect("less than the shards")
}

/// The key of a hash.
pub(super) fn key_of(hash: u64) -> u32 {
    u32::try_from(hash & u64::from(u32::MAX)).expect("the lower half of it")
}

/// Digits of 64 that stand for six bits each in the files.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A number in as few digits as it takes: five bits a digit, the sixth says that more follow.
pub(super) fn number(out: &mut String, mut value: u32) {
    while value >= 32 {
        out.push(char::from(DIGITS[((value & 31) | 32) as usize]));
        value >>= 5;
    }
    out.push(char::from(DIGITS[value as usize]));
}

/// A key in five digits.
pub(super) fn key(out: &mut String, value: u32) {
    for shift in [24, 18, 12, 6, 0] {
        out.push(char::from(DIGITS[((value >> shift) & 63) as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_without_nfkc_is_folded_alike() {
        for c in (0..=0xffff).filter_map(char::from_u32) {
            let Some(said) = known(c) else { continue };
            let nfkc: Vec<char> = c.to_string().nfkc().flat_map(char::to_lowercase).collect();
            assert_eq!(nfkc, [said], "{c}");
        }
    }
}
