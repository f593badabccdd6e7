//! Figures in, from texts: Word documents, pages and plain text are read as a reader of them sees
//! them, and what is not read is listed.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use mingbai::content::{self, DisclosureFolder};
use mingbai::diagnostic::Report;
use mingbai::import::document::{Block, Cell, Document};
use mingbai::import::read::read;
use mingbai::source::Sources;

use crate::office::converted;

const SEED_2025: &str = include_str!("../seeds/2025.txt");
const SEED_2022: &str = include_str!("../seeds/2022.txt");

/// A document in short: `#` before a heading, `|` between cells, `<` where a merged cell reaches from
/// the left and `^` from above, a doubt behind `?`, what was left out behind `-`.
fn short(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                let marks = "#".repeat(line.heading.unwrap_or_default().into());
                let gap = if marks.is_empty() { "" } else { " " };
                let doubt = line.doubt.map(|doubt| format!(" ?{doubt:?}")).unwrap_or_default();
                text.push_str(&format!("{marks}{gap}{}{doubt}\n", line.text.replace('\n', "⏎")));
            }
            Block::Grid(grid) => {
                let rows = grid.rows.iter().map(|row| short_row(row));
                text.push_str(&rows.map(|row| format!("| {row} |\n")).collect::<String>());
            }
        }
    }
    for left in &document.left_out {
        text.push_str(&format!("- {:?}: {}\n", left.why, left.text));
    }
    if let Some(refusal) = &document.refusal {
        text.push_str(&format!("! {refusal:?}\n"));
    }
    text
}

fn short_row(row: &[Cell]) -> String {
    let mut cells: Vec<String> = Vec::new();
    let mut reaches = 0;
    for cell in row {
        let doubt = cell.doubt.map(|doubt| format!(" ?{doubt:?}")).unwrap_or_default();
        let indent = ">".repeat(cell.indent as usize);
        let text = match cell.is_covered {
            true if reaches > 0 => "<".to_owned(),
            true => "^".to_owned(),
            false => cell.text.replace('\n', "⏎"),
        };
        reaches = if cell.is_covered { reaches.max(1) - 1 } else { cell.span.1 - 1 };
        cells.push(format!("{indent}{text}{doubt}"));
    }
    cells.join(" | ")
}

#[track_caller]
fn reads(name: &str, bytes: &[u8], expected: &str) {
    let document = read(name, bytes);
    let lines: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(short(&document).trim(), lines.join("\n"), "{name}");
}

fn rows_of(document: &Document) -> Vec<&Vec<Cell>> {
    let grids = document.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    });
    grids.flat_map(|grid| &grid.rows).collect()
}

fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether texts stand in a row, in order.
fn holds(row: &[Cell], texts: &[String]) -> bool {
    let mut cells = row.iter().map(|cell| compact(&cell.text)).filter(|text| !text.is_empty());
    texts.iter().all(|text| cells.any(|cell| cell == *text))
}

/// The rows of a disclosure's tables that stand in no row of a document, and how many there are.
fn missing_rows(folder: &DisclosureFolder, document: &Document) -> (Vec<String>, usize, usize) {
    let (mut missing, mut rows, mut cells) = (Vec::new(), 0, 0);
    let read = rows_of(document);
    for (table, written) in &folder.tables {
        for row in written.panels.iter().flat_map(|panel| &panel.rows) {
            let texts = row.cells.iter().filter(|cell| &*cell.key.text != "level");
            let texts: Vec<String> =
                texts.filter_map(|cell| cell.text.as_deref()).map(compact).collect();
            rows += 1;
            cells += texts.len();
            if !read.iter().any(|row| holds(row, &texts)) {
                missing.push(format!("{table}: {}", texts.join(" ")));
            }
        }
    }
    (missing, rows, cells)
}

fn seed_folder(disclosure: &str) -> DisclosureFolder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let mut content = content::parse(&mut Report::default(), &sources);
    let mut organisation = content.organisations.remove("zjk-kexie").expect("the demonstration");
    organisation.disclosures.remove(disclosure).expect("its disclosure")
}

