//! What is read of a spreadsheet is what a reader of it sees, to the digit; what is hidden, lost or
//! cannot be known is said.

use std::io::{Cursor, Write};

use mingbai::import::document::{Block, Cell, Document, Refusal};
use mingbai::import::read::read;
use rust_xlsxwriter::{Format, FormatAlign, Note, Shape, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

use crate::office::converted;

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
    ("0!.0,", 12_345.0, "12345|Format"),
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

/// A small package of XLSX: this XML in its sheet, and these parts beside it or instead of others.
pub(crate) fn package(sheet: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!("<Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |all: String| format!("<Relationships>{all}</Relationships>");
    let of_workbook = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
        relation("r3", "styles", "/xl/styles.xml"),
    ];
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("_rels/.rels".to_owned(), relations(relation("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(of_workbook.concat())),
        (
            "xl/workbook.xml".to_owned(),
            "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>".to_owned(),
        ),
        ("xl/worksheets/sheet1.xml".to_owned(), format!("<worksheet>{sheet}</worksheet>")),
    ];
    for (path, text) in parts {
        all.retain(|(before, _)| before != path);
        all.push(((*path).to_owned(), (*text).to_owned()));
    }
    archive(&all)
}

pub(crate) fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        zip.start_file(path.as_str(), SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    zip.finish().expect("an archive").into_inner()
}

/// What the XML of a sheet's data is read as.
const STORED: &[(&str, &[&str])] = &[
    ("<row r='2'><c r='B2'><v>14545399.999999998</v></c></row>", &["S!R2C2 14545400"]),
    (
        "<row><c><v>1.5E3</v></c><c><v>-2</v></c></row><row><c><v>3</v></c></row>",
        &["S!R1C1 1500", "S!R1C2 -2", "S!R2C1 3"],
    ),
    (
        "<row r='1'><c r='A1'><v>12345678901234567890</v></c></row>",
        &["S!R1C1 12345678901234600000 Digits?"],
    ),
    ("<row r='1'><c r='A1'><f>SUM(B1:B2)</f></c></row>", &["S!R1C1  Unvalued?"]),
    ("<row r='1'><c r='A1'><f>SUM(B1:B2)</f><v></v></c></row>", &["S!R1C1  Unvalued?"]),
    ("<row r='1'><c r='A1' t='str'><f>IF(B1,1,\"\")</f><v></v></c></row>", &[]),
    ("<row r='1'><c r='A1'><f>YEAR(TODAY())</f><v>2025</v></c></row>", &["S!R1C1 2025 Volatile?"]),
    ("<row r='1'><c r='A1'><f>[1]Sheet1!A1</f><v>5</v></c></row>", &["S!R1C1 5 Volatile?"]),
    ("<row r='1'><c r='A1'><f>Table1[1st]+B2</f><v>5</v></c></row>", &["S!R1C1 5"]),
    ("<row r='1'><c r='A1' t='e'><f>A0</f><v>#REF!</v></c></row>", &["S!R1C1 #REF! Error?"]),
    ("<row r='1'><c r='A1' t='b'><v>1</v></c></row>", &["S!R1C1 TRUE"]),
    ("<row r='1'><c r='A1' t='d'><v>2025-03-01</v></c></row>", &["S!R1C1 2025-03-01"]),
    (
        "<row r='1'><c r='A1' t='inlineStr'><is><r><t>三</t></r><r><t>公</t></r></is></c></row>",
        &["S!R1C1 三公"],
    ),
    (
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>",
        &["S!R1C1 　预算⏎数", "S!R1C2   20103 &"],
    ),
    (
        "<row r='1' hidden='1'><c r='A1'><v>1</v></c></row><row r='2' ht='0'><c r='A2'><v>2</v></c></row>",
        &[],
    ),
];

#[test]
fn a_cell_reads_as_its_file_states_it() {
    let strings = "<sst><si><r><t>\n 　预算\n</t></r><r><t xml:space='preserve'>_x000D_\n数</t></r>\
                   <rPh sb='0' eb='1'><t>yusuan</t></rPh></si>\
                   <si><t xml:space='preserve'>  20103 &amp;</t></si></sst>";
    let mut wrong = Vec::new();
    for (xml, expected) in STORED {
        let sheet = format!("<sheetData>{xml}</sheetData>");
        let document = read("a.xlsx", &package(&sheet, &[("xl/sharedStrings.xml", strings)]));
        let read = cells(&document);
        if read != *expected || document.refusal.is_some() {
            wrong.push(format!("{xml}: {read:?} {:?}", document.refusal));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A form with what forms have: merged and stacked headers, indents, codes of both kinds, formulas,
/// hidden rows and columns, a note, a text box, a header, hidden sheets.
fn form() -> Vec<u8> {
    workbook(|workbook| {
        fill_form(workbook.add_worksheet()).expect("a form");
        for (name, is_very) in [("草稿", false), ("底稿", true)] {
            let sheet = workbook.add_worksheet().set_name(name).expect("a name");
            sheet.write(0, 0, "不公开").expect("a cell");
            if is_very {
                sheet.set_very_hidden(true)
            } else {
                sheet.set_hidden(true)
            };
        }
        // Hidden: A, C, rows 3 and 4; the merged cells begin in hidden ones.
        let sheet = workbook.add_worksheet().set_name("隐藏").expect("a name");
        let (plain, number) = (Format::new(), 5.0);
        sheet.merge_range(0, 0, 0, 3, "标题", &plain).expect("cells");
        sheet.merge_range(2, 1, 5, 1, "甲", &plain).expect("cells");
        for row in 1..7 {
            sheet.write(row, 2, format!("列{row}")).expect("a cell");
            sheet.write(row, 3, number + f64::from(row)).expect("a cell");
        }
        sheet.set_column_hidden(0).and_then(|sheet| sheet.set_column_hidden(2)).expect("columns");
        sheet.set_row_hidden(2).and_then(|sheet| sheet.set_row_hidden(3)).expect("rows");
    })
}

fn fill_form(sheet: &mut Worksheet) -> Result<(), rust_xlsxwriter::XlsxError> {
    let plain = Format::new();
    let money = Format::new().set_num_format("#,##0.00");
    let level = |indent| Format::new().set_indent(indent).set_align(FormatAlign::Left);
    sheet.set_name("预算 表")?.set_header("&C&\"宋体,常规\"内部资料 &P");
    sheet.merge_range(1, 1, 1, 4, "支出表", &plain)?;
    sheet.merge_range(3, 1, 4, 1, "编码", &plain)?;
    sheet.merge_range(3, 2, 4, 2, "科目", &plain)?;
    sheet.merge_range(3, 3, 3, 4, "预算数", &plain)?;
    sheet.write(4, 3, "合\n计")?.write(4, 4, "基本")?;
    sheet.write(5, 1, 201)?.write(5, 2, "一般公共服务")?;
    sheet.write_with_format(5, 3, 1290.1, &money)?.write_with_format(5, 4, 0, &money)?;
    sheet.write(6, 1, "20103")?.write_with_format(6, 2, "政府办公厅", &level(1))?;
    sheet.write(6, 3, "1,290.10")?.write_with_format(6, 4, -12.3, &money)?;
    sheet.write(7, 1, 2_010_301)?.write(7, 2, "　　行政运行")?;
    sheet.write_with_format(8, 2, "  事务", &level(2))?.write(8, 4, true)?;
    let sum = rust_xlsxwriter::Formula::new("=D6*2").set_result("2580.2");
    sheet.write_formula_with_format(7, 3, sum, &money)?;
    sheet.write_formula(7, 4, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))?;
    sheet.insert_note(6, 3, &Note::new("没有核对").set_author("某人"))?;
    sheet.insert_shape(10, 1, &Shape::textbox().set_text("单位：万元"))?;
    Ok(())
}

const FORM: &[&str] = &[
    "预算 表!R2C2 支出表 1×4",
    "预算 表!R2C3 (covered)",
    "预算 表!R2C4 (covered)",
    "预算 表!R2C5 (covered)",
    "预算 表!R4C2 编码 2×1",
    "预算 表!R4C3 科目 2×1",
    "预算 表!R4C4 预算数 1×2",
    "预算 表!R4C5 (covered)",
    "预算 表!R5C2 (covered)",
    "预算 表!R5C3 (covered)",
    "预算 表!R5C4 合⏎计",
    "预算 表!R5C5 基本",
    "预算 表!R6C2 201",
    "预算 表!R6C3 一般公共服务",
    "预算 表!R6C4 1,290.10",
    "预算 表!R6C5 0.00",
    "预算 表!R7C2 20103",
    "预算 表!R7C3 政府办公厅 indent 1",
    "预算 表!R7C4 1,290.10",
    "预算 表!R7C5 -12.30",
    "预算 表!R8C2 2010301",
    "预算 表!R8C3 　　行政运行",
    "预算 表!R8C4 2,580.20",
    "预算 表!R8C5 #DIV/0! Error?",
    "预算 表!R9C3   事务 indent 2",
    "预算 表!R9C5 TRUE",
    "隐藏!R1C1 标题 1×2",
    "隐藏!R1C4 (covered)",
    "隐藏!R2C4 6",
    "隐藏!R3C2 甲 2×1",
    "隐藏!R5C4 9",
    "隐藏!R6C2 (covered)",
    "隐藏!R6C4 10",
    "隐藏!R7C4 11",
];

const FORM_LEFT_OUT: &[&str] = &[
    "草稿!R0C0 HiddenSheet 不公开",
    "底稿!R0C0 HiddenSheet 不公开",
    "隐藏!R3C3 HiddenRow 列2 7",
    "隐藏!R4C3 HiddenRow 列3 8",
    "隐藏!R2C3 HiddenColumn 列1 列4 列5 列6",
];

#[test]
fn a_form_is_read_as_it_is_seen_and_what_is_hidden_is_listed() {
    let document = read("form.xlsx", &form());
    assert_eq!(document.refusal, None);
    assert_eq!(cells(&document), FORM);
    let beside = [
        "预算 表!R0C0 Beside 内部资料",
        "预算 表!R7C4 Beside 某人: 没有核对",
        "预算 表!R11C2 Picture 单位：万元",
    ];
    let mut expected: Vec<&str> = beside.into_iter().chain(FORM_LEFT_OUT.iter().copied()).collect();
    let mut listed = left_out(&document);
    expected.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, expected);
}

#[test]
fn the_same_form_is_read_from_the_files_of_libreoffice() {
    for ending in ["ods", "xls"] {
        let Some(bytes) = converted(&form(), "xlsx", ending) else { return };
        let document = read(&format!("form.{ending}"), &bytes);
        assert_eq!(document.refusal, None, "{ending}");
        assert_eq!(cells(&document), FORM, "{ending}");
        let listed = left_out(&document);
        let all = FORM_LEFT_OUT.iter().copied();
        let missing: Vec<_> = all.filter(|one| !listed.iter().any(|other| other == one)).collect();
        assert!(missing.is_empty(), "{ending}: {missing:?} of {listed:?}");
    }
}

/// Where LibreOffice shows a number otherwise than the number formats of Excel say.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("ods", "#.##", "5"),
    // It counts the first two months of 1900 rightly.
    ("ods", "yyyy-mm-dd", "1900-02-27"),
    // What is displayed stands in the file, so that nothing is in doubt.
    ("ods", "0!.0,", "12!.3"),
    ("ods", "# ?/?", "1/2"),
    ("ods", "d-mmm-yy", "1-Mar-25"),
    ("ods", "[DBNum2]General", "12"),
    // It writes other formats where it knows none.
    ("xls", "0!.0,", "12!.3"),
    ("xls", "[DBNum2]General", "12"),
];

#[test]
fn libreoffice_shows_numbers_as_they_are_read() {
    let Some(bytes) = converted(&formats(), "xlsx", "ods") else { return };
    let document = read("formats.ods", &bytes);
    let Some(binary) = converted(&formats(), "xlsx", "xls") else { return };
    let binary = read("formats.xls", &binary);
    let mut wrong = Vec::new();
    for (at, (code, number, expected)) in FORMATS.iter().enumerate() {
        for (ending, document) in [("ods", &document), ("xls", &binary)] {
            let shown = shown_in_row(document, at + 1);
            let other = OTHERWISE.iter().find(|other| (other.0, other.1) == (ending, *code));
            let expected = [*expected, other.map_or(*expected, |other| other.2)];
            if !expected.contains(&shown.as_str()) {
                wrong.push(format!("{ending}: {code} of {number}: {shown}, not {expected:?}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Workbooks of XLSX made to hurt.
pub(crate) fn hostile_workbooks() -> Vec<(&'static str, Vec<u8>)> {
    let sheet = |xml: &str| package(&format!("<sheetData>{xml}</sheetData>"), &[]);
    let relations = |target: &str| {
        let text = format!(
            "<Relationships><Relationship Id='r1' Type='x/worksheet' {target}/></Relationships>"
        );
        package("", &[("xl/_rels/workbook.xml.rels", &text)])
    };
    let corners = "<dimension ref='A1:XFD10000000'/><sheetData>\
                   <row r='1'><c r='A1'><v>1</v></c></row>\
                   <row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>";
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let strings =
        format!("<sheetData>{}</sheetData>", "<row><c t='s'><v>0</v></c></row>".repeat(100));
    let entities = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>\
                    <worksheet><row><c t='inlineStr'><is><t>&b;</t></is></c></row></worksheet>";
    let whole = package("", &[]);
    vec![
        ("bomb.xlsx", package(&"0".repeat(100 << 20), &[])),
        ("row.xlsx", sheet("<row r='10000000'><c r='A10000000'><v>1</v></c></row>")),
        ("full.xlsx", sheet(&"<row><c><v>1</v></c><c><v>1</v></c></row>".repeat(300_000))),
        ("corners.xlsx", package(corners, &[])),
        ("strings.xlsx", package(&strings, &[("xl/sharedStrings.xml", &long)])),
        ("deep.xlsx", package(&"<a>".repeat(100_000), &[])),
        ("entities.xlsx", package("", &[("xl/worksheets/sheet1.xml", entities)])),
        ("outside.xlsx", relations("TargetMode='External' Target='file:///etc/passwd'")),
        ("climbing.xlsx", relations("Target='../../../../etc/passwd'")),
        ("binary.xlsb", archive(&[("[Content_Types].xml".to_owned(), String::new())])),
        ("cut.xlsx", whole[..whole.len() / 2].to_vec()),
        ("empty.xlsx", Vec::new()),
    ]
}

/// Other files made to hurt.
pub(crate) fn hostile_others() -> Vec<(&'static str, Vec<u8>)> {
    let text = "<table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>";
    let open_document = |rows: &str| {
        let table = format!("<table:table table:name='S'>{rows}</table:table>");
        archive(&[
            ("mimetype".to_owned(), "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
            ("content.xml".to_owned(), format!("<office:body>{table}</office:body>")),
        ])
    };
    let most = u64::MAX;
    let endless = format!(
        "<table:table-row>{text}</table:table-row><table:table-row table:number-rows-repeated='{most}'>\
         <table:table-cell table:number-columns-repeated='{most}'/></table:table-row>"
    );
    let rows =
        format!("<table:table-row table:number-rows-repeated='1000000'>{text}</table:table-row>");
    vec![
        ("rows.ods", open_document(&rows)),
        ("endless.ods", open_document(&endless)),
        ("short.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ("password.xlsx", compound(&["EncryptionInfo", "EncryptedPackage"])),
        ("word.doc", compound(&["WordDocument"])),
    ]
}

/// A compound file with these streams.
pub(crate) fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    for name in streams {
        let mut stream = file.create_stream(format!("/{name}")).expect("a stream");
        stream.write_all(&[7; 5000]).expect("its bytes");
    }
    file.into_inner().into_inner()
}

#[test]
fn files_made_to_hurt_are_refused_or_read_harmlessly() {
    let files = hostile_workbooks().into_iter().chain(hostile_others());
    let read = files.map(|(name, bytes)| (name, read(name, &bytes)));
    let shown: Vec<String> = read
        .map(|(name, document)| match &document.refusal {
            Some(Refusal::Broken(_)) => format!("{name}: broken"),
            Some(refusal) => format!("{name}: {refusal:?}"),
            None => format!("{name}: {}", cells(&document).join(", ")),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "bomb.xlsx: TooLarge(104858295, 33554432)",
            "row.xlsx: TooMany(10000000, 1048576)",
            "full.xlsx: TooMany(130001, 130000)",
            "corners.xlsx: S!R1C1 1, S!R1048576C16384 2",
            "strings.xlsx: TooLarge(17825792, 16777216)",
            "deep.xlsx: broken",
            "entities.xlsx: S!R1C1 \u{fffd}",
            "outside.xlsx: broken",
            "climbing.xlsx: broken",
            "binary.xlsb: UnknownForm",
            "cut.xlsx: broken",
            "empty.xlsx: UnknownForm",
            "rows.ods: TooMany(130001, 130000)",
            "endless.ods: S!R1C1 x",
            "short.xls: broken",
            "password.xlsx: Encrypted",
            "word.doc: UnknownForm",
        ]
    );
}

/// Rows with separators in every encoding and form they come in.
#[test]
fn rows_with_separators_are_read_in_every_encoding() {
    let text = "科目,预算数\n\"基本, 支出\",\"1,290.10\"\n　项目,-3\n";
    let expected = [
        "!R1C1 科目",
        "!R1C2 预算数",
        "!R2C1 基本, 支出",
        "!R2C2 1,290.10",
        "!R3C1 　项目",
        "!R3C2 -3",
    ];
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let tabs = text.replace("\",\"", "\t").replace("目,", "目\t").replace('"', "");
    let semicolons = format!("sep=;\r\n{}", tabs.replace('\t', ";").replace('\n', "\r\n"));
    let files: [(&str, Vec<u8>); 7] = [
        ("utf8.csv", text.into()),
        ("mark.csv", format!("\u{feff}{text}").into()),
        ("gb.csv", encoding_rs::GB18030.encode(text).0.into_owned()),
        ("utf16.csv", utf16(text)),
        ("excel.txt", utf16(&tabs)),
        ("tabs.tsv", tabs.clone().into()),
        ("pasted", tabs.into()),
    ];
    for (name, bytes) in files {
        let document = read(name, &bytes);
        assert_eq!(cells(&document), expected, "{name}: {:?}", document.refusal);
    }
    let document = read("semicolons.csv", semicolons.as_bytes());
    let moved = expected.map(|cell| {
        let (row, rest) = cell[2..].split_once('C').expect("a place");
        format!("!R{}C{rest}", row.parse::<usize>().expect("a row") + 1)
    });
    assert_eq!(cells(&document), moved);
    let lines = read("lines.csv", b"a,1\r\nb,2\r\n\r\nc,3\r\n");
    assert_eq!(cells(&lines), ["!R1C1 a", "!R1C2 1", "!R2C1 b", "!R2C2 2", "!R4C1 c", "!R4C2 3"]);
    let codes = read("codes.csv", "=\"0012\",2\n".as_bytes());
    assert_eq!(cells(&codes), ["!R1C1 0012", "!R1C2 2"]);
}

#[test]
fn days_are_counted_as_the_workbook_says_and_noughts_hidden_as_the_sheet_says() {
    let styles = "<styleSheet><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>";
    let workbook = "<workbook><workbookPr date1904='1'/><sheets><sheet name='S' r:id='r1'/></sheets>\
                    <calcPr fullCalcOnLoad='1'/></workbook>";
    let sheet = "<sheetViews><sheetView showZeros='0'/></sheetViews>\
                 <cols><col min='3' max='3' width='0'/></cols>\
                 <sheetData><row><c s='1'><v>44255</v></c><c><v>0</v></c><c><v>7</v></c>\
                 <c><f>A1</f><v>0</v></c></row></sheetData>";
    let parts = [("xl/styles.xml", styles), ("xl/workbook.xml", workbook)];
    let document = read("a.xlsx", &package(sheet, &parts));
    assert_eq!(cells(&document), ["S!R1C1 2025/3/1", "S!R1C4  Unvalued?"]);
    assert_eq!(left_out(&document), ["S!R1C3 HiddenColumn 7"]);
}
