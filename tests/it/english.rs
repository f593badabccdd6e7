//! The interface in two languages: one catalogue, every word in both and none to spare, and
//! an English portal without a Chinese character.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mingbai::diagnostic::Language;
use mingbai::findings::human;
use mingbai::page::{PAGE_KINDS, PageScope};
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::source::Sources;

use crate::bench::TestSite;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every page of a portal: path and bytes.
fn pages(sources: &Sources) -> Vec<(String, String)> {
    let (site, mut report) = plan(sources, false);
    let paths = site.paths().into_iter().filter(|path| path.ends_with(".html"));
    let pages = paths.map(|path| {
        let bytes = render(&mut report, sources, &site, &path).expect("a planned path");
        (path, String::from_utf8(bytes).expect("a page is UTF-8"))
    });
    let pages = pages.collect();
    let wrong = human::render(sources, &report, Language::English, false);
    assert_eq!(wrong.trim(), "", "the portal has nothing wrong");
    pages
}

fn english() -> Vec<(String, String)> {
    let folder = root().join("tests/sites/english");
    pages(&Sources::read(&folder, "mingbai.yaml").expect("the folder is a portal"))
}

/// The same among sixty bodies more: too many for the front page, so that regions have pages.
fn many() -> Vec<(String, String)> {
    let folder = root().join("tests/sites/english");
    let mut sources = Sources::read(&folder, "mingbai.yaml").expect("the folder is a portal");
    let bare = "title: Budget\nwords: { stage: budget, year: \"{year} \" }\n";
    sources.add("profiles/county/bare.yaml", bare);
    for number in 0..60 {
        let home = format!("content/body{number:02}");
        let body = format!("name: Body {number}\nregion: {{ code: \"01\", name: North }}\n");
        sources.add(&format!("{home}/organisation.yaml"), body);
        let disclosure = "fiscal_year: 2025\nstage: budget\nprofile: county/bare\n";
        sources.add(&format!("{home}/2025-budget/disclosure.yaml"), disclosure);
    }
    pages(&sources)
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[test]
fn no_byte_of_an_english_portal_is_chinese() {
    let vote = root().join("tests/sites/south-africa");
    let vote = pages(&Sources::read(&vote, "mingbai.yaml").expect("the folder is a portal"));
    for (path, html) in english().iter().chain(&vote).chain(&many()) {
        if let Some(at) = html.find(is_chinese) {
            let start = html[..at].char_indices().rev().nth(60).map_or(0, |(start, _)| start);
            panic!("{path}: {}", html[start..].chars().take(100).collect::<String>());
        }
        assert!(html.contains("<html lang=en>") || html.contains("<html lang=\"en\">"), "{path}");
    }
}

#[test]
fn the_english_portal_has_a_page_of_each_kind() {
    let found: BTreeSet<String> = english()
        .iter()
        .chain(&many())
        .filter_map(|(_, html)| {
            let class = html.split("<body class=").nth(1)?;
            let end = class.find(['>', ' '])?;
            Some(class[..end].trim_matches('"').to_owned())
        })
        .collect();
    let kinds: BTreeSet<String> = PAGE_KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(found, kinds);
}

fn page(path: &str) -> String {
    let found = english().into_iter().find(|(other, _)| other == path);
    found.unwrap_or_else(|| panic!("there is no {path}")).1
}

#[test]
fn one_is_singular_and_dates_are_written_out() {
    let disclosure = page("library/2024-budget/index.html");
    assert!(disclosure.contains("(1 project)"), "{disclosure}");
    assert!(disclosure.contains("9 January 2024"), "{disclosure}");
    assert!(disclosure.contains("Catalogue number"), "{disclosure}");
    let newer = page("library/2025-budget/index.html");
    assert!(newer.contains("(2 projects)"), "{newer}");
    assert!(newer.contains("Of 3 targets, 2 can be measured."), "{newer}");
    let projects = page("library/2024-budget/projects/index.html");
    assert!(projects.contains("Of 1 target, 1 can be measured."), "{projects}");
}

/// Keys of the catalogue with the languages each is written in.
fn catalogue() -> Vec<(String, BTreeSet<String>)> {
    let text = std::fs::read_to_string(root().join("themes/default/texts.yaml")).expect("texts");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let entry = |line: &str| {
        let (key, words) =
            line.split_once(": {").unwrap_or_else(|| panic!("one key a line: {line}"));
        let languages =
            ["zh-CN", "en"].into_iter().filter(|tag| words.contains(&format!(" {tag}: ")));
        (key.to_owned(), languages.map(str::to_owned).collect())
    };
    lines.map(entry).collect()
}

/// Every file below a folder with one of these endings, as text.
fn texts(folder: &str, endings: &[&str]) -> Vec<String> {
    let files = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let files = files.map(|entry| entry.expect("readable").into_path());
    let is_wanted =
        |path: &PathBuf| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    files.filter(is_wanted).map(|path| std::fs::read_to_string(path).expect("text")).collect()
}

/// Keys that templates name: `t.key` and `of="key"`.
fn named() -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for text in texts("themes/default", &[".html"]) {
        for (mark, from) in [("t.", "{ (=~"), ("of=\"", "(")] {
            for (at, _) in text.match_indices(mark) {
                let before = text[..at].chars().next_back().unwrap_or(' ');
                let rest = &text[at + mark.len()..];
                let key = rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next();
                if from.contains(before) {
                    named.extend(key.filter(|key| !key.is_empty()).map(str::to_owned));
                }
            }
        }
    }
    named
}

#[test]
fn every_word_has_both_languages_and_is_used_and_none_is_missing() {
    let named = named();
    let code: String = texts("src", &[".rs"]).concat();
    let mut keys = BTreeSet::new();
    for (key, languages) in catalogue() {
        assert_eq!(languages.len(), 2, "{key} has only {languages:?}");
        assert!(
            named.contains(&key)
                || code.contains(&format!("\"{key}\""))
                || code.contains(&format!("\"{}\"", key.replace('_', "-"))),
            "nothing uses {key}"
        );
        assert!(keys.insert(key.clone()), "{key} stands twice");
    }
    let missing: Vec<&String> = named.difference(&keys).collect();
    assert_eq!(missing, Vec::<&String>::new());
    for kind in PAGE_KINDS {
        let key = kind.name.replace('-', "_");
        let sources = Sources::read(&root(), "mingbai.yaml").expect("the repository is a portal");
        let (site, _) = plan(&sources, false);
        let pages = match &kind.scope {
            PageScope::Organisation(maker) => (maker.plan)(&site.portal),
            PageScope::Finishing(maker) => (maker.plan)(&site.portal),
            PageScope::Portal(maker) => (maker.plan)(&site.overview),
        };
        let is_untitled = pages.iter().any(|page| page.title.is_empty());
        assert!(keys.contains(&key) || !is_untitled, "nothing names pages of the kind {key}");
    }
}

#[test]
fn chinese_on_an_english_page_says_that_it_is() {
    let site = TestSite::minimal().write("mingbai.yaml", "title: County budgets\nlanguage: en\n");
    let html = site.page("demo/2025-budget/tables/expenditure.html");
    assert!(html.contains("<span lang=zh-CN>") || html.contains("<span lang=\"zh-CN\">"), "{html}");
    let body = &html[html.find("<main").expect("a page has a main part")..];
    let parts: Vec<&str> = body.split('<').collect();
    for part in parts.iter().filter(|part| part.contains(is_chinese)) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert!(!text.contains(is_chinese) || tag.contains("lang="), "<{part}");
    }
}
