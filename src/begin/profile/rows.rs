//! The rows of a grid, cell by cell, merged cells known.

use crate::amount;
use crate::content::is_year;
use crate::import::document::Cell;
use crate::import::one_line;

/// The rows of a grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct GridRows<'a>(pub(super) &'a [Vec<Cell>]);

impl GridRows<'_> {
    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    pub(super) fn width(self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.0.get(row)?.get(column)
    }

    /// What a cell says, on one line.
    pub(super) fn text(self, row: usize, column: usize) -> Option<String> {
        let text = one_line(&self.0.get(row)?.get(column)?.text);
        (!text.is_empty()).then_some(text)
    }

    /// Whether a cell says nothing and is covered by none.
    pub(super) fn is_blank(self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_none_or(|cell| !cell.is_covered && cell.text.trim().is_empty())
    }

    pub(super) fn span(self, row: usize, column: usize) -> (usize, usize) {
        self.cell(row, column).map_or((1, 1), |cell| (cell.span.0.max(1), cell.span.1.max(1)))
    }

    /// The columns of the cells that say something, with what they cover.
    pub(super) fn filled(self, row: usize) -> impl Iterator<Item = (usize, (usize, usize))> {
        let cells = self.0[row].iter().enumerate();
        let filled = cells.filter(|(_, cell)| !cell.text.trim().is_empty());
        let found: Vec<_> =
            filled.map(|(at, cell)| (at, (cell.span.0.max(1), cell.span.1.max(1)))).collect();
        found.into_iter()
    }

    /// The texts of a row above a table.
    pub(super) fn lines(self, row: usize) -> Vec<LineAbove> {
        let filled: Vec<_> = self.filled(row).collect();
        let is_only = filled.len() == 1;
        let line = |(column, (_, width)): (usize, (usize, usize))| {
            let is_title = is_only && width > 1 && width == self.width();
            Some(LineAbove { text: self.text(row, column)?, is_title })
        };
        filled.into_iter().filter_map(line).collect()
    }

    pub(super) fn texts(self, row: usize) -> Vec<String> {
        (0..self.width()).filter_map(|column| self.text(row, column)).collect()
    }

    /// Whether a row holds a number that is no year, as no heading does.
    pub(super) fn has_figures(self, row: usize) -> bool {
        let is_figure =
            |text: &str| amount::parse(text).is_ok() || amount::parse_percent(text).is_ok();
        self.texts(row).iter().any(|text| is_figure(text) && !is_year(text))
    }
}

/// A line above a table.
#[derive(Clone, Debug)]
pub(super) struct LineAbove {
    pub(super) text: String,
    /// Whether it stands as a title: a heading, or a cell merged over the whole width.
    pub(super) is_title: bool,
}

/// Whether a text is `名称：…`; a colon between brackets is none of that.
pub(super) fn is_caption(text: &str) -> bool {
    text.split_once([':', '：']).is_some_and(|(before, _)| !before.contains(['(', '（']))
}
