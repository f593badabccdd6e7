//! The styles of a workbook → the number format and the indent of each, and what they do to what is seen.

use std::collections::BTreeMap;

use crate::import::document::{Doubt, Refusal};

use super::super::format::Format;
use super::super::sheet::{MOST, limit};
use super::super::xml::{Element, Node, Xml};
use super::strings::is_set;

/// What a style says of a cell.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) format: Format,
    pub(super) indent: u32,
    /// Whether it strikes its cell out, or shows it as white as the sheet.
    pub(super) look: Option<Doubt>,
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
    let mut looks = Looks::default();
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
                    let look = looks.of(&element);
                    styles.push(Style { format, indent: 0, look });
                    limit(styles.len(), MOST)?;
                }
                "alignment" if is_of_cells => {
                    let indent =
                        element.number("indent").and_then(|indent| u32::try_from(indent).ok());
                    if let (Some(style), Some(indent)) = (styles.last_mut(), indent) {
                        style.indent = indent;
                    }
                }
                _ if !is_of_cells => looks.read(&element)?,
                _ => {}
            },
            Node::Close(end) if matches!(end.name(), "numFmts" | "cellXfs") => is_of_cells = false,
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    xml.finish("styles.xml")?;
    Ok(Styles(styles))
}

/// The fonts and the backgrounds of a workbook, as far as they hide what stands in a cell.
#[derive(Default)]
struct Looks {
    /// Of each font, whether it strikes out and whether it is white.
    fonts: Vec<(bool, bool)>,
    /// Of each background, whether it is white or none.
    fills: Vec<bool>,
}

impl Looks {
    /// Takes an element of the lists before the styles.
    fn read(&mut self, element: &Element) -> Result<(), Refusal> {
        match (element.name(), self.fonts.last_mut(), self.fills.last_mut()) {
            ("font", ..) => self.fonts.push((false, false)),
            ("fill", ..) => self.fills.push(true),
            ("strike", Some(font), None) => font.0 = is_set(element),
            ("color", Some(font), None) => font.1 = is_white(element),
            ("patternFill", _, Some(fill)) => {
                let kind = element.get("patternType");
                *fill = kind.is_none_or(|kind| kind == "none");
            }
            ("fgColor", _, Some(fill)) => *fill |= is_white(element),
            ("gradientFill", _, Some(fill)) => *fill = false,
            _ => {}
        }
        limit(self.fonts.len().max(self.fills.len()), MOST)
    }

    /// What the font and the background of a style do to what is seen.
    fn of(&self, style: &Element) -> Option<Doubt> {
        let index = |key| style.number(key).unwrap_or_default();
        let (is_struck, is_white) = self.fonts.get(index("fontId")).copied().unwrap_or_default();
        let is_on_white = self.fills.get(index("fillId")).copied().unwrap_or(true);
        if is_struck {
            Some(Doubt::Struck)
        } else {
            (is_white && is_on_white).then_some(Doubt::Hidden)
        }
    }
}

/// Whether a colour is white: by its name, or the first of a theme.
fn is_white(element: &Element) -> bool {
    let is_named = element.get("rgb").is_some_and(|rgb| rgb.ends_with("FFFFFF"));
    let has_tint = element.get("tint").is_some_and(|tint| tint.trim() != "0");
    is_named || (element.get("theme").as_deref() == Some("0") && !has_tint)
}
