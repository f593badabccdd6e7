//! The XML of a sheet → its cells.

use std::collections::BTreeSet;

use crate::import::document::{Cell, CellKind, Document, Doubt, LeftOut, Origin, Refusal, Why};

use super::super::format::Format;
use super::super::formula;
use super::super::print::{self, Shown};
use super::super::sheet::{MOST, Merged, Sheet, Stretch, header_words, limit};
use super::super::xml::{Element, Node, Xml};
use super::{Shared, strings};

/// As many rows and columns as any office program has.
const ROWS: usize = 1_048_576;
const COLUMNS: usize = 16_384;

/// A sheet that is being read.
struct SheetReader<'a> {
    shared: &'a Shared,
    sheet: Sheet,
    /// The row and column of the cell before.
    row: usize,
    column: usize,
    /// Shared formulas that change by the day.
    volatile: BTreeSet<String>,
    /// Whether cells of nought are shown empty.
    hides_zeros: bool,
    general: Format,
}

/// What stands in the XML of a cell.
#[derive(Default)]
struct Stored {
    kind: String,
    value: Option<String>,
    has_formula: bool,
    is_volatile: bool,
    /// Whether words in it are struck out.
    is_struck: bool,
}

/// Reads a sheet; what is printed above and below its pages is listed.
pub(super) fn read(
    text: &str,
    sheet: Sheet,
    shared: &Shared,
    document: &mut Document,
) -> Result<Sheet, Refusal> {
    let mut xml = Xml::new(text);
    let name = sheet.name.clone();
    let mut reading = SheetReader {
        shared,
        sheet,
        row: 0,
        column: 0,
        volatile: BTreeSet::new(),
        hides_zeros: false,
        general: Format::built_in(0),
    };
    let mut headers = Vec::new();
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "sheetView" => reading.hides_zeros = element.get("showZeros").as_deref() == Some("0"),
            "col" => reading.columns(&element),
            "row" => reading.begin_row(&element)?,
            "c" => reading.cell(&element, &mut xml)?,
            "mergeCell" => {
                let area = element.get("ref").and_then(|area| merged(&area));
                reading.sheet.merged.extend(area);
                limit(reading.sheet.merged.len(), MOST)?;
            }
            "oddHeader" | "evenHeader" | "firstHeader" | "oddFooter" | "evenFooter"
            | "firstFooter" => {
                headers.push(header_words(&xml.inner_text()));
            }
            _ => {}
        }
    }
    xml.finish(&name)?;
    headers.retain(|words| !words.is_empty());
    headers.dedup();
    for text in headers {
        let origin = Origin { sheet: name.as_str().into(), ..Origin::default() };
        document.left_out.push(LeftOut { origin, why: Why::Beside, text });
    }
    Ok(reading.sheet)
}

