//! The front page. Of one organisation: its newest year in a sentence, a few figures and a
//! chart, and its years. Of several: every disclosure as organisation × year, by region where
//! there are many.

use serde::Serialize;

use super::charts::{ChartContext, Where, charts};
use super::context::{DisclosureLink, disclosure_link};
use super::summary::{SentenceContext, summary};
use super::{Link, Page, PageKind, Scope, Subject, View, context};
use crate::model::Portal;
use crate::profile::chart::On;
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "home",
    scope: Scope::Portal,
    template: "home.html",
    plan,
    trail: |_, _| Vec::new(),
    context: build,
};

/// How many organisations are listed one by one; more are listed by region.
pub(super) const LISTED: usize = 60;

/// What `home.html` gets.
#[derive(Serialize)]
struct HomeContext {
    /// The newest disclosure, where the portal is one organisation’s.
    newest: Option<NewestContext>,
    /// The disclosures of that organisation, the newest first.
    years: Vec<Link>,
    /// The organisations, where there are several.
    organisations: Vec<OrganisationContext>,
    /// The regions they are in, where there are too many to list.
    regions: Vec<RegionContext>,
}

/// The newest disclosure.
#[derive(Serialize)]
struct NewestContext {
    /// Its year, stage, page and large figures.
    disclosure: DisclosureLink,
    /// What it says in one sentence; empty where its profile has none.
    summary: Vec<SentenceContext>,
    /// The charts its profile asks for here.
    charts: Vec<ChartContext>,
}

/// A region with its organisations on a page of their own.
#[derive(Serialize)]
struct RegionContext {
    /// Its name; empty for the organisations that state no region.
    name: String,
    /// Its page.
    url: String,
    /// How many organisations it has.
    count: usize,
}

/// An organisation in a list.
#[derive(Serialize)]
pub(super) struct OrganisationContext {
    /// Its name.
    name: String,
    /// Its page.
    url: String,
    /// Its disclosures, the newest first.
    years: Vec<Link>,
}

fn plan(portal: &Portal) -> Vec<Page> {
    vec![Page {
        path: url::HOME.to_owned(),
        title: portal.site.title.clone(),
        subject: Subject::default(),
    }]
}

fn build(view: &View) -> tera::Context {
    let portal = view.portal;
    let is_one = portal.organisations.len() == 1;
    let newest =
        portal.disclosures_of(0).next().filter(|_| is_one).map(|disclosure| NewestContext {
            disclosure: disclosure_link(view, disclosure),
            summary: summary(view, disclosure, &disclosure.profile.summary)
                .into_iter()
                .take(1)
                .collect(),
            charts: view.asked("charts", || charts(view, disclosure, Where::Page(On::Home))),
        });
    let is_listed = !is_one && portal.organisations.len() <= LISTED;
    let regions = if is_one || is_listed { Vec::new() } else { super::region::regions(portal) };
    context(&HomeContext {
        newest,
        years: if is_one { years(view, 0) } else { Vec::new() },
        organisations: (0..portal.organisations.len())
            .filter(|_| is_listed)
            .map(|index| organisation(view, index))
            .collect(),
        regions: regions
            .iter()
            .map(|region| RegionContext {
                name: region.name.to_owned(),
                url: view.link(&region.path()),
                count: region.organisations.len(),
            })
            .collect(),
    })
}

/// An organisation for a list on this page.
pub(super) fn organisation(view: &View, index: usize) -> OrganisationContext {
    OrganisationContext {
        name: view.portal.organisations[index].written.name.clone(),
        url: view.link(&url::organisation(view.portal, index)),
        years: years(view, index),
    }
}

/// The disclosures of an organisation, the newest first.
fn years(view: &View, organisation: usize) -> Vec<Link> {
    let disclosures = view.portal.disclosures_of(organisation);
    disclosures
        .map(|disclosure| view.to(&url::disclosure(disclosure), format::short_title(disclosure)))
        .collect()
}
