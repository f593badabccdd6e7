//! What a page of figures says of itself to search engines of data: a schema.org Dataset as JSON-LD,
//! with its files. A table says only what its page alone can: the rest stands on the page of the
//! disclosure it is part of.

use serde::Serialize;

use super::View;
use crate::format;
use crate::model::{Disclosure, Table};
use crate::url;

/// What both begin with.
#[derive(Serialize)]
struct Head<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    description: String,
    url: String,
}

#[derive(Serialize)]
struct Dataset<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    #[serde(rename = "inLanguage")]
    language: &'a str,
    creator: Organisation<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    license: &'a str,
    #[serde(rename = "datePublished", skip_serializing_if = "str::is_empty")]
    published: &'a str,
    #[serde(rename = "temporalCoverage", skip_serializing_if = "str::is_empty")]
    year: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    distribution: Vec<Download>,
}

#[derive(Serialize)]
struct TableData<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    #[serde(rename = "isPartOf")]
    whole: String,
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
struct Download {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "encodingFormat", skip_serializing_if = "str::is_empty")]
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

impl<'a> Head<'a> {
    /// A set of data by its name, and what else is said of it.
    fn of(view: &View, name: &'a str, about: &[&str]) -> Head<'a> {
        let about: Vec<&str> = about.iter().copied().filter(|part| !part.is_empty()).collect();
        let description = about.join(" · ");
        Head {
            context: "https://schema.org",
            kind: "Dataset",
            name,
            description,
            url: address(view, &view.page.path),
        }
    }
}

/// What the page of a disclosure says.
pub(super) fn of_disclosure(view: &View, disclosure: &Disclosure) -> String {
    let name = title(view, disclosure);
    let written = &disclosure.written;
    let organisation = &view.portal.organisation(disclosure).written.name;
    let files = (view.folder)(&disclosure.path);
    // A year that is part of two has no form there.
    let is_year = written.fiscal_year.len() == 4;
    as_script(&Dataset {
        head: Head::of(view, &name, &[&name, &written.source]),
        language: &view.portal.site.language,
        creator: Organisation { kind: "Organization", name: organisation },
        license: &view.portal.site.licence,
        published: &written.published,
        year: if is_year { &written.fiscal_year } else { "" },
        distribution: files.into_iter().filter_map(|(_, path)| download(view, &path)).collect(),
    })
}

/// What the page of a table says.
pub(super) fn of_table(view: &View, disclosure: &Disclosure, table: &Table) -> String {
    let files = (view.data)(view.page.path.trim_end_matches(".html"));
    let download =
        |(_, path): (String, String)| Some(Download { format: "", ..download(view, &path)? });
    as_script(&TableData {
        head: Head::of(view, &table.title, &[&short(view, disclosure), &table.title]),
        whole: address(view, &url::disclosure(disclosure)),
        distribution: files.into_iter().filter_map(download).collect(),
    })
}

fn download(view: &View, path: &str) -> Option<Download> {
    let (_, format) = FORMATS.iter().find(|(ending, _)| path.ends_with(ending))?;
    Some(Download { kind: "DataDownload", format, url: address(view, path) })
}

/// The title of a disclosure; a short one where it has none of its own.
fn title(view: &View, disclosure: &Disclosure) -> String {
    if disclosure.written.title.is_empty() {
        return short(view, disclosure);
    }
    disclosure.written.title.clone()
}

/// Whose a disclosure is, its year and stage.
fn short(view: &View, disclosure: &Disclosure) -> String {
    let organisation = &view.portal.organisation(disclosure).written.name;
    format::beside(organisation, &format::short_title(disclosure))
}

/// The address of a path, whole where the site knows its own.
fn address(view: &View, path: &str) -> String {
    if view.portal.site.base_url.is_empty() {
        return view.link(path);
    }
    url::whole(&view.portal.site, path)
}

/// As it stands in a page: no tag begins in it.
fn as_script(dataset: &impl Serialize) -> String {
    let text = serde_json::to_string(dataset).expect("texts and lists are JSON");
    text.replace('<', "\\u003c")
}