impl SheetReader<'_> {
    fn columns(&mut self, element: &Element) {
        let is_narrow = element.get("width").is_some_and(|width| is_nought(&width));
        if !element.is_on("hidden") && !is_narrow {
            return;
        }
        if let (Some(first), Some(last)) = (element.number("min"), element.number("max")) {
            self.sheet.hidden_columns.push(Stretch { first, last: last.min(COLUMNS) });
        }
    }

    fn begin_row(&mut self, element: &Element) -> Result<(), Refusal> {
        self.row = element.number("r").unwrap_or_else(|| self.row.saturating_add(1));
        self.column = 0;
        if self.row > ROWS {
            return Err(too_many(self.row, ROWS));
        }
        let is_flat = element.get("ht").is_some_and(|height| is_nought(&height));
        if element.is_on("hidden") || is_flat {
            self.sheet.hidden_rows.push(Stretch::one(self.row));
        }
        Ok(())
    }

    fn cell(&mut self, element: &Element, xml: &mut Xml) -> Result<(), Refusal> {
        let next = (self.row.max(1), self.column.saturating_add(1));
        let [place, style, kind] = element.all(["r", "s", "t"]);
        let (row, column) = place.and_then(|place| place_of(&place)).unwrap_or(next);
        self.column = column;
        if row > ROWS || column > COLUMNS {
            return Err(if row > ROWS { too_many(row, ROWS) } else { too_many(column, COLUMNS) });
        }
        let style = style.and_then(|style| style.trim().parse().ok()).unwrap_or_default();
        let style = self.shared.styles.get(style);
        let kind = kind.unwrap_or_default().into_owned();
        let stored = self.stored(kind, xml);
        let format = style.map_or(&self.general, |style| &style.format);
        let mut shown = self.shown(&stored, format);
        if shown.text.is_empty() && shown.doubt.is_none() {
            return Ok(());
        }
        if stored.is_volatile {
            shown.doubt = shown.doubt.or(Some(Doubt::Volatile));
        }
        if !shown.text.trim().is_empty() {
            shown.doubt = shown.doubt.or(style.and_then(|style| style.look));
        }
        self.sheet.push(Cell {
            text: shown.text,
            kind: shown.kind,
            doubt: shown.doubt,
            indent: style.map_or(0, |style| style.indent),
            origin: Origin { row, column, ..Origin::default() },
            ..Cell::default()
        })
    }

    /// What stands in a cell.
    fn stored(&mut self, kind: String, xml: &mut Xml) -> Stored {
        let mut stored = Stored { kind, ..Stored::default() };
        let outer = xml.depth();
        while let Some(node) = xml.next() {
            match node {
                Node::Open(element) if element.name() == "v" => {
                    stored.value = Some(xml.inner_text());
                }
                Node::Open(element) if element.name() == "is" => {
                    let (text, is_struck) = strings::runs(xml);
                    (stored.value, stored.is_struck) = (Some(text), is_struck);
                }
                Node::Open(element) if element.name() == "f" => {
                    stored.has_formula = true;
                    let group = element.get("si").unwrap_or_default().into_owned();
                    stored.is_volatile = formula::is_volatile(&xml.inner_text());
                    if stored.is_volatile && !group.is_empty() {
                        self.volatile.insert(group);
                    } else {
                        stored.is_volatile |= self.volatile.contains(&group);
                    }
                }
                Node::Close(_) if xml.depth() < outer => break,
                Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
            }
        }
        stored
    }

    /// What is seen of a cell.
    fn shown(&self, stored: &Stored, format: &Format) -> Shown {
        let value = stored.value.as_deref().unwrap_or_default();
        let words = |text: &str, is_struck: bool| Shown {
            text: print::text(format, text),
            kind: CellKind::Text,
            doubt: is_struck.then_some(Doubt::Struck),
        };
        match stored.kind.as_str() {
            "s" => {
                let index = value.trim().parse::<usize>().ok();
                match index.and_then(|at| self.shared.strings.get(at)) {
                    Some((text, is_struck)) => words(text, is_struck),
                    // A damaged file names a text it does not hold.
                    None => Shown {
                        text: String::new(),
                        kind: CellKind::Error,
                        doubt: Some(Doubt::Error),
                    },
                }
            }
            "str" if stored.value.is_some() => words(&strings::unescaped(value), false),
            "inlineStr" => words(value, stored.is_struck),
            "e" => {
                Shown { text: value.to_owned(), kind: CellKind::Error, doubt: Some(Doubt::Error) }
            }
            "b" => {
                let text = if value.trim() == "1" { "TRUE" } else { "FALSE" };
                Shown { text: text.to_owned(), kind: CellKind::Flag, doubt: None }
            }
            "d" => Shown { text: value.trim().to_owned(), kind: CellKind::Date, doubt: None },
            _ if value.is_empty() => {
                let doubt = stored.has_formula.then_some(Doubt::Unvalued);
                Shown { text: String::new(), kind: CellKind::Empty, doubt }
            }
            _ => self.number(stored, value, format),
        }
    }

    fn number(&self, stored: &Stored, value: &str, format: &Format) -> Shown {
        let mut shown = print::number(format, value, self.shared.is_1904);
        let is_zero = value.trim() == "0";
        if is_zero && self.hides_zeros {
            shown.text.clear();
        }
        // Programs that cannot work formulas out leave nought and ask for it to be done.
        if is_zero && stored.has_formula && self.shared.is_unvalued {
            shown.doubt = Some(Doubt::Unvalued);
        }
        shown
    }
}

fn too_many(seen: usize, most: usize) -> Refusal {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Refusal::TooMany(count(seen), count(most))
}

/// Whether a width or a height is nought.
fn is_nought(measure: &str) -> bool {
    !measure.is_empty() && measure.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

/// The row and the column of `B7`.
pub(super) fn place_of(place: &str) -> Option<(usize, usize)> {
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = place.split_at(digits);
    let add = |sum: usize, letter: u8| {
        let value = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        (value < 26).then(|| sum.saturating_mul(26).saturating_add(value).saturating_add(1))
    };
    let column = letters.bytes().filter(|byte| *byte != b'$').try_fold(0, add)?;
    let row = digits.parse().ok().filter(|row| *row > 0)?;
    (column > 0).then_some((row, column))
}

fn merged(area: &str) -> Option<Merged> {
    let (from, to) = area.split_once(':').unwrap_or((area, area));
    let ((top, left), (bottom, right)) = (place_of(from)?, place_of(to)?);
    let rows = Stretch { first: top, last: bottom };
    Some(Merged { rows, columns: Stretch { first: left, last: right } })
}
