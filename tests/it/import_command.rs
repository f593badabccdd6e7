//! `import` as a clerk meets it: an empty folder and a file, files that were edited since, a diff,
//! cells from the clipboard, files that cannot be read.

use std::io::Write;
use std::process::{Output, Stdio};

use rust_xlsxwriter::{Format, Workbook};

use crate::cli::{Desk, command, errors};

const SEED: &str = include_str!("../seeds/2025.txt");
const PROFILE: &str = "hebei/department-budget/2025";

/// An empty folder with one file in it.
fn desk() -> Desk {
    let desk = Desk::empty();
    std::fs::write(desk.path("2025.txt"), SEED).expect("writable");
    desk
}

fn imports(desk: &Desk, more: &[&str]) -> Output {
    let all = ["import", "2025.txt", "--profile", PROFILE, "--into", "kexie/2025-budget"];
    desk.run(&[&all, more].concat())
}

fn results(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn has(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
}

#[test]
fn an_empty_folder_and_one_file_become_a_portal() {
    let desk = desk();
    let output = imports(&desk, &[]);
    let said = errors(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    has(&said, &["12 张表", "26 个项目", "2114 处中 2096 处相同，18 处没有读准", "mingbai check"]);
    let head = std::fs::read_to_string(desk.path("content/kexie/2025-budget/disclosure.yaml"));
    has(
        &head.expect("readable"),
        &["fiscal_year: 2025", "stage: budget", PROFILE, "由 2025.txt 导入"],
    );
    let check = desk.run(&["check"]);
    has(&errors(&check), &["error[S032]", "2025.txt 第 499 行"]);
    assert_eq!(check.status.code(), Some(1), "what is doubtful stands in the way");
    assert_eq!(desk.run(&["build"]).status.code(), Some(1), "of a build too");
}

#[test]
fn a_finding_names_the_cell_of_the_original() {
    let desk = desk();
    imports(&desk, &[]);
    desk.edit(
        "content/kexie/2025-budget/tables/expenditure.yaml",
        "total: 1454.54",
        "total: 1545.54",
    );
    has(&errors(&desk.run(&["check"])), &["1545.54", "原件：2025.txt 第 143 行"]);
    has(&errors(&desk.run(&["--lang", "en", "check"])), &["in the original: 2025.txt line 143"]);
}

#[test]
fn what_a_person_edited_stays_until_it_is_forced() {
    let desk = desk();
    imports(&desk, &[]);
    let path = "content/kexie/2025-budget/tables/units.yaml";
    let again = imports(&desk, &[]);
    assert_eq!(again.status.code(), Some(0));
    has(&errors(&again), &["新 0，改 0"]);
    desk.edit(path, "正科级", "正股级");
    let kept = imports(&desk, &[]);
    assert_eq!(kept.status.code(), Some(1));
    has(&errors(&kept), &["有人改过，没有动", path]);
    let text = || std::fs::read_to_string(desk.path(path)).expect("readable");
    assert!(text().contains("正股级"));
    assert_eq!(imports(&desk, &["--force"]).status.code(), Some(0));
    assert!(!text().contains("正股级"));
}

#[test]
fn a_dry_run_shows_a_diff_and_writes_nothing() {
    let desk = desk();
    let output = imports(&desk, &["--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    has(
        &results(&output),
        &[
            "--- /dev/null\n+++ content/kexie/2025-budget/tables/overview.yaml",
            "+    - { name: 收入总计, amount: 1454.54 }",
        ],
    );
    has(&errors(&output), &["什么也没有写"]);
    assert!(!desk.path("content").exists() && !desk.path("mingbai.yaml").exists());
}

#[test]
fn cells_from_the_clipboard_become_the_rows_of_a_table() {
    let desk = desk();
    imports(&desk, &[]);
    let path = desk.path("content/kexie/2025-budget/tables/expenditure.yaml");
    let mut child = command(desk.root())
        .args(["import", "-", "--table", "expenditure"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let rows = "1\t\t合计\t20.00\t20.00\t\t\t\t\n2\t205\t教育支出\t20.00\t20.00\t\t\t\t\n";
    child.stdin.take().expect("a pipe").write_all(rows.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let text = std::fs::read_to_string(path).expect("readable");
    assert_eq!(
        text,
        "rows:\n  - { name: 合计, total: 20.00, basic: 20.00 }\n  - { code: 205, name: 教育支出, total: 20.00, basic: 20.00 }\n"
    );
}

#[test]
fn what_cannot_be_done_is_said() {
    let desk = desk();
    let cases: [(&[&str], &str); 6] = [
        (&["import", "none.xlsx", "--profile", PROFILE, "--into", "a/2025-budget"], "none.xlsx"),
        (&["import", "2025.txt", "--into", "a/2025-budget"], "--profile"),
        (
            &["import", "2025.txt", "--profile", "hebei/department-budget/2052", "--into", "a/b"],
            "2052",
        ),
        (&["import", "2025.txt", "--profile", PROFILE], "--into"),
        (&["import", "2025.txt", "--profile", PROFILE, "--into", "a/2026-budget"], "2025"),
        (
            &[
                "import",
                "2025.txt",
                "--profile",
                PROFILE,
                "--into",
                "a/b-c",
                "--table",
                "expnditure",
            ],
            "expenditure",
        ),
    ];
    for (arguments, words) in cases {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        has(&errors(&output), &[words]);
    }
    std::fs::write(desk.path("broken.xlsx"), b"PK\x03\x04 no archive").expect("writable");
    let output =
        desk.run(&["import", "broken.xlsx", "--profile", PROFILE, "--into", "a/2025-budget"]);
    assert_eq!(output.status.code(), Some(1));
    has(&errors(&output), &["broken.xlsx", "什么也没有写"]);
    assert!(!desk.path("content").exists());
}

#[test]
fn a_year_in_a_title_that_is_not_that_of_the_folder_stops_the_import() {
    let desk = Desk::empty();
    let text = "2024年部门预算支出总表\n科目编码,科目名称,合计,基本支出,项目支出,经营支出,上解上级支出,对附属单位补助支出\n205,教育支出,67.90,67.90,,,,\n";
    std::fs::write(desk.path("a.csv"), text).expect("writable");
    let all = ["import", "a.csv", "--profile", PROFILE, "--into", "a/2025-budget"];
    let output = desk.run(&all);
    assert_eq!(output.status.code(), Some(2));
    has(&errors(&output), &["2024", "--year"]);
    assert!(!desk.path("content").exists());
    assert_eq!(desk.run(&[&all[..], &["--year", "2025"]].concat()).status.code(), Some(0));
}

/// A workbook as offices really make them: sheets by other names, columns in another order, a column
/// nobody asked for, hidden rows, formulas, codes as numbers, blanks as indentation, yuan for ten
/// thousand yuan, words where figures belong.
fn messy() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("Sheet1").expect("a name");
    sheet
        .merge_range(0, 0, 0, 8, "附件3：2025年部门预算支出总表（公开）", &plain)
        .expect("a title");
    sheet.write_string(1, 0, "731 示例协会").expect("a line");
    sheet.write_string(1, 8, "单位：元").expect("a line");
    sheet.merge_range(2, 0, 2, 1, "功能分类科目", &plain).expect("a heading");
    sheet.write_string(3, 0, "科目名称").expect("a heading");
    sheet.write_string(3, 1, "科目 编码").expect("a heading");
    for (column, title) in [
        (2, "项目支出"),
        (3, "基本支出"),
        (4, "合计"),
        (5, "备注"),
        (6, "经营支出"),
        (7, "上解上级支出"),
        (8, "对附属单位补助支出"),
    ] {
        sheet.merge_range(2, column, 3, column, title, &plain).expect("a heading");
    }
    let thousands = Format::new().set_num_format("#,##0.00");
    let rows: [(&str, f64, f64, f64, f64); 3] = [
        ("教育支出", 205.0, 0.0, 679_000.0, 679_000.0),
        ("　进修及培训", 20508.0, 0.0, 679_000.0, 679_000.0),
        ("　　干部教育", 2_050_802.0, 0.0, 679_000.0, 679_000.0),
    ];
    for (index, (name, code, project, basic, total)) in rows.into_iter().enumerate() {
        let row = 4 + u32::try_from(index).expect("few");
        sheet.write_string(row, 0, name).expect("a name");
        sheet.write_number(row, 1, code).expect("a code");
        if project > 0.0 {
            sheet.write_number_with_format(row, 2, project, &thousands).expect("a figure");
        }
        sheet.write_number_with_format(row, 3, basic, &thousands).expect("a figure");
        sheet.write_number_with_format(row, 4, total, &thousands).expect("a figure");
    }
    sheet.write_string(7, 0, "合  计").expect("a name");
    sheet.write_string(7, 3, "６７９，０００.００").expect("a figure");
    sheet.write_string(7, 4, "679OOO.00").expect("no figure");
    sheet.write_string(7, 5, "按人数").expect("words");
    sheet.write_string(8, 0, "隐藏的一行").expect("a name");
    sheet.set_row_hidden(8).expect("a row");
    sheet.merge_range(9, 0, 9, 8, "注：数字四舍五入。", &plain).expect("a note");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_of_an_office_imports_right_or_says_what_is_not() {
    let desk = Desk::empty();
    std::fs::write(desk.path("支出.xlsx"), messy()).expect("writable");
    let output =
        desk.run(&["import", "支出.xlsx", "--profile", PROFILE, "--into", "demo/2025-budget"]);
    let said = errors(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let path = desk.path("content/demo/2025-budget/tables/expenditure.yaml");
    let text = std::fs::read_to_string(path).expect("readable");
    assert_eq!(text, "\
rows:
  - { code: 205, name: 教育支出, total: 67.90, basic: 67.90 }
  - { code: 20508, name: 进修及培训, total: 67.90, basic: 67.90 }
  - { code: 2050802, name: 干部教育, total: 67.90, basic: 67.90 }
  - { name: 合计, total: ⁇679OOO.00⟨支出.xlsx Sheet1!E8：这一栏是数字，文件里不是数字⟩, basic: 67.90 }
note: 注：数字四舍五入。
");
    let odd = desk.root().join("odd");
    std::fs::create_dir(&odd).expect("a folder");
    std::fs::write(odd.join("odd.csv"), "2025年部门预算支出总表\n单位：百元\n科目编码,科目名称,合计,基本支出,项目支出,经营支出,上解上级支出,对附属单位补助支出\n205,教育支出,67.90,67.90,,,,\n").expect("writable");
    desk.run(&["import", "odd/odd.csv", "--profile", PROFILE, "--into", "odd/2025-budget"]);
    let path = desk.path("content/odd/2025-budget/tables/expenditure.yaml");
    let text = std::fs::read_to_string(path).expect("readable");
    has(&text, &["total: ⁇67.90⟨", "表上的单位是“百元”"]);
    has(&said, &["隐藏的一行", "模板没有“备注”这一栏", "按人数", "单位是元"]);
}
