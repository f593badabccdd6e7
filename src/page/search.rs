//! The search page. What a script finds in it is written by `search`; without a script it is a
//! table of contents, in parts of bounded size.

use std::ops::Range;

use serde::Serialize;

use super::context::runs;
use super::overview::{DisclosureSummary, Overview, Summary};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "search",
    template: "search.html",
    scope: PageScope::Portal(Maker { plan, trail, context: build }),
};

/// What `search.html` gets.
#[derive(Serialize)]
struct SearchContext {
    /// The number of this part of the contents; only the first one searches.
    number: usize,
    /// Every part, named by its first organisation; none where there is one part.
    parts: Vec<Link>,
    /// The address of this part.
    own_url: String,
    /// The organisations of this part.
    organisations: Vec<ContentsOrganisation>,
}

/// An organisation in the contents.
#[derive(Serialize)]
struct ContentsOrganisation {
    /// Its name.
    title: String,
    /// Its page.
    url: String,
    /// Its disclosures, the newest first.
    disclosures: Vec<ContentsDisclosure>,
}

/// A disclosure in the contents.
#[derive(Serialize)]
struct ContentsDisclosure {
    /// Year and stage.
    title: String,
    /// Its page, which lists its tables and sections.
    url: String,
    /// How many tables it has.
    tables: usize,
    /// How many projects.
    projects: usize,
    /// The list of those.
    projects_url: String,
    /// How many sections.
    sections: usize,
}

fn plan(overview: &Overview) -> Vec<Page> {
    let page = |part| Page {
        path: path(part),
        title: String::new(),
        subject: Subject { item: part, ..Subject::default() },
    };
    (0..parts(overview).len()).map(page).collect()
}

/// The organisations of each part; one part where there is none.
fn parts(overview: &Overview) -> Vec<Range<usize>> {
    let all: Vec<&Summary> = overview.organisations.iter().collect();
    let mut parts = runs(&all);
    if parts.is_empty() {
        parts.push(0..0);
    }
    parts
}

fn path(part: usize) -> String {
    if part == 0 { url::SEARCH.to_owned() } else { format!("search/{}.html", part + 1) }
}

fn trail(_: &Overview, _: &Page) -> Vec<(String, String)> {
    vec![(url::HOME.to_owned(), String::new())]
}

fn build(view: &View<Overview>) -> tera::Context {
    let organisations = &view.portal.organisations;
    let parts = parts(view.portal);
    let part = view.page.subject.item;
    let links = parts.iter().enumerate();
    let links =
        links.map(|(number, part)| view.to(&path(number), organisations[part.start].name.clone()));
    context(&SearchContext {
        number: part + 1,
        parts: if parts.len() > 1 { links.collect() } else { Vec::new() },
        own_url: view.link(&view.page.path),
        organisations: organisations[parts[part].clone()]
            .iter()
            .map(|one| ContentsOrganisation {
                title: one.name.clone(),
                url: view.link(&one.page()),
                disclosures: one.disclosures.iter().map(|it| disclosure(view, it)).collect(),
            })
            .collect(),
    })
}

fn disclosure(view: &View<Overview>, disclosure: &DisclosureSummary) -> ContentsDisclosure {
    let projects = disclosure.projects;
    ContentsDisclosure {
        title: disclosure.title.clone(),
        url: view.link(&url::disclosure(disclosure)),
        tables: disclosure.tables,
        projects,
        projects_url: if projects > 0 {
            view.link(&url::projects(disclosure))
        } else {
            String::new()
        },
        sections: disclosure.sections,
    }
}
