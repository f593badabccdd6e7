//! Which withheld figures readers can work out all the same, and how.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{Bounds, End, Inequality, Rational, Reach, decimal, rational};
use super::system::{Relation, System};
use super::ties::Divisions;
use crate::amount::Decimal;
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::model::{At, Disclosure, Draft, Model};
use crate::profile::equation::Operator;

/// How many derivations a finding names.
const NAMED: usize = 3;

/// How many places that print the same figure a finding names.
const TWINS: usize = 16;

/// A figure must stay open by more than this share of itself either way: the p % rule of
/// statistical disclosure control.
const OPEN: Decimal = Decimal::new(1, 1);

/// And by more than so many units of its last place in all.
const PLACES: u32 = 10;

/// More unknowns than this in one knot are not taken apart.
const MOST: usize = 150;

/// What readers can find out about an unknown.
pub(super) struct Deduction {
    /// The unknown.
    pub unknown: usize,
    /// How far the true figure may lie from the middle, in base units.
    pub margin: Decimal,
    /// The relations that give it away, by index.
    pub relations: Vec<usize>,
    /// Whether each of them does so alone.
    pub alone: bool,
}

/// Every unknown that can be worked out, and those of which nothing was proved: their knot is too
/// large to take apart, contradicts itself, or took too long.
pub(super) fn prove(system: &System) -> (Vec<Deduction>, Vec<usize>) {
    let mut all = Vec::new();
    let mut untried = Vec::new();
    let relations = of_unknowns(system);
    for knot in knots(system) {
        let mut open: Vec<usize> = Vec::new();
        for unknown in &knot {
            match alone(system, *unknown, &relations[*unknown]) {
                Some(known) => all.push(known),
                None => open.push(*unknown),
            }
        }
        if knot.len() > MOST {
            untried.append(&mut open);
        } else if !open.is_empty() {
            // In the order of the system, which decides between equal derivations.
            let mut own: Vec<usize> =
                knot.iter().flat_map(|unknown| &relations[*unknown]).copied().collect();
            own.sort_unstable();
            together(system, (&knot, &own), &open, &mut all, &mut untried);
        }
    }
    all.sort_by_key(|known| known.unknown);
    (all, untried)
}

/// Of each unknown the relations it is the first of, by index: each relation stands once.
fn of_unknowns(system: &System) -> Vec<Vec<usize>> {
    let mut of = vec![Vec::new(); system.unknowns.len()];
    for (index, relation) in system.relations.iter().enumerate() {
        if let Some((first, _)) = relation.terms.first() {
            of[*first].push(index);
        }
    }
    of
}

/// Unknowns that relations join, directly or through others.
fn knots(system: &System) -> Vec<Vec<usize>> {
    let mut of: Vec<usize> = (0..system.unknowns.len()).collect();
    // Each step halves the way for who comes after.
    let root = |of: &mut [usize], mut at: usize| {
        while of[at] != at {
            of[at] = of[of[at]];
            at = of[at];
        }
        at
    };
    for relation in &system.relations {
        for pair in relation.terms.windows(2) {
            let (a, b) = (root(&mut of, pair[0].0), root(&mut of, pair[1].0));
            of[a.max(b)] = a.min(b);
        }
    }
    let mut knots: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for unknown in 0..of.len() {
        knots.entry(root(&mut of, unknown)).or_default().push(unknown);
    }
    knots.into_values().collect()
}

/// Relations in which it is the only unknown, among those it is the first of.
fn alone(system: &System, unknown: usize, relations: &[usize]) -> Option<Deduction> {
    let last_place = system.unknowns[unknown].last_place;
    let mut found: Vec<(Decimal, usize)> = Vec::new();
    for index in relations.iter().copied() {
        let relation = &system.relations[index];
        let ([(_, factor)], Operator::Equal) =
            (relation.terms.as_slice(), relation.outcome.operator)
        else {
            continue;
        };
        let value = rational(relation.sum) / rational(*factor);
        let width = rational(relation.slack) / rational(factor.abs()) * rational(Decimal::TWO);
        if is_known(&value, &width, last_place, &Rational::ZERO) {
            found.push((relation.slack / factor.abs(), index));
        }
    }
    found.sort();
    let (margin, _) = *found.first()?;
    let relations = found.into_iter().map(|(_, index)| index).collect();
    Some(Deduction { unknown, margin, relations, alone: true })
}

