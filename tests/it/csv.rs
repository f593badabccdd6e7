//! The two forms of CSV: what office programs open, and what programs read.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::diagnostic::Report;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::source::Sources;
use scraper::{ElementRef, Html, Selector};

use crate::bench::TestSite;

const MARK: &str = "\u{feff}";

/// The data files and table pages of a portal of the repository, as text.
fn built(site: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(site);
    let sources = Sources::read(&root, "mingbai.yaml").expect("a portal");
    let (site, mut report): (_, Report) = plan(&sources, false);
    let paths = site.paths().into_iter();
    let wanted = paths.filter(|path| path.ends_with(".csv") || path.contains("/tables/"));
    wanted
        .map(|path| {
            let bytes = render(&mut report, &sources, &site, &path).expect("it was planned");
            (path, String::from_utf8(bytes).expect("text"))
        })
        .collect()
}

const PORTALS: [&str; 5] = [
    "",
    "tests/sites/shanghai-street",
    "tests/sites/shanghai-district",
    "tests/sites/jiangsu",
    "tests/sites/south-africa",
];

/// The lines of a file; every line must have as many fields as the first.
fn lines(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.expect("as many fields as headings"));
    records.map(|record| record.iter().map(str::to_owned).collect()).collect()
}

/// A page's table, line by line; what is no part of the form is left out.
fn printed(page: &str) -> Vec<Vec<String>> {
    let page = Html::parse_document(page);
    let select = |words: &str| Selector::parse(words).expect("a selector");
    let is_own = |cell: &ElementRef| cell.value().classes().all(|class| class != "prior");
    let text = |cell: ElementRef| cell.text().collect::<String>();
    page.select(&select("table.grid tbody tr"))
        .map(|line| line.select(&select("td, th")).filter(is_own).map(text).collect())
        .collect()
}

/// A text as it is written without line breaks and runs of blanks, which HTML does not keep.
fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_form_for_office_programs_is_the_page_line_by_line() {
    let mut count = 0;
    for portal in PORTALS {
        let files = built(portal);
        let tables = files.iter().filter(|(path, _)| path.contains("/tables/"));
        for (path, page) in tables.filter(|(path, _)| path.ends_with(".html")) {
            let stem = path.trim_end_matches(".html");
            let csv = &files[&format!("{stem}.csv")];
            assert!(csv.starts_with(MARK), "{path}");
            let lines = lines(csv);
            let printed = printed(page);
            // Instead of no line at all the page has one cell over the whole width.
            let printed = if printed[0].len() == 1 { &[] } else { printed.as_slice() };
            // The note of an empty table stands under its lines.
            let rest = &lines[1 + printed.len()..];
            assert!(
                rest.len() <= 1 && rest.iter().all(|line| line[1..].concat().is_empty()),
                "{path}"
            );
            for (line, printed) in lines[1..].iter().zip(printed) {
                let line: Vec<String> = line
                    .iter()
                    .map(|field| unspaced(field.strip_prefix('\'').unwrap_or(field)))
                    .collect();
                let printed: Vec<String> = printed.iter().map(|text| unspaced(text)).collect();
                assert_eq!(line, printed, "{path}");
                count += line.len();
            }
        }
    }
    assert!(count > 7_000, "{count} cells");
}

#[test]
fn headings_stand_on_one_line_as_printed() {
    let files = built("");
    let heading = |path: &str| {
        let text = files[path].strip_prefix(MARK).expect("a mark").lines().next();
        text.expect("a heading").to_owned()
    };
    let overview = heading("zjk-kexie/2025-budget/tables/overview.csv");
    assert_eq!(overview, "序号,收入/项目,收入/预算数,支出/项目,支出/预算数");
    let revenue = heading("zjk-kexie/2025-budget/tables/revenue.csv");
    let start = "序号,功能分类科目/科目编码,功能分类科目/科目名称,合计,本年收入/小计,本年收入/财政拨款收入,";
    assert!(revenue.starts_with(start), "{revenue}");
    let profile = include_str!("../sites/minimal/profiles/test/minimal.yaml");
    let profile = profile.replace("title: 采购品名", "title: \"=采购\\n品名\"");
    let site = TestSite::minimal().write("profiles/test/minimal.yaml", profile);
    let csv = site.page("demo/2025-budget/tables/procurement.csv");
    assert!(csv.starts_with("\u{feff}'=采购品名,数量,"), "{csv}");
}

#[test]
fn what_a_spreadsheet_would_run_or_change_is_guarded_for_it_and_faithful_for_programs() {
    let texts = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "＝1+1", "－其中", "001", "2E5", "3-4"];
    let rows = texts.map(|text| {
        format!("  - {{ item: \"{text}\", quantity: 1, price: -2.50, total: -2.50 }}\n")
    });
    let whole = include_str!("../sites/minimal/profiles/test/minimal.yaml");
    let profile = whole
        .replace(
            "    title: 政府采购预算表\n    section: explanation\n    total_row: 合计\n",
            "    title: 政府采购预算表\n    section: explanation\n",
        )
        .replace("title: 单价, type: amount", "title: 单价, type: amount, signed: true")
        .replace("title: 金额, type: amount", "title: 金额, type: amount, signed: true");
    let site = TestSite::minimal()
        .write("profiles/test/minimal.yaml", profile)
        .write("tables/procurement.yaml", format!("rows:\n{}", rows.concat()));
    let file = |form: &str| site.page(&format!("demo/2025-budget/tables/procurement.{form}"));
    let names = |text: &str, at: usize| -> Vec<String> {
        lines(text).into_iter().skip(1).map(|line| line[at].clone()).collect()
    };
    let (office, data) = (file("csv"), file("data.csv"));
    assert_eq!(names(&office, 0), texts.map(|text| format!("'{text}")));
    assert_eq!(names(&data, 2), texts);
    assert!(names(&office, 2).iter().chain(&names(&office, 3)).all(|field| field == "-2.50"));
    assert!(names(&data, 4).iter().all(|field| field == "-2.50"), "{data}");
    let long = site.page("demo/2025-budget/figures.data.csv");
    assert!(long.contains(",-2.50,万元,procurement/") && long.contains(",=1+1,"), "{long}");
}

