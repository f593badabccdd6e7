//! Whole tables, or a column, written in another unit than the form has: every figure of them is the same power of
//! ten away from what other places print. That is one finding at the table, and one for many, not one a figure.

#![deny(clippy::arithmetic_side_effects)]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::rules;
use crate::amount::Decimal;
use crate::diagnostic::{Diagnostic, Text, text};
use crate::model::{
    Amount, At, Disclosure, FigureRef, Home, Model, Operand, Outcome, RelationKind, Verdict,
};
use crate::profile::equation::Operator;

/// So many figures that are off alike tell a unit from a slip of the pen.
const ENOUGH: usize = 2;

/// The largest power of ten that parts two units: one and 亿.
const LARGEST: u32 = 8;

/// So many tables have a finding each; more of them are one.
const FEW: usize = 3;

/// So many times are groups added to those that agree with them.
const ROUNDS: usize = 12;

/// A table, or a column of one by the numbers of its panel and itself.
type Group = (usize, Option<(usize, usize)>);

/// Tables or columns in another unit.
pub(super) struct Scale {
    groups: BTreeSet<Group>,
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

/// The tables in another unit, then the columns; each broken relation is explained once.
pub(super) fn all(portal: &Model, disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<Scale> {
    let is_open = |index: &usize| outcomes[*index].verdict == Verdict::Broken;
    let mut open: BTreeSet<usize> = (0..outcomes.len()).filter(is_open).collect();
    let mut scales = Vec::new();
    for of in [table_of as GroupOf, column_of] {
        if open.is_empty() {
            break;
        }
        let crossed: Vec<BTreeSet<Group>> =
            outcomes.iter().map(|outcome| crossed(outcome, of)).collect();
        let work = Work { portal, disclosure, outcomes, crossed, of };
        while !open.is_empty() {
            let Some((by, groups, explained)) = work.most(&open) else { break };
            open.retain(|index| !explained.contains(index));
            if groups.len() > FEW {
                scales.push(Scale { groups, by, explained });
                continue;
            }
            for group in &groups {
                let is_first = |index: &&usize| {
                    let outcome = &outcomes[**index];
                    let within = || outcome.figures().find_map(of);
                    let first = work.crossed[**index].intersection(&groups).next().copied();
                    first.or_else(within) == Some(*group)
                };
                let explained: Vec<usize> = explained.iter().filter(is_first).copied().collect();
                // A table whose relations all stand with another's is said there.
                if !explained.is_empty() {
                    scales.push(Scale { groups: BTreeSet::from([*group]), by, explained });
                }
            }
        }
    }
    scales
}

/// To which table or column a figure belongs.
type GroupOf = fn(FigureRef) -> Option<Group>;

struct Work<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    outcomes: &'a [Outcome],
    /// Of each relation, the groups in it beside which figures of other places stand.
    crossed: Vec<BTreeSet<Group>>,
    of: GroupOf,
}

/// What groups are off by, and the broken relations that this explains.
type Misscaled = (Factor, BTreeSet<Group>, Vec<usize>);

impl Work<'_> {
    /// What explains most; of two that explain as much, fewer groups.
    fn most(&self, open: &BTreeSet<usize>) -> Option<Misscaled> {
        let powers = (1..=LARGEST).map(|power| Decimal::from(10_i64.pow(power)));
        let factors =
            powers.flat_map(|times| [true, false].map(|is_larger| Factor { times, is_larger }));
        let found = factors.filter_map(|by| self.off_by(by, open));
        let worth = |(_, groups, explained): &Misscaled| (explained.len(), Reverse(groups.len()));
        found.reduce(|best, next| if worth(&next) > worth(&best) { next } else { best })
    }

    /// The groups that are off by a factor; nothing where that would break a relation that holds, or
    /// leaves one of theirs broken.
    fn off_by(&self, by: Factor, open: &BTreeSet<usize>) -> Option<Misscaled> {
        let mut figures: BTreeMap<Group, BTreeSet<FigureRef>> = BTreeMap::new();
        for index in open {
            for group in &self.crossed[*index] {
                if self.holds(*index, &BTreeSet::from([*group]), by) {
                    figures.entry(*group).or_default().extend(self.figures(*index, *group));
                }
            }
        }
        let enough = figures.iter().filter(|(_, figures)| figures.len() >= ENOUGH);
        let certain: BTreeSet<Group> = enough.map(|(group, _)| *group).collect();
        if certain.is_empty() {
            let mut alone = figures.iter().filter(|(group, figures)| {
                !figures.is_empty()
                    && figures.iter().all(|figure| self.is_of_text(**group, *figure, by, open))
            });
            let (group, _) = alone.next()?;
            return self.explained(by, BTreeSet::from([*group]), open);
        }
        // Of what is written like them, one figure may be all that another place prints too.
        let seen: BTreeSet<Group> = figures.into_keys().collect();
        let is_enough = |found: &Misscaled| found.2.len() >= ENOUGH;
        let mut all = [seen, certain].into_iter();
        all.find_map(|groups| self.explained(by, groups, open).filter(is_enough))
    }

