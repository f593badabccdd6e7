//! A package in one file: its description and all it describes. Entries have the same time in every
//! build.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::descriptor;
use crate::model::Portal;
use crate::page::{MadeFiles, Subject};

/// How hard archives are squeezed, of 9: half the time of the usual 6, for files a sixth larger.
const QUICK: i64 = 1;

const TO_MEMORY: &str = "writing to memory cannot fail, and every entry has a name of its own";

/// The archive.
pub(super) fn write(portal: &Portal, subject: &Subject, files: &MadeFiles) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let resources = descriptor::resources(portal, disclosure, files);
    let description = descriptor::write(portal, subject, files);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(QUICK))
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        archive.start_file(name, options).expect(TO_MEMORY);
        archive.write_all(bytes).expect(TO_MEMORY);
    };
    add("datapackage.json", &description);
    for resource in &resources {
        add(resource.path, resource.bytes);
    }
    archive.finish().expect(TO_MEMORY).into_inner()
}
