//! What `new` begins: profiles drawn from workbooks, disclosures from an earlier year; and how far they
//! are, as `status` says.

use mingbai::begin::profile::{self, KnownWords, ProfileDraft};
use mingbai::diagnostic::{Language, Report};
use mingbai::findings::human;
use mingbai::import::document::Document;
use mingbai::import::{self, Request, read};
use mingbai::profile::{KnownProfiles, Profile, resolve};
use mingbai::source::Sources;

use crate::cli::{Desk, errors};
use crate::import_workbook::{OfDisclosure, book, workbooks};
use crate::serve::Preview;

/// What the embedded profiles call things.
fn words() -> KnownWords {
    let sources = Sources::embedded();
    let ids = KnownProfiles::of(&sources).ids().to_vec();
    let profiles = resolve(&mut Report::default(), &sources, ids);
    KnownWords::of(profiles.values().map(AsRef::as_ref))
}

/// A profile drawn from a file, read back; and what was found wrong with it.
fn drawn(document: &Document) -> (ProfileDraft, std::sync::Arc<Profile>, String) {
    let draft = profile::profile("drawn/2026", document, &words()).expect("it has tables");
    let (profile, wrong) = resolved(&draft.file.path, &draft.file.text);
    (draft, profile, wrong)
}

/// A profile read back, and what was found wrong with it.
fn resolved(path: &str, text: &str) -> (std::sync::Arc<Profile>, String) {
    let mut sources = Sources::embedded();
    sources.add(path, text);
    let mut report = Report::default();
    let mut profiles = resolve(&mut report, &sources, ["drawn/2026".to_owned()]);
    let wrong = human::render(&sources, &report, Language::English, false);
    (profiles.remove("drawn/2026").expect("it can be read"), wrong)
}

