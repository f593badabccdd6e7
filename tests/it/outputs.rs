//! Every form the figures leave in says the same, to the digit: the page, both forms of CSV, JSON, the
//! workbook and the data package; and a workbook that is imported is the disclosure it was made of.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::import::document::{Block, Cell, CellKind, Grid};
use mingbai::import::{self, Request, read};
use mingbai::model::{Disclosure, Project, Table};
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::sheet::{Sheet, Value};
use mingbai::site::Site;
use mingbai::source::Sources;
use mingbai::url;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value as Json;
use zip::ZipArchive;

use crate::bench::{TestSite, yaml_texts};
use crate::office::converted;

/// A portal, planned, with every file but its pages that are not of tables or disclosures.
pub(crate) struct Built {
    sources: Sources,
    pub(crate) site: Site,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn built(sources: Sources) -> Built {
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
pub(crate) fn portals() -> Vec<Built> {
    let sites = ["", "shanghai-street", "shanghai-district", "jiangsu", "south-africa", "minimal"];
    let folder = |site: &&str| match *site {
        "" => root().to_owned(),
        site => root().join("tests/sites").join(site),
    };
    let sources = |site| Sources::read(&folder(site), "mingbai.yaml").expect("a portal");
    sites.iter().map(|site| built(sources(site))).collect()
}

impl Built {
    pub(crate) fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).expect("text")
    }

