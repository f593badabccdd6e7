//! The list of projects of one disclosure.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::BTreeSet;

use serde::Serialize;

use super::context::TargetShare;
use super::{Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure};
use crate::amount::Decimal;
use crate::model::{Cell, Disclosure, Portal};
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
    /// The projects, in printed order.
    pub projects: Vec<ProjectRow>,
    /// How many of their targets can be measured.
    pub targets: TargetShare,
    /// The sum of their amounts; empty where they have none or one is withheld.
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
    /// How much that is of the largest: markup; empty where there is nothing to draw.
    pub bar: String,
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
        list: list(view, disclosure),
    })
}

/// The projects of a disclosure.
pub(super) fn list(view: &View, disclosure: &Disclosure) -> ProjectList {
    let spec = disclosure.project_spec();
    let field = |kind: ColumnKind| {
        spec.and_then(|spec| spec.fields.values().position(|field| field.kind == kind))
    };
    let title = |index: Option<usize>| {
        index
            .and_then(|index| Some(spec?.fields.get_index(index)?.1.title.clone()))
            .unwrap_or_default()
    };
    let (code, name, amount) =
        (field(ColumnKind::Code), field(ColumnKind::Label), field(ColumnKind::Amount));
    let text = |cells: &[Cell], index: Option<usize>| {
        index.map(|index| cells[index].text()).unwrap_or_default()
    };
    let figures: Option<Vec<Decimal>> = amount.and_then(|index| {
        disclosure.projects.iter().map(|project| project.fields[index].figure()).collect()
    });
    let year = |project: usize| {
        disclosure.project_year(project).map(|year| year.to_string()).unwrap_or_default()
    };
    let years: BTreeSet<String> = (0..disclosure.projects.len()).map(year).collect();
    let known = amount.into_iter().flat_map(|index| {
        disclosure.projects.iter().filter_map(move |project| project.fields[index].figure())
    });
    let largest = known.max().unwrap_or_default();
    ProjectList {
        years: years.into_iter().rev().filter(|year| !year.is_empty()).collect(),
        code_title: title(code),
        name_title: title(name),
        amount_title: title(amount),
        unit: spec.and_then(|spec| spec.unit.clone()).unwrap_or_default(),
        targets: TargetShare::of(disclosure, &disclosure.projects),
        total: figures
            .map(|figures| figures.iter().sum::<Decimal>().to_string())
            .unwrap_or_default(),
        projects: disclosure
            .projects
            .iter()
            .enumerate()
            .map(|(index, project)| ProjectRow {
                number: project.number.clone().unwrap_or_default(),
                code: text(&project.fields, code),
                name: project.name.clone(),
                url: view.link(&url::project(disclosure, project)),
                amount: text(&project.fields, amount),
                value: amount
                    .and_then(|index| project.fields[index].figure())
                    .map(|value| value.to_string())
                    .unwrap_or_default(),
                year: year(index),
                bar: amount
                    .and_then(|index| project.fields[index].figure())
                    .map(|value| chart::share(value, largest))
                    .unwrap_or_default(),
                targets: TargetShare::of(disclosure, [project]),
            })
            .collect(),
    }
}
