//! The YAML people write most, read in one pass over its lines.
//!
//! Most of a portal is lines such as `name: …` and `- { code: …, amount: … }`. A YAML parser pays for
//! all that YAML could be there; this reader knows these forms alone and says nothing about any other:
//! whatever it does not know for certain, [`super::parse`] gives to the parser, which has the last word
//! on what YAML is. What it does read is what the parser reads, byte for byte: the tests of
//! [`super`] hold the two against each other.

use std::sync::Arc;

use super::lookup::Written;
use super::{Key, Kind, MAX_DEPTH, Node, offset};
use crate::source::FileId;

/// So many keys of a file are looked for again: those of rows come first, and a list of a thousand
/// words has each but once.
const SHARED_KEYS: usize = 32;

/// A key longer than this is none to a YAML parser.
const LONGEST_KEY: usize = 1024;

/// Reads a text of plain forms; nothing where anything else stands in it.
pub(super) fn read(file: FileId, text: &str) -> Option<Node> {
    if has_controls(text) || has_rare(text) {
        return None;
    }
    let mut reader = Reader {
        file,
        text,
        bytes: text.as_bytes(),
        line: None,
        next: 0,
        depth: 0,
        keys: Vec::new(),
    };
    reader.advance();
    let root = reader.block()?;
    reader.line.is_none().then_some(root)
}

/// Whether a control stands in it but the end of a line: looked at in stretches, which is quicker than
/// byte by byte.
fn has_controls(text: &str) -> bool {
    let is_control = |byte: &u8| (*byte < b' ' && *byte != b'\n') || *byte == 0x7f;
    let in_stretch =
        |stretch: &[u8]| stretch.iter().fold(false, |any, byte| any | is_control(byte));
    text.as_bytes().chunks(64).any(in_stretch)
}

/// Whether a character stands in it that is a sign to some parser: a control, a line separator, a byte order mark.
fn has_rare(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| {
        matches!(
            &bytes[at..],
            [0xc2, 0x80..=0x9f, ..]
                | [0xe2, 0x80, 0xa8 | 0xa9, ..]
                | [0xef, 0xbb, 0xbf, ..]
                | [0xef, 0xbf, 0xb0..=0xbf, ..]
        )
    })
}

/// What is left of a line: where it begins, how far it is indented, where it ends.
#[derive(Clone, Copy)]
struct Line {
    at: usize,
    indent: usize,
    end: usize,
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    bytes: &'a [u8],
    /// The line in hand; nothing at the end of the text.
    line: Option<Line>,
    /// Where the line after it begins.
    next: usize,
    depth: usize,
    /// The first keys, which come again in most files.
    keys: Vec<Arc<str>>,
}

