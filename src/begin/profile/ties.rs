//! The totals of the tables → which of them are equal: what the tables owe each other.

use super::sums::ProposedSum;
use super::{DrawnPanel, DrawnTable};
use crate::address::{Address, Rows, Target};
use crate::amount::{self, Decimal};
use crate::profile::ColumnKind;

/// A figure of a row that adds up others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Total {
    value: Decimal,
    unit: Option<String>,
    /// The id of its table, and of its panel where there are several.
    table: String,
    panel: Option<String>,
    /// What its row is called in an address, and the id of its column.
    row: String,
    column: String,
}

/// Two totals that are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProposedTie {
    /// The name of the relation.
    pub(super) id: String,
    /// The relation.
    pub(super) equation: String,
}

/// The ids a panel has in the draft.
pub(super) struct PanelIds<'a> {
    pub(super) table: &'a str,
    pub(super) panel: Option<&'a str>,
    pub(super) columns: &'a [String],
    /// The id of a printed row, by its number.
    pub(super) row: &'a dyn Fn(usize) -> Option<String>,
}

/// The figures of the rows of a panel that add up others: the one the form calls so, and printed rows that
/// are the sum of others.
pub(super) fn totals(
    form: &DrawnTable,
    panel: &DrawnPanel,
    sums: &[ProposedSum],
    ids: &PanelIds,
) -> Vec<Total> {
    let mut found = Vec::new();
    for (number, texts) in panel.rows.iter().enumerate() {
        let is_total = panel.total_row.as_ref().is_some_and(|total| texts.contains(total));
        let printed = || sums.iter().any(|sum| sum.whole == number);
        let row = match (&panel.total_row, (ids.row)(number)) {
            (Some(total), None) if is_total => total.clone(),
            (_, Some(id)) if is_total || printed() => id,
            _ => continue,
        };
        for ((column, text), id) in panel.columns.iter().zip(texts).zip(ids.columns) {
            let figure =
                (column.kind == ColumnKind::Amount).then(|| amount::parse(text).ok()).flatten();
            let Some(figure) = figure.filter(|figure| is_telling(figure.value)) else { continue };
            found.push(Total {
                value: figure.value,
                unit: form.unit.clone(),
                table: ids.table.to_owned(),
                panel: ids.panel.map(str::to_owned),
                row: row.clone(),
                column: id.clone(),
            });
        }
    }
    found
}

/// Whether a figure has digits enough to be equal by more than chance.
fn is_telling(value: Decimal) -> bool {
    let digits = value.normalize().to_string();
    digits.bytes().filter(u8::is_ascii_digit).count() >= FEWEST
}

/// So many digits are no chance.
const FEWEST: usize = 3;

/// Every total beside the first one in another panel that is equal to it, each pair of panels and value
/// once.
pub(super) fn equal(totals: &[Total]) -> Vec<ProposedTie> {
    let mut found: Vec<ProposedTie> = Vec::new();
    for (at, total) in totals.iter().enumerate() {
        let is_equal = |other: &&Total| {
            other.value.normalize() == total.value.normalize() && other.unit == total.unit
        };
        let is_home = |other: &Total| (&other.table, &other.panel) == (&total.table, &total.panel);
        let Some(first) = totals[..at].iter().find(is_equal) else { continue };
        // Of a panel that says it several times, the first.
        let is_again = totals[..at].iter().filter(is_equal).any(is_home);
        if is_again {
            continue;
        }
        let stem = format!("{}-{}", total.table, first.table);
        let is_taken = |id: &str| found.iter().any(|tie| tie.id == id);
        let mut numbered = (2..).map(|number| format!("{stem}-{number}"));
        let id = if is_taken(&stem) { numbered.find(|id| !is_taken(id)) } else { Some(stem) };
        let equation = format!("{} = {}", first.address(), total.address());
        found.push(ProposedTie { id: id.expect("there is always another number"), equation });
    }
    found
}

impl Total {
    fn address(&self) -> Address {
        let target = Target::Cells {
            table: self.table.clone(),
            panel: self.panel.clone(),
            rows: Rows::Key(self.row.clone()),
            column: self.column.clone(),
        };
        Address::own(target)
    }
}
