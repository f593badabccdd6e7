//! One table, whole.

use serde::Serialize;

use super::context::neighbours;
use super::disclosure::table_links;
use super::grid::{GridContext, grid};
use super::{Link, Page, PageKind, Subject, View, context, trail_of_disclosure};
use crate::address::Address;
use crate::model::{Disclosure, Found, Portal};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "table",
    template: "table.html",
    plan,
    trail: trail_of_disclosure,
    context: build,
};

/// What `table.html` gets.
#[derive(Serialize)]
struct TableContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The table.
    grid: GridContext,
    /// The section it belongs to.
    section: Option<Link>,
    /// Known exceptions in it, with their reasons.
    acceptances: Vec<AcceptanceContext>,
    /// Its data files.
    downloads: Vec<Link>,
    /// The table before it.
    previous: Option<Link>,
    /// The table after it.
    next: Option<Link>,
}

/// A known exception.
#[derive(Serialize)]
struct AcceptanceContext {
    /// What it is about, in words.
    about: String,
    /// The cell it is about; empty where it is about more than one.
    url: String,
    /// Why it is as it is.
    reason: String,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        for (item, table) in disclosure.tables.values().enumerate() {
            pages.push(Page {
                path: url::table(disclosure, table),
                title: table.title.clone(),
                subject: Subject { organisation: disclosure.organisation, disclosure: index, item },
            });
        }
    }
    pages
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let index = view.page.subject.item;
    let table = &disclosure.tables[index];
    let (previous, next) = neighbours(&table_links(view, disclosure), index);
    let data = (view.data)(view.page.path.trim_end_matches(".html"));
    context(&TableContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        grid: grid(table),
        section: section(view, disclosure, table.spec.section.as_deref()),
        acceptances: acceptances(view, disclosure, &table.spec.id),
        downloads: data.into_iter().map(|(title, path)| view.to(&path, title)).collect(),
        previous,
        next,
    })
}

fn section(view: &View, disclosure: &Disclosure, id: Option<&str>) -> Option<Link> {
    let section = disclosure.sections.iter().find(|section| Some(section.id.as_str()) == id)?;
    Some(view.to(&url::section(disclosure, section), section.title.clone()))
}

fn acceptances(view: &View, disclosure: &Disclosure, table: &str) -> Vec<AcceptanceContext> {
    let of_table =
        |at: &str| at == table || at.strip_prefix(table).is_some_and(|rest| rest.starts_with('/'));
    let all = disclosure.acceptances().iter().filter(|acceptance| of_table(&acceptance.at));
    all.map(|acceptance| {
        let found = Address::parse(&acceptance.at)
            .map(|address| disclosure.find(view.portal, &address, None));
        let figure = match found {
            Some(Found::Figures(figures)) if figures.len() == 1 => Some(figures[0]),
            _ => None,
        };
        let words = figure.map(|figure| disclosure.words_of(figure.at));
        let language = view.portal.site.message_language();
        AcceptanceContext {
            about: words
                .map_or_else(|| acceptance.at.clone(), |words| words.get(language).to_owned()),
            url: figure
                .map(|figure| view.link(&url::figure(disclosure, figure.at)))
                .unwrap_or_default(),
            reason: acceptance.reason.clone(),
        }
    })
    .collect()
}
