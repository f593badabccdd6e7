//! What offices write into their sheets, kind by kind: what is imported is what a reader of the sheet sees, or
//! it is marked, or it is listed. Nothing is wrong and unmarked.

use mingbai::content::doubt;
use mingbai::diagnostic::{Language, Report};
use mingbai::import::{self, Imported, Request, read};
use mingbai::profile::resolve;
use mingbai::source::Sources;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::bench::yaml_texts;

/// A table of the built-in form, its title above, filled in.
fn sheet(workbook: &mut Workbook, title: &str, headings: &[&str], fill: &dyn Fn(&mut Worksheet)) {
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, title).expect("a title");
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(1, column, *heading).expect("a heading");
    }
    fill(sheet);
}

const TITLE: &str = "部门预算一般公共预算财政拨款支出表";
const HEADINGS: &[&str] = &["序号", "科目编码", "科目名称", "合计", "基本支出", "项目支出"];

fn import(workbook: &mut Workbook) -> Imported {
    let sources = Sources::embedded();
    let id = "hebei/department-budget/2025";
    let profiles = resolve(&mut Report::default(), &sources, [id.to_owned()]);
    let bytes = workbook.save_to_buffer().expect("a workbook");
    import::import(&Request {
        profile: &profiles[id],
        documents: &[read::read("a.xlsx", &bytes)],
        only: None,
        existing: &[],
        language: Language::English,
    })
}

/// What a table came out as: each value at its place, a doubt as `?` behind what was read.
fn written(imported: &Imported, table: &str) -> Vec<String> {
    let path = format!("tables/{table}.yaml");
    let Some(file) = imported.files.iter().find(|file| file.path == path) else {
        return Vec::new();
    };
    let texts = yaml_texts("", &file.text).into_iter();
    texts
        .map(|(at, text)| {
            let at = at.trim_start_matches('.');
            doubt::inner(&text)
                .map_or_else(|| format!("{at} {text}"), |inner| format!("{at} {inner}?"))
        })
        .collect()
}

/// What one cell of amounts came out as; nothing where it says nothing.
fn amount(fill: &dyn Fn(&mut Worksheet)) -> String {
    let mut workbook = Workbook::new();
    sheet(&mut workbook, TITLE, HEADINGS, &|sheet| {
        sheet.write_string(2, 2, "合计").expect("a name");
        fill(sheet);
    });
    let imported = import(&mut workbook);
    let found = written(&imported, "general");
    let total = found.iter().find_map(|line| line.strip_prefix("rows[0].total "));
    total.unwrap_or_default().to_owned()
}

/// What is typed as text where an amount belongs, and what comes of it.
const TYPED: &[(&str, &str)] = &[
    ("1,290.10", "1,290.10"),
    ("1，290.10", "1,290.10"),
    ("１２．３０", "12.30"),
    ("1 290.10", "1290.10"),
    ("12\u{a0}290.10", "12290.10"),
    ("−12.30", "-12.30"),
    ("－12.30", "-12.30"),
    ("- 12.30", "-12.30"),
    ("12.30万元", "12.30"),
    ("12.30元", "12.30元?"),
    ("12.3 0", "12.3 0?"),
    ("12\n90.10", "12\n90.10?"),
    ("12.30①", "12.30①?"),
    ("12²", "12²?"),
    ("²12", "²12?"),
    ("①", "①?"),
    ("⑫", "⑫?"),
    ("½", "½?"),
    ("O.56", "O.56?"),
    ("(12.30)", "(12.30)?"),
    ("12.30%", "12.30%?"),
    ("1e3", "1e3?"),
    ("12,30", "12,30?"),
    ("约12.30", "约12.30?"),
];

#[test]
fn a_figure_typed_as_text_is_read_as_it_stands_or_marked() {
    let found = TYPED.iter().map(|(typed, wanted)| {
        let found = amount(&|sheet| drop(sheet.write_string(2, 3, *typed)));
        (typed, found, wanted)
    });
    let wrong: Vec<_> = found.filter(|(_, found, wanted)| found != *wanted).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// What is stored as a number, in a format, and what comes of it.
const STORED: &[(&str, f64, &str)] = &[
    ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", -12.3, "-12.30"),
    ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 0.0, ""),
    ("0.00;[Red]-0.00", -3.1, "-3.10"),
    // Red alone says that it is below nought.
    ("0.00;[Red]0.00", -3.1, "3.10?"),
    ("0.00;[Red]0.00", 3.1, "3.10"),
    (";;;", 5.0, "?"),
    ("0.00\"万元\"", 12.0, "12.00"),
    ("0.00\"元\"", 12.0, "12.00元?"),
    ("¥#,##0.00", 12.3, "¥12.30?"),
    ("0.00%", 0.125, "12.50%?"),
    ("0.00E+00", 1290.1, "1.29E+03?"),
    ("yyyy-mm-dd", 45_000.0, "2023-03-15?"),
];

