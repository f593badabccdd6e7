//! The map from output path to recipe: all that building, serving and checking
//! links ever see.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::model::Portal;
use crate::output::{self, DataFile};
use crate::page::{PAGE_KINDS, Page, PageKind, Subject};
use crate::search;
use crate::source::{FileId, Place, Sources};
use crate::theme::{self, Theme};
use crate::url;

/// How one path is made.
#[derive(Clone)]
pub enum Recipe {
    /// A page of a kind.
    Page(&'static PageKind, Page),
    /// A data file.
    Data(DataFile),
    /// A file of the search index.
    Search(search::File),
    /// The theme's style sheet.
    Style,
    /// A file copied as it is.
    Asset(FileId),
}

/// A planned site.
pub struct Site {
    /// The model.
    pub portal: Portal,
    /// The theme.
    pub theme: Theme,
    /// What its search pages ask for.
    pub search: search::Lazy,
    /// Every path and how it is made, in a fixed order.
    pub recipes: IndexMap<String, Recipe>,
    /// The paths of data files, sorted: what begins alike stands together.
    pub data: BTreeSet<String>,
}

/// Plans every page, data file and asset.
pub fn plan(report: &mut Report, sources: &Sources, portal: Portal) -> Site {
    let theme = theme::load(report, sources, &portal.site);
    let (index, index_files) = search::plan(&portal);
    let mut site =
        Site { portal, theme, search: index, recipes: IndexMap::new(), data: BTreeSet::new() };
    for kind in PAGE_KINDS {
        for page in (kind.plan)(&site.portal) {
            site.add(report, page.path.clone(), page.subject, Recipe::Page(kind, page));
        }
    }
    for output in output::OUTPUTS {
        for file in (output.plan)(&site.portal) {
            site.add(report, file.path.clone(), file.subject, Recipe::Data(file));
        }
    }
    for (path, file) in index_files {
        site.add(report, path, Subject::default(), Recipe::Search(file));
    }
    site.add(report, url::STYLE.to_owned(), Subject::default(), Recipe::Style);
    for (path, file) in site.theme.assets.clone() {
        site.add(report, path, Subject::default(), Recipe::Asset(file));
    }
    for (file, path) in sources.site_files("static") {
        let path = path.trim_start_matches("static/").to_owned();
        site.add(report, path, Subject::default(), Recipe::Asset(file));
    }
    site
}

impl Site {
    /// The paths, in order.
    pub fn paths(&self) -> Vec<String> {
        self.recipes.keys().cloned().collect()
    }

    /// How many pages and how many other files there are.
    pub fn counts(&self) -> (usize, usize) {
        let pages =
            self.recipes.values().filter(|recipe| matches!(recipe, Recipe::Page(..))).count();
        (pages, self.recipes.len() - pages)
    }

    /// Whether a path is a file of the search index: bytes no author can get wrong.
    pub fn is_index(&self, path: &str) -> bool {
        matches!(self.recipes.get(path), Some(Recipe::Search(_)))
    }

    fn add(&mut self, report: &mut Report, path: String, subject: Subject, recipe: Recipe) {
        let place = self.place(subject, &recipe);
        match self.recipes.entry(path) {
            Entry::Vacant(entry) => {
                if matches!(recipe, Recipe::Data(_)) {
                    self.data.insert(entry.key().clone());
                }
                entry.insert(recipe);
            }
            Entry::Occupied(entry) => {
                if let Some(place) = place {
                    report.push(codes::URL_COLLISION.at(
                        place,
                        text!(zh: "网站里已经有 {path}，这一个会把它盖掉", en: "{path} is already part of the site and would be overwritten", path = entry.key()),
                    ));
                }
            }
        }
    }

    fn place(&self, subject: Subject, recipe: &Recipe) -> Option<Place> {
        if let Recipe::Asset(file) = recipe {
            return Some(Place::start(*file));
        }
        let disclosure = self.portal.disclosures.get(subject.disclosure)?;
        Some(Place::start(disclosure.written.file))
    }
}
