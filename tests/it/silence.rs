//! Nothing is published otherwise than it was written: encodings, marks of Markdown, lost words,
//! portals that were moved away.

use std::fs;

use mingbai::diagnostic::Language;

use crate::bench::TestSite;
use crate::cli::{Desk, errors};

const OTHER: &str = "narrative/02-explanation.md";
const PAGE: &str = "demo/2025-budget/narrative/02-explanation.html";

/// A section around some lines.
fn section(lines: &str) -> String {
    format!("# 二、预算情况说明\n\n{lines}\n\n[政府采购预算表](=procurement)\n")
}

fn said(path: &str, content: impl Into<Vec<u8>>) -> String {
    TestSite::minimal().write(path, content).check_pages().human(Language::English)
}

#[test]
fn every_file_that_is_read_as_text_says_what_it_is_written_in() {
    let chinese =
        "# 二、预算情况说明\n\n本年度图书采购、会议和培训的预算情况如下，比上年有所减少。\n";
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    };
    let gbk = encoding_rs::GBK.encode(chinese).0.into_owned();
    let big5 = "# 二、其他\n\n本年度預算說明，圖書館經費編列情形如下所述，較上年度減少。\n";
    let japanese = "# その他\n\n図書館の予算について説明します。前年度より減少しました。\n";
    let korean = "# 기타\n\n도서관 예산에 대하여 설명합니다. 전년도보다 감소하였습니다.\n";
    let with_mark = |mark: &[u8], big| [mark, &utf16(chinese, big)].concat();
    for (bytes, name) in [
        (gbk.clone(), "GB18030 (GBK)"),
        (encoding_rs::BIG5.encode(big5).0.into_owned(), "Big5"),
        (encoding_rs::SHIFT_JIS.encode(japanese).0.into_owned(), "Shift_JIS"),
        (encoding_rs::EUC_JP.encode(japanese).0.into_owned(), "EUC-JP"),
        (encoding_rs::EUC_KR.encode(korean).0.into_owned(), "EUC-KR"),
        (with_mark(&[0xff, 0xfe], false), "UTF-16 LE"),
        (with_mark(&[0xfe, 0xff], true), "UTF-16 BE"),
        (utf16(chinese, false), "UTF-16 LE"),
        (utf16("# Other\n\nNothing to say.\n", true), "UTF-16 BE"),
        (b"# Other\n\nThe caf\xe9 and its r\xe9sum\xe9.\n".to_vec(), "Latin-1 (windows-1252)"),
    ] {
        let said = said(OTHER, bytes);
        assert!(said.contains(&format!("it looks like {name}\n")), "{name}: {said}");
        assert!(said.contains("iconv -f "), "{name}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{name}: {said}");
    }
    for path in [
        OTHER,
        "tables/funds.yaml",
        "disclosure.yaml",
        "content/glossary.yaml",
        "content/accessibility.md",
        "profiles/test/minimal.yaml",
        "themes/default/page.html",
        "themes/default/static/style.css",
        "static/own.js",
        "static/own.css",
        "mingbai.yaml",
    ] {
        let said = said(path, gbk.clone());
        assert!(said.contains("error[S002]"), "{path}: {said}");
        assert!(said.contains("GB18030 (GBK)"), "{path}: {said}");
        assert!(said.contains("二、预算情况说明"), "{path}: {said}");
    }
    let marked = format!("\u{feff}{}", section("无。"));
    assert_eq!(said(OTHER, marked), "");
}

