//! The records of a sheet → its cells.

use crate::import::document::{Cell, CellKind, Document, Doubt, LeftOut, Origin, Refusal, Why};

use super::super::format::Format;
use super::super::print::{self, Shown};
use super::super::sheet::{Merged, Room, Sheet, Stretch, header_words, shortened};
use super::records::{Chunks, Record, Records, double_word, quad_word, word};
use super::{ListedSheet, Shared, value};

/// The kinds of drawings that matter: a picture and a note.
const PICTURE: u16 = 0x08;
const NOTE: u16 = 0x19;

/// A sheet that is being read.
struct SheetReader<'a> {
    shared: &'a Shared,
    sheet: Sheet,
    left_out: Vec<LeftOut>,
    general: Format,
    hides_zeros: bool,
    /// The kind of the drawing before.
    drawing: u16,
    /// The row, column and style of a formula whose text comes next.
    waiting: Option<(usize, usize, usize)>,
    /// Whether the value that comes next may be another one tomorrow.
    is_volatile: bool,
}

/// Reads a sheet.
pub(super) fn read(
    stream: &[u8],
    entry: &ListedSheet,
    shared: &Shared,
    room: Room,
    document: &mut Document,
) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::new(&entry.name, room);
    sheet.is_hidden = entry.is_hidden;
    let mut reading = SheetReader {
        shared,
        sheet,
        left_out: Vec::new(),
        general: Format::built_in(0),
        hides_zeros: false,
        drawing: 0,
        waiting: None,
        is_volatile: false,
    };
    let mut records = Records::at(stream, entry.place);
    let mut depth: usize = 0;
    while let Some(record) = records.next() {
        match record.kind {
            0x0809 => depth = depth.saturating_add(1),
            0x000a if depth <= 1 => break,
            0x000a => depth = depth.saturating_sub(1),
            // Charts stand inside of the sheet with records of their own.
            _ if depth > 1 => {}
            _ => reading.record(record, &mut records)?,
        }
    }
    document.left_out.append(&mut reading.left_out);
    if reading.hides_zeros {
        let is_zero = |cell: &Cell| cell.kind == CellKind::Number && is_nought(&cell.text);
        reading.sheet.hide(is_zero);
    }
    Ok(reading.sheet)
}

