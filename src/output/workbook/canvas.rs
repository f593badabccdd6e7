//! A sheet of a workbook as it is filled: values with their looks, merged cells, widths and heights.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, IgnoreError, Url, Worksheet};

use super::number::number;
use super::styles::Styles;
use super::width::{self, Tenths};
use crate::amount::Decimal;
use crate::sheet::Value;

/// Why writing cannot fail.
const FITS: &str = "a disclosure fits a sheet: rows, columns and texts were counted";

/// As many characters a cell holds.
const LONGEST: usize = 32_767;

/// So much of a text is kept of one that is longer.
const KEPT: usize = 32_000;

/// The number of A4 among papers.
const A4: u8 = 9;

/// A cell, from 0: row and column.
pub(super) type At = (usize, usize);

/// A sheet as it is filled.
pub(super) struct Canvas<'a> {
    pub sheet: Worksheet,
    pub styles: &'a Styles,
    /// How wide each column is.
    pub widths: Vec<Tenths>,
    /// How cells look, by column and row: the library compares all of a look for every cell it is
    /// given one with, so stretches of a column are given theirs at once.
    looks: Vec<Look<'a>>,
}

/// Column, row, and how the cell there looks.
type Look<'a> = (usize, usize, &'a Format);

impl<'a> Canvas<'a> {
    /// An empty sheet of a name, with its columns.
    pub(super) fn new(name: &str, styles: &'a Styles, widths: Vec<Tenths>) -> Canvas<'a> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name).expect("a name of a sheet, which was made to be one");
        sheet.set_paper_size(A4).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer("&C&P / &N");
        for (column, width) in widths.iter().enumerate() {
            // Whole units: what is a part of one is given to the column.
            let width = u32::try_from(width.div_ceil(10)).unwrap_or(u32::MAX);
            sheet.set_column_width(column_of(column), width).expect(FITS);
        }
        Canvas { sheet, styles, widths, looks: Vec::new() }
    }

    /// Writes words.
    pub(super) fn text(&mut self, at: At, text: &str, format: &'a Format) {
        let (row, column) = place(at);
        self.sheet.write_string(row, column, held(text)).expect(FITS);
        self.look(at, format);
    }

    /// States how a cell looks.
    fn look(&mut self, (row, column): At, format: &'a Format) {
        self.looks.push((column, row, format));
    }

    /// Leaves a cell of the grid empty.
    pub(super) fn blank(&mut self, at: At, format: &'a Format) {
        self.look(at, format);
    }

    /// Writes a number of the program's own.
    pub(super) fn count(&mut self, at: At, count: usize, format: &'a Format) {
        let (row, column) = place(at);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.sheet.write_number(row, column, count).expect(FITS);
        self.look(at, format);
    }

    /// Writes what a cell prints; `strong` where its row is a sum.
    pub(super) fn value(&mut self, at: At, value: Value, is_strong: bool) {
        let styles = self.styles;
        match value {
            Value::Filler | Value::Blank => self.blank(at, &styles.blank),
            Value::LineNumber(number) => self.count(at, number, &styles.number),
            Value::Figure(amount, grouped) => self.figure(at, amount, grouped, is_strong),
            Value::Code(code) => self.text(at, code, &styles.code),
            Value::NotApplicable(mark) | Value::Withheld(mark) => {
                self.text(at, mark, &styles.mark);
            }
            Value::Words(words) => self.text(at, words, &styles.words),
        }
    }

    fn figure(&mut self, at: At, amount: Decimal, grouped: bool, is_strong: bool) {
        let decimals = usize::try_from(amount.scale()).unwrap_or(usize::MAX);
        let format = self.styles.figure(decimals, grouped, is_strong);
        let (row, column) = place(at);
        if let Some(number) = number(amount) {
            self.sheet.write_number(row, column, number).expect(FITS);
            self.look(at, format);
        } else {
            let format = &self.styles.mark;
            self.text(at, &Value::Figure(amount, grouped).printed(), format);
        }
    }

    /// Writes a share in per cent, with its sign.
    pub(super) fn share(&mut self, at: At, value: Value) {
        let Value::Figure(share, _) = value else { return self.value(at, value, false) };
        let decimals = usize::try_from(share.scale()).unwrap_or(usize::MAX);
        let exact = Decimal::of(share.mantissa(), share.scale().saturating_add(2));
        let (row, column) = place(at);
        if let Some(number) = exact.and_then(number) {
            let format = self.styles.share(decimals);
            self.sheet.write_number(row, column, number).expect(FITS);
            self.look(at, format);
        } else {
            self.text(at, &format!("{share}%"), &self.styles.mark);
        }
    }

    /// Links words to a page or to another sheet.
    pub(super) fn link(&mut self, at: At, link: Url, text: &str) {
        let (row, column) = place(at);
        let link = link.set_text(held(text));
        // An address that is too long for a workbook is said without a link.
        if self.sheet.write_url_with_format(row, column, link, &self.styles.link).is_err() {
            self.text(at, text, &self.styles.said);
        }
    }

    /// Lets readers sift so many rows below a row of headings.
    pub(super) fn sift(&mut self, head: usize, rows: usize) {
        let (first, _) = place((head, 0));
        let (last, beside) = place((head + rows, self.widths.len().saturating_sub(1)));
        self.sheet.autofilter(first, 0, last, beside).expect(FITS);
    }

    /// The sheet, of so many rows: digits in it that are texts are meant to be.
    pub(super) fn done(mut self, rows: usize) -> Worksheet {
        let (last, _) = place((rows, 0));
        let beside = column_of(self.widths.len());
        let meant = IgnoreError::NumberStoredAsText;
        self.sheet.ignore_error_range(0, 0, last, beside, meant).expect(FITS);
        // What was stated of a cell last stays.
        self.looks.sort_by_key(|(column, row, _)| (*column, *row));
        let is_next = |one: &Look, other: &Look| {
            (one.0, one.1 + 1) == (other.0, other.1) && std::ptr::eq(one.2, other.2)
        };
        for stretch in self.looks.chunk_by(is_next) {
            let [(column, first, format), .., (_, last, _)] = stretch else {
                let (column, row, format) = stretch[0];
                let (row, column) = place((row, column));
                self.sheet.set_cell_format(row, column, format).expect(FITS);
                continue;
            };
            let ((first, column), (last, _)) = (place((*first, *column)), place((*last, *column)));
            self.sheet.set_range_format(first, column, last, column, format).expect(FITS);
            // A range alone does not make the sheet larger.
            self.sheet.set_cell_format(last, column, format).expect(FITS);
        }
        self.sheet
    }

    /// Words over several cells: `height` rows, `width` columns; nothing where either is 0, as a heading
    /// over no column is.
    pub(super) fn span(
        &mut self,
        at: At,
        (height, width): (usize, usize),
        text: &str,
        format: &'a Format,
    ) {
        if (height, width) == (1, 1) {
            return self.text(at, text, format);
        }
        if height == 0 || width == 0 {
            return;
        }
        let (row, column) = place(at);
        let (last_row, last_column) = place((at.0 + height - 1, at.1 + width - 1));
        self.sheet
            .merge_range(row, column, last_row, last_column, &held(text), format)
            .expect(FITS);
    }

    /// As [`Canvas::span`], a value.
    pub(super) fn span_value(&mut self, at: At, width: usize, value: Value) {
        if width > 1 {
            self.span(at, (1, width), "", &self.styles.blank);
        }
        self.value(at, value, false);
    }

    /// How wide columns are together.
    pub(super) fn wide(&self, first: usize, count: usize) -> Tenths {
        self.widths[first..first + count].iter().sum()
    }

    /// Makes a row high enough for so many lines.
    pub(super) fn high(&mut self, row: usize, lines: usize) {
        if lines > 1 {
            let height = u32::try_from(width::height(lines)).unwrap_or(u32::MAX);
            self.sheet.set_row_height(place((row, 0)).0, height).expect(FITS);
        }
    }

    /// Prints on A4 across, as many pages high as it takes, with rows that are repeated on each, and
    /// keeps them and the first columns in sight.
    pub(super) fn print_across(&mut self, repeated: std::ops::Range<usize>, kept: usize) {
        self.sheet.set_landscape().set_print_fit_to_pages(1, 0);
        self.sheet.set_print_center_horizontally(true);
        let (below, beside) = place((repeated.end, kept));
        self.sheet.set_freeze_panes(below, beside).expect(FITS);
        if let Some(last) = repeated.end.checked_sub(1).filter(|_| !repeated.is_empty()) {
            let first = place((repeated.start, 0)).0;
            self.sheet.set_repeat_rows(first, place((last, 0)).0).expect(FITS);
        }
    }
}

/// A text as a cell holds it: a longer one ends in dots, and stands whole on its page.
fn held(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    if text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= KEPT
    });
    Cow::Owned(kept.chain("……".chars()).collect())
}

fn place((row, column): At) -> (u32, u16) {
    (u32::try_from(row).unwrap_or(u32::MAX), column_of(column))
}

fn column_of(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
