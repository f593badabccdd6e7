//! A package in one file: its description and all it describes.

use super::super::zipped;
use super::descriptor;
use crate::model::Portal;
use crate::page::{MadeFiles, Subject};

/// The archive.
pub(super) fn write(portal: &Portal, subject: &Subject, files: &MadeFiles) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let resources = descriptor::resources(portal, disclosure, files);
    let description = descriptor::of(portal, disclosure, &resources);
    let files = resources.iter().map(|resource| (resource.path, resource.bytes));
    zipped([("datapackage.json", description.as_slice())].into_iter().chain(files))
}
