//! What helps a reader: words that a profile explains, whom to ask, the published original, what does not agree
//! with its explanation, spending before income.

use mingbai::diagnostic::Language;
use scraper::{ElementRef, Html, Selector};

use crate::bench::TestSite;

const GLOSSARY: &str = "glossary.html";
const EXPENDITURE: &str = "demo/2025-budget/tables/expenditure.html";

fn select<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("the selector is valid")).collect()
}

/// The words of what a selector finds on a page.
fn words(page: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let text = |one: ElementRef| {
        one.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    select(html.root_element(), selector).into_iter().map(text).collect()
}

fn links(page: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let href = |one: ElementRef| one.value().attr("href").unwrap_or_default().to_owned();
    select(html.root_element(), selector).into_iter().map(href).collect()
}

/// The smallest portal, whose profile explains words of its tables.
fn explained() -> TestSite {
    let profile = TestSite::minimal().read("profiles/test/minimal.yaml");
    let glossary = "
glossary:
  教育支出: { zh-CN: 办学校的钱, en: money for schools }
  科普: { zh-CN: 讲科学的事, en: teaching science, also: [科学技术普及] }
  机构运行: { en: what it takes to run the body }
";
    TestSite::minimal().write("profiles/test/minimal.yaml", format!("{profile}{glossary}"))
}

#[test]
fn what_a_profile_explains_is_marked_as_not_the_publishers_and_linked_at_the_word() {
    let page = explained().page(GLOSSARY);
    assert_eq!(words(&page, "dt"), ["教育支出", "科普"], "of what is written in its language");
    assert_eq!(words(&page, "dd")[0], "办学校的钱 这是本站程序的解释，不是公开单位的说法");
    let table = explained().page(EXPENDITURE);
    let at_words = links(&table, "tbody a.term");
    assert_eq!(at_words, ["../../../glossary.html#教育支出", "../../../glossary.html#科普"]);
    assert_eq!(
        words(&table, "tbody a.term"),
        ["教育支出", "科学技术普及"],
        "as the form prints it"
    );
    let english = explained().write("mingbai.yaml", "title: Demo\nlanguage: en\n").page(GLOSSARY);
    assert_eq!(
        words(&english, "dd")[0],
        "money for schools This program’s explanation, not the publisher’s"
    );
    assert_eq!(words(&english, "dt").len(), 3);
    assert!(!TestSite::minimal().check().site.paths().iter().any(|path| path == GLOSSARY));
}

#[test]
fn what_a_publisher_explains_comes_first_under_the_publishers_own_word() {
    let own = "科学技术普及: 单位自己的说法\n";
    let page = explained().write("content/glossary.yaml", own).page(GLOSSARY);
    assert_eq!(words(&page, "dt"), ["科学技术普及", "教育支出"]);
    let said = words(&page, "dd");
    assert_eq!(said[..2], ["单位自己的说法", "讲科学的事 这是本站程序的解释，不是公开单位的说法"]);
}

#[test]
fn the_shipped_explanations_stand_in_both_languages_and_name_no_level_of_government() {
    let text = include_str!("../../profiles/cn/glossary.yaml");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let of = |tag: &str| -> Vec<&str> {
        lines.iter().filter_map(|line| line.trim().strip_prefix(tag)).collect()
    };
    let (chinese, english) = (of("zh-CN: "), of("en: "));
    assert!(chinese.len() >= 20 && chinese.len() == english.len());
    for line in &chinese {
        let level = line.chars().find(|c| "省市县区乡镇".contains(*c));
        assert_eq!(level, None, "{line}");
    }
    for line in &english {
        let named = ["province", "municipal", "county", "city", "district"];
        assert!(!named.iter().any(|level| line.contains(level)), "{line}");
    }
    let names = [
        "一般公共预算",
        "三公经费",
        "基本支出",
        "项目支出",
        "结转",
        "结余",
        "政府性基金",
        "国有资本经营",
        "政府采购",
        "绩效目标",
    ];
    for name in names {
        assert!(lines.contains(&format!("  {name}:").as_str()), "{name}");
    }
}

#[test]
fn readers_are_told_whom_to_ask_and_ask_with_the_citation() {
    let silent = TestSite::minimal().page(EXPENDITURE);
    assert!(words(&silent, ".contact").is_empty() && !silent.contains("mailto:"));
    let site = TestSite::minimal()
        .write("mingbai.yaml", "title: 示例县预算公开\ncontact: 0000-1\nemail: all@example.org\n")
        .edit("content/demo/organisation.yaml", "code:", "email: own@example.org\ncode:");
    let page = site.page(EXPENDITURE);
    assert_eq!(words(&page, ".foot .contact"), ["联系方式：0000-1、own@example.org"]);
    assert!(
        page.contains("data-to=mailto:own@example.org"),
        "the card of a figure has the mailbox"
    );
    assert_eq!(
        words(&site.page("index.html"), ".foot .contact"),
        ["联系方式：0000-1、all@example.org"]
    );
    for wrong in ["nobody", "a@b@c", "mailto:a@example.org", "a@example.org?cc=b@c"] {
        let config = format!("title: 示例县预算公开\nemail: \"{wrong}\"\n");
        let report =
            TestSite::minimal().write("mingbai.yaml", config).check().human(Language::English);
        assert!(report.contains(&format!("`{wrong}` in email is no mailbox")), "{report}");
    }
}

#[test]
fn the_published_original_is_linked_and_a_source_that_is_an_address_too() {
    let head =
        |lines: &str| format!("fiscal_year: 2025\nstage: budget\nprofile: test/minimal\n{lines}\n");
    let page = |lines: &str| {
        TestSite::minimal()
            .write("disclosure.yaml", head(lines))
            .page("demo/2025-budget/index.html")
    };
    let original = page("original: https://www.example.gov.cn/2025.pdf");
    assert!(links(&original, "main a").contains(&"https://www.example.gov.cn/2025.pdf".to_owned()));
    let source = page("source: https://www.example.gov.cn/2025.html");
    assert!(links(&source, "main a").contains(&"https://www.example.gov.cn/2025.html".to_owned()));
    let plain = page("source: 县政府网站");
    assert!(words(&plain, "main p").contains(&"县政府网站".to_owned()));
    let report =
        TestSite::minimal().write("disclosure.yaml", head("original: docs/notes.md")).check();
    assert!(report.human(Language::English).contains("the address in original cannot be used"));
}

#[test]
fn where_nothing_is_the_reader_can_search() {
    let page = TestSite::minimal().page("404.html");
    assert_eq!(links(&page, "form").len(), 1);
    assert!(page.contains("name=q"), "{page}");
}

#[test]
fn the_proof_begins_with_what_does_not_agree_and_why_and_folds_what_does() {
    let site = TestSite::minimal()
        .edit("tables/expenditure.yaml", "total: 90.00, basic: 50.00, project: 40.00 }", "total: 90.00, basic: 50.00, project: 41.00 }")
        .write(
            "disclosure.yaml",
            "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\naccept:\n  - { code: cross-foot, at: expenditure/206/project, reason: 原件如此，多写了 1 万元 }\n",
        );
    let page = site.page("demo/2025-budget/verification.html");
    let headings = words(&page, "main h2");
    assert_eq!(headings[0], "不符", "{headings:?}");
    assert!(words(&page, "#broken li p").contains(&"原件如此，多写了 1 万元".to_owned()));
    assert_eq!(words(&page, "details#exact > summary h2"), ["相符"]);
}
