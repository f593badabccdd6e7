//! The smallest and the largest value unknowns can have under linear
//! inequalities, each with the inequalities that decide it. The simplex method,
//! in exact decimals, with the rule of Bland, so that it always ends.

use crate::amount::Decimal;

/// What is smaller than this came from a division and is nought.
const NOUGHT: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// As many decimals of a result are sure.
const DIGITS: u32 = 9;

/// `Σ factor · unknown ≤ limit`.
#[derive(Clone, Debug)]
pub(super) struct Inequality {
    /// Unknowns by index, each once, with their factors.
    pub terms: Vec<(usize, Decimal)>,
    /// What the sum cannot exceed.
    pub limit: Decimal,
}

/// An end of the interval of an unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The value.
    pub value: Decimal,
    /// The inequalities that decide it, by index, with the weight of each.
    pub because: Vec<(usize, Decimal)>,
}

/// A system ready to be asked.
pub(super) struct Bounds {
    /// Which variable each row is solved for: unknowns first, then what is left of each inequality.
    basic: Vec<usize>,
    /// Which variable each column stands for.
    columns: Vec<usize>,
    /// `basic = limit - Σ row · column`.
    rows: Vec<Vec<Decimal>>,
    limits: Vec<Decimal>,
    /// The variables an unknown is made of: itself, and what is taken away where it may be negative.
    parts: Vec<(usize, Option<usize>)>,
    /// How many variables are parts of unknowns.
    variables: usize,
}

/// What is to be made as large as can be: its value now, and its factor in each column.
struct Aim {
    value: Decimal,
    factors: Vec<Decimal>,
}

impl Bounds {
    /// Takes the inequalities; nothing when they contradict each other.
    pub(super) fn new(signed: &[bool], inequalities: &[Inequality]) -> Option<Bounds> {
        let mut variables = 0;
        let mut take = || {
            variables += 1;
            variables - 1
        };
        let parts: Vec<(usize, Option<usize>)> =
            signed.iter().map(|signed| (take(), signed.then(&mut take))).collect();
        let mut rows = vec![vec![Decimal::ZERO; variables]; inequalities.len()];
        for (row, inequality) in rows.iter_mut().zip(inequalities) {
            for (unknown, factor) in &inequality.terms {
                let (plus, minus) = parts[*unknown];
                row[plus] += *factor;
                if let Some(minus) = minus {
                    row[minus] -= *factor;
                }
            }
        }
        let mut bounds = Bounds {
            basic: (variables..variables + inequalities.len()).collect(),
            columns: (0..variables).collect(),
            rows,
            limits: inequalities.iter().map(|inequality| inequality.limit).collect(),
            parts,
            variables,
        };
        bounds.feasible().then_some(bounds)
    }

