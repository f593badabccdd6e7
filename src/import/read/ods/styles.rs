//! The styles of a file of OpenDocument → what they say of sheets and cells.

use std::collections::{BTreeMap, BTreeSet};

use super::super::xml::{Element, Node, Xml};

/// A step of indentation, in tenths of a millimetre: ten points.
const STEP: u32 = 35;

/// What styles say that matters here.
#[derive(Default)]
pub(super) struct Styles {
    pub(super) hidden_tables: BTreeSet<String>,
    pub(super) indents: BTreeMap<String, u32>,
    /// Formats of numbers that show as many digits as there are.
    general: BTreeSet<String>,
    /// Styles of cells with another format.
    pub(super) formatted: BTreeSet<String>,
    /// The words above and below pages.
    pub(super) printed: BTreeSet<String>,
    /// The style that is being read.
    style: String,
}

impl Styles {
    /// Takes an element of the definition of a style.
    pub(super) fn read(&mut self, element: &Element) {
        match element.name() {
            "number-style" => {
                self.style = element.get("style:name").unwrap_or_default().into_owned();
            }
            "number" if element.get("number:decimal-places").is_none() => {
                self.general.insert(self.style.clone());
            }
            "style" => {
                self.style = element.get("style:name").unwrap_or_default().into_owned();
                let format = element.get("style:data-style-name");
                if format.is_some_and(|format| !self.general.contains(format.as_ref())) {
                    self.formatted.insert(self.style.clone());
                }
            }
            "table-properties" if element.get("table:display").as_deref() == Some("false") => {
                self.hidden_tables.insert(self.style.clone());
            }
            "paragraph-properties" => {
                let indent = element.get("fo:margin-left").and_then(|margin| steps(&margin));
                self.indents.extend(indent.map(|indent| (self.style.clone(), indent)));
            }
            _ => {}
        }
    }
}

/// The words of a header or a footer, without what stands for numbers of pages and names.
pub(super) fn printed(xml: &mut Xml) -> String {
    let (outer, mut words) = (xml.depth(), String::new());
    while let Some(node) = xml.next() {
        match node {
            Node::Text(text) => words.push_str(&text),
            Node::Open(element) => match element.name() {
                "page-number" | "page-count" | "sheet-name" | "title" | "date" | "time"
                | "file-name" => {
                    xml.skip();
                }
                "p" => words.push(' '),
                _ => {}
            },
            Node::Close(_) if xml.depth() < outer => break,
            Node::Close(_) => {}
        }
    }
    words
}

/// How many steps a margin (`0.353cm`, `0.139in`) is.
fn steps(margin: &str) -> Option<u32> {
    let unit = margin.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = margin.split_at(unit);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let thousandths: u32 =
        format!("{whole}{:0<3}", fraction.get(..3).unwrap_or(fraction)).parse().ok()?;
    let tenths = match unit {
        "cm" => thousandths / 10,
        "mm" => thousandths / 100,
        "in" => thousandths.saturating_mul(254) / 1000,
        "pt" => thousandths.saturating_mul(254) / 72_000,
        _ => return None,
    };
    Some(tenths.saturating_add(STEP / 2) / STEP)
}
