//! A portal built organisation by organisation is the portal built at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::human;
use mingbai::plan::plan;
use mingbai::publish::MARKER;
use mingbai::render::render;
use mingbai::source::Sources;
use walkdir::WalkDir;

use crate::cli::{Desk, errors};

/// A portal of several organisations: the demonstration one under other names, and one in which
/// something may be wrong.
pub(crate) fn several() -> Desk {
    let desk = Desk::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in WalkDir::new(root.join("content")).sort_by_file_name() {
        let entry = entry.expect("readable");
        let path = entry.path().strip_prefix(root).expect("inside").to_string_lossy().into_owned();
        if !entry.file_type().is_file() {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("text");
        for (copy, place) in ["张家口市", "云岚市", "怀宁县"].into_iter().enumerate() {
            let text = text.replace("张家口市", place);
            let path = desk.path(&path.replace("zjk-kexie", &format!("zjk-kexie-{copy}")));
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
    }
    let configuration = "title: 三家的公开\nlanguage: zh-CN\nbase_url: https://example.org\n";
    fs::write(desk.path("mingbai.yaml"), configuration).expect("written");
    desk
}

/// Every file below a folder, the marker left out.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = WalkDir::new(root).into_iter().map(|entry| entry.expect("readable"));
    files
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != MARKER)
        .map(|entry| {
            let name = entry.path().strip_prefix(root).expect("inside").display().to_string();
            (name, fs::read(entry.path()).expect("readable"))
        })
        .collect()
}

/// The paths that differ between two trees.
pub(crate) fn differences(
    one: &BTreeMap<String, Vec<u8>>,
    other: &BTreeMap<String, Vec<u8>>,
) -> Vec<String> {
    let paths: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

fn at_once(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let sources = Sources::read(root, "mingbai.yaml").expect("a portal");
    let (site, _) = plan(&sources, false);
    let bytes = |path: String| {
        let bytes = render(&mut Report::default(), &sources, &site, &path);
        (path, bytes.expect("a path of the site"))
    };
    site.paths().into_iter().map(bytes).collect()
}

#[test]
fn what_is_built_in_parts_is_what_one_plan_of_all_renders() {
    let desk = several();
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let (built, planned) = (tree(&desk.path("public")), at_once(desk.root()));
    assert!(built.len() > 500, "{} files", built.len());
    assert_eq!(differences(&built, &planned), Vec::<String>::new());
}

#[test]
fn what_is_found_in_parts_is_what_one_check_of_all_finds() {
    let desk = several();
    let place = "content/zjk-kexie-1/2025-budget/";
    desk.edit(&format!("{place}tables/general.yaml"), "1454.54", "1454.55");
    desk.edit(&format!("{place}organisation.yaml").replace("2025-budget/", ""), "name:", "nmae:");
    desk.edit("mingbai.yaml", "language:", "publsher: x\nlanguage:");
    let sources = Sources::read(desk.root(), "mingbai.yaml").expect("a portal");
    let (_, report) = plan(&sources, false);
    let whole = human::render(&sources, &report, Language::Chinese, false);
    let output = desk.run(&["check", "--today", "2025-01-01"]);
    let printed = errors(&output);
    assert!(whole.contains("nmae") && whole.contains("publsher"), "{whole}");
    let (found, rest) = printed.split_at(whole.trim_end().len().min(printed.len()));
    assert_eq!(found, whole.trim_end(), "then {rest}");
}
