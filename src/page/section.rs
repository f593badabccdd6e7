//! One section of the narrative, with the tables that stand in it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::context::neighbours;
use super::corrections::{CorrectionContext, Of, corrections};
use super::first_use::FirstUse;
use super::grid::{GridContext, grid};
use super::projects::{Order, ProjectList, list};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure};
use crate::content::{PROJECTS, Piece};
use crate::markdown::{Anchors, Heading, Notes, Writer};
use crate::model::{Disclosure, Portal};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "section",
    template: "section.html",
    scope: PageScope::Organisation(Maker { plan, trail: trail_of_disclosure, context: build }),
};

/// From how many headings on a section begins with its contents.
const SEVERAL: usize = 3;

/// What `section.html` gets.
#[derive(Serialize)]
struct SectionContext<'a> {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// Its headings, where it has several.
    contents: Vec<HeadingLink>,
    /// The text and what stands in it, in order.
    pieces: Vec<PieceContext<'a>>,
    /// What was changed in it after publication.
    corrections: Vec<CorrectionContext>,
    /// The section before it.
    previous: Option<Link>,
    /// The section after it.
    next: Option<Link>,
}

/// A heading of the section.
#[derive(Serialize)]
struct HeadingLink {
    /// Its words.
    title: String,
    /// Its place on the page.
    url: String,
    /// Whether it is part of one above.
    nested: bool,
    /// How many levels it stands below the highest.
    depth: usize,
}

/// A stretch of the section: one of its three is filled in.
#[derive(Default, Serialize)]
struct PieceContext<'a> {
    /// Text as HTML.
    html: String,
    /// A table.
    grid: Option<GridContext<'a>>,
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
    let (previous, next) = neighbours(&disclosure.sections, view.page.subject.item, |other| {
        view.to(&url::section(disclosure, other), other.title.clone())
    });
    let explained = section.terms.iter().map(|term| term.name.trim());
    let mut first = FirstUse::on(view, explained);
    let link = |target: &str| bound(view, disclosure, target);
    let (mut headings, mut anchors) = (Vec::new(), Anchors::default());
    let mut notes = Notes::default();
    let mut pieces: Vec<PieceContext> = Vec::new();
    for piece in &section.pieces {
        pieces.push(match piece {
            Piece::Text(text) => {
                let mut terms = |text: &str| first.in_text(text);
                let mut writer = Writer {
                    link: &link,
                    terms: &mut terms,
                    headings: std::mem::take(&mut headings),
                    anchors: std::mem::take(&mut anchors),
                    notes: std::mem::take(&mut notes),
                };
                let html = writer.html(text);
                (headings, anchors, notes) = (writer.headings, writer.anchors, writer.notes);
                PieceContext { html, ..PieceContext::default() }
            }
            Piece::Place { id, .. } if id == PROJECTS => PieceContext {
                projects: Some(list(view, disclosure, Order::Printed)),
                ..PieceContext::default()
            },
            Piece::Place { id, .. } => table_piece(view, disclosure, id),
        });
    }
    let placed = section.pieces.iter().filter_map(|piece| match piece {
        Piece::Place { id, .. } => Some(id.as_str()),
        Piece::Text(_) => None,
    });
    let placed: BTreeSet<&str> = placed.collect();
    for table in disclosure.tables.values() {
        if table.spec.section.as_ref() == Some(&section.id)
            && !placed.contains(table.spec.id.as_str())
        {
            pieces.push(table_piece(view, disclosure, &table.spec.id));
        }
    }
    let notes = notes.html();
    if !notes.is_empty() {
        pieces.push(PieceContext { html: notes, ..PieceContext::default() });
    }
    context(&SectionContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        contents: contents(&headings),
        pieces,
        corrections: view
            .if_used("corrections", || corrections(view, disclosure, Of::Section(&section.id))),
        previous,
        next,
    })
}

/// Links to the headings, where there are several.
fn contents(headings: &[Heading]) -> Vec<HeadingLink> {
    if headings.len() < SEVERAL {
        return Vec::new();
    }
    let highest = headings.iter().map(|heading| heading.level).min().unwrap_or_default();
    let link = |heading: &Heading| HeadingLink {
        title: heading.text.clone(),
        url: format!("#{}", url::fragment(&heading.id)),
        nested: heading.level > highest,
        depth: heading.level - highest,
    };
    headings.iter().map(link).collect()
}

fn table_piece<'a>(view: &View, disclosure: &'a Disclosure, id: &str) -> PieceContext<'a> {
    let Some(table) = disclosure.tables.get(id) else { return PieceContext::default() };
    PieceContext {
        grid: Some(grid(table, &|_, _| String::new(), &[])),
        url: view.link(&url::table(disclosure, table)),
        ..PieceContext::default()
    }
}

/// The cell a bound figure leads to; the first of several.
fn bound(view: &View, disclosure: &Disclosure, target: &str) -> Option<String> {
    let figure = disclosure.leads_to(view.portal, target)?;
    Some(view.link(&url::figure(disclosure.home(view.portal, figure), figure.at)))
}
