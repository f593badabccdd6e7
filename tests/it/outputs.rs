//! Every form the figures leave in says the same, to the digit: the page, both forms of CSV, JSON, the
//! workbook and the data package; and a workbook that is imported is the disclosure it was made of.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::import::document::{Block, Cell, Grid};
use mingbai::import::{self, Request, read};
use mingbai::model::{Disclosure, Table};
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::sheet::{Sheet, Value};
use mingbai::site::Site;
use mingbai::source::Sources;
use mingbai::url;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::bench::{TestSite, yaml_texts};
use crate::office::converted;

/// A portal, planned, with every file but its pages that are not of tables or disclosures.
struct Built {
    sources: Sources,
    site: Site,
    files: BTreeMap<String, Vec<u8>>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn built(sources: Sources) -> Built {
    let (site, mut report): (Site, Report) = plan(&sources, false);
    let is_wanted = |path: &str| {
        site.data.contains(path)
            || path.contains("/tables/")
            || path.ends_with("/downloads.html")
            || site.portal.disclosures.iter().any(|one| url::disclosure(one) == path)
    };
    let paths = site.paths().into_iter().filter(|path| is_wanted(path));
    let made = |path: String| {
        let bytes = render(&mut report, &sources, &site, &path).expect("it was planned");
        (path, bytes)
    };
    let files = paths.map(made).collect();
    Built { sources, site, files }
}

/// The portals of the repository; the first holds the two published disclosures.
fn portals() -> Vec<Built> {
    let sites = ["", "shanghai-street", "shanghai-district", "jiangsu", "south-africa", "minimal"];
    let folder = |site: &&str| match *site {
        "" => root().to_owned(),
        site => root().join("tests/sites").join(site),
    };
    let sources = |site| Sources::read(&folder(site), "mingbai.yaml").expect("a portal");
    sites.iter().map(|site| built(sources(site))).collect()
}

impl Built {
    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).expect("text")
    }

    fn json(&self, path: &str) -> Json {
        serde_json::from_str(self.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn csv(&self, path: &str) -> Vec<Vec<String>> {
        let text = self.text(path).trim_start_matches('\u{feff}');
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let records = reader.records().map(|record| record.expect("as many fields as headings"));
        records.map(|record| record.iter().map(str::to_owned).collect()).collect()
    }

    /// The workbook of a disclosure, and its sheets as office programs show them.
    fn workbook(&self, disclosure: &Disclosure) -> (&[u8], Vec<Grid>) {
        let path = url::disclosure_data(disclosure, &url::own_name(disclosure), "xlsx");
        let bytes = &self.files[&path];
        (bytes, sheets("book.xlsx", bytes))
    }
}

fn sheets(name: &str, bytes: &[u8]) -> Vec<Grid> {
    let document = read::read(name, bytes);
    assert_eq!(document.refusal, None, "{name}");
    let grids = document.blocks.into_iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    });
    grids.collect()
}

/// The table of a page, line by line.
fn printed(page: &str) -> Vec<Vec<String>> {
    let page = Html::parse_document(page);
    let select = |words: &str| Selector::parse(words).expect("a selector");
    let is_own = |cell: &ElementRef| cell.value().classes().all(|class| class != "prior");
    let text = |cell: ElementRef| unspaced(&cell.text().collect::<String>());
    page.select(&select("table.grid tbody tr"))
        .map(|line| line.select(&select("td, th")).filter(is_own).map(text).collect())
        .filter(|line: &Vec<String>| line.len() > 1)
        .collect()
}

