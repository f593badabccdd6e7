//! A page → its lines, headings with their level, and tables, as a browser shows them. Tags, references
//! and texts are told apart by html5ever; where an element ends that the author left open is worked
//! out here, for the few that matter, so that no page takes more time or memory than its length.

mod kind;
mod look;
mod table;

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
};

use self::kind::ElementKind;
use self::look::{Hides, Look, attribute};
use self::table::OpenTable;
use super::cells::{left_out, raised, worse};
use crate::encoding;
use crate::import::document::{Block, Document, Doubt, Line, Origin, Refusal, Why};

/// No page has more elements in one another.
const DEEPEST: usize = 120;

/// No page of a disclosure has more lines and cells.
const MOST_PIECES: usize = 80_000;

/// No page of a disclosure is longer, in bytes.
const LONGEST: usize = 4 << 20;

/// No tag has more attributes.
const MOST_ATTRIBUTES: usize = 5000;

/// How much of a page may say what it is written in.
const HEAD: usize = 4096;

/// The text of a page in the encoding it names, or the one its bytes look like.
pub(super) fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let is_page = head.trim_start().starts_with('<');
    let named = head.split("charset=").nth(1).filter(|_| is_page).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|sign: char| !sign.is_ascii_alphanumeric() && !"-_".contains(sign)).next()
    });
    let named = named.flatten().and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let has_mark = encoding_rs::Encoding::for_bom(bytes).is_some();
    // Bytes beyond ASCII that are UTF-8 are nothing else, and what a page says of itself is believed
    // only where it makes a text of it.
    let is_utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    match named.filter(|_| !has_mark && !is_utf8) {
        Some(encoding) => {
            let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
            if has_errors { encoding::decoded_text(bytes) } else { Some(text) }
        }
        None => encoding::decoded_text(bytes),
    }
}

/// Whether a text is a page.
pub(super) fn is_likely(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(HEAD).collect::<String>().to_lowercase();
    head.starts_with('<')
        && ["<!doctype html", "<html", "<table", "<body", "<head", "<div", "<meta", "<p"]
            .iter()
            .any(|tag| head.contains(tag))
}

/// Reads a page.
pub(super) fn read(name: &str, text: &str) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    if text.len() > LONGEST {
        document.refusal = Some(Refusal::TooLarge(text.len() as u64, LONGEST as u64));
        return document;
    }
    if has_crowded_tag(text) {
        let reason = format!("a tag with more than {MOST_ATTRIBUTES} attributes");
        document.refusal = Some(Refusal::Broken(reason));
        return document;
    }
    let page = Page { document, hides: Hides::of(text), ..Page::default() };
    let tokenizer =
        Tokenizer::new(Sink(RefCell::new(page)), html5ever::tokenizer::TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(text));
    // A script stops the tokenizer, which goes on behind it.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner();
    page.close_all();
    page.document
}

/// Whether a tag has more attributes than any author writes: the tokenizer compares each with all
/// others. Scripts and styles, which hold no tags, are passed over.
fn has_crowded_tag(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
            continue;
        }
        let raw = ["script", "style"].into_iter().find(|name| {
            rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        let (mut quote, mut count, mut end) = (None, 0, rest.len());
        for (at, sign) in rest.bytes().enumerate() {
            match (quote, sign) {
                (Some(open), _) if open != sign => {}
                (Some(_), _) => quote = None,
                (None, b'"' | b'\'') => quote = Some(sign),
                (None, b'>') => {
                    end = at;
                    break;
                }
                (None, b'/' | b'=' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c') => count += 1,
                _ => {}
            }
        }
        if count > MOST_ATTRIBUTES * 2 {
            return true;
        }
        rest = &rest[end..];
        if let Some(name) = raw {
            rest = rest.find(&format!("</{name}")).map_or("", |at| &rest[at + 2..]);
        }
    }
    false
}

struct Sink(RefCell<Page>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        if page.document.refusal.is_some() {
            return TokenSinkResult::Continue;
        }
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let raw = match &*tag.name {
                    "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                        Some(RawKind::Rawtext)
                    }
                    "title" | "textarea" => Some(RawKind::Rcdata),
                    _ => None,
                };
                page.start(&tag);
                return raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
            }
            TagToken(tag) if tag.kind == EndTag => page.end(&tag.name),
            Token::CharacterTokens(text) => page.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// An element that is open.
struct OpenElement {
    name: LocalName,
    kind: ElementKind,
    /// The number of the next item, in a list that counts.
    counter: Option<u32>,
}

