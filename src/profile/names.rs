//! When two printed names are the same name.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::encoding::is_invisible;

/// Whether two printed names are the same but for spaces, characters nobody sees and the width of brackets and signs.
pub fn same_name(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    // Codes, and names that begin with different letters, need no more than a look.
    let is_plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let differ = matches!((first_letter(a), first_letter(b)), (Some(a), Some(b)) if a != b)
        || (is_plain(a) && is_plain(b));
    !differ && normalized(a).eq(normalized(b))
}

/// The bytes of the first letter of a name where that letter stands for itself alone.
fn first_letter(name: &str) -> Option<&[u8]> {
    match name.as_bytes() {
        [letter, ..] if letter.is_ascii_alphanumeric() => Some(std::slice::from_ref(letter)),
        // Han characters, of which none is a blank or a sign.
        [0xe4..=0xe9, _, _, ..] => Some(&name.as_bytes()[..3]),
        _ => None,
    }
}

/// A printed name as [`same_name`] compares it.
pub fn normalized_name(name: &str) -> String {
    normalized(name).collect()
}

/// A number that names which are [`same_name`] have in common, and few others.
pub fn name_hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    normalized(name).for_each(|c| hasher.write_u32(u32::from(c)));
    hasher.finish()
}

/// A text without its spaces; without a copy where it has none.
pub fn unspaced(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn normalized(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).map(narrow)
}

fn narrow(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '，' => ',',
        '“' | '”' | '＂' => '"',
        _ => c,
    }
}