#[test]
fn no_field_of_a_form_for_office_programs_begins_a_formula() {
    for portal in PORTALS {
        for (path, text) in built(portal) {
            let is_data = path.ends_with(".data.csv");
            if !path.ends_with(".csv") {
                continue;
            }
            assert_eq!(text.starts_with(MARK), !is_data, "{path}");
            for field in lines(&text).iter().flatten().filter(|_| !is_data) {
                let is_figure = field.replace([',', '%', '.'], "").parse::<i128>().is_ok();
                let is_formula =
                    field.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']);
                assert!(is_figure || !is_formula, "{path}: {field}");
            }
        }
    }
}

#[test]
fn an_empty_table_says_why() {
    let csv = TestSite::minimal().page("demo/2025-budget/tables/funds.csv");
    assert_eq!(csv, "\u{feff}项目,预算数\n注：无政府性基金预算，空表列示。,\n");
    let data = TestSite::minimal().page("demo/2025-budget/tables/funds.data.csv");
    assert_eq!(data, "row,level,name,amount\n");
}

#[test]
fn projects_and_indicators_are_lists() {
    let site = TestSite::minimal();
    let file = |name: &str| lines(&site.page(&format!("demo/2025-budget/{name}")));
    let (office, data) = (file("projects.csv"), file("projects.data.csv"));
    assert_eq!(
        office[0],
        [
            "项目名称",
            "项目编码",
            "预算数",
            "财政资金",
            "其他资金",
            "资金用途",
            "资金支出计划/6月底",
            "资金支出计划/12月底",
            "绩效目标"
        ]
    );
    assert_eq!(
        data[0],
        [
            "project",
            "number",
            "name",
            "code",
            "budget",
            "fiscal",
            "other",
            "use",
            "payment_plan.jun",
            "payment_plan.dec",
            "goals"
        ]
    );
    assert_eq!(office.len(), 2);
    assert_eq!((office[1][2].as_str(), data[1][4].as_str()), ("40.00", "40.00"));
    assert_eq!((office[1][7].as_str(), data[1][9].as_str()), ("100%", "100"));
    let (office, data) = (file("indicators.csv"), file("indicators.data.csv"));
    assert_eq!(office[0][..2], ["项目名称", "项目编码"]);
    assert_eq!(data[0], ["project", "row", "level", "name", "about", "value", "score"]);
    assert_eq!(office.len(), data.len());
    assert!(
        office
            .iter()
            .zip(&data)
            .all(|(office, data)| office[2..] == data[2..] || office[0] == "项目名称")
    );
    assert_eq!(data[1][..2], ["01-science-day", "1"]);
}

#[test]
fn the_long_table_holds_every_cell_that_prints_something() {
    let files = built("");
    let long = lines(&files["zjk-kexie/2025-budget/figures.data.csv"]);
    assert_eq!(
        long[0],
        [
            "organisation",
            "year",
            "stage",
            "table",
            "row_code",
            "row_name",
            "column",
            "value",
            "unit",
            "address"
        ]
    );
    let wanted = [
        "张家口市科学技术协会",
        "2025",
        "budget",
        "部门预算收入总表",
        "2050802",
        "干部教育",
        "合计",
        "67.90",
        "万元",
        "revenue/2050802/total",
    ];
    assert!(
        long.iter().any(|line| line == &wanted),
        "{:?}",
        long.iter().find(|line| line[9] == wanted[9])
    );
    let mut addresses: Vec<&str> = long[1..].iter().map(|line| line[9].as_str()).collect();
    addresses.sort_unstable();
    let count = addresses.len();
    addresses.dedup();
    assert_eq!(addresses.len(), count, "each address once");
    // As many figures as the tables and the projects have.
    let is_figure =
        |field: &String| field.contains('.') && field.replace('.', "").parse::<u64>().is_ok();
    let figures = |path: &str| {
        lines(&files[path])[1..].iter().flatten().filter(|field| is_figure(field)).count()
    };
    let tables = files.keys().filter(|path| {
        path.starts_with("zjk-kexie/2025-budget/tables/") && path.ends_with(".data.csv")
    });
    let own: usize = tables.map(|path| figures(path)).sum();
    let own = own + figures("zjk-kexie/2025-budget/projects.data.csv");
    let in_long = long[1..]
        .iter()
        .filter(|line| is_figure(&line[7]) && !line[9].contains("/indicators/"))
        .count();
    assert_eq!(in_long, own);
}
