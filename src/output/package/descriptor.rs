//! `datapackage.json`: what a package is, whose, under which licence, and each file in it.

use serde::Serialize;

use super::codes;
use super::schema::{self, Schema};
use crate::format;
use crate::model::{Disclosure, Portal};
use crate::page::{MadeFiles, Subject};
use crate::url;

/// The profile of a package: labelled values and types are read as version 2 says where it is named.
const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

#[derive(Serialize)]
struct Package<'a> {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<String>,
    organisation: &'a str,
    year: &'a str,
    stage: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    published: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Licence<'a>>,
    contributors: Vec<Contributor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source<'a>>,
    resources: Vec<Described<'a>>,
}

#[derive(Serialize)]
struct Licence<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Contributor<'a> {
    title: &'a str,
    roles: [&'static str; 1],
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
}

/// A file as the package describes it.
#[derive(Serialize)]
struct Described<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    path: &'a str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: usize,
    hash: String,
    schema: &'a Schema<'a>,
}

/// A file of a package.
pub(super) struct Resource<'a> {
    name: String,
    title: String,
    /// Its path from the description on.
    pub path: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
    digest: &'a str,
    schema: Schema<'a>,
}

/// The description.
pub(super) fn write(portal: &Portal, subject: &Subject, files: &MadeFiles) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    of(portal, disclosure, &resources(portal, disclosure, files))
}

/// The description of these files.
pub(super) fn of(portal: &Portal, disclosure: &Disclosure, resources: &[Resource]) -> Vec<u8> {
    let organisation = portal.organisation(disclosure).written.name.as_str();
    let written = &disclosure.written;
    let site = &portal.site;
    let package = Package {
        profile: PROFILE,
        name: super::name(&url::own_name(disclosure), "disclosure"),
        title: if written.title.is_empty() {
            format::beside(organisation, &format::short_title(disclosure))
        } else {
            written.title.clone()
        },
        homepage: (!site.base_url.is_empty())
            .then(|| url::whole(site, &url::disclosure(disclosure))),
        organisation,
        year: &written.fiscal_year,
        stage: &written.stage,
        published: &written.published,
        licenses: licence(&site.licence).into_iter().collect(),
        contributors: vec![Contributor { title: organisation, roles: ["publisher"] }],
        sources: [written.source.as_str()]
            .into_iter()
            .filter(|title| !title.is_empty())
            .map(|title| Source { title })
            .collect(),
        resources: resources.iter().map(described).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&package).expect("texts, numbers and lists are JSON");
    bytes.push(b'\n');
    bytes
}

fn described<'a>(resource: &'a Resource<'a>) -> Described<'a> {
    Described {
        name: &resource.name,
        kind: "table",
        title: &resource.title,
        path: resource.path,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        bytes: resource.bytes.len(),
        hash: format!("sha256:{}", resource.digest),
        schema: &resource.schema,
    }
}

/// A licence: an address, a name of the register of open licences, or words.
fn licence(written: &str) -> Option<Licence<'_>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let none = Licence { name: None, path: None, title: None };
    if written.is_empty() {
        None
    } else if written.starts_with("https://") || written.starts_with("http://") {
        Some(Licence { path: Some(written), ..none })
    } else if written.chars().all(is_name) {
        Some(Licence { name: Some(written), ..none })
    } else {
        // A licence has a name or an address; words alone are its title.
        Some(Licence { name: Some("other-licence"), title: Some(written), ..none })
    }
}

/// What the file of a table is called: not as one of the others.
fn of_table(id: &str) -> String {
    let is_other = ["projects", "indicators", "figures", "corrections"].contains(&id)
        || id.starts_with("codes-");
    if is_other { format!("table-{id}") } else { id.to_owned() }
}

/// The files of a package that were made: of tables, projects, indicators, codes, and the long one.
pub(super) fn resources<'a>(
    portal: &'a Portal,
    disclosure: &'a Disclosure,
    files: &'a MadeFiles,
) -> Vec<Resource<'a>> {
    let home = format!("{}/", disclosure.path);
    let mut all = Vec::new();
    let mut add = |name: String, title: String, path: String, schema: Schema<'a>| {
        // Its own path among the files lives as long as they do.
        if let (Some((path, bytes)), Some(digest)) = (files.get(&path), files.digest(&path)) {
            let path = path.strip_prefix(&home).unwrap_or(path);
            all.push(Resource { name, title, path, bytes, digest, schema });
        }
    };
    for table in disclosure.tables.values() {
        let path = url::table_data(disclosure, table, "data.csv");
        add(of_table(&table.spec.id), table.title.clone(), path, schema::of_table(table));
    }
    let whole = |name: &str| url::disclosure_data(disclosure, name, "data.csv");
    if let Some(spec) = disclosure.project_spec() {
        let schema = schema::of_projects(disclosure, spec);
        add("projects".to_owned(), "projects".to_owned(), whole("projects"), schema);
        let schema = schema::of_indicators(disclosure, spec);
        add("indicators".to_owned(), "indicators".to_owned(), whole("indicators"), schema);
    }
    for classification in codes::classifications(disclosure) {
        let dictionary = disclosure.profile.dictionaries.get(classification);
        let title = dictionary.map_or(classification, |dictionary| &dictionary.title);
        let name = schema::resource_of_codes(classification);
        let path = codes::path(disclosure, classification);
        add(name, title.to_owned(), path, schema::of_codes());
    }
    let name = || "corrections".to_owned();
    add(name(), name(), whole("corrections"), schema::of_corrections());
    let organisation = &portal.organisation(disclosure).written.name;
    let schema = schema::of_figures(organisation, disclosure);
    add("figures".to_owned(), "figures".to_owned(), whole("figures"), schema);
    all
}
