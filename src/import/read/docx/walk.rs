//! The blocks of a part of a document → paragraphs and tables, as somebody sees them who has the
//! changes shown as taken.

use super::fields::Fields;
use super::numbering::Numbering;
use super::styles::Styles;
use super::tags::{Next, Space, Tag, Tags};
use crate::import::document::{Cell, Doubt, Grid, LeftOut, Origin, Refusal, Why};
use crate::import::read::cells::{cell, left_out, worse};
use crate::import::read::rectangle::{Placed, filled};

/// No disclosure has more cells and paragraphs.
pub(super) const MOST_PIECES: usize = 300_000;

/// No disclosure has a longer text, in bytes.
pub(super) const MOST_TEXT: usize = 16 << 20;

/// No table is wider; what a cell claims is bounded with it.
const WIDEST: usize = 1024;

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
    tables: usize,
    paragraphs: usize,
}

/// A table as it is read.
struct Table {
    number: usize,
    rows: usize,
    placed: Vec<Placed>,
    /// The cells that go on below: where they begin in `placed`, by column.
    open: Vec<(usize, usize)>,
    /// What stands in its cells and is no text of theirs.
    inner: Vec<Piece>,
}

#[derive(Default)]
struct RowLook {
    before: usize,
    hidden: Option<Why>,
    is_tracked: bool,
}

#[derive(Default)]
struct CellLook {
    columns: usize,
    goes_on: Option<bool>,
    joins_left: bool,
    is_tracked: bool,
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

    fn block(&mut self, tag: &Tag, pieces: &mut Vec<Piece>) {
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

    fn refuse(&mut self, refusal: Refusal) {
        self.xml.refuse(refusal);
    }

    fn table(&mut self, pieces: &mut Vec<Piece>) {
        self.tables += 1;
        let outer = self.place.clone();
        let mut table = Table {
            number: self.tables,
            rows: 0,
            placed: Vec::new(),
            open: Vec::new(),
            inner: Vec::new(),
        };
        self.each(|walk, tag| walk.table_part(tag, &mut table));
        self.place = outer;
        let origin = Origin { table: table.number, ..Origin::default() };
        match filled(table.number, table.rows, table.placed, &mut self.pieces) {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) => pieces.push(Piece::Grid(Grid { origin, rows, ..Grid::default() })),
            Err(refusal) => self.refuse(refusal),
        }
        pieces.append(&mut table.inner);
    }

    fn table_part(&mut self, tag: &Tag, table: &mut Table) {
        match tag.word() {
            "tr" => self.row(table),
            "" | "sdt" | "ins" | "moveTo" | "del" | "moveFrom" | "customXml" => {
                self.wrapped(tag, |walk, tag| walk.table_part(tag, table));
            }
            _ => self.xml.skip(),
        }
    }

    fn row(&mut self, table: &mut Table) {
        let mut look = RowLook::default();
        let mut column = 0;
        let mut aside = None;
        let was_open = std::mem::take(&mut table.open);
        self.place = Origin { table: table.number, row: table.rows + 1, ..Origin::default() };
        self.each(|walk, tag| match tag.word() {
            "trPr" => {
                look = walk.row_look();
                column = look.before;
                if look.hidden.is_some() && walk.aside.is_none() {
                    aside = look.hidden;
                    walk.aside = Some(String::new());
                }
            }
            _ => walk.row_part(tag, table, &was_open, (&mut column, look.is_tracked)),
        });
        if let Some(why) = aside {
            let text = self.aside.take().unwrap_or_default();
            self.leave_out(&text, why);
        }
        if look.hidden.is_some() || self.aside.is_some() {
            table.open = was_open;
            return;
        }
        table.rows += 1;
    }

    fn row_look(&mut self) -> RowLook {
        let mut look = RowLook::default();
        self.each(|walk, tag| {
            match tag.word() {
                "gridBefore" => look.before = tag.number().unwrap_or(0).min(WIDEST),
                "del" | "moveFrom" => look.hidden = Some(Why::Deleted),
                "hidden" if tag.is_on() => look.hidden = look.hidden.or(Some(Why::HiddenRow)),
                "ins" | "moveTo" => look.is_tracked = true,
                _ => {}
            }
            walk.xml.skip();
        });
        look
    }

