//! The front page. Of one organisation: its newest year in a sentence, a few figures and a
//! chart, and its years. Of several: every disclosure as organisation × year, by region where
//! there are many.

use serde::Serialize;

use super::charts::{ChartContext, Where, charts};
use super::context::{DisclosureLink, disclosure_link};
use super::overview::{DisclosureSummary, Overview, Summary};
use super::summary::{SentenceContext, summary};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::profile::chart::On;
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "home",
    template: "home.html",
    scope: PageScope::Portal(Maker { plan, trail: |_, _| Vec::new(), context: build }),
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

fn plan(overview: &Overview) -> Vec<Page> {
    vec![Page {
        path: url::HOME.to_owned(),
        title: overview.site.title.clone(),
        subject: Subject::default(),
    }]
}

fn build(view: &View<Overview>) -> tera::Context {
    let overview = view.portal;
    let organisations = overview.organisations.as_slice();
    let is_listed = organisations.len() != 1 && organisations.len() <= LISTED;
    let regions = match organisations {
        [_] => Vec::new(),
        _ if is_listed => Vec::new(),
        _ => overview.regions(),
    };
    context(&HomeContext {
        newest: overview.only.as_ref().and_then(|only| newest(&view.of(only))),
        years: if let [one] = organisations { years(view, one) } else { Vec::new() },
        organisations: organisations
            .iter()
            .filter(|_| is_listed)
            .map(|one| organisation(view, one))
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

/// The newest disclosure of the only organisation.
fn newest(view: &View) -> Option<NewestContext> {
    let disclosure = view.portal.disclosures_of(0).next()?;
    let sentences = summary(view, disclosure, &disclosure.profile.summary);
    Some(NewestContext {
        disclosure: disclosure_link(view, disclosure),
        summary: sentences.into_iter().take(1).collect(),
        charts: view.if_used("charts", || charts(view, disclosure, Where::Page(On::Home))),
    })
}

/// An organisation for a list on this page.
pub(super) fn organisation(view: &View<Overview>, one: &Summary) -> OrganisationContext {
    OrganisationContext {
        name: one.name.clone(),
        url: view.link(&one.page()),
        years: years(view, one),
    }
}

/// The disclosures of an organisation, the newest first.
fn years(view: &View<Overview>, one: &Summary) -> Vec<Link> {
    let link = |disclosure: &DisclosureSummary| {
        view.to(&url::disclosure(disclosure), disclosure.title.clone())
    };
    one.disclosures.iter().map(link).collect()
}
