//! Stacked and merged headings of a grid → a tree over its columns.

use std::ops::Range;

use super::rows::GridRows;

/// A heading: over one column, or over several headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HeadTree {
    /// The number of a column of the grid, and its heading.
    Column(usize, String),
    /// A title over others.
    Group(String, Vec<HeadTree>),
}

/// No headings are stacked higher.
const HIGHEST: usize = 6;

/// The row behind the headings that begin at a row.
pub(super) fn end(rows: GridRows, start: usize) -> usize {
    let mut end = start + 1;
    let mut row = start;
    while row < end {
        let filled: Vec<(usize, (usize, usize))> = rows.filled(row).collect();
        for (column, (height, width)) in filled {
            let below = row + height;
            end = end.max(below.min(rows.len()));
            // Over several columns something stands that tells them apart.
            let is_open = below == end && is_over_several(rows, row, column, width, below);
            if is_open && below < rows.len() && !rows.has_figures(below) {
                end = below + 1;
            }
        }
        row += 1;
    }
    end.min(start + HIGHEST)
}

/// Whether a heading stands over several columns: merged, or the cells beside it are blank and those
/// below are not.
fn is_over_several(rows: GridRows, row: usize, column: usize, width: usize, below: usize) -> bool {
    width > 1
        || (rows.is_blank(row, column + 1)
            && column + 1 < rows.width()
            && rows.text(below, column + 1).is_some()
            && rows.text(below, column).is_some())
}

/// The headings over some columns, read from a row down.
pub(super) fn tree(rows: GridRows, lines: Range<usize>, columns: Range<usize>) -> Vec<HeadTree> {
    let mut heads = Vec::new();
    let mut column = columns.start;
    while column < columns.end {
        let top = lines.clone().find(|row| rows.text(*row, column).is_some());
        let Some(top) = top else {
            column += 1;
            continue;
        };
        let title = rows.text(top, column).unwrap_or_default();
        let (height, mut width) = rows.span(top, column);
        let below = top + height;
        // Without merged cells a heading goes on over the blank cells beside it.
        while below < lines.end
            && column + width < columns.end
            && rows.is_blank(top, column + width)
            && rows.text(below, column).is_some()
            && rows.text(below, column + width).is_some()
            && rows.span(top, column).1 == 1
        {
            width += 1;
        }
        let width = width.min(columns.end - column);
        let inner = if below < lines.end {
            tree(rows, below..lines.end, column..column + width)
        } else {
            Vec::new()
        };
        heads.push(if inner.is_empty() {
            HeadTree::Column(column, title)
        } else {
            HeadTree::Group(title, inner)
        });
        column += width;
    }
    heads
}

impl HeadTree {
    /// The columns below it, in order.
    pub(super) fn columns(&self) -> Vec<(usize, &str)> {
        match self {
            HeadTree::Column(column, title) => vec![(*column, title)],
            HeadTree::Group(_, inner) => inner.iter().flat_map(HeadTree::columns).collect(),
        }
    }
}
