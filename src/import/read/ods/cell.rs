//! The XML of a cell of OpenDocument → what is seen of it.

use crate::import::document::{Cell, CellKind, Doubt};

use super::super::format::Format;
use super::super::formula;
use super::super::number::Number;
use super::super::print;
use super::super::xml::{Element, Node, Xml, without_layout};

/// What stands in an element of a cell.
#[derive(Default)]
pub(super) struct Content {
    pub(super) paragraphs: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) drawings: Vec<String>,
}

/// What is seen of a cell.
pub(super) fn shown(element: &Element, content: &Content) -> Cell {
    let text = content.paragraphs.join("\n");
    let formula = element.get("table:formula");
    let kind = match element.get("office:value-type").as_deref() {
        _ if element.get("calcext:value-type").as_deref() == Some("error") => CellKind::Error,
        Some("float" | "percentage" | "currency") => CellKind::Number,
        Some("date" | "time") => CellKind::Date,
        Some("boolean") => CellKind::Flag,
        _ if text.is_empty() => CellKind::Empty,
        _ => CellKind::Text,
    };
    let value = element.get("office:value");
    let mut cell = Cell { text, kind, ..Cell::default() };
    match (kind, value) {
        (CellKind::Error, _) => cell.doubt = Some(Doubt::Error),
        // Some programs leave out the text that is seen.
        (CellKind::Number, Some(value)) if content.paragraphs.is_empty() => {
            cell.text = print::number(&Format::built_in(0), &value, false).text;
            cell.doubt = Some(Doubt::Format);
        }
        (CellKind::Number, Some(value)) if cell.text.trim().is_empty() => {
            let is_zero = value.trim().bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-'));
            cell.doubt = (!is_zero).then_some(Doubt::Hidden);
        }
        (CellKind::Date, _) if content.paragraphs.is_empty() => {
            let date =
                element.get("office:date-value").or_else(|| element.get("office:time-value"));
            cell.text = date.unwrap_or_default().into_owned();
            cell.doubt = Some(Doubt::Format);
        }
        (CellKind::Empty, _) if formula.is_some() && element.get("office:value-type").is_none() => {
            cell.doubt = Some(Doubt::Unvalued);
        }
        _ => {}
    }
    if kind != CellKind::Text {
        cell.text = cell.text.trim().to_owned();
    }
    if formula.is_some_and(|formula| formula::is_volatile(&formula)) {
        cell.doubt = cell.doubt.or(Some(Doubt::Volatile));
    }
    cell
}

/// Shows a long number of the general format as a column shows it.
pub(super) fn shorten(cell: &mut Cell) {
    if cell.kind != CellKind::Number || cell.doubt.is_some() {
        return;
    }
    let number = Number::read(&cell.text).filter(|(number, _)| number.plain() == cell.text);
    if let Some((number, _)) = number {
        let (text, is_certain) = number.general();
        cell.text = text;
        cell.doubt = (!is_certain).then_some(Doubt::Digits);
    }
}

impl Content {
    /// Reads up to the end of the element that was opened last.
    pub(super) fn read(&mut self, xml: &mut Xml) {
        let outer = xml.depth();
        while let Some(node) = xml.next() {
            match node {
                Node::Open(element) => match element.name() {
                    "p" => self.paragraphs.push(paragraph(xml)),
                    "annotation" => self.notes.push(xml.inner_text()),
                    "frame" | "custom-shape" | "rect" | "ellipse" | "line" | "g" | "control" => {
                        let name = element.get("draw:name").unwrap_or_default().into_owned();
                        let words = xml.inner_text();
                        self.drawings.push(if words.trim().is_empty() { name } else { words });
                    }
                    _ => {}
                },
                Node::Close(_) if xml.depth() < outer => break,
                Node::Close(_) | Node::Text(_) => {}
            }
        }
    }
}

/// The text of a paragraph. Blanks in a row stay: LibreOffice writes those of fonts that mix so, and
/// shows them; line ends and tabs set the XML out.
fn paragraph(xml: &mut Xml) -> String {
    let (outer, mut text) = (xml.depth(), String::new());
    while let Some(node) = xml.next() {
        match node {
            Node::Text(part) => text.push_str(&without_layout(&part).replace(['\n', '\t'], " ")),
            Node::Open(element) => match element.name() {
                "s" => {
                    let count = element.number("text:c").unwrap_or(1).min(1000);
                    text.extend(std::iter::repeat_n(' ', count));
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "ruby-text" | "annotation" | "note" => xml.skip(),
                _ => {}
            },
            Node::Close(_) if xml.depth() < outer => break,
            Node::Close(_) => {}
        }
    }
    text
}
