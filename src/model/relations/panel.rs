//! What a panel of a table promises: its rows across, its totals, its subtotals and its printed rows down.

#![deny(clippy::arithmetic_side_effects)]

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::across::Across;
use super::part;
use crate::model::lookup::At;
use crate::model::matching::matching;
use crate::model::{Disclosure, Model, Operand, Outcome, Panel, RelationKind, Row};
use crate::profile::{ColumnKind, PanelSpec, Role};

/// So many totals of a panel are added up, which is more than any form prints.
const ADDED_UP: usize = 16;

/// One panel under work.
pub(super) struct Context<'a> {
    pub portal: &'a Model,
    pub disclosure: &'a Disclosure,
    pub table: usize,
    pub panel: usize,
    pub form: &'a PanelSpec,
}

impl Context<'_> {
    /// All that its rows promise, across and down.
    pub(super) fn relations(&self, panel: &Panel, outcomes: &mut Vec<Outcome>) {
        for row in 0..panel.rows.len() {
            self.row(row, outcomes);
        }
        self.totals(panel, outcomes);
        self.roll_ups(panel, outcomes);
        self.printed_rows(panel, outcomes);
    }
}

impl Context<'_> {
    fn cell(&self, row: usize, column: usize) -> Operand {
        part(At::Cell(self.table, self.panel, row, column))
    }

    fn push(
        &self,
        outcomes: &mut Vec<Outcome>,
        kind: RelationKind,
        whole: Operand,
        parts: Vec<Operand>,
    ) {
        outcomes.extend(self.disclosure.sum(self.portal, kind, vec![whole], parts));
    }

    /// What a row promises across.
    fn row(&self, row: usize, outcomes: &mut Vec<Outcome>) {
        let at = |column| At::Cell(self.table, self.panel, row, column);
        let across = Across {
            portal: self.portal,
            disclosure: self.disclosure,
            columns: &self.form.columns,
            at: &at,
        };
        across.relations(outcomes);
    }

    /// Adds up parts in every column that is added up. Of things that are counted a total may be left
    /// out, and so may the parts: pieces and square metres make no sum.
    fn add_up(
        &self,
        outcomes: &mut Vec<Outcome>,
        kind: RelationKind,
        whole: usize,
        parts: &[usize],
    ) {
        let rows = &self.disclosure.tables[self.table].panels[self.panel].rows;
        for (column, spec) in self.form.columns.iter().enumerate() {
            if !spec.is_added_up() {
                continue;
            }
            let is_printed = |row: &usize| rows[*row].cells[column].figure().is_some();
            let is_counted = spec.kind == ColumnKind::Quantity;
            if is_counted && !(is_printed(&whole) && parts.iter().any(is_printed)) {
                continue;
            }
            let cells = parts.iter().map(|row| self.cell(*row, column)).collect();
            self.push(outcomes, kind, self.cell(whole, column), cells);
        }
    }

    /// Total rows recognised by name: each column adds down. Where a total is printed again and again, the later
    /// ones are compared with the first.
    fn totals(&self, panel: &Panel, outcomes: &mut Vec<Outcome>) {
        let is_total = |row: &Row| row.role == Role::Total && row.spec.is_none();
        let is_top =
            |row: &Row| row.parent.is_none() && matches!(row.role, Role::Detail | Role::Subtotal);
        let rows = |is: &dyn Fn(&Row) -> bool| -> Vec<usize> {
            (0..panel.rows.len()).filter(|row| is(&panel.rows[*row])).collect()
        };
        let totals = rows(&is_total);
        let Some(first) = totals.first() else { return };
        let top = rows(&is_top);
        if top.is_empty() {
            return;
        }
        for (number, total) in totals.iter().enumerate() {
            let parts = if number < ADDED_UP { &top } else { std::slice::from_ref(first) };
            self.add_up(outcomes, RelationKind::Foot, *total, parts);
        }
    }

    /// Every row that others stand under equals their sum.
    fn roll_ups(&self, panel: &Panel, outcomes: &mut Vec<Outcome>) {
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, row) in panel.rows.iter().enumerate() {
            if let Some(parent) = row.parent.filter(|_| row.role != Role::Memo) {
                children.entry(parent).or_default().push(index);
            }
        }
        for (parent, children) in children {
            self.add_up(outcomes, RelationKind::RollUp, parent, &children);
        }
    }

    /// What the form itself says of its printed rows.
    fn printed_rows(&self, panel: &Panel, outcomes: &mut Vec<Outcome>) {
        let keys: OnceCell<BTreeMap<&str, usize>> = OnceCell::new();
        for (index, row) in panel.rows.iter().enumerate() {
            let Some(spec) = row.spec.map(|spec| &self.form.rows[spec]) else { continue };
            if !spec.sum_of.is_empty() {
                let mut parts: Vec<usize> = spec
                    .sum_of
                    .iter()
                    .flat_map(|rows| matching(self.form, panel, rows, None))
                    .filter(|part| *part != index)
                    .collect();
                parts.sort_unstable();
                parts.dedup();
                self.add_up(outcomes, RelationKind::Foot, index, &parts);
            }
            let whole = spec.part_of.as_ref().and_then(|whole| {
                let keys = keys.get_or_init(|| {
                    let rows = panel.rows.iter().enumerate().rev();
                    rows.map(|(index, row)| (row.key.as_str(), index)).collect()
                });
                keys.get(whole.as_str()).copied()
            });
            if let Some(whole) = whole {
                let figures = self
                    .form
                    .columns
                    .iter()
                    .enumerate()
                    .filter(|(_, column)| column.kind.is_figure());
                for (column, _) in figures {
                    let (part, whole) = (self.cell(index, column), self.cell(whole, column));
                    outcomes.extend(self.disclosure.limit(self.portal, part, whole));
                }
            }
        }
    }
}