    fn row_part(
        &mut self,
        tag: &Tag,
        table: &mut Table,
        was_open: &[(usize, usize)],
        (column, is_tracked): (&mut usize, bool),
    ) {
        match tag.word() {
            "tc" => {
                self.place.column = *column + 1;
                let (look, mut cell) = self.cell(&mut table.inner);
                if is_tracked || look.is_tracked {
                    cell.doubt = worse(cell.doubt, Some(Doubt::Tracked));
                }
                if self.aside.is_none() {
                    self.place_cell(table, was_open, (*column, &look), cell);
                }
                *column = (*column + look.columns).min(WIDEST);
            }
            "" | "sdt" | "ins" | "moveTo" | "del" | "moveFrom" | "customXml" => {
                self.wrapped(tag, |walk, tag| {
                    walk.row_part(tag, table, was_open, (&mut *column, is_tracked));
                });
            }
            _ => self.xml.skip(),
        }
    }

    /// Puts a cell into the table, or lengthens the one above or beside it.
    fn place_cell(
        &mut self,
        table: &mut Table,
        was_open: &[(usize, usize)],
        (column, look): (usize, &CellLook),
        cell: Cell,
    ) {
        let above = was_open.iter().find(|(at, _)| *at == column).map(|(_, index)| *index);
        let joined = match (look.goes_on, above) {
            (Some(true), Some(index)) => {
                table.placed[index].cell.span.0 += 1;
                table.open.push((column, index));
                true
            }
            _ if look.joins_left => {
                let left = table.placed.last_mut().filter(|left| left.row == table.rows);
                left.map(|left| left.cell.span.1 += look.columns).is_some()
            }
            _ => false,
        };
        if joined {
            self.leave_out(&cell.text, Why::HiddenText);
            return;
        }
        if look.goes_on.is_some() {
            table.open.push((column, table.placed.len()));
        }
        self.spend(1, 0);
        let cell = Cell { span: (1, look.columns), ..cell };
        table.placed.push(Placed { row: table.rows, column, cell });
    }

    fn cell(&mut self, inner: &mut Vec<Piece>) -> (CellLook, Cell) {
        let mut look = CellLook { columns: 1, ..CellLook::default() };
        let mut pieces = Vec::new();
        let place = self.place.clone();
        self.each(|walk, tag| match tag.word() {
            "tcPr" => look = walk.cell_look(),
            _ => {
                walk.place = place.clone();
                walk.block(tag, &mut pieces);
            }
        });
        self.place = place;
        (look, self.cell_of(pieces, inner))
    }

    fn cell_look(&mut self) -> CellLook {
        let mut look = CellLook { columns: 1, ..CellLook::default() };
        self.each(|walk, tag| {
            match tag.word() {
                "gridSpan" => look.columns = tag.number().unwrap_or(1).clamp(1, WIDEST),
                "vMerge" => look.goes_on = Some(tag.value().as_deref() != Some("restart")),
                "hMerge" => look.joins_left = tag.value().as_deref() != Some("restart"),
                "cellIns" | "cellDel" | "cellMerge" => look.is_tracked = true,
                _ => {}
            }
            walk.xml.skip();
        });
        look
    }

    /// The paragraphs of a cell as its text; tables and boxes in it follow the table.
    fn cell_of(&mut self, pieces: Vec<Piece>, inner: &mut Vec<Piece>) -> Cell {
        let mut text = String::new();
        let (mut doubt, mut indent, mut is_open) = (None, None, true);
        for piece in pieces {
            let Piece::Paragraph(mut paragraph) = piece else {
                inner.push(piece);
                continue;
            };
            if !is_open {
                text.push('\n');
            }
            is_open = paragraph.is_open;
            text.push_str(&paragraph.text);
            doubt = worse(doubt, paragraph.doubt);
            indent = indent.or((!paragraph.text.is_empty()).then_some(paragraph.indent));
            inner.append(&mut paragraph.boxes);
        }
        let text = text.trim_start_matches('\n');
        Cell { doubt, indent: indent.unwrap_or_default(), ..cell(text, Origin::default()) }
    }
}
