//! A data package of each disclosure (Data Package, version 2): what its CSV files for programs hold,
//! column by column, with keys, units, hashes and licence; the codes it prints with their names; the
//! whole as one archive; and a catalogue of all packages of the portal.

mod archive;
mod catalogue;
mod codes;
mod descriptor;
mod schema;

use super::{DataFile, Output, OutputScope, Writer};
use crate::content::Site;
use crate::model::{Disclosure, Portal};
use crate::page::Subject;
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "package",
    summary: "A data package of each disclosure (datapackage.json and one ZIP); it needs csv.",
    scope: OutputScope::Organisation(plan),
};

/// The catalogue of all packages.
pub(super) static CATALOGUE: Output = Output {
    name: "catalogue",
    summary: "catalog.json: the data packages of the portal; it needs csv and package.",
    scope: OutputScope::Portal(catalogue::plan),
};

/// The formats a package is made of.
const CSV: &str = "csv";

/// What the description of a package is called.
fn path_of(disclosure: &Disclosure) -> String {
    url::disclosure_data(disclosure, "datapackage", "json")
}

fn plan(portal: &Portal) -> Vec<DataFile> {
    let mut files = Vec::new();
    if !portal.site.has_output(CSV) {
        return files;
    }
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        if !is_described(disclosure) {
            continue;
        }
        let subject =
            |item| Subject { organisation: disclosure.organisation, disclosure: index, item };
        for (item, classification) in codes::classifications(disclosure).enumerate() {
            let path = codes::path(disclosure, classification);
            let writer = Writer::Organisation(codes::write);
            files.push(DataFile::new(path, subject(item), "data_codes", writer));
        }
        let path = path_of(disclosure);
        let writer = Writer::Finishing(descriptor::write);
        files.push(DataFile::new(path, subject(0), "data_package", writer));
        let path = url::disclosure_data(disclosure, &url::own_name(disclosure), "zip");
        let writer = Writer::Finishing(archive::write);
        files.push(DataFile::new(path, subject(0), "data_archive", writer));
    }
    files
}

/// Whether a disclosure has something to describe.
fn is_described(disclosure: &Disclosure) -> bool {
    !disclosure.tables.is_empty()
        || (disclosure.project_spec().is_some() && !disclosure.projects.is_empty())
}

/// Whether the portal has packages.
fn has_packages(site: &Site) -> bool {
    site.has_output(CSV) && site.has_output(OUTPUT.name)
}

/// A name as packages allow it: small letters, digits, `-`, `.` and `_`; where nothing is left of
/// it, `other`.
fn name(words: &str, other: &str) -> String {
    let plain = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() || "-._".contains(c) => c,
        _ => '-',
    };
    let name: String = words.chars().map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { other.to_owned() } else { name.to_owned() }
}
