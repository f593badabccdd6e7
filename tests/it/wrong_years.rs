//! Years and dates that are not those of the disclosure, in a new portal as `init` writes it.

use crate::bench::TestSite;

const OPERATING: &str = "narrative/03-operating.md";
const CELL: &str = "(=basic/合计/public)";

/// The codes found in the new portal with one file written otherwise.
fn codes_with(path: &str, from: &str, to: &str) -> Vec<&'static str> {
    let site = TestSite::starter();
    let text = site.read(path);
    assert!(text.contains(from), "{path}: {from}");
    site.write(path, text.replacen(from, to, 1)).check().codes()
}

/// The codes found where the text of a section is this.
fn codes_of_text(text: &str) -> Vec<&'static str> {
    let text = text.replace("()", CELL);
    codes_with(OPERATING, "2025年，机关运行经费共计安排[50.00万元](=basic/合计/public)", &text)
}

#[test]
fn a_year_of_a_bound_figure_is_seen_wherever_it_stands() {
    for text in [
        "## 2024年公用经费\n\n安排[50.00万元]()",
        "## （一）2024年度公用经费\n\n安排[50.00万元]()",
        "| 项目 | 2024年预算数 |\n|---|---|\n| 公用经费 | [50.00万元]() |\n\n以上",
        "2024年：公用经费[50.00万元]()",
        "2024年；公用经费[50.00万元]()",
        "2024年度：\n\n- 公用经费[50.00万元]()",
        "[2024年公用经费50.00万元]()",
        "24年公用经费预算安排，24年预算支出[50.00万元]()",
        "202年公用经费[50.00万元]()",
        "20255年公用经费[50.00万元]()",
        "2O24年公用经费[50.00万元]()",
        "2O25年公用经费[50.00万元]()",
        "20 24 年公用经费[50.00万元]()",
        "2024/2025年公用经费[50.00万元]()",
        "2026年预算支出[50.00万元]()",
        "2024财年公用经费[50.00万元]()",
        "2024财政年度公用经费[50.00万元]()",
        "前年公用经费[50.00万元]()",
        "上一财年公用经费[50.00万元]()",
        "2023财年部门预算",
        "示例县图书馆2024年公用经费[50.00万元]()",
        "2024年一般公共预算公用经费[50.00万元]()",
        "2024年三项公用经费[50.00万元]()",
        "公用经费（2024年）[50.00万元]()",
        "公用经费（2024）[50.00万元]()",
        "支出预算(2024年度)为[50.00万元]()",
        "公用经费[50.00万元]()（二〇二四年）",
        "2024年\n公用经费[50.00万元]()",
        "2024年一般公共预算\n公用经费[50.00万元]()",
    ] {
        assert_eq!(codes_of_text(text), ["N306"], "{text}");
    }
}