    /// Finds a point that satisfies every inequality, where there is one: all may be
    /// overstepped by one amount, which is then made nought.
    fn feasible(&mut self) -> bool {
        let worst = (0..self.limits.len()).min_by_key(|row| self.limits[*row]);
        let Some(worst) = worst.filter(|row| self.limits[*row] < Decimal::ZERO) else {
            return true;
        };
        let excess = self.variables + self.rows.len();
        self.columns.push(excess);
        for row in &mut self.rows {
            row.push(-Decimal::ONE);
        }
        let column = self.columns.len() - 1;
        self.pivot(worst, column, None);
        let mut aim = self.aim(&[(excess, -Decimal::ONE)]);
        if !self.climb(&mut aim) || aim.value.abs() > NOUGHT {
            return false;
        }
        if let Some(row) = self.basic.iter().position(|variable| *variable == excess) {
            let Some(column) = self.rows[row].iter().position(|factor| factor.abs() > NOUGHT)
            else {
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

    /// The smallest and the largest value of an unknown; nothing where there is no end.
    pub(super) fn of(&mut self, unknown: usize) -> (Option<End>, Option<End>) {
        let (plus, minus) = self.parts[unknown];
        let mut end = |sign: Decimal| {
            let mut wanted = vec![(plus, sign)];
            wanted.extend(minus.map(|minus| (minus, -sign)));
            let mut aim = self.aim(&wanted);
            self.climb(&mut aim).then(|| End {
                value: (sign * aim.value).round_dp(DIGITS).normalize(),
                because: self.reasons(&aim),
            })
        };
        (end(-Decimal::ONE), end(Decimal::ONE))
    }

    /// The inequalities that keep an aim from going further.
    fn reasons(&self, aim: &Aim) -> Vec<(usize, Decimal)> {
        let weights = self.columns.iter().zip(&aim.factors);
        let weights = weights
            .filter(|(variable, factor)| **variable >= self.variables && factor.abs() > NOUGHT);
        weights.map(|(variable, factor)| (*variable - self.variables, -*factor)).collect()
    }

    /// A sum of variables in terms of the columns of now.
    fn aim(&self, wanted: &[(usize, Decimal)]) -> Aim {
        let mut aim =
            Aim { value: Decimal::ZERO, factors: vec![Decimal::ZERO; self.columns.len()] };
        for (variable, sign) in wanted {
            if let Some(column) = self.columns.iter().position(|other| other == variable) {
                aim.factors[column] += *sign;
            } else if let Some(row) = self.basic.iter().position(|other| other == variable) {
                aim.value += *sign * self.limits[row];
                for (factor, other) in aim.factors.iter_mut().zip(&self.rows[row]) {
                    *factor -= *sign * *other;
                }
            }
        }
        aim
    }

    /// Goes as far as can be; `false` where there is no end.
    fn climb(&mut self, aim: &mut Aim) -> bool {
        loop {
            // Of the columns that lead up, the one of the first variable: so it never runs in a ring.
            let up = (0..self.columns.len())
                .filter(|column| aim.factors[*column] > NOUGHT)
                .min_by_key(|column| self.columns[*column]);
            let Some(column) = up else { return true };
            let tight = (0..self.rows.len())
                .filter(|row| self.rows[*row][column] > NOUGHT)
                .min_by_key(|row| (self.limits[*row] / self.rows[*row][column], self.basic[*row]));
            let Some(row) = tight else { return false };
            self.pivot(row, column, Some(aim));
        }
    }

    /// Solves a row for the variable of a column and puts that into all others.
    fn pivot(&mut self, row: usize, column: usize, aim: Option<&mut Aim>) {
        let by = self.rows[row][column];
        let mut solved = std::mem::take(&mut self.rows[row]);
        for factor in &mut solved {
            if !factor.is_zero() {
                *factor /= by;
            }
        }
        solved[column] = Decimal::ONE / by;
        let limit = self.limits[row] / by;
        for other in (0..self.rows.len()).filter(|other| *other != row) {
            let times = self.rows[other][column];
            if times.is_zero() {
                continue;
            }
            self.limits[other] = clean(self.limits[other] - times * limit);
            put(&mut self.rows[other], &solved, column, times);
        }
        if let Some(aim) = aim {
            let times = aim.factors[column];
            aim.value += times * limit;
            put(&mut aim.factors, &solved, column, times);
        }
        self.rows[row] = solved;
        self.limits[row] = limit;
        std::mem::swap(&mut self.basic[row], &mut self.columns[column]);
    }
}

/// Takes a solved row so many times away from another; the column is the new variable's.
fn put(factors: &mut [Decimal], solved: &[Decimal], column: usize, times: Decimal) {
    for (at, (factor, of)) in factors.iter_mut().zip(solved).enumerate() {
        if at == column {
            *factor = -times * *of;
        } else if !of.is_zero() {
            *factor = clean(*factor - times * *of);
        }
    }
}

fn clean(value: Decimal) -> Decimal {
    if value.abs() < NOUGHT { Decimal::ZERO } else { value.normalize() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_most(terms: &[(usize, i64)], limit: i64) -> Inequality {
        let terms = terms.iter().map(|(at, factor)| (*at, Decimal::from(*factor))).collect();
        Inequality { terms, limit: Decimal::from(limit) }
    }

    fn equal(terms: &[(usize, i64)], sum: i64) -> [Inequality; 2] {
        let turned: Vec<(usize, i64)> = terms.iter().map(|(at, factor)| (*at, -factor)).collect();
        [at_most(terms, sum), at_most(&turned, -sum)]
    }

    fn ends(bounds: &mut Bounds, unknown: usize) -> (Option<i64>, Option<i64>) {
        let number = |end: Option<End>| end.and_then(|end| i64::try_from(end.value).ok());
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
        assert_eq!(low.map(|low| low.because.len()), Some(2), "both are named");
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
}
