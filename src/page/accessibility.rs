//! What the portal says of its accessibility: its own statement, or the theme's.

use serde::Serialize;

use super::overview::Overview;
use super::{Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::{markdown, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "accessibility",
    template: "accessibility.html",
    scope: PageScope::Portal(Maker {
        plan,
        trail: |_, _| vec![(url::HOME.to_owned(), String::new())],
        context: build,
    }),
};

/// What `accessibility.html` gets.
#[derive(Serialize)]
struct AccessibilityContext {
    /// The statement as HTML.
    html: String,
}

fn plan(overview: &Overview) -> Vec<Page> {
    let statement = &overview.site.statement;
    let page = Page {
        path: url::ACCESSIBILITY.to_owned(),
        title: statement.title.clone(),
        subject: Subject::default(),
    };
    statement.file.map(|_| page).into_iter().collect()
}

fn build(view: &View<Overview>) -> tera::Context {
    let html = markdown::html(&view.portal.site.statement.text, &|_| None);
    context(&AccessibilityContext { html })
}