fn unspaced(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of a table in its sheet: those below its headings.
fn lines(grid: &Grid, sheet: &Sheet) -> Vec<Vec<String>> {
    let above = 1 + sheet.caption.len() + sheet.headings().len();
    let above = above + usize::from(sheet.numbers_title.is_some());
    let count = sheet.lines().count();
    let rows = grid.rows.iter().skip(above).take(count);
    let row = |row: &Vec<Cell>| {
        let width = sheet.columns.len();
        let text = |at: usize| row.get(at).map(|cell| unspaced(&cell.text)).unwrap_or_default();
        (0..width).map(text).collect()
    };
    rows.map(row).collect()
}

/// What a table prints, its figures as programs get them, by panel, row and column.
fn cells(table: &Table) -> BTreeMap<[String; 3], String> {
    let mut cells = BTreeMap::new();
    for row in Sheet::of(table).rows() {
        for (at, column) in row.form.columns.iter().enumerate() {
            let place = [&row.form.id, &row.content.key, &column.id].map(String::clone);
            assert!(cells.insert(place, row.value(at).plain().into_owned()).is_none());
        }
    }
    cells
}

#[test]
fn page_csv_json_and_workbook_say_the_same_to_the_digit() {
    let mut figures = 0;
    for portal in portals() {
        for disclosure in &portal.site.portal.disclosures {
            let (_, sheets) = portal.workbook(disclosure);
            for (index, table) in disclosure.tables.values().enumerate() {
                let path = url::table(disclosure, table);
                let sheet = Sheet::of(table);
                let page = printed(portal.text(&path));
                assert_eq!(lines(&sheets[index + 1], &sheet), page, "{path}: page and workbook");

                let wanted = cells(table);
                let json = portal.json(&url::table_data(disclosure, table, "json"));
                let mut found = BTreeMap::new();
                for row in json["rows"].as_array().expect("rows") {
                    let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
                    for (column, value) in row["cells"].as_object().expect("cells") {
                        let value = value.as_str().unwrap_or_default().to_owned();
                        found.insert([word("panel"), word("row"), column.clone()], value);
                    }
                }
                assert_eq!(found, wanted, "{path}: model and JSON");

                let data = portal.csv(&url::table_data(disclosure, table, "data.csv"));
                let at = |name: &str| data[0].iter().position(|other| other == name);
                for ([panel, row, column], value) in &wanted {
                    let is_row = |line: &&Vec<String>| {
                        at("panel").is_none_or(|at| line[at] == *panel)
                            && line[at("row").expect("rows have keys")] == *row
                    };
                    let line = data[1..].iter().find(is_row).expect("the row");
                    assert_eq!(line[at(column).expect("the column")], *value, "{path}: CSV");
                }
                let is_figure = |value: &Value| matches!(value, Value::Figure(..));
                figures += sheet
                    .lines()
                    .flat_map(|line| line.values().collect::<Vec<_>>())
                    .filter(is_figure)
                    .count();
            }
        }
    }
    assert!(figures > 1_800, "{figures} figures");
}

#[test]
fn what_the_authors_wrote_is_what_json_says() {
    let portal = built(Sources::read(root(), "mingbai.yaml").expect("a portal"));
    let mut count = 0;
    for disclosure in &portal.site.portal.disclosures {
        for table in disclosure.tables.values() {
            let written = yaml_texts("", portal.sources.file(table.file).text());
            let json = portal.json(&url::table_data(disclosure, table, "json"));
            let rows = json["rows"].as_array().expect("rows");
            let mut left: Vec<&Json> = rows.iter().collect();
            for panel in &table.spec.panels {
                let home = match panel.id.as_str() {
                    "" => ".rows".to_owned(),
                    id => format!(".panels.{id}"),
                };
                let of_panel =
                    rows.iter().filter(|row| row["panel"].as_str().unwrap_or_default() == panel.id);
                for (index, row) in of_panel.enumerate() {
                    left.retain(|other| *other != row);
                    for (column, value) in row["cells"].as_object().expect("cells") {
                        let Some(text) = written.get(&format!("{home}[{index}].{column}")) else {
                            continue;
                        };
                        let is_figure =
                            panel.columns[panel.column(column).expect("a column")].kind.is_figure();
                        let text = if is_figure { text.replace(',', "") } else { text.clone() };
                        assert_eq!(
                            value.as_str(),
                            Some(text.as_str()),
                            "{}{home}[{index}].{column}",
                            table.spec.id
                        );
                        count += 1;
                    }
                }
            }
            assert!(left.is_empty(), "{left:?}");
        }
        let projects = portal.json(&url::disclosure_data(disclosure, "projects", "json"));
        for (project, said) in
            disclosure.projects.iter().zip(projects["projects"].as_array().expect("a list"))
        {
            let written = yaml_texts("", portal.sources.file(project.file).text());
            let steps = said["payment_plan"].as_object().expect("steps").iter();
            let steps = steps.map(|(id, value)| (format!(".payment_plan.{id}"), value));
            let fields = said["fields"].as_object().expect("fields").iter();
            let fields = fields.map(|(id, value)| (format!(".{id}"), value));
            let rows = said["indicators"].as_array().expect("indicators").iter().enumerate();
            let rows = rows.flat_map(|(row, cells)| {
                let cells = cells.as_object().expect("cells").iter();
                cells.map(move |(id, value)| (format!(".indicators[{row}].{id}"), value))
            });
            for (at, value) in fields.chain(steps).chain(rows) {
                let text = written.get(&at).map(|text| text.trim_end_matches('%'));
                // A target keeps its sign.
                let text = if at.starts_with(".indicators") {
                    written.get(&at).map(String::as_str)
                } else {
                    text
                };
                assert_eq!(
                    value.as_str(),
                    text.filter(|text| !text.is_empty()),
                    "{}{at}",
                    project.slug
                );
                count += 1;
            }
        }
    }
    assert!(count > 3_000, "{count} texts");
}

#[test]
fn a_workbook_is_read_back_as_the_content_it_was_made_of() {
    let portal = built(Sources::read(root(), "mingbai.yaml").expect("a portal"));
    for disclosure in &portal.site.portal.disclosures {
        let home = format!("content/{}/", disclosure.path);
        let files = portal.sources.site_files(home.trim_end_matches('/'));
        let existing: Vec<(String, String)> = files
            .map(|(file, path)| {
                (path.replacen(&home, "", 1), portal.sources.file(file).text().to_owned())
            })
            .collect();
        let (bytes, _) = portal.workbook(disclosure);
        let imported = import::import(&Request {
            profile: &disclosure.profile,
            documents: &[read::read("book.xlsx", bytes)],
            only: None,
            existing: &existing,
            language: Language::Chinese,
        });
        assert_eq!(imported.comparison.different, []);
        assert!(imported.comparison.doubtful.is_empty(), "{:?}", imported.comparison.doubtful);
        let found: BTreeMap<&str, &str> =
            imported.files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
        let is_read = |path: &str| path.starts_with("tables/") || path.starts_with("projects/");
        let wanted: Vec<_> = existing.iter().filter(|(path, _)| is_read(path)).collect();
        assert_eq!(found.len(), wanted.len(), "{:?}", found.keys());
        for (path, text) in wanted {
            let texts = |text: &str| {
                let mut texts = yaml_texts("", text);
                // A sheet prints no key of the file's own.
                texts.retain(|at, _| !at.contains(".key"));
                texts
            };
            let imported = found.get(path.as_str()).unwrap_or_else(|| panic!("no {path}"));
            assert_eq!(texts(imported), texts(text), "{path}");
        }
    }
}

#[test]
fn libreoffice_shows_the_same_figures() {
    let portal = built(Sources::read(root(), "mingbai.yaml").expect("a portal"));
    for disclosure in &portal.site.portal.disclosures {
        let (bytes, own) = portal.workbook(disclosure);
        let Some(bytes) = converted(bytes, "xlsx", "ods") else { return };
        let theirs = sheets("book.ods", &bytes);
        assert_eq!(own.len(), theirs.len());
        for (index, table) in disclosure.tables.values().enumerate() {
            let sheet = Sheet::of(table);
            let (own, theirs) = (&own[index + 1], &theirs[index + 1]);
            assert_eq!(lines(own, &sheet), lines(theirs, &sheet), "{}", table.spec.id);
        }
    }
}

#[test]
fn a_workbook_prints_headings_codes_names_and_amounts_as_the_form_does() {
    let portal = built(Sources::read(root(), "mingbai.yaml").expect("a portal"));
    let disclosure = &portal.site.portal.disclosures[0];
    let (bytes, sheets) = portal.workbook(disclosure);
    let names: Vec<&str> = sheets.iter().map(|grid| grid.name.as_str()).collect();
    assert_eq!(names[..3], ["说明", "部门预算收支总表", "部门预算收入总表"]);
    assert_eq!(names[13..], ["项目清单", "绩效指标清单", "项目绩效目标表"]);

    let index = disclosure.tables.get_index_of("revenue").expect("a table");
    let revenue = &sheets[index + 1];
    let find = |text: &str| {
        let cells = revenue.rows.iter().flatten();
        cells.into_iter().find(|cell| cell.text == text).unwrap_or_else(|| panic!("no {text}"))
    };
    use mingbai::import::document::CellKind;
    assert_eq!(find("功能分类科目").span, (1, 2));
    assert_eq!(find("本年收入").span.1, 8);
    assert_eq!(find("合计").span.0, 2, "a heading reaches down to the lowest");
    assert_eq!((find("2050802").kind, find("67.90").kind), (CellKind::Text, CellKind::Number));
    let indent = |name: &str| find(name).indent;
    assert_eq!([indent("教育支出"), indent("进修及培训"), indent("干部教育")], [0, 1, 2]);

    let part = |name: &str| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    };
    let sheet = part(&format!("xl/worksheets/sheet{}.xml", index + 2));
    for words in
        ["orientation=\"landscape\"", "paperSize=\"9\"", "fitToHeight=\"0\"", "state=\"frozen\""]
    {
        assert!(sheet.contains(words), "{words}");
    }
    assert!(part("xl/workbook.xml").contains("部门预算收入总表!$5:$7"), "headings are repeated");
    assert!(part("docProps/core.xml").contains("2000-01-01T00:00:00Z"), "no build states its time");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    for index in 0..archive.len() {
        let entry = archive.by_index(index).expect("an entry");
        assert!(entry.last_modified().is_none_or(|time| time.year() == 1980), "entry {index}");
    }
}

