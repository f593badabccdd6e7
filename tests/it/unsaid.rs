//! What an author left out, wrote twice or wrote where no reader sees it is said at its place, and
//! nothing else is blamed for it.

use mingbai::diagnostic::Language;

use crate::bench::{DISCLOSURE, TestSite};

const OTHER: &str = "narrative/02-explanation.md";

fn said(site: &TestSite) -> String {
    let checked = site.check_pages();
    let chinese = checked.human(Language::Chinese);
    let english = checked.human(Language::English);
    let count = |said: &str| said.matches("error[").count();
    assert_eq!(count(&chinese), count(&english), "{chinese}\n{english}");
    english
}

/// One error, of this code, at this place of the concise report.
fn one(site: &TestSite, code: &str, place: &str) {
    let (said, concise) = (said(site), site.check_pages().concise(Language::English));
    assert_eq!(said.matches("error[").count(), 1, "{place}: {said}");
    assert!(said.contains(&format!("error[{code}]")), "{place}: {said}");
    assert!(concise.contains(place), "{place}: {concise}");
}

#[test]
fn a_table_without_rows_is_unknown_and_one_finding() {
    for (site, tables) in [
        (
            TestSite::starter(),
            &["general", "expenditure", "revenue", "basic", "overview", "fiscal-overview"][..],
        ),
        (TestSite::minimal(), &["expenditure", "overview", "procurement"]),
    ] {
        assert_eq!(said(&site), "");
        for table in tables {
            let path = format!("tables/{table}.yaml");
            for empty in
                ["rows: []\n", "rows:\n", "{}\n", "panels:\n", "panels: {}\n", "rows: # x\n"]
            {
                // A table with panels that has a list of rows is told so.
                let is_panels = table.contains("overview") && empty == "rows: []\n";
                let code = if is_panels { "S007" } else { "S023" };
                one(&site.clone().write(&path, empty), code, &path);
            }
            for wrong in ["rows: {}\n", "panels: []\n", "panels: { x: {} }\n"] {
                one(&site.clone().write(&path, wrong), "S007", &path);
            }
        }
    }
}

#[test]
fn a_panel_without_rows_is_one_finding_and_the_other_is_still_checked() {
    let site = TestSite::minimal();
    let whole = site.read("tables/overview.yaml");
    let (income, expenditure) = whole.split_once("  expenditure:").expect("two panels");
    for panels in [
        format!("{income}  expenditure: []\n"),
        format!("{income}  expenditure:\n"),
        income.to_owned(),
        format!("panels:\n  income: []\n  expenditure:{expenditure}"),
    ] {
        one(&site.clone().write("tables/overview.yaml", panels), "S023", "tables/overview.yaml");
    }
}

#[test]
fn a_table_that_says_it_is_empty_stays_nought() {
    let site = TestSite::minimal();
    assert_eq!(said(&site), "");
    one(&site.write("tables/funds.yaml", "rows: []\n"), "C103", "tables/funds.yaml");
}

#[test]
fn a_disclosure_or_an_organisation_that_was_copied_is_named_with_its_original() {
    let site = TestSite::minimal();
    let copied = |from: &str, to: &str| {
        let paths = [
            "content/demo/organisation.yaml",
            "content/demo/2025-budget/disclosure.yaml",
            "content/demo/2025-budget/tables/overview.yaml",
            "content/demo/2025-budget/tables/expenditure.yaml",
            "content/demo/2025-budget/tables/procurement.yaml",
            "content/demo/2025-budget/tables/funds.yaml",
            "content/demo/2025-budget/projects/01-science-day.yaml",
            "content/demo/2025-budget/narrative/01-duties.md",
            "content/demo/2025-budget/narrative/02-explanation.md",
        ];
        let below = paths.iter().filter(|path| path.starts_with(from));
        below.fold(site.clone(), |site, path| {
            let text = site.read(path);
            site.write(&path.replacen(from, to, 1), text)
        })
    };
    for to in ["2025-budget - 副本", "2025-budget2", "2025-budget-copy"] {
        let copy = copied(DISCLOSURE, &format!("content/demo/{to}"));
        one(&copy, "S020", &format!("content/demo/{to}/disclosure.yaml:"));
        let said = said(&copy);
        assert!(said.contains(&format!("`{to}` and `2025-budget` are one disclosure")), "{said}");
        let head = format!("content/demo/{to}/disclosure.yaml");
        for key in ["edition: 人大", "draft: true"] {
            let text = format!("{}{key}\n", copy.read(&head));
            let checked = copy.clone().write(&head, text).check();
            assert!(!checked.codes().contains(&"S020"), "{key}");
        }
    }
    let copy = copied("content/demo/", "content/demo2/");
    let said = said(&copy);
    assert!(said.contains("error[S020]: `demo2` and `demo` are one organisation"), "{said}");
    assert!(said.contains("content/demo/organisation.yaml"), "{said}");
    let text = copy.read("content/demo2/organisation.yaml");
    let region = format!("{text}region: {{ code: 130700, name: 张家口市 }}\n");
    let elsewhere = copy.write("content/demo2/organisation.yaml", region);
    assert!(!elsewhere.check().codes().contains(&"S020"));
}

