//! Years side by side as a reader sees them: tables, projects and codes of the
//! bench with two years, and of the demonstration portal with figures worked out
//! by hand from the published documents.

use std::path::Path;
use std::sync::LazyLock;

use mingbai::diagnostic::Report;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;
use scraper::{ElementRef, Html, Selector};

use crate::bench::TestSite;
use crate::years::{LAST_EXPENDITURE, THIS_PROFILE, two_years};

const COMPARE: &str = "demo/2025-budget/compare/2024-budget";

fn select<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("the selector is valid")).collect()
}

/// The words of an element, one space between any two.
fn words(element: ElementRef) -> String {
    let text: Vec<&str> = element.text().collect();
    text.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of the first table of a page: the words of their cells.
fn lines(page: &str) -> Vec<String> {
    lines_of(page, "table")
}

fn lines_of(page: &str, table: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let tables = select(html.root_element(), table);
    let rows = tables.first().map(|table| select(*table, "tbody > tr")).unwrap_or_default();
    let row = |row: ElementRef| {
        let cells: Vec<String> = select(row, "th, td").into_iter().map(words).collect();
        cells.join(" | ")
    };
    rows.into_iter().map(row).collect()
}

/// The words of every element a selector finds.
fn all(page: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    select(html.root_element(), selector).into_iter().map(words).collect()
}

/// Where the links that say this lead.
fn links(page: &str, says: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let links = select(html.root_element(), "a[href]").into_iter();
    let links = links.filter(|link| words(*link) == says);
    links.map(|link| link.value().attr("href").unwrap_or_default().to_owned()).collect()
}

// ------------------------------------------------------------ two years of the bench

#[test]
fn every_line_stands_beside_its_own_of_the_earlier_year() {
    let page = two_years().page(&format!("{COMPARE}/expenditure.html"));
    let expected = [
        "合计 | 100.00 | 92.00 | +8.00 增 8.7%",
        "教育支出 205 | 10.00 | 10.00 | 0.00 持平",
        "进修及培训 20508 | 10.00 | 10.00 | 0.00 持平",
        "干部教育 2050802 | 10.00 | 10.00 | 0.00 持平",
        "科学技术支出 206 | 90.00 | 82.00 | +8.00 增 9.8%",
        "科学技术普及 20607 原名：科技普及 | 90.00 | 82.00 | +8.00 增 9.8%",
        "机构运行 2060701 | 50.00 | 42.00 | +8.00 增 19.0%",
        "科普活动 2060702 新增 | 40.00 |  | +40.00 增",
        "青少年科技活动 2060703 不再列 |  | 40.00 | −40.00 减 100.0%",
    ];
    assert_eq!(lines(&page), expected);
    assert!(!page.contains("不在本站"), "the two years are adjacent");
    assert_eq!(links(&page, "90.00")[0], "../../tables/expenditure.html#206.total");
    assert_eq!(links(&page, "92.00")[0], "../../../2024-budget/tables/expenditure.html#合计.total");
    assert!(page.contains("data-value=\"-40.00\"") || page.contains("data-value=-40.00"));
}

#[test]
fn a_code_renumbered_by_a_concordance_is_one_line_and_says_why() {
    let changes = "changes:\n  - { from: 2060703, to: 2060702, since: 2025, why: 并入科普活动 }\n";
    let site = two_years().write("content/concordance.yaml", changes);
    let found = lines(&site.page(&format!("{COMPARE}/expenditure.html")));
    let last = "科普活动 2060702 原科目：2060703 青少年科技活动 缘由：并入科普活动 | 40.00 | 40.00 | 0.00 持平";
    assert_eq!(found.last().map(String::as_str), Some(last));
}

#[test]
fn what_is_withheld_in_one_year_is_not_compared() {
    // Both parts of their sum in every column, or either could be worked out from the other.
    let hidden = "total: 涉密, basic: 涉密, project: 涉密";
    let before = LAST_EXPENDITURE
        .replace("机构运行, total: 42.00, basic: 42.00", &format!("机构运行, {hidden}"))
        .replace(
            "青少年科技活动, total: 40.00, project: 40.00",
            &format!("青少年科技活动, {hidden}"),
        );
    let site = two_years().write("content/demo/2024-budget/tables/expenditure.yaml", before);
    let page = site.page(&format!("{COMPARE}/expenditure.html"));
    let line = "机构运行 2060701 有一年依法不予公开，不能比 | 50.00 | 涉密 | ";
    assert!(lines(&page).iter().any(|found| found == line), "{:#?}", lines(&page));
}

#[test]
fn amounts_in_other_units_are_not_compared() {
    let yuan = format!("{THIS_PROFILE}headline: [{{ title: 支出, of: expenditure/合计/total }}]\n")
        .replace("    title: 结转结余情况表\n", "    title: 结转结余情况表\n    unit: 元\n");
    let site = two_years()
        .write("profiles/test/this.yaml", yuan)
        .write("profiles/test/last.yaml", LAST_IN_UNITS);
    let page = site.page(&format!("{COMPARE}/balance.html"));
    let found = lines(&page);
    assert!(found[0].starts_with("年初结转和结余 两年单位不同，不能比"), "{found:?}");
    assert!(found.iter().all(|line| line.ends_with("| ")), "{found:?}");
    assert!(page.contains("元、万元"));
}

const LAST_IN_UNITS: &str = "extends: test/this
tables: { overview: ~, funds: ~, procurement: ~, balance: { unit: 万元 } }
sections: ~
tie_outs: ~
years: ~
";

#[test]
fn a_row_or_column_that_only_one_form_has_is_no_change() {
    let form = THIS_PROFILE
        .replace("amount: { title: 决算数, type: amount }", "amount: { title: 决算数, type: amount }\n      cash: { title: 其中：现金, type: amount }")
        .replace("closing: { name: 年末结转和结余 }", "closing: { name: 年末结转和结余 }\n      grand: { name: 总计, sum_of: [opening, closing] }");
    let last = "extends: test/this
tables: { overview: ~, funds: ~, procurement: ~, balance: { columns: { cash: ~ }, rows: { grand: ~ } } }
sections: ~
tie_outs: ~
years: ~
";
    let rows = "rows:\n  - { name: 年初结转和结余, amount: 12.50, cash: 1.00 }\n  - { name: 年末结转和结余, amount: 3.00, cash: 2.00 }\n  - { name: 总计, amount: 15.50, cash: 3.00 }\n";
    let site = two_years()
        .write("profiles/test/this.yaml", form)
        .write("profiles/test/last.yaml", last)
        .write("tables/balance.yaml", rows);
    let page = site.page(&format!("{COMPARE}/balance.html"));
    assert_eq!(all(&page, ".notes li"), ["只有现在的表有这一栏：其中：现金"]);
    let expected = [
        "总计 原来的表没有这一行，不能比 | 15.50 |  | ",
        "年初结转和结余 | 12.50 | 8.00 | +4.50 增 56.3%",
        "年末结转和结余 | 3.00 | 12.50 | −9.50 减 76.0%",
    ];
    assert_eq!(
        lines(&page).iter().map(|line| line.trim_end()).collect::<Vec<_>>(),
        expected.map(str::trim_end)
    );
}

#[test]
fn a_table_tells_its_total_and_its_largest_changes() {
    let page = two_years().page("demo/2025-budget/tables/expenditure.html");
    let expected = [
        "合计 增 8.00 8.7%",
        "科普活动 新增 增 40.00",
        "青少年科技活动 不再列 减 40.00 100.0%",
        "机构运行 增 8.00 19.0%",
    ];
    assert_eq!(all(&page, ".changes li"), expected);
    assert_eq!(links(&page, "科普活动"), ["../compare/2024-budget/expenditure.html#2060702.total"]);
    assert_eq!(links(&page, "全部增减"), ["../compare/2024-budget/expenditure.html"]);
}

#[test]
fn a_project_leads_to_itself_in_other_years() {
    let page = two_years().page("demo/2025-budget/projects/02-day-2025.html");
    let said = "2024年：2024年科普日活动 30.00 万元，减 10.00 (33.3%)";
    assert!(all(&page, "section li").contains(&said.to_owned()), "{:#?}", all(&page, "section li"));
    let back = two_years().page("demo/2024-budget/projects/01-day.html");
    let found = all(&back, "section li");
    assert!(found.iter().any(|line| line.starts_with("2025年 10.00 万元，减 20.00")), "{found:#?}");
    let new = two_years().page("demo/2025-budget/projects/03-new.html");
    assert!(!new.contains("其他年度"));
}

#[test]
fn a_code_has_a_page_with_its_names_its_family_and_its_figures() {
    let page = two_years().page("demo/subjects/functional/20607.html");
    assert_eq!(all(&page, "h1"), ["20607 科学技术普及"]);
    assert_eq!(all(&page, ".facts div"), ["2025年科学技术普及", "2024年科技普及"]);
    assert_eq!(lines(&page), ["2025年 | 90.00 | 50.00 | 40.00", "2024年 | 82.00 | 42.00 | 40.00"]);
    assert_eq!(links(&page, "82.00"), ["../../2024-budget/tables/expenditure.html#20607.total"]);
    assert_eq!(links(&page, "206 科学技术支出").last().map(String::as_str), Some("206.html"));
    let below: Vec<String> = all(&page, "nav .rows li");
    let expected = [
        "2060701 机构运行 2025年 50.00 万元",
        "2060702 科普活动 2025年 40.00 万元",
        "2060703 青少年科技活动 2024年 40.00 万元",
    ];
    assert_eq!(below, expected);
}

#[test]
fn the_codes_of_a_table_lead_to_their_pages() {
    let page = TestSite::minimal().page("demo/2025-budget/tables/expenditure.html");
    assert_eq!(links(&page, "2060702"), ["../../subjects/functional/2060702.html"]);
}

#[test]
fn the_same_digits_in_two_classifications_are_two_subjects() {
    let profile = "extends: test/minimal
classifications: { economic: [3] }
tables:
  economic:
    title: 经济分类表
    classification: economic
    columns:
      code:   { title: 科目编码, type: code }
      name:   { title: 科目名称, type: label }
      amount: { title: 金额, type: amount }
";
    let site = TestSite::minimal()
        .write("profiles/test/two.yaml", profile)
        .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/two\n")
        .write("tables/economic.yaml", "rows:\n  - { code: 206, name: 工资, amount: 7.00 }\n");
    let economic = site.page("demo/subjects/economic/206.html");
    assert_eq!(lines(&economic), ["2025年 | 7.00"]);
    let functional = site.page("demo/subjects/functional/206.html");
    assert_eq!(all(&functional, "h1"), ["206 科学技术支出"]);
    assert!(!functional.contains("7.00"));
}

#[test]
fn rows_whose_code_the_form_implies_are_part_of_its_series() {
    let profile = "extends: test/minimal\ntables: { overview: { panels: { expenditure: { row_codes: functional } } } }\n";
    let site = TestSite::minimal()
        .write("profiles/test/implied.yaml", profile)
        .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/implied\n");
    let page = site.page("demo/subjects/functional/206.html");
    assert_eq!(all(&page, "h2"), ["收支总表 万元", "支出总表 万元"]);
    assert_eq!(lines(&page), ["2025年 | 90.00"]);
    let wrong = profile.replace("row_codes: functional", "row_codes: functionel");
    let found = site.write("profiles/test/implied.yaml", wrong).check();
    let said = found.human(mingbai::diagnostic::Language::Chinese);
    assert!(said.contains("没有科目分类“functionel”"), "{said}");
}

#[test]
fn a_portal_of_one_year_has_nothing_to_compare_and_says_nothing_of_it() {
    let found = TestSite::minimal().check_pages();
    assert!(found.site.paths().iter().all(|path| !path.contains("/compare/")));
    for page in ["tables/expenditure.html", "index.html", "projects/01-science-day.html"] {
        let page = TestSite::minimal().page(&format!("demo/2025-budget/{page}"));
        for word in ["相比", "对照", "其他年度", "增减"] {
            assert!(!page.contains(word), "{word}");
        }
    }
}

// ------------------------------------------------------------ the demonstration portal

static DEMONSTRATION: LazyLock<(Sources, Site)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let (site, _) = plan(&sources, false);
    (sources, site)
});

