//! A sheet file of OpenDocument (ISO/IEC 26300) → its sheets. It holds the text that is seen beside
//! each number.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::document::{Cell, CellKind, Document, Doubt, LeftOut, Origin, Refusal, Why};

use super::archive::Archive;
use super::format::Format;
use super::formula;
use super::number::Number;
use super::print;
use super::sheet::{Merged, Sheet, Stretch, shortened};
use super::xml::{Element, Node, Xml, without_layout};

/// What a file of OpenDocument says it is.
pub(super) const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A step of indentation, in tenths of a millimetre: ten points.
const STEP: u32 = 35;

/// What styles say that matters here.
#[derive(Default)]
struct Styles {
    hidden_tables: BTreeSet<String>,
    indents: BTreeMap<String, u32>,
    /// Formats of numbers that show as many digits as there are.
    general: BTreeSet<String>,
    /// Styles of cells with another format.
    formatted: BTreeSet<String>,
    /// The words above and below pages.
    printed: BTreeSet<String>,
    /// The style that is being read.
    style: String,
}

/// Reads a sheet file.
pub(super) fn read(name: &str, archive: &mut Archive) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    document.refusal = content(archive, &mut document).err();
    document
}

fn content(archive: &mut Archive, document: &mut Document) -> Result<(), Refusal> {
    if archive.text("META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(Refusal::Encrypted);
    }
    let mut styles = Styles::default();
    let text = archive.text("styles.xml")?;
    let mut xml = Xml::new(&text);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "header" | "footer" | "header-left" | "footer-left" | "header-first"
            | "footer-first" => {
                if element.get("style:display").as_deref() == Some("false") {
                    xml.skip();
                } else {
                    styles.printed.insert(printed(&mut xml));
                }
            }
            _ => styles.read(&element),
        }
    }
    xml.finish("styles.xml")?;
    for text in styles.printed.iter().filter(|text| text.chars().any(char::is_alphabetic)) {
        let (origin, text) = (Origin::default(), shortened(text));
        document.left_out.push(LeftOut { origin, why: Why::Beside, text });
    }
    tables(&archive.text("content.xml")?, styles, document)
}

fn tables(text: &str, mut styles: Styles, document: &mut Document) -> Result<(), Refusal> {
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "tracked-changes" => xml.skip(),
            "table" => {
                let mut table = Table::new(&element, &styles);
                table.read(&mut xml)?;
                document.left_out.append(&mut table.left_out);
                if let Some(refusal) = table.sheet.put_into(document) {
                    return Err(refusal);
                }
            }
            _ => styles.read(&element),
        }
    }
    xml.finish("content.xml")
}

