//! What the figures of one line promise, in a table or among the indicators of a project: sums, products,
//! quotients and limits.

#![deny(clippy::arithmetic_side_effects)]

use super::interval::{divided, multiplied, shortened};
use super::{judge, part};
use crate::amount::{self, Decimal};
use crate::model::lookup::At;
use crate::model::{Disclosure, Joined, Model, Operand, Outcome, RelationKind};
use crate::profile::equation::Operator;
use crate::profile::{ColumnKind, ColumnSpec};

/// One line under work.
pub(super) struct Across<'a> {
    pub portal: &'a Model,
    pub disclosure: &'a Disclosure,
    pub columns: &'a [ColumnSpec],
    /// Where the figure of a column stands.
    pub at: &'a dyn Fn(usize) -> At,
}

/// A factor: its value, how far rounding may have carried it, and what it is.
#[derive(Clone, Copy)]
struct Factor {
    value: Decimal,
    slack: Decimal,
    kind: ColumnKind,
}

impl Across<'_> {
    /// All that the line promises.
    pub(super) fn relations(&self, outcomes: &mut Vec<Outcome>) {
        let figures = self.columns.iter().enumerate().filter(|(_, spec)| spec.kind.is_figure());
        for (column, spec) in figures {
            if !spec.sum_of.is_empty() {
                let parts = spec.sum_of.iter().map(|part| self.cell(*part)).collect();
                let (kind, whole) = (RelationKind::CrossFoot, vec![self.cell(column)]);
                outcomes.extend(self.disclosure.sum(self.portal, kind, whole, parts));
            }
            if spec.product_of.len() > 1 {
                outcomes.extend(self.product(column, &spec.product_of, Joined::Times));
            }
            if spec.quotient_of.len() > 1 {
                outcomes.extend(self.product(column, &spec.quotient_of, Joined::Over));
            }
            if let Some(limit) = spec.at_most {
                let (part, whole) = (self.cell(column), self.cell(limit));
                outcomes.extend(self.disclosure.limit(self.portal, part, whole));
            }
        }
    }

    fn cell(&self, column: usize) -> Operand {
        part((self.at)(column))
    }

    /// The figure of a column as a factor; nothing where none is printed.
    fn factor(&self, column: usize) -> Option<Factor> {
        let value = self.disclosure.printed((self.at)(column))?;
        let kind = self.columns[column].kind;
        Some(Factor { value, slack: amount::half_unit(value.scale()), kind })
    }

    /// A column that is others multiplied, or divided: price and product are rounded, and a quantity of
    /// what a price is for is exact.
    fn product(&self, column: usize, of: &[usize], joined: Joined) -> Option<Outcome> {
        let whole = self.factor(column)?;
        let mut factors: Vec<Factor> =
            of.iter().map(|column| self.factor(*column)).collect::<Option<_>>()?;
        let has_price = factors.iter().any(|factor| factor.kind == ColumnKind::Amount);
        for factor in &mut factors {
            let is_count = factor.kind == ColumnKind::Quantity;
            if is_count && (has_price || factor.value.scale() == 0) {
                factor.slack = Decimal::ZERO;
            }
        }
        let first = factors.first()?;
        let mut result = (first.value, first.slack);
        for other in &factors[1..] {
            let other = (other.value, other.slack);
            result = if joined == Joined::Over {
                divided(result, other)?
            } else {
                multiplied(result, other)
            };
        }
        let places: Vec<(At, Joined)> = of
            .iter()
            .enumerate()
            .map(|(at, column)| ((self.at)(*column), after(at, joined)))
            .collect();
        let worth = self.disclosure.product_worth((self.at)(column), &places);
        let mut outcome = self.disclosure.compare(
            self.portal,
            RelationKind::Product,
            vec![self.cell(column)],
            Operator::Equal,
            of.iter().map(|column| self.cell(*column)).collect(),
        );
        for (index, (operand, factor)) in outcome.right.iter_mut().zip(&factors).enumerate() {
            operand.value = Some(factor.value);
            operand.joined = after(index, joined);
        }
        outcome.left_sum = whole.value;
        outcome.right_sum = shortened(result.0 * worth, whole.value.scale());
        // Of one thing the price is the amount: the same figure twice.
        let is_copy = joined == Joined::Times
            && factors.len() == 2
            && first.value.abs() == Decimal::ONE
            && first.slack.is_zero()
            && worth == Decimal::ONE
            && factors[1].value.scale() == whole.value.scale();
        let half = amount::half_unit(whole.value.scale());
        outcome.allowed = if is_copy { Decimal::ZERO } else { half + (result.1 * worth).abs() };
        let difference = whole.value - result.0 * worth;
        outcome.verdict = judge(difference, outcome.allowed, Operator::Equal);
        Some(outcome)
    }
}

/// How the figure of a number is joined to the one before it.
fn after(index: usize, joined: Joined) -> Joined {
    if index == 0 { Joined::Added } else { joined }
}

impl Disclosure {
    /// What a product of printed figures is multiplied with to be in the unit of another: per cent are
    /// hundredths, and money has its unit. Where no factor is money, the unit is that of the result.
    pub fn product_worth(&self, whole: At, factors: &[(At, Joined)]) -> Decimal {
        let is_money = |at: At| self.unit(at).is_some();
        let worth = |at: At| self.unit_worth(self.printed_unit(at));
        let mut all = Decimal::ONE;
        for (at, joined) in factors {
            all = if *joined == Joined::Over { all / worth(*at) } else { all * worth(*at) };
        }
        let has_money = factors.iter().any(|(at, _)| is_money(*at));
        if is_money(whole) && !has_money { all } else { all / worth(whole) }
    }
}
