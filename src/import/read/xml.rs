//! A part of an office file → its elements one by one, never more in memory than one of them, and
//! never deeper or longer than a disclosure can be. After a mistake there are no more elements.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use crate::import::document::Refusal;

/// No part of a disclosure is larger, unpacked.
const LARGEST_PART: u64 = 96 << 20;

/// No element's text or attributes are larger.
const LARGEST_PIECE: usize = 4 << 20;

/// No element stands in more others.
const DEEPEST: usize = 256;

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
pub(super) struct Tag {
    pub(super) space: Space,
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The attribute `val`.
    pub(super) fn value(&self) -> Option<&str> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number<N: std::str::FromStr>(&self) -> Option<N> {
        self.value()?.parse().ok()
    }

    /// Whether a property that needs no value is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }

    /// The name of an element of Word; empty for others.
    pub(super) fn word(&self) -> &str {
        if self.space == Space::Word { &self.name } else { "" }
    }
}

/// What comes next.
pub(super) enum Next {
    Start(Tag),
    End,
    Text(String),
}

/// The elements of a part.
pub(super) struct Xml<'a> {
    reader: NsReader<Bounded<'a>>,
    buffer: Vec<u8>,
    depth: usize,
    /// Why there are no more elements.
    pub(super) refusal: Option<Refusal>,
}

impl<'a> Xml<'a> {
    /// The elements of a part.
    pub(super) fn new(part: impl Read + 'a) -> Xml<'a> {
        let inner: Box<dyn BufRead + 'a> = Box::new(BufReader::with_capacity(1 << 16, part));
        let mut reader =
            NsReader::from_reader(Bounded { inner, left: LARGEST_PART, piece: LARGEST_PIECE });
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, buffer: Vec::new(), depth: 0, refusal: None }
    }

    /// The next element, text or end; `End` for ever after the last.
    pub(super) fn next(&mut self) -> Next {
        loop {
            if self.refusal.is_some() {
                return Next::End;
            }
            self.buffer.clear();
            self.reader.get_mut().piece = LARGEST_PIECE;
            let event = match self.reader.read_resolved_event_into(&mut self.buffer) {
                Ok((space, Event::Start(start))) => {
                    let space = space_of(&space);
                    match tag(space, &start) {
                        Some(tag) => Ok(Some(Next::Start(tag))),
                        None => Err("an attribute cannot be read".to_owned()),
                    }
                }
                Ok((_, Event::End(_))) => Ok(Some(Next::End)),
                Ok((_, Event::Text(text))) => Ok(Some(Next::Text(text.xml10_content().into_owned()))),
                Ok((_, Event::CData(text))) => {
                    Ok(Some(Next::Text(text.xml10_content().into_owned())))
                }
                Ok((_, Event::GeneralRef(entity))) => match character(&entity) {
                    Some(text) => Ok(Some(Next::Text(text))),
                    None => Err(format!("&{};", &*entity)),
                },
                Ok((_, Event::Eof)) if self.depth > 0 => Err("it ends within an element".to_owned()),
                Ok((_, Event::Eof)) => return Next::End,
                Ok(_) => Ok(None),
                Err(error) => Err(error.to_string()),
            };
            match event {
                Ok(None) => {}
                Ok(Some(next)) => {
                    if let Some(next) = self.counted(next) {
                        return next;
                    }
                }
                Err(error) => self.refuse(error),
            }
        }
    }

    fn counted(&mut self, next: Next) -> Option<Next> {
        match next {
            Next::Start(_) => self.depth += 1,
            Next::End => self.depth = self.depth.saturating_sub(1),
            Next::Text(_) => {}
        }
        if self.depth > DEEPEST {
            self.refuse(format!("more than {DEEPEST} elements in one another"));
            return None;
        }
        Some(next)
    }

    fn refuse(&mut self, error: String) {
        let bounds = self.reader.get_mut();
        self.refusal = Some(if bounds.left == 0 || bounds.piece == 0 {
            let allowed = if bounds.left == 0 { LARGEST_PART } else { LARGEST_PIECE as u64 };
            Refusal::TooLarge(allowed + 1, allowed)
        } else {
            Refusal::Broken(error)
        });
    }

    /// The next beginning of an element, however deep; nothing behind the last.
    pub(super) fn next_start(&mut self) -> Option<Tag> {
        loop {
            match self.next() {
                Next::Start(tag) => return Some(tag),
                Next::End if self.depth == 0 => return None,
                Next::End | Next::Text(_) => {}
            }
            if self.refusal.is_some() {
                return None;
            }
        }
    }

    /// Passes over the rest of an element that has begun.
    pub(super) fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 && self.refusal.is_none() {
            match self.next() {
                Next::Start(_) => depth += 1,
                Next::End => depth -= 1,
                Next::Text(_) => {}
            }
        }
    }

    /// The text of an element that has begun, with that of all elements in it.
    pub(super) fn text(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 1;
        while depth > 0 && self.refusal.is_none() {
            match self.next() {
                Next::Start(_) => depth += 1,
                Next::End => depth -= 1,
                Next::Text(piece) => text.push_str(&piece),
            }
        }
        text
    }

    /// Calls for each child of an element that has begun. What is called takes the child to its end.
    pub(super) fn children(&mut self, mut each: impl FnMut(&mut Self, Tag)) {
        loop {
            match self.next() {
                Next::Start(tag) => each(self, tag),
                Next::End => return,
                Next::Text(_) => {}
            }
        }
    }
}

fn space_of(space: &ResolveResult) -> Space {
    let ResolveResult::Bound(name) = space else { return Space::Other };
    match name.as_ref() {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        _ => Space::Other,
    }
}

fn tag(space: Space, start: &BytesStart) -> Option<Tag> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Some(Tag { space, name: start.local_name().as_ref().to_owned(), attributes })
}

fn character(entity: &quick_xml::events::BytesRef) -> Option<String> {
    if entity.is_char_ref() {
        return entity.resolve_char_ref().ok()?.map(String::from);
    }
    quick_xml::escape::resolve_xml_entity(entity).map(str::to_owned)
}

/// A reader that stops where a part is too large.
struct Bounded<'a> {
    inner: Box<dyn BufRead + 'a>,
    left: u64,
    piece: usize,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 || self.piece == 0 {
            return Err(io::Error::other("too large"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, read: usize) {
        self.left = self.left.saturating_sub(read as u64);
        self.piece = self.piece.saturating_sub(read);
        self.inner.consume(read);
    }
}
