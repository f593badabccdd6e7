//! Figures in, from texts: Word documents, pages and plain text are read as a reader of them sees
//! them, and what is not read is listed.

use std::io::Write;
use std::path::Path;

use mingbai::content::{self, DisclosureFolder};
use mingbai::diagnostic::Report;
use mingbai::import::document::{Block, Cell, Document};
use mingbai::import::read::read;
use mingbai::source::Sources;

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
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
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
    let kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    add("[Content_Types].xml", &format!("<Types><Override ContentType='{kinds}'/></Types>"));
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

const WORD: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:o="urn:other""#,
);

#[track_caller]
fn word_reads(body: &str, expected: &str) {
    reads("budget.docx", &docx(body, &[]), expected);
}

/// A paragraph, a run, a row, a cell of one run.
fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn tc(look: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr>{look}</w:tcPr><w:p>{inner}</w:p></w:tc>")
}

fn tbl(rows: &[String]) -> String {
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{cells}</w:tr>")).collect();
    format!("<w:tbl>{rows}</w:tbl>")
}

#[test]
fn a_figure_of_a_word_document_is_read_as_it_is_seen() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r>";
    let field = |code: &str, result: &str| {
        let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
        let code = format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
        let result = if result.is_empty() { String::new() } else { char("separate") + &r(result) };
        [char("begin"), code, result, char("end")].concat()
    };
    for (runs, expected) in [
        (r("1,290.10"), "1,290.10"),
        (r("12") + &r(".30"), "12.30"),
        (format!("<w:r><w:noBreakHyphen/><w:t>12.30</w:t></w:r>"), "-12.30"),
        ("<w:r><w:t>12</w:t><w:softHyphen/><w:t>.30</w:t></w:r>".into(), "12.30"),
        ("<w:r><w:t>12 </w:t></w:r><w:r><w:t> .30</w:t></w:r>".into(), "12.30"),
        ("<w:r><w:t>　一</w:t></w:r>".into(), "　一"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>".into(), "a b⏎c"),
        ("<w:r><w:t>a</w:t><w:br w:type='page'/><w:t>b</w:t></w:r>".into(), "ab"),
        ("<w:r><w:t>&#x2264;8&amp;</w:t></w:r>".into(), "≤8&"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>95%</w:t></w:r>".into(), "≥95%"),
        ("<w:r><w:sym w:font='Webdings' w:char='F001'/></w:r>".into(), "\u{fffd} ?Format"),
        (format!("<w:hyperlink>{}</w:hyperlink>{}", r("12"), r(".30")), "12.30"),
        (format!("{}<w:smartTag>{}</w:smartTag>", r("1"), r("2")), "12"),
        (format!("<w:customXml>{}</w:customXml><w:dir>{}</w:dir>", r("1"), r("2")), "12"),
        (format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", r("12")), "12"),
        (
            format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", r("点击")),
            "\n- Beside: 点击",
        ),
        (format!("{}<w:ins>{}</w:ins>", r("1"), r("2")), "12 ?Tracked"),
        (format!("{}<w:moveTo>{}</w:moveTo>", r("1"), r("2")), "12 ?Tracked"),
        (
            format!("{}<w:del><w:r><w:delText>2</w:delText></w:r></w:del>", r("1")),
            "1 ?Tracked\n- Deleted: 2",
        ),
        (format!("{}<w:moveFrom>{}</w:moveFrom>", r("1"), r("2")), "1 ?Tracked\n- Deleted: 2"),
        (format!("{}{hidden}", r("1.5")), "1.5 ?Hidden\n- HiddenText: 99"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>99</w:t></w:r>".into(), "99"),
        ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>99</w:t></w:r>".into(), "99"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>1.2</w:t></w:r>".into(), "1.2 ?Struck"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>a02</w:t></w:r>".into(), "A02"),
        (
            format!("{}<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>", r("12.30")),
            "12.30¹",
        ),
        (field("=SUM(ABOVE)", "12.30"), "12.30"),
        (field("=SUM(ABOVE)", ""), " ?Unvalued"),
        (field("DATE", "2025年"), "2025年 ?Volatile"),
        (field("XE x", "") + &r("1"), "1"),
        (format!("<w:fldSimple w:instr='REF a'>{}</w:fldSimple>", r("12")), "12"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/><w:listEntry w:val='乙'/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>".into(),
            "乙",
        ),
        (
            format!("<mc:AlternateContent><mc:Choice Requires='x'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>", r("1"), r("2")),
            "1",
        ),
        (format!("<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>", r("a"), r("明")), "明"),
        ("<m:oMath><m:r><m:t>≥95</m:t></m:r></m:oMath>".into(), "≥95"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>".into(), "12 ?Format"),
        ("<w:r><w:t>1</w:t><w:footnoteReference w:id='2'/></w:r>".into(), "1"),
        ("<o:unknown><w:r><w:t>7</w:t></w:r></o:unknown>".into(), ""),
    ] {
        let (cell, left) = expected.split_once('\n').unwrap_or((expected, ""));
        word_reads(&tbl(&[tc("", &runs)]), &format!("| {cell} |\n{left}"));
    }
}

#[test]
fn a_table_of_a_word_document_keeps_its_merged_cells_and_loses_no_row() {
    let cell = |text: &str| tc("", &r(text));
    let span = |columns: u8, text: &str| tc(&format!("<w:gridSpan w:val='{columns}'/>"), &r(text));
    let down = |value: &str, text: &str| {
        tc(
            &format!("<w:vMerge w:val='{value}'/>"),
            &if text.is_empty() { String::new() } else { r(text) },
        )
    };
    let on = tc("<w:vMerge/>", "");
    for (rows, expected) in [
        (
            vec![
                down("restart", "序号") + &span(2, "收入") + &span(2, "支出"),
                on.clone() + &cell("项目") + &cell("金额") + &cell("项目") + &cell("金额"),
            ],
            "| 序号 | 收入 | < | 支出 | < |\n| ^ | 项目 | 金额 | 项目 | 金额 |",
        ),
        (
            vec![
                down("restart", "产出") + &cell("1"),
                on.clone() + &cell("2"),
                on + &cell("3"),
                down("restart", "效益") + &cell("4"),
            ],
            "| 产出 | 1 |\n| ^ | 2 |\n| ^ | 3 |\n| 效益 | 4 |",
        ),
        (
            vec![
                cell("a") + &cell("b") + &cell("c"),
                format!("<w:trPr><w:gridBefore w:val='1'/></w:trPr>{}", cell("d")),
            ],
            "| a | b | c |\n|  | d |  |",
        ),
        (
            vec![cell("1"), format!("<w:trPr><w:del/></w:trPr>{}", cell("2")), cell("3")],
            "| 1 |\n| 3 |\n- Deleted: 2",
        ),
        (
            vec![cell("1"), format!("<w:trPr><w:hidden/></w:trPr>{}", cell("2"))],
            "| 1 |\n- HiddenRow: 2",
        ),
        (
            vec![format!("<w:trPr><w:ins/></w:trPr>{}", cell("2")) + &tc("<w:cellDel/>", &r("3"))],
            "| 2 ?Tracked | 3 ?Tracked |",
        ),
        (
            vec![
                tc("", &format!("<w:pPr><w:ind w:firstLineChars='200'/></w:pPr>{}", r("其中")))
                    + &tc("", &format!("<w:pPr><w:ind w:left='420'/></w:pPr>{}", r("其中"))),
            ],
            "| >>其中 | >>其中 |",
        ),
        (vec![format!("<w:tc>{}{}</w:tc>", p(&r("上")), p(&r("下")))], "| 上⏎下 |"),
        (
            vec![
                format!("<w:tc>{}{}{}</w:tc>", p(&r("外")), tbl(&[cell("内")]), p("")) + &cell("x"),
            ],
            "| 外 | x |\n| 内 |",
        ),
        (
            vec![tc("<w:hMerge w:val='restart'/>", &r("a")) + &tc("<w:hMerge/>", "") + &cell("b")],
            "| a | < | b |",
        ),
        (
            vec![format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", cell("1")) + &cell("2")],
            "| 1 | 2 |",
        ),
    ] {
        word_reads(&tbl(&rows), expected);
    }
}

#[test]
fn headings_lists_and_what_stands_beside_the_text_of_a_word_document_are_told_apart() {
    let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>
        <w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>
        <w:style w:type='paragraph' w:styleId='own'><w:name w:val='章'/><w:basedOn w:val='1'/></w:style>
        <w:style w:type='paragraph' w:styleId='t2'><w:name w:val='标题 2'/></w:style>
        <w:style w:type='paragraph' w:styleId='toc'><w:name w:val='toc 1'/></w:style>
        <w:style w:type='character' w:styleId='secret'><w:rPr><w:vanish/></w:rPr></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId='5'>
          <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>
          <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>
          <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId='6'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='&#xF0B7;'/></w:lvl></w:abstractNum>
        <w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>
        <w:num w:numId='2'><w:abstractNumId w:val='6'/></w:num>
        <w:num w:numId='3'><w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>";
    let styled = |style: &str, text: &str| {
        p(&format!("<w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}", r(text)))
    };
    let listed = |list: u8, level: u8, text: &str| {
        let look = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");
        p(&format!("<w:pPr>{look}</w:pPr>{}", r(text)))
    };
    let body = [
        styled("toc", "一、收入\t3"),
        styled("1", "第一部分"),
        styled("own", "第二部分"),
        styled("t2", "小节"),
        p(&format!("<w:pPr><w:outlineLvl w:val='2'/></w:pPr>{}", r("大纲"))),
        listed(1, 0, "收入"),
        listed(1, 1, "财政"),
        listed(1, 1, "其他"),
        listed(1, 2, "甲"),
        listed(1, 0, "支出"),
        listed(1, 1, "基本"),
        listed(2, 0, "无序"),
        listed(0, 0, "无号"),
        listed(3, 0, "重来"),
        p("<w:r><w:rPr><w:rStyle w:val='secret'/></w:rPr><w:t>暗</w:t></w:r>"),
        p(&format!("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}", r("上半"))),
        p(&r("下半")),
        p("<w:r><w:drawing><o:docPr descr='印章'/></w:drawing></w:r>"),
        p(&format!(
            "{}<w:r><w:pict><o:box><w:txbxContent>{}</w:txbxContent></o:box></w:pict></w:r>",
            r("旁"),
            p(&r("框内"))
        )),
    ];
    let parts = [
        ("styles.xml", styles),
        ("numbering.xml", numbering),
        ("header1.xml", "<w:p><w:r><w:t>页眉</w:t></w:r></w:p>"),
        (
            "footnotes.xml",
            "<w:footnote w:type='separator'><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote><w:footnote><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnote>",
        ),
        ("comments.xml", "<w:comment><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment>"),
    ];
    reads(
        "budget.docx",
        &docx(&body.concat(), &parts),
        "# 第一部分
        # 第二部分
        ## 小节
        ### 大纲
        一、收入
        （一）财政
        （二）其他
        1. 甲
        二、支出
        （一）基本
        - 无序
        无号
        一、重来
        上半下半
        旁
        框内
        - HiddenText: 暗
        - Picture: 印章
        - Contents: 一、收入 3
        - Beside: 批注
        - Beside: 脚注
        - Beside: 页眉",
    );
}

#[test]
fn a_hostile_word_document_is_refused_or_read_without_harm() {
    let deep = "<w:sdt><w:sdtContent>".repeat(5000);
    let many = "<w:p/>".repeat(10) + &tbl(&vec![tc("<w:gridSpan w:val='99999999'/>", ""); 400]);
    let bomb = docx(&p(&r(&"0".repeat(80 << 20))), &[]);
    let cells = docx(&tbl(&vec![tc("", "").repeat(60); 20_000]), &[]);
    let cut = docx(&p(&r("1")), &[]);
    let encrypted = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
    for (bytes, expected) in [
        (docx(&deep, &[]), "Broken"),
        (docx("<w:p>", &[]), "Broken"),
        (docx("<w:p>&bomb;</w:p>", &[]), ""),
        (docx(&many, &[]), "TooMany"),
        (bomb, "TooLarge"),
        (cells, "TooMany"),
        (cut[..cut.len() / 2].to_vec(), "Broken"),
        (encrypted, ""),
        (docx(&p(&r("1")), &[]), ""),
    ] {
        let document = read("budget.docx", &bytes);
        let refusal = document.refusal.map(|refusal| format!("{refusal:?}")).unwrap_or_default();
        assert!(refusal.starts_with(expected), "{refusal}, not {expected}");
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

#[test]
fn a_hostile_page_is_refused_or_read_without_harm() {
    for (page, expected) in [
        ("<div>".repeat(1_000_000), "Broken"),
        (
            "<table><tr><td colspan=1000 rowspan=60000>".to_owned() + &"<tr><td>".repeat(1000),
            "TooMany",
        ),
        ("<b id=1>".repeat(150) + &"<p>a".repeat(100_000), ""),
        ("</x>".repeat(1_000_000), ""),
        ("<td>".repeat(100_000), ""),
        ("<p>a".repeat(400_000), "TooMany"),
        (" ".repeat(17 << 20), "TooLarge"),
    ] {
        let document = read("budget.html", page.as_bytes());
        let refusal = document.refusal.map(|refusal| format!("{refusal:?}")).unwrap_or_default();
        assert!(refusal.starts_with(expected), "{refusal}, not {expected}");
        assert!(!expected.is_empty() || refusal.is_empty(), "{refusal}");
    }
}