#[test]
fn a_profile_drawn_from_any_workbook_loads_and_reads_that_workbook() {
    let mut wrong = Vec::new();
    for OfDisclosure { name, file: (file, bytes), titles } in workbooks() {
        let document = read::read(&file, &bytes);
        let (draft, profile, found) = drawn(&document);
        if !found.is_empty() {
            wrong.push(format!("{name}: {found}"));
        }
        let documents = [document];
        let imported = import::import(&Request {
            profile: &profile,
            documents: &documents,
            only: None,
            existing: &[],
            language: Language::English,
        });
        let (tables, read) = (draft.tables.len(), imported.placed.tables.len());
        println!(
            "{name}: {} tables, {tables} drawn, {read} read, {} sums",
            titles.len(),
            draft.sums
        );
        let comparison = &imported.comparison;
        if !comparison.doubtful.is_empty() || !comparison.different.is_empty() {
            wrong.push(format!("{name}: {:?} {:?}", comparison.doubtful, comparison.different));
        }
        // Pages hold other tables beside those of the form.
        if file.ends_with("docx") {
            let is_drawn = |title: &&String| {
                draft.tables.iter().any(|(drawn, ..)| title.contains(drawn.as_str()))
            };
            let missing: Vec<&String> = titles.iter().filter(|title| !is_drawn(title)).collect();
            if !missing.is_empty() {
                wrong.push(format!("{name}: not drawn {missing:?}"));
            }
            continue;
        }
        if (tables, read) != (titles.len(), titles.len()) {
            wrong.push(format!(
                "{name}: of {titles:?} drawn {:?}\n read {:?}",
                draft.tables,
                imported.placed.tables.keys()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_drawn_profile_has_header_trees_rows_and_the_sums_that_hold() {
    let (draft, profile, wrong) = drawn(&read::read("预算.xlsx", &book()));
    assert_eq!(wrong, "");
    let text = &draft.file.text;
    for line in [
        "      # sum_of: [basic, project, operating, upward, subsidy]   成立的行 rows: 23\n      total: { title: 合计, type: amount }",
        "          # sum_of: [current, carryover]   成立的栏 columns: 1\n          grand: { name: 收入总计 }",
        "          code: { title: 科目编码, type: code }",
        "    line_numbers: 序号\n    column_numbers: 栏次",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let overview = &profile.tables["overview"];
    assert_eq!(overview.panels.len(), 2, "it has two sides");
    assert_eq!(overview.panels[1].rows.len(), 34, "each with the rows it prints");
    assert!(
        profile.tables["expenditure"].panels[0].rows.is_empty(),
        "codes are one organisation's"
    );
}

#[test]
fn totals_that_are_equal_between_tables_are_proposed_and_hold() {
    let (draft, _, wrong) = drawn(&read::read("预算.xlsx", &book()));
    assert_eq!(wrong, "");
    let (before, proposed) = draft.file.text.split_once("# tie_outs:").expect("it proposes some");
    let equation = "#     equation: overview/shouru.grand/amount = revenue/合计/total\n";
    assert!(proposed.contains(equation), "{proposed}");
    assert_eq!(proposed.matches("equation: ").count(), draft.ties);
    // With the signs of the comments taken off they are relations of the profile.
    let line = |line: &str| format!("{}\n", line.strip_prefix("# ").unwrap_or(line));
    let text = format!("{before}tie_outs:{}", proposed.lines().map(line).collect::<String>());
    let (profile, wrong) = resolved(&draft.file.path, &text);
    assert_eq!(wrong, "");
    assert_eq!(profile.tie_outs.len(), draft.ties);
}

/// A portal as `init` makes it, with a disclosure of the next year begun from it.
fn begun() -> (Desk, String) {
    let desk = Desk::mended();
    desk.edit(
        "content/library/2025-budget/narrative/11-other.md",
        "# 十一、其他需要说明的事项\n",
        "# 十一、其他需要说明的事项\n\n2025年购书12万元。设施不变。\n",
    );
    desk.edit(
        "content/library/2025-budget/disclosure.yaml",
        "fiscal_year: 2025\n",
        "fiscal_year: 2025\nwithhold:\n  - { at: assets/vehicles/value, because: 涉密 }\n",
    );
    let output = desk.run(&["new", "disclosure", "library/2026-budget", "--from", "2025-budget"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    (desk, errors(&output))
}

fn read_file(desk: &Desk, path: &str) -> String {
    std::fs::read_to_string(desk.path(path)).expect("readable")
}

fn results(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A sheet from rows of texts; a figure is a number, blank cells are none.
fn sheet(book: &mut rust_xlsxwriter::Workbook, name: &str, rows: &[&[&str]]) {
    let sheet = book.add_worksheet().set_name(name).expect("a name");
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            match text.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number).expect("it fits")),
                Err(_) if text.is_empty() => {}
                Err(_) => drop(sheet.write_string(row, column, *text).expect("it fits")),
            }
        }
    }
}

/// The profile drawn from a workbook, and the files that an import by it writes.
fn drawn_and_imported(book: &mut rust_xlsxwriter::Workbook) -> (String, Vec<(String, String)>) {
    let document = read::read("a.xlsx", &book.save_to_buffer().expect("a workbook"));
    let (draft, profile, wrong) = drawn(&document);
    assert_eq!(wrong, "", "{}", draft.file.text);
    let imported = import::import(&Request {
        profile: &profile,
        documents: &[document],
        only: None,
        existing: &[],
        language: Language::English,
    });
    assert!(imported.comparison.doubtful.is_empty(), "{:?}", imported.comparison.doubtful);
    let files = imported.files.into_iter().map(|file| (file.path, file.text)).collect();
    (draft.file.text, files)
}

#[test]
fn headings_that_are_not_merged_are_a_tree_too() {
    let mut book = rust_xlsxwriter::Workbook::new();
    sheet(
        &mut book,
        "一",
        &[
            &["", "收支表（草案）"],
            &[],
            &["填报单位：某某中心", "", "", "", "单位：万元"],
            &["栏目", "今年", "", "去年", "备忘"],
            &["", "数额", "比重", "数额", ""],
            &["甲项", "3", "60%", "1", "增"],
            &["乙项", "2", "40%", "1", "平"],
            &["总数", "5", "100%", "2", ""],
            &["附注：本表四舍五入。"],
        ],
    );
    let (profile, files) = drawn_and_imported(&mut book);
    for lines in [
        "    title: 收支表（草案）\n    unit: 万元\n",
        "words: { year: \"{year}年\", notes: [附注] }",
        "      jinnian:\n        title: 今年\n        columns:\n          shue: { title: 数额, type: amount }\n          bizhong: { title: 比重, type: percent }\n",
        "      beiwang: { title: 备忘, type: text }",
    ] {
        assert!(profile.contains(lines), "{lines} is not in\n{profile}");
    }
    let table = &files[0].1;
    let row = "- { lanmu: 乙项, shue: 2, bizhong: 40%, shue-2: 1, beiwang: 平 }";
    assert!(table.contains(row), "{table}");
    assert!(table.contains("note: 附注：本表四舍五入。"), "{table}");
}

#[test]
fn a_workbook_may_be_in_another_language() {
    let mut book = rust_xlsxwriter::Workbook::new();
    sheet(
        &mut book,
        "Income and spending",
        &[
            &["Income"],
            &["Body", "Harbour Board"],
            &["Source", "Planned", "Actual", "2019"],
            &["Rates", "120.5", "118", "99"],
            &["Grants", "79.5", "82", "80"],
            &["Total income", "200", "200", "179"],
        ],
    );
    sheet(
        &mut book,
        "Posts",
        &[&["Posts by grade"], &["Grade", "Posts"], &["A", "3"], &["B", "4"], &["All", "7"]],
    );
    let (profile, files) = drawn_and_imported(&mut book);
    for lines in [
        "  income:\n    title: Income\n",
        "      # sum_of: [rates, grants]   成立的栏 columns: 3\n      total-income: { name: Total income }",
        "      # sum_of: [a, b]   成立的栏 columns: 1\n      all: { name: All }",
    ] {
        assert!(profile.contains(lines), "{lines} is not in\n{profile}");
    }
    assert_eq!(files.len(), 2, "{files:?}");
}

#[test]
fn a_disclosure_begun_from_last_year_has_its_rows_and_none_of_its_figures() {
    let (desk, said) = begun();
    let folder = desk.path("content/library/2026-budget");
    let head = read_file(&desk, "content/library/2026-budget/disclosure.yaml");
    let withheld = "withhold:\n  - { at: assets/vehicles/value, because: 涉密 }\n";
    for line in ["fiscal_year: 2026\n", "stage: budget\n", "from: 2025-budget\n", withheld] {
        assert!(head.contains(line), "{line} is not in\n{head}");
    }
    for table in std::fs::read_dir(folder.join("tables")).expect("tables") {
        let path = table.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("readable");
        let before = read_file(&desk, &format!("content/library/2025-budget/tables/{name}"));
        let figures = crate::bench::yaml_texts("", &before).into_iter();
        let texts = crate::bench::yaml_texts("", &text);
        for (at, figure) in figures.filter(|(_, text)| text.parse::<f64>().is_ok()) {
            let is_code = at.ends_with(".code");
            let wanted = if is_code { figure.as_str() } else { "⁇" };
            assert_eq!(texts.get(&at).map(String::as_str), Some(wanted), "{name} {at}");
        }
        let is_listed = said.contains(&format!("tables/{name}"));
        assert_eq!(is_listed, text.contains('⁇'), "{name}\n{said}");
    }
    let english = desk.run(&["--lang", "en", "status", "library/2026-budget"]);
    assert!(results(&english).contains("to fill in"), "{}", results(&english));
}

#[test]
fn another_profile_gives_its_own_rows_and_what_it_has_not_is_said() {
    let desk = Desk::empty();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let from = root.join("content/zjk-kexie");
    for entry in walkdir::WalkDir::new(&from) {
        let path = entry.expect("listed").into_path();
        let below = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
        let to = desk.path(&below);
        if path.is_dir() {
            std::fs::create_dir_all(to).expect("writable");
        } else {
            std::fs::copy(&path, to).expect("writable");
        }
    }
    let arguments = ["new", "disclosure", "zjk-kexie/2026-budget", "--from", "2022-budget"];
    let profile = ["--profile", "hebei/department-budget/2025", "--lang", "en"];
    let output = desk.run(&[&arguments[..], &profile].concat());
    let said = errors(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("the table `overview` has no row `五、事业收入`"), "{said}");
    let overview = read_file(&desk, "content/zjk-kexie/2026-budget/tables/overview.yaml");
    assert!(overview.contains("五、单位资金") && !overview.contains("五、事业收入"), "{overview}");
    let special = read_file(&desk, "content/zjk-kexie/2026-budget/narrative/06-special-funds.md");
    assert!(special.ends_with("\n\n⁇\n"), "a section that was not there: {special}");
    let project = read_file(&desk, "content/zjk-kexie/2026-budget/projects/12-caravan.yaml");
    assert!(project.contains("\ncode: ⁇\n"), "a field that was not there: {project}");
}

#[test]
fn nothing_is_published_before_it_is_filled_in_and_nothing_is_overwritten() {
    let (desk, _) = begun();
    let build = desk.run(&["build"]);
    assert_eq!(build.status.code(), Some(1));
    assert!(errors(&build).contains("error[S033]"), "{}", errors(&build));
    assert!(!desk.path("public").exists(), "no page was written");
    let table = "content/library/2026-budget/tables/expenditure.yaml";
    let before = read_file(&desk, table);
    let again = desk.run(&["new", "disclosure", "library/2026-budget", "--from", "2025-budget"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(errors(&again).contains("已经有了"), "{}", errors(&again));
    assert_eq!(read_file(&desk, table), before);
}

#[test]
fn a_sentence_of_last_year_is_reported_until_it_is_touched() {
    let (desk, _) = begun();
    let section = "content/library/2026-budget/narrative/11-other.md";
    let stale = |desk: &Desk| {
        let check = desk.run(&["check", "--format", "concise", section]);
        let lines = results(&check);
        lines.lines().filter(|line| line.contains("Y506")).map(str::to_owned).collect::<Vec<_>>()
    };
    let found = stale(&desk);
    assert!(found.iter().any(|line| line.contains("2025、12万元")), "{found:?}");
    assert!(
        !found.iter().any(|line| line.contains("设施")),
        "it says nothing of a year: {found:?}"
    );
    desk.edit(section, "2025年购书12万元", "2026年购书13万元");
    let left = stale(&desk);
    assert_eq!(left.len(), found.len() - 1, "{left:?}");
}

#[test]
fn an_import_fills_in_what_was_begun_and_nobody_touched() {
    let (desk, _) = begun();
    std::fs::write(
        desk.path("支出.csv"),
        "支出总表\n科目编码,科目名称,合计,基本支出,项目支出\n,合计,7.00,7.00,\n",
    )
    .expect("writable");
    let table = "content/library/2026-budget/tables/expenditure.yaml";
    let arguments =
        ["import", "支出.csv", "--into", "library/2026-budget", "--table", "expenditure"];
    let output = desk.run(&[&arguments[..], &["--year", "2026"]].concat());
    let text = read_file(&desk, table);
    assert!(text.contains("7.00") && !text.contains('⁇'), "{}\n{text}", errors(&output));
}

#[test]
fn an_organisation_and_a_project_are_begun_too() {
    let desk = Desk::empty();
    let output = desk.run(&["new", "organisation", "wenlv", "--name", "示例县文旅局"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert_eq!(read_file(&desk, "content/wenlv/organisation.yaml"), "name: 示例县文旅局\n");
    assert!(read_file(&desk, "mingbai.yaml").contains("title: 示例县文旅局"));
    let status = results(&desk.run(&["status"]));
    assert_eq!(status, "示例县文旅局  wenlv\n  没有公开\n");
    let profile = "hebei/department-budget/2025";
    let output = desk.run(&["new", "disclosure", "wenlv/2026-budget", "--profile", profile]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let overview = read_file(&desk, "content/wenlv/2026-budget/tables/overview.yaml");
    assert!(overview.contains("- { name: 收入总计, amount: ⁇ }"), "{overview}");
    let output = desk.run(&["new", "project", "wenlv/2026-budget", "文化惠民演出"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let project = read_file(&desk, "content/wenlv/2026-budget/projects/01-文化惠民演出.yaml");
    assert!(project.contains("name: 文化惠民演出") && project.contains("budget: ⁇"), "{project}");
    let check = desk.run(&["check", "--format", "concise"]);
    let found = results(&check);
    // A blank disclosure lacks what an author must say, and has no other fault.
    let known = ["S033", "D703", "D704", "C112", "P407"];
    let other: Vec<&str> =
        found.lines().filter(|line| !known.iter().any(|code| line.contains(code))).collect();
    assert_eq!(other, Vec::<&str>::new());
}

#[test]
fn the_status_is_told_to_people_to_programs_and_in_the_preview() {
    let (desk, _) = begun();
    let output = desk.run(&["status", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&results(&output)).expect("JSON");
    assert_eq!(json["version"], 1);
    let disclosures = &json["organisations"][0]["disclosures"];
    assert_eq!(disclosures[0]["id"], "2026-budget");
    let parts = disclosures[0]["parts"].as_array().expect("parts");
    let state = |id: &str| {
        let part = parts.iter().find(|part| part["id"] == id).expect(id);
        part["state"].as_str().expect("a state").to_owned()
    };
    assert_eq!(state("expenditure"), "to_fill_in");
    assert_eq!(state("other"), "stale");
    let done = disclosures[1]["parts"].as_array().expect("parts");
    let is_done = |part: &&serde_json::Value| part["state"] == "there" || part["state"] == "empty";
    assert!(done.iter().filter(|part| part["kind"] == "table").all(|part| is_done(&part)));
    assert_eq!(desk.run(&["status", "library/2031-budget"]).status.code(), Some(2));

    let preview = Preview::of(&desk);
    let (status, page) = preview.get("/__mingbai/status");
    assert_eq!(status, 200);
    for words in ["公开的进度", "2026-budget", "待填", "<a href=\"/library/2025-budget/\">"]
    {
        assert!(page.contains(words), "{words} is not in\n{page}");
    }
}
