//! A relation worked out: both sides, how far apart, how far rounding carries them, the verdict.

#![deny(clippy::arithmetic_side_effects)]

use std::sync::Arc;

use super::lookup::FigureRef;
use crate::amount::Decimal;
use crate::diagnostic::Severity;
use crate::profile::TieOut;
use crate::profile::equation::Operator;

/// What kind of relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// A row adds across.
    CrossFoot,
    /// A column adds down to its total.
    Foot,
    /// A code equals its children.
    RollUp,
    /// Figures of different places.
    TieOut,
    /// One column is the product of others.
    Product,
    /// A part exceeds its whole.
    Part,
    /// What opens this year closed the last.
    Opening,
    /// A change against last year, as the text states it.
    Change,
    /// A figure in prose and its cells.
    Bound,
    /// As [`RelationKind::Bound`], where only the word of direction is wrong.
    Direction,
    /// A total stated in prose and the parts listed for it.
    Narrative,
}

/// How a relation came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both sides agree to the digit.
    Exact,
    /// Rounding alone explains the difference.
    WithinRounding,
    /// Rounding cannot explain it.
    Broken,
    /// A figure is withheld.
    Withheld,
    /// A table, column or year is missing, or words stand where a figure should.
    Missing,
}

impl Verdict {
    /// Whether both sides agree as far as printed figures can.
    pub fn holds(self) -> bool {
        matches!(self, Verdict::Exact | Verdict::WithinRounding)
    }
}

/// The value of an operand, in the relation's unit.
pub type Value = Option<Decimal>;

/// One figure of a relation.
#[derive(Clone, Debug)]
pub struct Operand {
    /// Whether it is taken away.
    pub negative: bool,
    /// Which figure; a plain number has none.
    pub figure: Option<FigureRef>,
    /// Its value; a blank has none and counts as nought.
    pub value: Value,
    /// How it is joined to the one before it.
    pub joined: Joined,
}

/// How a figure is joined to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joined {
    /// Added, or taken away.
    #[default]
    Added,
    /// Added to what it multiplies or divides with.
    Within,
    /// Multiplied.
    Times,
    /// Divided by.
    Over,
}

impl Operand {
    /// A figure whose value is still to be looked up.
    pub(super) fn figure(negative: bool, figure: FigureRef) -> Operand {
        Operand { negative, figure: Some(figure), value: None, joined: Joined::Added }
    }

    /// Nothing, where a figure was to be.
    pub(super) fn blank(negative: bool) -> Operand {
        Operand { negative, figure: None, value: None, joined: Joined::Added }
    }

    /// A plain number.
    pub(super) fn number(negative: bool, number: Decimal) -> Operand {
        Operand { negative, figure: None, value: Some(number), joined: Joined::Added }
    }
}

/// A relation worked out.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What kind.
    pub kind: RelationKind,
    /// The profile's relation, for tie-outs.
    pub(super) tie_out: Option<Arc<TieOut>>,
    /// How the sides compare.
    pub operator: Operator,
    /// The figures left of the sign.
    pub left: Vec<Operand>,
    /// The figures right of it.
    pub right: Vec<Operand>,
    /// The sum of the left, in [`Outcome::unit`].
    pub left_sum: Decimal,
    /// The sum of the right (or the product).
    pub right_sum: Decimal,
    /// How far rounding may carry the two apart.
    pub allowed: Decimal,
    /// The unit of these figures.
    pub(super) unit: Option<Arc<str>>,
    /// How it came out.
    pub verdict: Verdict,
    /// What it could not be worked out without: the number in `Disclosure::unread`.
    pub unread: Option<usize>,
}

impl Outcome {
    /// The profile's relation, for tie-outs.
    pub fn tie_out(&self) -> Option<&TieOut> {
        self.tie_out.as_deref()
    }

    /// The unit of its figures.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// Whether figures are added alone, and none is multiplied or divided.
    pub fn is_of_sums(&self) -> bool {
        self.left.iter().chain(&self.right).all(|operand| operand.joined == Joined::Added)
    }

    /// Left minus right.
    pub fn difference(&self) -> Decimal {
        self.left_sum - self.right_sum
    }

    /// Every figure on both sides.
    pub fn figures(&self) -> impl Iterator<Item = FigureRef> {
        self.left.iter().chain(&self.right).filter_map(|operand| operand.figure)
    }

    /// How bad a breach is.
    pub fn severity(&self) -> Severity {
        self.tie_out().map_or(Severity::Error, |tie_out| tie_out.severity)
    }

    /// Whether it says anything: a figure stands in it, or one that readers do not get.
    pub(super) fn touches_figures(&self) -> bool {
        let operands = || self.left.iter().chain(&self.right);
        matches!(self.verdict, Verdict::Withheld | Verdict::Missing)
            || operands().any(|operand| operand.figure.is_some() && operand.value.is_some())
    }
}
