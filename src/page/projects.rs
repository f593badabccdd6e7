//! The list of projects of one disclosure.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;

use serde::Serialize;

use super::context::TargetShare;
use super::promises::{TargetContext, by_amount, targets};
use super::{Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure};
use crate::amount::Decimal;
use crate::model::{Disclosure, Portal, Project};
use crate::profile::ColumnKind;
use crate::{chart, format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "projects",
    template: "projects.html",
    scope: PageScope::Organisation(Maker { plan, trail: trail_of_disclosure, context: build }),
};

/// What `projects.html` gets.
#[derive(Serialize)]
struct ProjectsContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The projects.
    list: ProjectList,
}

/// Projects as a table: also what stands where a section lists them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectList {
    /// Heading of the column of codes; empty where projects have none.
    pub code_title: String,
    /// Heading of the column of names.
    pub name_title: String,
    /// Heading of the column of amounts; empty where projects have none.
    pub amount_title: String,
    /// The unit of the amounts.
    pub unit: String,
    /// The projects, in the order asked for: the largest first, or as printed.
    pub projects: Vec<ProjectRow>,
    /// How many of their targets can be measured.
    pub targets: TargetShare,
    /// The sum of their amounts, worked out here; empty where they have none or one is withheld.
    pub total: String,
    /// The years they were begun in, the newest first.
    pub years: Vec<String>,
}

/// One project in the list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProjectRow {
    /// Its printed number.
    pub number: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Its amount as printed.
    pub amount: String,
    /// The same without separators, for computing; empty where it is no figure.
    pub value: String,
    /// The year it was begun in; empty where its code does not say.
    pub year: String,
    /// How much the amount is of the largest: markup; empty where there is nothing to draw.
    pub bar: String,
    /// What it promises, the plainest first.
    pub promises: Vec<TargetContext>,
    /// What its form says in words, as what the money is for.
    pub texts: Vec<String>,
    /// Every indicator with its target.
    pub indicators: Vec<TargetContext>,
    /// How many of its targets can be measured.
    pub targets: TargetShare,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let with_projects = portal
        .disclosures
        .iter()
        .enumerate()
        .filter(|(_, disclosure)| !disclosure.projects.is_empty());
    let page = |(index, disclosure): (usize, &Disclosure)| Page {
        path: url::projects(disclosure),
        title: String::new(),
        subject: Subject { organisation: disclosure.organisation, disclosure: index, item: 0 },
    };
    with_projects.map(page).collect()
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    context(&ProjectsContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        list: list(view, disclosure, Order::Amount),
    })
}

/// How projects are ordered in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// As the form numbers them.
    Printed,
    /// The largest first.
    Amount,
}

/// The projects of a disclosure.
pub(super) fn list(view: &View, disclosure: &Disclosure, order: Order) -> ProjectList {
    let spec = disclosure.project_spec();
    let field = |kind: ColumnKind| {
        spec.and_then(|spec| spec.fields.values().position(|field| field.kind == kind))
    };
    let title = |index: Option<usize>| {
        index
            .and_then(|index| Some(spec?.fields.get_index(index)?.1.title.clone()))
            .unwrap_or_default()
    };
    let (code, amount) = (field(ColumnKind::Code), field(ColumnKind::Amount));
    let figure = |project: &Project| project.fields[amount?].figure();
    let figures: Option<Vec<Decimal>> = disclosure.projects.iter().map(figure).collect();
    let total = figures
        .and_then(|all| all.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value)));
    let largest = disclosure.projects.iter().filter_map(figure).max().unwrap_or_default();
    let indexes = match order {
        Order::Printed => (0..disclosure.projects.len()).collect(),
        Order::Amount => by_amount(disclosure),
    };
    let projects: Vec<ProjectRow> = indexes
        .into_iter()
        .map(|index| row(view, disclosure, index, [code, amount], largest))
        .collect();
    let years: BTreeSet<&str> = projects.iter().map(|project| project.year.as_str()).collect();
    ProjectList {
        years: years.into_iter().rev().filter(|year| !year.is_empty()).map(str::to_owned).collect(),
        code_title: title(code),
        name_title: title(field(ColumnKind::Label)),
        amount_title: title(amount),
        unit: spec.and_then(|spec| spec.unit.clone()).unwrap_or_default(),
        targets: TargetShare::of(disclosure, &disclosure.projects),
        total: total
            .filter(|_| !projects.is_empty())
            .map(|total| total.to_string())
            .unwrap_or_default(),
        projects,
    }
}

/// One project; the fields of its code and amount are given.
fn row(
    view: &View,
    disclosure: &Disclosure,
    index: usize,
    [code, amount]: [Option<usize>; 2],
    largest: Decimal,
) -> ProjectRow {
    let project = &disclosure.projects[index];
    let text = |field: Option<usize>| field.map(|field| project.fields[field].text());
    let figure = amount.and_then(|field| project.fields[field].figure());
    let year = disclosure.project_year(index).map(|year| year.to_string());
    ProjectRow {
        number: project.number.clone().unwrap_or_default(),
        code: text(code).unwrap_or_default(),
        name: project.name.clone(),
        url: view.link(&url::project(disclosure, project)),
        amount: text(amount).unwrap_or_default(),
        value: figure.map(|value| value.to_string()).unwrap_or_default(),
        year: year.unwrap_or_default(),
        bar: figure.map(|value| chart::share(value, largest)).unwrap_or_default(),
        promises: targets(disclosure, index),
        texts: disclosure.texts_of(index).map(|(_, text)| text.to_owned()).collect(),
        indicators: disclosure.indicators(index).iter().map(TargetContext::of).collect(),
        targets: TargetShare::of(disclosure, [project]),
    }
}
