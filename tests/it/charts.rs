//! Drawings, the tables beside them, and sentences filled in from cells: what they show, and
//! when they are left out.

use mingbai::amount::Decimal;
use mingbai::chart::{ChartWords, Flow, bar, columns, cuts, flow, share};
use mingbai::diagnostic::Language;
use scraper::{ElementRef, Html, Selector};

use crate::bench::{Checked, TestSite};

const WORDS: ChartWords =
    ChartWords { id: "x", title: "钱 <花> & \"哪里\"", description: "甲 1 <2>" };

fn decimal(text: &str) -> Decimal {
    mingbai::amount::parse(text).expect("a decimal").value
}

fn decimals(texts: &[&str]) -> Vec<Decimal> {
    texts.iter().map(|text| decimal(text)).collect()
}

/// The values of an attribute, in order, without the sign of per cent.
fn attributes(svg: &str, tag: &str, name: &str) -> Vec<Decimal> {
    let html = Html::parse_fragment(svg);
    select(html.root_element(), tag)
        .iter()
        .filter_map(|element| element.value().attr(name))
        .map(|value| decimal(value.trim_end_matches('%')))
        .collect()
}

fn select<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("the selector is valid")).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

// ------------------------------------------------------------ drawings

#[test]
fn the_parts_of_a_bar_are_as_long_as_the_whole() {
    for parts in [&["991.95", "281.95", "67.90", "58.86", "53.89"][..], &["1", "1", "1"], &["7"]] {
        let parts = decimals(parts);
        let whole: Decimal = parts.iter().sum();
        let svg = bar(WORDS, &parts, whole);
        let widths = attributes(&svg, "svg > rect", "width");
        assert_eq!(widths.len(), parts.len());
        assert_eq!(widths.iter().sum::<Decimal>(), Decimal::ONE_HUNDRED, "{svg}");
        let starts = attributes(&svg, "svg > rect", "x");
        let ends: Vec<Decimal> = starts.iter().zip(&widths).map(|(x, width)| *x + *width).collect();
        assert_eq!(starts[1..], ends[..ends.len() - 1], "each part begins where the last ends");
    }
}

#[test]
fn what_parts_leave_of_a_whole_stays_empty_and_nothing_has_no_length() {
    assert_eq!(cuts(&decimals(&["1", "2"]), decimal("4")), decimals(&["0", "25", "75"]));
    assert_eq!(cuts(&decimals(&["0"]), decimal("0")), decimals(&["0", "0"]));
    assert_eq!(share(decimal("0"), decimal("5")), "");
    assert_eq!(share(decimal("-1"), decimal("5")), "");
    assert_eq!(share(decimal("1"), decimal("0")), "");
}

#[test]
fn words_of_a_drawing_are_escaped_and_named() {
    let svg = bar(WORDS, &[Decimal::ONE], Decimal::ONE);
    assert!(svg.contains("role=\"img\" aria-labelledby=\"x-title x-words\""));
    assert!(svg.contains("钱 &lt;花&gt; &amp; &quot;哪里&quot;"));
    assert!(svg.contains("甲 1 &lt;2&gt;"));
}

#[test]
fn columns_leave_a_gap_where_a_year_has_no_figure_and_hang_below_nought() {
    let figures = [Some(decimal("30")), None, Some(decimal("-10")), Some(decimal("0"))];
    let svg = columns(WORDS, &figures, Some(0));
    assert_eq!(attributes(&svg, "rect", "height"), decimals(&["75", "25", "0"]));
    assert_eq!(attributes(&svg, "rect", "y"), decimals(&["0", "75", "75"]));
    assert_eq!(attributes(&svg, "line", "y1"), decimals(&["75"]));
    let empty = columns(WORDS, &[None, None], None);
    assert!(!empty.contains("<rect"));
}

#[test]
fn every_bar_of_a_flow_is_as_long_as_what_flows() {
    let flows = Flow {
        from: vec![decimals(&["827.51", "281.95"]), decimals(&["164.44", "0"])],
        to: vec![decimals(&["482.31", "281.95"]), decimals(&["509.64", "0"])],
        parts: 2,
    };
    let svg = flow(WORDS, &flows);
    let widths = attributes(&svg, "svg > rect", "width");
    assert_eq!(widths.len(), 6);
    for bar in widths.chunks(2) {
        assert_eq!(bar.iter().sum::<Decimal>(), Decimal::ONE_HUNDRED, "{svg}");
    }
    assert_eq!(svg.matches("<path class").count(), 6, "a ribbon for every figure but nought");
}

