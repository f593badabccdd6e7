//! The terms of a target: of another year, as a difference, as an author writes them.

use crate::address::{Address, Target};
use crate::profile::equation::{Operand, Term};

/// A figure less the same of the year before.
pub(super) fn change(terms: &[Term]) -> Vec<Term> {
    let mut all = terms.to_vec();
    for term in terms {
        if let Operand::Address(Address { target, .. }) = &term.operand {
            let target: Target = target.clone();
            let operand = Operand::Address(Address::of_prior(target));
            all.push(Term::new(!term.negative, operand));
        }
    }
    all
}

/// The same cells of the year before; nothing where a number or a figure of that year is among them.
pub(super) fn prior_of(terms: &[Term]) -> Option<Vec<Term>> {
    let prior = |term: &Term| match &term.operand {
        Operand::Address(address) if address.is_own() => {
            let operand = Operand::Address(Address::of_prior(address.target.clone()));
            Some(Term::new(term.negative, operand))
        }
        _ => None,
    };
    terms.iter().map(prior).collect()
}

/// Terms as an author writes them.
pub(super) fn written(terms: &[Term]) -> String {
    let mut out = String::new();
    for term in terms {
        if !out.is_empty() {
            out.push_str(if term.negative { " - " } else { " + " });
        }
        match &term.operand {
            Operand::Address(address) => out.push_str(&address.to_string()),
            Operand::Number(number) => out.push_str(&number.to_string()),
        }
    }
    out
}
