//! Which disclosures stand: organisations by years; and what they come to together, by region. The
//! sums are this site's and no body's: they say how many figures they add.

#![deny(clippy::arithmetic_side_effects)]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::overview::{DisclosureSummary, MainFigure, Overview, Region, Summary};
use super::{Link, View};
use crate::amount::{self, Decimal};
use crate::url;

/// Organisations by years.
#[derive(Serialize)]
pub(super) struct StandingContext {
    /// The years, the newest first.
    years: Vec<String>,
    /// Whether no body has more than one disclosure of a year and all are called the same, so that
    /// the year says enough.
    is_one_stage: bool,
    /// The organisations.
    organisations: Vec<OrganisationContext>,
}

/// An organisation with what it disclosed.
#[derive(Serialize)]
struct OrganisationContext {
    /// Its name.
    name: String,
    /// Its page.
    url: String,
    /// One cell a year.
    cells: Vec<YearContext>,
}

/// What an organisation disclosed of one year.
#[derive(Serialize)]
struct YearContext {
    /// The year as printed.
    year: String,
    /// The disclosures, each called by its stage; none where the portal holds none.
    disclosures: Vec<Link>,
}

/// The first large figures of disclosures, added up by region.
#[derive(Serialize)]
pub(super) struct SumsContext {
    /// The newest years and stages.
    columns: Vec<SumColumnContext>,
    /// The regions; none where there is one alone.
    regions: Vec<RegionContext>,
    /// All together.
    total: RegionContext,
}

/// A year and stage whose figures are added up.
#[derive(Serialize)]
struct SumColumnContext {
    /// Year and stage as printed.
    title: String,
    /// What the figure is called; empty where the disclosures have none.
    figure: String,
    /// Its unit.
    unit: String,
}

/// The sums of a region.
#[derive(Serialize)]
struct RegionContext {
    /// Its name; empty for the organisations that state no region.
    name: String,
    /// Its page; empty where it has none.
    url: String,
    /// How many organisations it has.
    count: usize,
    /// One sum a column.
    sums: Vec<SumContext>,
}

/// A sum.
#[derive(Serialize)]
struct SumContext {
    /// The sum with commas; empty where nothing is added.
    text: String,
    /// How many figures it adds; how many organisations have such a disclosure where none is added.
    of: usize,
}

/// How many years and stages are added up.
const COLUMNS: usize = 2;

/// How many years a matrix has; the pages of organisations have all.
const YEARS: usize = 8;

/// Which disclosures of these organisations stand.
pub(super) fn standing(view: &View<Overview>, organisations: &[&Summary]) -> StandingContext {
    let all = || organisations.iter().flat_map(|one| &one.disclosures);
    let mut years: Vec<(u32, &str)> = all().map(|one| (one.order, one.year.as_str())).collect();
    years.sort_unstable_by_key(|(order, year)| (Reverse(*order), *year));
    years.dedup();
    years.truncate(YEARS);
    let cell = |one: &Summary, (order, year): (u32, &str)| YearContext {
        year: year.to_owned(),
        disclosures: one
            .disclosures
            .iter()
            .filter(|disclosure| (disclosure.order, disclosure.year.as_str()) == (order, year))
            .map(|disclosure| view.to(&url::disclosure(disclosure), called(disclosure)))
            .collect(),
    };
    let row = |one: &&Summary| OrganisationContext {
        name: one.name.clone(),
        url: view.link(&one.page()),
        cells: years.iter().map(|year| cell(one, *year)).collect(),
    };
    let rows: Vec<OrganisationContext> = organisations.iter().map(row).collect();
    let mut cells = rows.iter().flat_map(|row| &row.cells);
    let first = cells.clone().find_map(|cell| cell.disclosures.first());
    StandingContext {
        is_one_stage: cells.all(|cell| match cell.disclosures.as_slice() {
            [] => true,
            [one] => first.is_some_and(|first| one.title == first.title),
            _ => false,
        }),
        organisations: rows,
        years: years.into_iter().map(|(_, year)| year.to_owned()).collect(),
    }
}

/// What a disclosure is called under its year.
fn called(disclosure: &DisclosureSummary) -> String {
    if disclosure.stage.is_empty() { disclosure.title.clone() } else { disclosure.stage.clone() }
}