#[test]
fn every_row_of_the_seed_of_2022_stands_in_a_grid() {
    let document = read("2022.txt", SEED_2022.as_bytes());
    let (missing, rows, cells) = missing_rows(&seed_folder("2022-budget"), &document);
    println!("2022: {rows} rows, {cells} cells");
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_row_of_the_seed_of_2025_stands_in_a_grid_but_the_one_a_page_break_splits() {
    let document = read("2025.txt", SEED_2025.as_bytes());
    let (missing, rows, cells) = missing_rows(&seed_folder("2025-budget"), &document);
    println!("2025: {rows} rows, {cells} cells");
    let split = "revenue: 2080505 机关事业单位基本养老保险缴费支出 71.85 71.85 71.85";
    assert_eq!(missing, [split]);
}

/// A Word document: its body, and other parts by their path in the archive.
pub(crate) fn docx(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |path: &str, text: &str| {
        archive.start_file(path, zip::write::SimpleFileOptions::default()).expect("memory");
        archive.write_all(text.as_bytes()).expect("memory");
    };
    let relation = |(path, kind): (&str, &str)| {
        format!(r#"<Relationship Id="{kind}" Type="http://x/{kind}" Target="{path}"/>"#)
    };
    let kind =
        |path: &str| path.trim_end_matches(".xml").trim_end_matches(char::is_numeric).to_owned();
    let relations: String = parts.iter().map(|(path, _)| relation((path, &kind(path)))).collect();
    add(
        "[Content_Types].xml",
        &format!("<Types><Override ContentType='application/{KIND}'/></Types>"),
    );
    let main = relation(("word/document.xml", "officeDocument"));
    add("_rels/.rels", &format!("<Relationships>{main}</Relationships>"));
    add("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    add("word/document.xml", &format!("<w:document {WORD}><w:body>{body}</w:body></w:document>"));
    for (path, text) in parts {
        let name = kind(path);
        let root = match name.as_str() {
            "header" => "hdr",
            "footer" => "ftr",
            name => name,
        };
        add(&format!("word/{path}"), &format!("<w:{root} {WORD}>{text}</w:{root}>"));
    }
    archive.finish().expect("memory").into_inner()
}

/// What a Word document says it is, without macros and with them.
const KIND: &str = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const MACROS: &str = "vnd.ms-word.document.macroEnabled.main+xml";

const WORD: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:o="urn:other""#,
);

/// A page of the lines and grids of a document.
fn page_of(document: &Document) -> String {
    let mut page = "<!DOCTYPE html><meta charset=utf-8><body>".to_owned();
    for block in &document.blocks {
        match block {
            Block::Line(line) => page.push_str(&format!("<p>{}</p>\n", line.text)),
            Block::Grid(grid) => {
                let cell = |cell: &Cell| {
                    let (rows, columns) = cell.span;
                    format!("<td rowspan={rows} colspan={columns}>{}</td>", cell.text)
                };
                let row = |row: &Vec<Cell>| {
                    row.iter().filter(|cell| !cell.is_covered).map(cell).collect()
                };
                let rows = grid.rows.iter().map(row).map(|row: String| format!("<tr>{row}</tr>\n"));
                page.push_str(&format!("<table border=1>{}</table>\n", rows.collect::<String>()));
            }
        }
    }
    page
}

/// Every cell of a document with its span, blanks aside.
fn cells_of(document: &Document) -> Vec<(String, (usize, usize), bool)> {
    let cells = rows_of(document).into_iter().flatten();
    cells.map(|cell| (compact(&cell.text), cell.span, cell.is_covered)).collect()
}

#[test]
fn both_seeds_are_the_same_cell_for_cell_as_pages_and_as_word_documents_of_libreoffice() {
    for (name, seed) in [("2025", SEED_2025), ("2022", SEED_2022)] {
        let text = read("seed.txt", seed.as_bytes());
        let page = page_of(&text);
        let read_page = read("seed.html", page.as_bytes());
        assert_eq!(cells_of(&read_page), cells_of(&text), "{name} as a page");
        let Some(bytes) = converted(page.as_bytes(), "html", "docx") else { return };
        let document = read("seed.docx", &bytes);
        assert_eq!(document.refusal, None);
        assert_eq!(cells_of(&document), cells_of(&text), "{name} by LibreOffice");
    }
}

/// What the sentences of the tests write shorter: `{12}` is a run of plain words.
pub(crate) fn runs(xml: &str) -> String {
    xml.replace('{', "<w:r><w:t xml:space='preserve'>").replace('}', "</w:t></w:r>")
}

pub(crate) fn tbl(rows: &[String]) -> String {
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{cells}</w:tr>")).collect();
    format!("<w:tbl>{rows}</w:tbl>")
}

pub(crate) fn tc(inner: &str) -> String {
    format!("<w:tc><w:p>{}</w:p></w:tc>", runs(inner))
}

#[test]
fn a_figure_of_a_word_document_is_read_as_it_is_seen() {
    let lines = include_str!("../import/runs.tsv").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (inner, cell, left) = (next(), next(), next());
        reads("budget.docx", &docx(&tbl(&[tc(inner)]), &[]), &format!("| {cell} |\n{left}"));
    }
}

#[test]
fn a_table_of_a_word_document_keeps_its_merged_cells_and_loses_no_row() {
    for case in include_str!("../import/tables.txt").split("\n\n") {
        let (xml, expected) = case.split_once("\n->\n").expect("what is read and how");
        reads("budget.docx", &docx(&runs(xml), &[]), expected);
    }
}

#[test]
fn headings_lists_and_what_stands_beside_the_text_of_a_word_document_are_told_apart() {
    let parts = [
        ("styles.xml", include_str!("../import/outline/styles.xml")),
        ("numbering.xml", include_str!("../import/outline/numbering.xml")),
        ("header1.xml", include_str!("../import/outline/header1.xml")),
        ("footnotes.xml", include_str!("../import/outline/footnotes.xml")),
        ("comments.xml", include_str!("../import/outline/comments.xml")),
    ];
    let parts: Vec<(&str, String)> = parts.iter().map(|(path, xml)| (*path, runs(xml))).collect();
    let body = runs(include_str!("../import/outline/document.xml"));
    let expected = include_str!("../import/outline/expected.txt");
    reads("budget.docx", &docx(&body, &parts), expected);
}

#[test]
fn a_word_document_is_read_whatever_its_vocabulary_is_called_and_with_macros_in_it() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let plain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let body = tbl(&[tc("{1,290.10}")]);
    let others: [(&str, &dyn Fn(String) -> String); 3] = [
        ("budget.docx", &|xml| xml.replace(plain, strict)),
        ("budget.docx", &|xml| xml.replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")),
        ("budget.docm", &|xml| xml.replace(KIND, MACROS)),
    ];
    for (name, other) in others {
        let bytes = changed(&docx(&body, &[]), other);
        reads(name, &bytes, "| 1,290.10 |");
    }
}

/// An archive with other texts in its parts.
fn changed(bytes: &[u8], change: &dyn Fn(String) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let name = part.name().expect("a name").into_owned();
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        new.write_all(change(text).as_bytes()).expect("memory");
    }
    new.finish().expect("memory").into_inner()
}

