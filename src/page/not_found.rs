//! What a host shows where nothing is.

use serde::Serialize;

use super::overview::Overview;
use super::{Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "not-found",
    template: "404.html",
    scope: PageScope::Portal(Maker { plan, trail: |_, _| Vec::new(), context: build }),
};

/// What `404.html` gets: nothing of its own.
#[derive(Serialize)]
struct NotFoundContext {}

fn plan(_: &Overview) -> Vec<Page> {
    vec![Page {
        path: url::NOT_FOUND.to_owned(),
        title: String::new(),
        subject: Subject::default(),
    }]
}

fn build(_: &View<Overview>) -> tera::Context {
    context(&NotFoundContext {})
}