// ------------------------------------------------------------ charts of a profile

const CHARTED: &str = "extends: test/minimal
summary:
  total: \"{year}支出 {expenditure/合计/total}[，{change expenditure/合计/total}]。\"
  largest: 最多的是{largest 2 expenditure/level:1/total of expenditure/合计/total}。
  share: 项目支出占 {share expenditure/合计/project of expenditure/合计/total}。
charts:
  spending:
    title: 钱花在哪里
    kind: composition
    on: [home, disclosure]
    of: expenditure/合计/total
    parts: [expenditure/level:1/total]
  flow:
    title: 来与去
    kind: flow
    on: [disclosure]
    from: [{ name: 财政, of: overview/income.fiscal/amount }, overview/income.other/amount]
    to: [expenditure/合计/basic, expenditure/合计/project]
  years:
    title: 历年
    kind: series
    of: expenditure/合计/total
";

fn disclosure(year: u32) -> String {
    format!("fiscal_year: {year}\nstage: budget\nprofile: test/charted\n")
}

fn charted(profile: &str) -> TestSite {
    TestSite::minimal()
        .write("profiles/test/charted.yaml", profile)
        .write("disclosure.yaml", disclosure(2025))
}

/// A year before that planned less; the portal lacks the year between.
fn with_earlier(site: TestSite) -> TestSite {
    const EARLIER: &str = "rows:
  - { name: 合计, total: 80.00, basic: 40.00, project: 40.00 }
  - { code: 206, name: 科学技术支出, total: 80.00, basic: 40.00, project: 40.00 }
  - { code: 20607, name: 科学技术普及, total: 80.00, basic: 40.00, project: 40.00 }
  - { code: 2060702, name: 科普活动, total: 80.00, basic: 40.00, project: 40.00 }
";
    site.write(
        "profiles/test/earlier.yaml",
        "extends: test/charted\ntables: { overview: ~, funds: ~, procurement: ~ }\nsections: ~\ntie_outs: ~\ncharts: ~\n",
    )
    .write("content/demo/2023-budget/disclosure.yaml", disclosure(2023).replace("charted", "earlier"))
    .write("content/demo/2023-budget/tables/expenditure.yaml", EARLIER)
    .write("content/demo/2023-budget/projects/01-day.yaml", "name: 科普日\nbudget: 40.00\nfiscal: 40.00\n")
}

fn html(site: &TestSite, path: &str) -> Html {
    Html::parse_document(&site.page(path))
}

const HOME: &str = "index.html";
const DISCLOSED: &str = "demo/2025-budget/index.html";
const SPENT: &str = "demo/2025-budget/tables/expenditure.html";

#[test]
fn a_composition_and_its_table_say_the_same() {
    for path in [HOME, DISCLOSED, SPENT] {
        let html = html(&charted(CHARTED), path);
        let root = html.root_element();
        let rows: Vec<String> =
            select(root, ".composition tbody tr").into_iter().map(text).collect();
        assert_eq!(rows, ["科学技术支出90.0090.0%", "教育支出10.0010.0%"], "{path}");
        let words = text(select(root, ".composition desc")[0]);
        assert_eq!(words, "科学技术支出 90.00 万元 (90.0%); 教育支出 10.00 万元 (10.0%)");
        let link = select(root, ".composition td a")[0].value().attr("href").unwrap_or_default();
        assert!(link.ends_with("#206.total"), "{link}");
    }
}

#[test]
fn a_flow_without_rows_in_common_goes_through_one_pool() {
    let html = html(&charted(CHARTED), DISCLOSED);
    let ends: Vec<String> = select(html.root_element(), ".ends li").into_iter().map(text).collect();
    assert_eq!(ends, ["财政 95.00", "二、其他收入 5.00", "基本支出 60.00", "项目支出 40.00"]);
}

#[test]
fn a_series_shows_the_year_the_portal_lacks() {
    let site = with_earlier(charted(CHARTED));
    let html = html(&site, SPENT);
    let cells = |part: &str| -> Vec<String> {
        select(html.root_element(), part).into_iter().map(text).collect()
    };
    assert_eq!(cells(".series thead th"), ["2023年", "2024年", "2025年"]);
    assert_eq!(cells(".series tbody td"), ["80.00", "未收录", "100.00"]);
    assert_eq!(select(html.root_element(), ".series svg rect").len(), 2);
}

