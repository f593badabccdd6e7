//! A table is laid out once, for pages and data files alike: headings, lines, typed values.

use std::path::Path;

use mingbai::amount::Decimal;
use mingbai::diagnostic::Report;
use mingbai::model::Table;
use mingbai::plan::plan;
use mingbai::profile::Role;
use mingbai::sheet::{Heading, Sheet, Value};
use mingbai::site::Site;
use mingbai::source::Sources;

use crate::bench::{Checked, TestSite};

/// Every portal of the repository.
fn portals() -> Vec<(String, Site)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sites = ["shanghai-street", "shanghai-district", "jiangsu", "south-africa", "minimal"];
    let sites = sites.map(|site| format!("tests/sites/{site}"));
    let read = |path: String| {
        let sources = Sources::read(&root.join(&path), "mingbai.yaml").expect("a portal");
        let (site, _): (Site, Report) = plan(&sources, false);
        (path, site)
    };
    sites.into_iter().chain([String::new()]).map(read).collect()
}

/// The minimal portal with a form that has every part.
fn form(profile: &str, rows: &str) -> Checked {
    let whole = include_str!("../sites/minimal/profiles/test/minimal.yaml");
    let (before, rest) = whole.split_once("  funds:\n").expect("the form has this table");
    let (_, after) = rest.split_once("  procurement:\n").expect("and this one after it");
    let profile = format!("{before}  funds:\n{profile}  procurement:\n{after}");
    let site = TestSite::minimal().write("profiles/test/minimal.yaml", profile);
    site.write("tables/funds.yaml", rows).check()
}

fn table(checked: &Checked) -> &Table {
    &checked.site.portal.disclosures[0].tables["funds"]
}

const WHOLE: &str = r#"
    title: 基金表
    caption: ["单位：{unit}"]
    line_numbers: 序号
    column_numbers: 栏次
    total_row: 合计
    facts: { as-of: 截止时间 }
    columns:
      code: { title: 编码, type: code }
      name: { title: 名称, type: label }
      sources:
        title: 来源
        columns:
          fiscal:
            title: 财政
            columns:
              general: { title: 一般, type: amount }
              fund: { title: 基金, type: amount, unit: 元 }
          other: { title: 其他, type: amount }
      count: { title: 数量, type: quantity }
      remark: { title: 备注, type: text }
"#;

#[test]
fn headings_reach_down_to_their_columns() {
    let checked = form(WHOLE, "rows: []");
    let sheet = Sheet::of(table(&checked));
    let group =
        |text, column, width, height| Heading { text, column, width, height, is_group: true };
    let column = |text, column, height| Heading { text, column, width: 1, height, is_group: false };
    let wanted = [
        vec![
            column("序号", 0, 3),
            column("编码", 1, 3),
            column("名称", 2, 3),
            group("来源", 3, 3, 1),
            column("数量", 6, 3),
            column("备注", 7, 3),
        ],
        vec![group("财政", 3, 2, 1), column("其他", 5, 2)],
        vec![column("一般", 3, 1), column("基金", 4, 1)],
    ];
    assert_eq!(sheet.headings(), wanted);
    let paths: Vec<String> =
        sheet.columns.iter().map(|column| sheet.path(column).join("/")).collect();
    let wanted =
        ["序号", "编码", "名称", "来源/财政/一般", "来源/财政/基金", "来源/其他", "数量", "备注"];
    assert_eq!(paths, wanted);
    let numbers = sheet.columns.iter().map(|column| column.stated.map(|stated| stated.number));
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        [None, Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), Some(7)]
    );
    assert_eq!(sheet.numbers_title, Some("栏次"));
    let units: Vec<Option<&str>> = sheet.columns.iter().map(|column| column.unit).collect();
    assert_eq!(units, [None, None, None, Some("万元"), Some("元"), Some("万元"), None, None]);
}

