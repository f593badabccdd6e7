//! The elements of a part of a document, by the vocabulary they belong to, whatever prefix a program
//! gives it. After a refusal there are no more.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::import::document::Refusal;
use crate::import::read::xml::{Element, Node, Xml};

/// No text of a document stands in one piece that is longer, in bytes.
const LONGEST: usize = 4 << 20;

/// Whose words an element's name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Word's, strict and transitional.
    Word,
    /// The alternatives of one thing.
    Compatibility,
    /// Formulas.
    Math,
    /// Anybody else's.
    Other,
}

/// The beginning of an element.
pub(super) struct Tag<'a> {
    pub(super) space: Space,
    element: Element<'a>,
}

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.element.name()
    }

    /// The name of an element of Word; empty for others.
    pub(super) fn word(&self) -> &str {
        if self.space == Space::Word { self.name() } else { "" }
    }

    /// An attribute's value, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        self.element.get(name)
    }

    /// The attribute `val`.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val").map(Cow::into_owned)
    }

    /// The attribute `val` as a number.
    pub(super) fn number<N: std::str::FromStr>(&self) -> Option<N> {
        self.attribute("val")?.parse().ok()
    }

    /// Whether a property that needs no value is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// Whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        self.element.is_on(name)
    }
}

/// What comes next.
pub(super) enum Next<'a> {
    Start(Tag<'a>),
    End,
    Text(Cow<'a, str>),
}

/// The elements of a part.
pub(super) struct Tags<'a> {
    xml: Xml<'a>,
    spaces: BTreeMap<String, Space>,
    refusal: Option<Refusal>,
    is_over: bool,
}

impl<'a> Tags<'a> {
    pub(super) fn new(text: &'a str) -> Tags<'a> {
        Tags { xml: Xml::new(text), spaces: BTreeMap::new(), refusal: None, is_over: false }
    }

    /// Reads no more; the first reason stays.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.refusal.get_or_insert(refusal);
        self.is_over = true;
    }

    /// Says what was wrong with a part.
    pub(super) fn finish(self, part: &str) -> Result<(), Refusal> {
        self.refusal.map_or_else(|| self.xml.finish(part), Err)
    }

    /// The next element, text or end; `End` for ever after the last.
    pub(super) fn next(&mut self) -> Next<'a> {
        if self.is_over {
            return Next::End;
        }
        match self.xml.next() {
            Some(Node::Open(element)) => {
                for (prefix, name) in element.vocabularies() {
                    self.spaces.insert(prefix, space_of(&name));
                }
                let space = self.spaces.get(element.prefix()).copied().unwrap_or(Space::Other);
                Next::Start(Tag { space, element })
            }
            Some(Node::Text(text)) if text.len() > LONGEST => {
                self.refuse(Refusal::TooLarge(text.len() as u64, LONGEST as u64));
                Next::End
            }
            Some(Node::Text(text)) => Next::Text(text),
            Some(Node::Close(_)) => Next::End,
            None => {
                self.is_over = true;
                Next::End
            }
        }
    }

    /// The next beginning of an element, however deep; nothing behind the last.
    pub(super) fn next_start(&mut self) -> Option<Tag<'a>> {
        loop {
            match self.next() {
                Next::Start(tag) => return Some(tag),
                Next::End if self.is_over => return None,
                Next::End | Next::Text(_) => {}
            }
        }
    }

    /// Passes over the rest of an element that has begun.
    pub(super) fn skip(&mut self) {
        self.xml.skip();
    }

    /// The text of an element that has begun, with that of all elements in it.
    pub(super) fn text(&mut self) -> String {
        let (mut text, mut depth) = (String::new(), 1);
        while depth > 0 && !self.is_over {
            match self.next() {
                Next::Start(_) => depth += 1,
                Next::End => depth -= 1,
                Next::Text(piece) => text.push_str(&piece),
            }
        }
        text
    }

    /// Calls for each child of an element that has begun. What is called takes the child to its end.
    pub(super) fn children(&mut self, mut each: impl FnMut(&mut Self, Tag<'a>)) {
        loop {
            match self.next() {
                Next::Start(tag) => each(self, tag),
                Next::End => return,
                Next::Text(_) => {}
            }
        }
    }
}

fn space_of(name: &str) -> Space {
    match name {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        _ => Space::Other,
    }
}
