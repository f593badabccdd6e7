//! A whole table written in another unit than its form has: every figure of it is the same power of
//! ten away from what other places print. That is one finding at the table, not one a figure.

#![deny(clippy::arithmetic_side_effects)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::rules;
use crate::amount::Decimal;
use crate::diagnostic::{Diagnostic, Text, text};
use crate::model::{
    Amount, At, Disclosure, FigureRef, Model, Operand, Outcome, RelationKind, Verdict,
};
use crate::profile::equation::Operator;

/// So many figures that are off alike tell a unit from a slip of the pen.
const ENOUGH: usize = 2;

/// The largest power of ten that parts two units: one and 亿.
const LARGEST: u32 = 8;

/// A table in another unit.
pub(super) struct Scale {
    table: usize,
    by: Factor,
    /// The relations that hold in the right unit, by number.
    pub explained: Vec<usize>,
}

/// By what every figure of a table is off.
#[derive(Clone, Copy)]
struct Factor {
    times: Decimal,
    is_larger: bool,
}

impl Factor {
    fn mended(self, value: Decimal) -> Decimal {
        if self.is_larger { value / self.times } else { value * self.times }
    }
}

/// The tables in another unit; each broken relation is explained once.
pub(super) fn all(portal: &Model, disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<Scale> {
    let crossed: Vec<BTreeSet<usize>> = outcomes.iter().map(crossed).collect();
    let work = Work { portal, disclosure, outcomes, crossed };
    let is_open = |index: &usize| outcomes[*index].verdict == Verdict::Broken;
    let mut open: BTreeSet<usize> = (0..outcomes.len()).filter(is_open).collect();
    let mut scales = Vec::new();
    while open.len() >= ENOUGH {
        let Some((by, tables, explained)) = work.most(&open) else { break };
        open.retain(|index| !explained.contains(index));
        for table in tables.iter().copied() {
            let of_table = |index: &&usize| first(&work.crossed[**index], &tables) == Some(table);
            let explained: Vec<usize> = explained.iter().filter(of_table).copied().collect();
            scales.push(Scale { table, by, explained });
        }
        // A table whose relations all stand with another's is said there.
        scales.retain(|scale| !scale.explained.is_empty());
    }
    scales
}

/// The first table of a relation among some.
fn first(crossed: &BTreeSet<usize>, tables: &BTreeSet<usize>) -> Option<usize> {
    crossed.intersection(tables).next().copied()
}

struct Work<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    outcomes: &'a [Outcome],
    /// Of each relation, the tables in it beside which figures of other places stand.
    crossed: Vec<BTreeSet<usize>>,
}

/// What tables are off by, and the broken relations that this explains.
type Found = (Factor, BTreeSet<usize>, Vec<usize>);

impl Work<'_> {
    /// What explains most; of two that explain as much, fewer tables.
    fn most(&self, open: &BTreeSet<usize>) -> Option<Found> {
        let powers = (1..=LARGEST).map(|power| Decimal::from(10_i64.pow(power)));
        let factors =
            powers.flat_map(|times| [true, false].map(|is_larger| Factor { times, is_larger }));
        let found = factors.filter_map(|by| self.tables_off_by(by, open));
        let worth = |(_, tables, explained): &Found| (explained.len(), Reverse(tables.len()));
        found.reduce(|best, next| if worth(&next) > worth(&best) { next } else { best })
    }

    /// The tables that are off by a factor; nothing where that would break a relation that holds, or
    /// leaves one of theirs broken.
    fn tables_off_by(&self, by: Factor, open: &BTreeSet<usize>) -> Option<Found> {
        let mut figures: BTreeMap<usize, BTreeSet<FigureRef>> = BTreeMap::new();
        for index in open {
            for table in &self.crossed[*index] {
                if self.holds(*index, &BTreeSet::from([*table]), by) {
                    figures.entry(*table).or_default().extend(self.figures(*index, *table));
                }
            }
        }
        let is_enough = |(_, figures): &(usize, BTreeSet<FigureRef>)| figures.len() >= ENOUGH;
        let tables: BTreeSet<usize> =
            figures.into_iter().filter(is_enough).map(|(table, _)| table).collect();
        let touched = |index: &usize| !self.crossed[*index].is_disjoint(&tables);
        let explained: Vec<usize> = open.iter().copied().filter(touched).collect();
        let is_sound = |index: &usize| self.outcomes[*index].verdict.holds();
        let mut sound = (0..self.outcomes.len()).filter(is_sound).filter(touched);
        let holds = |index: usize| self.holds(index, &tables, by);
        let all_hold = explained.len() >= ENOUGH
            && explained.iter().all(|index| holds(*index))
            && sound.all(holds);
        all_hold.then_some((by, tables, explained))
    }

    /// The figures of a table, other than nought, in a relation.
    fn figures(&self, outcome: usize, table: usize) -> impl Iterator<Item = FigureRef> {
        let Outcome { left, right, .. } = &self.outcomes[outcome];
        let is = move |operand: &&Operand| {
            let is_own = operand.figure.and_then(table_of) == Some(table);
            is_own && operand.value.is_some_and(|value| !value.is_zero())
        };
        left.iter().chain(right).filter(is).filter_map(|operand| operand.figure)
    }

    /// Whether a relation holds when the figures of tables are brought into their unit.
    fn holds(&self, outcome: usize, tables: &BTreeSet<usize>, by: Factor) -> bool {
        let outcome = &self.outcomes[outcome];
        let factor = self.disclosure.profile.factor(outcome.unit());
        let mut slack = outcome.allowed * factor;
        let mut sum = |operands: &[Operand]| {
            let mut sum = Decimal::ZERO;
            for operand in operands {
                let (mut value, mut half) = match operand.figure {
                    None => (operand.value.unwrap_or_default() * factor, Decimal::ZERO),
                    Some(figure) => {
                        let home = self.disclosure.home(self.portal, figure);
                        let Amount::Printed(value, half) = home.amount(figure.at) else { continue };
                        (value, half)
                    }
                };
                let table = operand.figure.and_then(table_of);
                if table.is_some_and(|table| tables.contains(&table)) {
                    (value, half) = (by.mended(value), by.mended(half));
                }
                slack += half;
                sum += if operand.negative { -value } else { value };
            }
            sum
        };
        let difference = sum(&outcome.left) - sum(&outcome.right);
        match outcome.operator {
            Operator::Equal => difference.abs() <= slack,
            Operator::AtMost => difference <= slack,
            Operator::AtLeast => -difference <= slack,
        }
    }
}

