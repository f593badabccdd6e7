//! The smallest and the largest value unknowns can have under linear
//! inequalities, each with the inequalities that decide it: the simplex method.
//!
//! Every number is a fraction of whole numbers of any size, so that a result is exact. The rule of
//! Bland picks the pivots, so that none is met twice and the search ends. It may end late all the
//! same: after [`WORK`] steps it is given up, and the answer says so.

#![deny(clippy::arithmetic_side_effects)]

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::amount::Decimal;

/// A number without rounding.
pub(super) type Rational = RBig;

/// Multiplications after which a knot is given up: some seconds. 140 unknowns in 27 sums, with all
/// their ends, take fewer.
const WORK: usize = 50_000_000;

/// A decimal as a fraction.
pub(super) fn rational(value: Decimal) -> Rational {
    let unit = IBig::from(10).pow(value.scale() as usize);
    RBig::from(IBig::from(value.mantissa())) / RBig::from(unit)
}

/// A fraction as a decimal of at most nine decimals, for people to read.
pub(super) fn decimal(value: &Rational) -> Decimal {
    const DECIMALS: u32 = 9;
    let unit = IBig::from(10).pow(DECIMALS as usize);
    let whole: IBig = (value * RBig::from(unit)).round();
    let read = i128::try_from(whole).ok().and_then(|whole| Decimal::of(whole, DECIMALS));
    read.map_or(Decimal::BEYOND, |value| value.normalize())
}

/// `Σ factor · unknown ≤ limit`.
#[derive(Clone, Debug)]
pub(super) struct Inequality {
    /// Unknowns by index, each once, with their factors.
    pub terms: Vec<(usize, Rational)>,
    /// What the sum cannot exceed.
    pub limit: Rational,
}

/// An end of the interval of an unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The value.
    pub value: Rational,
    /// The inequalities that decide it, by index, with the weight of each.
    pub because: Vec<(usize, Rational)>,
}

/// How far an unknown can go one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// So far.
    To(End),
    /// As far as one likes.
    Endless,
    /// Not worked out within [`WORK`].
    Unknown,
}

/// A system ready to be asked.
pub(super) struct Bounds {
    /// Which variable each row is solved for: unknowns first, then what is left of each inequality.
    basic: Vec<usize>,
    /// Which variable each column stands for.
    columns: Vec<usize>,
    /// `basic = limit - Σ row · column`.
    rows: Vec<Vec<Rational>>,
    limits: Vec<Rational>,
    /// The variables an unknown is made of: itself, and what is taken away where it may be negative.
    parts: Vec<(usize, Option<usize>)>,
    /// How many variables are parts of unknowns.
    variables: usize,
    /// Multiplications that may still be made.
    work: usize,
}

/// What is to be made as large as can be: its value now, and its factor in each column.
struct Objective {
    value: Rational,
    factors: Vec<Rational>,
}

impl Bounds {
    /// Takes the inequalities; nothing when they contradict each other, or when no point that
    /// satisfies them was found within [`WORK`].
    pub(super) fn new(signed: &[bool], inequalities: &[Inequality]) -> Option<Bounds> {
        let mut variables: usize = 0;
        let mut take = || {
            let taken = variables;
            variables = variables.saturating_add(1);
            taken
        };
        let parts: Vec<(usize, Option<usize>)> =
            signed.iter().map(|signed| (take(), signed.then(&mut take))).collect();
        let mut rows = vec![vec![RBig::ZERO; variables]; inequalities.len()];
        for (row, inequality) in rows.iter_mut().zip(inequalities) {
            for (unknown, factor) in &inequality.terms {
                let (plus, minus) = parts[*unknown];
                row[plus] += factor;
                if let Some(minus) = minus {
                    row[minus] -= factor;
                }
            }
        }
        let mut bounds = Bounds {
            basic: (variables..).take(inequalities.len()).collect(),
            columns: (0..variables).collect(),
            rows,
            limits: inequalities.iter().map(|inequality| inequality.limit.clone()).collect(),
            parts,
            variables,
            work: WORK,
        };
        bounds.feasible().then_some(bounds)
    }

    /// Finds a point that satisfies every inequality, where there is one: all may be
    /// overstepped by one amount, which is then made nought.
    fn feasible(&mut self) -> bool {
        let worst = (0..self.limits.len()).min_by_key(|row| &self.limits[*row]);
        let Some(worst) = worst.filter(|row| self.limits[*row] < RBig::ZERO) else {
            return true;
        };
        let excess = self.variables.saturating_add(self.rows.len());
        let column = self.columns.len();
        self.columns.push(excess);
        for row in &mut self.rows {
            row.push(-RBig::ONE);
        }
        self.pivot(worst, column, None);
        let mut least = self.objective(&[(excess, -RBig::ONE)]);
        if self.maximise(&mut least) != Some(true) || !least.value.is_zero() {
            return false;
        }
        if let Some(row) = self.basic.iter().position(|variable| *variable == excess) {
            let Some(column) = self.rows[row].iter().position(|factor| !factor.is_zero()) else {
                return false;
            };
            self.pivot(row, column, None);
        }
        let column = self.columns.iter().position(|variable| *variable == excess);
        if let Some(column) = column {
            self.columns.remove(column);
            for row in &mut self.rows {
                row.remove(column);
            }
        }
        true
    }

