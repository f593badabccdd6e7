//! The organisations of one region, where a portal has too many for its front page.

use std::ops::Range;

use serde::Serialize;

use super::context::runs;
use super::home::LISTED;
use super::overview::Overview;
use super::standing::{StandingContext, standing};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "region",
    template: "region.html",
    scope: PageScope::Portal(Maker {
        plan,
        trail: |_, _| vec![(url::HOME.to_owned(), String::new())],
        context: build,
    }),
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
    /// Which disclosures of the organisations of this page stand.
    standing: StandingContext,
}

fn plan(overview: &Overview) -> Vec<Page> {
    let mut pages = Vec::new();
    if overview.organisations.len() <= LISTED {
        return pages;
    }
    for region in overview.regions() {
        for part in 0..runs(&region.organisations).len() {
            pages.push(Page {
                path: url::region(region.number, part + 1),
                title: region.name.to_owned(),
                subject: Subject {
                    organisation: part,
                    item: region.number - 1,
                    ..Subject::default()
                },
            });
        }
    }
    pages
}

fn build(view: &View<Overview>) -> tera::Context {
    let Subject { organisation: part, item, .. } = view.page.subject;
    let region = &view.portal.regions()[item];
    let runs = runs(&region.organisations);
    let link = |(index, run): (usize, &Range<usize>)| {
        let name = region.organisations[run.start].name.clone();
        view.to(&url::region(region.number, index + 1), name)
    };
    let is_whole = runs.len() == 1;
    context(&RegionContext {
        name: region.name.to_owned(),
        number: part + 1,
        parts: runs.iter().enumerate().filter(|_| !is_whole).map(link).collect(),
        own_url: view.link(&view.page.path),
        standing: standing(view, &region.organisations[runs[part].clone()]),
    })
}
