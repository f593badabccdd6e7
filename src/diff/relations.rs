//! The relations of a disclosure in two states → those that came out otherwise.

use std::collections::BTreeMap;

use super::{RelationDiff, Turn};
use crate::check;
use crate::diagnostic::{Text, text};
use crate::model::{
    At, Cell, Disclosure, FigureRef, Model, Outcome, Portal, RelationKind, Verdict,
};
use crate::secrecy::Cover;

/// A relation in one of the states, whose number is first.
type Stated<'a> = (usize, &'a Outcome);

/// What a relation is known by: its kind, its rule, and figures of it.
type RelationIdentity = (RelationKind, Option<String>, Vec<String>);

/// The relations that came out otherwise: those that hold no more first.
pub(super) fn relations(
    portals: [&Portal; 2],
    sides: [&Disclosure; 2],
    cover: &Cover,
) -> Vec<RelationDiff> {
    let all = [0, 1].map(|side| sides[side].relations(portals[side]));
    let mut found = Vec::new();
    for [before, after] in paired(sides, all) {
        let Some(turn) = turn([before, after].map(|one| one.map(|one| one.verdict))) else {
            continue;
        };
        let (side, outcome) = match (turn, before, after) {
            (Turn::Mended, Some(before), _) => (0, before),
            (_, _, Some(after)) => (1, after),
            _ => continue,
        };
        let stated = (side, outcome);
        let message = said(portals, sides, turn, stated);
        let is_covered = cover.holds(&message.zh) || crosses(portals, sides, stated);
        found.push(RelationDiff {
            turn,
            relation: outcome.tie_out().map(|tie_out| tie_out.id.clone()),
            address: first(sides[side], outcome).unwrap_or_default(),
            message: if is_covered { about(portals[side], sides[side], outcome) } else { message },
        });
    }
    found.sort_by_key(|one| one.turn as u8);
    found
}

/// What became of a relation; nothing where it came out the same, or that says nothing.
fn turn(verdicts: [Option<Verdict>; 2]) -> Option<Turn> {
    let could_not_run = |verdict| matches!(verdict, Verdict::Withheld | Verdict::Missing);
    let [before, after] = verdicts;
    match (before, after) {
        (Some(Verdict::Broken), Some(Verdict::Broken)) => None,
        (_, Some(Verdict::Broken)) => Some(Turn::Broken),
        (Some(Verdict::Broken), None) => Some(Turn::Mended),
        (Some(Verdict::Broken), Some(after)) if after.holds() => Some(Turn::Mended),
        (Some(before), Some(after)) if could_not_run(after) && !could_not_run(before) => {
            Some(Turn::Unproved)
        }
        (Some(before), Some(after)) if could_not_run(before) && after.holds() => Some(Turn::Proved),
        _ => None,
    }
}

/// The relations of both states, one beside the other: by all their figures, then by those of their
/// left side, then by the first of these.
fn paired<'a>(sides: [&Disclosure; 2], all: [&'a [Outcome]; 2]) -> Vec<[Option<&'a Outcome>; 2]> {
    let mut pairs: Vec<[Option<&Outcome>; 2]> =
        all[1].iter().map(|one| [None, Some(one)]).collect();
    let mut open: Vec<&Outcome> = all[0].iter().collect();
    for depth in [Depth::All, Depth::Left, Depth::First] {
        let mut by_key: BTreeMap<RelationIdentity, Vec<&Outcome>> = BTreeMap::new();
        for outcome in open.drain(..).rev() {
            by_key.entry(key(sides[0], outcome, depth)).or_default().push(outcome);
        }
        for pair in pairs.iter_mut().filter(|pair| pair[0].is_none()) {
            let found = pair[1].map(|outcome| key(sides[1], outcome, depth));
            pair[0] = found.and_then(|key| by_key.get_mut(&key)?.pop());
        }
        open.extend(by_key.into_values().flat_map(|list| list.into_iter().rev()));
    }
    pairs.extend(open.into_iter().map(|outcome| [Some(outcome), None]));
    pairs
}

/// How much of a relation it is known by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    All,
    Left,
    First,
}

fn key(disclosure: &Disclosure, outcome: &Outcome, depth: Depth) -> RelationIdentity {
    let left = outcome.left.iter().filter_map(|operand| operand.figure);
    let right = outcome.right.iter().filter_map(|operand| operand.figure);
    let named = |figure| address(disclosure, figure);
    let figures: Vec<String> = match depth {
        Depth::All => left.chain(right).map(named).collect(),
        Depth::Left => left.map(named).collect(),
        Depth::First => left.take(1).map(named).collect(),
    };
    (outcome.kind, outcome.tie_out().map(|tie_out| tie_out.id.clone()), figures)
}

/// The address of a figure; of another year its place alone, which differs from any of this.
fn address(disclosure: &Disclosure, figure: FigureRef) -> String {
    if figure.is_own() { disclosure.address_of(figure.at) } else { format!("{figure:?}") }
}

fn first(disclosure: &Disclosure, outcome: &Outcome) -> Option<String> {
    let figure = outcome.figures().find(|figure| figure.is_own())?;
    Some(disclosure.address_of(figure.at))
}

fn said(
    portals: [&Portal; 2],
    sides: [&Disclosure; 2],
    turn: Turn,
    (side, outcome): Stated,
) -> Text {
    match turn {
        Turn::Broken | Turn::Mended => check::sentence(portals[side], sides[side], outcome),
        Turn::Unproved | Turn::Proved => about(portals[side], sides[side], outcome),
    }
}

/// What a relation is about, without a figure.
fn about(portal: &Model, disclosure: &Disclosure, outcome: &Outcome) -> Text {
    // What a text says of a figure may be the figure.
    let is_told = |figure: &FigureRef| !matches!(figure.at, At::Slot(..));
    let first = outcome.figures().find(is_told).map(|figure| disclosure.called(portal, figure));
    first.unwrap_or_else(|| text!(zh: "正文里的一个数", en: "a figure in the text"))
}

/// Whether the other state withholds a figure of a relation.
fn crosses(portals: [&Portal; 2], sides: [&Disclosure; 2], (side, outcome): Stated) -> bool {
    let other = 1_usize.saturating_sub(side);
    let is_withheld = |figure: FigureRef| {
        let address = sides[side].address_of(figure.at);
        let places = sides[other].places_at(portals[other], &address);
        places.into_iter().any(|at| matches!(sides[other].value_of(at), Cell::Withheld(_)))
    };
    outcome.figures().filter(|figure| figure.is_own()).any(is_withheld)
}
