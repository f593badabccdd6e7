//! Charts as the profile declares them, drawn from the cells of a disclosure, each with the
//! table that says the same. Where a figure is withheld, below nought or in another unit than
//! the rest, there is no chart: half a drawing would say what nobody has printed.

#![deny(clippy::arithmetic_side_effects)]

use super::View;
pub use super::chart_parts::{ChartContext, EndContext, PartContext};
use super::chart_parts::{Printed, name, printed, said};
use super::context::figure;
use super::flow::flow;
use crate::address::Address;
use crate::amount::Decimal;
use crate::chart::{self, ChartWords};
use crate::model::{At, Disclosure, Lookup};
use crate::profile::chart::{Chart, On, Placed, Shows};
use crate::{format, url};

/// Where charts are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Where {
    /// A page that shows those of several tables.
    Page(On),
    /// The page of a table, by index.
    Table(usize),
}

/// The charts of a disclosure that a page shows.
pub fn charts(view: &View, disclosure: &Disclosure, place: Where) -> Vec<ChartContext> {
    let is_wanted = |chart: &Chart| match place {
        Where::Page(page) => chart.on.contains(&page),
        Where::Table(index) => {
            let first = chart.addresses().first().copied();
            let found = first.map(|placed| disclosure.find(view.portal, &placed.address, None));
            let Some(Lookup::Figures(figures)) = found else { return false };
            figures.first().is_some_and(|found| matches!(found.at, At::Cell(at, ..) if at == index))
        }
    };
    let charts = disclosure.profile.charts.iter().filter(|(_, chart)| is_wanted(chart));
    charts.filter_map(|(id, chart)| draw(view, disclosure, id, chart)).collect()
}

fn draw(view: &View, disclosure: &Disclosure, id: &str, chart: &Chart) -> Option<ChartContext> {
    let id = format!("chart-{id}");
    let drawn = match &chart.shows {
        Shows::Composition { of, parts } => {
            composition(view, disclosure, &id, &chart.title, of, parts)
        }
        Shows::Flow { from, to } => flow(view, disclosure, &id, &chart.title, (from, to)),
        Shows::Series { of } => series(view, disclosure, &id, &chart.title, of),
    };
    drawn.map(|drawn| ChartContext { id, title: chart.title.clone(), ..drawn })
}

fn composition(
    view: &View,
    disclosure: &Disclosure,
    id: &str,
    title: &str,
    of: &Placed,
    parts: &[Placed],
) -> Option<ChartContext> {
    let whole = match printed(view, disclosure, &of.address)?.as_slice() {
        [whole] => whole.clone(),
        _ => return None,
    };
    let mut all = Vec::new();
    for part in parts {
        let figures = printed(view, disclosure, &part.address)?;
        let named = |figure: Printed| {
            (part.name.clone().unwrap_or_else(|| name(disclosure, figure.at)), figure)
        };
        all.extend(figures.into_iter().map(named));
    }
    let is_drawable =
        |(_, part): &(String, Printed)| part.value >= Decimal::ZERO && part.unit == whole.unit;
    if !all.iter().all(is_drawable) {
        return None;
    }
    all.retain(|(_, part)| !part.value.is_zero());
    all.sort_by_key(|(_, part)| std::cmp::Reverse(part.value));
    let sum: Decimal = all.iter().map(|(_, part)| part.value).sum();
    let rounding: Decimal =
        all.iter().map(|(_, part)| part.allowed).sum::<Decimal>() + whole.allowed;
    // Parts that are the whole but for rounding fill the bar; others leave the rest of it empty.
    let drawn = if (whole.value - sum).abs() <= rounding { sum } else { whole.value };
    if all.is_empty() || sum > drawn {
        return None;
    }
    let values: Vec<Decimal> = all.iter().map(|(_, part)| part.value).collect();
    let parts: Vec<PartContext> = all
        .iter()
        .enumerate()
        .map(|(index, (name, part))| PartContext {
            name: name.clone(),
            swatch: chart::swatch(id, index),
            value: format::figure(disclosure, part.value),
            url: view.link(&url::figure(disclosure, part.at)),
            share: format::percent(part.value, whole.value),
            ..PartContext::default()
        })
        .collect();
    let said = parts.iter().map(|part| said(&part.name, &part.value, &whole.unit, &part.share));
    let words = said.collect::<Vec<_>>().join("; ");
    Some(ChartContext {
        kind: "composition",
        svg: chart::bar(ChartWords { id, title, description: &words }, &values, drawn),
        parts,
        whole: format::figure(disclosure, whole.value),
        whole_url: view.link(&url::figure(disclosure, whole.at)),
        unit: whole.unit,
        ..ChartContext::default()
    })
}