/// A page while it is read.
#[derive(Default)]
struct Page {
    document: Document,
    hides: Hides,
    open: Vec<OpenElement>,
    tables: Vec<OpenTable>,
    /// The words of the line or cell that is open.
    words: Words,
    /// Hidden words, and how many open elements hide them.
    hidden: String,
    hiding: usize,
    /// Whether they are hidden because they stand around the text of the page.
    is_beside: bool,
    /// How many open elements have no words of the page.
    silent: usize,
    heading: Option<u8>,
    count_tables: usize,
    count_lines: usize,
    pieces: usize,
}

/// Words as they are gathered, blanks made one as browsers do.
#[derive(Default)]
struct Words {
    text: String,
    has_gap: bool,
    doubt: Option<Doubt>,
    indent: u32,
}

impl Words {
    fn push(&mut self, text: &str, is_kept: bool) {
        for sign in text.chars() {
            match sign {
                ' ' | '\t' | '\r' | '\n' | '\u{c}' if !is_kept => self.has_gap = true,
                sign => {
                    let is_begun = !self.text.is_empty() && !self.text.ends_with('\n');
                    if std::mem::take(&mut self.has_gap) && is_begun {
                        self.text.push(' ');
                    }
                    self.text.push(if sign == '\u{a0}' { ' ' } else { sign });
                }
            }
        }
    }

    fn break_line(&mut self) {
        self.has_gap = false;
        self.text.push('\n');
    }
}

