//! Cells that cover rows and columns → a grid in which every row has the same number of cells.

use crate::import::document::{Cell, Origin, Refusal};

/// A cell and where it begins, from 0.
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) cell: Cell,
}

/// A grid of so many rows; what a merged cell covers is marked, and a span ends with the last row.
/// The cells that are added are taken out of `budget`; nothing where they are more.
pub(super) fn filled(
    table: usize,
    rows: usize,
    placed: Vec<Placed>,
    budget: &mut usize,
) -> Result<Vec<Vec<Cell>>, Refusal> {
    let width = placed.iter().map(|placed| placed.column.saturating_add(placed.cell.span.1)).max();
    let width = width.unwrap_or_default();
    let added = rows.saturating_mul(width).saturating_sub(placed.len());
    let Some(left) = budget.checked_sub(added) else {
        return Err(Refusal::TooMany(rows as u64, width as u64));
    };
    *budget = left;
    let blank = |row: usize, column: usize| {
        let origin = Origin { table, row: row + 1, column: column + 1, ..Origin::default() };
        Cell { span: (1, 1), origin, ..Cell::default() }
    };
    let line = |row: usize| (0..width).map(|column| blank(row, column)).collect();
    let mut grid: Vec<Vec<Cell>> = (0..rows).map(line).collect();
    for Placed { row, column, mut cell } in placed {
        cell.span.0 = cell.span.0.clamp(1, rows - row);
        let (down, across) = cell.span;
        for covered in
            grid[row..row + down].iter_mut().flat_map(|row| &mut row[column..column + across])
        {
            covered.is_covered = true;
        }
        cell.origin = blank(row, column).origin;
        grid[row][column] = cell;
    }
    Ok(grid)
}
