//! The walls of the house: layers, doors, names, and words that must not stand in the tree.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::rust::{self, Source};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of ours below a folder with one of these endings: path from the root, text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    walk.into_iter()
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| {
            endings.iter().any(|ending| entry.path().to_string_lossy().ends_with(ending))
        })
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(root())
                .expect("inside")
                .to_string_lossy()
                .replace('\\', "/");
            (path, fs::read_to_string(entry.path()).expect("text"))
        })
        .collect()
}

fn sources() -> Vec<(String, String)> {
    files("src", &[".rs"])
}

fn parsed() -> Vec<Source> {
    sources().iter().map(|(path, text)| Source::read(path, text)).collect()
}

fn module(path: &str) -> &str {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').next().unwrap_or(path)
}

/// The layers as `ARCHITECTURE.md` states them: module to layer.
fn layers() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let block = text
        .split("```layers\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a block of layers");
    let mut layers = BTreeMap::new();
    for line in block.lines() {
        let (number, names) = line.trim().split_once(' ').expect("a number and names");
        for name in names.split('·') {
            layers.insert(name.trim().to_owned(), number.parse().expect("a number"));
        }
    }
    layers
}

#[test]
fn modules_depend_downwards_only() {
    let layers = layers();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        if own == "lib" {
            continue;
        }
        let layer = *layers
            .get(own)
            .unwrap_or_else(|| panic!("{own} stands in no layer of ARCHITECTURE.md"));
        let code = code(&text);
        for used in code.split("crate::").skip(1) {
            for name in names(used) {
                let Some(below) = layers.get(name) else { continue };
                if name != own && *below >= layer {
                    wrong.push(format!("{path} (layer {layer}) uses {name} (layer {below})"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The modules a `crate::…` names: one, or several in braces.
fn names(path: &str) -> Vec<&str> {
    let Some(list) = path.strip_prefix('{') else {
        return vec![
            path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
        ];
    };
    let list = list.split("};").next().unwrap_or_default();
    list.split(',').map(|item| item.trim().split("::").next().unwrap_or_default()).collect()
}

#[test]
fn the_reading_order_of_lib_follows_the_layers() {
    let layers = layers();
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let order: Vec<usize> = text
        .lines()
        .filter_map(|line| Some(layers[line.strip_prefix("pub mod ")?.strip_suffix(';')?]))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn only_the_doors_touch_the_world() {
    let doors =
        ["src/source", "src/publish", "src/serve/", "src/cmd/", "src/main.rs", "src/cli.rs"];
    let world = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "walkdir"];
    for (path, text) in sources() {
        if doors.iter().any(|door| path.starts_with(door)) {
            continue;
        }
        for word in world {
            assert!(!text.contains(word), "{path} names {word}");
        }
    }
}

#[test]
fn reading_and_checking_never_fail() {
    let sources = parsed();
    let mut fallible = BTreeSet::from(["Result".to_owned()]);
    let aliases: Vec<String> =
        sources.iter().flat_map(|source| source.aliases_of(&fallible)).collect();
    fallible.extend(aliases);
    let (mut layers, mut wrong) = (layers(), Vec::new());
    layers.retain(|_, layer| (3..=11).contains(layer));
    for source in sources.iter().filter(|source| layers.contains_key(module(&source.path))) {
        let failing = |one: &rust::Function| one.is_public && !one.returns.is_disjoint(&fallible);
        let failing = source.functions().into_iter().filter(failing);
        wrong.extend(failing.map(|one| format!("{}:{} {}", source.path, one.line, one.name)));
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn no_files_of_a_folder_use_each_other_in_a_circle() {
    let folders = rust::uses_by_folder(&parsed());
    assert!(folders.len() > 10, "{:?}", folders.keys());
    let circles: Vec<_> = folders
        .iter()
        .filter_map(|(folder, uses)| Some((folder.join("/"), rust::circle(uses)?)))
        .collect();
    assert_eq!(circles, []);
}

#[test]
fn functions_are_short() {
    let mut lengths = Vec::new();
    let mut long = Vec::new();
    for source in parsed() {
        for function in source.functions() {
            let Some(lines) = function.lines else { continue };
            lengths.push(lines);
            if lines > 60 {
                let (path, line, name) = (&source.path, function.line, &function.name);
                long.push(format!("{path}:{line} {name} has {lines} lines"));
            }
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    println!("{} functions, half of them of at most {median} lines", lengths.len());
    assert_eq!(long, Vec::<String>::new());
    assert!(median <= 10, "half of all functions have {median} lines or more");
}

#[test]
fn money_never_meets_a_float() {
    // A workbook holds binary numbers alone.
    let sources = sources().into_iter().filter(|(path, _)| path != "src/output/workbook/number.rs");
    for (path, text) in sources {
        for word in ["f32", "f64", "as_f64", "to_f64"] {
            assert!(!words(&text).contains(word), "{path} names {word}");
        }
    }
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// Keys of the authored files, words of addresses, kinds of page, headings of the long table: words
/// of the formats themselves, which ids of a profile may share.
fn format_words() -> BTreeSet<String> {
    let mut known: BTreeSet<String> =
        mingbai::page::PAGE_KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    for (path, text) in sources() {
        let reads = [
            "src/content/",
            "src/profile/decode/",
            "src/model/projects.rs",
            "src/findings/",
            "src/theme.rs",
            "src/address.rs",
            "src/output/csv/figures.rs",
        ];
        if reads.iter().any(|folder| path.starts_with(folder)) {
            known.extend(literals(&text));
        }
    }
    known
}

/// Words that are ids of a profile by chance: the file that says them, and what they are there.
const OTHER_WORDS: [(&str, &[&str], &str); 2] = [
    ("src/cli.rs", &["public"], "the name of the output folder"),
    ("src/minify/page.rs", &["base"], "a name of an HTML element"),
];

#[test]
fn no_rust_names_a_province_a_table_or_a_column() {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for (path, text) in files("profiles", &[".yaml"]) {
        ids.extend(path.trim_end_matches(".yaml").split('/').skip(1).map(str::to_owned));
        for line in text.lines() {
            let Some((key, _)) = line.split_once(':') else { continue };
            let key = key.trim();
            if !key.is_empty()
                && key
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
            {
                ids.insert(key.to_owned());
            }
        }
    }
    assert!(ids.contains("three-public") && ids.contains("hebei"));
    let allowed = format_words();
    for (path, text) in sources() {
        for literal in literals(&text) {
            let is_other = OTHER_WORDS
                .iter()
                .any(|(file, words, _)| *file == path && words.contains(&literal.as_str()));
            assert!(
                !ids.contains(&literal) || allowed.contains(&literal) || is_other,
                "{path} names {literal:?}, an id of a profile"
            );
        }
    }
    for (path, words, why) in OTHER_WORDS {
        let text = fs::read_to_string(root().join(path)).expect(path);
        let literals = literals(&text);
        for word in words {
            let is_needed = ids.contains(*word) && literals.iter().any(|literal| literal == word);
            assert!(is_needed && !allowed.contains(*word), "{path} needs no {word:?}: {why}");
        }
    }
    // The vocabulary itself must not smuggle a table, a column or a place in.
    for word in [
        "three-public",
        "hebei",
        "expenditure",
        "revenue",
        "carryover",
        "fiscal",
        "合计",
        "万元",
        "涉密",
    ] {
        assert!(!allowed.contains(word), "the format knows {word:?}");
    }
}

/// String literals of a source, tests and comments left out.
fn literals(text: &str) -> Vec<String> {
    code(text).split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A source without its tests and comments.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_module_says_what_it_is() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not open with //!");
    }
}

#[test]
fn nothing_is_left_undone() {
    let banned =
        ["TODO", "FIXME", "XXX", "todo!", "unimplemented!", "dbg!", "#[ignore", "#[should_panic"];
    let own = "tests/it/tidy.rs";
    let all = sources()
        .into_iter()
        .chain(files("tests", &[".rs", ".mjs"]))
        .chain(files("themes", &[".html", ".css"]));
    for (path, text) in all.filter(|(path, _)| path != own) {
        for word in banned {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
}

#[test]
fn no_file_has_grown_a_second_idea() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500, "{path} has {lines} lines");
    }
}

#[test]
fn the_language_of_the_field_is_kept() {
    let banned = ["manager", "handler", "helper", "util", "utils", "processor", "engine"];
    for (path, text) in sources() {
        let stem = Path::new(&path).file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(!banned.contains(&stem.as_str()), "{path}");
        for line in text.lines().filter(|line| {
            line.contains("fn ") || line.contains("struct ") || line.contains("enum ")
        }) {
            let lower = line.to_lowercase();
            assert!(!banned.iter().any(|word| words(&lower).contains(word)), "{path}: {line}");
        }
    }
}