#[test]
fn a_year_of_something_else_is_no_slip() {
    for text in [
        "2025年，公用经费[50.00万元]()",
        "## 2025年公用经费\n\n安排[50.00万元]()",
        "| 项目 | 2025年预算数 |\n|---|---|\n| 公用经费 | [50.00万元]() |\n\n以上",
        "| 项目 | 2024年预算数 | 2025年预算数 |\n|---|---|---|\n| 公用经费 | 48.00万元 | [50.00万元]() |\n\n以上",
        "支付2024年采购尾款[50.00万元]()",
        "支付2024年设备款[50.00万元]()",
        "2023年成立的少儿分馆公用经费[50.00万元]()",
        "比2024年减少，今年[50.00万元]()",
        "建馆24年，公用经费[50.00万元]()",
        "建馆120年，公用经费[50.00万元]()",
        "20 25 年公用经费[50.00万元]()",
        "2025财年公用经费[50.00万元]()",
        "本财年公用经费[50.00万元]()",
        "以前年度的公用经费[50.00万元]()",
        "2024年一季度的公用经费[50.00万元]()",
        "2024年1-12月的公用经费[50.00万元]()",
        "比2024年一般公共预算增加，公用经费[50.00万元]()",
        "与2024年一般公共预算支出相比，公用经费[50.00万元]()",
        "尾款（2024年）[50.00万元]()",
        "公用经费（2025年）[50.00万元]()",
        "2025年\n公用经费[50.00万元]()",
        "2024年做了很多。\n公用经费[50.00万元]()",
    ] {
        assert_eq!(codes_of_text(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_fiscal_year_that_cannot_be_read_is_one_finding() {
    for (written, code) in [
        ("fiscal_year: 2O25", "S019"),
        ("fiscal_year: 205", "S019"),
        ("fiscal_year: 20255", "S019"),
        ("fiscal_year: 2025.0", "S019"),
        ("fiscal_year:", "S006"),
        ("", "S006"),
    ] {
        assert_eq!(
            codes_with("disclosure.yaml", "fiscal_year: 2025", written),
            [code],
            "{written}"
        );
    }
}

#[test]
fn dates_of_no_calendar_and_of_other_years_are_found() {
    for written in
        ["2204-12-31", "204-12-31", "2024年13月31日", "2024-12-32", "2025-12-31", "二〇一四年"]
    {
        let (path, from) = ("tables/assets.yaml", "as-of: 2024-12-31");
        assert_eq!(codes_with(path, from, &format!("as-of: {written}")), ["D707"], "{written}");
    }
    let targets =
        ["2024-12-31", "2024/12前", "二〇二四年底前", "2025年13月", "12月32日", "2025-02-30"];
    for written in targets {
        let found =
            codes_with("projects/01-books.yaml", "value: ≤10 天", &format!("value: {written}"));
        assert!(found.contains(&"P409"), "{written}: {found:?}");
    }
    for written in ["2025-12-31", "2025/12前", "二〇二五年底前", "12月31日", "2025年12月"]
    {
        let found =
            codes_with("projects/01-books.yaml", "value: ≤10 天", &format!("value: {written}"));
        assert!(!found.contains(&"P409"), "{written}: {found:?}");
    }
}

#[test]
fn one_cause_is_one_finding() {
    assert_eq!(codes_with("disclosure.yaml", "published: 2025", "published: 2015"), ["D707"]);
    let site = TestSite::starter().today("2025-06-01");
    let text = site.read("disclosure.yaml").replace("on: 2025-02-18", "on: 2025-12-18");
    assert_eq!(site.write("disclosure.yaml", text).check().codes(), ["D706"]);
    let title = "# 二、部门预算安排的总体情况";
    let other = "# 二、2026年部门预算安排的总体情况";
    assert_eq!(codes_with("narrative/02-overall.md", title, other), ["D705"]);
}

#[test]
fn a_folder_named_by_a_mistyped_year_is_found() {
    for folder in ["202-budget", "20255-budget", "2205-budget", "2024-budget"] {
        let site = TestSite::minimal();
        let files = ["disclosure.yaml", "tables/overview.yaml"];
        let site = files.iter().fold(site, |site, file| {
            let text = site.read(&format!("content/demo/2025-budget/{file}"));
            site.write(&format!("content/demo/{folder}/{file}"), text)
        });
        assert!(site.check().codes().contains(&"D708"), "{folder}");
    }
}

/// The new portal of 2025 with its text and these lines in `disclosure.yaml`.
fn with_text(text: &str, head: &str) -> TestSite {
    let site = TestSite::starter();
    let old = "2025年，机关运行经费共计安排[50.00万元](=basic/合计/public)";
    let read = site.read(OPERATING).replacen(old, &text.replace("()", CELL), 1);
    let written = site.read("disclosure.yaml");
    site.write(OPERATING, read).write("disclosure.yaml", format!("{written}{head}"))
}

#[test]
fn an_acceptance_is_of_the_words_it_was_written_for() {
    let accept = |at: &str, found: &str| {
        format!(
            "accept:\n  - {{ code: foreign-text, at: narrative/operating/{at}, reason: 原件如此, found: {found} }}\n"
        )
    };
    let clause = "2024年公用经费50.0";
    let text = "2024年公用经费[50.00万元]()";
    assert_eq!(with_text(text, &accept("2024年", clause)).check().codes(), Vec::<&str>::new());
    for (text, codes) in [
        ("2024年公用经费[50.00万元]()，2023年公用经费[50.00万元]()", vec!["N306"]),
        ("2024年公用经费[50.00万元]()。二〇二六年公用经费[50.00万元]()", vec!["N306"]),
        ("2024年公用经费[50.00万元]()，2024年公用经费[50.00万元]()", vec!["A901", "N306"]),
        ("2025年公用经费[50.00万元]()", vec!["A901"]),
    ] {
        assert_eq!(with_text(text, &accept("2024年", clause)).check().codes(), codes, "{text}");
    }
    let twice = "2024年公用经费[50.00万元]()，二〇二四年公用经费[50.00万元]()";
    assert_eq!(
        with_text(twice, &accept("2024年/2", "2024年公用经费50.0；二〇二四年公用经费50.0"))
            .check()
            .codes(),
        Vec::<&str>::new()
    );
}

#[test]
fn a_stage_that_is_not_the_disclosures_is_found() {
    for (text, is_found) in [
        ("2025年决算公用经费[50.00万元]()", true),
        ("2025年度部门决算公用经费[50.00万元]()", true),
        ("本年决算支出[50.00万元]()", true),
        ("以上是2025年部门决算的说明。公用经费[50.00万元]()", true),
        ("2025年预算公用经费[50.00万元]()", false),
        ("2025年预算执行后编制决算，公用经费[50.00万元]()", false),
        ("2024年决算已经公开。公用经费[50.00万元]()", false),
        ("与2024年决算相比，公用经费[50.00万元]()", false),
        ("执行情况在2025年决算中公开。公用经费[50.00万元]()", false),
        ("最终以2025年度部门决算为准。公用经费[50.00万元]()", false),
        ("2025年决算公开时一并说明。公用经费[50.00万元]()", false),
        ("在2025年决算中，公用经费[50.00万元]()", true),
    ] {
        let codes = with_text(text, "").check().codes();
        assert_eq!(codes.contains(&"N306"), is_found, "{text}: {codes:?}");
    }
    for (title, is_found) in [
        ("示例县图书馆2025年部门决算", true),
        ("示例县图书馆2025年度决算公开", true),
        ("示例县图书馆2025年部门预算", false),
        ("示例县图书馆2025年部门预算（照决算编）", false),
    ] {
        let codes = codes_with(
            "disclosure.yaml",
            "title: 示例县图书馆2025年部门预算信息公开",
            &format!("title: {title}"),
        );
        assert_eq!(codes, if is_found { vec!["D709"] } else { vec![] }, "{title}");
    }
    for (folder, is_found) in
        [("2025-final", true), ("2025年决算", true), ("2025-budget-final", false), ("2025", false)]
    {
        let site = TestSite::starter();
        let head = site.read("disclosure.yaml");
        let overview = site.read("tables/overview.yaml");
        let codes = site
            .write(&format!("content/demo/{folder}/disclosure.yaml"), head)
            .write(&format!("content/demo/{folder}/tables/overview.yaml"), overview)
            .check()
            .codes();
        assert_eq!(codes.contains(&"D709"), is_found, "{folder}: {codes:?}");
    }
}

#[test]
fn a_year_said_by_a_word_is_the_year_of_its_figure() {
    for text in [
        "去年公用经费[50.00万元]()",
        "上年公用经费[50.00万元]()",
        "上年度，公用经费[50.00万元]()",
        "明年公用经费[50.00万元]()",
        "## 去年公用经费\n\n安排[50.00万元]()",
        "示例县图书馆上一年支出[50.00万元]()",
        "[去年公用经费50.00万元]()",
    ] {
        assert_eq!(codes_of_text(text), ["N306"], "{text}");
    }
    for text in [
        "今年公用经费[50.00万元]()",
        "本年度公用经费[50.00万元]()",
        "与去年相比，公用经费[50.00万元]()",
        "比上年增加的公用经费[50.00万元]()",
        "去年末公用经费[50.00万元]()",
        "上年结转的公用经费[50.00万元]()",
        "上年减少，公用经费[50.00万元]()",
        "去年做了很多，公用经费[50.00万元]()",
        "支付去年采购设备款[50.00万元]()",
    ] {
        assert_eq!(codes_of_text(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_comparison_of_two_other_years_is_no_slip() {
    for (text, is_found) in [
        ("比2023年减少较多。公用经费[50.00万元]()", true),
        ("2024年比2023年减少较多。公用经费[50.00万元]()", false),
        ("去年比2023年减少较多。公用经费[50.00万元]()", false),
        ("比2024年减少，比2023年也减少。公用经费[50.00万元]()", false),
        ("比上年减少，比2023年也减少。公用经费[50.00万元]()", false),
    ] {
        let codes = codes_of_text(text);
        assert_eq!(codes.contains(&"N306"), is_found, "{text}: {codes:?}");
    }
}

#[test]
fn a_day_of_a_figure_is_that_of_its_table() {
    let found = |words: &str| codes_with("narrative/09-assets.md", "上年末固定", words);
    for words in ["2025年末固定", "2025年底，固定", "本年末固定", "截至2025年12月31日固定"]
    {
        assert_eq!(found(words), ["N306"], "{words}");
    }
    for words in ["2024年末固定", "去年末固定", "2025年初固定", "截至2024年12月31日固定"]
    {
        assert_eq!(found(words), Vec::<&str>::new(), "{words}");
    }
}

#[test]
fn a_title_with_its_own_year_is_no_slip() {
    for title in [
        "示例县图书馆25年部门预算",
        "建馆24年的示例县图书馆2025年部门预算",
        "示例县24所图书馆2025年部门预算",
    ] {
        let written = format!("title: {title}");
        let codes =
            codes_with("disclosure.yaml", "title: 示例县图书馆2025年部门预算信息公开", &written);
        assert_eq!(codes, Vec::<&str>::new(), "{title}");
    }
}
