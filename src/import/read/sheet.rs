//! The cells of a sheet, wherever they stand → a grid of what a reader sees of it, and what is
//! hidden.

use std::collections::BTreeMap;

use crate::import::document::{Block, Cell, Document, Grid, LeftOut, Origin, Refusal, Why};

/// More cells are in no disclosure; a grid of them takes some 60 MB.
const MOST_CELLS: usize = 500_000;

/// Of empty rows or columns between others so many stay: they part tables.
const GAP: usize = 20;

/// How much of what is left out is shown.
const SHOWN: usize = 40;

/// A stretch of rows or columns, or an area of both, from 1, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) last: usize,
}

/// A merged cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) rows: Stretch,
    pub(super) columns: Stretch,
}

/// A sheet as its file states it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) is_hidden: bool,
    /// Its filled cells in any order, their rows and columns in `origin`.
    pub(super) cells: Vec<Cell>,
    pub(super) merged: Vec<Merged>,
    pub(super) hidden_rows: Vec<Stretch>,
    pub(super) hidden_columns: Vec<Stretch>,
}

impl Stretch {
    pub(super) fn one(at: usize) -> Self {
        Self { first: at, last: at }
    }

    fn has(self, at: usize) -> bool {
        (self.first..=self.last).contains(&at)
    }
}

impl Sheet {
    /// Refuses a sheet that would have more filled cells than are read.
    pub(super) fn stop_if_full(&self, more: usize) -> Result<(), Refusal> {
        let cells = self.cells.len().saturating_add(more);
        let count = |cells: usize| u64::try_from(cells).unwrap_or(u64::MAX);
        if cells > MOST_CELLS {
            return Err(Refusal::TooMany(count(cells), count(MOST_CELLS)));
        }
        Ok(())
    }

    /// Puts what is seen of the sheet into a document as a grid, and says what is hidden.
    pub(super) fn put_into(mut self, document: &mut Document) -> Option<Refusal> {
        self.hidden_rows = joined(self.hidden_rows);
        self.hidden_columns = joined(self.hidden_columns);
        self.cells.retain(|cell| !cell.text.is_empty() || cell.doubt.is_some());
        self.cells.sort_by_key(|cell| (cell.origin.row, cell.origin.column));
        self.cells.dedup_by_key(|cell| (cell.origin.row, cell.origin.column));
        if self.is_hidden {
            if !self.cells.is_empty() {
                let text = beginning(&self.cells);
                document.left_out.push(self.left_out((0, 0), Why::HiddenSheet, text));
            }
            return None;
        }
        let mut placed = self.place();
        self.list_hidden(&mut placed, document);
        let rows = lines(&placed, |placed| placed.row, &self.hidden_rows);
        let columns = lines(&placed, |placed| placed.column, &self.hidden_columns);
        let area = rows.len().saturating_mul(columns.len());
        let before: usize = document.blocks.iter().map(size).sum();
        if area.saturating_add(before) > MOST_CELLS {
            let count = |cells: usize| u64::try_from(cells).unwrap_or(u64::MAX);
            return Some(Refusal::TooMany(count(area.saturating_add(before)), count(MOST_CELLS)));
        }
        if area > 0 {
            let mut grid = self.grid(placed, &rows, &columns);
            document.left_out.extend(self.merge(&mut grid, &rows, &columns));
            document.blocks.push(Block::Grid(grid));
        }
        None
    }

    /// Where each cell is seen: one whose merged area begins in a hidden row or column stands in the
    /// first that is seen.
    fn place(&mut self) -> Vec<Placed> {
        let merged: BTreeMap<(usize, usize), Merged> =
            self.merged.iter().map(|one| ((one.rows.first, one.columns.first), *one)).collect();
        let cells = std::mem::take(&mut self.cells);
        let place = |cell: Cell| {
            let (mut row, mut column) = (cell.origin.row, cell.origin.column);
            if let Some(area) = merged.get(&(row, column)) {
                row = seen_first(area.rows, &self.hidden_rows).unwrap_or(row);
                column = seen_first(area.columns, &self.hidden_columns).unwrap_or(column);
            }
            Placed { row, column, cell }
        };
        let mut placed: Vec<Placed> = cells.into_iter().map(place).collect();
        if !merged.is_empty() {
            placed.sort_by_key(|one| (one.row, one.column));
        }
        placed
    }

    /// Takes the cells of hidden rows and columns out and lists them.
    fn list_hidden(&self, placed: &mut Vec<Placed>, document: &mut Document) {
        let mut rows: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
        let mut columns: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
        let is_seen = |one: &mut Placed| {
            let list = if is_within(&self.hidden_rows, one.row) {
                rows.entry(one.row).or_default()
            } else if is_within(&self.hidden_columns, one.column) {
                columns.entry(one.column).or_default()
            } else {
                return true;
            };
            list.push(std::mem::take(&mut one.cell));
            false
        };
        placed.retain_mut(is_seen);
        let hidden = |why: Why| move |cells: Vec<Cell>| (why, cells);
        let all = rows.into_values().map(hidden(Why::HiddenRow));
        let all = all.chain(columns.into_values().map(hidden(Why::HiddenColumn)));
        for (why, cells) in all {
            let at = cells.first().map_or((0, 0), |cell| (cell.origin.row, cell.origin.column));
            document.left_out.push(self.left_out(at, why, beginning(&cells)));
        }
    }

    fn left_out(&self, (row, column): (usize, usize), why: Why, text: String) -> LeftOut {
        let origin = Origin { sheet: self.name.clone(), table: 0, row, column };
        LeftOut { origin, why, text }
    }

