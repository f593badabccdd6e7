//! One organisation: its units and its disclosures by year.

use serde::Serialize;

use super::context::{DisclosureLink, disclosure_link};
use super::{Page, PageKind, Subject, View, context};
use crate::model::Portal;
use crate::url;

/// The kind.
pub(super) static KIND: PageKind =
    PageKind { name: "organisation", template: "organisation.html", plan, trail, context: build };

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
    /// Its disclosures, the newest first.
    disclosures: Vec<DisclosureLink>,
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
        disclosures: view
            .portal
            .disclosures_of(index)
            .map(|disclosure| disclosure_link(view, disclosure))
            .collect(),
    })
}
