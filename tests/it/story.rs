//! What pages tell first: what the office does, what grew and shrank, what projects promise, and
//! what organisations come to together; and the list of projects.

use scraper::{ElementRef, Html, Selector};

use crate::bench::TestSite;
use crate::stages::EVALUATED;

const HOME: &str = "index.html";
const PROJECTS: &str = "demo/2025-budget/projects/index.html";

const PROFILE: &str = "extends: test/minimal
headline:
  - { title: 支出, of: expenditure/合计/total }
words: { document: [号] }
prose: { quotes: [〔〕] }
sections:
  duties: { mandate: 职责 }
  list:   { title: 三、项目, required: false }
tables:
  bought:
    title: 采购表
    key: item
    columns:
      project: { title: 项目, type: label }
      item:    { title: 物品, type: text }
      number:  { title: 数量, type: quantity }
      total:   { title: 金额, type: amount }
";

const GRANTED: &str = "name: 冀财〔2024〕5号-下达科普资金
budget: 30.00
fiscal: 30.00
use: 买展品，办讲座
indicators:
  - { level: 质量指标, name: 满意度, value: ≥90% }
  - { level: 质量指标, name: 受益人数, value: ≥1万人 }
  - { level: 成本指标, name: 场均成本, value: ≤2万元 }
  - { level: 数量指标, name: 能耗, value: ≤5度 }
  - { level: 数量指标, name: 讲座场次, value: ≥12场 }
";

const SMALL: &str = "name: 科普日活动\nbudget: 10.00\nfiscal: 10.00\nindicators:\n  - { level: 质量指标, name: 完成率, value: 100% }\n";

/// The minimal portal with two projects, the smaller first.
fn told() -> TestSite {
    TestSite::minimal()
        .write("profiles/test/told.yaml", PROFILE)
        .write("disclosure.yaml", disclosure(2025))
        .write("tables/bought.yaml", "rows: []\n")
        .write("projects/01-science-day.yaml", SMALL)
        .write("projects/02-granted.yaml", GRANTED)
}

fn disclosure(year: u32) -> String {
    format!("fiscal_year: {year}\nstage: budget\nprofile: test/told\n")
}

/// Two years before there was one class, with these lines below it.
fn with_earlier(site: TestSite, before: &str) -> TestSite {
    let rows = format!(
        "rows:
  - {{ name: 合计, total: 80.00, basic: 40.00, project: 40.00 }}
  - {{ code: 206, name: 科学技术支出, total: 80.00, basic: 40.00, project: 40.00 }}
  - {{ code: 20607, name: 科学技术普及, total: 80.00, basic: 40.00, project: 40.00 }}
{before}"
    );
    site.write(
        "profiles/test/earlier.yaml",
        "extends: test/told\ntables: { overview: ~, funds: ~, procurement: ~, bought: ~ }\nsections: ~\ntie_outs: ~\nprojects: { required: false }\n",
    )
    .write("content/demo/2023-budget/disclosure.yaml", disclosure(2023).replace("told", "earlier"))
    .write("content/demo/2023-budget/tables/expenditure.yaml", rows)
}

/// The texts of all elements a selector finds on a page, blanks as one.
fn texts(site: &TestSite, path: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(&site.page(path));
    let selector = Selector::parse(selector).expect("a selector");
    html.select(&selector).map(words).collect()
}

fn words(element: ElementRef) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_office_says_what_it_does_in_its_own_words() {
    let said = |text: &str| {
        let site = told().write("narrative/01-duties.md", format!("# 一、部门职责\n\n{text}\n"));
        texts(&site, HOME, "main .lead")
    };
    for (text, lead) in [
        ("组织科普活动，提高公民科学素质。", "组织科普活动，提高公民科学素质。 原文"),
        (
            "主要职责是：\n\n（一）组织科普活动；\n\n（二）培训人才。\n\n另有其他。",
            "组织科普活动；培训人才…… 原文",
        ),
        (
            "现予公开。\n\n## 职责\n\n1. 组织科普活动。\n\n## 机构\n\n两个单位。",
            "组织科普活动。 原文",
        ),
        ("管书。借书。", "管书…… 原文"),
    ] {
        assert_eq!(said(text), [lead], "{text}");
    }
    let long = "组织科普活动，".repeat(10) + "提高公民科学素质；";
    let quoted = said(&format!("{long}\n\n{long}"));
    assert_eq!(quoted, [long.trim_end_matches('；').to_owned() + "…… 原文"]);
    let silent = told().edit("profiles/test/told.yaml", "duties: { mandate: 职责 }", "duties: {}");
    assert!(texts(&silent, HOME, "main .lead").is_empty(), "where, the profile says");
}

