//! A table of a document → a grid: rows that are hidden or deleted left out, merged cells filled.

use super::tags::Tag;
use super::walk::{Piece, Walk};
use crate::import::document::{Cell, Doubt, Grid, Origin, Why};
use crate::import::read::cells::{cell, worse};
use crate::import::read::rectangle::{Placed, filled};

/// No table is wider; what a cell claims is bounded with it.
const WIDEST: usize = 1024;

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

impl Walk<'_, '_> {
    /// Reads a table that has begun.
    pub(super) fn table(&mut self, pieces: &mut Vec<Piece>) {
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
        self.each(|walk, tag| {
            if tag.word() == "tcPr" {
                look = walk.cell_look();
            } else {
                walk.place = place.clone();
                walk.block(tag, &mut pieces);
            }
        });
        self.place = place;
        (look, cell_of(pieces, inner))
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
}

/// The paragraphs of a cell as its text; tables and boxes in it follow the table.
fn cell_of(pieces: Vec<Piece>, inner: &mut Vec<Piece>) -> Cell {
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
