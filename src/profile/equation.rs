//! Relations between figures: `a = b + c - d`, `rate = a ÷ b` over addresses.
//!
//! `=`, `≤` (`<=`), `≥` (`>=`), `+`, `-`, `×` (`*`), `÷` (`/`), addresses and plain numbers, parted by
//! spaces. Products and quotients come before sums. No functions, no variables: it always ends, and an
//! accountant can read it.

use std::fmt;

use crate::address::{self, Address};
use crate::amount::{self, Decimal};

/// How the two sides are meant to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Equal.
    Equal,
    /// The left side is at most the right.
    AtMost,
    /// The left side is at least the right.
    AtLeast,
}

impl Operator {
    /// The sign as printed.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::AtMost => "≤",
            Operator::AtLeast => "≥",
        }
    }
}

/// One summand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether it is taken away.
    pub negative: bool,
    /// What is added.
    pub operand: Operand,
    /// What it is multiplied with, or divided by.
    pub factors: Vec<(Factor, Operand)>,
}

/// How one is joined to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Multiplied with it.
    Times,
    /// Divided by it.
    Over,
}

impl Term {
    /// One that is added, or taken away.
    pub fn new(negative: bool, operand: Operand) -> Term {
        Term { negative, operand, factors: Vec::new() }
    }

    /// All that stands in it.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        std::iter::once(&self.operand).chain(self.factors.iter().map(|(_, operand)| operand))
    }
}

/// What can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Figures of the disclosure.
    Address(Address),
    /// A number, exact.
    Number(Decimal),
}

/// A relation between two sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// Left of the sign.
    pub left: Vec<Term>,
    /// The sign.
    pub operator: Operator,
    /// Right of the sign.
    pub right: Vec<Term>,
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Operand::Address(address) => address.fmt(f),
            Operand::Number(number) => number.fmt(f),
        }
    }
}

impl fmt::Display for Equation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (side, terms) in [&self.left, &self.right].into_iter().enumerate() {
            if side == 1 {
                write!(f, " {} ", self.operator.sign())?;
            }
            for (index, term) in terms.iter().enumerate() {
                match (index, term.negative) {
                    (0, _) => {}
                    (_, true) => f.write_str(" - ")?,
                    (_, false) => f.write_str(" + ")?,
                }
                write!(f, "{}", term.operand)?;
                for (factor, operand) in &term.factors {
                    let sign = if *factor == Factor::Times { '×' } else { '÷' };
                    write!(f, " {sign} {operand}")?;
                }
            }
        }
        Ok(())
    }
}

impl Equation {
    /// Reads an equation.
    ///
    /// # Errors
    /// The word that could not be read.
    pub(crate) fn parse(text: &str) -> Result<Equation, String> {
        let mut sides = [Vec::new(), Vec::new()];
        let mut operator = None;
        let mut negative = Some(false);
        let mut factor = None;
        let words = address::split(text, char::is_whitespace);
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            let side: &mut Vec<Term> = &mut sides[usize::from(operator.is_some())];
            if let Some(joined) = factor.take() {
                let operand = operand(word).ok_or_else(|| word.to_owned())?;
                side.last_mut().ok_or_else(|| word.to_owned())?.factors.push((joined, operand));
                continue;
            }
            let sign = match word {
                "=" => Some(Operator::Equal),
                "≤" | "<=" => Some(Operator::AtMost),
                "≥" | ">=" => Some(Operator::AtLeast),
                _ => None,
            };
            match (word, sign, negative) {
                (_, Some(sign), None) if operator.is_none() => {
                    operator = Some(sign);
                    negative = Some(false);
                }
                ("×" | "*", _, None) => factor = Some(Factor::Times),
                ("÷" | "/", _, None) => factor = Some(Factor::Over),
                ("+", _, None) => negative = Some(false),
                ("-", _, None) => negative = Some(true),
                (_, None, Some(minus)) => {
                    let operand = operand(word).ok_or_else(|| word.to_owned())?;
                    side.push(Term::new(minus, operand));
                    negative = None;
                }
                _ => return Err(word.to_owned()),
            }
        }
        let [left, right] = sides;
        match operator {
            Some(operator) if negative.is_none() && factor.is_none() => {
                Ok(Equation { left, operator, right })
            }
            _ => Err(text.to_owned()),
        }
    }

    /// Every term of both sides.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.iter().chain(&self.right)
    }

    /// The addresses on both sides.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.terms().flat_map(Term::operands).filter_map(|operand| match operand {
            Operand::Address(address) => Some(address),
            Operand::Number(_) => None,
        })
    }

    /// Whether figures are multiplied or divided in it.
    pub fn has_products(&self) -> bool {
        self.terms().any(|term| !term.factors.is_empty())
    }
}

/// Reads one side alone: `a + b - prior:a`.
///
/// # Errors
/// The text itself.
pub(crate) fn sum(text: &str) -> Result<Vec<Term>, String> {
    let equation = Equation::parse(&format!("{text} = 0")).map_err(|_| text.to_owned())?;
    if equation.has_products() { Err(text.to_owned()) } else { Ok(equation.left) }
}

fn operand(word: &str) -> Option<Operand> {
    if let Ok(figure) = amount::parse(word) {
        return Some(Operand::Number(figure.value));
    }
    Address::parse(word).map(Operand::Address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_and_signs_are_read() {
        let equation = Equation::parse("a/b/c ≥ d/e/f - three-public/g/h + 0.5").expect("reads");
        assert_eq!((equation.left.len(), equation.right.len()), (1, 3));
        assert_eq!(equation.operator, Operator::AtLeast);
        assert_eq!(
            equation.right.iter().map(|term| term.negative).collect::<Vec<_>>(),
            [false, true, false]
        );
    }

    #[test]
    fn products_and_quotients_come_before_sums() {
        let equation = Equation::parse("a/b/c = d/e/f ÷ g/h/i × 2 - 1").expect("reads");
        let factors = equation.right.iter().map(|term| term.factors.len());
        assert_eq!(factors.collect::<Vec<_>>(), [2, 0]);
        assert_eq!(equation.addresses().count(), 3);
        for text in ["a/b/c = ÷ d/e/f", "a/b/c = d/e/f ÷", "a/b/c × = d/e/f", "a/b/c = d/e/f × - 1"]
        {
            assert!(Equation::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn equations_print_as_they_are_read() {
        for text in [
            "a/b/c ≥ d/e/f - 0.5 + g/*/h",
            "a/@/r = a/@/x ÷ prior:a/@/x - 1",
            "a/b/c = d/e/f × 2 ÷ 3",
        ] {
            assert_eq!(Equation::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn the_word_in_the_way_is_named() {
        for (text, word) in [
            ("a/b/c = d", "d"),
            ("a/b/c = = d/e/f", "="),
            ("a/b/c d/e/f", "d/e/f"),
            ("a/b/c =", "a/b/c ="),
        ] {
            assert_eq!(Equation::parse(text), Err(word.to_owned()), "{text}");
        }
    }
}
