//! What a host shows where nothing is.

use serde::Serialize;

use super::{Page, PageKind, Scope, Subject, View, context};
use crate::model::Portal;
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "not-found",
    scope: Scope::Portal,
    template: "404.html",
    plan,
    trail: |_, _| Vec::new(),
    context: build,
};

/// What `404.html` gets: nothing of its own.
#[derive(Serialize)]
struct NotFoundContext {}

fn plan(_: &Portal) -> Vec<Page> {
    vec![Page {
        path: url::NOT_FOUND.to_owned(),
        title: String::new(),
        subject: Subject::default(),
    }]
}

fn build(_: &View) -> tera::Context {
    context(&NotFoundContext {})
}
