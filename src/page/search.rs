//! The search page. What a script finds in it is written by `search`; without a script it is a
//! table of contents, in parts of bounded size.

use std::ops::Range;

use serde::Serialize;

use super::context::runs;
use super::{Link, Page, PageKind, Scope, Subject, View, context};
use crate::model::{Disclosure, Portal};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "search",
    scope: Scope::Portal,
    template: "search.html",
    plan,
    trail,
    context: build,
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

fn plan(portal: &Portal) -> Vec<Page> {
    let starts = parts(portal).into_iter().map(|part| part.start);
    let page = |(part, organisation): (usize, usize)| Page {
        path: path(part),
        title: String::new(),
        subject: Subject { organisation, ..Subject::default() },
    };
    starts.enumerate().map(page).collect()
}

/// The organisations of each part; one part where there is none.
fn parts(portal: &Portal) -> Vec<Range<usize>> {
    let all: Vec<usize> = (0..portal.organisations.len()).collect();
    let mut parts = runs(portal, &all);
    if parts.is_empty() {
        parts.push(0..0);
    }
    parts
}

fn path(part: usize) -> String {
    if part == 0 { url::SEARCH.to_owned() } else { format!("search/{}.html", part + 1) }
}

fn trail(_: &Portal, _: &Page) -> Vec<(String, String)> {
    vec![(url::HOME.to_owned(), String::new())]
}

fn build(view: &View) -> tera::Context {
    let portal = view.portal;
    let parts = parts(portal);
    let first = view.page.subject.organisation;
    let part = parts.iter().position(|part| part.start == first).unwrap_or_default();
    let name = |index: usize| portal.organisations[index].written.name.clone();
    let links = parts.iter().enumerate();
    let links = links.map(|(number, part)| view.to(&path(number), name(part.start)));
    context(&SearchContext {
        number: part + 1,
        parts: if parts.len() > 1 { links.collect() } else { Vec::new() },
        own_url: view.link(&view.page.path),
        organisations: parts[part]
            .clone()
            .map(|index| ContentsOrganisation {
                title: name(index),
                url: view.link(&url::organisation(portal, index)),
                disclosures: portal.disclosures_of(index).map(|it| disclosure(view, it)).collect(),
            })
            .collect(),
    })
}

fn disclosure(view: &View, disclosure: &Disclosure) -> ContentsDisclosure {
    let projects = disclosure.projects.len();
    ContentsDisclosure {
        title: format::short_title(disclosure),
        url: view.link(&url::disclosure(disclosure)),
        tables: disclosure.tables.len(),
        projects,
        projects_url: if projects > 0 {
            view.link(&url::projects(disclosure))
        } else {
            String::new()
        },
        sections: disclosure.sections.len(),
    }
}
