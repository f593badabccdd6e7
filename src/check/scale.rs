//! A whole table written in another unit than its form has: every figure of it is the same power of
//! ten away from what other places print. That is one finding at the table, not one a figure.

#![deny(clippy::arithmetic_side_effects)]

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

/// The tables in another unit, the one that explains most first; each broken relation is explained once.
pub(super) fn all(portal: &Model, disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<Scale> {
    let mut open: BTreeSet<usize> =
        (0..outcomes.len()).filter(|index| outcomes[*index].verdict == Verdict::Broken).collect();
    let mut scales = Vec::new();
    let work = Work { portal, disclosure, outcomes };
    while open.len() >= ENOUGH {
        let Some(scale) = work.most(&open) else { break };
        open.retain(|index| !scale.explained.contains(index));
        scales.push(scale);
    }
    scales
}

struct Work<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    outcomes: &'a [Outcome],
}

impl Work<'_> {
    fn most(&self, open: &BTreeSet<usize>) -> Option<Scale> {
        let mut of_table: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, outcome) in self.outcomes.iter().enumerate() {
            for table in crossed(outcome) {
                of_table.entry(table).or_default().push(index);
            }
        }
        let scales = of_table.into_iter().filter_map(|(table, all)| self.scale(table, &all, open));
        // Of two that explain as much the later one in print order is not blamed.
        scales.reduce(
            |best, next| if next.explained.len() > best.explained.len() { next } else { best },
        )
    }

    /// What a table is off by; nothing where that would break a relation that holds.
    fn scale(&self, table: usize, all: &[usize], open: &BTreeSet<usize>) -> Option<Scale> {
        let (broken, sound): (Vec<usize>, Vec<usize>) = all
            .iter()
            .filter(|index| open.contains(index) || self.outcomes[**index].verdict.holds())
            .partition(|index| open.contains(index));
        if broken.len() < ENOUGH {
            return None;
        }
        let powers = (1..=LARGEST).map(|power| Decimal::from(10_i64.pow(power)));
        let factors =
            powers.flat_map(|times| [true, false].map(|is_larger| Factor { times, is_larger }));
        factors.into_iter().find_map(|by| {
            let explained: Vec<usize> =
                broken.iter().copied().filter(|index| self.holds(*index, table, by)).collect();
            let is_whole =
                explained.len() == broken.len() && self.figures(&explained, table) >= ENOUGH;
            let is_sound = || sound.iter().all(|index| self.holds(*index, table, by));
            (is_whole && is_sound()).then_some(Scale { table, by, explained })
        })
    }

    /// How many figures of a table, other than nought, stand in these relations.
    fn figures(&self, outcomes: &[usize], table: usize) -> usize {
        let all = outcomes.iter().flat_map(|index| {
            let outcome = &self.outcomes[*index];
            outcome.left.iter().chain(&outcome.right)
        });
        let is = |operand: &&Operand| {
            is_of(operand.figure, table) && operand.value.is_some_and(|value| !value.is_zero())
        };
        all.filter(is).filter_map(|operand| operand.figure).collect::<BTreeSet<_>>().len()
    }

    /// Whether a relation holds when the figures of a table are brought into its unit.
    fn holds(&self, outcome: usize, table: usize, by: Factor) -> bool {
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
                if is_of(operand.figure, table) {
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

fn is_of(figure: Option<FigureRef>, table: usize) -> bool {
    figure.and_then(table_of) == Some(table)
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
        let own = |operand: &&Operand| is_of(operand.figure, table) && operand.value.is_some();
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