#[test]
fn a_number_is_read_as_its_format_shows_it_or_marked() {
    let found = STORED.iter().map(|(code, number, wanted)| {
        let format = Format::new().set_num_format(*code);
        let fill =
            |sheet: &mut Worksheet| drop(sheet.write_number_with_format(2, 3, *number, &format));
        (code, number, amount(&fill), wanted)
    });
    let wrong: Vec<_> = found.filter(|(.., found, wanted)| found != *wanted).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_is_struck_out_or_white_on_white_is_marked() {
    let struck = Format::new().set_font_strikethrough();
    let white = Format::new().set_font_color("FFFFFF");
    let seen = Format::new().set_font_color("FFFFFF").set_background_color("1F4E78");
    for (format, wanted) in [(&struck, "5?"), (&white, "5?"), (&seen, "5")] {
        let fill = |sheet: &mut Worksheet| drop(sheet.write_number_with_format(2, 3, 5, format));
        assert_eq!(amount(&fill), wanted);
    }
    let plain = Format::new();
    let runs = [(&struck, "99.00"), (&plain, "100.00")];
    let fill = |sheet: &mut Worksheet| drop(sheet.write_rich_string(2, 3, &runs));
    assert_eq!(amount(&fill), "99.00100.00?");
}

#[test]
fn a_code_that_prints_as_an_amount_is_marked() {
    let mut workbook = Workbook::new();
    sheet(&mut workbook, TITLE, HEADINGS, &|sheet| {
        let format = Format::new().set_num_format("#,##0.00");
        sheet.write_number_with_format(2, 1, 2_060_701, &format).expect("a code");
        sheet.write_string(2, 2, "机构运行").expect("a name");
        sheet.write_number(3, 1, 2_060_702).expect("a code");
        sheet.write_string(3, 2, "科普活动").expect("a name");
    });
    let found = written(&import(&mut workbook), "general");
    let codes: Vec<&String> = found.iter().filter(|line| line.contains(".code")).collect();
    assert_eq!(codes, ["rows[0].code 2,060,701.00?", "rows[1].code 2060702"]);
}

#[test]
fn a_heading_may_name_its_unit_and_amounts_are_turned_into_that_of_the_form() {
    let with_unit =
        ["序号", "科目编码", "科目名称", "合计（元）", "基本支出（万元）", "项目支出(元)"];
    let mut workbook = Workbook::new();
    sheet(&mut workbook, TITLE, &with_unit, &|sheet| {
        sheet.write_string(2, 2, "合计").expect("a name");
        for (column, text) in (3..).zip(["1,290,100.00", "129.01", "0"]) {
            sheet.write_string(2, column, text).expect("a figure");
        }
    });
    let imported = import(&mut workbook);
    let found = written(&imported, "general");
    let wanted =
        ["rows[0].name 合计", "rows[0].total 129.01", "rows[0].basic 129.01", "rows[0].project 0"];
    assert!(wanted.iter().all(|line| found.iter().any(|found| found == line)), "{found:?}");
    assert_eq!(imported.comparison.different, []);
    assert_eq!(imported.placed.notes.len(), 1, "{:?}", imported.placed.notes);
}

#[test]
fn the_tab_of_a_sheet_may_hold_a_title_without_what_all_begin_with() {
    let mut workbook = Workbook::new();
    sheet(&mut workbook, "", HEADINGS, &|sheet| {
        sheet.set_name("一般公共预算财政拨款支出表").expect("a name");
        sheet.write_string(2, 2, "合计").expect("a name");
        sheet.write_number(2, 3, 5).expect("a figure");
    });
    assert_eq!(
        written(&import(&mut workbook), "general"),
        ["rows[0].name 合计", "rows[0].total 5"]
    );
}

#[test]
fn a_table_that_is_in_a_workbook_twice_is_marked() {
    let mut workbook = Workbook::new();
    for total in [100, 55] {
        sheet(&mut workbook, TITLE, HEADINGS, &|sheet| {
            sheet.write_string(2, 2, "合计").expect("a name");
            sheet.write_number(2, 3, total).expect("a figure");
        });
    }
    let found = written(&import(&mut workbook), "general");
    let wanted =
        ["rows[0].name 合计", "rows[0].total 100", "rows[1].name 合计?", "rows[1].total 55"];
    assert_eq!(found, wanted);
}

#[test]
fn a_title_whose_headings_are_others_is_said() {
    let mut workbook = Workbook::new();
    sheet(&mut workbook, TITLE, &["类", "款", "项", "预算"], &|sheet| {
        sheet.write_string(2, 0, "206").expect("a code");
        sheet.write_number(2, 3, 5).expect("a figure");
    });
    let left = import(&mut workbook).comparison.left;
    let why: Vec<String> = left.iter().map(|(.., why)| why.words().en).collect();
    assert!(!why.is_empty());
    let wanted = "its title is that of `general`, and its headings are not those of the profile";
    assert!(why.iter().all(|why| why == wanted), "{why:?}");
}

#[test]
fn tables_side_by_side_are_read_each_as_its_own() {
    let mut workbook = Workbook::new();
    let put = |sheet: &mut Worksheet, from: u16, title: &str, total: u32| {
        sheet.write_string(0, from, title).expect("a title");
        for (column, heading) in (from..).zip(HEADINGS) {
            sheet.write_string(1, column, *heading).expect("a heading");
        }
        sheet.write_string(2, from + 2, "合计").expect("a name");
        sheet.write_number(2, from + 3, total).expect("a figure");
        sheet.write_number(2, from + 4, total).expect("a figure");
    };
    let sheet = workbook.add_worksheet();
    put(sheet, 0, TITLE, 100);
    put(sheet, 7, "部门预算政府性基金预算财政拨款支出表", 55);
    sheet.write_number(3, 10, 55).expect("a figure below the last row of its neighbour");
    let imported = import(&mut workbook);
    let row = |total: &str| {
        [&format!("basic {total}"), "name 合计", &format!("total {total}")]
            .map(|cell| format!("rows[0].{cell}"))
    };
    assert_eq!(written(&imported, "general"), row("100"));
    let found = written(&imported, "funds");
    assert_eq!(found[..3], row("55"));
    assert_eq!(found.last().map(String::as_str), Some("rows[1].total 55"));
    assert_eq!(imported.comparison.different, []);
    assert!(imported.comparison.left.is_empty(), "{:?}", imported.comparison.left);
}
