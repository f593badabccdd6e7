//! Every relation a disclosure must satisfy, worked out with the interval each
//! printed figure stands for: *exact*, *within rounding*, *broken*, or not run.
//!
//! A sum may drift by half a unit of the last place of every figure in it (the
//! idea of XBRL Calculations 1.1); a nought in a column that holds nothing below
//! nought stands for nothing less. The same figure printed in two places must
//! agree to the digit, and a blank is nothing at all. Nothing is a tolerance
//! somebody picked: docs/rounding.md has every case.

#![deny(clippy::arithmetic_side_effects)]

mod across;
mod interval;
mod panel;
mod products;

use std::sync::Arc;

use self::across::Across;
use self::panel::Context;
use super::lookup::{Amount, At, FigureRef, Lookup};
use super::{Disclosure, Joined, Model, Operand, Outcome, RelationKind, Verdict};
use crate::amount::{self, Decimal};
use crate::profile::TieOut;
use crate::profile::equation::{Equation, Factor, Operand as Written, Operator, Term};

impl Disclosure {
    /// Every relation of the disclosure that touches at least one figure, worked out once.
    pub fn relations(&self, portal: &Model) -> &[Outcome] {
        self.worked.relations.get_or_init(|| self.relations_anew(portal))
    }

    /// The same worked out anew, whatever was known: for figures changed in place.
    pub fn relations_anew(&self, portal: &Model) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for index in 0..self.tables.len() {
            self.table_relations(portal, index, &mut outcomes);
        }
        self.project_relations(portal, &mut outcomes);
        for tie_out in &self.profile.tie_outs {
            self.tie_out(portal, tie_out, &mut outcomes);
        }
        self.year_relations(portal, &mut outcomes);
        self.prose_relations(portal, &mut outcomes);
        self.doubt(&mut outcomes);
        outcomes
    }

    fn table_relations(&self, portal: &Model, index: usize, outcomes: &mut Vec<Outcome>) {
        let table = &self.tables[index];
        for (number, form, panel) in table.panels() {
            let context = Context { portal, disclosure: self, table: index, panel: number, form };
            context.relations(panel, outcomes);
        }
    }

    fn project_relations(&self, portal: &Model, outcomes: &mut Vec<Outcome>) {
        let Some(spec) = self.project_spec() else { return };
        for project in 0..self.projects.len() {
            for (field, sum) in spec
                .fields
                .values()
                .enumerate()
                .filter(|(_, field)| field.kind.is_figure() && !field.sum_of.is_empty())
            {
                let whole = vec![part(At::Field(project, field))];
                let parts = sum.sum_of.iter().filter_map(|id| spec.fields.get_index_of(id));
                let parts = parts.map(|field| part(At::Field(project, field))).collect();
                outcomes.extend(self.sum(portal, RelationKind::CrossFoot, whole, parts));
            }
            for row in 0..self.projects[project].indicators.len() {
                let at = |column| At::Indicator(project, row, column);
                let columns = &spec.indicators;
                Across { portal, disclosure: self, columns, at: &at }.relations(outcomes);
            }
        }
    }

    fn tie_out(&self, portal: &Model, tie_out: &Arc<TieOut>, outcomes: &mut Vec<Outcome>) {
        let holds = |equation: &Equation| {
            self.equation(portal, equation, None, None).map_or(Some(true), |outcome| match outcome
                .verdict
            {
                Verdict::Withheld | Verdict::Missing => None,
                verdict => Some(verdict.holds()),
            })
        };
        let applies = tie_out.when.as_ref().map_or(Some(true), holds);
        let excused = tie_out.unless.as_ref().map_or(Some(false), holds);
        if applies == Some(false) || excused == Some(true) {
            return;
        }
        let start = outcomes.len();
        match self.all_keys(portal, &tie_out.equation) {
            None => outcomes.extend(self.equation(portal, &tie_out.equation, None, Some(tie_out))),
            Some(keys) => outcomes.extend(keys.iter().filter_map(|key| {
                self.equation(portal, &tie_out.equation, Some(key), Some(tie_out))
            })),
        }
        // A condition that could not be looked up leaves the relation unproved.
        if applies.is_none() || excused.is_none() {
            for outcome in &mut outcomes[start..] {
                outcome.verdict = Verdict::Missing;
            }
        }
    }

    /// Works out an equation; nothing when every figure in it is blank, or one side of products is.
    pub fn equation(
        &self,
        portal: &Model,
        equation: &Equation,
        each: Option<&str>,
        tie_out: Option<&Arc<TieOut>>,
    ) -> Option<Outcome> {
        let mut gathered = Gathered::default();
        let left = self.side(portal, &equation.left, each, &mut gathered);
        let right = self.side(portal, &equation.right, each, &mut gathered);
        let mut outcome = if equation.has_products() {
            self.compare_products(portal, left, equation.operator, right)?
        } else {
            self.compare(portal, RelationKind::TieOut, left, equation.operator, right)
        };
        outcome.tie_out = tie_out.cloned();
        if gathered.absent || gathered.unread.is_some() {
            outcome.verdict = Verdict::Missing;
            outcome.unread = gathered.unread;
            return Some(outcome);
        }
        outcome.touches_figures().then_some(outcome)
    }

    /// The figures of one side of an equation, in order.
    fn side(
        &self,
        portal: &Model,
        terms: &[Term],
        each: Option<&str>,
        gathered: &mut Gathered,
    ) -> Vec<Operand> {
        let mut all = Vec::new();
        for term in terms {
            let is_product = !term.factors.is_empty();
            let first = (Joined::Added, &term.operand);
            let factors = term.factors.iter().map(|(factor, operand)| match factor {
                Factor::Times => (Joined::Times, operand),
                Factor::Over => (Joined::Over, operand),
            });
            for (joined, written) in std::iter::once(first).chain(factors) {
                let start = all.len();
                match written {
                    Written::Number(number) => all.push(Operand::number(term.negative, *number)),
                    Written::Address(address) => match self.find(portal, address, each) {
                        Lookup::Absent => gathered.absent = true,
                        Lookup::Unread(at) => gathered.unread = Some(at),
                        Lookup::Figures(figures) => {
                            let operand = |figure| Operand::figure(term.negative, figure);
                            all.extend(figures.into_iter().map(operand));
                        }
                    },
                }
                if is_product {
                    as_factor(&mut all, start, joined, term.negative);
                }
            }
        }
        all
    }

    fn sum(
        &self,
        portal: &Model,
        kind: RelationKind,
        whole: Vec<Operand>,
        parts: Vec<Operand>,
    ) -> Option<Outcome> {
        let outcome = self.compare(portal, kind, whole, Operator::Equal, parts);
        outcome.touches_figures().then_some(outcome)
    }

    /// A part that may not exceed its whole; nothing where the part is blank.
    fn limit(&self, portal: &Model, part: Operand, whole: Operand) -> Option<Outcome> {
        let (kind, most) = (RelationKind::Part, Operator::AtMost);
        let outcome = self.compare(portal, kind, vec![part], most, vec![whole]);
        outcome.left.iter().any(|operand| operand.value.is_some()).then_some(outcome)
    }

    /// Adds up both sides and judges the difference.
    pub(super) fn compare(
        &self,
        portal: &Model,
        kind: RelationKind,
        mut left: Vec<Operand>,
        operator: Operator,
        mut right: Vec<Operand>,
    ) -> Outcome {
        let unit = left
            .iter()
            .chain(&right)
            .find_map(|part| part.figure.and_then(|at| self.home(portal, at).unit(at.at)));
        let factor = self.profile.factor(unit);
        let mut sides = [Side::default(), Side::default()];
        for (side, operands) in sides.iter_mut().zip([&mut left, &mut right]) {
            for operand in operands {
                side.add(self, portal, operand, factor);
            }
        }
        let [left_side, right_side] = sides;
        let is_one = left_side.printed <= 1 && right_side.printed <= 1;
        let is_copy = is_one
            && left_side.unit.is_none_or(|one| right_side.unit.is_none_or(|other| one == other));
        let is_exact = is_copy || left_side.is_rounded_as(&right_side);
        let difference = left_side.sum - right_side.sum;
        let allowed = if is_exact || left_side.is_blank() || right_side.is_blank() {
            Decimal::ZERO
        } else if difference.is_sign_negative() {
            left_side.more + right_side.less
        } else {
            left_side.less + right_side.more
        };
        let verdict = if left_side.withheld || right_side.withheld {
            Verdict::Withheld
        } else if left_side.unread || right_side.unread {
            Verdict::Missing
        } else {
            judge(difference, allowed, operator)
        };
        Outcome {
            kind,
            tie_out: None,
            operator,
            left,
            right,
            left_sum: in_unit(left_side.sum, factor),
            right_sum: in_unit(right_side.sum, factor),
            allowed: allowed / factor,
            unit: unit.map(Arc::from),
            verdict,
            unread: None,
        }
    }
}

