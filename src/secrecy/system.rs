//! The published relations of a portal as inequalities over its withheld figures.
//!
//! A reader knows every published figure to half a unit of its last place, and
//! every relation that holds. Figures are in base units.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;

use super::bounds::{Inequality, Rational, rational};
use crate::address::Target;
use crate::amount::{self, Decimal};
use crate::model::{Amount, At, Cell, Disclosure, Draft, Outcome, RelationKind, Secrets, Verdict};
use crate::profile::equation::Operator;

/// A figure readers do not get: the index of its disclosure and its place there.
pub(super) type FigureKey = (usize, At);

/// A withheld figure.
pub(super) struct Unknown {
    /// Where it stands.
    pub place: FigureKey,
    /// One unit of its last place.
    pub last_place: Decimal,
    /// Whether it may be below nought.
    pub signed: bool,
}

/// A relation with at least one unknown in it: `low ≤ Σ factor · unknown ≤ high`.
pub(super) struct Relation<'a> {
    /// The disclosure that promises it.
    pub home: usize,
    /// The relation.
    pub outcome: &'a Outcome,
    /// The unknowns with their factors.
    pub terms: Vec<(usize, Decimal)>,
    /// What the sum comes to if nothing was rounded.
    pub sum: Decimal,
    /// How far rounding may carry it.
    pub slack: Decimal,
}

/// All of them.
#[derive(Default)]
pub(super) struct System<'a> {
    /// The withheld figures.
    pub unknowns: Vec<Unknown>,
    /// The relations they stand in.
    pub relations: Vec<Relation<'a>>,
    indexes: BTreeMap<FigureKey, usize>,
    /// Of each disclosure's columns and fields, whether their figures may be below nought.
    signed: BTreeMap<(usize, FigureColumn), bool>,
}

/// The indexes of a table, a panel and a column; or of a field of projects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FigureColumn {
    Of(usize, usize, usize),
    Field(usize),
    Other,
}

