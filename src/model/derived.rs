//! What follows from the cells of a disclosure: how finely its amounts are printed, what its targets
//! state. Worked out when it is read, and once more when what is withheld has been taken out, so
//! that nothing published follows from a withheld value.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::target::{self, Reading};
use super::{Answers, Cached, Cell, Disclosure, Panel, Table};
use crate::amount::Decimal;
use crate::profile::{ColumnKind, ColumnSpec, Profile, ProjectSpec, TableSpec};

impl Disclosure {
    /// Works it out from the cells as they are now, and forgets what was worked out from them when
    /// it was asked for.
    pub(super) fn derive(&mut self) {
        for table in self.tables.values_mut() {
            table.decimals = decimals(&table.spec, &table.panels);
            for panel in &mut table.panels {
                panel.names = Cached::default();
            }
        }
        let kinds = || {
            let fields = self.profile.projects.iter().flat_map(|spec| spec.fields.values());
            fields.map(|field| field.kind)
        };
        let fields = self.projects.iter().flat_map(|project| kinds().zip(&project.fields));
        let amounts = fields.filter(|(kind, _)| *kind == ColumnKind::Amount);
        let scales = amounts.filter_map(|(_, cell)| cell.figure()).map(|value| value.scale());
        self.project_decimals = scales.max().unwrap_or_default();
        self.is_grouped = is_grouped(&self.tables);
        if let Some(spec) = &self.profile.projects {
            for project in &mut self.projects {
                project.readings = readings(&self.profile, spec, &project.indicators);
            }
        }
        self.worked = Answers::default();
    }
}

/// The decimals of each column: those of the finest amount of its unit; other columns keep their own.
fn decimals(spec: &TableSpec, panels: &[Panel]) -> Vec<Vec<u32>> {
    let mut finest: BTreeMap<Option<&str>, u32> = BTreeMap::new();
    for (form, panel) in spec.panels.iter().zip(panels) {
        let amounts =
            form.columns.iter().enumerate().filter(|(_, column)| column.kind == ColumnKind::Amount);
        for (index, column) in amounts {
            let scales =
                panel.rows.iter().filter_map(|row| Some(row.cells[index].figure()?.scale()));
            let most = finest.entry(column.unit.as_deref()).or_default();
            *most = scales.max().unwrap_or_default().max(*most);
        }
    }
    let of = |column: &ColumnSpec| match column.kind {
        ColumnKind::Amount => finest.get(&column.unit.as_deref()).copied().unwrap_or_default(),
        _ => 0,
    };
    spec.panels.iter().map(|form| form.columns.iter().map(of).collect()).collect()
}

/// What commas can part.
const THOUSAND: Decimal = Decimal::new(1000, 0);

/// Whether more of the amounts of a thousand or more are written with commas than without.
fn is_grouped(tables: &IndexMap<String, Table>) -> bool {
    let rows = tables.values().flat_map(|table| &table.panels).flat_map(|panel| &panel.rows);
    let long = rows.flat_map(|row| &row.cells).filter_map(|cell| match cell {
        Cell::Figure(value, is_grouped) if value.abs() >= THOUSAND => Some(*is_grouped),
        _ => None,
    });
    let marks: Vec<bool> = long.collect();
    let with = marks.iter().filter(|is_grouped| **is_grouped).count();
    with > marks.len() / 2
}

/// What the target of each indicator states.
fn readings(profile: &Profile, spec: &ProjectSpec, indicators: &[Vec<Cell>]) -> Vec<Reading> {
    let Some(column) = spec.indicators.iter().position(|column| column.kind == ColumnKind::Target)
    else {
        return vec![Reading::Blank; indicators.len()];
    };
    let reading = |cells: &Vec<Cell>| match &cells[column] {
        // The mark of a profile that states none is no word of its own.
        Cell::Withheld(_) => Reading::Withheld,
        cell => target::read(profile, &cell.words()),
    };
    indicators.iter().map(reading).collect()
}
