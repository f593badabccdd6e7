//! The catalogue of the portal: every package, with its title.

use serde::Serialize;

use super::super::{DataFile, Writer};
use crate::page::{Overview, Subject};
use crate::url::{self, Folder};

/// Where it stands.
const PATH: &str = "catalog.json";

#[derive(Serialize)]
struct Catalogue<'a> {
    name: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    datasets: Vec<Dataset<'a>>,
}

/// A package.
#[derive(Serialize)]
struct Dataset<'a> {
    name: String,
    title: String,
    organisation: &'a str,
    /// Where it is described, from here.
    package: String,
}

pub(super) fn plan(overview: &Overview) -> Vec<DataFile> {
    let file = DataFile::new(PATH.to_owned(), Subject::default(), "", Writer::Portal(write));
    super::has_packages(&overview.site).then_some(file).into_iter().collect()
}

fn write(overview: &Overview, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let mut datasets = Vec::new();
    for organisation in &overview.organisations {
        // What has neither table nor project has no package.
        let all = organisation.disclosures.iter();
        let described = all.filter(|one| one.tables + one.projects > 0);
        datasets.extend(described.map(|disclosure| Dataset {
            name: super::name(&url::own_name(disclosure), "disclosure"),
            title: crate::format::beside(&organisation.name, &disclosure.title),
            organisation: &organisation.name,
            package: format!("{}/datapackage.json", disclosure.folder()),
        }));
    }
    let catalogue = Catalogue {
        name: "catalog",
        title: &overview.site.title,
        description: &overview.site.description,
        datasets,
    };
    let mut bytes = serde_json::to_vec_pretty(&catalogue).expect("texts and lists are JSON");
    bytes.push(b'\n');
    bytes
}
