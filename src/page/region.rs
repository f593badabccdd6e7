//! The organisations of one region, where a portal has too many for its front page.

use std::ops::Range;

use indexmap::IndexMap;
use serde::Serialize;

use super::context::runs;
use super::home::{LISTED, OrganisationContext, organisation};
use super::{Link, Page, PageKind, Scope, Subject, View, context};
use crate::model::Portal;
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "region",
    scope: Scope::Portal,
    template: "region.html",
    plan,
    trail: |_, _| vec![(url::HOME.to_owned(), String::new())],
    context: build,
};

/// What `region.html` gets.
#[derive(Serialize)]
struct RegionContext {
    /// Its name; empty for the organisations that state no region.
    name: String,
    /// Which of its pages this is, 1 being the first.
    number: usize,
    /// Every one of them, named by its first organisation; none where there is one.
    parts: Vec<Link>,
    /// The address of this one.
    own_url: String,
    /// The organisations of this page.
    organisations: Vec<OrganisationContext>,
}

/// A region of the portal.
#[derive(Debug)]
pub(super) struct Region<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its number in the portal, 1 being the first.
    pub number: usize,
    /// Its organisations, by index.
    pub organisations: Vec<usize>,
}

impl Region<'_> {
    /// Its first page.
    pub(super) fn path(&self) -> String {
        url::region(self.number, 1)
    }
}

/// The regions of the portal, in the order of their first organisation.
pub(super) fn regions(portal: &Portal) -> Vec<Region<'_>> {
    let mut all: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, organisation) in portal.organisations.iter().enumerate() {
        all.entry(organisation.written.region.as_str()).or_default().push(index);
    }
    let region = |(index, (name, organisations))| Region { name, number: index + 1, organisations };
    all.into_iter().enumerate().map(region).collect()
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    if portal.organisations.len() <= LISTED {
        return pages;
    }
    for region in regions(portal) {
        for (part, run) in runs(portal, &region.organisations).into_iter().enumerate() {
            pages.push(Page {
                path: url::region(region.number, part + 1),
                title: region.name.to_owned(),
                subject: Subject {
                    organisation: region.organisations[run.start],
                    item: region.number - 1,
                    ..Subject::default()
                },
            });
        }
    }
    pages
}

fn build(view: &View) -> tera::Context {
    let Subject { organisation: first, item, .. } = view.page.subject;
    let region = &regions(view.portal)[item];
    let runs = runs(view.portal, &region.organisations);
    let part = runs.iter().position(|run| region.organisations[run.start] == first);
    let part = part.expect("a page begins with one of its organisations");
    let link = |(index, run): (usize, &Range<usize>)| {
        let name = &view.portal.organisations[region.organisations[run.start]].written.name;
        view.to(&url::region(region.number, index + 1), name.clone())
    };
    let is_whole = runs.len() == 1;
    context(&RegionContext {
        name: region.name.to_owned(),
        number: part + 1,
        parts: runs.iter().enumerate().filter(|_| !is_whole).map(link).collect(),
        own_url: view.link(&view.page.path),
        organisations: region.organisations[runs[part].clone()]
            .iter()
            .map(|index| organisation(view, *index))
            .collect(),
    })
}
