//! What is read of a spreadsheet is what a reader of it sees, to the digit; what is hidden, lost or
//! cannot be known is said.

use std::fs;
use std::process::Command;

use mingbai::import::document::{Block, Cell, Document, Refusal, Why};
use mingbai::import::read::read;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// The file of a workbook with these sheets.
fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().expect("a workbook")
}

fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(|workbook| fill(workbook.add_worksheet()))
}

/// The filled cells of a document: place, text, and what is doubtful.
fn cells(document: &Document) -> Vec<String> {
    let grids = document.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    });
    let filled = grids.flat_map(|grid| grid.rows.iter().flatten()).filter(|cell| !is_empty(cell));
    filled.map(said).collect()
}

fn is_empty(cell: &Cell) -> bool {
    cell.text.is_empty() && cell.doubt.is_none() && !cell.is_covered
}

fn said(cell: &Cell) -> String {
    let (origin, text) = (&cell.origin, cell.text.replace('\n', "⏎"));
    let mut said = format!("{}!R{}C{} {text}", origin.sheet, origin.row, origin.column);
    if cell.span != (1, 1) {
        said.push_str(&format!(" {}×{}", cell.span.0, cell.span.1));
    }
    if cell.is_covered {
        said.push_str("(covered)");
    }
    if cell.indent > 0 {
        said.push_str(&format!(" indent {}", cell.indent));
    }
    if let Some(doubt) = cell.doubt {
        said.push_str(&format!(" {doubt:?}?"));
    }
    said
}

fn left_out(document: &Document) -> Vec<String> {
    let said = document.left_out.iter().map(|one| {
        let at = &one.origin;
        format!("{}!R{}C{} {:?} {}", at.sheet, at.row, at.column, one.why, one.text)
    });
    said.collect()
}

/// Number formats and numbers, and what is seen; what is doubtful stands behind a bar.
const FORMATS: &[(&str, f64, &str)] = &[
    ("#,##0.00", 120.0, "120.00"),
    ("#,##0.00", 1_454.539_999_999_999_8, "1,454.54"),
    ("#,##0.00", -1_234_567.895, "-1,234,567.90"),
    ("#,##0.00", 0.0, "0.00"),
    ("#,##0", 999.5, "1,000"),
    ("General", 14_545_399.999_999_998, "14545400"),
    ("General", 0.1 + 0.2, "0.3"),
    ("General", 1290.1, "1290.1"),
    ("General", 2_010_301.0, "2010301"),
    ("General", -0.5, "-0.5"),
    ("General", 1_290.100_000_000_03, "1290.1"),
    ("General", 1.0 / 3.0, "0.333333333|Digits"),
    ("General", 123_456_789_012.0, "123456789012|Digits"),
    ("0", 2_010_301.0, "2010301"),
    ("000000", 2_010.0, "002010"),
    ("0.00", 1.005, "1.01"),
    ("0.00", 2.675, "2.68"),
    ("0.00_);(0.00)", -3.5, "(3.50)"),
    ("#,##0.00_);[Red](#,##0.00)", -1234.5, "(1,234.50)"),
    ("#,##0.00;[Red]-#,##0.00", -1234.5, "-1,234.50"),
    ("#,##0.00;-#,##0.00;;@", 0.0, ""),
    ("#,##0.00;-#,##0.00;\"-\"", 0.0, "-"),
    ("0_ ", 5.0, "5"),
    ("#,##0.00_ ;-#,##0.00\\ ", 12.3, "12.30"),
    ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 1234.5, "1,234.50"),
    ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", -1234.5, "(1,234.50)"),
    ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 0.0, "-"),
    ("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 99.0, "99.00"),
    ("0.0%", 0.1234, "12.3%"),
    ("0%", 0.07, "7%"),
    ("0.00\"万元\"", 12.3, "12.30万元"),
    ("#,##0.00,", 1_234_567.0, "1,234.57"),
    ("0!.0,", 12_345.0, "1.2"),
    ("0\\.0,", 12_345.0, "1.2"),
    ("[$-804]#,##0.00", 8.0, "8.00"),
    ("[$¥-804]#,##0.00", 8.0, "¥8.00"),
    ("[$¥-804]#,##0.00", -8.0, "-¥8.00"),
    ("[>=10000]0.00,\"k\";0.0", 12_345.0, "12.35k"),
    ("[>=10000]0.00,\"k\";0.0", 5.0, "5.0"),
    ("[<0]\"减\"0;0", -7.0, "减7"),
    ("0.00E+00", 12_345.0, "1.23E+04"),
    ("##0.0E+0", 12_345.0, "12.3E+3"),
    ("#.##", 5.0, "5."),
    ("#.##", 0.25, ".25"),
    ("0.0#", 1.25, "1.25"),
    ("0.0#", 1.0, "1.0"),
    ("?0.0?", 1.0, "1.0"),
    ("000-0000", 1_234_567.0, "123-4567"),
    ("0,000.0", 5.0, "0,005.0"),
    ("# ?/?", 0.5, "0.5|Format"),
    ("[DBNum2]General", 12.0, "12|Format"),
    (";;;", 12.0, "|Hidden"),
    ("@", 2_010_301.0, "2010301"),
    ("yyyy\"年\"m\"月\"d\"日\"", 45_717.0, "2025年3月1日"),
    ("yyyy-mm-dd", 59.0, "1900-02-28"),
    ("yyyy-mm-dd", 61.0, "1900-03-01"),
    ("yyyy/m/d h:mm", 45_717.75, "2025/3/1 18:00"),
    ("h:mm:ss", 0.5, "12:00:00"),
    ("[h]:mm", 1.5, "36:00"),
    ("d-mmm-yy", 45_717.0, "2025/3/1|Format"),
];

#[test]
fn a_number_reads_as_its_format_shows_it() {
    let document = read("formats.xlsx", &formats());
    assert_eq!(document.refusal, None);
    let mut wrong = Vec::new();
    for (at, (code, number, expected)) in FORMATS.iter().enumerate() {
        let shown = shown_in_row(&document, at + 1);
        if shown != *expected {
            wrong.push(format!("{code} of {number}: {shown}, not {expected}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A sheet of all formats: the row's number in the first column, the case in the second.
fn formats() -> Vec<u8> {
    sheet(|sheet| {
        for (row, (code, number, _)) in (0..).zip(FORMATS) {
            sheet.write_string(row, 0, format!("row {row}")).expect("a cell");
            let format = Format::new().set_num_format(*code);
            sheet.write_number_with_format(row, 1, *number, &format).expect("a cell");
        }
    })
}

fn shown_in_row(document: &Document, row: usize) -> String {
    let Some(Block::Grid(grid)) = document.blocks.first() else { panic!("a grid") };
    let mut all = grid.rows.iter().flatten();
    let cell = all.find(|cell| (cell.origin.row, cell.origin.column) == (row, 2)).expect("a cell");
    let doubt = cell.doubt.map(|doubt| format!("|{doubt:?}")).unwrap_or_default();
    format!("{}{doubt}", cell.text)
}
