//! One section of the narrative, with the tables that stand in it.

use serde::Serialize;

use super::context::neighbours;
use super::grid::{GridContext, grid};
use super::projects::{ProjectList, list};
use super::{Link, Page, PageKind, Subject, View, context, trail_of_disclosure};
use crate::content::{PROJECTS, Piece};
use crate::model::{Disclosure, Portal};
use crate::{format, markdown, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "section",
    template: "section.html",
    plan,
    trail: trail_of_disclosure,
    context: build,
};

/// What `section.html` gets.
#[derive(Serialize)]
struct SectionContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The text and what stands in it, in order.
    pieces: Vec<PieceContext>,
    /// The section before it.
    previous: Option<Link>,
    /// The section after it.
    next: Option<Link>,
}

/// A stretch of the section: one of its three is filled in.
#[derive(Default, Serialize)]
struct PieceContext {
    /// Text as HTML.
    html: String,
    /// A table.
    grid: Option<GridContext>,
    /// The page of that table.
    url: String,
    /// The list of projects.
    projects: Option<ProjectList>,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        for (item, section) in disclosure.sections.iter().enumerate() {
            pages.push(Page {
                path: url::section(disclosure, section),
                title: section.title.clone(),
                subject: Subject { organisation: disclosure.organisation, disclosure: index, item },
            });
        }
    }
    pages
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let section = &disclosure.sections[view.page.subject.item];
    let links: Vec<Link> = disclosure
        .sections
        .iter()
        .map(|other| view.to(&url::section(disclosure, other), other.title.clone()))
        .collect();
    let (previous, next) = neighbours(&links, view.page.subject.item);
    let mut pieces: Vec<PieceContext> =
        section.pieces.iter().map(|piece| one(view, disclosure, piece)).collect();
    let placed = |id: &str| {
        section
            .pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Place { id: other, .. } if other == id))
    };
    for table in disclosure.tables.values() {
        if table.spec.section.as_ref() == Some(&section.id) && !placed(&table.spec.id) {
            pieces.push(table_piece(view, disclosure, &table.spec.id));
        }
    }
    context(&SectionContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        pieces,
        previous,
        next,
    })
}

fn one(view: &View, disclosure: &Disclosure, piece: &Piece) -> PieceContext {
    match piece {
        Piece::Text(text) => PieceContext {
            html: markdown::html(text, &|target| bound(view, disclosure, target)),
            ..PieceContext::default()
        },
        Piece::Place { id, .. } if id == PROJECTS => {
            PieceContext { projects: Some(list(view, disclosure)), ..PieceContext::default() }
        }
        Piece::Place { id, .. } => table_piece(view, disclosure, id),
    }
}

fn table_piece(view: &View, disclosure: &Disclosure, id: &str) -> PieceContext {
    let Some(table) = disclosure.tables.get(id) else { return PieceContext::default() };
    PieceContext {
        grid: Some(grid(table, &|_, _| String::new())),
        url: view.link(&url::table(disclosure, table)),
        ..PieceContext::default()
    }
}

/// The cell a bound figure leads to; the first of several.
fn bound(view: &View, disclosure: &Disclosure, target: &str) -> Option<String> {
    let figure = disclosure.leads_to(view.portal, target)?;
    Some(view.link(&url::figure(disclosure.home(view.portal, figure), figure.at)))
}
