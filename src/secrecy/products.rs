//! Products and quotients with a withheld figure in them, as sums over it: a share, its part and its whole
//! give each other away.

#![deny(clippy::arithmetic_side_effects)]

use super::system::{Sides, System, is_hidden};
use crate::amount::Decimal;
use crate::model::{Amount, At, Draft, Joined, Operand, Outcome};

/// One factor of a term: what is known of it, and what is not with the worth of one unit.
struct Group {
    joined: Joined,
    known: Decimal,
    hidden: Vec<(usize, Decimal)>,
}

impl System<'_> {
    /// The whole minus one factor times the others, which must be known; of a quotient whose divisor is
    /// hidden, the whole times the divisor minus what is divided.
    pub(super) fn product(
        &mut self,
        draft: &Draft,
        home: usize,
        outcome: &Outcome,
    ) -> Option<Sides> {
        let owner = &draft.disclosures[home];
        let [whole] = outcome.left.as_slice() else { return None };
        let whole = whole.figure?.at;
        let factors: Vec<(At, Joined)> =
            outcome.right.iter().filter_map(|one| Some((one.figure?.at, one.joined))).collect();
        let unit = |at: At| owner.profile.factor(owner.unit(at));
        let hides = |at: At| is_hidden(draft.secrets(home), owner, at);
        let hidden: Vec<(At, Joined)> =
            factors.iter().copied().filter(|(at, _)| hides(*at)).collect();
        // What the known factors come to, in base units.
        let mut known = -unit(whole) * owner.product_worth(whole, &factors);
        for (at, joined) in factors.iter().filter(|(at, _)| !hides(*at)) {
            let printed = owner.printed(*at)?;
            match joined {
                Joined::Over if printed.is_zero() => return None,
                Joined::Over => known = known / printed,
                _ => known = known * printed,
            }
        }
        let mut sides = Sides { slack: outcome.allowed * unit(whole), ..Sides::default() };
        let base = || Some(owner.printed(whole)? * unit(whole));
        match hidden.as_slice() {
            [] => sides.known += known,
            [(_, Joined::Over)] if hides(whole) => return None,
            [(at, Joined::Over)] => {
                let divisor = owner.printed(*at)?;
                let unknown = self.unknown(draft, (home, *at));
                sides.terms.push((unknown, base()? / unit(*at)));
                sides.known = known;
                sides.slack = sides.slack * divisor.abs();
                return Some(sides);
            }
            [(at, _)] => {
                let unknown = self.unknown(draft, (home, *at));
                sides.terms.push((unknown, known / unit(*at)));
            }
            _ => return None,
        }
        if hides(whole) {
            sides.terms.push((self.unknown(draft, (home, whole)), Decimal::ONE));
        } else {
            sides.known += base()?;
        }
        Some(sides)
    }

    /// Left minus right of an equation with products, in base units.
    pub(super) fn products(
        &mut self,
        draft: &Draft,
        home: usize,
        outcome: &Outcome,
    ) -> Option<Sides> {
        let factor = draft.disclosures[home].unit_worth(outcome.unit());
        let mut sides = Sides { slack: outcome.allowed * factor, ..Sides::default() };
        let mut divided: Option<(Decimal, Group)> = None;
        for (side, operands) in [(false, &outcome.left), (true, &outcome.right)] {
            for term in operands.chunk_by(|_, next| next.joined != Joined::Added) {
                let mut product =
                    if term[0].negative == side { Decimal::ONE } else { -Decimal::ONE };
                let mut open: Option<Group> = None;
                for factor in term.chunk_by(|_, next| next.joined == Joined::Within) {
                    let group = self.group(draft, home, factor)?;
                    if !group.hidden.is_empty() {
                        // Two unknown factors of one term are no sum.
                        if open.replace(group).is_some() {
                            return None;
                        }
                    } else if group.joined != Joined::Over {
                        product = product * group.known;
                    } else if group.known.is_zero() {
                        return None;
                    } else {
                        product = product / group.known;
                    }
                }
                match open {
                    None => sides.known += product,
                    Some(group) if group.joined == Joined::Over => {
                        if divided.replace((product, group)).is_some() {
                            return None;
                        }
                    }
                    Some(group) => {
                        sides.known += product * group.known;
                        let own = group.hidden.iter().map(|(at, worth)| (*at, product * *worth));
                        sides.terms.extend(own);
                    }
                }
            }
        }
        let Some((part, divisor)) = divided else { return Some(sides) };
        // known + part ÷ divisor = 0, multiplied by the divisor.
        if !sides.terms.is_empty() || sides.known.is_zero() {
            return None;
        }
        let known = sides.known;
        sides.slack = sides.slack * (part / known).abs();
        sides.known = known * divisor.known + part;
        sides.terms = divisor.hidden.iter().map(|(at, worth)| (*at, known * *worth)).collect();
        Some(sides)
    }

    fn group(&mut self, draft: &Draft, home: usize, operands: &[Operand]) -> Option<Group> {
        let joined = operands[0].joined;
        let mut group = Group { joined, known: Decimal::ZERO, hidden: Vec::new() };
        for operand in operands {
            let Some(figure) = operand.figure else {
                group.known += operand.value.unwrap_or_default();
                continue;
            };
            let index = figure.disclosure(home, draft.disclosures[home].prior)?;
            let owner = &draft.disclosures[index];
            let worth = owner.share_worth(figure.at);
            if is_hidden(draft.secrets(index), owner, figure.at) {
                group.hidden.push((self.unknown(draft, (index, figure.at)), worth));
                continue;
            }
            match owner.amount(figure.at) {
                Amount::Printed(value, _) => group.known += value * worth,
                Amount::Blank => {}
                Amount::Withheld | Amount::Words => return None,
            }
        }
        Some(group)
    }
}
