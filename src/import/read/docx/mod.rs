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
mod table;
mod tags;
mod walk;

use self::numbering::Numbering;
use self::styles::Styles;
use self::tags::Tags;
use self::walk::{Paragraph, Piece, Walk};
use super::archive::Archive;
use super::cells::{is_directory_entry, left_out, worse};
use super::xlsx::relations;
use crate::import::document::{Block, Document, LeftOut, Line, Origin, Refusal, Why};

/// Whether an archive is a Word document, by what it says its parts are.
pub(super) fn is_one(archive: &mut Archive) -> bool {
    let types = archive.peek("[Content_Types].xml").unwrap_or_default();
    let kinds = [
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
        "ms-word.document.macroEnabled.main+xml",
        "ms-word.template.macroEnabledTemplate.main+xml",
    ];
    kinds.iter().any(|kind| types.contains(kind))
}

/// Reads a Word document.
pub(super) fn read(name: &str, archive: &mut Archive) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    document.refusal = parts(archive, &mut document).err();
    document
}

fn parts(archive: &mut Archive, document: &mut Document) -> Result<(), Refusal> {
    let roots = relations(archive, "")?;
    let root = roots.values().find(|relation| relation.kind == "officeDocument");
    let main = root.map_or("word/document.xml", |root| &root.path);
    let relations = relations(archive, main)?;
    let path =
        |kind: &str| relations.values().find(|one| one.kind == kind).map(|one| one.path.as_str());
    let (mut styles, mut numbering) = (Styles::default(), Numbering::default());
    with_part(archive, path("styles"), |tags| styles = Styles::read(tags))?;
    with_part(archive, path("numbering"), |tags| numbering = Numbering::read(tags))?;
    let mut pieces = Vec::new();
    let read = with_part(archive, Some(main), |tags| {
        let mut walk = Walk::new(tags, &styles, &mut numbering);
        while let Some(tag) = walk.xml.next_start() {
            match tag.word() {
                "document" => {}
                "body" => walk.blocks(&mut pieces),
                _ => walk.xml.skip(),
            }
        }
        document.left_out = walk.left_out;
    });
    take(document, pieces);
    read?;
    let mut beside_paths: Vec<&str> = relations
        .values()
        .filter(|one| BESIDE.contains(&one.kind.as_str()))
        .map(|one| one.path.as_str())
        .collect();
    beside_paths.sort_unstable();
    for path in beside_paths {
        let mut notes = Vec::new();
        with_part(archive, Some(path), |tags| notes = beside(tags, &styles, &mut numbering))?;
        document.left_out.append(&mut notes);
    }
    Ok(())
}

/// The parts whose words stand beside the text.
const BESIDE: [&str; 5] = ["header", "footer", "footnotes", "endnotes", "comments"];

/// Puts what was read in order: a paragraph whose end is deleted goes on in the next.
fn take(document: &mut Document, pieces: Vec<Piece>) {
    let mut open: Option<Paragraph> = None;
    for piece in pieces {
        match piece {
            Piece::Grid(grid) => {
                if let Some(paragraph) = open.take() {
                    take_paragraph(document, paragraph);
                }
                document.blocks.push(Block::Grid(grid));
            }
            Piece::Paragraph(mut paragraph) => {
                if let Some(mut first) = open.take() {
                    first.text.push_str(&paragraph.text);
                    first.doubt = worse(first.doubt, paragraph.doubt);
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
    if let Some(paragraph) = open {
        take_paragraph(document, paragraph);
    }
}

fn take_paragraph(document: &mut Document, paragraph: Paragraph) {
    let text = paragraph.text.trim();
    if (paragraph.is_contents || is_directory_entry(text)) && !text.is_empty() {
        document.left_out.push(left_out(text, Why::Contents, paragraph.origin));
    } else if !text.is_empty() {
        let Paragraph { heading, origin, doubt, .. } = paragraph;
        document.blocks.push(Block::Line(Line { text: text.to_owned(), heading, origin, doubt }));
    }
    take(document, paragraph.boxes);
}

/// The words of a part that stand beside the text, note by note.
fn beside(tags: &mut Tags, styles: &Styles, numbering: &mut Numbering) -> Vec<LeftOut> {
    let mut walk = Walk::new(tags, styles, numbering);
    let mut notes = Vec::new();
    while let Some(tag) = walk.xml.next_start() {
        match tag.word() {
            "footnotes" | "endnotes" | "comments" => {}
            // The line above notes is one of them.
            "footnote" | "endnote"
                if tag.attribute("type").is_some_and(|kind| kind != "normal") =>
            {
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

/// Reads a part, if the document has it.
fn with_part(
    archive: &mut Archive,
    path: Option<&str>,
    read: impl FnOnce(&mut Tags),
) -> Result<(), Refusal> {
    let Some(path) = path else { return Ok(()) };
    let text = archive.text(path)?;
    let mut tags = Tags::new(&text);
    read(&mut tags);
    tags.finish(path)
}