    /// How small and how large an unknown can be.
    pub(super) fn of(&mut self, unknown: usize) -> (Reach, Reach) {
        let (plus, minus) = self.parts[unknown];
        let mut reach = |sign: RBig| {
            let mut wanted = vec![(plus, sign.clone())];
            wanted.extend(minus.map(|minus| (minus, -sign.clone())));
            let mut objective = self.objective(&wanted);
            match self.maximise(&mut objective) {
                Some(true) => {
                    let because = self.reasons(&objective);
                    Reach::To(End { value: sign * objective.value, because })
                }
                Some(false) => Reach::Endless,
                None => Reach::Unknown,
            }
        };
        (reach(-RBig::ONE), reach(RBig::ONE))
    }

    /// The inequalities that keep an objective from growing.
    fn reasons(&self, objective: &Objective) -> Vec<(usize, Rational)> {
        let weights = self.columns.iter().zip(&objective.factors);
        let weights = weights.filter(|(_, factor)| !factor.is_zero());
        weights
            .filter_map(|(variable, factor)| {
                Some((variable.checked_sub(self.variables)?, -factor.clone()))
            })
            .collect()
    }

    /// A sum of variables in terms of the columns of now.
    fn objective(&self, wanted: &[(usize, Rational)]) -> Objective {
        let mut objective =
            Objective { value: RBig::ZERO, factors: vec![RBig::ZERO; self.columns.len()] };
        for (variable, sign) in wanted {
            if let Some(column) = self.columns.iter().position(|other| other == variable) {
                objective.factors[column] += sign;
            } else if let Some(row) = self.basic.iter().position(|other| other == variable) {
                objective.value += sign * &self.limits[row];
                for (factor, other) in objective.factors.iter_mut().zip(&self.rows[row]) {
                    *factor -= sign * other;
                }
            }
        }
        objective
    }

    /// Makes an objective as large as can be. `false` where there is no end; nothing where the work
    /// was given up.
    fn maximise(&mut self, objective: &mut Objective) -> Option<bool> {
        loop {
            // Of the columns that lead up, the one of the first variable: so it never runs in a ring.
            let up = (0..self.columns.len())
                .filter(|column| objective.factors[*column] > RBig::ZERO)
                .min_by_key(|column| self.columns[*column]);
            let Some(column) = up else { return Some(true) };
            let tight = (0..self.rows.len())
                .filter(|row| self.rows[*row][column] > RBig::ZERO)
                .map(|row| (&self.limits[row] / &self.rows[row][column], self.basic[row], row))
                .min();
            let Some((_, _, row)) = tight else { return Some(false) };
            if self.work == 0 {
                return None;
            }
            self.pivot(row, column, Some(objective));
        }
    }

    /// Solves a row for the variable of a column and puts that into all others.
    fn pivot(&mut self, row: usize, column: usize, objective: Option<&mut Objective>) {
        let by = self.rows[row][column].clone();
        let mut solved = std::mem::take(&mut self.rows[row]);
        for factor in solved.iter_mut().filter(|factor| !factor.is_zero()) {
            *factor /= &by;
        }
        solved[column] = RBig::ONE / &by;
        let limit = &self.limits[row] / &by;
        let filled = solved.iter().filter(|factor| !factor.is_zero()).count();
        for other in (0..self.rows.len()).filter(|other| *other != row) {
            let times = self.rows[other][column].clone();
            if times.is_zero() {
                continue;
            }
            self.limits[other] -= &times * &limit;
            put(&mut self.rows[other], &solved, column, &times);
            self.work = self.work.saturating_sub(filled);
        }
        if let Some(objective) = objective {
            let times = objective.factors[column].clone();
            objective.value += &times * &limit;
            put(&mut objective.factors, &solved, column, &times);
        }
        self.rows[row] = solved;
        self.limits[row] = limit;
        std::mem::swap(&mut self.basic[row], &mut self.columns[column]);
    }
}

/// Takes a solved row so many times away from another; the column is the new variable's.
fn put(factors: &mut [Rational], solved: &[Rational], column: usize, times: &Rational) {
    for (at, (factor, of)) in factors.iter_mut().zip(solved).enumerate() {
        if at == column {
            *factor = -(times * of);
        } else if !of.is_zero() {
            *factor -= times * of;
        }
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "small numbers written here")]
mod tests {
    use super::*;