impl<'a> System<'a> {
    /// Everything readers can put together. A relation is one if it
    /// really applies, whether or not readers can see that it does.
    pub(super) fn of(draft: &'a Draft) -> System<'a> {
        let mut system = System::default();
        let disclosures = draft.disclosures.iter().enumerate();
        let hides: Vec<bool> = disclosures
            .clone()
            .map(|(index, one)| !draft.secrets(index).is_empty() || has_marks(one))
            .collect();
        for (home, disclosure) in disclosures {
            let prior_hides = disclosure.prior.is_some_and(|prior| hides[prior]);
            let names_stages = || {
                let mut addresses =
                    disclosure.profile.tie_outs.iter().flat_map(|one| one.equation.addresses());
                addresses.any(|address| address.stage.is_some())
            };
            if hides[home] || prior_hides || (hides.contains(&true) && names_stages()) {
                for outcome in disclosure.relations(draft) {
                    system.add(draft, home, outcome);
                }
            }
        }
        system
    }

    /// The inequalities a relation stands for.
    pub(super) fn inequalities(relation: &Relation) -> Vec<Inequality> {
        let exact = |(at, factor): &(usize, Decimal)| (*at, rational(*factor));
        let terms: Vec<(usize, Rational)> = relation.terms.iter().map(exact).collect();
        let (sum, slack) = (rational(relation.sum), rational(relation.slack));
        let at_most = |sign: Decimal| {
            let sign = rational(sign);
            Inequality {
                terms: terms.iter().map(|(at, factor)| (*at, &sign * factor)).collect(),
                limit: sign * &sum + &slack,
            }
        };
        match relation.outcome.operator {
            Operator::Equal => vec![at_most(Decimal::ONE), at_most(-Decimal::ONE)],
            Operator::AtMost => vec![at_most(Decimal::ONE)],
            Operator::AtLeast => vec![at_most(-Decimal::ONE)],
        }
    }

    fn add(&mut self, draft: &'a Draft, home: usize, outcome: &'a Outcome) {
        // What does not hold tells nothing, and what could not be looked up is no relation.
        if matches!(outcome.verdict, Verdict::Missing | Verdict::Broken) {
            return;
        }
        let sides = match outcome.kind {
            RelationKind::Product if outcome.tie_out().is_some() => {
                self.products(draft, home, outcome)
            }
            RelationKind::Product => self.product(draft, home, outcome),
            _ => self.sum(draft, home, outcome),
        };
        let Some(Sides { terms, known, slack }) = sides else { return };
        let mut sums: BTreeMap<usize, Decimal> = BTreeMap::new();
        for (unknown, factor) in terms {
            *sums.entry(unknown).or_default() += factor;
        }
        let terms: Vec<_> = sums.into_iter().filter(|(_, factor)| !factor.is_zero()).collect();
        if !terms.is_empty() {
            self.relations.push(Relation { home, outcome, terms, sum: -known, slack });
        }
    }

    /// Left minus right, in base units.
    fn sum(&mut self, draft: &Draft, home: usize, outcome: &Outcome) -> Option<Sides> {
        let disclosure = &draft.disclosures[home];
        let unit = disclosure.profile.factor(outcome.unit());
        let mut sides = Sides::default();
        let mut units: Vec<&str> = Vec::new();
        let mut printed = [0_usize, 0];
        let left = outcome.left.iter().map(|operand| (0, operand));
        for (side, operand) in left.chain(outcome.right.iter().map(|operand| (1, operand))) {
            let sign = if operand.negative == (side == 1) { Decimal::ONE } else { -Decimal::ONE };
            let Some(figure) = operand.figure else {
                sides.known += sign * operand.value.unwrap_or_default() * unit;
                continue;
            };
            let index = figure.disclosure(home, disclosure.prior)?;
            let owner = &draft.disclosures[index];
            if is_hidden(draft.secrets(index), owner, figure.at) {
                let unknown = self.unknown(draft, (index, figure.at));
                sides.terms.push((unknown, sign));
                sides.slack += slack(owner, figure.at);
            } else {
                match owner.amount(figure.at) {
                    Amount::Printed(value, slack) => {
                        sides.known += sign * value;
                        sides.slack += slack;
                    }
                    Amount::Blank => continue,
                    Amount::Withheld | Amount::Words => return None,
                }
            }
            printed[side] = printed[side].saturating_add(1);
            let unit = owner.unit(figure.at).unwrap_or_default();
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        // One figure against one is the same figure in two places, to the digit.
        if printed[0] <= 1 && printed[1] <= 1 && units.len() <= 1 {
            sides.slack = Decimal::ZERO;
        }
        Some(sides)
    }

    pub(super) fn unknown(&mut self, draft: &Draft, place: FigureKey) -> usize {
        if let Some(index) = self.indexes.get(&place) {
            return *index;
        }
        let owner = &draft.disclosures[place.0];
        let index = self.unknowns.len();
        let column = match place.1 {
            At::Cell(table, panel, _, column) => FigureColumn::Of(table, panel, column),
            At::Field(_, field) => FigureColumn::Field(field),
            At::Indicator(..) | At::Slot(..) => FigureColumn::Other,
        };
        let signed = self.signed.entry((place.0, column));
        let signed = *signed.or_insert_with(|| is_signed(owner, column));
        let last_place = slack(owner, place.1) * Decimal::TWO;
        self.unknowns.push(Unknown { place, last_place, signed });
        self.indexes.insert(place, index);
        index
    }
}

/// What a relation says: `Σ terms + known` lies within `slack` of nought.
#[derive(Default)]
pub(super) struct Sides {
    pub terms: Vec<(usize, Decimal)>,
    pub known: Decimal,
    pub slack: Decimal,
}

/// Whether readers do not get a figure: named in `withhold`, or the mark itself is written.
pub(super) fn is_hidden(secrets: &Secrets, owner: &Disclosure, at: At) -> bool {
    secrets.holds(at) || matches!(owner.amount(at), Amount::Withheld)
}

/// Whether figures of a disclosure are marks as they were written.
fn has_marks(disclosure: &Disclosure) -> bool {
    let is_marked = |cell: &Cell| matches!(cell, Cell::Withheld(_));
    let tables = disclosure.tables.values().flat_map(|table| &table.panels);
    let mut cells = tables.flat_map(|panel| &panel.rows).flat_map(|row| &row.cells);
    let mut fields = disclosure.projects.iter().flat_map(|project| &project.fields);
    let mut targets = disclosure.projects.iter().flat_map(|p| p.indicators.iter().flatten());
    let uses_targets = disclosure.profile.tie_outs.iter().any(|tie_out| {
        let mut addresses = tie_out.equation.addresses();
        addresses.any(|address| {
            matches!(address.target, Target::Indicators { .. } | Target::Column { .. })
        })
    });
    cells.any(is_marked) || fields.any(is_marked) || (uses_targets && targets.any(is_marked))
}

/// Half a unit of the last place a figure would be printed with.
fn slack(owner: &Disclosure, at: At) -> Decimal {
    if let Amount::Printed(_, slack) = owner.amount(at) {
        return slack;
    }
    let places = match at {
        At::Cell(table, panel, _, column) => owner.tables[table].decimals[panel][column],
        At::Field(..) => owner.project_decimals,
        At::Indicator(..) | At::Slot(..) => return Decimal::ZERO,
    };
    amount::half_unit(places) * owner.profile.factor(owner.unit(at))
}

/// Whether the profile says figures of a column may be below nought, or one of them is.
fn is_signed(owner: &Disclosure, column: FigureColumn) -> bool {
    let is_negative = |cell: &Cell| cell.figure().is_some_and(|value| value < Decimal::ZERO);
    match column {
        FigureColumn::Of(table, panel, column) => {
            let table = &owner.tables[table];
            let mut cells = table.panels[panel].rows.iter().map(|row| &row.cells[column]);
            table.spec.panels[panel].columns[column].signed || cells.any(is_negative)
        }
        FigureColumn::Field(field) => {
            owner.projects.iter().any(|project| is_negative(&project.fields[field]))
        }
        FigureColumn::Other => false,
    }
}