    /// Whether a table that agrees with itself and of which the text alone says one figure is in the next smaller unit:
    /// every amount beside that figure is as large as such a unit makes it.
    fn is_of_text(
        &self,
        (table, column): Group,
        figure: FigureRef,
        by: Factor,
        open: &BTreeSet<usize>,
    ) -> bool {
        let At::Cell(_, panel, _, own) = figure.at else { return false };
        let Some((_, content)) = self.disclosure.tables.get_index(table) else { return false };
        let is_own = |figure: FigureRef| table_of(figure) == Some((table, None));
        let mut about = open.iter().map(|index| &self.outcomes[*index]);
        let is_said = about
            .all(|outcome| outcome.kind == RelationKind::Bound || !outcome.figures().any(is_own));
        let rows = content.panels.get(panel).into_iter().flat_map(|panel| &panel.rows);
        let values: Vec<Decimal> = rows
            .filter_map(|row| row.cells.get(own)?.figure())
            .filter(|value| !value.is_zero())
            .collect();
        let is_large = values.len() >= ENOUGH && values.iter().all(|value| value.abs() >= by.times);
        let scale = Scale { groups: BTreeSet::new(), by, explained: Vec::new() };
        column.is_none()
            && by.is_larger
            && is_said
            && is_large
            && scale.units(self.disclosure, table).is_some()
    }

    /// What groups explain that are off by a factor, with those that agree with them only where they are so, too.
    fn explained(
        &self,
        by: Factor,
        mut groups: BTreeSet<Group>,
        open: &BTreeSet<usize>,
    ) -> Option<Misscaled> {
        let verdict = |index: usize| self.outcomes[index].verdict;
        let is_sound = |index: &usize| verdict(*index).holds();
        for _ in 0..ROUNDS {
            let touches = |index: &usize| !self.crossed[*index].is_disjoint(&groups);
            let all =
                (0..self.outcomes.len()).filter(|index| is_sound(index) || open.contains(index));
            let fails = |index: &usize| touches(index) && !self.holds(*index, &groups, by);
            let more: BTreeSet<Group> =
                all.filter(fails).flat_map(|index| self.crossed[index].iter().copied()).collect();
            if more.is_empty() {
                let follows =
                    |index: &usize| touches(index) || self.is_rounded(*index, &groups, by);
                let explained: Vec<usize> = open.iter().copied().filter(follows).collect();
                return Some((by, groups, explained));
            }
            let before = groups.len();
            groups.extend(more);
            // Relations fail that no further group mends.
            if groups.len() == before {
                return None;
            }
        }
        None
    }

    /// Whether a relation within groups that are too large fails by no more than their figures were rounded by in the
    /// right unit: `829500.00 ≠ 829600.00`, where every figure is a multiple of 100.
    fn is_rounded(&self, outcome: usize, groups: &BTreeSet<Group>, by: Factor) -> bool {
        let outcome = &self.outcomes[outcome];
        let all = || outcome.left.iter().chain(&outcome.right);
        let is_in = |one: &Operand| {
            let group = one.figure.and_then(self.of);
            group.is_some_and(|group| groups.contains(&group))
        };
        if !by.is_larger || outcome.operator != Operator::Equal || !all().all(is_in) {
            return false;
        }
        // The last place of a figure that is not nought, counted from the point.
        let last = |value: Decimal| -> i32 {
            let text = value.abs().to_string();
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let digits = text.bytes().rev().filter(|byte| *byte != b'.');
            let zeros = digits.take_while(|digit| *digit == b'0').count();
            let place = |count: usize| i32::try_from(count).unwrap_or(0);
            place(zeros).saturating_sub(place(decimals))
        };
        let values = || all().filter_map(|one| one.value).filter(|value| !value.is_zero());
        let Some(place) = values().map(last).min() else { return false };
        let ten = Decimal::from(10_i64);
        let power = (0..place.unsigned_abs()).fold(Decimal::ONE, |power, _| power * ten);
        let step = if place < 0 { Decimal::ONE / power } else { power };
        let slack = values().fold(Decimal::ZERO, |sum, _| sum + step);
        // Half a step for each figure.
        outcome.difference().abs() * Decimal::from(2_i64) <= slack
    }

    /// The figures of a group, other than nought, in a relation.
    fn figures(&self, outcome: usize, group: Group) -> impl Iterator<Item = FigureRef> {
        let Outcome { left, right, .. } = &self.outcomes[outcome];
        let is = move |operand: &&Operand| {
            let is_own = operand.figure.and_then(self.of) == Some(group);
            is_own && operand.value.is_some_and(|value| !value.is_zero())
        };
        left.iter().chain(right).filter(is).filter_map(|operand| operand.figure)
    }