#[test]
fn values_keep_their_kind_and_the_kinds_of_empty_apart() {
    let rows = "facts: { as-of: 2024-12-31 }\nrows:\n  - { name: 合计, general: 1.20, fund: \"1,234\" }\n  \
                - { code: 001, name: 甲, general: 1.20, fund: ——, other: 涉密, count: 3, remark: 3-4 }\n\
                note: 注：略\n";
    let checked = form(WHOLE, rows);
    let table = table(&checked);
    let sheet = Sheet::of(table);
    assert_eq!((sheet.title, sheet.unit, sheet.note), ("基金表", Some("万元"), Some("注：略")));
    assert_eq!(sheet.caption, ["单位：万元"]);
    assert_eq!(sheet.facts, [("截止时间".to_owned(), "2024-12-31".to_owned())]);
    let lines: Vec<Vec<Value>> = sheet.lines().map(|line| line.values().collect()).collect();
    let figure = |digits, places| Value::Figure(Decimal::new(digits, places), false);
    assert_eq!(
        lines[1],
        [
            Value::LineNumber(2),
            Value::Code("001"),
            Value::Words("甲"),
            figure(120, 2),
            Value::NotApplicable("——"),
            Value::Withheld("涉密"),
            figure(3, 0),
            Value::Words("3-4"),
        ]
    );
    assert_eq!(lines[0][1], Value::Blank);
    assert_eq!(lines[0][4], Value::Figure(Decimal::from(1234), true));
    assert_eq!((lines[0][4].printed(), lines[0][4].plain()), ("1,234".into(), "1234".into()));
    assert_eq!(lines[0][3].printed(), "1.20");
    let rows: Vec<_> = sheet.rows().collect();
    assert_eq!((rows[0].content.role, rows[0].content.level), (Role::Total, 0));
    assert_eq!(
        (rows[1].address(), rows[1].address_of(2)),
        ("funds/001".into(), "funds/001/general".into())
    );
    assert!(rows[1].is_named_by(1) && !rows[1].is_named_by(0));
    assert!(!sheet.is_empty);
    let places: Vec<u32> =
        sheet.columns.iter().filter_map(|column| Some(column.stated?.decimals)).collect();
    assert_eq!(places[2..4], [2, 0]);
}

#[test]
fn panels_stand_side_by_side_and_go_on_alone() {
    let site = TestSite::minimal().write(
        "tables/overview.yaml",
        "panels:\n  income:\n    - { name: 一、财政拨款收入, amount: 100.00 }\n    - { name: 收入总计, amount: 100.00 }\n  \
         expenditure:\n    - { name: 一、教育支出, amount: 10.00 }\n    - { name: 二、科学技术支出, amount: 90.00 }\n    \
         - { name: 支出总计, amount: 100.00 }\n",
    );
    let checked = site.check();
    let sheet = Sheet::of(&checked.site.portal.disclosures[0].tables["overview"]);
    let printed: Vec<String> = sheet
        .lines()
        .map(|line| line.values().map(Value::printed).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(
        printed,
        [
            "一、财政拨款收入|100.00|一、教育支出|10.00",
            "收入总计|100.00|二、科学技术支出|90.00",
            "||支出总计|100.00",
        ]
    );
    assert!(sheet.lines().last().expect("three").values().any(|value| value == Value::Filler));
    assert_eq!(sheet.rows().last().expect("a row").address(), "overview/expenditure.total");
}

#[test]
fn every_table_is_covered_by_its_headings_and_lines_once() {
    let mut count = 0;
    for (path, site) in portals() {
        let tables =
            site.portal.disclosures.iter().flat_map(|disclosure| disclosure.tables.values());
        for table in tables {
            count += 1;
            let sheet = Sheet::of(table);
            let headings = sheet.headings();
            let mut covered = vec![0; headings.len() * sheet.columns.len()];
            for (row, heading) in headings
                .iter()
                .enumerate()
                .flat_map(|(row, all)| all.iter().map(move |one| (row, one)))
            {
                for row in row..row + heading.height {
                    for column in heading.column..heading.column + heading.width {
                        covered[row * sheet.columns.len() + column] += 1;
                    }
                }
            }
            assert!(covered.iter().all(|times| *times == 1), "{path}: {}", sheet.title);
            for column in &sheet.columns {
                assert_eq!(sheet.path(column).last(), Some(&column.title), "{path}");
            }
            for panel in 0..sheet.panels() {
                let rows: Vec<usize> = sheet.lines().filter_map(|line| line.rows[panel]).collect();
                let wanted: Vec<usize> = (0..table.panels[panel].rows.len()).collect();
                assert_eq!(rows, wanted, "{path}: {}", sheet.title);
            }
            for line in sheet.lines() {
                assert_eq!(line.values().count(), sheet.columns.len(), "{path}: {}", sheet.title);
            }
        }
    }
    assert!(count > 60, "{count} tables");
}
