//! The front page. Of one organisation: the story of its newest year, a chart, and its years. Of
//! several: what they come to by region, and which disclosures stand, by region where there are many.

use serde::Serialize;

use super::charts::{ChartContext, Where, charts};
use super::context::{DisclosureLink, disclosure_link};
use super::overview::{DisclosureSummary, Overview, Summary};
use super::standing::{StandingContext, SumsContext, standing, sums};
use super::story::{StoryContext, story};
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
    /// What the organisations come to by region, where there are several.
    sums: Option<SumsContext>,
    /// Which disclosures stand, where there are several organisations and not too many to list.
    standing: Option<StandingContext>,
}

/// The newest disclosure.
#[derive(Serialize)]
struct NewestContext {
    /// Its year, stage, page and large figures.
    disclosure: DisclosureLink,
    /// What it tells first.
    story: StoryContext,
    /// What it says in one sentence; empty where its profile has none.
    summary: Vec<SentenceContext>,
    /// The charts its profile asks for here.
    charts: Vec<ChartContext>,
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
    let organisations: Vec<&Summary> = overview.organisations.iter().collect();
    let is_listed = organisations.len() <= LISTED;
    let is_shared = organisations.len() != 1;
    context(&HomeContext {
        newest: overview.only.as_ref().and_then(|only| newest(&view.of(only))),
        years: if let [one] = *organisations { years(view, one) } else { Vec::new() },
        sums: if is_shared { sums(view, !is_listed) } else { None },
        standing: (is_shared && is_listed).then(|| standing(view, &organisations)),
    })
}

/// The newest disclosure of the only organisation.
fn newest(view: &View) -> Option<NewestContext> {
    let disclosure = view.portal.disclosures_of(0).next()?;
    let sentences = summary(view, disclosure, &disclosure.profile.summary);
    Some(NewestContext {
        disclosure: disclosure_link(view, disclosure),
        story: view.if_used("story", || story(view, disclosure)),
        summary: sentences.into_iter().take(1).collect(),
        charts: view.if_used("charts", || charts(view, disclosure, Where::Page(On::Home))),
    })
}

/// The disclosures of an organisation, the newest first.
fn years(view: &View<Overview>, one: &Summary) -> Vec<Link> {
    let link = |disclosure: &DisclosureSummary| {
        view.to(&url::disclosure(disclosure), disclosure.title.clone())
    };
    one.disclosures.iter().map(link).collect()
}