/// Word documents made to hurt, and how their refusal begins.
pub(crate) fn hostile_documents() -> Vec<(Vec<u8>, &'static str)> {
    let deep = "<w:sdt><w:sdtContent>".repeat(5000);
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr><w:p/></w:tc>";
    let zeros = format!("<w:p>{}</w:p>", runs(&format!("{{{}}}", "0".repeat(49 << 20))));
    let cut = docx("<w:p/>", &[]);
    vec![
        (docx(&deep, &[]), "Broken"),
        (docx("<w:p>", &[]), "Broken"),
        (docx("<w:p>&bomb;</w:p>", &[]), ""),
        (docx(&tbl(&vec![wide.to_owned(); 400]), &[]), "TooMany"),
        (docx(&tbl(&vec![tc("").repeat(60); 10_000]), &[]), "TooMany"),
        (docx(&zeros, &[]), "TooLarge"),
        (docx(&zeros[..5 << 20].replace("00000000", "<w:p/>"), &[]), "Broken"),
        (cut[..cut.len() / 2].to_vec(), "Broken"),
    ]
}

#[test]
fn a_hostile_word_document_is_refused_or_read_without_harm() {
    for (bytes, expected) in hostile_documents() {
        let document = read("budget.docx", &bytes);
        let refusal = document.refusal.map(|refusal| format!("{refusal:?}")).unwrap_or_default();
        assert!(refusal.starts_with(expected), "{refusal}, not {expected}");
        assert!(!expected.is_empty() || refusal.is_empty(), "{refusal}");
    }
}

