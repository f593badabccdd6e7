//! What the sites of public authorities must say of themselves and of every page, and the pages
//! any site has for its readers: site map, statement, downloads, terms linked to the glossary.

use mingbai::diagnostic::Language;
use scraper::{ElementRef, Html, Selector};

use crate::bench::TestSite;

const OFFICIAL: &str = "\
title: 示例县预算公开
description: 示例县的部门预算
base_url: https://www.example.gov.cn/ys
publisher: 示例县人民政府办公室
official: true
government:
  name: 示例县人民政府
  id_code: \"1300000001\"
  address: 示例路 1 号
  contact: 0000-0000000
  icp: 示例ICP备00000000号
  public_security: 示例公网安备 13000000000001号
  badge: { image: badge.png, url: https://badge.example.org/ }
  report_errors: https://mistakes.example.org/
  keywords: [预算, 决算]
";

const DISCLOSURE: &str = "\
fiscal_year: 2025
stage: budget
profile: test/minimal
published: 2025-02-20 09:30
catalogue: { index: 000-1/2025-1, publisher: 示例县财政局, topic: 财政, genre: 财政预算、决算, keywords: [部门预算], author: 办公室, image: cover.png }
";

fn official() -> TestSite {
    TestSite::minimal()
        .write("mingbai.yaml", OFFICIAL)
        .write("disclosure.yaml", DISCLOSURE)
        .write("static/badge.png", "a picture")
        .write("static/cover.png", "a picture")
}

fn select<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("the selector is valid")).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// What a `<meta>` tag says; every name stands once at most.
fn meta(html: &Html, name: &str) -> Option<String> {
    let found = select(html.root_element(), &format!("head meta[name=\"{name}\" i]"));
    assert!(found.len() <= 1, "{name} stands {} times", found.len());
    found.first().map(|tag| tag.value().attr("content").unwrap_or_default().to_owned())
}

fn every_page(site: &TestSite) -> Vec<(String, Html)> {
    let checked = site.check_pages();
    assert_eq!(checked.human(Language::English), "");
    let paths = checked.site.paths().into_iter().filter(|path| path.ends_with(".html"));
    paths.map(|path| (path.clone(), Html::parse_document(&site.page(&path)))).collect()
}

#[test]
fn every_page_of_an_official_site_names_the_site() {
    for (path, html) in every_page(&official()) {
        assert_eq!(meta(&html, "SiteName").as_deref(), Some("示例县人民政府"), "{path}");
        assert_eq!(meta(&html, "SiteDomain").as_deref(), Some("www.example.gov.cn"), "{path}");
        assert_eq!(meta(&html, "SiteIDCode").as_deref(), Some("1300000001"), "{path}");
    }
}

#[test]
fn a_page_is_a_column_or_an_article() {
    for (path, html) in every_page(&official()) {
        let column = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
        let article = ["ArticleTitle", "PubDate", "ContentSource"];
        let said = |names: &[&str]| {
            let said = names.iter().filter_map(|name| meta(&html, name));
            said.inspect(|value| assert!(!value.is_empty(), "{path}")).count()
        };
        let is_article = ["/tables/", "/narrative/"].iter().any(|part| path.contains(part))
            || (path.contains("/projects/") && !path.ends_with("index.html"));
        let expected = if is_article {
            (0, 3)
        } else if path == "404.html" {
            (0, 0)
        } else {
            (4, 0)
        };
        assert_eq!((said(&column), said(&article)), expected, "{path}");
        if is_article {
            assert_eq!(meta(&html, "PubDate").as_deref(), Some("2025-02-20 09:30"));
            assert_eq!(meta(&html, "ContentSource").as_deref(), Some("示例县科学技术协会"));
            assert_eq!(meta(&html, "Author").as_deref(), Some("办公室"));
            assert_eq!(meta(&html, "Keywords").as_deref(), Some("部门预算"));
            let whole = |path: &str| format!("https://www.example.gov.cn/ys/{path}");
            assert_eq!(meta(&html, "Image"), Some(whole("cover.png")));
            assert_eq!(meta(&html, "Url"), Some(whole(&path)));
            let line = select(html.root_element(), "main .dateline");
            assert_eq!(text(line[0]), "发布日期：2025年2月20日 来源：示例县科学技术协会");
        }
    }
}