impl Styles {
    /// Takes an element of the definition of a style.
    fn read(&mut self, element: &Element) {
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
fn printed(xml: &mut Xml) -> String {
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

/// A table that is being read.
struct Table<'a> {
    styles: &'a Styles,
    sheet: Sheet,
    left_out: Vec<LeftOut>,
    /// The columns and the style of their cells.
    columns: Vec<(Stretch, String)>,
    /// The cells of the row, and how often it stands.
    cells: Vec<Cell>,
    row: usize,
    column: usize,
}

/// What stands in an element of a cell.
#[derive(Default)]
struct Content {
    paragraphs: Vec<String>,
    notes: Vec<String>,
    drawings: Vec<String>,
}

impl<'a> Table<'a> {
    fn new(element: &Element, styles: &'a Styles) -> Self {
        let name = element.get("table:name").unwrap_or_default().into_owned();
        let style = element.get("table:style-name").unwrap_or_default();
        let is_hidden = styles.hidden_tables.contains(style.as_ref());
        let sheet = Sheet { name, is_hidden, ..Sheet::default() };
        let (columns, cells, left_out) = (Vec::new(), Vec::new(), Vec::new());
        Self { styles, sheet, left_out, columns, cells, row: 1, column: 1 }
    }

    /// Reads up to the end of the table.
    fn read(&mut self, xml: &mut Xml) -> Result<(), Refusal> {
        let outer = xml.depth();
        let mut times: usize = 1;
        while let Some(node) = xml.next() {
            match node {
                Node::Open(element) => match element.name() {
                    "table-column" => self.columns(&element),
                    "table-row" => {
                        times = repeated(&element, "table:number-rows-repeated");
                        self.column = 1;
                        if is_hidden(&element) {
                            let last = self.row.saturating_add(times).saturating_sub(1);
                            self.sheet.hidden_rows.push(Stretch { first: self.row, last });
                        }
                    }
                    "table-cell" | "covered-table-cell" => self.cell(&element, xml)?,
                    "shapes" => {
                        let mut content = Content::default();
                        content.read(xml);
                        self.list(content.drawings, Why::Picture, 0);
                    }
                    _ => {}
                },
                Node::Close(end) if end.name() == "table-row" => self.end_row(times)?,
                Node::Close(_) if xml.depth() < outer => break,
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    fn columns(&mut self, element: &Element) {
        let first = self.columns.last().map_or(1, |(before, _)| before.last.saturating_add(1));
        let count = repeated(element, "table:number-columns-repeated");
        let stretch = Stretch { first, last: first.saturating_add(count).saturating_sub(1) };
        if is_hidden(element) {
            self.sheet.hidden_columns.push(stretch);
        }
        let style = element.get("table:default-cell-style-name").unwrap_or_default();
        self.columns.push((stretch, style.into_owned()));
    }

    fn cell(&mut self, element: &Element, xml: &mut Xml) -> Result<(), Refusal> {
        let mut content = Content::default();
        content.read(xml);
        self.list(std::mem::take(&mut content.notes), Why::Beside, self.column);
        self.list(std::mem::take(&mut content.drawings), Why::Picture, self.column);
        let times = repeated(element, "table:number-columns-repeated");
        let next = self.column.saturating_add(times);
        let span = |key| element.number(key).unwrap_or(1).max(1);
        let (down, across) =
            (span("table:number-rows-spanned"), span("table:number-columns-spanned"));
        if down > 1 || across > 1 {
            let stretch = |first: usize, count: usize| Stretch {
                first,
                last: first.saturating_add(count).saturating_sub(1),
            };
            let (rows, columns) = (stretch(self.row, down), stretch(self.column, across));
            self.sheet.merged.push(Merged { rows, columns });
        }
        let mut cell = shown(element, &content);
        let style = self.style(element);
        if !self.styles.formatted.contains(&style) {
            shorten(&mut cell);
        }
        if !cell.text.is_empty() || cell.doubt.is_some() {
            cell.indent = self.styles.indents.get(&style).copied().unwrap_or_default();
            for column in self.column..next {
                let origin = Origin { column, row: self.row, ..Origin::default() };
                self.cells.push(Cell { origin, ..cell.clone() });
                self.sheet.stop_if_full(self.cells.len())?;
            }
        }
        self.column = next;
        Ok(())
    }

    /// The style of the cell that comes next.
    fn style(&self, element: &Element) -> String {
        let at = self.columns.partition_point(|(stretch, _)| stretch.last < self.column);
        let of_column = || self.columns.get(at).map(|(_, style)| style.clone());
        let own = element.get("table:style-name").map(std::borrow::Cow::into_owned);
        own.or_else(of_column).unwrap_or_default()
    }

    /// Puts the cells of a row as often as it stands.
    fn end_row(&mut self, times: usize) -> Result<(), Refusal> {
        let cells = std::mem::take(&mut self.cells);
        self.sheet.stop_if_full(cells.len().saturating_mul(times))?;
        let next = self.row.saturating_add(times);
        if !cells.is_empty() {
            for row in self.row..next {
                let moved = |cell: &Cell| Cell {
                    origin: Origin { row, ..cell.origin.clone() },
                    ..cell.clone()
                };
                self.sheet.cells.extend(cells.iter().map(moved));
            }
        }
        self.row = next;
        Ok(())
    }

    fn list(&mut self, texts: Vec<String>, why: Why, column: usize) {
        for text in texts {
            let row = if column == 0 { 0 } else { self.row };
            let origin = Origin { sheet: self.sheet.name.clone(), table: 0, row, column };
            self.left_out.push(LeftOut { origin, why, text: shortened(&text) });
        }
    }
}

/// How often an element stands; the end of a sheet is often a million empty rows.
fn repeated(element: &Element, key: &str) -> usize {
    element.number(key).unwrap_or(1).max(1)
}

fn is_hidden(element: &Element) -> bool {
    matches!(element.get("table:visibility").as_deref(), Some("collapse" | "filter"))
}

/// What is seen of a cell.
fn shown(element: &Element, content: &Content) -> Cell {
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
fn shorten(cell: &mut Cell) {
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
    fn read(&mut self, xml: &mut Xml) {
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
