//! What bound figures and declared sums promise, worked out like every other relation.
//!
//! A figure in prose may be printed shorter than its cell and then stands for half
//! a unit of its own last place; printed as long, it must agree to the digit. The
//! items of a list are printed alike: `4` among `7.11` stands for `4.00`. No rounding
//! makes nought, the whole or the other sign of what is none (docs/rounding.md).

#![deny(clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};

use super::super::lookup::{Amount, At, FigureRef, Lookup};
use super::super::relations::judge;
use super::super::{Disclosure, Model};
use super::super::{Operand, Outcome, RelationKind, Verdict};
use super::{Binding, Direction, bounded, figure};
use crate::address::Address;
use crate::amount::{Decimal, half_unit};
use crate::profile::equation::{Operand as Written, Operator};

/// Whether words say something else than a shorter printing of their cells: none of what is some, all
/// of what is not all, or more where it is less.
fn says_otherwise(said: Decimal, found: Decimal, is_percent: bool) -> bool {
    let is_none = said.is_zero() && !found.is_zero();
    let is_all = |share: Decimal| is_percent && share == Decimal::ONE_HUNDRED;
    let is_turned =
        !said.is_zero() && !found.is_zero() && said.is_sign_negative() != found.is_sign_negative();
    is_none || is_turned || is_all(said) != is_all(found)
}

/// So many totals of one list in a text are added up; later ones are compared with the first.
const ADDED_UP: usize = 16;

impl Disclosure {
    /// Every promise of the prose.
    pub(in crate::model) fn prose_relations(&self, portal: &Model, outcomes: &mut Vec<Outcome>) {
        // Of each sum by its section and name: the figures that are parts of it, and its totals so far.
        let mut parts: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (section, _, number, binding) in self.bindings() {
            for sum in binding.parts.iter().collect::<BTreeSet<_>>() {
                parts.entry((section, sum)).or_default().push(number);
            }
        }
        let mut totals: BTreeMap<(usize, &str), (usize, usize)> = BTreeMap::new();
        for (section, _, number, binding) in self.bindings() {
            // A rate follows from two years by a division: that is a statement, and no sum.
            if !binding.terms.is_empty() && !self.is_rate_of_change(binding) {
                outcomes.extend(self.bound(portal, At::Slot(section, number), binding));
            }
            for sum in &binding.sums {
                let list = (section, sum.as_str());
                let Some(parts) = parts.get(&list) else { continue };
                let (first, count) = totals.entry(list).or_insert((number, 0));
                let first = std::slice::from_ref(first);
                let parts = if *count < ADDED_UP { parts } else { first };
                *count = count.saturating_add(1);
                outcomes.push(self.narrative_sum(portal, section, number, parts));
            }
        }
    }

    /// Whether a share in per cent is bound to a difference of amounts.
    pub(super) fn is_rate_of_change(&self, binding: &Binding) -> bool {
        let is_percent = || {
            let money = figure::bound(&self.profile, &binding.words).0;
            money.is_some_and(|money| money.percent)
        };
        let is_amount = |address: &Address| {
            let places = self.places(&address.target, None);
            places.and_then(|all| all.first().copied()).is_some_and(|at| self.unit(at).is_some())
        };
        binding.is_change() && is_percent() && binding.addresses().all(is_amount)
    }

    /// A figure against its cells; nothing when they are not there, which another rule says.
    fn bound(&self, portal: &Model, at: At, binding: &Binding) -> Option<Outcome> {
        let (mut absent, mut unread) = (false, None);
        let mut right = Vec::new();
        for term in &binding.terms {
            let negative = term.negative;
            match &term.operand {
                Written::Number(number) => {
                    right.push(Operand::number(negative, *number));
                }
                Written::Address(address) => match self.find(portal, address, None) {
                    Lookup::Absent if address.prior && self.prior.is_none() => absent = true,
                    Lookup::Absent => return None,
                    Lookup::Unread(at) => unread = Some(at),
                    Lookup::Figures(figures) if figures.is_empty() => return None,
                    Lookup::Figures(figures) => {
                        let operand = |figure| Operand::figure(negative, figure);
                        right.extend(figures.into_iter().map(operand));
                    }
                },
            }
        }
        let shrinks = matches!(binding.direction, Some((Direction::Decrease, _)));
        let is_less = shrinks && binding.is_change();
        let left = Operand::figure(is_less, FigureRef::own(at));
        let mut outcome =
            self.compare(portal, RelationKind::Bound, vec![left], Operator::Equal, right);
        if absent || unread.is_some() {
            outcome.verdict = Verdict::Missing;
            outcome.unread = unread;
        }
        if matches!(outcome.verdict, Verdict::Withheld | Verdict::Missing) {
            return Some(outcome);
        }
        // Without a word of direction, the size of a change is all that is said.
        if binding.is_change()
            && binding.direction.is_none()
            && outcome.right_sum.is_sign_negative()
        {
            outcome.left[0].negative = true;
            outcome.left_sum = -outcome.left_sum;
        }
        let is_percent =
            figure::bound(&self.profile, &binding.words).0.is_some_and(|money| money.percent);
        let says_otherwise = says_otherwise(outcome.left_sum, outcome.right_sum, is_percent);
        outcome.allowed = if says_otherwise { Decimal::ZERO } else { self.slack(portal, &outcome) };
        outcome.verdict = judge(outcome.difference(), outcome.allowed, Operator::Equal);
        if let Some(bounded) = &binding.bounded {
            let half = self.half_of_last_digit(binding, outcome.unit());
            bounded::judge(&mut outcome, bounded.kind, half);
        }
        let reversed = outcome.left_sum + outcome.right_sum;
        if outcome.verdict == Verdict::Broken
            && binding.is_change()
            && reversed.abs() <= outcome.allowed
        {
            outcome.kind = RelationKind::Direction;
        }
        Some(outcome)
    }