/// The lines that made a difference, as a page tells them first.
fn causes(site: &TestSite, path: &str) -> Vec<String> {
    let html = Html::parse_document(&site.page(path));
    let selector = |text: &str| Selector::parse(text).expect("a selector");
    let pair = html.select(&selector(".pair")).next().expect("two columns");
    pair.select(&selector("div:first-child > section:first-child li")).map(words).collect()
}

#[test]
fn lines_that_grew_and_shrank_are_ranked_by_size_and_none_is_a_sum() {
    let site = with_earlier(
        told(),
        "  - { code: 2060702, name: 科普活动, total: 80.00, basic: 40.00, project: 40.00 }\n",
    );
    for path in [HOME, "demo/index.html", "demo/2025-budget/index.html"] {
        let expected = [
            "机构运行 2060701 新增 +50.00",
            "科普活动 2060702 −40.00 50.0%",
            "干部教育 2050802 新增 +10.00",
        ];
        assert_eq!(causes(&site, path), expected, "{path}");
        let title = texts(&site, path, ".pair h2").remove(0);
        assert_eq!(title, "与2023年相比，多了什么、少了什么 万元");
    }
    let alone = texts(&told(), HOME, ".pair h2");
    assert!(!alone.iter().any(|title| title.contains("相比")), "without an earlier year");
}

#[test]
fn a_withheld_line_is_no_cause() {
    let line = |code: &str| {
        format!("  - {{ code: {code}, name: 科普, total: 涉密, basic: 涉密, project: 涉密 }}\n")
    };
    let site = with_earlier(told(), &(line("2060701") + &line("2060702")));
    assert_eq!(causes(&site, HOME), ["干部教育 2050802 新增 +10.00"]);
}

#[test]
fn the_largest_projects_stand_as_promises_and_the_document_in_small_type() {
    let lines = texts(&told(), HOME, ".promises li");
    let expected = [
        "30.00 万元下达科普资金讲座场次 ≥12场、能耗 ≤5度冀财〔2024〕5号",
        "10.00 万元科普日活动完成率 100%",
    ];
    assert_eq!(lines, expected);
    let secret = GRANTED.replace("≥12场", "涉密").replace("≤5度", "涉密");
    let lines = texts(&told().write("projects/02-granted.yaml", secret), HOME, ".promises li");
    assert_eq!(lines[0], "30.00 万元下达科普资金受益人数 ≥1万人冀财〔2024〕5号");
}

#[test]
fn the_front_page_says_what_was_checked_and_leads_to_all_files() {
    let lines = texts(&told(), HOME, "main > section li");
    assert_eq!(lines[0], "2025年部门预算");
    assert!(lines[1].starts_with("勾稽 ") && lines[1].contains("项"), "{lines:?}");
    assert_eq!(lines[2], "所有的表，一个文件（Excel）");
    assert_eq!(lines[3], "全部数据文件");
    assert!(texts(&told(), HOME, ".summary").is_empty(), "a large figure is not said again");
}

#[test]
fn the_list_of_projects_begins_with_the_largest_and_says_whose_the_sum_is() {
    let rows = texts(&told(), PROJECTS, "tbody tr");
    assert!(rows[0].starts_with("30.00冀财〔2024〕5号-下达科普资金"), "{rows:?}");
    assert!(rows[0].contains("讲座场次 ≥12场、能耗 ≤5度"), "{rows:?}");
    let page = told().page(PROJECTS);
    assert!(page.contains("买展品，办讲座") && page.contains("场均成本 ≤2万元"), "to be sifted by");
    assert!(rows[1].starts_with("10.00科普日活动"), "{rows:?}");
    assert_eq!(texts(&told(), PROJECTS, "tfoot tr"), ["40.00合计（本站相加）6 / 6"]);
    let printed = told().write("narrative/03-list.md", "# 三、项目\n\n[项目](=projects)\n");
    let rows = texts(&printed, "demo/2025-budget/narrative/03-list.html", "tbody tr");
    assert!(rows[0].starts_with("10.00科普日活动"), "in the text they stand as printed: {rows:?}");
    let secret = GRANTED.replace("budget: 30.00\nfiscal: 30.00", "budget: 涉密\nfiscal: 涉密");
    let secret = told().write("projects/02-granted.yaml", secret).edit(
        "profiles/test/told.yaml",
        "headline:",
        "tie_outs: { projects-add-up: ~ }\nheadline:",
    );
    let rows = texts(&secret, PROJECTS, "tbody tr");
    assert!(rows[1].starts_with("涉密"), "what is withheld stands last: {rows:?}");
    assert!(texts(&secret, PROJECTS, "tfoot").is_empty(), "and there is no sum without it");
}

