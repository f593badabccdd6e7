//! One disclosure: its large figures, what it tells first, its tables with their totals, its
//! sections, dates and source.

use serde::Serialize;

use super::charts::{ChartContext, Where, charts};
use super::context::{DisclosureLink, HeadlineContext, TargetShare, disclosure_link, headlines};
use super::corrections::{CorrectionContext, Of, corrections};
use super::dataset;
use super::story::{StoryContext, story};
use super::summary::{SentenceContext, summary};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::format;
use crate::model::{Disclosure, Portal, Section, Table};
use crate::profile::chart::On;
use crate::profile::{ColumnKind, ColumnSpec, Role};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "disclosure",
    template: "disclosure.html",
    scope: PageScope::Organisation(Maker { plan, trail, context: build }),
};

/// What `disclosure.html` gets.
#[derive(Serialize)]
struct DisclosureContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The stage as printed.
    stage: String,
    /// What it says in a few sentences; empty where its profile has none.
    summary: Vec<SentenceContext>,
    /// What it says to search engines of data: JSON-LD.
    dataset: String,
    /// The large figures.
    headlines: Vec<HeadlineContext>,
    /// The charts its profile asks for here.
    charts: Vec<ChartContext>,
    /// The tables, in the groups of the form.
    groups: Vec<GroupContext>,
    /// The sections.
    sections: Vec<SectionLink>,
    /// What it tells first.
    story: StoryContext,
    /// How many targets of its projects can be measured.
    targets: TargetShare,
    /// What was changed after publication.
    corrections: Vec<CorrectionContext>,
    /// When it was approved.
    approved: String,
    /// When it was published.
    published: String,
    /// Where the figures come from: words, or an address.
    source: String,
    /// The address of the document as it was published; empty where it is not known.
    original: String,
    /// The list that compares it with the nearest earlier year, named by that year.
    comparison: Option<Link>,
    /// The other disclosures of the organisation, the nearest of many.
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
    /// How many sections it stands under.
    depth: usize,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let page = |(index, disclosure): (usize, &Disclosure)| {
        let title = if disclosure.written.title.is_empty() {
            let name = &portal.organisation(disclosure).written.name;
            format::beside(name, &format::short_title(disclosure))
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
    let all: Vec<&Disclosure> = view.portal.disclosures_of(disclosure.organisation).collect();
    let others = nearest(&all, disclosure);
    context(&DisclosureContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        stage: disclosure.profile.words.stage.clone(),
        summary: summary(view, disclosure, &disclosure.profile.summary),
        dataset: view.if_used("dataset", || dataset::of_disclosure(view, disclosure)),
        headlines: headlines(view, disclosure),
        charts: view.if_used("charts", || charts(view, disclosure, Where::Page(On::Disclosure))),
        groups: groups(view, disclosure),
        sections: disclosure
            .sections
            .iter()
            .map(|section| SectionLink {
                title: section.title.clone(),
                url: view.link(&url::section(disclosure, section)),
                nested: section.parent.is_some(),
                depth: depth(&disclosure.sections, section),
            })
            .collect(),
        story: view.if_used("story", || story(view, disclosure)),
        targets: TargetShare::of(disclosure, &disclosure.projects),
        corrections: view.if_used("corrections", || corrections(view, disclosure, Of::Disclosure)),
        approved: disclosure.written.approved.clone(),
        published: disclosure.written.published.clone(),
        source: disclosure.written.source.clone(),
        original: disclosure.written.original.clone(),
        comparison: super::change::comparisons_link(view, disclosure),
        others: others.map(|other| disclosure_link(view, other)).collect(),
    })
}

/// How many others are linked before and after a disclosure; the page of the organisation has all.
const BESIDE: usize = 16;

/// The others of an organisation that stand next to a disclosure, in the order of the list.
fn nearest<'a>(
    all: &'a [&Disclosure],
    disclosure: &Disclosure,
) -> impl Iterator<Item = &'a Disclosure> {
    let own = all.iter().position(|other| other.id == disclosure.id).unwrap_or_default();
    let near = own.saturating_sub(BESIDE)..all.len().min(own.saturating_add(BESIDE + 1));
    near.filter(move |at| *at != own).map(|at| all[at])
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

/// How many sections one stands under.
fn depth(all: &[Section], section: &Section) -> usize {
    let above = |one: &&Section| one.parent.map(|parent| &all[parent]);
    std::iter::successors(Some(section), above).skip(1).take(all.len()).count()
}

/// The figure a list shows beside a table: the first amount of its grandest total. Panels side by side
/// have one where they come to the same, as income and expenditure do.
fn total(table: &Table) -> (String, String) {
    let mut totals = totals(table);
    let Some(first) = totals.next() else { return Default::default() };
    if totals.all(|other| other == first) { first } else { Default::default() }
}

fn totals(table: &Table) -> impl Iterator<Item = (String, String)> {
    table.panels().filter_map(|(_, form, panel)| {
        let column = form
            .first(ColumnKind::Amount)
            .filter(|_| table.panels.len() == 1 || panel.rows.len() > 1)?;
        let column = form.columns.iter().position(ColumnSpec::is_summed_amount).unwrap_or(column);
        let open_total =
            panel.rows.iter().find(|row| row.role == Role::Total && row.spec.is_none());
        let grand =
            open_total.or_else(|| panel.rows.iter().rev().find(|row| row.role == Role::Total));
        let row = grand.filter(|row| row.cells[column].figure().is_some())?;
        let unit = form.columns[column].unit.clone().or_else(|| table.spec.unit.clone());
        Some((row.cells[column].text(), unit.unwrap_or_default()))
    })
}

/// Links to the tables of a disclosure, in order.
pub(super) fn table_link(view: &View, disclosure: &Disclosure, table: &Table) -> Link {
    view.to(&url::table(disclosure, table), table.title.clone())
}