#[test]
fn one_year_alone_is_no_series() {
    let html = html(&charted(CHARTED), SPENT);
    assert!(select(html.root_element(), ".series").is_empty());
}

/// The table of expenditure with one class printed as this.
fn with_class(figure: &str) -> TestSite {
    let rows = format!(
        "rows:
  - {{ name: 合计, total: 100.00, basic: 60.00, project: 40.00 }}
  - {{ code: 205, name: 教育支出, total: {figure} }}
  - {{ code: 206, name: 科学技术支出, total: 100.00, basic: 60.00, project: 40.00 }}
"
    );
    let loose = CHARTED.to_owned()
        + "tables: { expenditure: { total_row: ~, classification: { of: functional, depth: 1 } } }\n";
    charted(&loose).write("tables/expenditure.yaml", rows)
}

#[test]
fn a_withheld_part_leaves_the_drawing_and_the_sentences_about_it_out() {
    let checked = with_class("涉密").check();
    let mut report = checked.report;
    let bytes = mingbai::render::render(&mut report, &checked.sources, &checked.site, SPENT);
    let page = String::from_utf8(bytes.expect("planned")).expect("UTF-8");
    assert!(page.contains("涉密"), "the cell says that it is withheld");
    assert!(!page.contains("class=\"bar\""), "what is left of the whole would tell it");
    assert!(!page.contains("最多的是"));
}

#[test]
fn a_sentence_has_only_figures_that_are_there() {
    let sentence =
        |site: &TestSite| text(select(html(site, DISCLOSED).root_element(), ".summary")[0]);
    let alone = sentence(&charted(CHARTED));
    assert_eq!(
        alone,
        "2025年支出 100.00 万元。最多的是科学技术支出 90.00 万元（90.0%）、教育支出 10.00 万元（10.0%）。项目支出占 40.0%。"
    );
    let beside = sentence(&with_earlier(charted(CHARTED)));
    assert!(
        beside.starts_with("2025年支出 100.00 万元，比2023年多 20.00 万元（25.0%）。"),
        "{beside}"
    );
    let absent = CHARTED.replace("{expenditure/合计/total}[，", "{funds/合计/amount}[，");
    let left = sentence(&charted(&absent));
    assert!(left.starts_with("最多的是"), "a sentence without its figure is left out: {left}");
}

#[test]
fn a_sentence_is_told_in_the_language_of_the_site() {
    const SAID: &str = "  total: { zh-CN: 中文, en: \"Spent {expenditure/合计/total}[, {change expenditure/合计/total}].\" }";
    let lines: Vec<&str> = CHARTED
        .lines()
        .filter(|line| !line.starts_with("  largest:") && !line.starts_with("  share:"))
        .map(|line| if line.starts_with("  total:") { SAID } else { line })
        .collect();
    let site = with_earlier(charted(&lines.join("\n")))
        .write("mingbai.yaml", "title: Budget\nlanguage: en\n");
    assert_eq!(
        text(select(html(&site, DISCLOSED).root_element(), ".summary")[0]),
        "Spent 100.00 万元, up 20.00 万元 (25.0%) from 2023年."
    );
}

#[test]
fn every_figure_of_a_sentence_leads_to_its_cell() {
    let html = html(&charted(CHARTED), HOME);
    let link = select(html.root_element(), ".summary a")[0];
    assert_eq!(
        link.value().attr("href"),
        Some("demo/2025-budget/tables/expenditure.html#合计.total")
    );
    assert_eq!(text(link), "100.00");
}

#[test]
fn a_wrong_address_is_told_where_it_stands() {
    let wrong = [
        ("parts: [expenditure/level:1/total]", "parts: [expenditure/level:1/totals]", "totals"),
        ("of: expenditure/合计/total\n    parts", "of: spending/合计/total\n    parts", "spending"),
        ("kind: series", "kind: pie", "pie"),
        ("on: [home, disclosure]", "on: [house]", "house"),
        ("{share expenditure/合计/project of", "{part expenditure/合计/project of", "part"),
        ("overview/income.other/amount]", "nonsense]", "nonsense"),
        ("最多的是{largest 2", "最多的是{largest 0", "largest 0"),
    ];
    for (right, instead, word) in wrong {
        assert!(CHARTED.contains(right), "{right}");
        let found = charted(&CHARTED.replace(right, instead)).check().human(Language::English);
        let line = found.lines().find(|line| {
            line.contains(word) && line.contains('│') || line.contains(" | ") && line.contains(word)
        });
        assert!(line.is_some() && found.contains("charted.yaml"), "{instead}:\n{found}");
    }
}