#[test]
fn amounts_that_a_number_would_change_are_texts_and_nothing_runs() {
    let rows = "rows:\n  - { item: \"=1+1\", quantity: 1, price: 123456789012345.12, total: 123456789012345.12 }\n  - { item: \"001\", quantity: 3, price: 0.10, total: 0.30 }\n";
    let checked = TestSite::minimal().write("tables/procurement.yaml", rows).check();
    let portal = built(checked.sources);
    let disclosure = &portal.site.portal.disclosures[0];
    let index = disclosure.tables.get_index_of("procurement").expect("a table");
    let (_, sheets) = portal.workbook(disclosure);
    let cells: Vec<&Cell> = sheets[index + 1].rows.iter().flatten().collect();
    let kind = |text: &str| {
        let found = cells.iter().find(|cell| cell.text == text);
        found.unwrap_or_else(|| panic!("no {text}")).kind
    };
    use mingbai::import::document::CellKind;
    for text in ["=1+1", "001", "123456789012345.12"] {
        assert_eq!(kind(text), CellKind::Text, "{text}");
    }
    for number in ["0.10", "0.30", "3"] {
        assert_eq!(kind(number), CellKind::Number, "{number}");
    }
}

#[test]
fn a_package_describes_its_files_and_holds_them() {
    let mut keys = 0;
    for portal in portals() {
        let catalogue = portal.json("catalog.json");
        let listed: BTreeSet<&str> = catalogue["datasets"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|dataset| dataset["package"].as_str().expect("a path"))
            .collect();
        let paths = portal.files.keys().map(String::as_str);
        assert_eq!(listed, paths.filter(|path| path.ends_with("/datapackage.json")).collect());
        for disclosure in &portal.site.portal.disclosures {
            let home = &disclosure.path;
            let description = format!("{home}/datapackage.json");
            let package = portal.json(&description);
            let archive =
                &portal.files[&url::disclosure_data(disclosure, &url::own_name(disclosure), "zip")];
            let mut archive = ZipArchive::new(Cursor::new(archive)).expect("an archive");
            let mut packed = |name: &str| {
                let mut bytes = Vec::new();
                archive.by_name(name).expect(name).read_to_end(&mut bytes).expect("bytes");
                bytes
            };
            assert_eq!(packed("datapackage.json"), portal.files[&description]);
            let mut rest: BTreeSet<String> = portal
                .files
                .keys()
                .filter(|path| path.starts_with(&format!("{home}/")) && path.ends_with(".data.csv"))
                .cloned()
                .collect();
            let resources = package["resources"].as_array().expect("a list");
            for resource in resources {
                let path = resource["path"].as_str().expect("a path");
                let file = format!("{home}/{path}");
                let bytes = &portal.files[&file];
                assert_eq!(packed(path), *bytes, "{path}");
                assert!(rest.remove(&file), "{path}");
                let hash: String =
                    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                assert_eq!(resource["hash"], format!("sha256:{hash}"));
                assert_eq!(resource["bytes"], bytes.len());
                let lines = portal.csv(&file);
                let names = resource["schema"]["fields"].as_array().expect("fields").iter();
                let names: Vec<&str> =
                    names.map(|field| field["name"].as_str().expect("a name")).collect();
                assert_eq!(lines[0], names, "{path}");
                let at =
                    |name: &Json| names.iter().position(|other| name == other).expect("a field");
                let key = resource["schema"]["primaryKey"].as_array().expect("a key").iter();
                let key: Vec<usize> = key.map(at).collect();
                let mut seen = BTreeSet::new();
                for line in &lines[1..] {
                    let key: Vec<&String> = key.iter().map(|at| &line[*at]).collect();
                    assert!(key.iter().all(|part| !part.is_empty()), "{path}: {key:?}");
                    assert!(seen.insert(key.clone()), "{path}: {key:?} twice");
                }
                for foreign in resource["schema"]["foreignKeys"].as_array().into_iter().flatten() {
                    let column = at(&foreign["fields"][0]);
                    let name = &foreign["reference"]["resource"];
                    let other =
                        resources.iter().find(|other| other["name"] == *name).expect("a file");
                    let other =
                        portal.csv(&format!("{home}/{}", other["path"].as_str().expect("a path")));
                    let known: BTreeSet<&String> = other[1..].iter().map(|line| &line[0]).collect();
                    let led = lines[1..].iter().map(|line| &line[column]);
                    assert!(
                        led.filter(|code| !code.is_empty()).all(|code| known.contains(code)),
                        "{path}"
                    );
                    keys += 1;
                }
            }
            assert!(rest.is_empty(), "described are all but {rest:?}");
        }
    }
    assert!(keys > 12, "{keys} columns lead to another file");
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
