//! The demonstration portal as a whole: its files, its links, its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingbai::amount::{self, Decimal};
use mingbai::diagnostic::Report;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;
use mingbai::url;
use rayon::prelude::*;
use scraper::{Html, Selector};

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

/// The links of every page that name a place of a page, and that no element of it is.
fn fragments_that_lead_nowhere(pages: &BTreeMap<String, Html>) -> Vec<String> {
    let select = |selector: &str| Selector::parse(selector).expect("a selector");
    let (places, links) = (select("[id]"), select("a[href*='#']"));
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(path, page)| {
            (path.as_str(), page.select(&places).filter_map(|place| place.attr("id")).collect())
        })
        .collect();
    let mut wrong = Vec::new();
    for (path, page) in pages {
        for href in page.select(&links).filter_map(|link| link.attr("href")) {
            let (target, fragment) = href.split_once('#').expect("selected by it");
            let decode = |text: &str| {
                percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
            };
            let target = match target {
                "" => path.clone(),
                other => url::resolve(path, other).unwrap_or_default(),
            };
            let is_there =
                ids.get(target.as_str()).map(|ids| ids.contains(decode(fragment).as_str()));
            if is_there == Some(false) {
                wrong.push(format!("{path}: {href}"));
            }
        }
    }
    wrong
}

#[test]
fn what_changed_stands_on_one_page_each_line_once_and_the_largest_first() {
    let sources = repository();
    let (site, _) = plan(&sources, false);
    let path = "zjk-kexie/2025-budget/compare/2022-budget/index.html";
    let page = Html::parse_document(&String::from_utf8_lossy(&one(&sources, &site, path)));
    let select = |selector: &str| Selector::parse(selector).expect("a selector");
    let lines: Vec<(String, Decimal)> = page
        .select(&select(".changes li"))
        .map(|line| {
            let text = |selector: &str| {
                let found = line.select(&select(selector)).next().expect("every line has both");
                found.text().collect::<String>()
            };
            let (name, sum) = (text("a"), text(".sum"));
            let digits: String = sum
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .chars()
                .take_while(|c| c.is_ascii_digit() || ".,".contains(*c))
                .filter(|c| *c != ',')
                .collect();
            (name, amount::parse(&digits).expect("how far it changed").value)
        })
        .collect();
    assert!(lines.len() > 40, "{lines:?}");
    assert!(lines.is_sorted_by(|one, next| one.1 >= next.1), "{lines:?}");
    // 2060702 stands in three tables with the same two figures.
    let named: Vec<Decimal> =
        lines.iter().filter(|(name, _)| name == "科普活动").map(|(_, change)| *change).collect();
    assert_eq!(named, [Decimal::new(11_839, 2)]);
    // Sums are no lines of their own.
    assert!(
        !lines.iter().any(|(name, _)| name.contains("合计") || name.contains("总计")),
        "{lines:?}"
    );
    let text = page.root_element().text().collect::<String>();
    assert!(text.contains("另 2 张表同列"), "{text}");
    let ended = page.select(&select("ul.rows")).next_back().expect("the last list");
    assert_eq!(ended.select(&select("li")).count(), 10, "every project that ended");
}

#[test]
fn every_link_into_a_page_finds_its_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut links = 0;
    for folder in ["", "tests/sites/minimal", "tests/sites/english", "tests/sites/jiangsu"] {
        let sources = Sources::read(&root.join(folder), "mingbai.yaml").expect("a portal");
        let pages: BTreeMap<String, Html> = built(&sources)
            .into_iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| (path, Html::parse_document(&String::from_utf8_lossy(&bytes))))
            .collect();
        assert_eq!(fragments_that_lead_nowhere(&pages), Vec::<String>::new(), "{folder}");
        let link = Selector::parse("a[href*='#']").expect("a selector");
        links += pages.values().map(|page| page.select(&link).count()).sum::<usize>();
    }
    assert!(links > 1000, "{links} links looked at");
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
