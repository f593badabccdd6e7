//! The front page: who publishes, and every disclosure as organisation × year.

use serde::Serialize;

use super::context::{DisclosureLink, disclosure_link};
use super::{Page, PageKind, Subject, View, context};
use crate::model::Portal;
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "home",
    template: "home.html",
    plan,
    trail: |_, _| Vec::new(),
    context: build,
};

/// What `home.html` gets.
#[derive(Serialize)]
struct HomeContext {
    /// The organisations.
    organisations: Vec<OrganisationContext>,
}

/// An organisation on the front page.
#[derive(Serialize)]
struct OrganisationContext {
    /// Its name.
    name: String,
    /// Its code in the budget system.
    code: String,
    /// Where it is.
    region: String,
    /// Its page.
    url: String,
    /// Its disclosures, the newest first.
    disclosures: Vec<DisclosureLink>,
}

fn plan(portal: &Portal) -> Vec<Page> {
    vec![Page {
        path: url::HOME.to_owned(),
        title: portal.site.title.clone(),
        subject: Subject::default(),
    }]
}

fn build(view: &View) -> tera::Context {
    let organisations =
        view.portal.organisations.iter().enumerate().map(|(index, organisation)| {
            OrganisationContext {
                name: organisation.written.name.clone(),
                code: organisation.written.code.clone(),
                region: organisation.written.region.clone(),
                url: view.link(&url::organisation(view.portal, index)),
                disclosures: view
                    .portal
                    .disclosures_of(index)
                    .map(|disclosure| disclosure_link(view, disclosure))
                    .collect(),
            }
        });
    context(&HomeContext { organisations: organisations.collect() })
}
