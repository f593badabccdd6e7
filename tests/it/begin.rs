//! What `new` begins: profiles drawn from workbooks, disclosures from an earlier year.

use mingbai::begin::profile::{self, Draft, Words};
use mingbai::diagnostic::{Language, Report};
use mingbai::findings::human;
use mingbai::import::document::Document;
use mingbai::import::{self, Request, read};
use mingbai::profile::{Known, Profile, resolve};
use mingbai::source::Sources;

use crate::import_workbook::workbooks;

/// What the embedded profiles call things.
fn words() -> Words {
    let sources = Sources::embedded();
    let ids = Known::of(&sources).ids().to_vec();
    let profiles = resolve(&mut Report::default(), &sources, ids);
    Words::of(profiles.values().map(AsRef::as_ref))
}

/// A profile drawn from a file, read back; and what was found wrong with it.
fn drawn(document: &Document) -> (Draft, std::sync::Arc<Profile>, String) {
    let draft = profile::profile("drawn/2026", document, &words()).expect("it has tables");
    let mut sources = Sources::embedded();
    sources.add(&draft.file.path, draft.file.text.as_str());
    let mut report = Report::default();
    let mut profiles = resolve(&mut report, &sources, ["drawn/2026".to_owned()]);
    let wrong = human::render(&sources, &report, Language::English, false);
    let profile = profiles.remove("drawn/2026").expect("it can be read");
    (draft, profile, wrong)
}

#[test]
fn a_profile_drawn_from_any_workbook_loads_and_reads_that_workbook() {
    let mut wrong = Vec::new();
    for (name, bytes, titles) in workbooks() {
        let document = read::read("预算.xlsx", &bytes);
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
        println!("{name}: {} tables, {tables} drawn, {read} read, {} sums", titles.len(), draft.sums);
        let left: Vec<_> = imported.comparison.left.iter().map(|left| format!("{left:?}").chars().take(150).collect::<String>()).collect();
        let comparison = &imported.comparison;
        if !comparison.doubtful.is_empty() || !comparison.different.is_empty() {
            wrong.push(format!("{name}: {:?} {:?}", comparison.doubtful, comparison.different));
        }
        if (tables, read) != (titles.len(), titles.len()) {
            wrong.push(format!("{name}: of {titles:?} drawn {:?}\n read {:?}", draft.tables, imported.placed.tables.keys()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_drawn_profile_has_header_trees_rows_and_the_sums_that_hold() {
    let (_, bytes, _) = workbooks().swap_remove(0);
    let (draft, profile, wrong) = drawn(&read::read("预算.xlsx", &bytes));
    assert_eq!(wrong, "");
    let text = &draft.file.text;
    for line in [
        "      # sum_of: [basic, project, operating, upward, subsidy]   成立的行 rows: 23\n      total: { title: 合计, type: amount }",
        "          # sum_of: [current, carryover]   成立的栏 columns: 1\n          grand: { name: 收入总计 }",
        "      code: { title: 功能分类科目编码, type: code }",
        "    line_numbers: 序号\n    column_numbers: 栏次",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let overview = &profile.tables["overview"];
    assert_eq!(overview.panels.len(), 2, "it has two sides");
    assert_eq!(overview.panels[1].rows.len(), 34, "each with the rows it prints");
    assert!(profile.tables["expenditure"].panels[0].rows.is_empty(), "codes are one organisation's");
}