    /// Whether a relation holds when the figures of groups are brought into their unit.
    fn holds(&self, outcome: usize, groups: &BTreeSet<Group>, by: Factor) -> bool {
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
                let group = operand.figure.and_then(self.of);
                if group.is_some_and(|group| groups.contains(&group)) {
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

/// The groups of a relation in which figures of other places stand too.
fn crossed(outcome: &Outcome, of: GroupOf) -> BTreeSet<Group> {
    let homes: BTreeSet<Option<Group>> = outcome
        .left
        .iter()
        .chain(&outcome.right)
        .filter(|operand| operand.value.is_some())
        .filter_map(|operand| Some(of(operand.figure?)))
        .collect();
    if homes.len() < 2 { BTreeSet::new() } else { homes.into_iter().flatten().collect() }
}

fn table_of(figure: FigureRef) -> Option<Group> {
    match figure {
        FigureRef { home: Home::Own, at: At::Cell(table, ..) } => Some((table, None)),
        _ => None,
    }
}

fn column_of(figure: FigureRef) -> Option<Group> {
    match figure {
        FigureRef { home: Home::Own, at: At::Cell(table, panel, _, column) } => {
            Some((table, Some((panel, column))))
        }
        _ => None,
    }
}

impl Scale {
    /// One finding for all that they broke, at the first of them.
    pub(super) fn finding(
        &self,
        disclosure: &Disclosure,
        outcomes: &[Outcome],
    ) -> Option<Diagnostic> {
        let Scale { groups, by, explained } = self;
        let of = if groups.first()?.1.is_some() { column_of } else { table_of };
        let own = explained.iter().find_map(|index| {
            let outcome = &outcomes[*index];
            let mut all = outcome.left.iter().chain(&outcome.right);
            let is_own = |figure: &FigureRef| of(*figure).is_some_and(|own| groups.contains(&own));
            all.find_map(|operand| {
                operand.figure.filter(is_own).filter(|_| operand.value.is_some())
            })
        })?;
        let first = of(own)?;
        let (_, content) = disclosure.tables.get_index(first.0)?;
        let (times, id) = (by.times, &content.spec.id);
        let names: Vec<Text> = std::iter::once(first)
            .chain(groups.iter().copied().filter(|group| *group != first))
            .filter_map(|group| name(disclosure, group))
            .collect();
        let (what, count) = (names.first()?, names.len());
        let what = match count {
            1 => what.clone(),
            _ if first.1.is_some() => {
                text!(zh: "{zh}等 {count} 栏", en: "{en} and {more} more columns", zh = what.zh, en = what.en, more = count.saturating_sub(1))
            }
            _ => {
                text!(zh: "{zh}等 {count} 张表", en: "{en} and {more} more tables", zh = what.zh, en = what.en, more = count.saturating_sub(1))
            }
        };
        let (zh, en) = (&what.zh, &what.en);
        let message = match self.units(disclosure, first.0) {
            Some((written, unit)) => text!(
                zh: "{zh}的数好像是按“{written}”写的，单位应当是“{unit}”",
                en: "the figures of {en} look like {written}, and the unit is {unit}",
            ),
            None if by.is_larger => text!(
                zh: "{zh}的数都是别处的 {times} 倍", en: "every figure of {en} is {times} times what other places print",
            ),
            None => text!(
                zh: "{zh}的数都只有别处的 {times} 分之一", en: "every figure of {en} is one part in {times} of what other places print",
            ),
        };
        let scope = match (first.1, count) {
            (None, 1) => ("整张表的数", "every figure of the table"),
            (Some(_), 1) => ("这一栏的数", "every figure of the column"),
            _ => ("这些数", "all these figures"),
        };
        let (zh, en) = scope;
        let help: Text = if by.is_larger {
            text!(zh: "{zh}除以 {times}", en: "divide {en} by {times}")
        } else {
            text!(zh: "{zh}乘以 {times}", en: "multiply {en} by {times}")
        };
        let code = rules::code_of(RelationKind::TieOut);
        let mut finding = code.at(disclosure.place_of(own.at), message).help(help);
        for name in names.iter().skip(1) {
            finding = finding.note(
                text!(zh: "还有{zh}", en: "so are those of {en}", zh = name.zh, en = name.en),
            );
        }
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

/// What a table, or a column of one, is called.
fn name(disclosure: &Disclosure, (table, column): Group) -> Option<Text> {
    let (_, content) = disclosure.tables.get_index(table)?;
    let (title, id) = (&content.title, &content.spec.id);
    let Some((panel, column)) = column else {
        return Some(text!(zh: "表“{title}”", en: "the table `{id}`"));
    };
    let column = &content.spec.panels.get(panel)?.columns.get(column)?.title;
    Some(text!(zh: "表“{title}”的“{column}”一栏", en: "the column `{column}` of the table `{id}`"))
}
