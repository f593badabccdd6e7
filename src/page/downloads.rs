//! Everything a disclosure gives to compute on: each table's files, how long and how large.

use serde::Serialize;

use super::{
    MadeFiles, Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure,
};
use crate::format;
use crate::model::{Disclosure, Portal, Table};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "downloads",
    template: "downloads.html",
    scope: PageScope::Finishing(Maker { plan, trail: trail_of_disclosure, context: build }),
};

/// What `downloads.html` gets.
#[derive(Serialize)]
struct DownloadsContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The tables that have data files, in order.
    tables: Vec<TableData>,
    /// Files about the whole disclosure.
    whole: Vec<FileContext>,
}

/// The data of one table.
#[derive(Serialize)]
struct TableData {
    /// Its title.
    title: String,
    /// Its page.
    url: String,
    /// How many rows it has.
    rows: usize,
    /// Its files.
    files: Vec<FileContext>,
}

/// A file to take away.
#[derive(Serialize)]
struct FileContext {
    /// What it is, in the theme’s words.
    format: String,
    /// Its name.
    name: String,
    /// Its address.
    url: String,
    /// Its size, such as `1.2 kB`.
    size: String,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let page = |(index, disclosure): (usize, &Disclosure)| Page {
        path: url::downloads(disclosure),
        title: String::new(),
        subject: Subject { organisation: disclosure.organisation, disclosure: index, item: 0 },
    };
    let all = portal.disclosures.iter().enumerate();
    all.filter(|(_, disclosure)| !disclosure.tables.is_empty()).map(page).collect()
}

fn build(view: &View, files: Option<&MadeFiles>) -> tera::Context {
    let disclosure = view.disclosure();
    let data = |table: &Table| {
        let page = url::table(disclosure, table);
        TableData {
            title: table.title.clone(),
            url: view.link(&page),
            rows: table.panels.iter().map(|panel| panel.rows.len()).sum(),
            files: listed(view, files, (view.data)(page.trim_end_matches(".html"))),
        }
    };
    context(&DownloadsContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        tables: disclosure
            .tables
            .values()
            .map(data)
            .filter(|table| !table.files.is_empty())
            .collect(),
        whole: listed(view, files, (view.folder)(&disclosure.path)),
    })
}

fn listed(
    view: &View,
    files: Option<&MadeFiles>,
    planned: Vec<(String, String)>,
) -> Vec<FileContext> {
    let file = |(format, path): (String, String)| FileContext {
        format,
        name: path.rsplit('/').next().unwrap_or_default().to_owned(),
        url: view.link(&path),
        size: files.map(|files| format::size(files.size(&path))).unwrap_or_default(),
    };
    planned.into_iter().map(file).collect()
}