pub(super) fn judge(difference: Decimal, allowed: Decimal, operator: Operator) -> Verdict {
    // What is too large to be worked out holds for nobody.
    if difference.is_beyond() || allowed.is_beyond() {
        return Verdict::Broken;
    }
    let wrong_way = match operator {
        Operator::Equal => difference.abs(),
        Operator::AtMost => difference.max(Decimal::ZERO),
        Operator::AtLeast => (-difference).max(Decimal::ZERO),
    };
    if wrong_way.is_zero() {
        Verdict::Exact
    } else if wrong_way <= allowed {
        Verdict::WithinRounding
    } else {
        Verdict::Broken
    }
}

/// An amount in a unit, without the noughts that division leaves behind it.
fn in_unit(value: Decimal, factor: Decimal) -> Decimal {
    let value = value / factor;
    if usize::try_from(value.scale()).is_ok_and(|decimals| decimals <= amount::DECIMALS) {
        return value;
    }
    let mut short = value.normalize();
    if short.scale() < PLACES {
        short.rescale(PLACES);
    }
    short
}

/// What amounts are printed with, mostly.
const PLACES: u32 = 2;

fn part(at: At) -> Operand {
    Operand::figure(false, FigureRef::own(at))
}

/// Makes the figures from a place on one factor of a product. One of which there is none leaves nothing to
/// multiply.
fn as_factor(all: &mut Vec<Operand>, start: usize, joined: Joined, negative: bool) {
    if all.len() == start {
        all.push(Operand::blank(negative));
    }
    for (index, operand) in all.iter_mut().skip(start).enumerate() {
        operand.joined = if index == 0 { joined } else { Joined::Within };
        operand.negative &= joined == Joined::Added && index == 0;
    }
}

