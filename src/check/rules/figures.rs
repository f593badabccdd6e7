//! Every printed figure of the tables, with its column.

use crate::amount::Decimal;
use crate::model::{At, Disclosure};
use crate::profile::ColumnSpec;

/// Each of them, in printed order.
pub(super) fn figures(disclosure: &Disclosure) -> impl Iterator<Item = (At, &ColumnSpec, Decimal)> {
    disclosure.cells().filter_map(|at| {
        let At::Cell(table, panel, _, column) = at else { return None };
        let spec = &disclosure.tables[table].spec.panels[panel].columns[column];
        Some((at, spec, disclosure.printed(at)?))
    })
}
