//! Equations in which figures are multiplied or divided: each is worked out with the interval its printed
//! figures stand for, so that a share printed with two decimals is right within them. Per cent are hundredths.

#![deny(clippy::arithmetic_side_effects)]

use std::sync::Arc;

use super::interval::{Interval, divided, multiplied, shortened};
use super::judge;
use crate::amount::Decimal;
use crate::model::lookup::Amount;
use crate::model::{Disclosure, Joined, Model, Operand, Outcome, RelationKind, Verdict};
use crate::profile::equation::Operator;

/// One side while it is worked out, in base units.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what is said of one figure is said of none other"
)]
struct ProductSide {
    value: Decimal,
    slack: Decimal,
    printed: bool,
    withheld: bool,
    unread: bool,
    /// Whether something is divided by nothing.
    is_open: bool,
}

impl Disclosure {
    /// Judges an equation with products. Where one side alone is a single figure it stands on the left.
    /// Nothing where a side prints no figure.
    pub(super) fn compare_products(
        &self,
        portal: &Model,
        mut left: Vec<Operand>,
        mut operator: Operator,
        mut right: Vec<Operand>,
    ) -> Option<Outcome> {
        if left.len() > 1 && right.len() == 1 {
            std::mem::swap(&mut left, &mut right);
            operator = match operator {
                Operator::Equal => Operator::Equal,
                Operator::AtMost => Operator::AtLeast,
                Operator::AtLeast => Operator::AtMost,
            };
        }
        let unit = left.iter().find_map(|operand| {
            let figure = operand.figure?;
            self.home(portal, figure).printed_unit(figure.at)
        });
        let factor = self.unit_worth(unit);
        let [one, other] = [&mut left, &mut right].map(|side| self.worked_out(portal, side));
        let is_number = |side: &[Operand]| side.iter().all(|one| one.figure.is_none());
        let says_nothing = |side: &ProductSide, of: &[Operand]| {
            !side.printed && !is_number(of) && !side.withheld && !side.unread
        };
        if says_nothing(&one, &left) || says_nothing(&other, &right) {
            return None;
        }
        let difference = one.value - other.value;
        let allowed = one.slack + other.slack;
        let verdict = if one.withheld || other.withheld {
            Verdict::Withheld
        } else if one.unread || other.unread || one.is_open || other.is_open {
            Verdict::Missing
        } else {
            judge(difference, allowed, operator)
        };
        let places = left.iter().filter_map(|operand| operand.value).map(|value| value.scale());
        let places = places.max().unwrap_or_default();
        Some(Outcome {
            kind: RelationKind::Product,
            tie_out: None,
            operator,
            left_sum: shortened(one.value / factor, places),
            right_sum: shortened(other.value / factor, places),
            left,
            right,
            allowed: shortened(allowed / factor, places),
            unit: unit.map(Arc::from),
            verdict,
            unread: None,
        })
    }

    /// Works out one side, and tells its figures what is printed of them.
    fn worked_out(&self, portal: &Model, operands: &mut [Operand]) -> ProductSide {
        let mut side = ProductSide::default();
        for term in operands.chunk_by_mut(|_, next| next.joined != Joined::Added) {
            let sign = if term[0].negative { -Decimal::ONE } else { Decimal::ONE };
            let mut product: Option<Interval> = None;
            for factor in term.chunk_by_mut(|_, next| next.joined == Joined::Within) {
                let joined = factor[0].joined;
                let one = self.added(portal, factor, &mut side);
                product = match (product, joined) {
                    (Some(before), Joined::Over) => {
                        let quotient = divided(before, one);
                        side.is_open |= quotient.is_none();
                        Some(quotient.unwrap_or_default())
                    }
                    (Some(before), _) => Some(multiplied(before, one)),
                    (None, _) => Some(one),
                };
            }
            let (value, slack) = product.unwrap_or_default();
            side.value += sign * value;
            side.slack += slack;
        }
        side
    }

    /// The figures of one factor added up.
    fn added(&self, portal: &Model, operands: &mut [Operand], side: &mut ProductSide) -> Interval {
        let (mut sum, mut apart) = (Decimal::ZERO, Decimal::ZERO);
        for operand in operands {
            let Some(figure) = operand.figure else {
                sum += operand.value.unwrap_or_default();
                continue;
            };
            let home = self.home(portal, figure);
            let share = home.share_worth(figure.at);
            match home.amount(figure.at) {
                Amount::Printed(value, slack) => {
                    sum += value * share;
                    apart += slack * share;
                    side.printed = true;
                    let unit = home.profile.factor(home.unit(figure.at));
                    operand.value = Some(home.printed(figure.at).unwrap_or(value / unit));
                }
                Amount::Withheld => side.withheld = true,
                Amount::Words => side.unread = true,
                Amount::Blank => {}
            }
        }
        (sum, apart)
    }
}

impl Outcome {
    /// Whether all that something is divided by is blank or nought.
    pub(in crate::model) fn divides_by_nothing(
        &self,
        disclosure: &Disclosure,
        portal: &Model,
    ) -> bool {
        let is_nothing = |operand: &Operand| match operand.figure {
            Some(figure) => match disclosure.home(portal, figure).amount(figure.at) {
                Amount::Printed(value, slack) => value.abs() <= slack,
                Amount::Blank => true,
                Amount::Withheld | Amount::Words => false,
            },
            None => operand.value.is_none_or(|value| value.is_zero()),
        };
        [&self.left, &self.right].into_iter().any(|side| {
            let factors = side.chunk_by(|_, next| next.joined == Joined::Within);
            let mut divisors = factors.filter(|factor| factor[0].joined == Joined::Over);
            divisors.any(|factor| factor.iter().all(is_nothing))
        })
    }
}
