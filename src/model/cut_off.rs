//! A table of codes that ends too early: its total holds more than its rows come to, and what is missing is what other
//! tables print from there on. Nothing is known of such a table.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Panel, Row, Table};
use crate::amount::Decimal;
use crate::content::{Part, Unread};
use crate::profile::{ColumnKind, Hierarchy, PanelSpec, Role};
use crate::source::Place;

/// A table that ends too early.
pub struct CutOff<'a> {
    /// The table.
    pub table: &'a Table,
    /// The number of its panel.
    pub panel: usize,
    /// The number of its last row.
    pub last: usize,
    /// The first row that should follow, in another table: where it stands, its code and its name.
    pub next: Option<(Place, &'a str, &'a str)>,
    /// What its total has and its rows have not.
    pub lacking: Decimal,
}

impl CutOff<'_> {
    /// The address of the finding that says so.
    pub fn address(&self) -> String {
        let key = &self.table.panels[self.panel].rows[self.last].key;
        format!("{}/{key}", self.table.spec.id)
    }

    /// Where its last row stands.
    pub fn place(&self) -> Place {
        self.table.cell_place(self.panel, self.last, 0)
    }
}

/// The tables that end too early.
pub fn all(tables: &IndexMap<String, Table>) -> Vec<CutOff<'_>> {
    tables.values().flat_map(|table| of_table(tables, table)).collect()
}

/// Says that nothing of these tables is known for certain.
pub(super) fn unread(tables: &IndexMap<String, Table>) -> Vec<Unread> {
    let mut unread = Vec::new();
    for cut in all(tables) {
        let id = &cut.table.spec.id;
        let absent = |part: Part| Unread::absent(part, cut.place(), cut.address());
        unread.push(absent(Part::Panel(id.clone(), cut.panel)));
        let rows = 0..cut.table.panels[cut.panel].rows.len();
        unread.extend(rows.map(|row| absent(Part::Row(id.clone(), cut.panel, row))));
    }
    unread
}

fn of_table<'a>(tables: &'a IndexMap<String, Table>, table: &'a Table) -> Vec<CutOff<'a>> {
    let mut found = Vec::new();
    for (number, form, panel) in table.panels() {
        let Hierarchy::Codes { lengths, .. } = &form.hierarchy else { continue };
        let Some((column, lacking)) = lacking(form, panel) else { continue };
        let last = panel.rows.iter().rposition(|row| row.code.is_some());
        let Some(last) = last.filter(|last| last.saturating_add(1) == panel.rows.len()) else {
            continue;
        };
        let Some(code) = panel.rows[last].code.as_deref() else { continue };
        let others = tables.values().filter(|other| other.spec.id != table.spec.id);
        let mut rest = others.filter_map(|other| following(other, (lengths, code), lacking));
        let next = rest.next();
        if next.is_some() || is_open(panel, column, last) {
            found.push(CutOff { table, panel: number, last, next, lacking });
        }
    }
    found
}

/// The first column of money in which the total has more than the rows of the first level, and how much.
fn lacking(form: &PanelSpec, panel: &Panel) -> Option<(usize, Decimal)> {
    let total = panel.rows.iter().find(|row| row.role == Role::Total && row.code.is_none())?;
    let money = (0..form.columns.len()).filter(|at| form.columns[*at].kind == ColumnKind::Amount);
    let mut sums = money.filter_map(|column| {
        let whole = total.cells[column].figure()?;
        let first =
            panel.rows.iter().filter(|row| row.role == Role::Detail && row.parent.is_none());
        let sum: Decimal = first.filter_map(|row| row.cells[column].figure()).sum();
        Some((column, whole - sum))
    });
    let (column, lacking) = sums.next()?;
    (lacking > Decimal::ONE).then_some((column, lacking))
}

/// The first of the rows of another table behind a code, where those of the first level come to what is lacking.
fn following<'a>(
    other: &'a Table,
    (lengths, code): (&[usize], &str),
    lacking: Decimal,
) -> Option<(Place, &'a str, &'a str)> {
    let (number, form, panel) = other.panels().find(|(_, form, _)| {
        matches!(&form.hierarchy, Hierarchy::Codes { lengths: own, .. } if own == lengths)
    })?;
    let behind = |row: &&Row| row.code.as_deref().is_some_and(|own| own > code);
    let mut sums: BTreeMap<usize, Decimal> = BTreeMap::new();
    for row in panel.rows.iter().filter(behind).filter(|row| row.parent.is_none()) {
        for (column, spec) in form.columns.iter().enumerate() {
            if spec.kind == ColumnKind::Amount {
                let sum = sums.entry(column).or_default();
                *sum += row.cells[column].figure().unwrap_or_default();
            }
        }
    }
    if !sums.values().any(|sum| *sum == lacking) {
        return None;
    }
    let first = panel.rows.iter().position(|row| behind(&row))?;
    let column = form.first(ColumnKind::Code).unwrap_or_default();
    let row = &panel.rows[first];
    Some((other.cell_place(number, first, column), row.code.as_deref()?, &row.name))
}

/// Whether the row above the last one has more than the rows below it come to.
fn is_open(panel: &Panel, column: usize, last: usize) -> bool {
    let Some(parent) = panel.rows[last].parent else { return false };
    let below = panel.rows.iter().filter(|row| row.parent == Some(parent));
    let sum: Decimal = below.filter_map(|row| row.cells[column].figure()).sum();
    panel.rows[parent].cells[column].figure().is_some_and(|whole| whole - sum > Decimal::ONE)
}
