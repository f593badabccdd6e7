//! The lines of all tables that changed since an earlier year, each once, however many tables print it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::View;
use super::change::{self, LineContext};
use crate::amount::Decimal;
use crate::model::comparison::{Change, ComparedColumn, Comparison};
use crate::model::{At, Disclosure, Home};
use crate::profile::Role;
use crate::profile::equation::Operator;

/// A line that changed.
#[derive(Serialize)]
pub(super) struct ChangedLine {
    /// As the first table that prints it has it.
    #[serde(flatten)]
    line: LineContext,
    /// The unit of its figures.
    unit: String,
    /// How many other tables print it.
    also: usize,
}

/// What makes two lines one: figures that a relation says are the same, or the same code or name with the
/// same figures.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum LineIdentity {
    Figure(At),
    Words(String, String, Decimal, Decimal),
}

/// The lines of all tables that are no sum of others and changed: the largest change first.
pub(super) fn changed_lines(view: &View, all: &[Comparison]) -> Vec<ChangedLine> {
    let mut found: Vec<(Decimal, ChangedLine)> = Vec::new();
    let mut known: BTreeMap<LineIdentity, usize> = BTreeMap::new();
    let Some(first) = all.first() else { return Vec::new() };
    let ties = Ties::of(view, first.disclosure);
    for comparison in all {
        for column in main_columns(comparison) {
            for line in comparison.largest(column, usize::MAX) {
                let Change::By(now, before) = line.change else { continue };
                let at = line.now.map(|row| {
                    At::Cell(comparison.table[0], column.panel[0], row, column.column[0])
                });
                if at.is_some_and(|at| ties.has_parts(at)) {
                    continue;
                }
                let context = change::alone(view, comparison, column, &line);
                let [table, _] = comparison.tables();
                let unit = change::unit(table, column.panel[0], column.column[0]);
                let name = [&context.code, &context.name].into_iter().find(|word| !word.is_empty());
                let words = LineIdentity::Words(
                    name.cloned().unwrap_or_default(),
                    unit.clone(),
                    now,
                    before,
                );
                let keys = [at.map(|at| LineIdentity::Figure(ties.first(at))), Some(words)];
                let index = keys.iter().flatten().find_map(|key| known.get(key)).copied();
                if let Some(index) = index {
                    found[index].1.also += 1;
                }
                let index = index.unwrap_or(found.len());
                known.extend(keys.into_iter().flatten().map(|key| (key, index)));
                if index == found.len() {
                    let line = ChangedLine { line: context, unit, also: 0 };
                    found.push(((now - before).abs(), line));
                }
            }
        }
    }
    largest_first(found)
}

/// What is listed beside how large it is, without that.
pub(super) fn largest_first<T>(mut all: Vec<(Decimal, T)>) -> Vec<T> {
    all.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    all.into_iter().map(|(_, one)| one).collect()
}

/// The first column of amounts of every panel that totals add up.
fn main_columns<'c, 'a>(
    comparison: &'c Comparison<'a>,
) -> impl Iterator<Item = &'c ComparedColumn<'a>> {
    let [now, _] = comparison.tables();
    let mut seen = BTreeSet::new();
    comparison.columns.iter().filter(move |column| {
        let spec = &now.spec.panels[column.panel[0]].columns[column.column[0]];
        spec.is_summed_amount() && seen.insert(column.panel[0])
    })
}

/// Cells that relations between tables say are one figure.
#[derive(Default)]
struct Ties {
    /// By cell: another of its figure, nearer to the first.
    nearer: BTreeMap<At, At>,
    /// The first cells of figures that a table prints as a sum of other rows.
    sums: BTreeSet<At>,
}

impl Ties {
    fn of(view: &View, disclosure: &Disclosure) -> Ties {
        let mut ties = Ties::default();
        for outcome in disclosure.relations(view.portal) {
            let is_tie = outcome.tie_out().is_some() && outcome.operator == Operator::Equal;
            let ([left], [right]) = (outcome.left.as_slice(), outcome.right.as_slice()) else {
                continue;
            };
            let (Some(left), Some(right)) = (left.figure, right.figure) else { continue };
            if is_tie
                && outcome.verdict.holds()
                && left.home == Home::Own
                && right.home == Home::Own
            {
                let (one, other) = (ties.first(left.at), ties.first(right.at));
                if one != other {
                    ties.nearer.insert(one.max(other), one.min(other));
                }
            }
        }
        let cells: Vec<At> = ties.nearer.iter().flat_map(|(at, other)| [*at, *other]).collect();
        let mut parents: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for at in cells {
            let At::Cell(table, panel, row, _) = at else { continue };
            let content = &disclosure.tables[table].panels[panel];
            let parents = parents.entry((table, panel)).or_insert_with(|| content.parents());
            if content.rows[row].role != Role::Detail || parents.contains(&row) {
                ties.sums.insert(ties.first(at));
            }
        }
        ties
    }

    /// The first cell of the figure.
    fn first(&self, at: At) -> At {
        let mut first = at;
        while let Some(nearer) = self.nearer.get(&first) {
            first = *nearer;
        }
        first
    }

    /// Whether another table prints the figure as a sum, and its parts below it.
    fn has_parts(&self, at: At) -> bool {
        self.sums.contains(&self.first(at))
    }
}
