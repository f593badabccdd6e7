//! The two published texts imported without a hand: every cell of the committed content is there
//! and right, or marked, or listed.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::content::doubt;
use mingbai::diagnostic::{Language, Report};
use mingbai::import::{self, Imported, Request, read};
use mingbai::profile::{Profile, resolve};
use mingbai::source::Sources;

use crate::bench::yaml_texts;

const SEEDS: [(&str, &str); 2] =
    [("2025", include_str!("../seeds/2025.txt")), ("2022", include_str!("../seeds/2022.txt"))];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn profile(id: &str) -> Profile {
    let sources = Sources::embedded();
    let mut profiles = resolve(&mut Report::default(), &sources, [id.to_owned()]);
    Profile::clone(&profiles.remove(id).expect("the profile is there"))
}

fn imported(year: &str, text: &str) -> Imported {
    let profile = profile(&format!("hebei/department-budget/{year}"));
    let documents = [read::read(&format!("{year}.txt"), text.as_bytes())];
    import::import(&Request {
        profile: &profile,
        documents: &documents,
        only: None,
        existing: &committed(year),
        language: Language::Chinese,
    })
}

/// The files of the committed disclosure, by their path below its folder.
fn committed(year: &str) -> Vec<(String, String)> {
    let folder = root().join(format!("content/zjk-kexie/{year}-budget"));
    let walk = walkdir::WalkDir::new(&folder).sort_by_file_name();
    walk.into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&folder).expect("inside").to_string_lossy();
            (path.replace('\\', "/"), std::fs::read_to_string(entry.path()).expect("text"))
        })
        .collect()
}

/// How the cells of one kind came out.
#[derive(Debug, Default)]
struct Tally {
    all: usize,
    right: usize,
    marked: usize,
    /// Not written, or written otherwise without a mark.
    missing: Vec<String>,
    wrong: Vec<String>,
}

fn is_marked_beside(found: &BTreeMap<String, String>, at: &str) -> bool {
    let row = at.rsplit_once('.').map_or(at, |(row, _)| row);
    found.iter().any(|(at, text)| at.starts_with(row) && doubt::inner(text).is_some())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn tally(tally: &mut Tally, path: &str, committed: &str, imported: Option<&str>) {
    let (wanted, found) = (yaml_texts("", committed), yaml_texts("", imported.unwrap_or_default()));
    for (at, wanted) in &wanted {
        tally.all += 1;
        match found.get(at) {
            Some(found) if found == wanted => tally.right += 1,
            Some(found) if doubt::inner(found).is_some() => tally.marked += 1,
            Some(found) => tally.wrong.push(format!("{path}{at}: {found} for {wanted}")),
            // What its row says under another heading is marked.
            None if is_marked_beside(&found, at) => tally.marked += 1,
            None => tally.missing.push(format!("{path}{at}: {wanted}")),
        }
    }
    for (at, found) in &found {
        if !wanted.contains_key(at) && doubt::inner(found).is_none() {
            tally.wrong.push(format!("{path}{at}: {found} for nothing"));
        }
    }
}

/// The words of a text, marks of Markdown and of bindings aside.
fn words(markdown: &str) -> Vec<String> {
    let parser = pulldown_cmark::Parser::new(markdown);
    let mut all = vec![String::new()];
    for event in parser {
        match event {
            pulldown_cmark::Event::Text(text) => all.last_mut().expect("one").push_str(&text),
            pulldown_cmark::Event::End(
                pulldown_cmark::TagEnd::Paragraph | pulldown_cmark::TagEnd::Heading(_),
            ) => all.push(String::new()),
            _ => {}
        }
    }
    all.iter().map(|text| squeezed(text)).filter(|text| !text.is_empty()).collect()
}

/// The paragraphs of a section. Where a table stands is told by its id, whatever words lead to it.
fn tally_texts(tally: &mut Tally, path: &str, committed: &str, imported: &str) {
    let is_place =
        |line: &&str| line.starts_with('[') && line.ends_with(')') && !line.contains('/');
    let places = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(is_place);
        lines.filter_map(|line| Some(line.split_once("](")?.1.to_owned())).collect()
    };
    assert_eq!(places(committed), places(imported), "{path}");
    let own: Vec<&str> = committed.lines().filter(|line| !is_place(line)).collect();
    let found = words(imported);
    for paragraph in words(&own.join("\n")) {
        tally.all += 1;
        if found.contains(&paragraph) {
            tally.right += 1;
        } else {
            tally.missing.push(format!("{path}: {paragraph}"));
        }
    }
}

#[test]
fn the_published_texts_import_without_a_hand() {
    let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
    for (year, text) in SEEDS {
        let imported = imported(year, text);
        let files: BTreeMap<&str, &str> =
            imported.files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
        for (path, committed) in committed(year) {
            let kind = match path.split('/').next() {
                Some("tables") => "tables",
                Some("projects") => "projects",
                _ => continue,
            };
            tally(
                kinds.entry(kind).or_default(),
                &path,
                &committed,
                files.get(path.as_str()).copied(),
            );
        }
        for (path, committed) in committed(year).iter().filter(|(path, _)| path.ends_with(".md")) {
            let imported = files.get(path.as_str()).copied().unwrap_or_default();
            tally_texts(kinds.entry("texts").or_default(), path, committed, imported);
        }
        let comparison = &imported.comparison;
        println!(
            "{year}: {} of {} cells and {} of {} texts the same, {} doubtful, {} left out",
            comparison.cells.same,
            comparison.cells.all,
            comparison.texts.same,
            comparison.texts.all,
            comparison.doubtful.len(),
            comparison.left.len()
        );
        assert_eq!(comparison.different, []);
    }
    for (kind, tally) in &kinds {
        println!(
            "{kind}: {} of {} right, {} marked, {} missing, {} wrong",
            tally.right,
            tally.all,
            tally.marked,
            tally.missing.len(),
            tally.wrong.len()
        );
        assert_eq!(tally.wrong, Vec::<String>::new(), "nothing is wrong and unmarked");
        assert_eq!(tally.missing, Vec::<String>::new(), "nothing is lost");
        assert!(tally.right * 100 >= tally.all * 97, "{kind}");
    }
}