#[test]
fn a_day_without_a_time_is_printed_and_never_made_a_pub_date() {
    let site = official().write("disclosure.yaml", DISCLOSURE.replace(" 09:30", ""));
    assert_eq!(site.check().codes(), ["G804"]);
    let html = Html::parse_document(&site.page("demo/2025-budget/tables/funds.html"));
    assert_eq!(meta(&html, "PubDate"), None);
    let line = select(html.root_element(), "main .dateline");
    assert!(text(line[0]).starts_with("发布日期：2025年2月20日"));
}

#[test]
fn the_foot_of_an_official_site_says_who_where_and_under_which_numbers() {
    for (path, html) in every_page(&official()) {
        let foot = select(html.root_element(), "body > footer")[0];
        let words = text(foot);
        for said in [
            "主办单位：示例县人民政府办公室",
            "地址：示例路 1 号",
            "联系方式：0000-0000000",
            "网站标识码：1300000001",
        ] {
            assert!(words.contains(said), "{path}: {said}");
        }
        let links: Vec<(&str, String)> = select(foot, "a")
            .into_iter()
            .map(|link| (link.value().attr("href").unwrap_or_default(), text(link)))
            .collect();
        let leads = |to: &str, words: &str| {
            links.iter().any(|(href, text)| href.ends_with(to) && text == words)
        };
        assert!(leads("https://beian.miit.gov.cn/", "示例ICP备00000000号"), "{path}");
        assert!(leads("?recordcode=13000000000001", "示例公网安备 13000000000001号"), "{path}");
        assert!(leads("https://mistakes.example.org/", "网站找错"), "{path}");
        assert!(leads("https://badge.example.org/", ""), "{path}");
        assert!(path == "site-map.html" || leads("site-map.html", "站点地图"), "{path}");
        assert!(
            path == "accessibility.html" || leads("accessibility.html", "无障碍声明"),
            "{path}"
        );
        assert!(!select(foot, "img[alt]").is_empty(), "{path}");
    }
}

#[test]
fn the_missing_page_leads_on_from_any_depth() {
    let html = Html::parse_document(&official().page("404.html"));
    for (tag, attribute) in
        [("a.skip ~ * a", "href"), ("link[rel=stylesheet]", "href"), ("img", "src")]
    {
        let found = select(html.root_element(), tag);
        assert!(!found.is_empty(), "{tag}");
        for element in found {
            let to = element.value().attr(attribute).unwrap_or_default();
            assert!(to.starts_with("/ys/") || to.starts_with("https://"), "{tag}: {to}");
        }
    }
    let main = select(html.root_element(), "main a");
    assert!(main.len() >= 2, "the front page and the map at least");
}

#[test]
fn a_site_that_is_not_official_is_asked_nothing_and_claims_nothing() {
    let site = TestSite::minimal();
    assert!(site.check_pages().codes().is_empty());
    for (path, html) in every_page(&site) {
        assert_eq!(meta(&html, "SiteName"), None, "{path}");
        assert_eq!(meta(&html, "ColumnName"), None, "{path}");
    }
}

#[test]
fn the_catalogue_entry_stands_on_the_disclosure() {
    let html = Html::parse_document(&official().page("demo/2025-budget/index.html"));
    let facts: Vec<String> =
        select(html.root_element(), "main .facts dd").into_iter().map(text).collect();
    for said in ["000-1/2025-1", "示例县财政局", "财政", "财政预算、决算"] {
        assert!(facts.iter().any(|fact| fact == said), "{said} of {facts:?}");
    }
}