impl Reader<'_> {
    /// Takes up the next line that holds more than a comment.
    fn advance(&mut self) {
        self.line = None;
        while self.next < self.bytes.len() {
            let start = self.next;
            let rest = &self.bytes[start..];
            let end = memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |length| start + length);
            self.next = end + 1;
            let indent = rest.iter().take_while(|byte| **byte == b' ').count();
            if start + indent < end && self.bytes[start + indent] != b'#' {
                self.line = Some(Line { at: start + indent, indent, end });
                return;
            }
        }
    }

    fn node(&self, start: usize, end: usize, kind: Kind) -> Node {
        Node { file: self.file, start: offset(start), end: offset(end), kind }
    }

    /// Where a block ends: where what follows it begins.
    fn block_end(&self) -> usize {
        self.line.map_or(self.bytes.len(), |line| line.at)
    }

    /// The block that begins with the line in hand.
    fn block(&mut self) -> Option<Node> {
        let line = self.line?;
        self.depth += 1;
        if self.depth >= MAX_DEPTH {
            return None;
        }
        let node = if self.is_item(line) { self.sequence(line) } else { self.mapping(line) };
        self.depth -= 1;
        node
    }

    fn is_item(&self, line: Line) -> bool {
        self.bytes[line.at] == b'-' && (line.at + 1 == line.end || self.bytes[line.at + 1] == b' ')
    }

    fn sequence(&mut self, first: Line) -> Option<Node> {
        let mut items = Vec::new();
        while let Some(line) = self.line.filter(|line| line.indent == first.indent) {
            if !self.is_item(line) {
                break;
            }
            let at = self.blanks(line.at + 1, line.end);
            // Nothing after the dash, a comment, a sequence in a sequence: left to the parser.
            if at == line.end || matches!(self.bytes[at], b'-' | b'#') {
                return None;
            }
            items.push(if self.begins_entry(at, line.end)? {
                self.line = Some(Line { at, indent: line.indent + at - line.at, end: line.end });
                self.block()?
            } else {
                self.inline(at, line)?
            });
        }
        Some(self.node(first.at, self.block_end(), Kind::Sequence(items)))
    }

    fn mapping(&mut self, first: Line) -> Option<Node> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut written = Written::default();
        while let Some(line) = self.line.filter(|line| line.indent == first.indent) {
            if self.is_item(line) {
                break;
            }
            let (key, colon) = self.key(line.at, line.end, false)?;
            if written.find(&entries, &key.text).is_some() {
                return None;
            }
            let at = self.blanks(colon + 1, line.end);
            let value = if at == line.end || self.bytes[at] == b'#' {
                self.below(line, colon)?
            } else {
                self.inline(at, line)?
            };
            entries.push((key, value));
        }
        (!entries.is_empty()).then(|| self.node(first.at, self.block_end(), Kind::Mapping(entries)))
    }

    /// The value that stands under its key, or none.
    fn below(&mut self, key: Line, colon: usize) -> Option<Node> {
        self.advance();
        match self.line {
            Some(line) if line.indent > key.indent => self.block(),
            Some(line) if line.indent == key.indent && self.is_item(line) => {
                // To the parser such a list begins with what its first item says.
                let mut list = self.block()?;
                list.start = list.items().first()?.start;
                Some(list)
            }
            _ => Some(self.node(colon, colon, Kind::Null)),
        }
    }

    /// A value that stands on one line and ends with it.
    fn inline(&mut self, at: usize, line: Line) -> Option<Node> {
        let (node, at) = self.value(at, line.end, false)?;
        let rest = self.blanks(at, line.end);
        if rest < line.end && (rest == at || self.bytes[rest] != b'#') {
            return None;
        }
        self.advance();
        // A line further in would go on with this value.
        self.line.is_none_or(|next| next.indent <= line.indent).then_some(node)
    }

    fn blanks(&self, at: usize, end: usize) -> usize {
        at + self.bytes[at..end].iter().take_while(|byte| **byte == b' ').count()
    }

    /// Whether a key begins here; nothing where it cannot be told.
    fn begins_entry(&self, at: usize, end: usize) -> Option<bool> {
        if matches!(self.bytes[at], b'{' | b'[') {
            return Some(false);
        }
        let (_, after) = self.scalar(at, end, false)?;
        Some(after < end && self.bytes[after] == b':')
    }

    /// The text of a key, shared with the same one before.
    fn known(&mut self, text: &str) -> Arc<str> {
        // Of two keys as long the ends differ more often than not.
        let is_same = |key: &&Arc<str>| {
            key.len() == text.len()
                && key.as_bytes().last() == text.as_bytes().last()
                && ***key == *text
        };
        if let Some(known) = self.keys.iter().find(is_same) {
            return Arc::clone(known);
        }
        let key: Arc<str> = text.into();
        if self.keys.len() < SHARED_KEYS {
            self.keys.push(Arc::clone(&key));
        }
        key
    }

    /// A key and where its colon stands.
    fn key(&mut self, at: usize, end: usize, flow: bool) -> Option<(Key, usize)> {
        let ((start, stop), colon) = self.scalar(at, end, flow)?;
        let is_key = colon < end
            && self.bytes[colon] == b':'
            && (colon + 1 == end || self.bytes[colon + 1] == b' ')
            && colon - at < LONGEST_KEY;
        // The key's own bytes: with its quotes where it has them.
        let last = if start > at { stop + 1 } else { stop };
        is_key.then(|| {
            let text = self.known(&self.text[start..stop]);
            (Key { text, file: self.file, start: offset(at), end: offset(last) }, colon)
        })
    }

    /// A scalar or a collection in brackets, and where it ends.
    fn value(&mut self, at: usize, end: usize, flow: bool) -> Option<(Node, usize)> {
        match self.bytes[at] {
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth >= MAX_DEPTH {
                    return None;
                }
                let found = if self.bytes[at] == b'{' {
                    self.flow_mapping(at, end)
                } else {
                    self.flow_sequence(at, end)
                };
                self.depth -= 1;
                found
            }
            quote => {
                let ((start, stop), after) = self.scalar(at, end, flow)?;
                // A colon would make a key of it.
                if after < end && self.bytes[after] == b':' {
                    return None;
                }
                let text = &self.text[start..stop];
                let is_quoted = matches!(quote, b'"' | b'\'');
                let kind = if !is_quoted && matches!(text, "~" | "null") {
                    Kind::Null
                } else {
                    Kind::Scalar(text.to_owned())
                };
                let last = if is_quoted { stop + 1 } else { stop };
                Some((self.node(at, last, kind), after))
            }
        }
    }

    fn flow_mapping(&mut self, open: usize, end: usize) -> Option<(Node, usize)> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut written = Written::default();
        let mut at = self.blanks(open + 1, end);
        if at < end && self.bytes[at] == b'}' {
            return Some((self.node(open, at + 1, Kind::Mapping(entries)), at + 1));
        }
        loop {
            if at == end {
                return None;
            }
            let (key, colon) = self.key(at, end, true)?;
            at = self.blanks(colon + 1, end);
            if at == end || written.find(&entries, &key.text).is_some() {
                return None;
            }
            let (value, after) = self.value(at, end, true)?;
            entries.push((key, value));
            at = self.blanks(after, end);
            match self.bytes[at..end].first()? {
                b',' => at = self.blanks(at + 1, end),
                b'}' => return Some((self.node(open, at + 1, Kind::Mapping(entries)), at + 1)),
                _ => return None,
            }
        }
    }

    fn flow_sequence(&mut self, open: usize, end: usize) -> Option<(Node, usize)> {
        let mut items = Vec::new();
        let mut at = self.blanks(open + 1, end);
        if at < end && self.bytes[at] == b']' {
            return Some((self.node(open, at + 1, Kind::Sequence(items)), at + 1));
        }
        loop {
            if at == end {
                return None;
            }
            let (item, after) = self.value(at, end, true)?;
            items.push(item);
            at = self.blanks(after, end);
            match self.bytes[at..end].first()? {
                b',' => at = self.blanks(at + 1, end),
                b']' => return Some((self.node(open, at + 1, Kind::Sequence(items)), at + 1)),
                _ => return None,
            }
        }
    }

    /// The bytes of a scalar without quotes, and where what follows it begins: the colon of a key, else
    /// right behind it. Nothing where it is of a form only a parser reads.
    fn scalar(&self, at: usize, end: usize, flow: bool) -> Option<((usize, usize), usize)> {
        let line = &self.bytes[at..end];
        match line {
            [quote @ (b'"' | b'\''), rest @ ..] => {
                let length = memchr::memchr(*quote, rest)?;
                let after = at + length + 2;
                let is_plain = memchr::memchr(b'\\', &rest[..length]).is_none()
                    && (after == end || self.bytes[after] != *quote);
                is_plain.then_some(((at + 1, at + 1 + length), after))
            }
            [b'-' | b'?' | b':', next, ..] if !(next.is_ascii_alphanumeric() || *next >= 0x80) => {
                None
            }
            [b'-' | b'?' | b':'] => None,
            // A dash and an ordinal, as in `-1.全年`: a list that lacks a blank.
            [b'-', rest @ ..] if is_ordinal(rest) => None,
            [first, ..] if b",[]{}#&*!|>%@`".contains(first) => None,
            _ => {
                let length = plain(line, flow)?;
                let text = line[..length].trim_ascii_end();
                let is_key = line.get(length) == Some(&b':');
                let after = if is_key { at + length } else { at + text.len() };
                (!text.is_empty()).then_some(((at, at + text.len()), after))
            }
        }
    }
}