fn published(path: &str) -> String {
    let (sources, site) = &*DEMONSTRATION;
    let mut report = Report::default();
    let bytes = render(&mut report, sources, site, path).unwrap_or_else(|| panic!("no {path}"));
    assert!(report.diagnostics.is_empty(), "{path}: {:?}", report.diagnostics);
    String::from_utf8(bytes).expect("a page is UTF-8")
}

const PUBLISHED: &str = "zjk-kexie/2025-budget/compare/2022-budget";

#[test]
fn the_two_published_years_are_compared_as_by_hand() {
    let page = published(&format!("{PUBLISHED}/revenue.html"));
    assert!(page.contains("2025年与2022年相比，中间 2 年不在本站。"));
    let found = lines(&page);
    for line in [
        "合计 | 1454.54 | 1135.10 | +319.44 增 28.1%",
        "科学技术支出 206 | 991.95 | 862.98 | +128.97 增 14.9%",
        "机构运行 2060701 | 359.32 | 409.91 | −50.59 减 12.3%",
        "科普活动 2060702 | 330.39 | 212.00 | +118.39 增 55.8%",
        "其他科学技术普及支出 2060799 不再列 |  | 21.95 | −21.95 减 100.0%",
        "财政对其他社会保险基金的补助 20827 新增 | 3.38 |  | +3.38 增",
    ] {
        assert!(found.iter().any(|other| other == line), "{line} is not in {found:#?}");
    }
    assert_eq!(found.len(), 24, "23 lines of 2025 and one that ended");
    let at = found.iter().position(|line| line.contains("2060799")).expect("it ended");
    assert!(found[at - 1].contains("2060705"), "what ended stands where it stood");
    let carried = lines_of(&page, "details[id=carryover] table");
    assert!(
        carried.contains(&"机构运行 2060701 | 3.08 |  | +3.08 增 原为零".to_owned()),
        "{carried:#?}"
    );
    let three = lines(&published(&format!("{PUBLISHED}/three-public.html")));
    assert_eq!(three[0], "“三公”经费小计 | 2.92 | 5.42 | −2.50 减 46.1%");
    assert_eq!(three[1], "合计 现在的表没有这一行，不能比 |  | 5.42 | ");
    let basic = lines(&published(&format!("{PUBLISHED}/basic.html")));
    assert_eq!(basic[0], "合计 | 944.91 | 690.97 | +253.94 增 36.8%");
}

