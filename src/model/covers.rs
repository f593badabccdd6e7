//! Columns that together say what a row is: its code, its name, its place in a hierarchy.

use super::Cell;
use crate::profile::{ColumnKind, PanelSpec};

/// Columns that together say what a row is. One left blank before the last filled
/// one is covered by the row above, as a merged cell of the form is.
pub(super) struct Covers {
    columns: Vec<usize>,
    above: Vec<(usize, String)>,
}

impl Covers {
    pub(super) fn new(columns: Vec<usize>) -> Covers {
        Covers { columns, above: Vec::new() }
    }

    pub(super) fn of(panel: &PanelSpec, kind: ColumnKind) -> Covers {
        let columns = panel.columns.iter().enumerate();
        Covers::new(columns.filter(|(_, column)| column.kind == kind).map(|(at, _)| at).collect())
    }

    /// What the columns say of the next row, down to the last one filled.
    pub(super) fn path(&mut self, cells: &[Cell]) -> Vec<(usize, String)> {
        let Some(last) = self.columns.iter().rposition(|column| !cells[*column].is_blank()) else {
            return Vec::new();
        };
        let says = |(at, column): (usize, &usize)| {
            let covered = self.above.get(at).filter(|_| cells[*column].is_blank());
            covered.cloned().unwrap_or_else(|| (*column, cells[*column].text()))
        };
        let path: Vec<_> = self.columns[..=last].iter().enumerate().map(says).collect();
        self.above.clone_from(&path);
        path
    }
}