/// The relations of a knot put together.
fn together(
    system: &System,
    (knot, relations): (&[usize], &[usize]),
    open: &[usize],
    all: &mut Vec<Deduction>,
    untried: &mut Vec<usize>,
) {
    let mut inequalities: Vec<Inequality> = Vec::new();
    let mut origin: Vec<usize> = Vec::new();
    for index in relations {
        for mut inequality in System::inequalities(&system.relations[*index]) {
            for (at, _) in &mut inequality.terms {
                let own = knot.binary_search(at);
                *at = own.expect("a relation joins its unknowns to one knot");
            }
            inequalities.push(inequality);
            origin.push(*index);
        }
    }
    let signed: Vec<bool> = knot.iter().map(|unknown| system.unknowns[*unknown].signed).collect();
    let Some(mut bounds) = Bounds::new(&signed, &inequalities) else {
        untried.extend(open);
        return;
    };
    for unknown in open {
        let at = knot.binary_search(unknown).expect("what is open belongs to the knot");
        let (low, high) = match bounds.of(at) {
            (Reach::To(low), Reach::To(high)) => (low, high),
            (Reach::Endless, _) | (_, Reach::Endless) => continue,
            _ => {
                untried.push(*unknown);
                continue;
            }
        };
        let width = &high.value - &low.value;
        let middle = (&high.value + &low.value) / rational(Decimal::TWO);
        let blur = |end: &End| -> Rational {
            end.because.iter().fold(Rational::ZERO, |sum, (row, weight)| {
                let slack = rational(system.relations[origin[*row]].slack);
                if *weight < Rational::ZERO { sum - weight * slack } else { sum + weight * slack }
            })
        };
        let free = &width - blur(&low) - blur(&high);
        if is_known(&middle, &width, system.unknowns[*unknown].last_place, &free) {
            let both = low.because.iter().chain(&high.because);
            let mut relations: Vec<usize> = both.map(|(row, _)| origin[*row]).collect();
            relations.sort_unstable();
            relations.dedup();
            let margin = decimal(&(width / rational(Decimal::TWO)));
            all.push(Deduction { unknown: *unknown, margin, relations, alone: false });
        }
    }
}

/// Whether an interval is too narrow: within [`OPEN`] of the middle either way, or [`PLACES`]
/// units of the last place; or if rounding alone keeps it open, and by less than its own size.
/// `free` is how much of the width rounding does not explain.
fn is_known(middle: &Rational, width: &Rational, last_place: Decimal, free: &Rational) -> bool {
    let size = if *middle < Rational::ZERO { -middle.clone() } else { middle.clone() };
    let last_place = rational(last_place);
    *width <= &size * rational(OPEN * Decimal::TWO)
        || *width <= &last_place * rational(Decimal::from(PLACES))
        || (*free <= last_place && *width <= size)
}

