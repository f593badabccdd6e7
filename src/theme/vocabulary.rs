//! What the templates name: a value that none of them names is not worked out.

use std::collections::BTreeMap;
use std::hash::Hasher;

use rustc_hash::FxHashMap;

use super::DEFAULT;
use crate::source::{FileId, Sources};

/// Some of the templates, one bit each; from the 129th on, several share a bit.
type Templates = u128;

/// How many words the embedded templates have, and some more.
const USUAL: usize = 2048;

/// The words that stand in the tags of templates. A word that only shares a hash with one, or stands in a
/// template that shares its bit, is worked out in vain.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// By the hash of a word, and with a dot before it of a field: the templates that name it.
    words: FxHashMap<u64, Templates>,
    /// By template: itself, and those it takes in.
    reach: BTreeMap<String, Templates>,
}

impl Vocabulary {
    /// The words of every template of a theme.
    pub(super) fn of(sources: &Sources, files: &BTreeMap<String, FileId>) -> Vocabulary {
        let embedded = format!("{DEFAULT}/");
        let mut all = Vocabulary::default();
        all.words.reserve(USUAL);
        let mut taken_in = BTreeMap::new();
        for (index, (name, file)) in files.iter().enumerate() {
            let bit = 1 << (index % 128);
            let text = sources.file(*file).text();
            let mut others = Vec::new();
            words(text, |word, is_quoted| {
                all.add(word, is_quoted, bit);
                others.extend(Some(word).filter(|word| is_template(word)));
            });
            taken_in.insert(name.as_str(), (bit, others));
        }
        let find = |name: &str| {
            taken_in.get(name).or_else(|| taken_in.get(format!("{embedded}{name}").as_str()))
        };
        for name in files.keys() {
            let name = name.strip_prefix(&embedded).unwrap_or(name);
            let (mut reach, mut open, mut seen) = (0, vec![name], vec![name]);
            while let Some(next) = open.pop() {
                let Some((bit, others)) = find(next) else { continue };
                reach |= bit;
                for other in others {
                    if !seen.contains(other) {
                        seen.push(other);
                        open.push(other);
                    }
                }
            }
            all.reach.insert(name.to_owned(), reach);
        }
        all
    }

    /// Adds a word of a template, with its dots and dashes.
    fn add(&mut self, word: &str, is_quoted: bool, bit: Templates) {
        let mut is_field = is_quoted;
        for part in word.as_bytes().split(|byte| !is_name(*byte)) {
            *self.words.entry(hash(part)).or_default() |= bit;
            // `cell.kind`, `cell["kind"]`; a name alone is no field.
            if is_field {
                *self.words.entry(hash_of_field(part)).or_default() |= bit;
            }
            is_field = true;
        }
    }

    /// Whether a template, or one that it takes in, names a value, or with a dot before it a field.
    pub(super) fn names(&self, template: &str, name: &str) -> bool {
        let hash = match name.strip_prefix('.') {
            Some(field) => hash_of_field(field.as_bytes()),
            None => hash(name.as_bytes()),
        };
        let reach = self.reach.get(template);
        reach.is_none_or(|reach| self.words.get(&hash).is_some_and(|bits| bits & reach != 0))
    }
}

/// The templates that the tags of a text name.
pub(super) fn takes_in(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    words(text, |word, _| found.extend(Some(word).filter(|word| is_template(word))));
    found
}

fn is_template(word: &str) -> bool {
    word.ends_with(".html")
}

/// Gives the words that stand inside the tags of a template, with their dots and dashes, and whether each
/// stands right behind a quotation mark.
fn words<'a>(text: &'a str, mut give: impl FnMut(&'a str, bool)) {
    let mut rest = text;
    while let Some(start) = memchr::memchr(b'{', rest.as_bytes()) {
        rest = &rest[start + 1..];
        if rest.starts_with(['{', '%']) {
            rest = &rest[words_of_tag(rest, &mut give)..];
        }
    }
}

/// Gives the words of the tag that a text begins with; how far it reaches: to its end outside quotation marks, or
/// to the end of the text.
fn words_of_tag<'a>(text: &'a str, give: &mut impl FnMut(&'a str, bool)) -> usize {
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'' | b'`');
    let (mut quote, mut word, mut last) = (None, None, 0);
    for (at, byte) in text.bytes().enumerate() {
        if is_name(byte) || matches!(byte, b'.' | b'/' | b'-') {
            word = word.or(Some((at, is_quote(last))));
        } else {
            if let Some((start, is_quoted)) = word.take() {
                give(&text[start..at], is_quoted);
            }
            match quote {
                None if byte == b'}' && matches!(last, b'}' | b'%') => return at,
                None if is_quote(byte) => quote = Some(byte),
                Some(open) if byte == open => quote = None,
                _ => {}
            }
        }
        last = byte;
    }
    if let Some((start, is_quoted)) = word {
        give(&text[start..], is_quoted);
    }
    text.len()
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn hash(word: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(word);
    hasher.finish()
}

fn hash_of_field(name: &[u8]) -> u64 {
    !hash(name)
}
