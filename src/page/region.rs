//! The organisations of one region, where a portal has too many for its front page.

use serde::Serialize;

use super::home::{LISTED, OrganisationContext, organisation};
use super::{Page, PageKind, Scope, Subject, View, context};
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
    /// Its organisations.
    organisations: Vec<OrganisationContext>,
}

/// A region of the portal.
#[derive(Debug)]
pub(super) struct Region<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its page.
    pub path: String,
    /// Its organisations, by index.
    pub organisations: Vec<usize>,
}

/// The regions of the portal, in the order of their first organisation.
pub(super) fn regions(portal: &Portal) -> Vec<Region<'_>> {
    let mut all: Vec<Region> = Vec::new();
    for (index, organisation) in portal.organisations.iter().enumerate() {
        let name = organisation.written.region.as_str();
        if let Some(region) = all.iter_mut().find(|region| region.name == name) {
            region.organisations.push(index);
        } else {
            let path = url::region(all.len() + 1);
            all.push(Region { name, path, organisations: vec![index] });
        }
    }
    all
}

fn plan(portal: &Portal) -> Vec<Page> {
    if portal.organisations.len() <= LISTED {
        return Vec::new();
    }
    let page = |(item, region): (usize, Region)| Page {
        path: region.path,
        title: region.name.to_owned(),
        subject: Subject { organisation: region.organisations[0], disclosure: 0, item },
    };
    regions(portal).into_iter().enumerate().map(page).collect()
}

fn build(view: &View) -> tera::Context {
    let region = &regions(view.portal)[view.page.subject.item];
    context(&RegionContext {
        name: region.name.to_owned(),
        organisations: region
            .organisations
            .iter()
            .map(|index| organisation(view, *index))
            .collect(),
    })
}