#[test]
fn people_and_programs_are_told_the_same_line_of_a_bad_byte() {
    for start in ["# 二、预算情况说明\n\n一\n\n", "# x\n", "# x\n\n\n\n", "# x\n\nab"] {
        let bytes = [start.as_bytes(), b"\xd2\xbb\xb6\xfe\n"].concat();
        let checked = TestSite::minimal().write(OTHER, bytes).check();
        let concise = checked.concise(Language::English);
        let place = concise.split(": ").next().expect("a place");
        let human = checked.human(Language::English);
        assert!(human.contains(&format!("--> {place}\n")), "{concise}{human}");
    }
}

#[test]
fn words_that_no_reader_sees_are_said() {
    let text =
        |lines: &str| format!("# 二、预算情况说明\n\n{lines}\n\n[政府采购预算表](=procurement)\n");
    for (lines, place) in [
        ("[说明]: 此处为文字", ":3:1"),
        ("[注]: 口径见附件\n后面还有一行。", ":3:1"),
        ("甲。\n\n> [注]: 口径见附件", ":5:3"),
        ("- [注]: 口径", ":3:3"),
        ("[注]: https://example.org/\n\n没有人用它。", ":3:1"),
        ("见[注]。\n\n[注]: https://example.org/a\n[注]: https://example.org/b", ":6:1"),
        ("甲[^1]乙。\n\n[^1]: 甲。\n\n[^1]: 乙。", ":7:1"),
        ("甲[^1]乙。\n\n[^1]: 甲。\n[^1]: 乙。", ":6:1"),
        ("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 | 3 |", ":5:11"),
        ("甲 | 乙\n--- | ---\n1 | 2 | 三 | 四", ":5:9"),
    ] {
        one(&TestSite::minimal().write(OTHER, text(lines)), "S028", place);
    }
    for lines in [
        "[注]：口径见附件",
        "见[注]。\n\n[注]: https://example.org/a",
        "甲[^1]乙[^2]。\n\n[^1]: 甲。\n\n[^2]: 乙。",
        "`[注]: x`",
        "```\n[注]: x\n```",
        "| 甲 | 乙 |\n| --- | --- |\n| 1 \\| 2 | 3 |\n| 1 | 2 | |",
        "第一[注]: x",
    ] {
        assert_eq!(said(&TestSite::minimal().write(OTHER, text(lines))), "", "{lines}");
    }
}

#[test]
fn a_heading_without_words_is_an_error() {
    for (text, place) in [
        ("#\n\n[政府采购预算表](=procurement)\n", ":1:1"),
        ("# \n\n[政府采购预算表](=procurement)\n", ":1:1"),
        ("# 二、预算情况说明\n\n##\n\n[政府采购预算表](=procurement)\n", ":3:1"),
    ] {
        let site = TestSite::minimal().write(OTHER, text);
        let concise = site.check().concise(Language::English);
        assert!(concise.contains(place) && concise.contains("error[S019]"), "{concise}");
    }
}

#[test]
fn a_table_that_is_not_there_is_the_one_cause() {
    for table in ["expenditure", "basic", "general"] {
        let site = TestSite::starter().without(&format!("tables/{table}.yaml"));
        one(&site, "C101", "disclosure.yaml:");
        assert!(said(&site).contains("because of it"), "{table}");
    }
}