    pub(crate) fn json(&self, path: &str) -> Json {
        serde_json::from_str(self.text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn csv(&self, path: &str) -> Vec<Vec<String>> {
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

/// The figures of a table in its file, as JSON says them; how many were compared.
fn compare_table(portal: &Built, disclosure: &Disclosure, table: &Table) -> usize {
    let written = yaml_texts("", portal.sources.file(table.file).text());
    let json = portal.json(&url::table_data(disclosure, table, "json"));
    let rows = json["rows"].as_array().expect("rows");
    let (mut count, mut taken) = (0, 0);
    for panel in &table.spec.panels {
        let home = match panel.id.as_str() {
            "" => ".rows".to_owned(),
            id => format!(".panels.{id}"),
        };
        let is_own = |row: &&Json| row["panel"].as_str().unwrap_or_default() == panel.id;
        for (index, row) in rows.iter().filter(is_own).enumerate() {
            taken += 1;
            for (column, value) in row["cells"].as_object().expect("cells") {
                let at = format!("{home}[{index}].{column}");
                // What the form prints itself need not be written.
                let Some(text) = written.get(&at) else { continue };
                let kind = panel.columns[panel.column(column).expect("a column")].kind;
                let text = if kind.is_figure() { text.replace(',', "") } else { text.clone() };
                assert_eq!(value.as_str(), Some(text.as_str()), "{}{at}", table.spec.id);
                count += 1;
            }
        }
    }
    assert_eq!(taken, rows.len(), "{}: every row is of a panel", table.spec.id);
    count
}

/// What stands in the file of a project, as JSON says it; how many texts were compared.
fn compare_project(portal: &Built, project: &Project, said: &Json) -> usize {
    let written = yaml_texts("", portal.sources.file(project.file).text());
    let texts = |json: &Json, home: &str| -> Vec<(String, Option<String>)> {
        let cells = json.as_object().expect("cells").iter();
        cells
            .map(|(id, value)| (format!("{home}.{id}"), value.as_str().map(str::to_owned)))
            .collect()
    };
    let mut all = texts(&said["fields"], "");
    for (at, share) in texts(&said["payment_plan"], ".payment_plan") {
        // Files print shares with their sign.
        let is_signed = written.get(&at).is_some_and(|text| text.ends_with('%'));
        all.push((at, share.map(|share| if is_signed { share + "%" } else { share })));
    }
    let rows = said["indicators"].as_array().expect("indicators").iter().enumerate();
    all.extend(rows.flat_map(|(row, cells)| texts(cells, &format!(".indicators[{row}]"))));
    for (at, value) in &all {
        let text = written.get(at).filter(|text| !text.is_empty());
        assert_eq!(value.as_ref(), text, "{}{at}", project.slug);
    }
    all.len()
}

#[test]
fn what_the_authors_wrote_is_what_json_says() {
    let portal = built(Sources::read(root(), "mingbai.yaml").expect("a portal"));
    let mut count = 0;
    for disclosure in &portal.site.portal.disclosures {
        let tables = disclosure.tables.values();
        count += tables.map(|table| compare_table(&portal, disclosure, table)).sum::<usize>();
        let json = portal.json(&url::disclosure_data(disclosure, "projects", "json"));
        let said = json["projects"].as_array().expect("a list");
        assert_eq!(said.len(), disclosure.projects.len());
        let projects = disclosure.projects.iter().zip(said);
        count += projects.map(|(one, said)| compare_project(&portal, one, said)).sum::<usize>();
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
    let (bytes, sheets) = portal.workbook(disclosure);
    // Office programs keep binary numbers: the shortest digits of each are those of the file.
    let mut sheet = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let part = format!("xl/worksheets/sheet{}.xml", index + 2);
    archive.by_name(&part).expect("a sheet").read_to_string(&mut sheet).expect("text");
    let numbers = sheet.split("\"><v>").skip(1).filter_map(|rest| rest.split('<').next());
    for number in numbers {
        let kept: f64 = number.parse().expect("a number");
        assert_eq!(kept.to_string(), number);
    }
    let cells: Vec<&Cell> = sheets[index + 1].rows.iter().flatten().collect();
    let kind = |text: &str| {
        let found = cells.iter().find(|cell| cell.text == text);
        found.unwrap_or_else(|| panic!("no {text}")).kind
    };
    for text in ["=1+1", "001", "123456789012345.12"] {
        assert_eq!(kind(text), CellKind::Text, "{text}");
    }
    for number in ["0.10", "0.30", "3"] {
        assert_eq!(kind(number), CellKind::Number, "{number}");
    }
}

#[test]
fn a_correction_leaves_in_every_form_with_both_values_its_day_and_its_reason() {
    let head = "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\npublished: 2025-02-20\ncorrections:\n  - date: 2025-03-05\n    reason: 录入时看错了行\n    cells:\n      expenditure/2060701/total: \"1,051.00\"\n      projects/01-science-day/code: \"001\"\n    at: [narrative/explanation]\n";
    let checked = TestSite::minimal().write("disclosure.yaml", head).check();
    let portal = built(checked.sources);
    let disclosure = &portal.site.portal.disclosures[0];
    let path = |ending| url::disclosure_data(disclosure, "corrections", ending);

    let data = portal.csv(&path("data.csv"));
    let names = ["correction", "date", "address", "name", "was", "now", "unit", "reason"];
    let amount = "支出总表“2060701 机构运行”的“合计”";
    let reason = "录入时看错了行";
    let total = [
        "1",
        "2025-03-05",
        "expenditure/2060701/total",
        amount,
        "1051.00",
        "50.00",
        "万元",
        reason,
    ];
    assert_eq!(data[..2], [names, total]);
    let code = data.iter().find(|line| line[2].ends_with("/code")).expect("the code");
    assert_eq!([code[4].as_str(), &code[6]], ["001", ""], "a code is no amount");
    let section = data.last().expect("lines");
    assert_eq!(section[2], "narrative/explanation");
    assert_eq!(section[4..7], ["", "", ""], "it changed no single value");

    let office = portal.csv(&path("csv"));
    assert_eq!(office[0], ["日期", "更正了什么", "原来公开的", "更正为", "单位", "原因"]);
    assert_eq!(office[1], ["2025-03-05", amount, "1,051.00", "50.00", "万元", reason]);

    let json = portal.json(&path("json"));
    for (key, value) in names.iter().zip(&total).skip(1) {
        assert_eq!(json["corrections"][0][key], *value, "{key}");
    }

    let (_, sheets) = portal.workbook(disclosure);
    let sheet = sheets.last().expect("sheets");
    assert_eq!(sheet.name, "更正");
    let kinds: Vec<(&str, CellKind)> =
        sheet.rows[1].iter().map(|cell| (cell.text.as_str(), cell.kind)).collect();
    assert_eq!(kinds[2..4], [("1,051.00", CellKind::Number), ("50.00", CellKind::Number)]);

    let package = portal.json(&url::disclosure_data(disclosure, "datapackage", "json"));
    let resources = package["resources"].as_array().expect("resources");
    assert!(resources.iter().any(|one| one["path"] == "corrections.data.csv"), "{package}");

    let plain = built(TestSite::minimal().check().sources);
    assert!(!plain.files.keys().any(|path| path.contains("corrections")));
}
