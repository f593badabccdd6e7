//! A sheet file of OpenDocument (ISO/IEC 26300) → its sheets. It holds the text that is seen beside
//! each number.

mod cell;
mod styles;

use crate::import::document::{Cell, Document, LeftOut, Origin, Refusal, Why};

use super::archive::Archive;
use super::sheet::{MOST, Merged, Room, Sheet, Stretch, limit, shortened};
use super::xml::{Element, Node, Xml};
use cell::{Content, shorten, shown};
use styles::{Styles, printed};

/// What a file of OpenDocument says it is.
pub(super) const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

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
    let mut room = Room::default();
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "tracked-changes" => xml.skip(),
            "table" => {
                let mut table = Table::new(&element, &styles, room);
                table.read(&mut xml)?;
                document.left_out.append(&mut table.left_out);
                room = table.sheet.put_into(document)?;
            }
            _ => styles.read(&element),
        }
    }
    xml.finish("content.xml")
}

/// A table that is being read.
struct Table<'a> {
    styles: &'a Styles,
    sheet: Sheet,
    left_out: Vec<LeftOut>,
    /// The columns and the style of their cells.
    columns: Vec<(Stretch, String)>,
    /// The row and the column that come next.
    row: usize,
    column: usize,
}

impl<'a> Table<'a> {
    fn new(element: &Element, styles: &'a Styles, room: Room) -> Self {
        let style = element.get("table:style-name").unwrap_or_default();
        let mut sheet = Sheet::new(&element.get("table:name").unwrap_or_default(), room);
        sheet.is_hidden = styles.hidden_tables.contains(style.as_ref());
        let (columns, left_out) = (Vec::new(), Vec::new());
        Self { styles, sheet, left_out, columns, row: 1, column: 1 }
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
                self.sheet.push(Cell { origin, ..cell.clone() })?;
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
        let next = self.row.saturating_add(times);
        self.sheet.repeat(self.row, next)?;
        self.row = next;
        limit(self.left_out.len().saturating_add(self.sheet.merged.len()), MOST)
    }

    fn list(&mut self, texts: Vec<String>, why: Why, column: usize) {
        for text in texts {
            let row = if column == 0 { 0 } else { self.row };
            let origin = Origin { sheet: self.sheet.name.as_str().into(), table: 0, row, column };
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
