//! The blocks of a part of a document → paragraphs and tables, as somebody sees them who has the
//! changes shown as taken.

use super::fields::Fields;
use super::numbering::Numbering;
use super::styles::Styles;
use super::tags::{Next, Space, Tag, Tags};
use crate::import::document::{Doubt, Grid, LeftOut, Origin, Refusal, Why};
use crate::import::read::cells::left_out;

/// No disclosure has more cells and paragraphs.
pub(super) const MOST_PIECES: usize = 100_000;

/// No disclosure has a longer text, in bytes.
pub(super) const MOST_TEXT: usize = 16 << 20;

/// Something that follows in a text.
pub(super) enum Piece {
    Paragraph(Paragraph),
    Grid(Grid),
}

/// A paragraph as it is read.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) doubt: Option<Doubt>,
    pub(super) heading: Option<u8>,
    pub(super) indent: u32,
    pub(super) origin: Origin,
    /// Whether it is a line of the table of contents.
    pub(super) is_contents: bool,
    /// Whether the next one follows on its line.
    pub(super) is_open: bool,
    /// What stands in boxes that are fixed to it.
    pub(super) boxes: Vec<Piece>,
}

/// Where reading is.
pub(super) struct Walk<'a, 'x> {
    pub(super) xml: &'x mut Tags<'a>,
    pub(super) styles: &'x Styles,
    pub(super) numbering: &'x mut Numbering,
    pub(super) fields: Fields,
    pub(super) left_out: Vec<LeftOut>,
    /// Where it stands: the paragraph, or the cell.
    pub(super) place: Origin,
    /// How many insertions are open.
    pub(super) tracked: usize,
    /// The words that are left out while any are.
    pub(super) aside: Option<String>,
    /// How many more pieces and bytes of text there may be.
    pub(super) pieces: usize,
    pub(super) text: usize,
    pub(super) tables: usize,
    paragraphs: usize,
}

impl<'a, 'x> Walk<'a, 'x> {
    pub(super) fn new(
        xml: &'x mut Tags<'a>,
        styles: &'x Styles,
        numbering: &'x mut Numbering,
    ) -> Self {
        Walk {
            xml,
            styles,
            numbering,
            fields: Fields::default(),
            left_out: Vec::new(),
            place: Origin::default(),
            tracked: 0,
            aside: None,
            pieces: MOST_PIECES,
            text: MOST_TEXT,
            tables: 0,
            paragraphs: 0,
        }
    }

    /// Calls for each child of an element that has begun. What is called takes the child to its end.
    pub(super) fn each(&mut self, mut each: impl FnMut(&mut Self, &Tag)) {
        loop {
            match self.xml.next() {
                Next::Start(tag) => each(self, &tag),
                Next::End => return,
                Next::Text(_) => {}
            }
        }
    }

    /// Reads the blocks of an element that has begun.
    pub(super) fn blocks(&mut self, pieces: &mut Vec<Piece>) {
        self.each(|walk, tag| walk.block(tag, pieces));
    }

    pub(super) fn block(&mut self, tag: &Tag, pieces: &mut Vec<Piece>) {
        match tag.word() {
            "p" => {
                if self.place.table == 0 {
                    self.paragraphs += 1;
                    self.place.row = self.paragraphs;
                }
                let paragraph = self.paragraph();
                self.spend(1, 0);
                pieces.push(Piece::Paragraph(paragraph));
            }
            "tbl" => self.table(pieces),
            "altChunk" => {
                self.leave_out("altChunk", Why::Beside);
                self.xml.skip();
            }
            "" | "sdt" | "ins" | "moveTo" | "del" | "moveFrom" | "customXml" | "smartTag" => {
                self.wrapped(tag, |walk, tag| walk.block(tag, pieces));
            }
            _ => self.xml.skip(),
        }
    }

    /// Reads what an element wraps, which `each` takes one by one, as far as it is to be read.
    pub(super) fn wrapped(&mut self, tag: &Tag, mut each: impl FnMut(&mut Self, &Tag)) {
        match (tag.space, tag.name()) {
            (Space::Word, "sdt") => self.control(&mut each),
            (Space::Word, "ins" | "moveTo") => {
                self.tracked += 1;
                self.each(each);
                self.tracked -= 1;
            }
            (Space::Word, "del" | "moveFrom") => {
                self.set_aside(Why::Deleted, |walk| walk.each(each));
            }
            (Space::Word, _) => self.each(each),
            (Space::Compatibility, "AlternateContent") => self.alternatives(&mut each),
            _ => self.xml.skip(),
        }
    }

    /// Reads the first of several forms of the same thing.
    fn alternatives(&mut self, each: &mut impl FnMut(&mut Self, &Tag)) {
        let mut is_read = false;
        self.each(|walk, _| {
            if std::mem::replace(&mut is_read, true) {
                walk.xml.skip();
            } else {
                walk.each(&mut *each);
            }
        });
    }

    /// A content control. What it shows until somebody fills it in is no content.
    fn control(&mut self, each: &mut impl FnMut(&mut Self, &Tag)) {
        let mut is_placeholder = false;
        self.each(|walk, tag| match tag.word() {
            "sdtPr" => walk.each(|walk, tag| {
                is_placeholder |= tag.word() == "showingPlcHdr" && tag.is_on();
                walk.xml.skip();
            }),
            "sdtContent" if is_placeholder => {
                walk.set_aside(Why::Beside, |walk| walk.each(&mut *each));
            }
            "sdtContent" => walk.each(&mut *each),
            _ => walk.xml.skip(),
        });
    }

    /// Reads words that are left out; those within words left out belong to them.
    pub(super) fn set_aside(&mut self, why: Why, read: impl FnOnce(&mut Self)) {
        let is_outer = self.aside.is_none();
        self.aside.get_or_insert_default();
        read(self);
        if is_outer {
            let text = self.aside.take().unwrap_or_default();
            self.leave_out(&text, why);
        }
    }

    pub(super) fn leave_out(&mut self, text: &str, why: Why) {
        if !text.trim().is_empty() {
            self.spend(1, 0);
            self.left_out.push(left_out(text, why, self.place.clone()));
        }
    }

    /// Takes pieces and bytes of text from what there may be.
    pub(super) fn spend(&mut self, pieces: usize, text: usize) {
        match (self.pieces.checked_sub(pieces), self.text.checked_sub(text)) {
            (Some(pieces), Some(text)) => (self.pieces, self.text) = (pieces, text),
            (None, _) => self.refuse(Refusal::TooMany(MOST_PIECES as u64 + 1, MOST_PIECES as u64)),
            (_, None) => self.refuse(Refusal::TooLarge(MOST_TEXT as u64 + 1, MOST_TEXT as u64)),
        }
    }

    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.xml.refuse(refusal);
    }
}
