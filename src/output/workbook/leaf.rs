//! A sheet of a workbook: its cells, and how it is shown and printed → its XML (ECMA-376, part 1, 18.3).

use std::fmt::Write;
use std::ops::Range;

use super::styles::Look;
use super::texts::escape;
use super::width::Tenths;
use crate::amount::Decimal;

/// A cell, from 0: row and column.
pub(super) type At = (usize, usize);

/// What stands in a cell.
#[derive(Clone, Copy)]
pub(super) enum Content {
    Nothing,
    /// A text, by its number among those of the workbook.
    Text(usize),
    Number(Decimal),
    Count(usize),
}

struct Cell {
    column: usize,
    look: Look,
    content: Content,
}

#[derive(Default)]
struct Row {
    cells: Vec<Cell>,
    /// In points; 0 where it is as high as others.
    height: usize,
}

/// Where a cell leads.
pub(super) enum Target {
    /// To a sheet of the workbook.
    Sheet(String),
    /// To a page.
    Page(String),
}

/// A sheet.
#[derive(Default)]
pub(super) struct Leaf {
    pub name: String,
    /// How wide each column is.
    pub widths: Vec<Tenths>,
    rows: Vec<Row>,
    /// The first and the last cell of each merged area.
    merged: Vec<(At, At)>,
    pub links: Vec<(At, Target)>,
    pub is_landscape: bool,
    pub is_centred: bool,
    pub hides_grid: bool,
    /// How many rows and columns stay in sight.
    pub frozen: At,
    /// The rows that are printed on each page.
    pub repeated: Range<usize>,
    /// The rows before which a page ends.
    pub breaks: Vec<usize>,
    /// The first and the last cell of what is sifted.
    pub sifted: Option<(At, At)>,
}

impl Leaf {
    /// An empty sheet of a name, with its columns.
    pub(super) fn new(name: &str, widths: Vec<Tenths>) -> Leaf {
        Leaf { name: name.to_owned(), widths, ..Leaf::default() }
    }

    /// States a cell: what was stated of it last stays.
    pub(super) fn put(&mut self, (row, column): At, look: Look, content: Content) {
        self.row(row).cells.push(Cell { column, look, content });
    }

    /// Merges an area: its first cell is stated, the others are empty.
    pub(super) fn merge(&mut self, first: At, last: At, look: Look, content: Content) {
        for row in first.0..=last.0 {
            for column in first.1..=last.1 {
                let is_first = (row, column) == first;
                let content = if is_first { content } else { Content::Nothing };
                self.put((row, column), look, content);
            }
        }
        self.merged.push((first, last));
    }

    /// Makes a row so many points high.
    pub(super) fn high(&mut self, row: usize, points: usize) {
        self.row(row).height = points;
    }

