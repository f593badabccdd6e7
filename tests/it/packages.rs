//! Data packages describe the files they hold; pages tell search engines of theirs; a feed says what
//! was published last. `tests/packages/validate.py` has the packages read by their own validator.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use mingbai::model::Disclosure;
use mingbai::plan::plan;
use mingbai::source::Sources;
use mingbai::url;
use scraper::{Html, Selector};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::bench::TestSite;
use crate::outputs::{Built, built, portals, root};

/// A file in the package of a disclosure, by its path there.
fn packed(portal: &Built, disclosure: &Disclosure, path: &str) -> Vec<u8> {
    let archive = url::disclosure_data(disclosure, &url::own_name(disclosure), "zip");
    let mut archive = ZipArchive::new(Cursor::new(&portal.files[&archive])).expect("an archive");
    let mut bytes = Vec::new();
    archive.by_name(path).expect(path).read_to_end(&mut bytes).expect("bytes");
    bytes
}

/// The names of the columns a resource states.
fn names(resource: &Json) -> Vec<&str> {
    let fields = resource["schema"]["fields"].as_array().expect("fields").iter();
    fields.map(|field| field["name"].as_str().expect("a name")).collect()
}

/// The column of a name.
fn column(resource: &Json, name: &Json) -> usize {
    names(resource).iter().position(|other| name == other).expect("a field")
}

/// Whether the first column of a key file holds what each foreign key of a resource leads to; how
/// many it has.
fn foreign_keys(portal: &Built, home: &str, resource: &Json, resources: &[Json]) -> usize {
    let lines = portal.csv(&format!("{home}/{}", resource["path"].as_str().expect("a path")));
    let keys = resource["schema"]["foreignKeys"].as_array();
    for foreign in keys.into_iter().flatten() {
        let own = column(resource, &foreign["fields"][0]);
        let name = &foreign["reference"]["resource"];
        let other = resources.iter().find(|other| other["name"] == *name).expect("a resource");
        let led = column(other, &foreign["reference"]["fields"][0]);
        let other = portal.csv(&format!("{home}/{}", other["path"].as_str().expect("a path")));
        let known: BTreeSet<&String> = other[1..].iter().map(|line| &line[led]).collect();
        for line in &lines[1..] {
            let code = &line[own];
            assert!(code.is_empty() || known.contains(code), "{home}: {code} is not in {name}");
        }
    }
    keys.map_or(0, Vec::len)
}

/// What a resource says of its file is so.
fn compare(portal: &Built, home: &str, resource: &Json) {
    let file = format!("{home}/{}", resource["path"].as_str().expect("a path"));
    let bytes = &portal.files[&file];
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(resource["hash"], format!("sha256:{hash}"));
    assert_eq!(resource["bytes"], bytes.len());
    let lines = portal.csv(&file);
    assert_eq!(lines[0], names(resource), "{file}");
    let key = resource["schema"]["primaryKey"].as_array().expect("a key").iter();
    let key: Vec<usize> = key.map(|name| column(resource, name)).collect();
    let mut seen = BTreeSet::new();
    for line in &lines[1..] {
        let key: Vec<&String> = key.iter().map(|at| &line[*at]).collect();
        assert!(key.iter().all(|part| !part.is_empty()), "{file}: {key:?}");
        assert!(seen.insert(key.clone()), "{file}: {key:?} twice");
    }
}

#[test]
fn a_package_describes_its_files_and_holds_them() {
    let mut keys = 0;
    for portal in portals() {
        for disclosure in &portal.site.portal.disclosures {
            let home = &disclosure.path;
            let description = format!("{home}/datapackage.json");
            assert_eq!(packed(&portal, disclosure, "datapackage.json"), portal.files[&description]);
            let below = format!("{home}/");
            let is_own = |path: &&String| path.starts_with(&below) && path.ends_with(".data.csv");
            let mut rest: BTreeSet<String> = portal.files.keys().filter(is_own).cloned().collect();
            let package = portal.json(&description);
            let resources = package["resources"].as_array().expect("a list");
            for resource in resources {
                let path = resource["path"].as_str().expect("a path");
                let file = format!("{home}/{path}");
                assert_eq!(packed(&portal, disclosure, path), portal.files[&file], "{path}");
                assert!(rest.remove(&file), "{path} is described twice");
                compare(&portal, home, resource);
                keys += foreign_keys(&portal, home, resource, resources);
            }
            assert!(rest.is_empty(), "described are all but {rest:?}");
        }
    }
    assert!(keys > 12, "{keys} columns lead to another file");
}