#[test]
fn a_project_says_what_was_bought_for_it_and_what_came_of_it() {
    let bought = "rows:\n  - { project: 科普日活动, item: 展板, number: 20, total: 4.00 }\n  - { project: 讲座, item: 电脑, number: 1, total: 1.00 }\n";
    let site = told()
        .write("tables/bought.yaml", bought)
        .write(
            "content/demo/2025-evaluation/disclosure.yaml",
            "fiscal_year: 2025\nstage: evaluation\nprofile: cn/self-evaluation/base\n",
        )
        .write("content/demo/2025-evaluation/projects/01-day.yaml", EVALUATED);
    let page = "demo/2025-budget/projects/01-science-day.html";
    let lines = texts(&site, page, "main > section > .rows li");
    assert_eq!(
        lines,
        [
            "展板 × 20 4.00",
            "活动场次 ≥20场 22场",
            "参加人次 ≥9000人次 8700人次",
            "观众满意度 ≥90% 93%",
        ]
    );
    let titles = texts(&site, page, "main > section > h2");
    assert!(titles.contains(&"买了什么：采购表 万元".to_owned()), "{titles:?}");
    assert!(titles.contains(&"做得怎样：项目支出绩效自评".to_owned()), "{titles:?}");
    // A budget says nothing of what was reached, so the evaluation does not lead there for it.
    let evaluated = "demo/2025-evaluation/projects/01-day.html";
    let titles = texts(&site, evaluated, "main h2");
    assert!(!titles.iter().any(|title| title.starts_with("做得怎样")), "{titles:?}");
}

/// Another body beside the first, which spends so much in two years.
fn several(total: &str) -> TestSite {
    let site = told();
    let table = format!("rows:\n  - {{ name: 合计, total: \"{total}\" }}\n");
    let profile = "title: 部门预算
units: { 万元: 10000 }
marks: { withheld: [涉密] }
words: { stage: 部门预算, year: \"{year}年\" }
headline:
  - { title: 支出, of: expenditure/total/total }
tables:
  expenditure:
    title: 支出表
    unit: 万元
    columns:
      name:  { title: 项目, type: label }
      total: { title: 合计, type: amount }
    rows:
      total: { name: 合计 }
";
    let of = |year: u32| disclosure(year).replace("told", "plain");
    site.write("profiles/test/plain.yaml", profile)
        .write("mingbai.yaml", "title: 某县预算公开\npublisher: 某县财政局\nlanguage: zh-CN\n")
        .write(
            "content/other/organisation.yaml",
            "name: 县图书馆\nregion: { code: 130002, name: 乙县 }\n",
        )
        .write("content/other/2025-budget/disclosure.yaml", of(2025))
        .write("content/other/2025-budget/tables/expenditure.yaml", table.clone())
        .write("content/other/2024-budget/disclosure.yaml", of(2024))
        .write("content/other/2024-budget/tables/expenditure.yaml", table)
}

#[test]
fn figures_outside_a_table_part_their_thousands_as_the_table_does() {
    for (written, otherwise) in [("12345.60", "12,345.60"), ("12,345.60", "12345.60")] {
        let site = several(written);
        for page in [HOME, "other/index.html", "other/2025-budget/index.html"] {
            let text = texts(&site, page, "main").concat();
            assert!(text.contains(written) && !text.contains(otherwise), "{page}: {text}");
        }
    }
}

#[test]
fn a_portal_of_several_shows_whose_disclosures_stand_and_what_they_come_to() {
    let site = several("100.00");
    assert_eq!(texts(&site, HOME, "h1"), ["某县预算公开"]);
    let heads = texts(&site, HOME, ".standing thead th");
    assert_eq!(heads, ["单位", "2025年", "2024年"]);
    let rows = texts(&site, HOME, ".standing tbody tr");
    assert!(rows[0].ends_with("部门预算未收录"), "{rows:?}");
    assert_eq!(rows[1], "县图书馆部门预算部门预算");
    let sums = texts(&site, HOME, "main > section tfoot tr");
    assert_eq!(sums, ["合计200.00 2/2100.00 1/2"]);
    assert!(texts(&site, HOME, ".note")[0].starts_with("本站把各单位公开的数相加"));
    let regions = texts(&site, HOME, "main > section tbody tr");
    assert!(regions.contains(&"乙县100.00 1/1100.00 1/1".to_owned()), "{regions:?}");
}

#[test]
fn a_withheld_figure_is_in_no_sum() {
    let sums = texts(&several("涉密"), HOME, "main > section tfoot tr");
    assert_eq!(sums, ["合计100.00 1/21/2"]);
}
