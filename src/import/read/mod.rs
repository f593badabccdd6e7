//! The bytes of a file → what stands in it (`Document`): its form is told by the bytes, then by the
//! ending of its name. Nothing else is opened, run or asked for.

mod archive;
mod cells;
mod csv;
mod date;
mod docx;
mod format;
mod formula;
mod html;
mod number;
mod ods;
mod print;
mod rectangle;
mod sheet;
mod stacked;
mod text;
mod xls;
mod xlsx;
mod xml;

use std::path::Path;

use super::document::{Document, Refusal};
use archive::Archive;

/// How an archive and a compound file begin.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Reads a file of an office program, a page or a text. It never fails: what could not be read is
/// said in `refusal`, and then nothing of it is handed on.
pub fn read(name: &str, bytes: &[u8]) -> Document {
    let document = of_form(name, bytes);
    match document.refusal {
        Some(refusal) => refused(name, refusal),
        None => document,
    }
}

/// Texts and pages are read up to this many bytes.
const LONGEST_TEXT: usize = 4 << 20;

fn of_form(name: &str, bytes: &[u8]) -> Document {
    if bytes.starts_with(ZIP) {
        return of_archive(name, bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return xls::read(name, bytes);
    }
    if bytes.is_empty() || bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf") {
        return refused(name, Refusal::UnknownForm);
    }
    if bytes.len() > LONGEST_TEXT {
        return refused(name, Refusal::TooLarge(bytes.len() as u64, LONGEST_TEXT as u64));
    }
    let Some(text) = html::decoded(bytes) else {
        return refused(name, Refusal::NoText);
    };
    match ending(name).as_str() {
        "html" | "htm" | "xhtml" => html::read(name, &text),
        // A page that a program of tables wrote may end in anything.
        _ if html::is_likely(&text) => html::read(name, &text),
        "csv" | "tsv" => csv::read(name, &text),
        "txt" | "text" | "md" => text::read(name, &text),
        _ if csv::is_likely(&text) => csv::read(name, &text),
        _ => text::read(name, &text),
    }
}

fn of_archive(name: &str, bytes: &[u8]) -> Document {
    let mut archive = match Archive::open(bytes) {
        Ok(archive) => archive,
        Err(refusal) => return refused(name, refusal),
    };
    if docx::is_one(&mut archive) {
        return docx::read(name, &mut archive);
    }
    if archive.has("[Content_Types].xml") {
        return xlsx::read(name, &mut archive);
    }
    match archive.text("mimetype") {
        Ok(kind) if kind.starts_with(ods::KIND) => ods::read(name, &mut archive),
        Ok(_) => refused(name, Refusal::UnknownForm),
        Err(refusal) => refused(name, refusal),
    }
}

fn refused(name: &str, refusal: Refusal) -> Document {
    Document { name: name.to_owned(), refusal: Some(refusal), ..Document::default() }
}

/// The ending of a file's name in small letters.
fn ending(name: &str) -> String {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.unwrap_or_default().to_ascii_lowercase()
}
