//! The cells of a sheet, wherever they stand → a grid of what a reader sees of it, and what is
//! hidden.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::import::document::{Block, Cell, Document, Grid, LeftOut, Origin, Refusal, Why};

/// More cells are in no disclosure; what is made of so many takes some 90 MB.
const MOST_CELLS: usize = 130_000;

/// So many bytes of text are in them at most: one string may stand in every cell.
const MOST_TEXT: usize = 16 << 20;

/// No file holds more notes, merged cells or styles.
pub(super) const MOST: usize = 100_000;

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

/// What the sheets of a file may still hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    cells: usize,
    text: usize,
}

/// A sheet as its file states it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    room: Room,
    pub(super) is_hidden: bool,
    /// Its filled cells in any order, their rows and columns in `origin`.
    cells: Vec<Cell>,
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

impl Default for Room {
    fn default() -> Self {
        Self { cells: MOST_CELLS, text: MOST_TEXT }
    }
}

impl Room {
    /// Takes room for cells and their text.
    fn take(&mut self, cells: usize, text: usize) -> Result<(), Refusal> {
        let beyond = |more: usize, left: usize, most: usize| {
            let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
            (count(most.saturating_sub(left).saturating_add(more)), count(most))
        };
        if cells > self.cells {
            let (seen, most) = beyond(cells, self.cells, MOST_CELLS);
            return Err(Refusal::TooMany(seen, most));
        }
        if text > self.text {
            let (seen, most) = beyond(text, self.text, MOST_TEXT);
            return Err(Refusal::TooLarge(seen, most));
        }
        self.cells = self.cells.saturating_sub(cells);
        self.text = self.text.saturating_sub(text);
        Ok(())
    }
}

impl Sheet {
    pub(super) fn new(name: &str, room: Room) -> Self {
        Self { name: name.to_owned(), room, ..Self::default() }
    }

    /// Adds a filled cell.
    pub(super) fn push(&mut self, cell: Cell) -> Result<(), Refusal> {
        self.room.take(1, cell.text.len())?;
        self.cells.push(cell);
        Ok(())
    }

    /// Adds the cells of a row again, for all rows up to another.
    pub(super) fn repeat(&mut self, row: usize, end: usize) -> Result<(), Refusal> {
        let start = self.cells.partition_point(|cell| cell.origin.row < row);
        if start == self.cells.len() {
            return Ok(());
        }
        let cells = self.cells[start..].to_vec();
        for row in row.saturating_add(1)..end {
            for cell in &cells {
                let origin = Origin { row, ..cell.origin.clone() };
                self.push(Cell { origin, ..cell.clone() })?;
            }
        }
        Ok(())
    }

    /// Takes out what a setting of the sheet hides.
    pub(super) fn hide(&mut self, is_hidden: impl Fn(&Cell) -> bool) {
        self.cells.retain(|cell| !is_hidden(cell));
    }

    /// Puts what is seen of the sheet into a document as a grid, says what is hidden, and hands on the
    /// room that is left.
    pub(super) fn put_into(mut self, document: &mut Document) -> Result<Room, Refusal> {
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
            return Ok(self.room);
        }
        let mut placed = self.place();
        self.list_hidden(&mut placed, document);
        let rows = lines(&placed, |placed| placed.row, &self.hidden_rows);
        let columns = lines(&placed, |placed| placed.column, &self.hidden_columns);
        let area = rows.len().saturating_mul(columns.len());
        self.room.take(area.saturating_sub(placed.len()), 0)?;
        if area > 0 {
            let mut grid = self.grid(placed, &rows, &columns);
            document.left_out.extend(self.merge(&mut grid, &rows, &columns));
            document.blocks.push(Block::Grid(grid));
        }
        limit(document.left_out.len(), MOST)?;
        Ok(self.room)
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
        let origin = Origin { sheet: self.name.as_str().into(), table: 0, row, column };
        LeftOut { origin, why, text }
    }

    fn grid(&self, placed: Vec<Placed>, rows: &[usize], columns: &[usize]) -> Grid {
        let sheet: Arc<str> = self.name.as_str().into();
        let empty = |row: usize, column: usize| Cell {
            origin: Origin { sheet: sheet.clone(), table: 0, row, column },
            ..Cell::default()
        };
        let line = |row: &usize| columns.iter().map(|column| empty(*row, *column)).collect();
        let mut cells: Vec<Vec<Cell>> = rows.iter().map(line).collect();
        for one in placed {
            let at = (rows.binary_search(&one.row), columns.binary_search(&one.column));
            if let (Ok(row), Ok(column)) = at {
                let place = &mut cells[row][column];
                let origin = Origin { sheet: sheet.clone(), ..one.cell.origin };
                *place = Cell { origin, ..one.cell };
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
                            let (origin, text) = (at.clone(), shortened(&text));
                            lost.push(LeftOut { origin, why: Why::HiddenText, text });
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

/// Refuses what there is more of than in any file of an office program.
pub(super) fn limit(seen: usize, most: usize) -> Result<(), Refusal> {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    if seen > most { Err(Refusal::TooMany(count(seen), count(most))) } else { Ok(()) }
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