#[test]
fn what_is_wrong_in_a_place_of_a_text_is_said_there() {
    let mixed = [section("第一行。").as_bytes(), b"\xd2\xbb\xb6\xfe\n"].concat();
    let cut = &section("第一行。").into_bytes()[..39];
    for (bytes, words) in [
        (mixed, "the file is UTF-8, but this line looks like GB18030 (GBK)"),
        (cut.to_vec(), "ends in the middle of a character"),
        (b"# x\n\na \xed\xa0\x80 b\n".to_vec(), "a surrogate of UTF-16"),
        (section("一\u{0}二").into_bytes(), "a NUL byte"),
        (section("一\u{fffd}二").into_bytes(), "an earlier conversion lost"),
        (section("一\u{f0b7}二").into_bytes(), "U+F0B7 is a private-use character"),
        (section("预算锛屾").into_bytes(), "`锛` is what UTF-8 turns into"),
        (section("一\n<<<<<<< HEAD\n二").into_bytes(), "a merge conflict is not resolved"),
        (section("一\n>>>>>>> main\n二").into_bytes(), "a merge conflict is not resolved"),
        (section("一\n  <<<<<<< HEAD\n二").into_bytes(), "a merge conflict is not resolved"),
        (section("一\u{1b}[31m二").into_bytes(), "a control character stands here (U+001B)"),
        (section("一\u{7}二").into_bytes(), "U+0007"),
        (section("一????二").into_bytes(), "4 question marks in a row"),
        (section("一\u{202e}二").into_bytes(), "turns the words behind it round"),
        (section("本单位棰勭畻无").into_bytes(), "`棰勭畻` is what UTF-8 turns into"),
        (section("一Ô¤Ëã¹«¿ª二").into_bytes(), "`Ô¤Ëã¹«¿ª` is what"),
        (section("一烫烫烫烫二").into_bytes(), "`烫烫烫` is what"),
        (section("+U0FOAU4M-").into_bytes(), "the encoding UTF-7, and read"),
    ] {
        let said = said(OTHER, bytes);
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.starts_with("error["), "{words}: {said}");
    }
}

#[test]
fn marks_of_a_conflict_and_signs_nobody_sees_are_found_in_every_file() {
    for (path, from, to, words) in [
        (
            "projects/01-books.yaml",
            "purpose: 购置图书",
            "purpose: |\n  <<<<<<< HEAD\n  甲\n  =======\n  乙",
            "S027",
        ),
        ("tables/units.yaml", "rows:", "# <<<<<<< HEAD\nrows:", "S027"),
        ("tables/expenditure.yaml", "rows:\n", "rows:\n=======\n", "S027"),
        ("tables/units.yaml", "示例县图书馆", "示例县\u{200b}图书馆", "S022"),
        ("projects/01-books.yaml", "购置图书", "购置\u{ad}图书", "S022"),
        ("disclosure.yaml", "title: ", "title: \u{feff}", "S022"),
    ] {
        let codes = TestSite::starter().edit(path, from, to).check().codes();
        assert!(codes.contains(&words), "{path} {to}: {codes:?}");
    }
}

#[test]
fn a_file_without_a_word_is_one_finding() {
    for path in [
        OTHER,
        "narrative/01-duties.md",
        "tables/funds.yaml",
        "tables/expenditure.yaml",
        "tables/overview.yaml",
        "tables/procurement.yaml",
        "projects/01-science-day.yaml",
        "disclosure.yaml",
        "content/demo/organisation.yaml",
        "content/glossary.yaml",
        "content/accessibility.md",
        "profiles/test/minimal.yaml",
        "mingbai.yaml",
        "themes/default/table.html",
    ] {
        for content in ["", "\n \n", "# 待填\n", "\u{feff}"] {
            let content = match path.rsplit('.').next() {
                Some("md") => content.replace("# 待填", "<!-- x -->"),
                Some("html") => content.replace("# 待填", "{# 待填 #}"),
                _ => content.to_owned(),
            };
            let said = said(path, content);
            assert_eq!(said.matches("error[").count(), 1, "{path}: {said}");
            assert!(said.contains("error[S023]") && said.contains(path), "{path}: {said}");
        }
    }
}