#[test]
fn lines_of_one_name_are_told_apart_and_the_sums_come_first() {
    let page = published(&format!("{PUBLISHED}/procurement.html"));
    let found = lines(&page);
    assert_eq!(found[0], "合计 | 2.08 | 13.86 | −11.78 减 85.0%");
    let line = "科普活动 · 扫描仪 不再列 |  | 0.40 | −0.40 减 100.0%";
    assert!(found.iter().any(|other| other == line), "{found:#?}");
}

#[test]
fn a_sum_of_other_rows_than_before_says_so() {
    let found = lines(&published(&format!("{PUBLISHED}/overview.html")));
    let line = "本年收入合计 两年由不同的行相加 | 1290.10 | 1105.37 | +184.73 增 16.7%";
    assert_eq!(found[0], line);
}

#[test]
fn one_tap_leads_from_the_front_page_to_the_change_of_a_headline() {
    let home = published("index.html");
    let to = links(&home, "2022年 5.42，减 2.50");
    assert_eq!(to, [format!("{PUBLISHED}/three-public.html#subtotal.total")]);
    let page = published(&format!("{PUBLISHED}/three-public.html"));
    assert!(page.contains("id=\"subtotal.total\"") || page.contains("id=subtotal.total"));
}

#[test]
fn a_published_code_has_its_figures_of_both_years() {
    let page = published("zjk-kexie/subjects/functional/2060702.html");
    let tables = [
        "部门预算支出总表 万元",
        "部门预算一般公共预算财政拨款支出表 万元",
        "部门预算收入总表 万元",
    ];
    assert_eq!(all(&page, "h2"), tables);
    let expected =
        ["2025年 | 330.39 | 258.51 | 258.51 | 71.88", "2022年 | 212.00 | 211.90 | 211.90 | 0.10"];
    assert_eq!(lines_of(&page, "main > section:last-of-type table"), expected);
    assert_eq!(links(&page, "71.88"), ["../../2025-budget/tables/revenue.html#2060702.carryover"]);
    assert!(all(&page, ".quiet")[0].ends_with("政府收支分类科目·支出功能分类"));
}

