//! What pages that list organisations see of them: names, counts, terms, corrections and the first large
//! figure, and no other figure.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::corrections::CorrectionSummary;
use crate::amount::Decimal;
use crate::content::{self, Term};
use crate::format;
use crate::model::{Disclosure, Portal};
use crate::source::FileId;
use crate::url::{self, Folder};

/// The portal as its own pages see it: the front page, regions, the glossary, the site map,
/// the contents of the search.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The configuration.
    pub site: content::Site,
    /// Terms shared by all.
    pub glossary: Vec<Term>,
    /// Terms that profiles explain, in words that no publisher said.
    pub meanings: Vec<Term>,
    /// The organisations, in folder order.
    pub organisations: Vec<Summary>,
    /// What moved.
    pub moves: Moves,
    /// The only organisation with its disclosures, where there is one: the front page shows its figures.
    pub only: Option<Arc<Portal>>,
}

/// The former addresses of pages.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// The pages that stand there and lead on.
    pub pages: BTreeSet<String>,
    /// Former and present path, of pages and of folders, which end with `/`.
    pub rules: Vec<(String, String)>,
}

impl Moves {
    /// Adds those of another part.
    pub fn absorb(&mut self, other: Moves) {
        self.pages.extend(other.pages);
        self.rules.extend(other.rules);
    }
}

/// An organisation in a list.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Its folder: its name in URLs.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub short: String,
    /// The region it states; empty where it states none.
    pub region: String,
    /// Its disclosures, the newest first.
    pub disclosures: Vec<DisclosureSummary>,
}

/// A disclosure in a list.
#[derive(Clone, Debug)]
pub struct DisclosureSummary {
    /// `organisation/disclosure`: the folder of its pages.
    pub path: String,
    /// Its `disclosure.yaml`.
    pub file: FileId,
    /// Year and stage as printed.
    pub title: String,
    /// The year as printed.
    pub year: String,
    /// The first year of the fiscal year, for ordering.
    pub order: u32,
    /// The stage as printed.
    pub stage: String,
    /// Its first large figure; nothing where that is blank, withheld or not there.
    pub main: Option<MainFigure>,
    /// The day it was published, `YYYY-MM-DD`; empty where it is not known.
    pub published: String,
    /// The day it changed last, as far as it says: empty where it does not.
    pub changed: String,
    /// How many tables it has.
    pub tables: usize,
    /// How many projects.
    pub projects: usize,
    /// How many sections.
    pub sections: usize,
    /// The sections that explain terms.
    pub explained: Vec<Explained>,
    /// What was changed after publication.
    pub corrections: Vec<CorrectionSummary>,
}

/// The first large figure of a disclosure.
#[derive(Clone, Debug)]
pub struct MainFigure {
    /// What it is called.
    pub title: String,
    /// The figure.
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
    /// Whether its disclosure parts the thousands by commas.
    pub is_grouped: bool,
}

/// The terms one section explains.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The page of the section.
    pub page: String,
    /// What it explains, in its order.
    pub terms: Vec<Term>,
}

impl Folder for DisclosureSummary {
    fn folder(&self) -> &str {
        &self.path
    }
}

/// A region of the portal.
#[derive(Debug)]
pub struct Region<'a> {
    /// Its name; empty for the organisations that state none.
    pub name: &'a str,
    /// Its number in the portal, 1 being the first.
    pub number: usize,
    /// Its organisations.
    pub organisations: Vec<&'a Summary>,
}

impl Region<'_> {
    /// Its first page.
    pub fn path(&self) -> String {
        url::region(self.number, 1)
    }
}

impl Overview {
    /// Of a portal that is planned whole.
    pub fn of(portal: &Portal) -> Overview {
        let is_one = portal.organisations.len() == 1;
        Overview {
            site: portal.site.clone(),
            glossary: portal.glossary.clone(),
            meanings: portal.outline.meanings.clone(),
            organisations: Summary::all(portal),
            moves: Moves::default(),
            only: is_one.then(|| Arc::new(portal.clone())),
        }
    }

    /// Every term that is explained: the shared ones, those of sections, then those of profiles.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        let explained = self.disclosures().flat_map(|disclosure| &disclosure.explained);
        let published = self.glossary.iter().chain(explained.flat_map(|section| &section.terms));
        published.chain(&self.meanings)
    }

    /// The regions of the portal, in the order of their first organisation.
    pub fn regions(&self) -> Vec<Region<'_>> {
        let mut all: IndexMap<&str, Vec<&Summary>> = IndexMap::new();
        for organisation in &self.organisations {
            all.entry(organisation.region.as_str()).or_default().push(organisation);
        }
        let region =
            |(index, (name, organisations))| Region { name, number: index + 1, organisations };
        all.into_iter().enumerate().map(region).collect()
    }

    /// Every disclosure: by organisation, the newest first.
    pub fn disclosures(&self) -> impl Iterator<Item = &DisclosureSummary> {
        self.organisations.iter().flat_map(|organisation| &organisation.disclosures)
    }
}

impl Summary {
    /// Of every organisation of a portal, in its order.
    pub fn all(portal: &Portal) -> Vec<Summary> {
        let organisations = portal.organisations.iter().enumerate();
        organisations
            .map(|(index, organisation)| Summary {
                id: organisation.id.clone(),
                name: organisation.written.name.clone(),
                short: organisation.written.short.clone(),
                region: organisation.written.region.clone(),
                disclosures: portal
                    .disclosures_of(index)
                    .map(|disclosure| DisclosureSummary::of(portal, disclosure))
                    .collect(),
            })
            .collect()
    }

    /// Its page.
    pub fn page(&self) -> String {
        url::organisation_page(&self.id)
    }
}

impl DisclosureSummary {
    fn of(portal: &Portal, disclosure: &Disclosure) -> DisclosureSummary {
        let explaining = disclosure.sections.iter().filter(|section| !section.terms.is_empty());
        DisclosureSummary {
            path: disclosure.path.clone(),
            file: disclosure.written.file,
            title: format::short_title(disclosure),
            year: format::year(disclosure),
            order: disclosure.year,
            stage: disclosure.profile.words.stage.clone(),
            main: disclosure.profile.headline.first().and_then(|headline| {
                let (value, at) = disclosure.only_figure(portal, &headline.address)?;
                let unit = disclosure.unit(at).unwrap_or_default().to_owned();
                Some(MainFigure {
                    title: headline.title.clone(),
                    value,
                    unit,
                    is_grouped: disclosure.is_grouped,
                })
            }),
            published: disclosure.written.published.clone(),
            changed: changed(disclosure),
            tables: disclosure.tables.len(),
            projects: disclosure.projects.len(),
            sections: disclosure.sections.len(),
            explained: explaining
                .map(|section| Explained {
                    page: url::section(disclosure, section),
                    terms: section.terms.clone(),
                })
                .collect(),
            corrections: CorrectionSummary::all(portal, disclosure),
        }
    }
}

/// The day a disclosure changed last: that of its publication or of a correction.
fn changed(disclosure: &Disclosure) -> String {
    let corrections = disclosure.written.corrections.iter();
    let days = corrections.map(|one| &one.date).chain([&disclosure.written.published]);
    days.max().cloned().unwrap_or_default()
}
