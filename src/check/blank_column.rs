//! A column that is blank throughout and whose figures every row lacks: one finding for the table, not one a row.

#![deny(clippy::arithmetic_side_effects)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{rules, words};
use crate::amount::Decimal;
use crate::diagnostic::{Diagnostic, text};
use crate::model::{At, Cell, Disclosure, FigureRef, Home, Outcome, RelationKind, Verdict};
use crate::profile::Role;

/// So many rows that lack a figure of one column show that the column is missing.
const ENOUGH: usize = 3;

/// So many columns are named where several may be the missing one.
const NAMED: usize = 3;

/// A column: the numbers of its table, panel and itself.
type ColumnNumbers = (usize, usize, usize);

/// A blank column and what follows from it.
pub(super) struct BlankColumn {
    /// It, or those of which it is one.
    columns: Vec<ColumnNumbers>,
    /// What each row lacks, by its number.
    missing: BTreeMap<usize, Decimal>,
    /// The relations that are broken because of it, by number.
    pub(super) explained: Vec<usize>,
}

/// The blank columns of a disclosure, one of a table at most.
pub(super) fn all(disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<BlankColumn> {
    let broken = || outcomes.iter().enumerate().filter(|(_, one)| one.verdict == Verdict::Broken);
    let mut columns: BTreeMap<ColumnNumbers, BlankColumn> = BTreeMap::new();
    for (index, outcome) in broken() {
        for (column, row, sign) in blanks(outcome) {
            let found = columns.entry(column).or_insert_with(|| BlankColumn {
                columns: vec![column],
                missing: BTreeMap::new(),
                explained: Vec::new(),
            });
            found.explained.push(index);
            if outcome.kind == RelationKind::CrossFoot {
                found.missing.insert(row, sign * outcome.difference());
            }
        }
    }
    let mut tables: BTreeMap<(usize, usize), BlankColumn> = BTreeMap::new();
    for (column, found) in columns {
        if !found.is_one(disclosure, column) {
            continue;
        }
        let worth = |one: &BlankColumn| (one.explained.len(), Reverse(one.columns[0]));
        match tables.get_mut(&(column.0, column.1)) {
            Some(best) if best.explained.len() == found.explained.len() => {
                best.columns.push(column);
            }
            Some(best) if worth(best) > worth(&found) => {}
            _ => drop(tables.insert((column.0, column.1), found)),
        }
    }
    tables.into_values().collect()
}

/// The blank cells of a relation: column, row, and whether a figure there would close the gap as it is or turned.
fn blanks(outcome: &Outcome) -> impl Iterator<Item = (ColumnNumbers, usize, Decimal)> {
    let left = outcome.left.iter().map(|operand| (operand, true));
    let right = outcome.right.iter().map(|operand| (operand, false));
    left.chain(right).filter(|(operand, _)| operand.value.is_none()).filter_map(
        |(operand, on_left)| match operand.figure {
            Some(FigureRef { home: Home::Own, at: At::Cell(table, panel, row, column) }) => {
                let is_turned = operand.negative != on_left;
                let sign = if is_turned { -Decimal::ONE } else { Decimal::ONE };
                Some(((table, panel, column), row, sign))
            }
            _ => None,
        },
    )
}

impl BlankColumn {
    /// Whether the column is blank throughout, enough rows lack its figure, and what they lack adds up as the rows do.
    fn is_one(&self, disclosure: &Disclosure, (table, panel, column): ColumnNumbers) -> bool {
        let rows = &disclosure.tables[table].panels[panel].rows;
        if self.missing.len() < ENOUGH
            || rows.iter().any(|row| !matches!(row.cells.get(column), Some(Cell::Blank)))
        {
            return false;
        }
        let lacks = |row: usize| self.missing.get(&row).copied().unwrap_or_default();
        let mut below: BTreeMap<usize, Decimal> = BTreeMap::new();
        let mut top = Decimal::ZERO;
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.role == Role::Detail) {
            match row.parent {
                Some(parent) => *below.entry(parent).or_default() += lacks(index),
                None => top += lacks(index),
            }
        }
        let is_total = |index: &usize| rows[*index].role == Role::Total;
        let totals = (0..rows.len()).filter(is_total).filter(|total| !below.contains_key(total));
        let mut sums: Vec<(Decimal, Decimal)> = totals.map(|total| (lacks(total), top)).collect();
        sums.extend(below.into_iter().map(|(parent, sum)| (lacks(parent), sum)));
        sums.iter().all(|(whole, parts)| whole == parts)
            && sums.iter().any(|(whole, _)| !whole.is_zero())
    }

    /// One finding for the column, at the first row that lacks its figure.
    pub(super) fn finding(
        &self,
        disclosure: &Disclosure,
        outcomes: &[Outcome],
    ) -> Option<Diagnostic> {
        let (table, panel, column) = *self.columns.first()?;
        let content = &disclosure.tables[table];
        let (title, id) = (&content.title, &content.spec.id);
        let title_of = |(_, panel, column): &ColumnNumbers| {
            format!("“{}”", content.spec.panels[*panel].columns[*column].title)
        };
        let names: Vec<String> = self.columns.iter().take(NAMED).map(title_of).collect();
        let count = self.missing.len();
        let message = if let [name] = names.as_slice() {
            text!(zh: "表“{title}”的{name}一栏整栏空着，{count} 行各部分相加因此少了它", en: "the column {name} of the table `{id}` is blank throughout, and {count} rows lack it in their sums")
        } else {
            let names = names.join("、");
            text!(zh: "表“{title}”有一栏整栏空着，{count} 行各部分相加因此少了它：{names} 里的一栏", en: "a column of the table `{id}` is blank throughout, and {count} rows lack it in their sums: one of {names}")
        };
        let (row, lacking) = self.missing.first_key_value()?;
        let name = &content.panels[panel].rows[*row].name;
        let at = At::Cell(table, panel, *row, column);
        let is_first = |outcome: &&Outcome| {
            outcome.kind == RelationKind::CrossFoot
                && outcome.figures().any(|figure| figure == FigureRef { home: Home::Own, at })
        };
        let mut finding = rules::code_of(RelationKind::CrossFoot)
            .at(disclosure.place_of(at), message)
            .help(text!(zh: "补上这一栏；“{name}”少了 {lacking}", en: "fill in the column; {name} lacks {lacking}"));
        let explained = self.explained.iter().map(|index| &outcomes[*index]);
        if let Some(outcome) = explained.clone().find(is_first) {
            finding = finding.note(words::sides(outcome));
        }
        finding.unchecked = self.explained.len();
        let seen: Vec<String> = explained.map(words::equation).collect();
        Some(finding.seen(seen.join("；")).about(&disclosure.path, id.as_str()))
    }
}