/// The tables of a relation in which figures of other places stand too.
fn crossed(outcome: &Outcome) -> BTreeSet<usize> {
    let homes: BTreeSet<Option<usize>> = outcome
        .left
        .iter()
        .chain(&outcome.right)
        .filter(|operand| operand.value.is_some())
        .filter_map(|operand| Some(table_of(operand.figure?)))
        .collect();
    if homes.len() < 2 { BTreeSet::new() } else { homes.into_iter().flatten().collect() }
}

fn table_of(figure: FigureRef) -> Option<usize> {
    match figure {
        FigureRef { prior: false, at: At::Cell(table, ..) } => Some(table),
        _ => None,
    }
}

impl Scale {
    /// One finding for all the table broke.
    pub(super) fn finding(
        &self,
        disclosure: &Disclosure,
        outcomes: &[Outcome],
    ) -> Option<Diagnostic> {
        let Scale { table, by, ref explained } = *self;
        let (_, content) = disclosure.tables.get_index(table)?;
        let outcome = outcomes.get(*explained.first()?)?;
        let own = |operand: &&Operand| {
            operand.figure.and_then(table_of) == Some(table) && operand.value.is_some()
        };
        let own = outcome.left.iter().chain(&outcome.right).find(own)?.figure?;
        let (title, id, times) = (&content.title, &content.spec.id, by.times);
        let message = match self.units(disclosure, table) {
            Some((written, unit)) => text!(
                zh: "表“{title}”的数好像是按“{written}”写的，这张表的单位是“{unit}”",
                en: "the figures of the table `{id}` look like {written}, and its unit is {unit}",
            ),
            None if by.is_larger => text!(
                zh: "表“{title}”的数都是别处的 {times} 倍", en: "every figure of the table `{id}` is {times} times what other places print",
            ),
            None => text!(
                zh: "表“{title}”的数都只有别处的 {times} 分之一", en: "every figure of the table `{id}` is one part in {times} of what other places print",
            ),
        };
        let help: Text = if by.is_larger {
            text!(zh: "整张表的数除以 {times}", en: "divide every figure of the table by {times}")
        } else {
            text!(zh: "整张表的数乘以 {times}", en: "multiply every figure of the table by {times}")
        };
        let code = rules::code_of(RelationKind::TieOut);
        let mut finding = code.at(disclosure.place_of(own.at), message).help(help);
        finding.unchecked = explained.len();
        Some(finding.about(&disclosure.path, id.as_str()))
    }

    /// The unit a table was written in, and its own.
    fn units<'a>(&self, disclosure: &'a Disclosure, table: usize) -> Option<(&'a str, &'a str)> {
        let (_, content) = disclosure.tables.get_index(table)?;
        let unit = content.spec.unit.as_deref()?;
        let units = &disclosure.profile.units;
        let (name, factor) = units.iter().find(|(name, _)| name.as_str() == unit)?;
        let Factor { times, is_larger } = self.by;
        let meant = if is_larger { *factor / times } else { *factor * times };
        let written = units.iter().find(|(_, factor)| **factor == meant)?;
        Some((written.0, name))
    }
}