/// The signs by which a scalar without quotes may end.
static SIGNS: [bool; 256] = {
    let (mut signs, mut at) = ([false; 256], 0);
    while at < ENDS.len() {
        signs[ENDS[at] as usize] = true;
        at += 1;
    }
    signs
};

const ENDS: [u8; 7] = *b":#,[]{}";

/// How far a scalar without quotes reaches, blanks behind it included.
fn plain(line: &[u8], flow: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = line.get(at) {
        match byte {
            byte if !SIGNS[usize::from(*byte)] => {}
            b':' => match line.get(at + 1) {
                None | Some(b' ') => return Some(at),
                Some(b',' | b'[' | b']' | b'{' | b'}') if flow => return None,
                _ => {}
            },
            b'#' if at > 0 && line[at - 1] == b' ' => return Some(at),
            b',' | b']' | b'}' if flow => return Some(at),
            b'[' | b'{' if flow => return None,
            _ => {}
        }
        at += 1;
    }
    Some(at)
}
/// Whether words begin with digits and a sign that numbers do not go on with.
fn is_ordinal(words: &[u8]) -> bool {
    let digits = words.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match &words[digits..] {
        [b'.', next, ..] => digits > 0 && !next.is_ascii_digit(),
        [b')', ..] => digits > 0,
        [first, ..] => digits > 0 && *first >= 0x80,
        [] => false,
    }
}