    fn row(&mut self, row: usize) -> &mut Row {
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Row::default);
        }
        &mut self.rows[row]
    }

    /// Its XML; `is_first` where it is the one that is open when the workbook is opened.
    pub(super) fn xml(&mut self, is_first: bool) -> String {
        let columns = self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + 1);
        let columns = columns.max().unwrap_or(1).max(self.widths.len());
        let last = (self.rows.len().saturating_sub(1), columns - 1);
        let mut out = String::with_capacity(2048 + self.rows.len() * columns * 28);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        push(&mut out, format_args!("<dimension ref=\"A1:{}\"/>", place(last)));
        self.view(&mut out, is_first);
        self.columns(&mut out);
        self.cells(&mut out, columns);
        self.areas(&mut out);
        self.page(&mut out);
        // Digits in it that are texts are meant to be.
        push(
            &mut out,
            format_args!(
                "<ignoredErrors><ignoredError sqref=\"A1:{}\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>",
                place(last)
            ),
        );
        out
    }

    fn view(&self, out: &mut String, is_first: bool) {
        let grid = if self.hides_grid { " showGridLines=\"0\"" } else { "" };
        let open = if is_first { " tabSelected=\"1\"" } else { "" };
        push(out, format_args!("<sheetViews><sheetView{grid}{open} workbookViewId=\"0\">"));
        let (rows, columns) = self.frozen;
        if (rows, columns) != (0, 0) {
            let part = match (rows, columns) {
                (0, _) => "topRight",
                (_, 0) => "bottomLeft",
                _ => "bottomRight",
            };
            out.push_str("<pane");
            for (name, count) in [("xSplit", columns), ("ySplit", rows)] {
                if count > 0 {
                    push(out, format_args!(" {name}=\"{count}\""));
                }
            }
            let top = place(self.frozen);
            push(
                out,
                format_args!(
                    " topLeftCell=\"{top}\" activePane=\"{part}\" state=\"frozen\"/><selection pane=\"{part}\" activeCell=\"{top}\" sqref=\"{top}\"/>"
                ),
            );
        }
        out.push_str("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>");
    }

    fn columns(&self, out: &mut String) {
        if self.widths.is_empty() {
            return;
        }
        out.push_str("<cols>");
        for (at, width) in self.widths.iter().enumerate() {
            // Whole units: what is a part of one is given to the column. Behind the point stands what
            // an office program keeps free beside a text.
            let (at, width) = (at + 1, width.div_ceil(10));
            push(
                out,
                format_args!(
                    "<col min=\"{at}\" max=\"{at}\" width=\"{width}.7109375\" customWidth=\"1\"/>"
                ),
            );
        }
        out.push_str("</cols>");
    }

    fn cells(&mut self, out: &mut String, columns: usize) {
        let names: Vec<String> = (0..columns).map(column_name).collect();
        out.push_str("<sheetData>");
        for (at, row) in self.rows.iter_mut().enumerate() {
            if row.cells.is_empty() && row.height == 0 {
                continue;
            }
            let number = (at + 1).to_string();
            out.extend(["<row r=\"", &number, "\""]);
            if row.height > 0 {
                push(out, format_args!(" ht=\"{}\" customHeight=\"1\"", row.height));
            }
            out.push('>');
            in_order(&mut row.cells);
            for cell in &row.cells {
                out.extend(["<c r=\"", &names[cell.column], &number, "\" s=\""]);
                push_count(out, cell.look.index());
                match cell.content {
                    Content::Nothing => out.push_str("\"/>"),
                    Content::Text(id) => {
                        out.push_str("\" t=\"s\"><v>");
                        push_count(out, id);
                        out.push_str("</v></c>");
                    }
                    Content::Number(number) => {
                        push(out, format_args!("\"><v>{number}</v></c>"));
                    }
                    Content::Count(count) => {
                        out.push_str("\"><v>");
                        push_count(out, count);
                        out.push_str("</v></c>");
                    }
                }
            }
            out.push_str("</row>");
        }
        out.push_str("</sheetData>");
    }

    /// What is sifted, what is merged, what leads elsewhere.
    fn areas(&self, out: &mut String) {
        if let Some((first, last)) = self.sifted {
            push(out, format_args!("<autoFilter ref=\"{}:{}\"/>", place(first), place(last)));
        }
        if !self.merged.is_empty() {
            push(out, format_args!("<mergeCells count=\"{}\">", self.merged.len()));
            for (first, last) in &self.merged {
                push(out, format_args!("<mergeCell ref=\"{}:{}\"/>", place(*first), place(*last)));
            }
            out.push_str("</mergeCells>");
        }
        if self.links.is_empty() {
            return;
        }
        out.push_str("<hyperlinks>");
        let mut pages = 0;
        for (at, target) in &self.links {
            push(out, format_args!("<hyperlink ref=\"{}\"", place(*at)));
            match target {
                Target::Sheet(name) => {
                    let sheet = quoted(name);
                    out.extend([" location=\"", &escape(&sheet), "!A1\"/>"]);
                }
                Target::Page(_) => {
                    pages += 1;
                    push(out, format_args!(" r:id=\"rId{pages}\"/>"));
                }
            }
        }
        out.push_str("</hyperlinks>");
    }

    /// How it is printed: on A4, one page wide.
    fn page(&self, out: &mut String) {
        if self.is_centred {
            out.push_str("<printOptions horizontalCentered=\"1\"/>");
        }
        let turned = if self.is_landscape { "landscape" } else { "portrait" };
        push(
            out,
            format_args!(
                "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" fitToHeight=\"0\" orientation=\"{turned}\"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
            ),
        );
        if self.breaks.is_empty() {
            return;
        }
        let count = self.breaks.len();
        push(out, format_args!("<rowBreaks count=\"{count}\" manualBreakCount=\"{count}\">"));
        for row in &self.breaks {
            push(out, format_args!("<brk id=\"{row}\" max=\"16383\" man=\"1\"/>"));
        }
        out.push_str("</rowBreaks>");
    }

    /// The names that a workbook gives its areas, each with what it stands for.
    pub(super) fn names(&self) -> Vec<(&'static str, String)> {
        let sheet = quoted(&self.name);
        let sifted = self.sifted.map(|(first, last)| {
            let [first, last] =
                [first, last].map(|(row, column)| format!("${}${}", column_name(column), row + 1));
            ("_xlnm._FilterDatabase\" hidden=\"1", format!("{sheet}!{first}:{last}"))
        });
        let repeated = (!self.repeated.is_empty()).then(|| {
            let rows = format!("${}:${}", self.repeated.start + 1, self.repeated.end);
            ("_xlnm.Print_Titles", format!("{sheet}!{rows}"))
        });
        sifted.into_iter().chain(repeated).collect()
    }
}

/// Cells from left to right, each once.
fn in_order(cells: &mut Vec<Cell>) {
    if cells.is_sorted_by(|one, other| one.column < other.column) {
        return;
    }
    cells.sort_by_key(|cell| cell.column);
    cells.reverse();
    cells.dedup_by_key(|cell| cell.column);
    cells.reverse();
}

/// A name of a sheet as addresses hold it.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// The address of a cell.
fn place((row, column): At) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The letters of a column.
fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn push(out: &mut String, words: std::fmt::Arguments) {
    out.write_fmt(words).expect("a text takes whatever is written");
}

/// The digits of a number, which stand in every cell: formatting takes five times as long.
fn push_count(out: &mut String, count: usize) {
    if count > 9 {
        push_count(out, count / 10);
    }
    out.push(char::from(b'0' + u8::try_from(count % 10).unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use super::{column_name, push_count};

    #[test]
    fn columns_are_counted_in_letters() {
        let names = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        let mut digits = String::new();
        for count in [0, 7, 10, 12_345] {
            push_count(&mut digits, count);
        }
        assert_eq!(digits, "071012345");
    }
}
