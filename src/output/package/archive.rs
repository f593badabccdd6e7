//! A package in one file: its description and all it describes.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

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

/// How hard archives are squeezed, of 9: half the time of the usual 6, for files a sixth larger.
const QUICK: i64 = 1;

/// Entries of so few bytes are not squeezed: beginning to takes longer than it saves.
const SHORT: usize = 512;

/// An archive of these entries, each a path and what it holds. They have the same time in every build.
fn zipped<'a>(entries: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    const TO_MEMORY: &str = "writing to memory cannot fail, and every entry has a name of its own";
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let squeezed =
        plain.compression_method(CompressionMethod::Deflated).compression_level(Some(QUICK));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in entries {
        let options = if bytes.len() < SHORT { plain } else { squeezed };
        archive.start_file(path, options).expect(TO_MEMORY);
        archive.write_all(bytes).expect(TO_MEMORY);
    }
    archive.finish().expect(TO_MEMORY).into_inner()
}