/// Reports what can be worked out: one finding for a row or project.
pub(super) fn report(
    report: &mut Report,
    portal: &Draft,
    system: &System,
) -> BTreeSet<(usize, At)> {
    let (all, untried) = prove(system);
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut of: BTreeMap<(usize, Owner), usize> = BTreeMap::new();
    let mut divisions: BTreeMap<usize, Divisions> = BTreeMap::new();
    for known in &all {
        let (index, at) = system.unknowns[known.unknown].place;
        let disclosure = &portal.disclosures[index];
        let owner = (index, owner(at));
        if let Some(finding) = of.get(&owner) {
            let words = disclosure.words_of(at);
            findings[*finding].notes.push(text!(zh: "{zh}也能推算出来", en: "{en} can be worked out too", zh = words.zh, en = words.en));
            continue;
        }
        let mut finding = derived(disclosure, at);
        finding.notes = derivation(portal, system, known);
        let divisions = divisions
            .entry(index)
            .or_insert_with(|| Divisions::of(portal, disclosure, portal.secrets(index)));
        let twins = divisions.twins(disclosure, at).into_iter().flat_map(|(_, twins)| twins);
        let twins: BTreeSet<At> = twins.take(TWINS).collect();
        finding.notes.extend(twins.into_iter().map(|twin| {
            let words = disclosure.words_of(twin);
            text!(zh: "{zh}印着同一个数", en: "{en} prints the same figure", zh = words.zh, en = words.en)
        }));
        of.insert(owner, findings.len());
        findings.push(finding);
    }
    report.diagnostics.extend(findings);
    if let Some(first) = untried.first() {
        let (index, at) = system.unknowns[*first].place;
        report.push(unproved(&portal.disclosures[index], at, untried.len()));
    }
    all.iter().map(|known| system.unknowns[known.unknown].place).collect()
}

fn derived(disclosure: &Disclosure, at: At) -> Diagnostic {
    let words = disclosure.words_of(at);
    let message = text!(
        zh: "{zh}标为{mark}，用公开的数却能推算出来", en: "{en} is withheld, and can be worked out from what is published",
        zh = words.zh, en = words.en, mark = disclosure.withheld_mark(),
    );
    codes::WITHHELD_DERIVABLE
        .at(disclosure.place_of(at), message)
        .about(&disclosure.path, disclosure.address_of(at))
        .help(text!(
            zh: "光盖住这一格不够：含有它的每个关系里，都要另有算不出来的格；盖哪些，见 docs/secrecy.md",
            en: "covering this cell is not enough: every relation it stands in needs another cell that cannot be worked out; docs/secrecy.md says which",
        ))
}

fn unproved(disclosure: &Disclosure, at: At, count: usize) -> Diagnostic {
    let message = text!(
        zh: "有 {count} 个不公开的数没有证明读者推算不出来", en: "of {count} withheld figures it was not proved that readers cannot work them out",
    );
    codes::WITHHELD_DERIVABLE
        .at(disclosure.place_of(at), message)
        .about(&disclosure.path, disclosure.address_of(at))
        .note(text!(
            zh: "连在一起的数太多（上限 {MOST} 个）、推算太久，或公开的数彼此矛盾（本应是负数的栏没有写明 signed）",
            en: "too many hang together (the limit is {MOST}), it took too long, or what is published contradicts itself (a column that holds negative figures is not `signed`)",
        ))
}

/// What a figure belongs to: a project, or a row.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Project(usize),
    Row(usize, usize, usize),
    Other(At),
}

fn owner(at: At) -> Owner {
    match at {
        At::Field(project, _) | At::Indicator(project, ..) => Owner::Project(project),
        At::Cell(table, panel, row, _) => Owner::Row(table, panel, row),
        At::Slot(..) => Owner::Other(at),
    }
}

/// How it is worked out, in words.
fn derivation(portal: &Model, system: &System, known: &Deduction) -> Vec<Text> {
    let place = system.unknowns[known.unknown].place;
    let mut notes = Vec::new();
    if known.alone {
        for index in known.relations.iter().take(NAMED) {
            notes.push(difference(portal, &system.relations[*index], place));
        }
        return notes;
    }
    let count = known.relations.len();
    notes.push(text!(zh: "把 {count} 个关系合起来，就只剩它一个未知数：", en: "{count} relations together leave it the only unknown:"));
    for index in known.relations.iter().take(NAMED * 2) {
        notes.push(promise(portal, &system.relations[*index]));
    }
    if count > NAMED * 2 {
        notes
            .push(text!(zh: "……另有 {more} 个", en: "… and {more} more", more = count.saturating_sub(NAMED * 2)));
    }
    notes.push(margin(portal, place, known.margin));
    notes
}