// ------------------------------------------------------------ front pages

#[test]
fn many_organisations_are_listed_by_region() {
    let mut site = TestSite::minimal().write("profiles/test/bare.yaml", "title: 部门预算\n");
    for number in 0..70 {
        site = site.write(
            &format!("content/body{number:02}/2025-budget/disclosure.yaml"),
            "fiscal_year: 2025\nstage: budget\nprofile: test/bare\n",
        );
        let region = if number < 40 { "甲县" } else { "乙县" };
        site = site.write(
            &format!("content/body{number:02}/organisation.yaml"),
            format!(
                "code: {}\nname: 单位{number}\nregion: {{ code: 130001, name: {region} }}\n",
                400 + number
            ),
        );
    }
    let home = html(&site, HOME);
    let rows = select(home.root_element(), "main table tbody tr");
    let rows: Vec<String> = rows.into_iter().map(text).collect();
    assert_eq!(rows, ["甲县40/400/40", "乙县30/300/30", "未注明地区的单位0/11/1"]);
    let region = html(&site, "regions/2.html");
    assert_eq!(select(region.root_element(), ".standing tbody tr").len(), 30);
}

#[test]
fn no_page_that_lists_two_thousand_organisations_is_over_200_kb_and_each_is_listed() {
    const BODIES: usize = 2000;
    let mut site = TestSite::minimal().write("profiles/test/bare.yaml", "title: 部门预算\n");
    for number in 0..BODIES {
        let home = format!("content/body{number:04}");
        for year in ["2025", "2024"] {
            site = site.write(
                &format!("{home}/{year}-budget/disclosure.yaml"),
                format!("fiscal_year: {year}\nstage: budget\nprofile: test/bare\n"),
            );
        }
        // Most are of one region; the others each of their own.
        let region = if number < 1500 { "甲市".to_owned() } else { format!("第{number}县") };
        site = site.write(
            &format!("{home}/organisation.yaml"),
            format!(
                "code: {}\nname: 张家口市科学技术协会第{number}单位\nregion: {{ code: 130001, name: {region} }}\n",
                10_000 + number
            ),
        );
    }
    let Checked { sources, site, mut report } = site.check();
    let mut page = |path: &str| {
        let bytes = mingbai::render::render(&mut report, &sources, &site, path).expect("planned");
        assert!(bytes.len() < 200_000, "{path} has {} bytes", bytes.len());
        String::from_utf8(bytes).expect("UTF-8")
    };
    assert!(page(HOME).contains("regions/1.html"));
    assert!(page("site-map.html").contains("regions/501.html"));
    for folder in ["regions/1", "search"] {
        let is_part = |path: &String| {
            path.strip_prefix(folder).and_then(|rest| rest.strip_suffix(".html")).is_some_and(
                |rest| {
                    rest.chars().all(|c| c.is_ascii_digit() || "-/".contains(c))
                        && !rest.starts_with(|c: char| c.is_ascii_digit())
                },
            )
        };
        let parts: Vec<String> = site.paths().into_iter().filter(is_part).collect();
        assert!(parts.len() > 5, "{folder}: {parts:?}");
        let all: String = parts.iter().map(|path| page(path)).collect();
        for number in 0..1500 {
            assert!(all.contains(&format!("body{number:04}/index.html")), "{folder}: {number}");
        }
    }
}

#[test]
fn a_payment_plan_is_drawn_as_its_steps() {
    let page = html(&charted(CHARTED), "demo/2025-budget/projects/01-science-day.html");
    let svg = select(page.root_element(), ".plan svg")[0];
    assert_eq!(attributes(&svg.html(), "svg > rect", "width"), decimals(&["50", "50"]));
    assert_eq!(text(select(svg, "desc")[0]), "6月底 50%; 12月底 100%");
}

#[test]
fn a_plan_that_falls_is_not_drawn() {
    let project =
        "name: 科普日活动\nbudget: 40.00\nfiscal: 40.00\npayment_plan: { jun: 120%, dec: 100% }\n";
    let checked = charted(CHARTED).write("projects/01-science-day.yaml", project).check();
    let mut report = checked.report;
    let path = "demo/2025-budget/projects/01-science-day.html";
    let bytes = mingbai::render::render(&mut report, &checked.sources, &checked.site, path);
    let page = String::from_utf8(bytes.expect("planned")).expect("UTF-8");
    assert!(page.contains("120%") && !page.contains("class=\"bar\""));
}