#[test]
fn an_organisation_shows_its_main_figures_over_the_years() {
    let page = published("zjk-kexie/index.html");
    let expected = ["2025年 | 1454.54 | 2.92 | 509.64", "2022年 | 1135.10 | 5.42 | 444.13"];
    assert_eq!(lines(&page), expected);
    assert_eq!(links(&page, "444.13"), ["2022-budget/tables/expenditure.html#合计.project"]);
}

#[test]
fn pages_of_years_and_codes_stay_small() {
    let (_, site) = &*DEMONSTRATION;
    let paths = site.paths();
    let ours = paths.iter().filter(|path| {
        path.ends_with(".html") && (path.contains("/compare/") || path.contains("/subjects/"))
    });
    for path in ours {
        let bytes = published(path).len();
        assert!(bytes <= 64 * 1024, "{path} has {bytes} bytes");
    }
}

#[test]
fn the_page_of_a_code_leads_with_spending() {
    // The form prints the income of a code before its spending.
    let page = published("zjk-kexie/subjects/functional/206.html");
    let html = Html::parse_document(&page);
    let found = |selector: &str| words(select(html.root_element(), selector)[0]);
    assert_eq!(found(".headlines dt"), "2025年 · 部门预算支出总表");
    assert_eq!(found("main section > h2"), "部门预算支出总表 万元");
}
