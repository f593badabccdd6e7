//! The places that print what should be one figure: “4 of 5 places say 509.64, this
//! one says 509.46”.

#![deny(clippy::arithmetic_side_effects)]

use indexmap::{IndexMap, IndexSet};

use crate::amount::Decimal;
use crate::diagnostic::{Text, text};
use crate::model::{Amount, Disclosure, FigureRef, Model, Outcome, RelationKind, Verdict};
use crate::profile::equation::Operator;

/// How many places a ledger needs before it says more than the relation itself.
const ENOUGH: usize = 3;

/// The two places of a relation that compares one figure with one figure.
pub(super) fn copy(outcome: &Outcome) -> Option<(FigureRef, FigureRef)> {
    let ([left], [right]) = (outcome.left.as_slice(), outcome.right.as_slice()) else {
        return None;
    };
    // A parent left with one line may only have lost the others: it is their copy if it agrees.
    let is_sure = match outcome.verdict {
        Verdict::Exact => true,
        Verdict::Broken => outcome.kind == RelationKind::TieOut,
        _ => false,
    };
    let is_copy = outcome.operator == Operator::Equal
        && outcome.allowed.is_zero()
        && left.negative == right.negative
        && is_sure;
    is_copy.then_some((left.figure?, right.figure?))
}

/// What the other places of a figure say, where most of them agree against it.
pub(super) fn note(
    portal: &Model,
    disclosure: &Disclosure,
    figure: FigureRef,
    copies: &Copies,
) -> Option<Text> {
    let places = copies.of_figure(figure);
    let value = |place: &FigureRef| match disclosure.home(portal, *place).amount(place.at) {
        Amount::Printed(value, _) => Some(value),
        Amount::Blank => Some(Decimal::ZERO),
        Amount::Withheld | Amount::Words => None,
    };
    let own = value(&figure)?;
    let mut tally: IndexMap<Decimal, usize> = IndexMap::new();
    for said in places.iter().filter_map(value) {
        let count = tally.entry(said.normalize()).or_default();
        *count = count.saturating_add(1);
    }
    let all: usize = tally.values().sum();
    let (most, count) = tally.iter().max_by_key(|(_, count)| **count)?;
    if all < ENOUGH || *count <= all / 2 || *most == own.normalize() {
        return None;
    }
    // As the first place of that value prints it.
    let first = places.iter().find(|place| value(place).is_some_and(|said| said == *most))?;
    let most = printed(portal, disclosure, *first)?;
    Some(match printed(portal, disclosure, figure) {
        Some(own) => text!(
            zh: "同一个数，{all} 处里有 {count} 处是 {most}，这一处是 {own}",
            en: "{count} of {all} places say {most}, this one says {own}",
        ),
        None => text!(
            zh: "同一个数，{all} 处里有 {count} 处是 {most}，这一处空着",
            en: "{count} of {all} places say {most}, this one is blank",
        ),
    })
}

fn printed(portal: &Model, disclosure: &Disclosure, place: FigureRef) -> Option<String> {
    let home = disclosure.home(portal, place);
    let figure = home.printed(place.at)?;
    Some(match home.unit(place.at) {
        Some(unit) => format!("{figure} {unit}"),
        None => figure.to_string(),
    })
}

/// The places that print the same figure, two by two.
pub(super) struct Copies(IndexMap<FigureRef, Vec<FigureRef>>);

/// Of so many places that print one figure, the rest would say no more.
const PLENTY: usize = 256;

impl Copies {
    /// As these relations say.
    pub(super) fn of(outcomes: &[Outcome]) -> Copies {
        let mut copies: IndexMap<FigureRef, Vec<FigureRef>> = IndexMap::new();
        for (left, right) in outcomes.iter().filter_map(copy) {
            copies.entry(left).or_default().push(right);
            copies.entry(right).or_default().push(left);
        }
        Copies(copies)
    }

    /// Every place that prints the same figure: reached from it over relations of one against one.
    fn of_figure(&self, figure: FigureRef) -> IndexSet<FigureRef> {
        let mut places = IndexSet::from([figure]);
        let mut next = 0;
        while let Some(place) = places.get_index(next).copied() {
            next = next.saturating_add(1);
            let left = PLENTY.saturating_sub(places.len());
            places.extend(self.0.get(&place).into_iter().flatten().take(left).copied());
        }
        places
    }
}
