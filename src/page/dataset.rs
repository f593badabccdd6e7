//! What a page of figures says of itself to search engines of data: a schema.org Dataset as JSON-LD,
//! with its files.

use serde::Serialize;

use super::View;
use crate::format;
use crate::model::{Disclosure, Table};
use crate::url;

#[derive(Serialize)]
struct Dataset<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    description: String,
    url: String,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    creator: Organisation<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    license: &'a str,
    #[serde(rename = "datePublished", skip_serializing_if = "str::is_empty")]
    published: &'a str,
    #[serde(rename = "temporalCoverage", skip_serializing_if = "str::is_empty")]
    year: &'a str,
    #[serde(rename = "isPartOf", skip_serializing_if = "Option::is_none")]
    whole: Option<Whole<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    distribution: Vec<Download>,
}

#[derive(Serialize)]
struct Organisation<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Download {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "encodingFormat")]
    format: &'static str,
    #[serde(rename = "contentUrl")]
    url: String,
}

/// The kinds of data files by the endings of their names.
const FORMATS: [(&str, &str); 5] = [
    (".csv", "text/csv"),
    (".json", "application/json"),
    (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".zip", "application/zip"),
    (".xml", "application/xml"),
];

/// What the page of a disclosure says.
pub(super) fn of_disclosure(view: &View, disclosure: &Disclosure) -> String {
    let name = title(view, disclosure);
    let about = [name.as_str(), &disclosure.written.source];
    let files = (view.folder)(&disclosure.path);
    written(&Dataset { name: &name, description: said(&about), ..dataset(view, disclosure, files) })
}

/// What the page of a table says.
pub(super) fn of_table(view: &View, disclosure: &Disclosure, table: &Table) -> String {
    let whole = title(view, disclosure);
    let mut about = vec![whole.as_str(), &table.title];
    about.extend(table.caption.iter().map(String::as_str));
    let path = url::disclosure(disclosure);
    let files = (view.data)(view.page.path.trim_end_matches(".html"));
    written(&Dataset {
        name: &table.title,
        description: said(&about),
        whole: Some(Whole { kind: "Dataset", name: &whole, url: address(view, &path) }),
        ..dataset(view, disclosure, files)
    })
}

/// What is said of both; their name and description are still to come.
fn dataset<'a>(
    view: &'a View,
    disclosure: &'a Disclosure,
    files: Vec<(String, String)>,
) -> Dataset<'a> {
    let written = &disclosure.written;
    let is_year = written.fiscal_year.len() == 4;
    let organisation = &view.portal.organisation(disclosure).written.name;
    Dataset {
        context: "https://schema.org",
        kind: "Dataset",
        name: "",
        description: String::new(),
        url: address(view, &view.page.path),
        language: &view.portal.site.language,
        creator: Organisation { kind: "Organization", name: organisation },
        license: &view.portal.site.licence,
        published: &written.published,
        // A year that is part of two has no form there.
        year: if is_year { &written.fiscal_year } else { "" },
        whole: None,
        distribution: files.into_iter().filter_map(|file| download(view, file)).collect(),
    }
}

fn download(view: &View, (_, path): (String, String)) -> Option<Download> {
    let (_, format) = FORMATS.iter().find(|(ending, _)| path.ends_with(ending))?;
    Some(Download { kind: "DataDownload", format, url: address(view, &path) })
}

/// What a disclosure is called where nothing else is known.
fn title(view: &View, disclosure: &Disclosure) -> String {
    if !disclosure.written.title.is_empty() {
        return disclosure.written.title.clone();
    }
    let organisation = &view.portal.organisation(disclosure).written.name;
    format::beside(organisation, &format::short_title(disclosure))
}

fn said(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// The address of a path, whole where the site knows its own.
fn address(view: &View, path: &str) -> String {
    if view.portal.site.base_url.is_empty() {
        return view.link(path);
    }
    url::whole(&view.portal.site, path)
}

/// As it stands in a page: no tag begins in it.
fn written(dataset: &Dataset) -> String {
    let text = serde_json::to_string(dataset).expect("texts and lists are JSON");
    text.replace('<', "\\u003c")
}