/// The sums of all regions; nothing where nothing is disclosed. They lead to the pages of the regions where these have some.
pub(super) fn sums(view: &View<Overview>, have_pages: bool) -> Option<SumsContext> {
    let overview = view.portal;
    let columns = columns(overview);
    if columns.is_empty() {
        return None;
    }
    let regions = overview.regions();
    let region = |region: &Region| RegionContext {
        name: region.name.to_owned(),
        url: if have_pages { view.link(&region.path()) } else { String::new() },
        count: region.organisations.len(),
        sums: columns.iter().map(|column| sum(column, &region.organisations)).collect(),
    };
    let everybody: Vec<&Summary> = overview.organisations.iter().collect();
    Some(SumsContext {
        regions: regions.iter().filter(|_| regions.len() > 1 || have_pages).map(region).collect(),
        total: RegionContext {
            name: String::new(),
            url: String::new(),
            count: everybody.len(),
            sums: columns.iter().map(|column| sum(column, &everybody)).collect(),
        },
        columns: columns
            .iter()
            .map(|column| SumColumnContext {
                title: column.title.to_owned(),
                figure: column.main.map(|main| main.title.clone()).unwrap_or_default(),
                unit: column.main.map(|main| main.unit.clone()).unwrap_or_default(),
            })
            .collect(),
    })
}

/// A year and stage that disclosures are of.
struct YearColumn<'a> {
    order: u32,
    stage: &'a str,
    title: &'a str,
    /// The figure that most of them begin with; others are not added.
    main: Option<&'a MainFigure>,
}

/// The newest years and stages, of one year the stage that most disclosures are of first.
fn columns(overview: &Overview) -> Vec<YearColumn<'_>> {
    let mut of: BTreeMap<(Reverse<u32>, &str), Vec<&DisclosureSummary>> = BTreeMap::new();
    for one in overview.disclosures() {
        of.entry((Reverse(one.order), one.stage.as_str())).or_default().push(one);
    }
    let mut all: Vec<_> = of.into_iter().collect();
    all.sort_by_key(|((order, _), ones)| (*order, Reverse(ones.len())));
    all.truncate(COLUMNS);
    all.into_iter()
        .map(|((Reverse(order), stage), ones)| YearColumn {
            order,
            stage,
            title: &ones[0].title,
            main: commonest(&ones),
        })
        .collect()
}

/// The figure that most disclosures begin with, by name and unit: the first of equals.
fn commonest<'a>(ones: &[&'a DisclosureSummary]) -> Option<&'a MainFigure> {
    let mut counts: BTreeMap<(&str, &str), (usize, &MainFigure)> = BTreeMap::new();
    for main in ones.iter().filter_map(|one| one.main.as_ref()) {
        let count = counts.entry((&main.title, &main.unit)).or_insert((0, main));
        count.0 = count.0.saturating_add(1);
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, main)| main)
}

/// What the figures of organisations come to in a column. Of several editions the newest is added.
fn sum(column: &YearColumn, organisations: &[&Summary]) -> SumContext {
    let is_of =
        |one: &&DisclosureSummary| (one.order, one.stage.as_str()) == (column.order, column.stage);
    let disclosed = organisations.iter().filter_map(|one| one.disclosures.iter().find(is_of));
    let disclosed: Vec<&DisclosureSummary> = disclosed.collect();
    let is_like = |main: &&MainFigure| {
        column.main.is_some_and(|like| (&like.title, &like.unit) == (&main.title, &main.unit))
    };
    let figures = disclosed.iter().filter_map(|one| one.main.as_ref().filter(is_like));
    let figures: Vec<&MainFigure> = figures.collect();
    let total = figures.iter().try_fold(Decimal::ZERO, |sum, main| sum.checked_add(main.value));
    let total = total.filter(|_| !figures.is_empty());
    let is_grouped = figures.iter().all(|main| main.is_grouped);
    SumContext {
        text: total.map(|total| amount::print(total, is_grouped)).unwrap_or_default(),
        of: if column.main.is_some() { figures.len() } else { disclosed.len() },
    }
}
