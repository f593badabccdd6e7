//! A portal built organisation by organisation is the portal built at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::human;
use mingbai::plan::plan;
use mingbai::publish::MARKER;
use mingbai::receipt;
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
    // What a site is made of is known when it is built: `receipt.rs` compares it with the files.
    site.paths().into_iter().filter(|path| path != receipt::PATH).map(bytes).collect()
}

#[test]
fn what_is_built_in_parts_is_what_one_plan_of_all_renders() {
    let desk = several();
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let (mut built, planned) = (tree(&desk.path("public")), at_once(desk.root()));
    built.remove(receipt::PATH).expect("every build has a receipt");
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

fn build(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(&[&["build"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    errors(&output)
}

#[test]
fn parts_built_apart_and_merged_are_the_site_built_at_once() {
    let desk = several();
    build(&desk, &[]);
    for (number, of) in [(1, 4), (2, 4), (3, 4), (4, 4)] {
        build(&desk, &["--shard", &format!("{number}/{of}"), "-o", &format!("part-{number}")]);
    }
    assert!(!desk.path("part-1/index.html").exists(), "what belongs to nobody is made in the end");
    let merge = ["merge", "-o", "merged", "part-4", "part-1", "part-2", "part-3"];
    let output = desk.run(&merge);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let (built, merged) = (tree(&desk.path("public")), tree(&desk.path("merged")));
    assert_eq!(differences(&built, &merged), Vec::<String>::new());
}

#[test]
fn a_part_that_is_missing_or_old_is_named_and_the_site_stays() {
    let desk = several();
    build(&desk, &["--shard", "1/2", "-o", "one"]);
    build(&desk, &["--shard", "2/2", "-o", "two"]);
    let output = desk.run(&["merge", "one"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("content/zjk-kexie-1"), "{}", errors(&output));
    desk.edit("content/zjk-kexie-2/2025-budget/narrative/01-duties.md", "。", "！");
    let output = desk.run(&["merge", "one", "two"]);
    assert!(errors(&output).contains("content/zjk-kexie-2"), "{}", errors(&output));
    assert!(!desk.path("public").exists());
    let output = desk.run(&["merge", "content"]);
    assert!(errors(&output).contains(".mingbai-shard"), "{}", errors(&output));
}

/// Inode and time of every file.
fn identities(root: &Path) -> BTreeMap<String, (u64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let files = tree(root).into_keys();
    let identity = |path: &str| {
        let found = fs::metadata(root.join(path)).expect("there");
        (found.ino(), found.mtime_nsec())
    };
    files.map(|path| (path.clone(), identity(&path))).collect()
}

#[test]
fn a_build_of_the_same_touches_nothing_and_says_so() {
    let desk = several();
    build(&desk, &[]);
    let before = identities(&desk.path("public"));
    assert!(build(&desk, &[]).contains("没有可做的"));
    assert_eq!(identities(&desk.path("public")), before);
    fs::write(desk.path("public/index.html"), "by hand").expect("written");
    assert!(!build(&desk, &[]).contains("没有可做的"), "what was written by hand is replaced");
    assert!(build(&desk, &["-u", "https://other.example.org"]).contains("个网页"));
}

#[test]
fn a_build_after_an_edit_makes_the_pages_it_touched_and_no_others() {
    let desk = several();
    build(&desk, &[]);
    let before = identities(&desk.path("public"));
    desk.edit("content/zjk-kexie-1/2025-budget/narrative/01-duties.md", "。", "！");
    build(&desk, &[]);
    let after = identities(&desk.path("public"));
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, id)| before.get(*path) != Some(*id))
        .map(|(path, _)| path)
        .collect();
    assert!(
        changed.iter().any(|path| path.ends_with("zjk-kexie-1/2025-budget/01-duties.html")
            || path.contains("duties")),
        "{changed:?}"
    );
    let others = changed
        .iter()
        .filter(|path| path.starts_with("zjk-kexie-0") || path.starts_with("zjk-kexie-2"));
    assert_eq!(others.count(), 0, "{changed:?}");
    fs::remove_dir_all(desk.path("public")).expect("removed");
    build(&desk, &[]);
    assert_eq!(identities(&desk.path("public")).len(), after.len());
}

#[test]
fn a_site_has_the_pages_and_formats_its_configuration_names() {
    let desk = several();
    desk.edit("mingbai.yaml", "language:", "pages: [home, organisation, disclosure, table, verification, projects, project, section, comparisons, comparison, subject, downloads]\noutputs: [csv]\nlanguage:");
    build(&desk, &[]);
    let built = tree(&desk.path("public"));
    let is_there = |end: &str| built.keys().any(|path| path.ends_with(end));
    assert!(is_there("tables/general.csv") && is_there("tables/general.html"));
    for absent in ["search.html", "glossary.html", "site-map.html", "sitemap.xml", "robots.txt"] {
        assert!(!built.contains_key(absent), "{absent}");
    }
    assert!(!built.keys().any(|path| path.ends_with("/index.js")));
    desk.edit("mingbai.yaml", "comparisons,", "comparison,");
    desk.edit("mingbai.yaml", "[csv]", "[cvs]");
    let said = errors(&desk.run(&["check"]));
    assert!(said.contains("没有叫“cvs”的") && said.contains("csv"), "{said}");
    assert_eq!(said.matches("没有叫“cvs”的").count(), 1, "{said}");
}

#[test]
fn what_is_wrong_with_what_all_share_is_counted_once() {
    let desk = several();
    desk.edit("mingbai.yaml", "language:", "publsher: x\nlanguage:");
    let said = errors(&desk.run(&["check"]));
    assert!(said.contains("1 个错误"), "{said}");
}