/// How closely it is known.
fn margin(portal: &Model, place: (usize, At), margin: Decimal) -> Text {
    if margin.is_zero() {
        return text!(zh: "推算得一分不差", en: "to the digit");
    }
    let disclosure = &portal.disclosures[place.0];
    let unit = disclosure.unit(place.1);
    let margin = (margin / disclosure.profile.factor(unit)).round_dp(6).normalize();
    let unit = unit.unwrap_or_default();
    text!(zh: "推算的误差不超过 {margin} {unit}", en: "to within {margin} {unit}")
}

/// One relation with everything known but the figure.
fn difference(portal: &Model, relation: &Relation, place: (usize, At)) -> Text {
    let disclosure = &portal.disclosures[relation.home];
    let outcome = &relation.outcome;
    let is_it = |operand: &&crate::model::Operand| {
        operand.figure.is_some_and(|figure| {
            let home = figure.disclosure(relation.home, disclosure.prior);
            (home, figure.at) == (Some(place.0), place.1)
        })
    };
    let known: Vec<_> = outcome
        .left
        .iter()
        .chain(&outcome.right)
        .filter(|operand| operand.value.is_some() && !is_it(operand))
        .collect();
    let id = || Text::same(outcome.tie_out().map_or("", |tie_out| tie_out.id.as_str()));
    let words = known
        .iter()
        .find_map(|operand| operand.figure)
        .map_or_else(id, |figure| disclosure.home(portal, figure).words_of(figure.at));
    let Text { zh, en } = words;
    let unit = outcome.unit().unwrap_or_default();
    let error = (relation.slack / disclosure.profile.factor(outcome.unit())).normalize();
    let of_error = if error.is_zero() {
        Text::same("")
    } else {
        text!(zh: "，误差不超过 {error} {unit}", en: ", to within {error} {unit}")
    };
    let whole = outcome.left.first().filter(|operand| outcome.left.len() == 1 && !is_it(operand));
    match (known.as_slice(), whole.and_then(|whole| whole.value)) {
        ([_], _) => text!(zh: "它与{zh}是同一个数", en: "it is the same figure as {en}"),
        // Without the figures: their difference would be the withheld one.
        (_, Some(_)) => {
            let others =
                outcome.right.iter().filter(|operand| operand.value.is_some() && !is_it(operand));
            let less = match others.count() {
                1 => text!(zh: "另一个数", en: "the one other figure of the relation"),
                count => {
                    text!(zh: "其余 {count} 个数之和", en: "the {count} other figures of the relation together")
                }
            };
            text!(
                zh: "{zh}，减去{zh_less}{zh_error}", en: "{en}, less {en_less}{en_error}",
                zh_less = less.zh, en_less = less.en, zh_error = of_error.zh, en_error = of_error.en,
            )
        }
        (others, None) => text!(
            zh: "由{zh}等 {count} 个数算出{zh_error}", en: "it follows from {en} and {more} more{en_error}",
            count = others.len(), more = others.len().saturating_sub(1), zh_error = of_error.zh, en_error = of_error.en,
        ),
    }
}

/// A relation as readers know it, without figures.
fn promise(portal: &Model, relation: &Relation) -> Text {
    let disclosure = &portal.disclosures[relation.home];
    let outcome = &relation.outcome;
    let side = |operands: &[crate::model::Operand]| {
        let figures = operands.iter().filter(|operand| operand.value.is_some());
        let count = figures.clone().count();
        let first = figures.clone().find_map(|operand| operand.figure);
        let words = first.map(|figure| disclosure.home(portal, figure).words_of(figure.at));
        let Text { zh, en } = words.unwrap_or_else(|| Text::same("0"));
        if count > 1 {
            text!(zh: "{zh}等 {count} 个数之和", en: "{en} and {more} more", more = count.saturating_sub(1))
        } else {
            Text { zh, en }
        }
    };
    let (left, right) = (side(&outcome.left), side(&outcome.right));
    let sign = outcome.operator.sign();
    text!(
        zh: "{zh_left} {sign} {zh_right}", en: "{en_left} {sign} {en_right}",
        zh_left = left.zh, zh_right = right.zh, en_left = left.en, en_right = right.en,
    )
}