#[test]
fn a_text_is_shown_as_it_was_meant() {
    let page = TestSite::minimal()
        .write(
            OTHER,
            section(
                "本年**“书香”**活动按60人*3天*450元测算[^1]，10~20和30~40。\n\n\
                 | 项目 | 数量 | 备注 |\n|---|---|---:|\n| 书架 | 1,200.00 | 新 |\n\n[^1]: 中文注。",
            ),
        )
        .page(PAGE);
    for part in [
        "<strong>“书香”</strong>活动按60人*3天*450元测算<sup><a",
        "10~20和30~40",
        "<th scope=col>项目</th><th scope=col class=end>数量</th><th scope=col class=end>备注</th>",
        "<td>书架</td><td class=end>1,200.00</td><td class=end>新</td>",
        "id=note-1-in-text class=note-mark role=doc-noteref href=#note-1>[1]</a>",
        "role=doc-backlink href=#note-1-in-text>[1]</a><p>中文注。</p>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn half_a_bound_figure_and_html_are_named() {
    for (line, words) in [
        ("采购[6.00万元]（=procurement/total/total）。", "`（` is a full-width bracket"),
        ("采购[6.00万元](＝procurement/total/total)。", "`＝` is a full-width sign"),
        ("采购[6.00万元](procurement/total/total)。", "`=` is missing before the address"),
        ("采购[6.00万元](=procurement/total/total", "`)` is missing"),
        ("采购[6.00万元](=procurement/total/total）。", "`）` is a full-width bracket"),
        ("采购[6.00万元] (=procurement/total/total)。", "a blank stands between"),
        ("采购[6.00万元](=procurement/total total/total)。", "the address holds a blank"),
        ("第一行<br>第二行。", "`<br>`"),
        ("<div>一</div>", "this is HTML"),
        ("单价*数量*人数。", "readers do not see these two stars"),
        ("一** 二", "has no partner"),
        ("一。\n\n[^1]: 注。", "nothing refers to the footnote `[^1]`"),
    ] {
        let said = said(OTHER, section(line));
        assert!(said.contains(words), "{line}: {said}");
        assert!(!said.contains("W602"), "{line}: {said}");
    }
    assert_eq!(said(OTHER, section("`<br>`和`[1](=x`。[说明](https://example.org/a/b)")), "");
}

#[test]
fn words_that_yaml_takes_away_are_said() {
    let table = |note: &str| {
        format!(
            "rows:\n  - {{ item: 合计, total: 6.00, sme: 4.00 }}\n  - {{ item: 展板, quantity: 20, price: 0.20, total: 4.00, sme: 4.00 }}\n  - {{ item: 电脑, quantity: 4, price: 0.50, total: 2.00 }}\nnote: {note}\n"
        )
    };
    for (note, words) in [
        ("购置图书 #2号馆舍", "what is left is `购置图书`"),
        ("购置图书 # 二号馆舍", "what is left is `购置图书`"),
        ("购置图书\t#2号馆舍", "what is left is `购置图书`"),
        ("&甲 单价", "what is left is `单价`"),
        ("!甲 单价", "begins with `!`"),
        ("!a 单价", "what is left is `单价`"),
        ("*甲单价", "error[S001]"),
        ("@单价", "begins with `@`"),
        ("%单价", "begins with `%`"),
    ] {
        let said = said("tables/procurement.yaml", table(note));
        assert!(said.contains(words), "{note}: {said}");
    }
    for note in ["\"购置图书 #2号馆舍\"", "购置图书#2号馆舍", "购置图书\n# 购置 #3"]
    {
        assert_eq!(said("tables/procurement.yaml", table(note)), "", "{note}");
    }
}

#[test]
fn headings_are_those_of_the_section() {
    for (text, words) in [
        ("情况如下。\n\n[政府采购预算表](=procurement)\n", "the section has no heading"),
        ("# 一、部门职责\n\n[政府采购预算表](=procurement)\n", "is that of another section"),
        ("# 部门职责\n\n[政府采购预算表](=procurement)\n", "is that of another section"),
    ] {
        let said = said(OTHER, text);
        assert!(said.contains("error[C113]") && said.contains(words), "{text}: {said}");
    }
}

#[test]
fn a_portal_that_was_moved_away_takes_nobodys_place() {
    let desk = Desk::mended();
    assert_eq!(desk.run(&["build"]).status.code(), Some(0));
    let pages = || walkdir::WalkDir::new(desk.path("public")).into_iter().count();
    let before = pages();
    fs::rename(desk.path("content"), desk.path("contents")).expect("moved");
    for arguments in [&["check"][..], &["build"]] {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
        assert!(errors(&output).contains("S029"), "{}", errors(&output));
    }
    assert_eq!(pages(), before);
    fs::rename(desk.path("contents"), desk.path("content")).expect("moved back");
    // A tenth of its pages go with the projects.
    fs::rename(desk.path("content/library"), desk.path("content/archive")).expect("renamed");
    let output = desk.run(&["build", "--lang", "en"]);
    assert_ne!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(errors(&output).contains("--allow-removal"), "{}", errors(&output));
    assert!(errors(&output).contains("library/"), "{}", errors(&output));
    let output = desk.run(&["build", "--allow-removal"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(!desk.path("public/library").exists());
}

#[test]
fn organisations_one_folder_too_deep_are_one_finding() {
    for (folder, code) in [("content", "S015"), ("2025", "S015")] {
        let mut site = TestSite::starter();
        let sources = site.sources();
        for (id, path) in sources.site_files("content") {
            let deep = path.replacen("content/", &format!("content/{folder}/"), 1);
            site = site.write(&deep, sources.file(id).bytes().to_vec()).without(path);
        }
        let checked = site.check();
        assert_eq!(checked.codes(), [code], "{}", checked.human(Language::English));
        let said = checked.human(Language::English);
        assert!(
            said.contains(&format!("move what content/{folder}/ holds into content/")),
            "{said}"
        );
    }
}

#[test]
fn a_folder_too_few_is_one_finding() {
    for (from, to, says) in [
        (
            "content/demo/2025-budget/",
            "content/2025-budget/",
            "the folder of its organisation is missing",
        ),
        ("content/demo/", "content/", "the folder of its organisation is missing"),
        ("content/demo/2025-budget/", "content/demo/", "the folder of the disclosure is missing"),
    ] {
        let mut site = TestSite::starter();
        let sources = site.sources();
        for (id, path) in sources.site_files("content").filter(|(_, path)| path.starts_with(from)) {
            let moved = path.replacen(from, to, 1);
            site = site.write(&moved, sources.file(id).bytes().to_vec()).without(path);
        }
        let checked = site.check();
        let said = checked.human(Language::English);
        // The organisation whose folder stays has no disclosure.
        let codes: Vec<&str> = checked.codes().into_iter().filter(|code| *code != "S029").collect();
        assert_eq!(codes, ["S015"], "{from} → {to}: {said}");
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn a_portal_that_says_so_holds_a_disclosure_back_until_its_day() {
    let desk = Desk::mended();
    let head = "content/library/2025-budget/disclosure.yaml";
    let path = desk.path(head);
    let text = fs::read_to_string(&path).expect("the disclosure is there");
    fs::write(&path, text.replace("published: 2025-02-20", "published: 2025-03-01"))
        .expect("written");
    let config = desk.path("mingbai.yaml");
    let is_there = || desk.path("public/library/2025-budget/index.html").exists();
    let build = |day: &str| {
        let output = desk.run(&["build", "--today", day, "--allow-removal"]);
        (output.status.code(), errors(&output))
    };
    let (code, said) = build("2025-02-20");
    assert!(code == Some(0) && is_there(), "{said}");
    let text = fs::read_to_string(&config).expect("the configuration is there");
    fs::write(&config, format!("{text}hold_until_published: true\n")).expect("written");
    let (code, said) = build("2025-02-28");
    assert!(code == Some(0) && !is_there() && said.contains("[S031]"), "{said}");
    let (code, said) = build("2025-03-01");
    assert!(code == Some(0) && is_there() && !said.contains("[S031]"), "{said}");
    let check = desk.run(&["check", "--today", "2025-02-28", "--strict"]);
    let said = errors(&check);
    assert!(check.status.success() && said.contains("note[D706]"), "{said}");
}

#[test]
fn a_year_beside_a_bound_figure_is_the_year_of_that_figure() {
    let profile = "extends: test/minimal\nprose:\n  before_year: [较, 比, 与]\n  other_year: [结转, 上年]\n  as_of: [末, 底]\n  quotes: [《》]\n";
    let head = |year: u32| format!("fiscal_year: {year}\nstage: budget\nprofile: test/prose\n");
    let said = |line: &str| {
        TestSite::minimal()
            .write("profiles/test/prose.yaml", profile)
            .write("disclosure.yaml", head(2025))
            .write(OTHER, section(line))
            .check()
            .codes()
            .into_iter()
            .filter(|code| *code == "N306")
            .count()
    };
    let total = "[6.00万元](=procurement/合计/total)";
    for line in [
        format!("2024年采购预算{total}。"),
        format!("2026年度采购{total}。"),
        format!("２０２４年采购预算{total}。"),
        format!("二〇二四年采购预算{total}。"),
        format!("2024年，采购预算{total}。"),
        format!("采购预算{total}（2024年）。"),
        format!("2024年全年**采购预算**{total}。"),
        format!("较2023年增加{total}。"),
        format!("- 2024年采购{total}"),
    ] {
        assert_eq!(said(&line), 1, "{line}");
    }
    for line in [
        format!("2025年采购预算{total}。"),
        format!("二〇二五年度采购{total}。"),
        format!("与2024年相比增加{total}。"),
        format!("2024年末采购余额{total}。"),
        format!("截至2024年12月31日采购{total}。"),
        format!("2024年结转的采购{total}。"),
        format!("按《2019年采购办法》采购{total}。"),
        format!("2023年至2025年采购{total}。"),
        format!("2024年做了很多，采购预算{total}。"),
        "2019年成立，采购预算6.00万元。".to_owned(),
    ] {
        assert_eq!(said(&line), 0, "{line}");
    }
}

#[test]
fn words_behind_a_sign_of_comments_are_missed_in_every_file_an_author_writes() {
    for (path, content) in [
        ("mingbai.yaml", "title: 示例县预算公开 #2\n"),
        ("mingbai.yaml", "title: 门户\nfooter:\n  - 主办单位：示例县 #1号楼\n"),
        ("content/glossary.yaml", "预算: 一年的收支计划 #见预算法\n"),
        ("content/demo/organisation.yaml", "name: 示例县科学技术协会 #2\n"),
        ("profiles/test/other.yaml", "extends: test/minimal\ntitle: 部门预算 #2号\n"),
        ("profiles/test/codes.yaml", "codes:\n  '205': 教育支出 #类\n"),
        ("themes/default/texts.yaml", "zh-CN:\n  table: 表 格 #1\n"),
    ] {
        let said = said(path, content);
        assert!(said.contains("error[S028]"), "{path}: {said}");
    }
    let commented = "extends: test/minimal\ntitle: 部门预算信息公开   # 表头上的 / as printed\n";
    let said = said("profiles/test/other.yaml", commented);
    assert!(!said.contains("S028"), "{said}");
}

#[test]
fn a_link_that_leads_nowhere_is_shown_as_it_is_written_with_what_was_meant() {
    for (link, says) in [
        ("www.example.org/a", "https://www.example.org/a"),
        ("example.org.cn", "https://example.org.cn"),
        ("https：//example.org/", "half-width: https://example.org/"),
        ("附件一.pdf", "/附件一.pdf"),
    ] {
        let said = said(OTHER, section(&format!("见[官网]({link})。")));
        assert!(said.contains(&format!("the link {link} on")), "{link}: {said}");
        assert!(said.contains(says), "{link}: {said}");
    }
}

#[test]
fn a_file_of_another_program_is_named_whatever_its_ending() {
    for (bytes, name) in [
        (&b"PK\x03\x04\x14\x00[Content_Types].xml xl/workbook.xml"[..], "a file of Excel (.xlsx)"),
        (b"PK\x03\x04\x14\x00word/document.xml", "a file of Word (.docx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of Excel (.xls)"),
        (b"%PDF-1.7\n", "a file of PDF (.pdf)"),
    ] {
        for path in ["tables/funds.yaml", OTHER] {
            let said = said(path, bytes);
            assert!(said.contains("error[S002]") && said.contains(name), "{name}: {said}");
            assert_eq!(said.matches("error[").count(), 1, "{name}: {said}");
        }
    }
}

#[test]
fn a_configuration_by_another_name_is_known() {
    let desk = Desk::mended();
    for name in ["mingbai.yml", "Mingbai.yaml", "mingbai.yaml.txt"] {
        fs::rename(desk.path("mingbai.yaml"), desk.path(name)).expect("renamed");
        let said = errors(&desk.run(&["check", "--lang", "en"]));
        assert!(said.contains(&format!("rename {name} mingbai.yaml")), "{said}");
        fs::rename(desk.path(name), desk.path("mingbai.yaml")).expect("renamed back");
    }
}
