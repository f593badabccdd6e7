//! The strings that cells share, and the text of one → plain text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::import::document::Refusal;

use super::super::sheet::limit;
use super::super::xml::{Element, Node, Xml, without_layout};

/// No workbook that is read has more texts that cells share.
const MOST_STRINGS: usize = 1_000_000;

/// The strings that cells share, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Strings {
    texts: Vec<String>,
    /// The numbers of those in which words are struck out.
    struck: BTreeSet<usize>,
}

impl Strings {
    /// The text of a number, and whether words in it are struck out.
    pub(super) fn get(&self, index: usize) -> Option<(&str, bool)> {
        Some((self.texts.get(index)?, self.struck.contains(&index)))
    }
}

/// Reads the shared strings.
pub(super) fn read(text: &str) -> Result<Strings, Refusal> {
    let mut xml = Xml::new(text);
    let mut strings = Strings::default();
    while let Some(node) = xml.next() {
        if let Node::Open(element) = node
            && element.name() == "si"
        {
            let (text, is_struck) = runs(&mut xml);
            if is_struck {
                strings.struck.insert(strings.texts.len());
            }
            strings.texts.push(text);
            limit(strings.texts.len(), MOST_STRINGS)?;
        }
    }
    xml.finish("sharedStrings.xml")?;
    Ok(strings)
}

/// The text of the element that was opened last, its runs joined; how words are pronounced, which
/// stands beside them, is left out. And whether one of them is struck out.
pub(super) fn runs(xml: &mut Xml) -> (String, bool) {
    let (outer, mut all) = (xml.depth(), String::new());
    let (mut is_run_struck, mut is_struck) = (false, false);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) if element.name() == "rPh" => xml.skip(),
            Node::Open(element) if element.name() == "r" => is_run_struck = false,
            Node::Open(element) if element.name() == "strike" => is_run_struck = is_set(&element),
            Node::Open(element) if element.name() == "t" => {
                let is_kept = element.get("xml:space").as_deref() == Some("preserve");
                let text = xml.inner_text();
                all.push_str(&unescaped(if is_kept { &text } else { without_layout(&text) }));
                is_struck |= is_run_struck && !text.trim().is_empty();
            }
            Node::Close(_) if xml.depth() < outer => break,
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
    (all, is_struck)
}

/// Whether a property of a font is on, which it is unless it says otherwise.
pub(super) fn is_set(element: &Element) -> bool {
    !matches!(element.get("val").as_deref(), Some("0" | "false"))
}

/// `_x000D_` stands for a character that XML cannot hold (ECMA-376, part 1, 22.9.2.19).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut rest = text;
    let mut all = String::with_capacity(text.len());
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(character) = code.and_then(char::from_u32) {
            all.push_str(&rest[..at]);
            // A line end of two characters is one.
            if character != '\r' {
                all.push(character);
            }
            rest = &rest[at + 7..];
        } else {
            all.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
        }
    }
    all.push_str(rest);
    Cow::Owned(all)
}
