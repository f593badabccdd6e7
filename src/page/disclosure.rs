//! One disclosure: its large figures, its tables with their totals, its
//! sections, its projects, dates and source.

use serde::Serialize;

use super::context::{DisclosureLink, HeadlineContext, TargetShare, disclosure_link, headlines};
use super::proof::{CountsContext, counts};
use super::{Link, Page, PageKind, Subject, View, context};
use crate::format;
use crate::model::{Disclosure, Portal, Table};
use crate::profile::{ColumnKind, Role};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind =
    PageKind { name: "disclosure", template: "disclosure.html", plan, trail, context: build };

/// What `disclosure.html` gets.
#[derive(Serialize)]
struct DisclosureContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The stage as printed.
    stage: String,
    /// The large figures.
    headlines: Vec<HeadlineContext>,
    /// The tables, in the groups of the form.
    groups: Vec<GroupContext>,
    /// The sections.
    sections: Vec<SectionLink>,
    /// How many projects there are.
    project_count: usize,
    /// How many targets of its projects can be measured.
    targets: TargetShare,
    /// The list of projects; empty without any.
    projects_url: String,
    /// How the relations between its figures came out.
    counts: CountsContext,
    /// The page that proves them.
    proof_url: String,
    /// When it was approved.
    approved: String,
    /// When it was published.
    published: String,
    /// Where the figures come from.
    source: String,
    /// The list that compares it with the nearest earlier year, named by that year.
    comparison: Option<Link>,
    /// The other disclosures of the organisation.
    others: Vec<DisclosureLink>,
}

/// Tables listed together.
#[derive(Serialize)]
struct GroupContext {
    /// What the form calls them; empty for the rest.
    title: String,
    /// The tables.
    tables: Vec<TableLink>,
}

/// A table in a list.
#[derive(Serialize)]
struct TableLink {
    /// Its title.
    title: String,
    /// Its page.
    url: String,
    /// Its total; empty where it has none.
    total: String,
    /// The unit of the total.
    unit: String,
    /// Whether it holds no figure.
    empty: bool,
}

/// A section in a list.
#[derive(Serialize)]
struct SectionLink {
    /// Its heading.
    title: String,
    /// Its page.
    url: String,
    /// Whether it is part of the one above.
    nested: bool,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let page = |(index, disclosure): (usize, &Disclosure)| {
        let title = if disclosure.written.title.is_empty() {
            format!(
                "{}{}",
                portal.organisation(disclosure).written.name,
                format::short_title(disclosure)
            )
        } else {
            disclosure.written.title.clone()
        };
        Page {
            path: url::disclosure(disclosure),
            title,
            subject: Subject { organisation: disclosure.organisation, disclosure: index, item: 0 },
        }
    };
    portal.disclosures.iter().enumerate().map(page).collect()
}

fn trail(portal: &Portal, page: &Page) -> Vec<(String, String)> {
    let mut trail = super::trail_of_disclosure(portal, page);
    trail.pop();
    trail
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let others = view
        .portal
        .disclosures_of(disclosure.organisation)
        .filter(|other| other.id != disclosure.id);
    context(&DisclosureContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        stage: disclosure.profile.words.stage.clone(),
        headlines: headlines(view, disclosure),
        groups: groups(view, disclosure),
        sections: disclosure
            .sections
            .iter()
            .map(|section| SectionLink {
                title: section.title.clone(),
                url: view.link(&url::section(disclosure, section)),
                nested: section.parent.is_some(),
            })
            .collect(),
        project_count: disclosure.projects.len(),
        targets: TargetShare::of(disclosure, &disclosure.projects),
        projects_url: if disclosure.projects.is_empty() {
            String::new()
        } else {
            view.link(&url::projects(disclosure))
        },
        counts: counts(disclosure.relations(view.portal).iter()),
        proof_url: view.link(&url::verification(disclosure)),
        approved: disclosure.written.approved.clone(),
        published: disclosure.written.published.clone(),
        source: disclosure.written.source.clone(),
        comparison: super::change::comparisons_link(view, disclosure),
        others: others.map(|other| disclosure_link(view, other)).collect(),
    })
}

fn groups(view: &View, disclosure: &Disclosure) -> Vec<GroupContext> {
    let mut groups: Vec<GroupContext> = Vec::new();
    for table in disclosure.tables.values() {
        let title = table.spec.group.clone().unwrap_or_default();
        let (total, unit) = total(table);
        let link = TableLink {
            title: table.title.clone(),
            url: view.link(&url::table(disclosure, table)),
            total,
            unit,
            empty: table.is_empty(),
        };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.tables.push(link),
            None => groups.push(GroupContext { title, tables: vec![link] }),
        }
    }
    groups
}

/// The figure a list shows beside a table: the first amount of its grandest total.
fn total(table: &Table) -> (String, String) {
    for (_, form, panel) in table.panels() {
        let Some(column) = form
            .first(ColumnKind::Amount)
            .filter(|_| table.panels.len() == 1 || panel.rows.len() > 1)
        else {
            continue;
        };
        let column = form
            .columns
            .iter()
            .position(|c| c.kind == ColumnKind::Amount && c.summed)
            .unwrap_or(column);
        let open_total =
            panel.rows.iter().find(|row| row.role == Role::Total && row.spec.is_none());
        let grand =
            open_total.or_else(|| panel.rows.iter().rev().find(|row| row.role == Role::Total));
        if let Some(row) = grand
            && row.cells[column].figure().is_some()
        {
            let unit = form.columns[column].unit.clone().or_else(|| table.spec.unit.clone());
            return (row.cells[column].text(), unit.unwrap_or_default());
        }
    }
    (String::new(), String::new())
}

/// Links to the tables of a disclosure, in order.
pub(super) fn table_links(view: &View, disclosure: &Disclosure) -> Vec<Link> {
    disclosure
        .tables
        .values()
        .map(|table| view.to(&url::table(disclosure, table), table.title.clone()))
        .collect()
}