/// One point of a series.
struct Point {
    name: String,
    value: Option<Decimal>,
    url: String,
    current: bool,
}

fn series(
    view: &View,
    disclosure: &Disclosure,
    id: &str,
    title: &str,
    of: &Placed,
) -> Option<ChartContext> {
    let (points, unit) = if of.address.is_of_rows() {
        points_of_rows(view, disclosure, &of.address)?
    } else {
        points_of_years(view, disclosure, &of.address)?
    };
    let values: Vec<Option<Decimal>> = points.iter().map(|point| point.value).collect();
    if values.iter().flatten().count() < 2 {
        return None;
    }
    let strong = points.iter().position(|point| point.current);
    let parts: Vec<PartContext> = points
        .into_iter()
        .map(|point| PartContext {
            name: point.name,
            value: point.value.map(|value| format::figure(disclosure, value)).unwrap_or_default(),
            url: point.url,
            current: point.current,
            ..PartContext::default()
        })
        .collect();
    let known = parts.iter().filter(|part| !part.value.is_empty());
    let words: Vec<String> = known.map(|part| said(&part.name, &part.value, &unit, "")).collect();
    let digits = parts.iter().map(|part| part.value.bytes().filter(u8::is_ascii_digit).count());
    Some(ChartContext {
        kind: "series",
        width: parts.len().saturating_mul(digits.max().unwrap_or_default().saturating_add(2)),
        svg: chart::columns(
            ChartWords { id, title, description: &words.join("; ") },
            &values,
            strong,
        ),
        parts,
        unit,
        ..ChartContext::default()
    })
}

/// The rows of one table, where a form prints its years as rows.
fn points_of_rows(
    view: &View,
    disclosure: &Disclosure,
    address: &Address,
) -> Option<(Vec<Point>, String)> {
    printed(view, disclosure, address)?;
    let Lookup::Figures(figures) = disclosure.find(view.portal, address, None) else { return None };
    let unit = disclosure.unit(figures.first()?.at).unwrap_or_default().to_owned();
    let point = |at: At| Point {
        name: name(disclosure, at),
        value: disclosure.printed(at),
        url: view.link(&url::figure(disclosure, at)),
        current: false,
    };
    Some((figures.iter().map(|found| point(found.at)).collect(), unit))
}

/// The same figure of every year the portal has, and the years between that it has not.
fn points_of_years(
    view: &View,
    disclosure: &Disclosure,
    address: &Address,
) -> Option<(Vec<Point>, String)> {
    let (_, unit, _) = figure(view, disclosure, address)?;
    let mut years: Vec<(&Disclosure, Decimal, String)> = view
        .portal
        .years_of(disclosure)
        .filter_map(|other| {
            let (value, other_unit, at) = figure(view, other, address)?;
            (other_unit == unit).then(|| (other, value, url::figure(other, at)))
        })
        .collect();
    years.sort_by_key(|(other, ..)| other.year);
    let (first, last) = (years.first()?.0.year, years.last()?.0.year);
    let point = |year: u32| match years.iter().find(|(other, ..)| other.year == year) {
        Some((other, value, path)) => Point {
            name: format::year(other),
            value: Some(*value),
            url: view.link(path),
            current: other.id == disclosure.id,
        },
        None => Point {
            name: format::year_of(disclosure, &year.to_string()),
            value: None,
            url: String::new(),
            current: false,
        },
    };
    Some(((first..=last).map(point).collect(), unit))
}
