//! Every page of the site as a value: where it stands, which template fills it
//! in, and with what. Values reach templates ready to print; templates never compute.

mod accessibility;
mod chart_parts;
pub mod charts;
mod change;
mod changed_lines;
mod comparison;
mod comparisons;
mod dataset;
mod deeds;
pub mod context;
pub mod conventions;
mod corrections;
mod disclosure;
mod downloads;
mod first_use;
mod flow;
mod glossary;
mod grid;
mod home;
mod made_files;
mod not_found;
mod organisation;
pub mod overview;
mod project;
mod project_fields;
mod projects;
mod promises;
mod proof;
mod region;
mod search;
mod section;
mod site_map;
mod standing;
mod story;
mod subject;
pub mod summary;
mod table;
mod field_value;
mod verification;
mod whereabouts;
mod year_before;

use serde::Serialize;

use crate::model::{Disclosure, Portal};
use crate::url;

pub use corrections::{CorrectionLine, CorrectionSummary};
pub use made_files::{Made, MadeFiles};
pub use overview::Overview;

/// One page, planned.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path in the site.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What it shows: indexes into the portal.
    pub subject: Subject,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The index of an organisation.
    pub organisation: usize,
    /// The index of a disclosure.
    pub disclosure: usize,
    /// The index of a table, project or section.
    pub item: usize,
}

/// Whose the pages of a kind are, and what they are made from.
pub enum PageScope {
    /// One organisation's: made from its own disclosures and the outline of the portal.
    Organisation(Maker<Portal>),
    /// One organisation's that say how large data files are: made after these.
    Finishing(Maker<Portal, FinishingContext>),
    /// The portal's: made from what lists say of every organisation.
    Portal(Maker<Overview>),
}

/// What a template gets that prints sizes. The data files are absent where a page is only looked at
/// for mistakes, and none was made.
pub type FinishingContext = fn(&View, Option<&MadeFiles>) -> tera::Context;

/// How the pages of a kind are made of a model.
pub struct Maker<M: 'static, C = fn(&View<M>) -> tera::Context> {
    /// Every page of this kind.
    pub plan: fn(&M) -> Vec<Page>,
    /// The pages above one, nearest last, as paths and titles.
    pub trail: fn(&M, &Page) -> Vec<(String, String)>,
    /// What the template gets.
    pub context: C,
}

/// A kind of page.
pub struct PageKind {
    /// Its name, also in the page's `body` class.
    pub name: &'static str,
    /// The template.
    pub template: &'static str,
    /// Whose its pages are, and how they are made.
    pub scope: PageScope,
}

/// The one list.
pub static PAGE_KINDS: &[&PageKind] = &[
    &home::KIND,
    &region::KIND,
    &organisation::KIND,
    &disclosure::KIND,
    &table::KIND,
    &verification::KIND,
    &projects::KIND,
    &project::KIND,
    &section::KIND,
    &downloads::KIND,
    &comparisons::KIND,
    &comparison::KIND,
    &subject::KIND,
    &glossary::KIND,
    &accessibility::KIND,
    &site_map::KIND,
    &search::KIND,
    &not_found::KIND,
];

/// What a page can see while its context is built.
pub struct View<'a, M = Portal> {
    /// The model: an organisation's, or what lists say of them all.
    pub portal: &'a M,
    /// The page itself.
    pub page: &'a Page,
    /// Whether a path is part of the site.
    pub exists: &'a dyn Fn(&str) -> bool,
    /// The data files planned for a path without its ending: title and path.
    pub data: &'a dyn Fn(&str) -> Vec<(String, String)>,
    /// The data files planned right in a folder: title and path.
    pub folder: &'a dyn Fn(&str) -> Vec<(String, String)>,
    /// Whether the template may ask for a value of this name, or with a dot before it for a field.
    pub uses: &'a dyn Fn(&str) -> bool,
}

/// A link as templates get it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Link {
    /// The words.
    pub title: String,
    /// The address, relative to the page.
    pub url: String,
}

impl<M> View<'_, M> {
    /// A value the template may ask for by this name; the empty one where it never does.
    pub fn if_used<T: Default>(&self, name: &str, value: impl FnOnce() -> T) -> T {
        if (self.uses)(name) { value() } else { T::default() }
    }

    /// The address of a path of the site from this page.
    pub fn link(&self, path: &str) -> String {
        url::relative(&self.page.path, path)
    }

    /// A link to a path.
    pub fn to(&self, path: &str, title: impl Into<String>) -> Link {
        Link { title: title.into(), url: self.link(path) }
    }

    /// The same view of another model.
    pub fn of<'b, N>(&'b self, portal: &'b N) -> View<'b, N> {
        let View { page, exists, data, folder, uses, .. } = self;
        View { portal, page, exists, data, folder, uses }
    }
}

impl View<'_> {
    /// The disclosure of the page.
    pub fn disclosure(&self) -> &Disclosure {
        &self.portal.disclosures[self.page.subject.disclosure]
    }
}

/// A context from a documented struct.
pub fn context(value: &impl Serialize) -> tera::Context {
    tera::Context::from_serialize(value).expect("page contexts are structs of plain values")
}

/// The trail of a page inside a disclosure.
fn trail_of_disclosure(portal: &Portal, page: &Page) -> Vec<(String, String)> {
    let disclosure = &portal.disclosures[page.subject.disclosure];
    let organisation = portal.organisation(disclosure);
    vec![
        (url::HOME.to_owned(), String::new()),
        (url::organisation(portal, disclosure.organisation), organisation.written.short.clone()),
        (url::disclosure(disclosure), crate::format::short_title(disclosure)),
    ]
}