impl SheetReader<'_> {
    fn record(&mut self, record: Record, records: &mut Records) -> Result<(), Refusal> {
        let data = record.data;
        match record.kind {
            0x0208 => self.row(data),
            0x007d => self.columns(data),
            0x00e5 => self.merged(data),
            // Whether noughts are shown.
            0x023e => self.hides_zeros = word(data, 0).is_some_and(|flags| flags & 0x10 == 0),
            0x0014 | 0x0015 => {
                let width = if self.is_unicode() { 2 } else { 1 };
                let words = header_words(&self.shared.encoding.read(data, Vec::new(), width));
                if !words.is_empty() {
                    self.list(Why::Beside, &words);
                }
            }
            0x005d => self.drawing(word(data, 4).unwrap_or_default()),
            0x01b6 => self.words(data, records.continued()),
            0x00bd => self.packed_numbers(data)?,
            0x0207 => {
                if let Some((row, column, style)) = self.waiting.take() {
                    let more = records.continued();
                    let text = self.shared.encoding.read(data, more, 2);
                    self.text(row, column, style, &text)?;
                }
            }
            _ => self.cell(record)?,
        }
        Ok(())
    }

    fn is_unicode(&self) -> bool {
        matches!(self.shared.encoding, super::records::Strings::Unicode)
    }

    fn row(&mut self, data: &[u8]) {
        if let (Some(row), Some(flags)) = (word(data, 0), data.get(12))
            && flags & 0x20 != 0
        {
            self.sheet.hidden_rows.push(Stretch::one(usize::from(row).saturating_add(1)));
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let (Some(first), Some(last), Some(width), Some(flags)) =
            (word(data, 0), word(data, 2), word(data, 4), word(data, 8))
        else {
            return;
        };
        if flags & 1 == 1 || width == 0 {
            let at = |column: u16| usize::from(column).saturating_add(1);
            self.sheet.hidden_columns.push(Stretch { first: at(first), last: at(last) });
        }
    }

    fn merged(&mut self, data: &[u8]) {
        for area in data.get(2..).unwrap_or_default().chunks_exact(8) {
            let at =
                |place: usize| usize::from(word(area, place).unwrap_or_default()).saturating_add(1);
            let rows = Stretch { first: at(0), last: at(2) };
            self.sheet.merged.push(Merged { rows, columns: Stretch { first: at(4), last: at(6) } });
        }
    }

    fn drawing(&mut self, kind: u16) {
        self.drawing = kind;
        if kind == PICTURE {
            self.list(Why::Picture, "");
        }
    }

    /// The words of a note or a drawing.
    fn words(&mut self, data: &[u8], more: Vec<&[u8]>) {
        let count = usize::from(word(data, 10).unwrap_or_default());
        let text = Chunks::new(&[], more).characters(count, false);
        let why = if self.drawing == NOTE { Why::Beside } else { Why::Picture };
        if !text.trim().is_empty() {
            self.list(why, &shortened(&text));
        }
    }

    fn list(&mut self, why: Why, text: &str) {
        let origin = Origin { sheet: self.sheet.name.as_str().into(), ..Origin::default() };
        self.left_out.push(LeftOut { origin, why, text: text.to_owned() });
    }

    /// Several numbers beside each other.
    fn packed_numbers(&mut self, data: &[u8]) -> Result<(), Refusal> {
        let (Some(row), Some(column)) = (word(data, 0), word(data, 2)) else { return Ok(()) };
        let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (at, number) in numbers.chunks_exact(6).enumerate() {
            let style = usize::from(word(number, 0).unwrap_or_default());
            let place = usize::from(column).saturating_add(at).saturating_add(1);
            let text = double_word(number, 2).and_then(value::of_packed);
            self.number(usize::from(row).saturating_add(1), place, style, text)?;
        }
        Ok(())
    }

    /// A record of one cell; all begin with its row, its column and its style.
    fn cell(&mut self, record: Record) -> Result<(), Refusal> {
        let data = record.data;
        let at = |place: usize| word(data, place).map(usize::from);
        let (Some(row), Some(column), Some(style)) = (at(0), at(2), at(4)) else { return Ok(()) };
        let (row, column) = (row.saturating_add(1), column.saturating_add(1));
        match record.kind {
            0x0203 => self.number(row, column, style, quad_word(data, 6).and_then(value::of_bits)),
            0x027e => {
                self.number(row, column, style, double_word(data, 6).and_then(value::of_packed))
            }
            0x00fd => {
                let index = double_word(data, 6).and_then(|index| usize::try_from(index).ok());
                let text = index.and_then(|index| self.shared.strings.get(index)).cloned();
                self.text(row, column, style, &text.unwrap_or_default())
            }
            0x0204 | 0x00d6 => {
                let rest = data.get(6..).unwrap_or_default();
                let text = self.shared.encoding.read(rest, Vec::new(), 2);
                self.text(row, column, style, &text)
            }
            0x0205 => {
                let value = data.get(6).copied().unwrap_or_default();
                let shown = if data.get(7) == Some(&1) { error(value) } else { flag(value) };
                self.put(row, column, style, shown)
            }
            0x0006 | 0x0206 | 0x0406 => self.formula(row, column, style, data),
            _ => Ok(()),
        }
    }

    fn formula(
        &mut self,
        row: usize,
        column: usize,
        style: usize,
        data: &[u8],
    ) -> Result<(), Refusal> {
        let result = data.get(6..14).unwrap_or_default();
        // The first sign of the formula says that it is worked out on every change.
        let first = (data.get(22), data.get(23));
        self.is_volatile = matches!(first, (Some(0x19), Some(flags)) if flags & 1 == 1);
        match result {
            [0, .., 0xff, 0xff] => self.waiting = Some((row, column, style)),
            [1, _, value, .., 0xff, 0xff] => self.put(row, column, style, flag(*value))?,
            [2, _, value, .., 0xff, 0xff] => self.put(row, column, style, error(*value))?,
            [_, .., 0xff, 0xff] => self.is_volatile = false,
            _ => self.number(row, column, style, quad_word(result, 0).and_then(value::of_bits))?,
        }
        Ok(())
    }

    fn number(
        &mut self,
        row: usize,
        column: usize,
        style: usize,
        text: Option<String>,
    ) -> Result<(), Refusal> {
        let format = self.shared.styles.get(style).map_or(&self.general, |style| &style.format);
        let shown = match text {
            Some(text) => print::number(format, &text, self.shared.is_1904),
            None => error(0x24),
        };
        self.put(row, column, style, shown)
    }

    fn text(&mut self, row: usize, column: usize, style: usize, text: &str) -> Result<(), Refusal> {
        let format = self.shared.styles.get(style).map_or(&self.general, |style| &style.format);
        let text = print::text(format, &text.replace("\r\n", "\n"));
        self.put(row, column, style, Shown { text, kind: CellKind::Text, doubt: None })
    }

    fn put(
        &mut self,
        row: usize,
        column: usize,
        style: usize,
        shown: Shown,
    ) -> Result<(), Refusal> {
        let volatile = std::mem::take(&mut self.is_volatile).then_some(Doubt::Volatile);
        if shown.text.is_empty() && shown.doubt.is_none() {
            return Ok(());
        }
        let indent = self.shared.styles.get(style).map_or(0, |style| style.indent);
        let origin = Origin { row, column, ..Origin::default() };
        let (text, kind, doubt) = (shown.text, shown.kind, shown.doubt.or(volatile));
        self.sheet.push(Cell { text, kind, indent, origin, doubt, ..Cell::default() })
    }
}

/// Whether a shown number is nought.
fn is_nought(text: &str) -> bool {
    text.contains('0') && !text.contains(|c: char| ('1'..='9').contains(&c))
}

fn flag(value: u8) -> Shown {
    let text = if value == 0 { "FALSE" } else { "TRUE" };
    Shown { text: text.to_owned(), kind: CellKind::Flag, doubt: None }
}

fn error(code: u8) -> Shown {
    let text = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x2a => "#N/A",
        _ => "#NUM!",
    };
    Shown { text: text.to_owned(), kind: CellKind::Error, doubt: Some(Doubt::Error) }
}
