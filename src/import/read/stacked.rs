//! Headings one above the other in a table whose merged cells a text does not show → which columns
//! and rows each covers.
//!
//! A text gives merged cells in one of two ways: as a cell and empty ones beside it (`Places`), or as
//! one cell and nothing (`Collapsed`), so that a row has fewer cells than the table has columns. Then
//! the row below says how many columns each covers, if it does: what cannot be told is left as it is.

use crate::import::document::{Cell, CellKind};

/// How a text shows a cell that covers several columns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Merged {
    /// Empty cells stand where it reaches.
    Places,
    /// It takes one place.
    Collapsed,
}

/// Makes every row as wide as the widest and tells what the headings above the figures cover.
pub(super) fn even(mut rows: Vec<Vec<Cell>>, merged: Merged) -> Vec<Vec<Cell>> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let headings = rows.iter().take_while(|row| !row.iter().any(is_number)).count();
    if merged == Merged::Collapsed {
        for at in (0..headings).rev() {
            let Some([row, below]) = rows.get_mut(at..at + 2) else { continue };
            if row.len() < width {
                spread(row, below, width);
            }
        }
    }
    for row in &mut rows {
        let blank = row.last().map(blank_beside);
        row.resize(width, blank.unwrap_or_default());
        (1..).zip(row).for_each(|(column, cell)| cell.origin.column = column);
    }
    for at in 0..headings {
        cover_below(&mut rows[..=at]);
        if let (Merged::Places, Some([row, below])) = (merged, rows.get_mut(at..at + 2)) {
            cover_beside(row, below);
        }
    }
    rows
}

fn blank_beside(cell: &Cell) -> Cell {
    Cell { span: (1, 1), kind: CellKind::Empty, origin: cell.origin.clone(), ..Cell::default() }
}

fn is_number(cell: &Cell) -> bool {
    let text = cell.text.trim();
    text.contains(|sign: char| sign.is_ascii_digit())
        && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ',' | '.' | '-' | '%'))
}

/// An empty cell beside a heading belongs to it where the row below has something to say there.
fn cover_beside(row: &mut [Cell], below: &[Cell]) {
    let mut owner = None;
    for at in 0..row.len() {
        let has_words = below.get(at).is_some_and(|cell| !cell.text.is_empty());
        match owner {
            _ if row[at].is_covered => owner = None,
            _ if !row[at].text.is_empty() => owner = Some(at),
            Some(first) if has_words => {
                row[at].is_covered = true;
                row[first].span.1 += 1;
            }
            _ => owner = None,
        }
    }
}

/// Puts the cells of a row above the columns they cover, as the row below tells.
fn spread(row: &mut Vec<Cell>, below: &[Cell], width: usize) {
    let groups = if row.len() == 1 { Some(vec![width]) } else { groups(below, width, row.len()) };
    let Some(groups) = groups else { return };
    let cells = std::mem::take(row);
    for (mut cell, columns) in cells.into_iter().zip(groups) {
        let covered = Cell { is_covered: true, ..blank_beside(&cell) };
        cell.span = (1, columns);
        row.push(cell);
        row.extend(std::iter::repeat_n(covered, columns - 1));
    }
}

/// How many columns each of so many headings covers: one where the row below is empty, and as many
/// as there are words side by side.
fn groups(below: &[Cell], width: usize, wanted: usize) -> Option<Vec<usize>> {
    if below.len() != width {
        return None;
    }
    let is_empty = |cell: &Cell| cell.text.is_empty() && !cell.is_covered;
    let split = |at_repeats: bool| {
        let mut groups = Vec::new();
        let mut first: Option<&str> = None;
        for cell in below {
            let starts = match first {
                _ if is_empty(cell) => true,
                None => true,
                Some(first) => at_repeats && !cell.is_covered && cell.text == first,
            };
            match groups.last_mut() {
                Some(columns) if !starts => *columns += 1,
                _ => groups.push(1),
            }
            first = match first {
                _ if is_empty(cell) => None,
                first => first.or(Some(cell.text.as_str())),
            };
        }
        (groups.len() == wanted).then_some(groups)
    };
    split(false).or_else(|| split(true))
}

/// An empty cell of the last row, below a heading that covers no other column, belongs to it.
fn cover_below(rows: &mut [Vec<Cell>]) {
    let Some((row, above)) = rows.split_last_mut() else { return };
    for (column, cell) in row.iter_mut().enumerate() {
        if !cell.text.is_empty() || cell.is_covered {
            continue;
        }
        let cells = above.iter_mut().rev().map(|row| &mut row[column]);
        let mut reached = 0;
        for upper in cells {
            reached += 1;
            if upper.is_covered {
                continue;
            }
            // It reaches down to here only if it covers all between.
            if upper.span.1 == 1 && !upper.text.is_empty() && upper.span.0 == reached {
                upper.span.0 += 1;
                cell.is_covered = true;
            }
            break;
        }
    }
}