    fn grid(&self, placed: Vec<Placed>, rows: &[usize], columns: &[usize]) -> Grid {
        let empty = |row: usize, column: usize| Cell {
            origin: Origin { sheet: self.name.clone(), table: 0, row, column },
            ..Cell::default()
        };
        let line = |row: &usize| columns.iter().map(|column| empty(*row, *column)).collect();
        let mut cells: Vec<Vec<Cell>> = rows.iter().map(line).collect();
        for one in placed {
            let at = (rows.binary_search(&one.row), columns.binary_search(&one.column));
            if let (Ok(row), Ok(column)) = at {
                let place = &mut cells[row][column];
                let sheet = std::mem::take(&mut place.origin.sheet);
                *place = Cell { origin: Origin { sheet, ..one.cell.origin.clone() }, ..one.cell };
            }
        }
        let origin = cells.first().and_then(|row| row.first()).map(|cell| cell.origin.clone());
        Grid { name: self.name.clone(), origin: origin.unwrap_or_default(), rows: cells }
    }

    /// Gives merged cells their spans and marks what they cover. What is covered and filled is seen by
    /// nobody and listed.
    fn merge(&self, grid: &mut Grid, rows: &[usize], columns: &[usize]) -> Vec<LeftOut> {
        let mut lost = Vec::new();
        let mut left = rows.len().saturating_mul(columns.len()).saturating_mul(2);
        for area in &self.merged {
            let (down, across) = (within(rows, area.rows), within(columns, area.columns));
            let cells = down.len().saturating_mul(across.len());
            if cells < 2 || cells > left || grid.rows[down.start][across.start].is_covered {
                continue;
            }
            left = left.saturating_sub(cells);
            for row in down.clone() {
                for column in across.clone() {
                    let cell = &mut grid.rows[row][column];
                    if (row, column) == (down.start, across.start) {
                        cell.span = (down.len(), across.len());
                    } else {
                        let (at, text) = (cell.origin.clone(), std::mem::take(&mut cell.text));
                        if !text.is_empty() {
                            lost.push(LeftOut { origin: at.clone(), why: Why::HiddenText, text });
                        }
                        *cell = Cell { is_covered: true, origin: at, ..Cell::default() };
                    }
                }
            }
        }
        lost
    }
}

/// A cell and where it is seen.
struct Placed {
    row: usize,
    column: usize,
    cell: Cell,
}

/// The rows or columns of the grid: those between the first and the last filled one, without hidden
/// ones and without the rest of long gaps.
fn lines(placed: &[Placed], line: impl Fn(&Placed) -> usize, hidden: &[Stretch]) -> Vec<usize> {
    let mut filled: Vec<usize> = placed.iter().map(line).collect();
    filled.sort_unstable();
    filled.dedup();
    let mut lines = Vec::with_capacity(filled.len());
    let mut next = filled.first().copied().unwrap_or_default();
    for at in filled {
        let gap = (next..at).filter(|between| !is_within(hidden, *between)).take(GAP);
        lines.extend(gap);
        lines.push(at);
        next = at.saturating_add(1);
    }
    lines
}

fn size(block: &Block) -> usize {
    match block {
        Block::Grid(grid) => grid.rows.len().saturating_mul(grid.rows.first().map_or(0, Vec::len)),
        Block::Line(_) => 0,
    }
}

/// Which of these lines a stretch takes in.
fn within(lines: &[usize], stretch: Stretch) -> std::ops::Range<usize> {
    let start = lines.partition_point(|line| *line < stretch.first);
    let end = lines.partition_point(|line| *line <= stretch.last);
    start..end.max(start)
}

/// The first line of a stretch that is not hidden.
fn seen_first(stretch: Stretch, hidden: &[Stretch]) -> Option<usize> {
    let mut at = stretch.first;
    // Stretches are joined: behind one comes a line that is seen.
    let behind = hidden.partition_point(|stretch| stretch.first <= at);
    if behind > 0 && hidden[behind - 1].has(at) {
        at = hidden[behind - 1].last.saturating_add(1);
    }
    (at <= stretch.last).then_some(at)
}

/// Stretches in order, none within another.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut all: Vec<Stretch> = Vec::new();
    for next in stretches {
        match all.last_mut() {
            Some(before) if next.first <= before.last.saturating_add(1) => {
                before.last = before.last.max(next.last);
            }
            _ => all.push(next),
        }
    }
    all
}

fn is_within(stretches: &[Stretch], at: usize) -> bool {
    let behind = stretches.partition_point(|stretch| stretch.first <= at);
    behind > 0 && stretches[behind - 1].has(at)
}

/// How a few cells begin.
fn beginning(cells: &[Cell]) -> String {
    let texts = cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    shortened(&texts.take(SHOWN).collect::<Vec<_>>().join(" "))
}

/// How a text begins, on one line.
pub(super) fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(SHOWN).collect();
    let line = words.join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The words of a header or a footer, without its codes (`&C`, `&"宋体,常规"`, `&P`).
pub(super) fn header_words(text: &str) -> String {
    let mut words = String::new();
    let mut chars = text.chars();
    while let Some(character) = chars.next() {
        if character != '&' {
            words.push(character);
            continue;
        }
        match chars.next() {
            Some('&') => words.push('&'),
            Some('"') => {
                let _ = chars.by_ref().find(|next| *next == '"');
            }
            _ => words.push(' '),
        }
    }
    let words = shortened(&words);
    if words.chars().any(char::is_alphabetic) { words } else { String::new() }
}