#[test]
fn what_is_not_written_like_a_date_is_reported() {
    for wrong in ["2025-02-20 25:00", "2025-02-20 9:30", "2025-02-30 09:30", "2025-02-20 09:30:00"]
    {
        let site = official().write(
            "disclosure.yaml",
            DISCLOSURE.replace("2025-02-20 09:30", &format!("\"{wrong}\"")),
        );
        assert!(site.check().codes().contains(&"S019"), "{wrong}");
    }
}

#[test]
fn an_organisation_with_a_draft_alone_has_no_page() {
    let site =
        TestSite::minimal().write("content/empty/organisation.yaml", "name: 空空如也").write(
            "content/empty/2025-budget/disclosure.yaml",
            "profile: test/minimal\nfiscal_year: 2025\nstage: budget\ndraft: true\n",
        );
    let paths = site.check_pages().site.paths();
    assert!(!paths.iter().any(|path| path.starts_with("empty/")), "{paths:?}");
    assert!(!site.page("index.html").contains("空空如也"));
    assert!(!site.page("site-map.html").contains("空空如也"));
}

#[test]
fn the_site_map_stays_small_with_many_organisations() {
    let mut site = TestSite::minimal();
    let profile = "profile: test/plain\nfiscal_year: 2025\nstage: budget\n";
    site = site.write(
        "profiles/test/plain.yaml",
        "title: x\nwords: { stage: 预算, year: \"{year}年\" }\n",
    );
    for number in 0..500 {
        site = site
            .write(
                &format!("content/o{number}/organisation.yaml"),
                format!("name: 第{number}单位\n"),
            )
            .write(&format!("content/o{number}/2025-budget/disclosure.yaml"), profile);
    }
    let html = site.page("site-map.html");
    let page = Html::parse_document(&html);
    assert_eq!(select(page.root_element(), "ul.map > li > a").len(), 501);
    assert_eq!(select(page.root_element(), "ul.map ul").len(), 0);
    assert!(html.len() < 500 * 80, "{} bytes", html.len());
}

#[test]
fn a_portal_may_say_what_it_wants_of_its_accessibility() {
    let own = "# 我们的声明\n\n请来电。\n";
    let html =
        TestSite::minimal().write("content/accessibility.md", own).page("accessibility.html");
    assert!(html.contains("我们的声明") && html.contains("请来电。"), "{html}");
    assert!(!html.contains("axe"), "{html}");
}

#[test]
fn the_statement_claims_what_the_browser_tests_run() {
    let tests =
        [include_str!("../browser/site.test.mjs"), include_str!("../browser/reading.test.mjs")]
            .concat();
    let statements = [
        include_str!("../../themes/default/accessibility.zh-CN.md"),
        include_str!("../../themes/default/accessibility.en.md"),
    ];
    for statement in statements {
        for (claim, proof) in [
            ("320", "[320, 360, 768, 1280]"),
            ("360", "\"360 light\""),
            ("1280", "\"1280 dark\""),
            ("44", "[[\"normal\", 44], [\"age-friendly\", 60]]"),
            ("axe", "axe.run"),
            ("WCAG", "\"wcag2a\", \"wcag2aa\", \"wcag21a\", \"wcag21aa\", \"wcag22aa\""),
            ("HTML", "every page is valid HTML"),
        ] {
            assert!(statement.contains(claim) && tests.contains(proof), "{claim}: {proof}");
        }
    }
}

