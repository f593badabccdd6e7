//! A Word document → its paragraphs, headings with their level, and tables. Figures are read as they
//! are seen: fields show their last result, tracked changes are taken and marked, hidden words stay
//! out of the words beside them, numbers of lists are worked out. Notes, comments, heads and feet
//! of pages are listed as left out.

mod fields;
mod look;
mod numbering;
mod numerals;
mod paragraph;
mod styles;
mod symbols;
mod walk;

use std::collections::BTreeMap;
use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use self::numbering::Numbering;
use self::styles::Styles;
use self::walk::{Paragraph, Piece, Walk};
use super::cells::left_out;
use super::xml::Xml;
use crate::import::document::{Block, Document, Line, LeftOut, Origin, Refusal, Why};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads a Word document.
pub(super) fn read(name: &str, bytes: &[u8]) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            document.refusal = Some(Refusal::Broken(error.to_string()));
            return document;
        }
    };
    let main = main_part(&mut archive);
    let parts = relations(&mut archive, &main);
    let part = |kind: &str| parts.iter().find(|(_, is)| *is == kind).map(|(path, _)| path.as_str());
    let mut styles = Styles::default();
    let mut numbering = Numbering::default();
    let refusal = with_part(&mut archive, part("styles"), |xml| styles = Styles::read(xml));
    document.refusal = refusal.or_else(|| {
        with_part(&mut archive, part("numbering"), |xml| numbering = Numbering::read(xml))
    });
    if document.refusal.is_some() {
        return document;
    }
    let mut pieces = Vec::new();
    document.refusal = with_part(&mut archive, Some(&main), |xml| {
        let mut walk = Walk::new(xml, &styles, &mut numbering);
        while let Some(tag) = walk.xml.next_start() {
            match tag.word() {
                "document" => {}
                "body" => walk.blocks(&mut pieces),
                _ => walk.xml.skip(),
            }
        }
        document.left_out = walk.left_out;
    });
    take(&mut document, pieces);
    for (path, kind) in &parts {
        if document.refusal.is_none() && BESIDE.contains(&kind.as_str()) {
            let mut notes = Vec::new();
            document.refusal = with_part(&mut archive, Some(path), |xml| {
                notes = beside(xml, &styles, &mut numbering);
            });
            document.left_out.append(&mut notes);
        }
    }
    document
}

/// The parts whose words stand beside the text.
const BESIDE: [&str; 5] = ["header", "footer", "footnotes", "endnotes", "comments"];

/// Puts what was read in order: a paragraph whose end is deleted goes on in the next.
fn take(document: &mut Document, pieces: Vec<Piece>) {
    let mut open: Option<Paragraph> = None;
    for piece in pieces {
        match piece {
            Piece::Grid(grid) => {
                open.take().into_iter().for_each(|paragraph| take_paragraph(document, paragraph));
                document.blocks.push(Block::Grid(grid));
            }
            Piece::Paragraph(mut paragraph) => {
                if let Some(mut first) = open.take() {
                    first.text.push_str(&paragraph.text);
                    first.doubt = super::cells::worse(first.doubt, paragraph.doubt);
                    first.boxes.append(&mut paragraph.boxes);
                    first.is_open = paragraph.is_open;
                    paragraph = first;
                }
                if paragraph.is_open {
                    open = Some(paragraph);
                } else {
                    take_paragraph(document, paragraph);
                }
            }
        }
    }
    open.into_iter().for_each(|paragraph| take_paragraph(document, paragraph));
}

fn take_paragraph(document: &mut Document, paragraph: Paragraph) {
    let text = paragraph.text.trim();
    if paragraph.is_contents && !text.is_empty() {
        document.left_out.push(left_out(text, Why::Contents, paragraph.origin));
    } else if !text.is_empty() {
        let Paragraph { heading, origin, doubt, .. } = paragraph;
        document.blocks.push(Block::Line(Line { text: text.to_owned(), heading, origin, doubt }));
    }
    take(document, paragraph.boxes);
}

/// The words of a part that stand beside the text, note by note.
fn beside(xml: &mut Xml, styles: &Styles, numbering: &mut Numbering) -> Vec<LeftOut> {
    let mut walk = Walk::new(xml, styles, numbering);
    let mut notes = Vec::new();
    while let Some(tag) = walk.xml.next_start() {
        match tag.word() {
            "footnotes" | "endnotes" | "comments" => {}
            // The line above notes is one of them.
            "footnote" | "endnote" if tag.attribute("type").is_some_and(|kind| kind != "normal") => {
                walk.xml.skip();
            }
            _ => {
                let mut pieces = Vec::new();
                walk.blocks(&mut pieces);
                notes.push(words(pieces));
            }
        }
    }
    let mut left: Vec<LeftOut> = std::mem::take(&mut walk.left_out);
    let notes = notes.iter().filter(|note| !note.trim().is_empty());
    left.extend(notes.map(|note| left_out(note, Why::Beside, Origin::default())));
    left
}

fn words(pieces: Vec<Piece>) -> String {
    let words = pieces.into_iter().map(|piece| match piece {
        Piece::Paragraph(paragraph) => paragraph.text + " " + &words(paragraph.boxes),
        Piece::Grid(grid) => {
            let cells = grid.rows.into_iter().flatten();
            cells.map(|cell| cell.text + " ").collect()
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Reads a part if the document has it; why that cannot be done.
fn with_part(
    archive: &mut Archive,
    path: Option<&str>,
    read: impl FnOnce(&mut Xml),
) -> Option<Refusal> {
    let path = path?;
    let part = match archive.by_name(path) {
        Ok(part) => part,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            return Some(Refusal::Encrypted);
        }
        Err(error) => return Some(Refusal::Broken(format!("{path}: {error}"))),
    };
    let mut xml = Xml::new(part);
    read(&mut xml);
    xml.refusal.map(|refusal| match refusal {
        Refusal::Broken(error) => Refusal::Broken(format!("{path}: {error}")),
        refusal => refusal,
    })
}

/// The path of the part that holds the text.
fn main_part(archive: &mut Archive) -> String {
    let parts = relations(archive, "");
    let main = parts.into_iter().find(|(_, kind)| kind == "officeDocument");
    main.map_or_else(|| "word/document.xml".to_owned(), |(path, _)| path)
}

/// The parts a part names, in order of their paths, and what each is to it.
fn relations(archive: &mut Archive, of: &str) -> BTreeMap<String, String> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let path = format!("{prefix}_rels/{name}.rels");
    let mut parts = BTreeMap::new();
    with_part(archive, Some(&path), |xml| {
        while let Some(tag) = xml.next_start() {
            let target = tag.attribute("Target").filter(|_| tag.attribute("TargetMode") != Some("External"));
            let kind = tag.attribute("Type").and_then(|kind| kind.rsplit('/').next());
            if let (Some(target), Some(kind)) = (target, kind) {
                let path = match target.strip_prefix('/') {
                    Some(path) => path.to_owned(),
                    None => format!("{prefix}{target}"),
                };
                parts.insert(path, kind.to_owned());
            }
        }
    });
    parts
}
