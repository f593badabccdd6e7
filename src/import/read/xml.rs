//! The XML of an office program → its elements and its text, one after the other. Nothing is
//! expanded, and nesting is bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use crate::import::document::Refusal;

/// No office program nests so deep.
const DEEPEST: usize = 200;

/// A reader of elements. What is wrong with the text ends it and stands in `finish`.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    wrong: Option<String>,
}

/// What stands next.
pub(super) enum Node<'a> {
    /// An element begins; one without content ends right away.
    Open(Element<'a>),
    /// An element ends.
    Close(End<'a>),
    /// Text, its references resolved.
    Text(Cow<'a, str>),
}

/// An element and its attributes.
pub(super) struct Element<'a>(BytesStart<'a>);

/// The end of an element.
pub(super) struct End<'a>(BytesEnd<'a>);

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, wrong: None }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The next element or text; nothing at the end and where the text is broken.
    pub(super) fn next(&mut self) -> Option<Node<'a>> {
        while self.wrong.is_none() {
            match self.reader.read_event() {
                Ok(Event::Start(start)) if self.depth < DEEPEST => {
                    self.depth = self.depth.saturating_add(1);
                    return Some(Node::Open(Element(start)));
                }
                Ok(Event::Start(_)) => {
                    self.wrong = Some(format!("more than {DEEPEST} elements inside each other"));
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Node::Close(End(end)));
                }
                Ok(Event::Text(text)) => {
                    return Some(Node::Text(newlines(text.into_inner())));
                }
                Ok(Event::CData(text)) => return Some(Node::Text(newlines(text.into_inner()))),
                Ok(Event::GeneralRef(reference)) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Cow::Owned(character.to_string()),
                        _ => Cow::Borrowed(
                            resolve_predefined_entity(&reference).unwrap_or("\u{fffd}"),
                        ),
                    };
                    return Some(Node::Text(text));
                }
                Ok(Event::Eof) if self.depth == 0 => return None,
                Ok(Event::Eof) => self.wrong = Some("the text ends within an element".to_owned()),
                Ok(_) => {}
                Err(error) => self.wrong = Some(error.to_string()),
            }
        }
        None
    }

    /// The text up to the end of the element that was opened last, of all elements inside.
    pub(super) fn inner_text(&mut self) -> String {
        let (outer, mut text) = (self.depth, String::new());
        while let Some(node) = self.next() {
            match node {
                Node::Text(part) => text.push_str(&part),
                Node::Close(_) if self.depth < outer => break,
                Node::Open(_) | Node::Close(_) => {}
            }
        }
        text
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) {
        let outer = self.depth;
        while let Some(node) = self.next() {
            if matches!(node, Node::Close(_)) && self.depth < outer {
                break;
            }
        }
    }

    /// An error names the part whose text cannot be read as XML.
    pub(super) fn finish(self, part: &str) -> Result<(), Refusal> {
        self.wrong.map_or(Ok(()), |wrong| Err(Refusal::Broken(format!("{part}: {wrong}"))))
    }
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its prefix; empty if it has none.
    pub(super) fn prefix(&self) -> &str {
        self.0.name().prefix().map_or("", |prefix| prefix.into_inner())
    }

    /// The prefixes it declares, each with the name of its vocabulary.
    pub(super) fn vocabularies(&self) -> Vec<(String, String)> {
        if !self.0.attributes_raw().contains("xmlns") {
            return Vec::new();
        }
        let mut attributes = self.0.attributes();
        let declared = attributes.with_checks(false).flatten().filter_map(|attribute| {
            let prefix = attribute.key.0.strip_prefix("xmlns")?;
            let prefix = prefix.strip_prefix(':').or(prefix.is_empty().then_some(prefix))?;
            Some((prefix.to_owned(), attribute.value.into_owned()))
        });
        declared.collect()
    }

    /// An attribute, by its name with prefix, or by its name alone whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let is_asked =
            |key: &str| key == name || !name.contains(':') && key.rsplit(':').next() == Some(name);
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let found = attributes.into_iter().find(|one| is_asked(one.key.0))?;
        if !found.value.contains(['&', '\n', '\r', '\t']) {
            return Some(found.value);
        }
        let value = found.normalized_value(XmlVersion::Implicit1_0).map(Cow::into_owned);
        Some(value.map_or(Cow::Owned(found.value.into_owned()), Cow::Owned))
    }

    /// Several attributes by their full names (prefix included), looked up in one pass; those with references in them are looked up apart.
    pub(super) fn all<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'_, str>>; N] {
        let mut found = [const { None }; N];
        for one in self.0.attributes().with_checks(false).flatten() {
            let Some(at) = names.iter().position(|name| *name == one.key.0) else { continue };
            let is_plain = !one.value.contains(['&', '\n', '\r', '\t']);
            found[at] = if is_plain { Some(one.value) } else { self.get(names[at]) };
        }
        found
    }

    /// An attribute that is a whole number.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn is_on(&self, name: &str) -> bool {
        matches!(self.get(name).as_deref(), Some("1" | "true" | "on"))
    }
}

impl End<'_> {
    /// The name of the element without prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// Every line end as one.
fn newlines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text }
}

/// A text without the line ends and blanks that set its XML out. Blanks alone stay: some programs show
/// them, and they tell how deep a row stands.
pub(super) fn without_layout(text: &str) -> &str {
    let bare = text.trim_matches([' ', '\t', '\n']);
    let start = text.len() - text.trim_start_matches([' ', '\t', '\n']).len();
    let end = start + bare.len();
    let is_laid_out = |blanks: &str| blanks.contains('\n');
    let from = if is_laid_out(&text[..start]) { start } else { 0 };
    let to = if is_laid_out(&text[end..]) { end } else { text.len() };
    &text[from..to]
}
