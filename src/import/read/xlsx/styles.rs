//! The styles of a workbook → the number format and the indent of each.

use std::collections::BTreeMap;

use crate::import::document::Refusal;

use super::super::format::Format;
use super::super::sheet::{MOST, limit};
use super::super::xml::{Node, Xml};

/// What a style says of a cell.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) format: Format,
    pub(super) indent: u32,
}

/// The styles that cells name by their place in the list.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn get(&self, index: usize) -> Option<&Style> {
        self.0.get(index)
    }
}

/// Reads the styles of cells.
pub(super) fn read(text: &str) -> Result<Styles, Refusal> {
    let mut xml = Xml::new(text);
    let mut codes: BTreeMap<usize, String> = BTreeMap::new();
    let mut styles: Vec<Style> = Vec::new();
    let mut is_of_cells = false;
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) => match element.name() {
                "numFmts" | "cellXfs" => is_of_cells = true,
                "numFmt" if is_of_cells => {
                    if let (Some(id), Some(code)) =
                        (element.number("numFmtId"), element.get("formatCode"))
                    {
                        codes.insert(id, code.into_owned());
                        limit(codes.len(), MOST)?;
                    }
                }
                "xf" if is_of_cells => {
                    let id = element.number("numFmtId").unwrap_or_default();
                    let format = match codes.get(&id) {
                        Some(code) => Format::parse(code),
                        None => Format::built_in(id),
                    };
                    styles.push(Style { format, indent: 0 });
                    limit(styles.len(), MOST)?;
                }
                "alignment" if is_of_cells => {
                    let indent =
                        element.number("indent").and_then(|indent| u32::try_from(indent).ok());
                    if let (Some(style), Some(indent)) = (styles.last_mut(), indent) {
                        style.indent = indent;
                    }
                }
                _ => {}
            },
            Node::Close(end) if matches!(end.name(), "numFmts" | "cellXfs") => is_of_cells = false,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    xml.finish("styles.xml")?;
    Ok(Styles(styles))
}
