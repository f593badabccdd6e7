//! The bytes of a file → what stands in it (`Document`): its form is told by the bytes, then by the
//! ending of its name. Nothing else is opened, run or asked for.

mod archive;
mod cells;
mod csv;
mod date;
mod format;
mod number;
mod print;
mod sheet;
mod stacked;
mod text;
mod xlsx;
mod xml;

use std::path::Path;

use crate::encoding;

use super::document::{Document, Refusal};
use archive::Archive;

/// How an archive and a compound file begin.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Reads a file of an office program, a page or a text. It never fails: what could not be read is
/// said in `refusal`.
pub fn read(name: &str, bytes: &[u8]) -> Document {
    if bytes.starts_with(ZIP) {
        return of_archive(name, bytes);
    }
    if bytes.starts_with(COMPOUND) || bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf") {
        return refused(name, Refusal::UnknownForm);
    }
    let Some(text) = encoding::decoded_text(bytes) else {
        return refused(name, Refusal::NoText);
    };
    match ending(name).as_str() {
        "csv" | "tsv" => csv::read(name, &text),
        "txt" | "md" => text::read(name, bytes),
        _ if csv::is_likely(&text) => csv::read(name, &text),
        _ => text::read(name, bytes),
    }
}

fn of_archive(name: &str, bytes: &[u8]) -> Document {
    let mut archive = match Archive::open(bytes) {
        Ok(archive) => archive,
        Err(refusal) => return refused(name, refusal),
    };
    if archive.has("[Content_Types].xml") {
        return xlsx::read(name, &mut archive);
    }
    refused(name, Refusal::UnknownForm)
}

fn refused(name: &str, refusal: Refusal) -> Document {
    Document { name: name.to_owned(), refusal: Some(refusal), ..Document::default() }
}

/// The ending of a file's name in small letters.
fn ending(name: &str) -> String {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.unwrap_or_default().to_ascii_lowercase()
}
