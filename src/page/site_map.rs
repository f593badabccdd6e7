//! Every page a reader may look for, by organisation.

use serde::Serialize;

use super::overview::{DisclosureSummary, Overview, Region, Summary};
use super::{Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "site-map",
    template: "site-map.html",
    scope: PageScope::Portal(Maker {
        plan,
        trail: |_, _| vec![(url::HOME.to_owned(), String::new())],
        context: build,
    }),
};

/// More disclosures than this are found on the pages of their organisations.
const MOST: usize = 60;

/// More organisations than this are found on the pages of their regions.
const NAMED: usize = 1000;

/// What `site-map.html` gets.
#[derive(Serialize)]
struct SiteMapContext {
    /// The organisations, those of one region together, in the order of the first of each.
    regions: Vec<RegionContext>,
}

/// The organisations of one region.
#[derive(Serialize)]
struct RegionContext {
    /// Its name; empty where organisations name none.
    name: String,
    /// Its page, where the portal has too many organisations to list; empty otherwise.
    url: String,
    /// How many organisations it has.
    count: usize,
    /// Its organisations; none where it has a page.
    organisations: Vec<OrganisationLink>,
}

/// An organisation, and its disclosures where the portal has few.
#[derive(Serialize)]
struct OrganisationLink {
    /// Its name.
    name: String,
    /// Its page.
    url: String,
    /// Its disclosures, the newest first.
    disclosures: Vec<DisclosureMap>,
}

/// A disclosure and its lists.
#[derive(Serialize)]
struct DisclosureMap {
    /// Year and stage.
    title: String,
    /// Its page.
    url: String,
    /// Its list of projects; empty without any.
    projects: String,
    /// The page that proves it.
    verification: String,
    /// Its data.
    downloads: String,
}

fn plan(_: &Overview) -> Vec<Page> {
    vec![Page { path: url::SITE_MAP.to_owned(), title: String::new(), subject: Subject::default() }]
}

fn build(view: &View<Overview>) -> tera::Context {
    let overview = view.portal;
    let is_small = overview.disclosures().count() <= MOST;
    let is_listed = overview.organisations.len() <= NAMED;
    let organisation = |one: &Summary| {
        let all = one.disclosures.iter().filter(|_| is_small);
        OrganisationLink {
            name: one.name.clone(),
            url: view.link(&one.page()),
            disclosures: all.map(|disclosure| map(view, disclosure)).collect(),
        }
    };
    let region = |region: Region| RegionContext {
        name: region.name.to_owned(),
        url: if is_listed { String::new() } else { view.link(&region.path()) },
        count: region.organisations.len(),
        organisations: region
            .organisations
            .iter()
            .filter(|_| is_listed)
            .map(|one| organisation(one))
            .collect(),
    };
    context(&SiteMapContext { regions: overview.regions().into_iter().map(region).collect() })
}

fn map(view: &View<Overview>, disclosure: &DisclosureSummary) -> DisclosureMap {
    let there = |path: String| {
        if (view.exists)(&path) { view.link(&path) } else { String::new() }
    };
    DisclosureMap {
        title: disclosure.title.clone(),
        url: view.link(&url::disclosure(disclosure)),
        projects: there(url::projects(disclosure)),
        verification: there(url::verification(disclosure)),
        downloads: there(url::downloads(disclosure)),
    }
}