#[test]
fn a_page_is_read_as_a_browser_shows_it() {
    for (page, expected) in [
        ("<h2>一、 收入</h2><p>正文 <b>甲</b>\n乙</p><p>丙", "## 一、 收入\n正文 甲 乙\n丙"),
        ("<p>上<br>下</p>", "上\n下"),
        ("<p>&lt;a&gt;&nbsp;&#8804;84&ensp;</p>", "<a> ≤84"),
        (
            "<script>1</script><style>p{}</style><title>题</title><template>2</template><p>a</p>",
            "a",
        ),
        ("<ul><li>甲<li>乙</ul><ol start=3><li>丙<li>丁</ol>", "- 甲\n- 乙\n3. 丙\n4. 丁"),
        ("<p>a<span hidden>b</span></p>", "a ?Hidden\n- HiddenText: b"),
        (
            "<nav><ul><li>首页</ul></nav><p>a<footer>站点地图</footer>",
            "a\n- Beside: 首页\n- Beside: 站点地图",
        ),
        ("<main><p>a<footer>来源</footer></main>", "a\n来源"),
        ("<div style='display: NONE'>b<p>c</div><p>a", "a\n- HiddenText: bc"),
        (
            "<style>.x{display:none} @media print{.y{display:none}}</style><p class='x'>a</p><p class=y>b</p>",
            "b\n- HiddenText: a",
        ),
        ("<select><option>甲<option selected>乙</select>", "乙\n- HiddenText: 甲"),
        ("<p>12.30<sup>1</sup> <s>7</s> <ruby>明<rt>ming</rt></ruby></p>", "12.30¹ 7 明 ?Struck"),
        ("<img alt='图'><p>a", "a\n- Picture: 图"),
        (
            "<table><caption>表一</caption><tr><th>甲<th>乙<tr><td>1<td>2</table>尾",
            "表一\n| 甲 | 乙 |\n| 1 | 2 |\n尾",
        ),
        (
            "<table><thead><tr><th rowspan=2>序号<th colspan=2>收入</thead><tbody><tr><td>项目<td>金额<tr><td>1<td>&nbsp;&nbsp;其中：<td>1,2</table>",
            "| 序号 | 收入 | < |\n| ^ | 项目 | 金额 |\n| 1 |   其中： | 1,2 |",
        ),
        ("<table><tr><td rowspan=0>a<td>1<tr><td>2</table>", "| a | 1 |\n| ^ | 2 |"),
        ("<table><tr><td>外<table><tr><td>内</table><td>x</table>", "| 外 | x |\n| 内 |"),
        ("<table><tr hidden><td>1<tr><td>2</table>", "| 2 |\n- HiddenRow: 1"),
        ("<table><tr><td>1<td style='display:none'>9<td>3</table>", "| 1 | 3 |\n- HiddenText: 9"),
        ("<table><tr><td>a<p>b<p>c</table>", "| a⏎b⏎c |"),
        (
            "<table><tr><td style='text-indent:2em'>其中<td><input value='12'></table>",
            "| >>其中 | 12 |",
        ),
        ("<table><tr><td colspan=1001>a</table><p>b", "| a |"),
        ("<TABLE><TR><TD>1</TD><!-- x --><TD>2</TR></TABLE>", "| 1 | 2 |"),
    ] {
        let document = read("budget.html", page.as_bytes());
        let expected: Vec<&str> = expected.lines().collect();
        let short = short(&document);
        if page.contains("1001") {
            assert!(short.contains("a | <"), "{short}");
            continue;
        }
        assert_eq!(short.lines().collect::<Vec<_>>(), expected, "{page}");
    }
}

#[test]
fn a_page_is_read_in_the_encoding_it_names_and_under_any_ending() {
    let page = "<html><meta charset=gb2312><table><tr><td>预算<td>1,290.10</table>";
    let bytes = encoding_rs::GBK.encode(page).0;
    for name in ["budget.html", "budget.xls", "budget"] {
        reads(name, &bytes, "| 预算 | 1,290.10 |");
    }
    let plain = page.replace("<meta charset=gb2312>", "");
    reads("budget.html", &encoding_rs::GBK.encode(&plain).0, "| 预算 | 1,290.10 |");
    reads("budget.html", plain.as_bytes(), "| 预算 | 1,290.10 |");
    reads("wrong.html", page.as_bytes(), "| 预算 | 1,290.10 |");
}

/// Pages made to hurt, and how their refusal begins.
pub(crate) fn hostile_pages() -> Vec<(String, &'static str)> {
    vec![
        ("<div>".repeat(500_000), "Broken"),
        (format!("<p{}>", " a".repeat(20_000)), "Broken"),
        (
            "<table><tr><td colspan=1000 rowspan=60000>".to_owned() + &"<tr><td>".repeat(1000),
            "TooMany",
        ),
        ("<b id=1>".repeat(100) + &"<p>a".repeat(70_000), ""),
        ("</x>".repeat(1_000_000), ""),
        ("<td>".repeat(100_000), ""),
        ("<p>a".repeat(310_000), "TooMany"),
        (" ".repeat(5 << 20), "TooLarge"),
    ]
}

#[test]
fn a_hostile_page_is_refused_or_read_without_harm() {
    for (page, expected) in hostile_pages() {
        let document = read("budget.html", page.as_bytes());
        let refusal = document.refusal.map(|refusal| format!("{refusal:?}")).unwrap_or_default();
        assert!(refusal.starts_with(expected), "{refusal}, not {expected}");
        assert!(!expected.is_empty() || refusal.is_empty(), "{refusal}");
    }
}