#[test]
fn the_catalogue_lists_every_package() {
    for portal in portals() {
        let catalogue = portal.json("catalog.json");
        let listed = catalogue["datasets"].as_array().expect("a list").iter();
        let listed = listed.map(|dataset| dataset["package"].as_str().expect("a path"));
        let paths = portal.files.keys().map(String::as_str);
        let described: BTreeSet<&str> =
            paths.filter(|path| path.ends_with("/datapackage.json")).collect();
        assert_eq!(listed.collect::<BTreeSet<_>>(), described);
    }
}

#[test]
fn a_page_tells_search_engines_of_its_files() {
    let portal = built(Sources::read(root(), "mingbai.yaml").expect("a portal"));
    let base = "https://mingbai.example.org/";
    for disclosure in &portal.site.portal.disclosures {
        let tables = disclosure.tables.values().map(|table| url::table(disclosure, table));
        for path in tables.chain([url::disclosure(disclosure)]) {
            let page = Html::parse_document(portal.text(&path));
            let select =
                Selector::parse("script[type=\"application/ld+json\"]").expect("a selector");
            let text: String = page.select(&select).flat_map(|script| script.text()).collect();
            let said: Json =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(said["@type"], "Dataset");
            assert_eq!(said["url"], format!("{base}{}", path.trim_end_matches("index.html")));
            let files = said["distribution"].as_array().expect("files");
            assert!(files.len() > 2, "{path}");
            for file in files {
                let url = file["contentUrl"].as_str().expect("an address");
                let file = url.strip_prefix(base).expect("an address of the site");
                assert!(portal.files.contains_key(file), "{path}: {file}");
            }
        }
    }
}

#[test]
fn the_feed_lists_what_was_published_last() {
    let head = TestSite::minimal().read("disclosure.yaml");
    let config = TestSite::minimal().read("mingbai.yaml");
    let at = |site: TestSite| {
        site.write("mingbai.yaml", format!("{config}base_url: https://example.org/预算\n"))
    };
    let dated = |day: &str| {
        let lines: Vec<&str> =
            head.lines().filter(|line| !line.starts_with("published:")).collect();
        at(TestSite::minimal())
            .write("disclosure.yaml", format!("{}\npublished: {day}\n", lines.join("\n")))
    };
    let feed = dated("2025-02-20").page("feed.xml");
    assert!(feed.contains("<updated>2025-02-20T00:00:00Z</updated>"), "{feed}");
    let page = "https://example.org/%E9%A2%84%E7%AE%97/demo/2025-budget/";
    assert!(feed.contains(&format!("<entry><id>{page}</id>")), "{feed}");
    let home = dated("2025-02-20").page("index.html");
    assert!(home.contains("application/atom+xml"), "pages lead to it");
    let (site, _) = plan(&TestSite::minimal().sources(), false);
    assert!(!site.has("feed.xml"), "no feed without an address of the site");
}

#[test]
fn a_site_has_the_forms_it_asks_for() {
    let config = TestSite::minimal().read("mingbai.yaml");
    let paths = |outputs: &str| {
        let config = format!("{config}outputs: {outputs}\n");
        let (site, report) =
            plan(&TestSite::minimal().write("mingbai.yaml", config).sources(), false);
        assert!(!report.has_errors(), "{report:?}");
        site.paths()
    };
    let has = |paths: &[String], ending: &str| paths.iter().any(|path| path.ends_with(ending));
    let some = paths("[csv, json, workbook]");
    assert!(has(&some, ".xlsx") && has(&some, "tables/funds.json") && !has(&some, ".zip"));
    let none = paths("[sitemap, package, catalogue]");
    assert!(!has(&none, ".zip") && !has(&none, "catalog.json"), "a package is made of CSV files");
}