#[test]
fn the_downloads_of_a_disclosure_are_on_one_page() {
    let site = TestSite::minimal();
    let html = Html::parse_document(&site.page("demo/2025-budget/downloads.html"));
    let rows = select(html.root_element(), "tbody tr");
    assert_eq!(rows.len(), 4);
    for row in rows {
        let sizes = select(row, "small");
        let links = select(row, "a[download]");
        assert_eq!((links.len(), sizes.len()), (3, 3), "two forms of CSV, and JSON");
        for (link, size) in links.into_iter().zip(sizes) {
            let file = link.value().attr("href").unwrap_or_default();
            let bytes = site.page(&format!("demo/2025-budget/{file}"));
            assert_eq!(text(size), mingbai::format::size(bytes.len() as u64), "{file}");
            if file.ends_with(".data.csv") {
                let rows = bytes.lines().count() - 1;
                assert_eq!(text(select(row, "td")[0]), rows.to_string(), "{file}");
            }
        }
    }
    let whole: Vec<String> = select(html.root_element(), "ul.rows a[download]")
        .into_iter()
        .map(|link| link.value().attr("href").unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        whole,
        [
            "demo-2025-budget.xlsx",
            "projects.csv",
            "projects.data.csv",
            "indicators.csv",
            "indicators.data.csv",
            "figures.data.csv",
            "projects.json",
            "codes-functional.data.csv",
            "datapackage.json",
            "demo-2025-budget.zip"
        ]
    );
    let home = site.page("demo/2025-budget/index.html");
    assert!(home.contains("downloads.html"), "the disclosure leads to its data");
}

#[test]
fn a_term_leads_to_the_glossary_where_it_first_stands() {
    let site = TestSite::minimal()
        .write("content/glossary.yaml", "支出: 花的钱\n项目支出: 按项目花的钱\n教育支出: 办学校的钱\n")
        .write(
            "narrative/01-duties.md",
            "# 一、部门职责\n\n## 项目支出\n\n安排项目支出，[支出](https://example.org/)，项目支出和支出，支出。\n\n教育支出\n\n把教育支出管好。\n",
        );
    let html = site.page("demo/2025-budget/narrative/01-duties.html");
    let page = Html::parse_document(&html);
    let terms = select(page.root_element(), "a.term");
    let found: Vec<(String, &str)> = terms
        .iter()
        .map(|link| (text(*link), link.value().attr("href").unwrap_or_default()))
        .collect();
    let to = |word: &str| (word.to_owned(), format!("../../../glossary.html#{word}"));
    let expected = [to("项目支出"), to("支出"), to("教育支出")];
    assert_eq!(found.len(), 3, "{found:?}");
    for ((word, href), expected) in found.iter().zip(&expected) {
        assert_eq!((word, *href), (&expected.0, expected.1.as_str()));
    }
    let main = text(select(page.root_element(), "main")[0]);
    assert!(
        main.contains("安排项目支出，支出，项目支出和支出，支出。"),
        "the words are as written: {main}"
    );
    let alone = select(page.root_element(), "main p").into_iter().find(|p| text(*p) == "教育支出");
    let alone = alone.expect("the paragraph is printed");
    assert!(select(alone, "a").is_empty(), "a paragraph that is a term alone stays plain");
    let table = Html::parse_document(&site.page("demo/2025-budget/tables/expenditure.html"));
    let rows: Vec<String> =
        select(table.root_element(), "tbody a.term").into_iter().map(text).collect();
    assert_eq!(rows.first().map(String::as_str), Some("教育支出"));
    let glossary = site.page("glossary.html");
    assert!(glossary.contains("id=项目支出") || glossary.contains("id=\"项目支出\""));
}

#[test]
fn a_section_with_several_headings_begins_with_its_contents() {
    let write = |text: &str| {
        let site = TestSite::minimal().write("narrative/01-duties.md", text);
        site.page("demo/2025-budget/narrative/01-duties.html")
    };
    let html = Html::parse_document(&write(
        "# 职责\n\n## 一\n\n甲。\n\n### 细 目\n\n乙。\n\n## 一\n\n丙。\n",
    ));
    let links: Vec<String> = select(html.root_element(), "main nav.contents a")
        .into_iter()
        .map(|link| {
            link.value().attr("href").unwrap_or_default().trim_start_matches('#').to_owned()
        })
        .collect();
    assert_eq!(links, ["一", "细目", "一-2"]);
    for id in links {
        assert_eq!(select(html.root_element(), &format!("main [id=\"{id}\"]")).len(), 1);
    }
    assert!(
        !write("# 职责\n\n## 一\n\n甲。\n").contains("contents"),
        "one heading needs no contents"
    );
}