/// What stood in the way while the figures of an equation were gathered.
#[derive(Default)]
struct Gathered {
    absent: bool,
    unread: Option<usize>,
}

/// One side while it is added up, in base units.
#[derive(Default)]
struct Side<'a> {
    sum: Decimal,
    /// How far below the printed sum the true one may lie, and how far above.
    less: Decimal,
    more: Decimal,
    withheld: bool,
    /// Whether words stand where a figure should.
    unread: bool,
    /// How many blanks stand in it, and how many plain numbers.
    blanks: usize,
    numbers: usize,
    /// How many figures are printed: one against one is the same figure in two places.
    printed: usize,
    /// The unit of the last of them.
    unit: Option<&'a str>,
    /// How many of them are rounded, and by how much the last, where it is not taken away.
    rounded: usize,
    slack: Option<Decimal>,
}

impl<'a> Side<'a> {
    /// Whether blanks are all that stands in it: exactly nought.
    fn is_blank(&self) -> bool {
        self.blanks > 0 && self.printed == 0 && self.numbers == 0
    }

    /// Whether each side has one rounded figure, both rounded alike: beside things that were counted the
    /// one is the other rounded at the same place, so that both sides are equal to the digit.
    fn is_rounded_as(&self, other: &Side) -> bool {
        (self.rounded, other.rounded) == (1, 1) && self.slack.is_some() && self.slack == other.slack
    }

    /// Adds an operand, and tells it its value in the unit that is worth `factor`.
    fn add(
        &mut self,
        disclosure: &'a Disclosure,
        portal: &'a Model,
        operand: &mut Operand,
        factor: Decimal,
    ) {
        let sign = if operand.negative { -Decimal::ONE } else { Decimal::ONE };
        let Some(figure) = operand.figure else {
            self.sum += sign * operand.value.unwrap_or_default() * factor;
            self.numbers = self.numbers.saturating_add(1);
            return;
        };
        let home = disclosure.home(portal, figure);
        match home.amount(figure.at) {
            Amount::Printed(value, slack) => {
                self.sum += sign * value;
                // A printed nought stands for nothing below it where nothing can be.
                let is_least = value.is_zero() && !home.is_signed(figure.at);
                let below = if is_least { Decimal::ZERO } else { slack };
                let (less, more) = if operand.negative { (slack, below) } else { (below, slack) };
                self.less += less;
                self.more += more;
                self.printed = self.printed.saturating_add(1);
                if !slack.is_zero() {
                    self.rounded = self.rounded.saturating_add(1);
                    self.slack = (!operand.negative).then_some(slack);
                }
                self.unit = Some(home.unit(figure.at).unwrap_or_default());
                operand.value = Some(in_unit(value, factor));
            }
            Amount::Withheld => self.withheld = true,
            Amount::Words => self.unread = true,
            Amount::Blank => self.blanks = self.blanks.saturating_add(1),
        }
    }
}
