//! One value in two states → what differs, and how much.

use super::{Side, ValueDiff};
use crate::amount::Decimal;
use crate::model::{Cell, Hidden};
use crate::secrecy::Cover;

/// What stands in the place of a text that says something withheld.
pub(super) const COVERED: &str = "[c]";

/// A text of the authors, or the mark where it says something withheld.
pub(super) fn shown(text: &str, cover: &Cover) -> String {
    if cover.holds(text) { COVERED } else { text }.to_owned()
}

/// One value in two states, the earlier first; nothing where there is no such row or column.
pub(super) struct Sides<'a> {
    pub(super) cells: [Option<&'a Cell>; 2],
    pub(super) units: [Option<&'a str>; 2],
}

impl Sides<'_> {
    /// What differs; nothing where both states print the same.
    pub(super) fn differ(
        &self,
        cover: &Cover,
        (address, name): (String, &str),
        place: Option<Hidden>,
    ) -> Option<ValueDiff> {
        let [before, after] = self.cells;
        let is_withheld = self.cells.map(|cell| matches!(cell, Some(Cell::Withheld(_))));
        let is_filled = |cell: Option<&Cell>| cell.is_some_and(|cell| !cell.is_blank());
        let is_same = match (before, after) {
            (Some(before), Some(after)) => {
                let is_figure = before.figure().is_some() && after.figure().is_some();
                before.words() == after.words() && (!is_figure || self.is_one_unit())
            }
            (one, other) => !is_filled(one) && !is_filled(other),
        };
        if is_same || is_withheld == [true, true] {
            return None;
        }
        let withheld = match is_withheld {
            [true, _] => Some(Side::Before),
            [_, true] => Some(Side::After),
            _ => None,
        };
        let mark = self.cells.into_iter().flatten().find(|cell| matches!(cell, Cell::Withheld(_)));
        let said = self.cells.map(|cell| {
            let said = cell?.text();
            Some(match mark {
                Some(mark) => mark.text(),
                None => shown(&said, cover),
            })
        });
        let is_shown = said.iter().flatten().all(|said| said != COVERED) && withheld.is_none();
        let is_one_unit = self.is_one_unit();
        let [before, after] = said;
        let unit = |at: usize| self.units[at].filter(|_| !is_one_unit);
        let shared = self.units[1].or(self.units[0]).filter(|_| is_one_unit && self.is_amount());
        Some(ValueDiff {
            address,
            name: name.to_owned(),
            before: before.map(|said| with_unit(said, unit(0))),
            after: after.map(|said| with_unit(said, unit(1))),
            by: self.by().filter(|_| is_shown).map(|by| by.to_string()),
            unit: shared.map(str::to_owned),
            withheld,
            place,
        })
    }

    /// How much more the later is; a blank counts as nought.
    fn by(&self) -> Option<Decimal> {
        let figure = |cell: Option<&Cell>| match cell? {
            Cell::Figure(value, _) => Some(*value),
            Cell::Blank => Some(Decimal::ZERO),
            _ => None,
        };
        let [before, after] = self.cells.map(figure);
        let difference = after?.checked_sub(before?)?;
        (self.is_one_unit() && self.is_amount()).then_some(difference)
    }

    /// Whether both states print it in one unit, as far as both print it.
    fn is_one_unit(&self) -> bool {
        self.cells.iter().any(Option::is_none) || self.units[0] == self.units[1]
    }

    /// Whether a figure stands in either state.
    fn is_amount(&self) -> bool {
        self.cells.into_iter().flatten().any(|cell| cell.figure().is_some())
    }
}

fn with_unit(said: String, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if !said.is_empty() => format!("{said} {unit}"),
        _ => said,
    }
}
