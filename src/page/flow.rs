//! A flow as the profile declares it: where each row comes from and what it goes to, or one
//! pool where the two sides have no rows in common.

#![deny(clippy::arithmetic_side_effects)]

use super::View;
use super::chart_parts::{ChartContext, EndContext, PartContext, Printed, name, printed, said};
use crate::amount::Decimal;
use crate::chart::{self, ChartWords, Flow};
use crate::model::{At, Disclosure};
use crate::profile::Role;
use crate::profile::chart::Placed;
use crate::{format, url};

/// One side: an end for each address, its figure for each row.
struct FlowSide {
    names: Vec<String>,
    figures: Vec<Vec<Printed>>,
}

/// Both sides and what they have in common: the key of each row, the largest first; one
/// without a key is the pool.
struct Both<'a> {
    from: FlowSide,
    to: FlowSide,
    keys: Vec<Option<&'a str>>,
}

/// The chart; nothing where a side is empty or a figure cannot be drawn.
pub(super) fn flow(
    view: &View,
    disclosure: &Disclosure,
    id: &str,
    title: &str,
    (from, to): (&[Placed], &[Placed]),
) -> Option<ChartContext> {
    let both = both(view, disclosure, from, to)?;
    let unit = both.figures().next()?.unit.clone();
    if !both.figures().all(|figure| figure.value >= Decimal::ZERO && figure.unit == unit) {
        return None;
    }
    let lay = |side: &FlowSide| -> Vec<Vec<Decimal>> {
        let of_rows = |figures: &Vec<Printed>| {
            both.keys.iter().map(|key| value(disclosure, figures, *key)).collect()
        };
        side.figures.iter().map(of_rows).collect()
    };
    let drawn = Flow { from: lay(&both.from), to: lay(&both.to), parts: both.keys.len() };
    let (sources, uses) = (ends(view, disclosure, &both.from), ends(view, disclosure, &both.to));
    let list = |ends: &[EndContext]| {
        let words = ends.iter().map(|end| said(&end.name, &end.value, &unit, &end.share));
        words.collect::<Vec<_>>().join("; ")
    };
    let words = format!("{} → {}", list(&sources), list(&uses));
    Some(ChartContext {
        kind: "flow",
        svg: chart::flow(ChartWords { id, title, description: &words }, &drawn),
        parts: rows(view, disclosure, id, &both),
        from: sources,
        to: uses,
        unit,
        ..ChartContext::default()
    })
}

impl Both<'_> {
    fn figures(&self) -> impl Iterator<Item = &Printed> {
        self.from.figures.iter().chain(&self.to.figures).flatten()
    }
}

fn both<'a>(
    view: &View,
    disclosure: &'a Disclosure,
    from: &[Placed],
    to: &[Placed],
) -> Option<Both<'a>> {
    let is_by_row = from.iter().chain(to).all(|placed| placed.address.is_of_rows());
    let (from, to) = (side(view, disclosure, from)?, side(view, disclosure, to)?);
    let mut both = Both { from, to, keys: Vec::new() };
    let mut keys: Vec<Option<&str>> = Vec::new();
    for figure in both.figures() {
        let key = if is_by_row { row_key(disclosure, figure.at) } else { None };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let size = |key: Option<&str>| -> Decimal {
        both.from.figures.iter().map(|figures| value(disclosure, figures, key)).sum()
    };
    keys.sort_by_key(|key| std::cmp::Reverse(size(*key)));
    both.keys = keys;
    Some(both)
}

fn side(view: &View, disclosure: &Disclosure, addresses: &[Placed]) -> Option<FlowSide> {
    let mut side = FlowSide { names: Vec::new(), figures: Vec::new() };
    for placed in addresses {
        let figures = printed(view, disclosure, &placed.address)?;
        let Some(first) = figures.iter().find(|figure| !figure.value.is_zero()) else { continue };
        let own = placed.name.clone();
        side.names.push(own.unwrap_or_else(|| match first.at {
            At::Cell(table, panel, _, column) if placed.address.is_of_rows() => {
                disclosure.tables[table].spec.panels[panel].columns[column].title.clone()
            }
            at => name(disclosure, at),
        }));
        side.figures.push(figures);
    }
    (!side.figures.is_empty()).then_some(side)
}

/// What an end gives to a row, or to the pool.
fn value(disclosure: &Disclosure, figures: &[Printed], key: Option<&str>) -> Decimal {
    let is_here = |figure: &&Printed| key.is_none() || row_key(disclosure, figure.at) == key;
    figures.iter().filter(is_here).map(|figure| figure.value).sum()
}

/// The row of a figure: what the two sides have in common.
fn row_key(disclosure: &Disclosure, at: At) -> Option<&str> {
    match at {
        At::Cell(table, panel, row, _) => {
            Some(disclosure.tables[table].panels[panel].rows[row].key.as_str())
        }
        _ => None,
    }
}

fn ends(view: &View, disclosure: &Disclosure, side: &FlowSide) -> Vec<EndContext> {
    let sum = |figures: &[Printed]| -> Decimal { figures.iter().map(|figure| figure.value).sum() };
    let whole: Decimal = side.figures.iter().map(|figures| sum(figures)).sum();
    let end = |(name, figures): (&String, &Vec<Printed>)| {
        let (value, at) = match figures.as_slice() {
            [only] => (only.value, Some(only.at)),
            several => total(disclosure, several)
                .map_or_else(|| (sum(several), None), |(value, at)| (value, Some(at))),
        };
        EndContext {
            name: name.clone(),
            value: format::figure(disclosure, value),
            url: at.map(|at| view.link(&url::figure(disclosure, at))).unwrap_or_default(),
            share: format::percent(sum(figures), whole),
        }
    };
    side.names.iter().zip(&side.figures).map(end).collect()
}

/// The total row's figure of a column, where the figures make it up but for rounding: what is
/// printed is what is shown.
fn total(disclosure: &Disclosure, figures: &[Printed]) -> Option<(Decimal, At)> {
    let At::Cell(table, panel, _, column) = figures.first()?.at else { return None };
    let rows = &disclosure.tables[table].panels[panel].rows;
    let row = rows.iter().position(|row| row.role == Role::Total)?;
    let at = At::Cell(table, panel, row, column);
    let value = disclosure.printed(at)?;
    let sum: Decimal = figures.iter().map(|figure| figure.value).sum();
    let rounding: Decimal = figures.iter().map(|figure| figure.allowed).sum();
    ((value - sum).abs() <= rounding + figures[0].allowed).then_some((value, at))
}

/// The table: a line for each row, a figure for each source and use; none of a pool.
fn rows(view: &View, disclosure: &Disclosure, id: &str, both: &Both) -> Vec<PartContext> {
    let mut rows = Vec::new();
    for (index, key) in both.keys.iter().enumerate().filter(|(_, key)| key.is_some()) {
        let at = |figures: &Vec<Printed>| {
            figures.iter().find(|figure| row_key(disclosure, figure.at) == *key).cloned()
        };
        let figures: Vec<Option<Printed>> =
            both.from.figures.iter().chain(&both.to.figures).map(at).collect();
        let Some(first) = figures.iter().flatten().next().map(|figure| figure.at) else { continue };
        let large = |figure: &Option<Printed>| {
            figure
                .as_ref()
                .map(|figure| format::figure(disclosure, figure.value))
                .unwrap_or_default()
        };
        rows.push(PartContext {
            name: name(disclosure, first),
            swatch: chart::swatch(id, index),
            url: view.link(&url::figure(disclosure, first)),
            cells: figures.iter().map(large).collect(),
            ..PartContext::default()
        });
    }
    rows
}