#[test]
fn text_that_was_read_in_another_encoding_is_found() {
    let text =
        |words: &str| format!("# 二、预算情况说明\n\n{words}\n\n[政府采购预算表](=procurement)\n");
    for words in [
        "æ¬",
        "æ\u{9c}¬å\u{8d}\u{95}ä½\u{8d}",
        "æœ¬å•ä½",
        "鏈崟",
        "鏈鍗曚綅",
        "閮ㄩ棬",
        "见~{VPNO~}。",
    ] {
        one(&TestSite::minimal().write(OTHER, text(words)), "S022", ":3:");
    }
    for words in [
        "鐵路運輸條例，鏈條閱讀銀行開門關閉",
        "銀行鏈條",
        "a ~{b} c ~{d~}",
        "café naïve, “é»” Zoë’s déjà vu »été«",
    ] {
        assert_eq!(said(&TestSite::minimal().write(OTHER, text(words))), "", "{words}");
    }
}

#[test]
fn chinese_of_one_encoding_read_in_the_other_is_found_and_read() {
    let simplified = "本年度图书馆的支出预算情况如下所述。";
    let traditional = "圖書館經費與銀行國際關係發展委員會會議";
    let read = |words: &str,
                written: &'static encoding_rs::Encoding,
                read: &'static encoding_rs::Encoding| {
        read.decode_without_bom_handling(&written.encode(words).0).0.into_owned()
    };
    let (gbk, big5) = (encoding_rs::GBK, encoding_rs::BIG5);
    for (words, names, known) in [
        (read(simplified, gbk, big5), "in GBK turns into when it is read as Big5", "支出预算"),
        (read(traditional, big5, gbk), "in Big5 turns into when it is read as GBK", "銀行"),
    ] {
        let text = format!("# 二、预算情况说明\n\n{words}\n\n[政府采购预算表](=procurement)\n");
        let said = said(&TestSite::minimal().write(OTHER, text));
        assert!(
            said.contains("S022") && said.contains(names) && said.contains(known),
            "{words}: {said}"
        );
    }
    for words in [
        "圖書館經費編列情形如下所述，較上年度減少；臺灣省政府主計處編印統計年鑑，國際關係與經濟發展委員會會議紀錄。",
        "镕、垚、喆、堃、祎、昇、甯、鑫淼焱、龢、贇、珺、瑀、璟、玥、烜、煜、翀、彧、旻、昊、晟",
    ] {
        let text = format!("# 二、预算情况说明\n\n{words}\n\n[政府采购预算表](=procurement)\n");
        assert_eq!(said(&TestSite::minimal().write(OTHER, text)), "", "{words}");
    }
}

#[test]
fn a_few_bytes_of_chinese_are_not_taken_for_other_letters() {
    for bytes in [
        &b"\xce\xde"[..],
        b"\xbe\xad\xb7\xd1",
        b"\xce\xde\xa1\xa3",
        b"\xd6\xa7\xb3\xf612\xcd\xf2\xd4\xaa",
    ] {
        let start = "# 二、预算情况说明\n\n".as_bytes();
        let checked = TestSite::minimal().write(OTHER, [start, bytes, b"\n"].concat()).check();
        let said = checked.human(Language::English);
        assert!(said.contains("GB18030"), "{bytes:?}: {said}");
    }
}

#[test]
fn folders_that_have_a_name_of_the_sites_own_are_one_finding() {
    for name in ["index.html", "assets", "Search", "regions", "404.html", "robots.txt"] {
        let mut site = TestSite::minimal();
        for file in
            ["organisation.yaml", "2025-budget/disclosure.yaml", "2025-budget/tables/funds.yaml"]
        {
            let text = site.read(&format!("content/demo/{file}"));
            let text = text.replace("示例县科学技术协会", "示例县档案馆");
            site = site.write(&format!("content/{name}/{file}"), text);
        }
        let found = site.check();
        let said = found.concise(Language::English);
        let place = format!("content/{name}/organisation.yaml");
        assert!(
            said.lines().any(|line| line.starts_with(&place) && line.contains("W603")),
            "{said}"
        );
    }
}