/// Elements without content.
const VOID: [&str; 13] = [
    "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

impl Page {
    fn start(&mut self, tag: &Tag) {
        let (name, kind) = (&*tag.name, ElementKind::of(&tag.name));
        self.close_before(kind);
        let look = Look::of(tag, &self.hides);
        match name {
            "br" if self.hiding == 0 => self.words.break_line(),
            "img" | "object" => self.picture(tag),
            "input" => self.input(tag, &look),
            _ => {}
        }
        if kind.is_line() {
            self.end_line();
        }
        if VOID.contains(&name) {
            return;
        }
        if self.open.len() >= DEEPEST {
            let reason = format!("more than {DEEPEST} elements in one another");
            self.document.refusal = Some(Refusal::Broken(reason));
            return;
        }
        // Of a list of choices the page shows the one that is taken.
        let is_untaken = kind == ElementKind::Choice && attribute(tag, "selected").is_none();
        let is_beside = self.is_beside(name);
        if self.hiding == 0 {
            self.is_beside = is_beside;
        }
        if self.hiding > 0
            || look.is_hidden
            || is_untaken
            || is_beside
            || kind == ElementKind::Silent
        {
            self.hiding += 1;
        }
        self.silent += usize::from(kind == ElementKind::Silent);
        match kind {
            ElementKind::Table => self.begin_table(),
            ElementKind::Row => self.begin_row(),
            ElementKind::Cell => self.begin_cell(tag),
            ElementKind::Heading(level) => self.heading = Some(level),
            _ => {}
        }
        if self.words.text.is_empty() {
            self.words.indent = self.words.indent.saturating_add(look.indent);
        }
        let start = || attribute(tag, "start").and_then(|at| at.parse().ok()).unwrap_or(1);
        let counter = (name == "ol").then(start);
        self.open.push(OpenElement { name: tag.name.clone(), kind, counter });
        if kind == ElementKind::Item && self.hiding == 0 {
            self.begin_item();
        }
    }

    /// Whether an element holds what stands around the text of a page: the ways to others, its head or its foot.
    /// Within the text a head and a foot are of a part of it.
    fn is_beside(&self, name: &str) -> bool {
        let is_text =
            |open: &OpenElement| matches!(&*open.name, "main" | "article" | "section" | "td");
        name == "nav" || matches!(name, "header" | "footer") && !self.open.iter().any(is_text)
    }

    /// What stands before an item of a list.
    fn begin_item(&mut self) {
        let list =
            self.open.iter_mut().rev().find(|open| matches!(open.name.as_str(), "ol" | "ul"));
        let mark = match list.and_then(|list| list.counter.as_mut()) {
            Some(number) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            None => "- ".to_owned(),
        };
        self.words.push(&mark, true);
    }

    /// Ends elements that another ends by beginning.
    fn close_before(&mut self, kind: ElementKind) {
        let outer = self.open.iter().rposition(|open| open.kind.shields_from(kind));
        let from = outer.map_or(0, |at| at + 1);
        let found = self.open[from..].iter().position(|open| open.kind.is_ended_by(kind));
        if let Some(at) = found {
            self.close_to(from + at);
        }
    }

    /// Ends the innermost element of a name, within the table or the cell that is open.
    fn end(&mut self, name: &LocalName) {
        let is_of_table = ElementKind::of(name).is_of_table();
        let is_shield = |open: &OpenElement| {
            open.kind == ElementKind::Table || open.kind == ElementKind::Cell && !is_of_table
        };
        let found = self.open.iter().rposition(|open| open.name == *name || is_shield(open));
        if let Some(at) = found.filter(|at| self.open[*at].name == *name) {
            self.close_to(at);
        }
    }

    fn close_all(&mut self) {
        self.close_to(0);
        self.end_line();
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            if open.kind.is_line() {
                self.end_line();
            }
            match open.kind {
                ElementKind::Heading(_) => self.heading = None,
                ElementKind::Cell => self.end_cell(),
                ElementKind::Table => self.end_table(),
                ElementKind::Silent => self.silent -= 1,
                _ => {}
            }
            self.hiding = self.hiding.saturating_sub(1);
            if self.hiding == 0 {
                self.end_hidden(open.kind);
            }
        }
    }

    /// Lists hidden words, and marks what they stand beside.
    fn end_hidden(&mut self, kind: ElementKind) {
        if self.hidden.trim().is_empty() {
            return;
        }
        let hidden = std::mem::take(&mut self.hidden);
        if !kind.is_line() && !kind.is_of_table() {
            self.words.doubt = worse(self.words.doubt, Some(Doubt::Hidden));
        }
        let why = match kind {
            _ if self.is_beside => Why::Beside,
            ElementKind::Row => Why::HiddenRow,
            _ => Why::HiddenText,
        };
        self.leave_out(&hidden, why);
    }

    fn leave_out(&mut self, text: &str, why: Why) {
        let origin = self.place();
        self.document.left_out.push(left_out(text, why, origin));
        self.spend();
    }

    fn place(&self) -> Origin {
        match self.tables.last() {
            Some(table) => table.place(),
            None => Origin { row: self.count_lines + 1, ..Origin::default() },
        }
    }

    fn spend(&mut self) {
        self.pieces += 1;
        if self.pieces > MOST_PIECES {
            self.document.refusal = Some(Refusal::TooMany(self.pieces as u64, MOST_PIECES as u64));
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        if self.hiding > 0 {
            self.hidden.push_str(text);
            return;
        }
        let has = |kind: ElementKind| self.open.iter().any(|open| open.kind == kind);
        let is_kept = has(ElementKind::Kept);
        let struck = (!text.trim().is_empty() && has(ElementKind::Struck)).then_some(Doubt::Struck);
        self.words.doubt = worse(self.words.doubt, struck);
        let raise = self
            .open
            .iter()
            .rev()
            .find(|open| matches!(open.kind, ElementKind::Above | ElementKind::Below));
        match raise.map(|open| open.kind == ElementKind::Above) {
            Some(is_above) => self.words.push(&raised(text, is_above), is_kept),
            None => self.words.push(text, is_kept),
        }
    }

    fn picture(&mut self, tag: &Tag) {
        let words = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty());
        if self.hiding == 0
            && let Some(words) = words
        {
            self.leave_out(&words, Why::Picture);
        }
    }

    /// What a field of a form shows.
    fn input(&mut self, tag: &Tag, look: &Look) {
        let kind = attribute(tag, "type").unwrap_or_default().to_lowercase();
        let value = attribute(tag, "value").unwrap_or_default();
        let is_seen = self.hiding == 0 && !look.is_hidden;
        if is_seen && matches!(kind.as_str(), "" | "text" | "number" | "date" | "tel") {
            self.words.push(&value, true);
        }
    }

    /// Takes the words of a line, unless they belong to a cell.
    fn end_line(&mut self) {
        if self.tables.last().is_some_and(OpenTable::is_in_cell) {
            if !self.words.text.is_empty() && !self.words.text.ends_with('\n') {
                self.words.break_line();
            }
            return;
        }
        let words = std::mem::take(&mut self.words);
        for text in words.text.split('\n') {
            let text = text.trim();
            if text.is_empty() || text == "-" {
                continue;
            }
            self.count_lines += 1;
            let origin = Origin { row: self.count_lines, ..Origin::default() };
            let line =
                Line { text: text.to_owned(), heading: self.heading, origin, doubt: words.doubt };
            match self.tables.last_mut() {
                Some(table) => table.keep(Block::Line(line)),
                None => self.document.blocks.push(Block::Line(line)),
            }
            self.spend();
        }
    }
}
