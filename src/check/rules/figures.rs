//! Every printed figure of the tables, with its column.

use crate::amount::Decimal;
use crate::model::{At, Disclosure};
use crate::profile::ColumnSpec;

/// Each of them, in printed order.
pub(super) fn figures(disclosure: &Disclosure) -> impl Iterator<Item = (At, &ColumnSpec, Decimal)> {
    disclosure.tables.values().enumerate().flat_map(|(index, table)| {
        table.panels().flat_map(move |(number, form, panel)| {
            panel.rows.iter().enumerate().flat_map(move |(row, content)| {
                let columns = form.columns.iter().zip(&content.cells).enumerate();
                columns.filter_map(move |(column, (spec, cell))| {
                    Some((At::Cell(index, number, row, column), spec, cell.figure()?))
                })
            })
        })
    })
}
