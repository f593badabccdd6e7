//! A table of a page, row by row → a grid; tables in its cells follow it.

use html5ever::tokenizer::Tag;

use super::Page;
use super::look::attribute;
use crate::import::document::{Block, Cell, Grid, Origin};
use crate::import::read::cells::cell;
use crate::import::read::rectangle::{Placed, filled};

/// A cell covers no more columns and rows, as browsers have it.
const WIDEST: usize = 1000;
const LONGEST: usize = 65_534;

/// A table that is open.
pub(super) struct OpenTable {
    number: usize,
    /// How many rows have begun.
    rows: usize,
    placed: Vec<Placed>,
    /// For each column, the row behind the last that a cell above covers.
    covered: Vec<usize>,
    /// The cell that is open.
    cell: Option<Placed>,
    /// What stands in it and in no cell.
    before: Vec<Block>,
    after: Vec<Block>,
    /// The words around it, which go on behind it.
    outer: super::Words,
    /// Whether its row or itself is hidden.
    is_row_hidden: bool,
}

impl OpenTable {
    pub(super) fn is_in_cell(&self) -> bool {
        self.cell.is_some()
    }

    pub(super) fn place(&self) -> Origin {
        let column = self.cell.as_ref().map_or(0, |placed| placed.column + 1);
        Origin { table: self.number, row: self.rows, column, ..Origin::default() }
    }

    /// Takes what stands in a table and in no cell: its caption before it, all else behind it.
    pub(super) fn keep(&mut self, block: Block) {
        if self.rows == 0 { self.before.push(block) } else { self.after.push(block) }
    }
}

impl Page {
    pub(super) fn begin_table(&mut self) {
        if !self.tables.last().is_some_and(OpenTable::is_in_cell) {
            self.end_line();
        }
        self.count_tables += 1;
        self.tables.push(OpenTable {
            number: self.count_tables,
            rows: 0,
            placed: Vec::new(),
            covered: Vec::new(),
            cell: None,
            before: Vec::new(),
            after: Vec::new(),
            outer: std::mem::take(&mut self.words),
            is_row_hidden: false,
        });
    }

    pub(super) fn begin_row(&mut self) {
        let is_hidden = self.hiding > 0;
        if let Some(table) = self.tables.last_mut() {
            table.is_row_hidden = is_hidden;
            if !is_hidden {
                table.rows += 1;
            }
        }
    }

    pub(super) fn begin_cell(&mut self, tag: &Tag) {
        if self.tables.is_empty() {
            return;
        }
        if !self.tables.last().is_some_and(OpenTable::is_in_cell) {
            self.end_line();
        }
        let Some(table) = self.tables.last_mut() else { return };
        // A hidden cell takes no place in its row, and the next one moves up.
        if table.is_row_hidden || self.hiding > 0 {
            return;
        }
        table.rows = table.rows.max(1);
        let row = table.rows - 1;
        let number =
            |name: &str| attribute(tag, name).and_then(|span| span.trim().parse::<usize>().ok());
        let columns = number("colspan").unwrap_or(1).clamp(1, WIDEST);
        let rows = match number("rowspan").unwrap_or(1) {
            // Nought is all rows that follow.
            0 => LONGEST,
            rows => rows.min(LONGEST),
        };
        let last = table.placed.last().filter(|last| last.row == row);
        let mut column = last.map_or(0, |last| last.column + last.cell.span.1);
        while table.covered.get(column).is_some_and(|until| *until > row) {
            column += 1;
        }
        if table.covered.len() < column + columns {
            table.covered.resize(column + columns, 0);
        }
        for until in &mut table.covered[column..column + columns] {
            *until = (*until).max(row + rows);
        }
        let cell = Cell { span: (rows, columns), ..Cell::default() };
        table.cell = Some(Placed { row, column, cell });
        self.words = super::Words::default();
    }

    pub(super) fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(mut placed) = table.cell.take() else { return };
        let words = std::mem::take(&mut self.words);
        let text = words.text.trim_end_matches('\n');
        let span = placed.cell.span;
        placed.cell = Cell {
            span,
            indent: words.indent,
            doubt: words.doubt,
            ..cell(text, Origin::default())
        };
        table.placed.push(placed);
        self.spend();
    }

    pub(super) fn end_table(&mut self) {
        self.end_line();
        let Some(table) = self.tables.pop() else { return };
        self.words = table.outer;
        let mut blocks = table.before;
        let mut budget = super::MOST_PIECES.saturating_sub(self.pieces);
        let before = budget;
        match filled(table.number, table.rows, table.placed, &mut budget) {
            Ok(rows) if rows.iter().all(Vec::is_empty) => {}
            Ok(rows) => {
                let origin = Origin { table: table.number, ..Origin::default() };
                blocks.push(Block::Grid(Grid { origin, rows, ..Grid::default() }));
            }
            Err(refusal) => self.document.refusal = Some(refusal),
        }
        self.pieces += before - budget;
        blocks.extend(table.after);
        match self.tables.last_mut() {
            Some(outer) => outer.after.append(&mut blocks),
            None => self.document.blocks.append(&mut blocks),
        }
    }
}
