//! What stands beside the cells of a sheet: notes, drawings with words, pictures.

use crate::import::document::{Document, LeftOut, Origin, Refusal, Why};

use super::super::archive::Archive;
use super::super::sheet::{MOST, limit, shortened};
use super::super::xml::{Node, Xml};
use super::sheet::place_of;
use super::{relations, strings};

/// Lists the notes and drawings of a sheet.
pub(super) fn read(
    archive: &mut Archive,
    path: &str,
    sheet: &str,
    document: &mut Document,
) -> Result<(), Refusal> {
    for relation in relations(archive, path)?.into_values() {
        let left_out = match relation.kind.as_str() {
            "comments" => notes(&archive.text(&relation.path)?, sheet),
            "drawing" => drawings(&archive.text(&relation.path)?, sheet),
            _ => continue,
        };
        document.left_out.extend(left_out?);
        limit(document.left_out.len(), MOST)?;
    }
    Ok(())
}

fn notes(text: &str, sheet: &str) -> Result<Vec<LeftOut>, Refusal> {
    let mut xml = Xml::new(text);
    let mut notes = Vec::new();
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        if element.name() == "comment" {
            let at = element.get("ref").and_then(|place| place_of(&place)).unwrap_or_default();
            let text = strings::runs(&mut xml);
            notes.push(left_out(sheet, at, Why::Beside, &text.0));
            limit(notes.len(), MOST)?;
        }
    }
    xml.finish("comments.xml")?;
    Ok(notes)
}

fn drawings(text: &str, sheet: &str) -> Result<Vec<LeftOut>, Refusal> {
    let mut xml = Xml::new(text);
    let mut drawings = Vec::new();
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        if matches!(element.name(), "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor") {
            drawings.push(drawing(&mut xml, sheet));
            limit(drawings.len(), MOST)?;
        }
    }
    xml.finish("drawing.xml")?;
    Ok(drawings)
}

/// A drawing: its words, or its name.
fn drawing(xml: &mut Xml, sheet: &str) -> LeftOut {
    let outer = xml.depth();
    let (mut row, mut column) = (0, 0);
    let (mut name, mut words) = (String::new(), String::new());
    let mut is_start = false;
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) => match element.name() {
                "from" => is_start = true,
                "to" => is_start = false,
                part @ ("row" | "col") if is_start => {
                    let is_row = part == "row";
                    let at = xml.inner_text().trim().parse::<usize>().unwrap_or_default();
                    let place = if is_row { &mut row } else { &mut column };
                    *place = at.saturating_add(1);
                }
                "cNvPr" if name.is_empty() => {
                    let described = element.get("descr").filter(|words| !words.is_empty());
                    let described = described.or_else(|| element.get("name"));
                    name = described.unwrap_or_default().into_owned();
                }
                "t" => {
                    words.push_str(&xml.inner_text());
                    words.push(' ');
                }
                _ => {}
            },
            Node::Close(_) if xml.depth() < outer => break,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    let text = if words.trim().is_empty() { name } else { words };
    left_out(sheet, (row, column), Why::Picture, &text)
}

fn left_out(sheet: &str, (row, column): (usize, usize), why: Why, text: &str) -> LeftOut {
    let origin = Origin { sheet: sheet.into(), table: 0, row, column };
    LeftOut { origin, why, text: shortened(text) }
}
