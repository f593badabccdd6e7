//! The demonstration portal as a whole: its files, its links, its bytes.

use std::collections::BTreeSet;
use std::path::Path;

use mingbai::diagnostic::Report;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;
use mingbai::url;
use rayon::prelude::*;

fn repository() -> Sources {
    Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml")
        .expect("the repository is a portal")
}

/// Every path with its bytes.
fn built(sources: &Sources) -> Vec<(String, Vec<u8>)> {
    let (site, report) = plan(sources, false);
    assert!(!report.has_errors(), "{:?}", report.diagnostics);
    site.paths().into_par_iter().map(|path| (path.clone(), one(sources, &site, &path))).collect()
}

fn one(sources: &Sources, site: &Site, path: &str) -> Vec<u8> {
    let mut report = Report::default();
    let bytes = render(&mut report, sources, site, path).expect("planned");
    assert!(report.diagnostics.is_empty(), "{path}: {:?}", report.diagnostics);
    bytes
}

#[test]
fn both_disclosures_have_every_page() {
    let paths: BTreeSet<String> = built(&repository()).into_iter().map(|(path, _)| path).collect();
    let count = |prefix: &str, suffix: &str| {
        paths.iter().filter(|path| path.starts_with(prefix) && path.ends_with(suffix)).count()
    };
    for (year, projects, sections) in [("2025", 26, 12), ("2022", 15, 10)] {
        let base = format!("zjk-kexie/{year}-budget");
        assert_eq!(count(&format!("{base}/tables/"), ".html"), 12);
        assert_eq!(count(&format!("{base}/tables/"), ".csv"), 2 * 12);
        assert_eq!(count(&format!("{base}/projects/"), ".html"), projects + 1);
        assert_eq!(count(&format!("{base}/narrative/"), ".html"), sections);
    }
    assert!(paths.iter().any(|path| url::is_style(path)));
    for path in ["index.html", "404.html", "glossary.html", "sitemap.xml", "robots.txt"] {
        assert!(paths.contains(path), "{path}");
    }
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let sources = repository();
    let first = built(&sources);
    // The second run reads the files in the opposite order.
    let mut shuffled = Sources::embedded();
    let mut files: Vec<(String, Vec<u8>)> = ["content", "profiles", "themes", "static"]
        .iter()
        .flat_map(|folder| sources.site_files(folder).collect::<Vec<_>>())
        .chain(sources.find("mingbai.yaml").map(|file| (file, "mingbai.yaml")))
        .map(|(file, path)| (path.to_owned(), sources.file(file).bytes().to_vec()))
        .collect();
    files.reverse();
    for (path, bytes) in files {
        shuffled.add(&path, bytes);
    }
    assert_eq!(built(&shuffled), first);
}

#[test]
fn a_template_gets_what_the_templates_it_extends_and_takes_in_name() {
    let mut sources = repository();
    let plain = built(&sources);
    for template in ["table.html", "project.html", "section.html"] {
        let text = format!("{{% extends \"default/{template}\" %}}\n");
        sources.add(&format!("themes/default/{template}"), text);
    }
    let own = built(&sources);
    let page = |(path, bytes): &(String, Vec<u8>)| {
        path.ends_with(".html").then(|| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
    };
    for (one, other) in plain.iter().filter_map(page).zip(own.iter().filter_map(page)) {
        assert_eq!(one, other);
    }
}

#[test]
fn the_map_lists_every_page_but_the_missing_one() {
    let all = built(&repository());
    let map = all
        .iter()
        .find(|(path, _)| path == "sitemap.xml")
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    let map = map.expect("the portal knows its address");
    let pages = all.iter().filter(|(path, _)| path.ends_with(".html")).count();
    assert_eq!(map.matches("<loc>").count(), pages - 1);
    assert!(!map.contains("404"));
}

#[test]
fn nothing_is_loaded_from_another_host() {
    for (path, bytes) in built(&repository())
        .iter()
        .filter(|(path, _)| path.ends_with(".html") || path.ends_with(".css"))
    {
        let text = String::from_utf8_lossy(bytes);
        for word in
            ["src=\"http", "src=\"//", "src=http", "src=//", "url(http", "@import", "<iframe"]
        {
            assert!(!text.contains(word), "{path} holds {word}");
        }
        // A script is a file of the site; one that stands in the page is only data.
        for script in text.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains("assets/") || tag.contains("json"), "{path} holds <script{tag}>");
        }
    }
}

#[test]
fn data_files_hold_the_figures_to_the_digit() {
    let all = built(&repository());
    let csv = |path: &str| {
        let bytes = &all.iter().find(|(other, _)| other == path).expect(path).1;
        String::from_utf8(bytes.clone()).expect("text")
    };
    let revenue = csv("zjk-kexie/2025-budget/tables/revenue.data.csv");
    assert!(revenue.starts_with("row,level,code,name,total,current,fiscal,"), "{revenue}");
    assert!(
        revenue.contains("\n2050802,3,2050802,干部教育,67.90,67.90,67.90,,,,,,,\n"),
        "{revenue}"
    );
    let overview = csv("zjk-kexie/2025-budget/tables/overview.data.csv");
    assert!(
        overview.contains("\nincome,general,1,一、一般公共预算拨款收入,1290.10\n"),
        "{overview}"
    );
}
