//! What every chart is made of: the printed figures of an address, what each is called, and the
//! table that says the same.

#![deny(clippy::arithmetic_side_effects)]

use serde::Serialize;

use super::View;
use crate::address::Address;
use crate::amount::Decimal;
use crate::model::{Amount, At, Disclosure, Lookup};
use crate::profile::Role;

/// One chart with its table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChartContext {
    /// Its id on the page.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// `composition`, `flow` or `series`.
    pub kind: &'static str,
    /// The unit of its figures.
    pub unit: String,
    /// The drawing: markup, escaped.
    pub svg: String,
    /// The parts of a composition, the largest first; the rows of a flow; the years of a series.
    pub parts: Vec<PartContext>,
    /// How many digits wide a series must be for its figures to stand beside each other.
    pub width: usize,
    /// The whole of a composition.
    pub whole: String,
    /// Its cell.
    pub whole_url: String,
    /// Where a flow comes from.
    pub from: Vec<EndContext>,
    /// What it goes to.
    pub to: Vec<EndContext>,
}

/// One part.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartContext {
    /// What it is called.
    pub name: String,
    /// The mark that leads to it in the drawing: markup; empty where the drawing needs none.
    pub swatch: String,
    /// Its figure; empty for a year that has none.
    pub value: String,
    /// Its cell.
    pub url: String,
    /// How much it is of the whole, in per cent.
    pub share: String,
    /// Its figures of a flow: one a source, then one a use; empty where blank.
    pub cells: Vec<String>,
    /// Whether the page is about this one.
    pub current: bool,
}

/// An end of a flow.
#[derive(Clone, Debug, Serialize)]
pub struct EndContext {
    /// What it is called.
    pub name: String,
    /// All that comes from it or goes to it: as its total row prints it, else added up.
    pub value: String,
    /// The cell of that total; empty where there is none.
    pub url: String,
    /// How much it is of the whole side, in per cent.
    pub share: String,
}

/// A printed figure.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    /// Where it stands.
    pub at: At,
    /// As printed.
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
    /// How far rounding may carry it, in its unit.
    pub allowed: Decimal,
}

/// The figures of an address, blanks left out; nothing where one is withheld or words.
pub(super) fn printed(
    view: &View,
    disclosure: &Disclosure,
    address: &Address,
) -> Option<Vec<Printed>> {
    let Lookup::Figures(figures) = disclosure.find(view.portal, address, None) else { return None };
    let mut all = Vec::new();
    for found in figures {
        match disclosure.amount(found.at) {
            Amount::Blank => {}
            Amount::Withheld | Amount::Words => return None,
            Amount::Printed(_, allowed) => {
                let unit = disclosure.unit(found.at);
                all.push(Printed {
                    at: found.at,
                    value: disclosure.printed(found.at)?,
                    unit: unit.unwrap_or_default().to_owned(),
                    allowed: allowed / disclosure.profile.factor(unit),
                });
            }
        }
    }
    Some(all)
}

/// What a figure is called beside others: its project, its row, or its column where the row
/// is a total.
pub(super) fn name(disclosure: &Disclosure, at: At) -> String {
    match at {
        At::Cell(table, panel, row, column) => {
            let table = &disclosure.tables[table];
            let content = &table.panels[panel].rows[row];
            match content.role {
                Role::Total => table.spec.panels[panel].columns[column].title.clone(),
                _ => content.name.clone(),
            }
        }
        At::Field(project, _) | At::Indicator(project, ..) => {
            disclosure.projects[project].name.clone()
        }
        At::Slot(section, _) => disclosure.sections[section].title.clone(),
    }
}

/// A figure in the words that stand for a drawing.
pub(super) fn said(name: &str, value: &str, unit: &str, share: &str) -> String {
    let share = if share.is_empty() { String::new() } else { format!(" ({share}%)") };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    format!("{name} {value}{unit}{share}")
}
