//! One organisation: its main figures over the years, its subjects and its units.

use serde::Serialize;

use super::change::{FigureContext, comparisons_link};
use super::context::{DisclosureLink, disclosure_link, figure};
use super::story::{StoryContext, of_organisation};
use super::subject::{SubjectLink, highest};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::model::{Disclosure, Portal};
use crate::profile::Headline;
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "organisation",
    template: "organisation.html",
    scope: PageScope::Organisation(Maker { plan, trail, context: build }),
};

/// What `organisation.html` gets.
#[derive(Serialize)]
struct OrganisationContext {
    /// Its full name.
    name: String,
    /// Its code in the budget system.
    code: String,
    /// Where it is.
    region: String,
    /// The units it consists of, where it names them.
    units: Vec<String>,
    /// What its newest disclosure tells first.
    story: StoryContext,
    /// Disclosures that are alone of their stage, the newest first.
    disclosures: Vec<DisclosureLink>,
    /// The main figures of stages with several years.
    stages: Vec<StageContext>,
    /// Its highest classification codes, one group a classification.
    subjects: Vec<SubjectsContext>,
}

/// The main figures of one stage over the years.
#[derive(Serialize)]
struct StageContext {
    /// The stage as printed.
    stage: String,
    /// The figures that the newest year’s form declares as headlines.
    columns: Vec<ColumnContext>,
    /// One line a year, the newest first.
    years: Vec<YearContext>,
}

/// A main figure.
#[derive(Serialize)]
struct ColumnContext {
    /// What it is called.
    title: String,
    /// Its unit.
    unit: String,
}

/// The main figures of one year.
#[derive(Serialize)]
struct YearContext {
    /// The year as printed.
    year: String,
    /// The disclosure.
    url: String,
    /// One figure a column.
    cells: Vec<FigureContext>,
    /// The year beside the nearest earlier one; nothing where there is none.
    comparison: Option<Link>,
}

/// Subjects of one classification.
#[derive(Serialize)]
struct SubjectsContext {
    /// What the classification is called; empty where no dictionary names it.
    title: String,
    /// The subjects.
    subjects: Vec<SubjectLink>,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let organisations = portal.organisations.iter().enumerate();
    let page = |(index, organisation): (usize, &crate::model::Organisation)| Page {
        path: url::organisation(portal, index),
        title: organisation.written.name.clone(),
        subject: Subject { organisation: index, ..Subject::default() },
    };
    organisations.map(page).collect()
}

fn trail(_: &Portal, _: &Page) -> Vec<(String, String)> {
    vec![(url::HOME.to_owned(), String::new())]
}

fn build(view: &View) -> tera::Context {
    let index = view.page.subject.organisation;
    let written = &view.portal.organisations[index].written;
    context(&OrganisationContext {
        name: written.name.clone(),
        code: written.code.clone(),
        region: written.region.clone(),
        units: written.units.iter().map(|unit| unit.name.clone()).collect(),
        story: view.if_used("story", || of_organisation(view, index)),
        disclosures: view
            .portal
            .disclosures_of(index)
            .filter(|disclosure| view.portal.years_of(disclosure).count() == 1)
            .map(|disclosure| disclosure_link(view, disclosure))
            .collect(),
        stages: stages(view, index),
        subjects: highest(view, index)
            .into_iter()
            .map(|(title, subjects)| SubjectsContext { title, subjects })
            .collect(),
    })
}

/// The stages with several years, that of the newest disclosure first.
fn stages(view: &View, organisation: usize) -> Vec<StageContext> {
    let newest = view.portal.disclosures_of(organisation).filter(|disclosure| {
        let mut years = view.portal.years_of(disclosure);
        years.next().is_some_and(|first| first.path == disclosure.path) && years.next().is_some()
    });
    newest.map(|disclosure| stage(view, disclosure)).collect()
}

fn stage(view: &View, newest: &Disclosure) -> StageContext {
    let headlines = newest
        .profile
        .headline
        .iter()
        .filter_map(|headline| Some((headline, figure(view, newest, &headline.address)?.1)));
    let (headlines, units): (Vec<&Headline>, Vec<String>) = headlines.unzip();
    let year = |disclosure: &Disclosure| YearContext {
        year: format::year(disclosure),
        url: view.link(&url::disclosure(disclosure)),
        cells: headlines
            .iter()
            .zip(&units)
            .map(|(headline, unit)| cell(view, disclosure, &headline.title, unit))
            .collect(),
        comparison: comparisons_link(view, disclosure),
    };
    StageContext {
        stage: newest.profile.words.stage.clone(),
        years: view.portal.years_of(newest).map(year).collect(),
        columns: headlines
            .iter()
            .zip(&units)
            .map(|(headline, unit)| ColumnContext {
                title: headline.title.clone(),
                unit: unit.clone(),
            })
            .collect(),
    }
}

/// The figure a year’s own form declares under the same name and prints in the same unit.
fn cell(view: &View, disclosure: &Disclosure, title: &str, unit: &str) -> FigureContext {
    let blank = FigureContext { kind: "blank", ..FigureContext::default() };
    let own = disclosure.profile.headline.iter().find(|headline| headline.title == title);
    let found = own.and_then(|headline| figure(view, disclosure, &headline.address));
    match found {
        Some((value, other, at)) if other == unit => FigureContext {
            text: format::figure(disclosure, value),
            url: view.link(&url::figure(disclosure, at)),
            kind: "figure",
        },
        _ => blank,
    }
}
