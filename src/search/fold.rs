//! What counts as the same word, and the tokens a word is found by. One rule for the index and
//! for the reader's query: `themes/default/static/search.js` holds its other half, and
//! `tests/search-tokens.json` is the proof that both do the same.
//!
//! Folding: Unicode NFKC, lower case, and nothing but letters and digits is left; a point stays
//! between two digits. So `１，４５４．５４` is `1454.54` and `〔2024〕104号` is `2024104号`.

use unicode_normalization::UnicodeNormalization;

/// The longest field that is also a token as a whole.
const WHOLE: usize = 24;

/// How long the beginnings of ASCII fields are that are tokens of their own.
const STARTS: [usize; 2] = [3, 5];

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

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    let plain: Vec<char> = text.nfkc().flat_map(char::to_lowercase).collect();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| plain.get(at)).is_some_and(char::is_ascii_digit);
    let keeps = |(at, c): (usize, &char)| {
        let is_point = *c == '.' && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        (c.is_alphanumeric() || is_point).then_some(*c)
    };
    plain.iter().enumerate().filter_map(keeps).collect()
}

/// The tokens of a folded field, some of them more than once: two neighbours, three within a run
/// of ASCII, and what its depth adds: `^` begins, `=` is the whole.
pub fn tokens(field: &str, depth: Depth, push: &mut impl FnMut(&[char])) {
    let chars: Vec<char> = field.chars().collect();
    let is_ascii = |at: usize| chars.get(at).is_some_and(char::is_ascii);
    for at in 0..chars.len() {
        if at + 1 < chars.len() {
            push(&chars[at..at + 2]);
        }
        if at + 2 < chars.len() && is_ascii(at) && is_ascii(at + 1) && is_ascii(at + 2) {
            push(&chars[at..at + 3]);
        }
        if depth != Depth::Text && !is_ascii(at) {
            push(&chars[at..=at]);
        }
    }
    if depth != Depth::Head || chars.is_empty() {
        return;
    }
    let mut marked = |mark: char, length: usize| {
        let token: Vec<char> = std::iter::once(mark).chain(chars[..length].iter().copied()).collect();
        push(&token);
    };
    if chars.len() <= WHOLE {
        marked('=', chars.len());
    }
    if is_ascii(0) && (chars.len() == 1 || is_ascii(1)) {
        let run = chars.iter().take_while(|c| c.is_ascii()).count();
        STARTS.iter().filter(|length| **length <= run).for_each(|length| marked('^', *length));
    } else if chars.len() > 1 {
        marked('^', 2);
    }
}

/// Where a token stands: one of so many shards, and its key there.
pub fn place(token: impl Iterator<Item = char>, shards: u32) -> (u32, u32) {
    let (mut first, mut second) = (0x811c_9dc5_u32, 0x1234_5678_u32);
    let mut units = [0; 2];
    for c in token {
        for unit in c.encode_utf16(&mut units) {
            first = (first ^ u32::from(*unit)).wrapping_mul(0x0100_0193);
            second = (second ^ u32::from(*unit)).wrapping_mul(0x85eb_ca6b);
            second ^= second >> 13;
        }
    }
    first ^= first >> 16;
    (first % shards, second >> 2)
}

/// Digits of 64 that stand for six bits each in the files.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A number in as few digits as it takes: five bits a digit, the sixth says that more follow.
pub(super) fn number(out: &mut String, mut value: u32) {
    while value >= 32 {
        out.push(char::from(DIGITS[(value & 31 | 32) as usize]));
        value >>= 5;
    }
    out.push(char::from(DIGITS[value as usize]));
}

/// A key in five digits.
pub(super) fn key(out: &mut String, value: u32) {
    for shift in [24, 18, 12, 6, 0] {
        out.push(char::from(DIGITS[(value >> shift & 63) as usize]));
    }
}