    /// Half a unit of the last digit of a figure in prose, in a unit.
    fn half_of_last_digit(&self, binding: &Binding, unit: Option<&str>) -> Decimal {
        let (money, number) = figure::bound(&self.profile, &binding.words);
        let unit = self.profile.factor(unit);
        let own = money.map_or_else(
            || self.profile.factor(self.unit_of_target(binding)),
            |money| money.factor,
        );
        number.map_or(Decimal::ZERO, |number| bounded::half_of_last_digit(number) * own / unit)
    }

    /// How far rounding may carry a figure in prose from its cells, in the outcome's unit.
    fn slack(&self, portal: &Model, outcome: &Outcome) -> Decimal {
        let of = |figure: FigureRef| match self.home(portal, figure).amount(figure.at) {
            Amount::Printed(_, slack) => Some(slack),
            _ => None,
        };
        let factor = self.profile.factor(outcome.unit());
        let left: Decimal = outcome.left.iter().filter_map(|operand| of(operand.figure?)).sum();
        let right: Vec<Decimal> =
            outcome.right.iter().filter_map(|operand| of(operand.figure?)).collect();
        let allowed = match right.as_slice() {
            [] => Decimal::ZERO,
            [one] if *one == left => Decimal::ZERO,
            [one] => left.max(*one),
            several => left + several.iter().sum::<Decimal>(),
        };
        allowed / factor
    }

    /// A stated total against the parts listed for it.
    fn narrative_sum(
        &self,
        portal: &Model,
        section: usize,
        total: usize,
        parts: &[usize],
    ) -> Outcome {
        let bindings = &self.sections[section].bindings;
        let way = |binding: &Binding| binding.direction.as_ref().map(|(way, _)| *way);
        let of_total = way(&bindings[total]);
        let signed = |number: usize, way: Option<Direction>| {
            let figure = FigureRef::own(At::Slot(section, number));
            Operand::figure(way == Some(Direction::Decrease), figure)
        };
        let part = |number: &usize| signed(*number, way(&bindings[*number]).or(of_total));
        let parts: Vec<Operand> = parts.iter().map(part).collect();
        let left = vec![signed(total, of_total)];
        let mut outcome =
            self.compare(portal, RelationKind::Narrative, left, Operator::Equal, parts);
        if !matches!(outcome.verdict, Verdict::Withheld | Verdict::Missing) {
            let slacks: Vec<Decimal> = outcome
                .figures()
                .filter_map(|figure| match self.amount(figure.at) {
                    Amount::Printed(_, slack) => Some(slack),
                    _ => None,
                })
                .collect();
            let finest = slacks.iter().min().copied().unwrap_or_default();
            let factor = self.profile.factor(outcome.unit());
            let says_otherwise = says_otherwise(outcome.left_sum, outcome.right_sum, false);
            let drift = finest * Decimal::from(slacks.len()) / factor;
            outcome.allowed = if says_otherwise { Decimal::ZERO } else { drift };
            outcome.verdict = judge(outcome.difference(), outcome.allowed, Operator::Equal);
            if let Some(bounded) = &bindings[total].bounded {
                let half = self.half_of_last_digit(&bindings[total], outcome.unit());
                bounded::judge(&mut outcome, bounded.kind, half);
            }
        }
        outcome
    }

    /// The amount of a figure in prose, in base units. One without a unit has that of its cell.
    pub(in crate::model) fn slot_amount(&self, section: usize, binding: usize) -> Amount {
        let binding = &self.sections[section].bindings[binding];
        if binding.unclear.is_some() {
            return Amount::Words;
        }
        match figure::bound(&self.profile, &binding.words) {
            (Some(money), _) => Amount::Printed(money.amount(), money.slack()),
            (None, Some(number)) => {
                let factor = self.profile.factor(self.unit_of_target(binding));
                Amount::Printed(number * factor, half_unit(number.scale()) * factor)
            }
            (None, None) => Amount::Words,
        }
    }

    /// The unit a figure in prose is printed in.
    pub(in crate::model) fn slot_unit(&self, section: usize, binding: usize) -> Option<&str> {
        let binding = &self.sections[section].bindings[binding];
        match figure::bound(&self.profile, &binding.words).0 {
            Some(money) if money.percent => None,
            Some(money) => {
                let mut units = self.profile.units.iter();
                units.find(|(_, factor)| **factor == money.factor).map(|(unit, _)| unit.as_str())
            }
            None => self.unit_of_target(binding),
        }
    }

    fn unit_of_target(&self, binding: &Binding) -> Option<&str> {
        let address = binding.addresses().find(|address| address.is_own())?;
        let at = *self.places(&address.target, None)?.first()?;
        if matches!(at, At::Slot(..)) { None } else { self.unit(at) }
    }
}
