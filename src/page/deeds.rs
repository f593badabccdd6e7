//! What became of a project: what was bought for it, and what other documents of its year say was
//! reached.

use serde::Serialize;

use super::View;
use crate::model::years::matched_projects;
use crate::model::{At, Disclosure, Indicator, Table};
use crate::profile::{ColumnKind, ColumnSpec, Role, same_name};
use crate::url;

/// The lines of a table that name a project.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BoughtContext {
    /// The title of the table.
    pub title: String,
    /// The unit of its amounts.
    pub unit: String,
    /// The lines.
    pub lines: Vec<BoughtLineContext>,
}

/// Such a line.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BoughtLineContext {
    /// What it is for; the name of the project where the table says nothing else.
    pub name: String,
    /// How many; empty where the table does not say.
    pub quantity: String,
    /// The amount as printed.
    pub amount: String,
    /// Its cell.
    pub url: String,
}

/// What another document of the same year says was reached.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OutcomeContext {
    /// The stage of that document as printed.
    pub stage: String,
    /// The project there.
    pub url: String,
    /// Targets with what was reached; at least one.
    pub lines: Vec<ReachedContext>,
}

/// A target with what was reached.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ReachedContext {
    /// What is measured.
    pub name: String,
    /// The target as printed.
    pub target: String,
    /// What was reached, as printed.
    pub actual: String,
}

/// The lines of all tables that name a project.
pub(super) fn bought(view: &View, disclosure: &Disclosure, project: usize) -> Vec<BoughtContext> {
    let name = &disclosure.projects[project].name;
    let tables = disclosure.tables.values().enumerate();
    let naming = tables.filter_map(|(index, table)| {
        let lines = lines_of(view, disclosure, (index, table), name);
        let unit = table.spec.unit.clone().unwrap_or_default();
        (!lines.is_empty()).then(|| BoughtContext { title: table.title.clone(), unit, lines })
    });
    naming.collect()
}

fn lines_of(
    view: &View,
    disclosure: &Disclosure,
    (index, table): (usize, &Table),
    project: &str,
) -> Vec<BoughtLineContext> {
    let mut lines = Vec::new();
    for (at, (_, form, panel)) in table.panels().enumerate() {
        let Some(amount) = form.columns.iter().position(ColumnSpec::is_summed_amount) else {
            continue;
        };
        let quantity = form.first(ColumnKind::Quantity);
        for (number, row) in panel.rows.iter().enumerate() {
            if row.role != Role::Detail || !same_name(&row.name, project) {
                continue;
            }
            let key = form.key.map(|column| row.says(column).into_owned());
            lines.push(BoughtLineContext {
                name: key.filter(|key| !key.is_empty()).unwrap_or_else(|| row.name.clone()),
                quantity: quantity.map(|column| row.cells[column].text()).unwrap_or_default(),
                amount: row.cells[amount].text(),
                url: view.link(&url::figure(disclosure, At::Cell(index, at, number, amount))),
            });
        }
    }
    lines
}

/// What the documents of other stages of the same body and year say was reached; none of those that
/// say nothing of it, as a budget does of the project that an evaluation is about.
pub(super) fn outcomes(
    view: &View,
    disclosure: &Disclosure,
    project: usize,
) -> Vec<OutcomeContext> {
    let others = view.portal.disclosures_of(disclosure.organisation).filter(|other| {
        other.year == disclosure.year && other.written.stage != disclosure.written.stage
    });
    let found = others.filter_map(|other| {
        let pairs = matched_projects(other, disclosure);
        let there = pairs.iter().find(|pair| pair.before == Some(project))?.now?;
        let lines = reached(other, there);
        (!lines.is_empty()).then(|| OutcomeContext {
            stage: other.profile.words.stage.clone(),
            url: view.link(&url::project(other, &other.projects[there])),
            lines,
        })
    });
    found.collect()
}

fn reached(disclosure: &Disclosure, project: usize) -> Vec<ReachedContext> {
    let Some(actual) = disclosure.target_spec().and_then(|spec| spec.actual) else {
        return Vec::new();
    };
    let line = |one: &Indicator| ReachedContext {
        name: one.name.to_owned(),
        target: one.printed.to_owned(),
        actual: disclosure.words_in(one.in_column(actual)),
    };
    let all = disclosure.indicators(project);
    all.iter().map(line).filter(|line| !line.actual.is_empty()).collect()
}