    fn at_most(terms: &[(usize, i64)], limit: i64) -> Inequality {
        let terms = terms.iter().map(|(at, factor)| (*at, RBig::from(*factor))).collect();
        Inequality { terms, limit: RBig::from(limit) }
    }

    fn equal(terms: &[(usize, i64)], sum: i64) -> [Inequality; 2] {
        let turned: Vec<(usize, i64)> = terms.iter().map(|(at, factor)| (*at, -factor)).collect();
        [at_most(terms, sum), at_most(&turned, -sum)]
    }

    fn ends(bounds: &mut Bounds, unknown: usize) -> (Option<i64>, Option<i64>) {
        let number = |reach: Reach| match reach {
            Reach::To(end) => i64::try_from(decimal(&end.value)).ok(),
            Reach::Endless => None,
            Reach::Unknown => panic!("given up"),
        };
        let (low, high) = bounds.of(unknown);
        (number(low), number(high))
    }

    #[test]
    fn two_equations_give_away_what_neither_does_alone() {
        // a + b = 5, a + b + c = 8
        let all = [equal(&[(0, 1), (1, 1)], 5), equal(&[(0, 1), (1, 1), (2, 1)], 8)].concat();
        let mut bounds = Bounds::new(&[false; 3], &all).expect("they agree");
        assert_eq!(ends(&mut bounds, 2), (Some(3), Some(3)));
        assert_eq!(ends(&mut bounds, 0), (Some(0), Some(5)));
        let (low, _) = bounds.of(2);
        let Reach::To(low) = low else { panic!("it has an end") };
        assert_eq!(low.because.len(), 2, "both are named");
    }

    #[test]
    fn a_figure_that_may_be_negative_has_no_end_below() {
        let mut bounds =
            Bounds::new(&[true, false], &[at_most(&[(0, 1), (1, 1)], 4)]).expect("they agree");
        assert_eq!(ends(&mut bounds, 0), (None, Some(4)));
        assert_eq!(ends(&mut bounds, 1), (Some(0), None));
    }

    #[test]
    fn what_contradicts_itself_proves_nothing() {
        let all = [equal(&[(0, 1)], 5), equal(&[(0, 1)], 6)].concat();
        assert!(Bounds::new(&[false], &all).is_none());
        assert!(Bounds::new(&[false], &equal(&[(0, 1)], -1)).is_none());
    }

    #[test]
    fn many_unknowns_in_rings_are_solved() {
        // A square of nine with its margins: inner cells are free, and no wider than their margins.
        let cell = |row: usize, column: usize| row * 3 + column;
        let mut all = Vec::new();
        for index in 0..3 {
            let row: Vec<_> = (0..3).map(|column| (cell(index, column), 1)).collect();
            let column: Vec<_> = (0..3).map(|row| (cell(row, index), 1)).collect();
            all.extend(equal(&row, 10));
            all.extend(equal(&column, if index == 0 { 4 } else { 13 }));
        }
        let mut bounds = Bounds::new(&[false; 9], &all).expect("they agree");
        assert_eq!(ends(&mut bounds, cell(0, 0)), (Some(0), Some(4)));
        assert_eq!(ends(&mut bounds, cell(2, 2)), (Some(0), Some(10)));
    }

    #[test]
    fn thirds_and_tiny_amounts_are_exact() {
        // 3a = 1 and a + b = 10^-12, b signed: b = 10^-12 - 1/3.
        let tiny = RBig::ONE / RBig::from(IBig::from(10).pow(12));
        let both = |terms: &[(usize, i64)], limit: &RBig| {
            let terms = |sign: i64| {
                terms.iter().map(|(at, factor)| (*at, RBig::from(sign * factor))).collect()
            };
            [
                Inequality { terms: terms(1), limit: limit.clone() },
                Inequality { terms: terms(-1), limit: -limit.clone() },
            ]
        };
        let all = [both(&[(0, 3)], &RBig::ONE), both(&[(0, 1), (1, 1)], &tiny)].concat();
        let mut bounds = Bounds::new(&[false, true], &all).expect("they agree");
        let wanted = tiny - RBig::ONE / RBig::from(3);
        let (low, high) = bounds.of(1);
        for reach in [low, high] {
            let Reach::To(end) = reach else { panic!("it has an end") };
            assert_eq!(end.value, wanted);
        }
    }

    #[test]
    fn what_is_given_up_says_so() {
        let all = equal(&[(0, 1), (1, 1)], 5);
        let mut bounds = Bounds::new(&[false; 2], &all).expect("they agree");
        bounds.work = 0;
        let (low, high) = bounds.of(0);
        assert!([low, high].contains(&Reach::Unknown));
    }
}
