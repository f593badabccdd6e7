//! Four real forms of other places, none of which any Rust knows: what their
//! tables, project forms and headings print (`tests/examples/*.json`) stands on
//! the pages of the portals in `tests/sites/`, row by row and cell by cell, and
//! the relations their profiles state hold, or are broken in the original.
//!
//! In the JSON `null` is a cell that a merged one covers, and is not compared.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::human;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;
use mingbai::url;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

/// A portal, the form it was entered from, and what is wrong in the original.
struct Example {
    site: &'static str,
    form: &'static str,
    /// Code and address of every finding that its author had to accept.
    broken: &'static [(&'static str, &'static str)],
}

const EXAMPLES: [Example; 4] = [
    Example {
        site: "shanghai-street",
        form: include_str!("../examples/shanghai-street-2023-budget.json"),
        broken: &[("T201", "projects/05-facilities/annual-fiscal")],
    },
    Example {
        site: "shanghai-district",
        form: include_str!("../examples/shanghai-district-2024-final-accounts.json"),
        broken: &[
            ("T204", "fiscal-overview/expenditure.f208/general"),
            ("T204", "overview/expenditure.f208/amount"),
        ],
    },
    Example {
        site: "jiangsu",
        form: include_str!("../examples/jiangsu-2018-budget.json"),
        broken: &[],
    },
    Example {
        site: "south-africa",
        form: include_str!("../examples/south-africa-2019-vote.json"),
        broken: &[],
    },
];

/// The files of a portal, one of them changed: path, what it says, what it should say.
fn sources(site: &str, change: Option<(&str, &str, &str)>) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(site);
    let mut sources = Sources::read(&root, "mingbai.yaml").expect("the folder is a portal");
    if let Some((path, old, new)) = change {
        let file = sources.find(path).unwrap_or_else(|| panic!("{site} has no {path}"));
        let text = sources.file(file).text().to_owned();
        assert!(text.contains(old), "{path} does not say {old}");
        sources.add(path, text.replacen(old, new, 1));
    }
    sources
}

fn text_of(element: ElementRef) -> String {
    element.text().collect::<Vec<_>>().concat().trim().to_owned()
}

fn select<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("the selector is valid")).collect()
}

/// The rows of one part of a table, every cell in each place it covers.
fn rows(table: ElementRef, part: &str) -> Vec<Vec<String>> {
    let lines = select(table, &format!("{part} > tr"));
    let mut slots: Vec<BTreeMap<usize, String>> = vec![BTreeMap::new(); lines.len()];
    for (index, line) in lines.iter().enumerate() {
        let mut column = 0;
        for cell in line.children().filter_map(ElementRef::wrap) {
            let span = |name| cell.value().attr(name).map_or(1, |n| n.parse().expect("a number"));
            let (across, down): (usize, usize) = (span("colspan"), span("rowspan"));
            while slots[index].contains_key(&column) {
                column += 1;
            }
            for dy in 0..down {
                for dx in 0..across {
                    slots[index + dy].insert(column + dx, text_of(cell));
                }
            }
        }
    }
    slots.into_iter().map(|row| row.into_values().collect()).collect()
}

/// The headings over each column, from the top, as `a / b / c`.
fn headings(table: ElementRef) -> Vec<String> {
    let rows = rows(table, "thead");
    let column = |column: usize| {
        let mut path: Vec<&str> = rows.iter().map(|row| row[column].as_str()).collect();
        path.dedup();
        path.join(" / ")
    };
    (0..rows[0].len()).map(column).collect()
}

fn printed(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.trim().to_owned()),
        other => Some(other.to_string()),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn page(report: &mut Report, sources: &Sources, site: &Site, path: &str) -> Html {
    let bytes = render(report, sources, site, path).unwrap_or_else(|| panic!("there is no {path}"));
    Html::parse_document(&String::from_utf8(bytes).expect("a page is UTF-8"))
}

#[test]
fn nothing_is_found_but_what_is_broken_in_the_original() {
    for example in EXAMPLES {
        let sources = sources(example.site, None);
        let (site, mut report) = plan(&sources, false);
        for path in site.paths() {
            render(&mut report, &sources, &site, &path);
        }
        let found = human::render(&sources, &report, Language::English, false);
        assert_eq!(found.trim(), "", "{}", example.site);
        let mut accepted: Vec<(&str, &str)> = report
            .accepted
            .iter()
            .map(|finding| (finding.code.id, finding.address.as_deref().unwrap_or_default()))
            .collect();
        accepted.sort_unstable();
        assert_eq!(accepted, example.broken, "{}", example.site);
    }
}

#[test]
fn every_cell_of_every_table_stands_in_its_place() {
    for example in EXAMPLES {
        let form: Value = serde_json::from_str(example.form).expect("the form is JSON");
        let sources = sources(example.site, None);
        let (site, mut report) = plan(&sources, false);
        let disclosure = &site.portal.disclosures[0];
        for wanted in list(&form["tables"]) {
            let title = printed(&wanted["title"]).expect("every table has a title");
            let table = disclosure.tables.values().find(|table| table.title == title);
            let table = table.unwrap_or_else(|| panic!("{}: no table {title}", example.site));
            let html = page(&mut report, &sources, &site, &url::table(disclosure, table));
            let [grid] = select(html.root_element(), "table.grid")[..] else {
                panic!("{title}: the page of a table has one")
            };
            let columns: Vec<String> =
                list(&wanted["columns"]).iter().filter_map(printed).collect();
            assert_eq!(headings(grid), columns, "{title}");
            let (lines, body) = (list(&wanted["rows"]), rows(grid, "tbody"));
            assert_eq!(body.len(), lines.len(), "{title}");
            for (number, (line, row)) in lines.iter().zip(&body).enumerate() {
                assert_eq!(row.len(), list(line).len(), "{title}, line {number}");
                for (column, cell) in list(line).iter().enumerate() {
                    let Some(cell) = printed(cell) else { continue };
                    assert_eq!(row[column], cell, "{title}, line {number}, column {column}");
                }
            }
            let words = text_of(html.root_element());
            // A note may also be about the JSON: those speak of the original.
            let notes = list(&wanted["notes"]).iter().filter_map(printed);
            for note in notes.filter(|note| !note.contains("In the original")) {
                assert!(words.contains(&note), "{title}: {note}");
            }
        }
    }
}

#[test]
fn every_project_form_is_whole() {
    for example in EXAMPLES {
        let form: Value = serde_json::from_str(example.form).expect("the form is JSON");
        let sources = sources(example.site, None);
        let (site, mut report) = plan(&sources, false);
        let disclosure = &site.portal.disclosures[0];
        assert_eq!(disclosure.projects.len(), list(&form["projects"]).len(), "{}", example.site);
        for (project, wanted) in disclosure.projects.iter().zip(list(&form["projects"])) {
            let html = page(&mut report, &sources, &site, &url::project(disclosure, project));
            let words = text_of(html.root_element());
            let fields = ["fields", "funding", "goals"].map(|part| wanted[part].as_object());
            for (key, value) in fields.into_iter().flatten().flatten() {
                let value = printed(value).expect("every field is filled in");
                assert!(words.contains(&value), "{}: {key} is not {value}", project.name);
            }
            let [table] = select(html.root_element(), "table.indicators")[..] else {
                panic!("{}: a project has one table of indicators", project.name)
            };
            let lines: Vec<Vec<String>> = list(&wanted["indicators"])
                .iter()
                .map(|line| list(line).iter().filter_map(printed).collect())
                .collect();
            assert_eq!(rows(table, "tbody"), lines, "{}", project.name);
        }
    }
}

#[test]
fn every_section_stands_in_order() {
    for example in EXAMPLES {
        let form: Value = serde_json::from_str(example.form).expect("the form is JSON");
        let (site, _) = plan(&sources(example.site, None), false);
        let sections = &site.portal.disclosures[0].sections;
        let wanted = list(&form["narrative_headings"]);
        for (section, wanted) in sections.iter().zip(wanted) {
            assert_eq!(
                Some(section.title.as_str()),
                wanted["heading"].as_str(),
                "{}",
                example.site
            );
            let level = 1 + u64::from(section.parent.is_some());
            assert_eq!(Some(level), wanted["level"].as_u64(), "{}", section.title);
        }
        // A department may add sections of its own.
        assert!(sections.len() >= wanted.len(), "{}", example.site);
    }
}

/// A figure of a portal, what it is changed to, and where the finding must stand.
struct Damage {
    site: &'static str,
    file: &'static str,
    old: &'static str,
    new: &'static str,
    address: &'static str,
}

const DAMAGES: [Damage; 9] = [
    // A code in three columns adds up to the one above it.
    Damage {
        site: "shanghai-street",
        file: "content/wanli/2023-budget/tables/revenue.yaml",
        old: "\"26,300\"",
        new: "\"36,300\"",
        address: "revenue/2010506/total",
    },
    // One table is in 万元, the other in 元.
    Damage {
        site: "shanghai-street",
        file: "content/wanli/2023-budget/tables/three-public.yaml",
        old: "reception: 1.35",
        new: "reception: 1.33",
        address: "three-public/1/reception",
    },
    // A figure in prose.
    Damage {
        site: "shanghai-street",
        file: "content/wanli/2023-budget/narrative/07-operating.md",
        old: "786.09",
        new: "786.90",
        address: "narrative/operating/total",
    },
    // Rows with one kind of ordinal are part of a row with another.
    Damage {
        site: "shanghai-street",
        file: "content/wanli/2023-budget/tables/overview.yaml",
        old: "1. 一般公共预算, amount: \"164,978,640\"",
        new: "1. 一般公共预算, amount: \"164,978,604\"",
        address: "overview/income.general/amount",
    },
    // Two code lists stand side by side.
    Damage {
        site: "shanghai-district",
        file: "content/putuo-finance/2024-final/tables/basic.yaml",
        old: "amount: 48.49",
        new: "amount: 84.49",
        address: "basic/public.30239/amount",
    },
    // What a row is depends on the rows above it.
    Damage {
        site: "jiangsu",
        file: "content/zhengxie/2018-budget/tables/procurement.yaml",
        old: "total: 300.00",
        new: "total: 30.00",
        address: "procurement/一、货物A>办公设备购置费>办公设备购置/total",
    },
    // A row is named in two columns.
    Damage {
        site: "jiangsu",
        file: "content/zhengxie/2018-budget/tables/revenue.yaml",
        old: "item: 其他收入, amount: 80.00",
        new: "item: 其他收入, amount: 8.00",
        address: "revenue/other-receipts/amount",
    },
    // Sub-programmes are known by the name of their programme in another column.
    Damage {
        site: "south-africa",
        file: "content/science-and-technology/2019-20-vote/tables/subprogrammes.yaml",
        old: "amount: 5496000",
        new: "amount: 5469000",
        address: "subprogrammes/Administration>Ministry/amount",
    },
    // A year is a row.
    Damage {
        site: "south-africa",
        file: "content/science-and-technology/2019-20-vote/tables/research.yaml",
        old: "main: 4572934999",
        new: "main: 4572943999",
        address: "research/2019-20/main",
    },
];

#[test]
fn a_damaged_figure_is_found() {
    for Damage { site, file, old, new, address } in DAMAGES {
        let (_, report) = plan(&sources(site, Some((file, old, new))), false);
        let found: Vec<_> = report
            .diagnostics
            .iter()
            .map(|finding| (finding.address.as_deref().unwrap_or_default(), &finding.message.zh))
            .collect();
        assert!(found.iter().any(|(at, _)| *at == address), "{old} → {new}: {found:#?}");
    }
}

#[test]
fn a_profile_in_english_holds_no_chinese() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/south-africa");
    let sources = Sources::read(&root, "mingbai.yaml").expect("the folder is a portal");
    let (site, mut report) = plan(&sources, false);
    for path in site.paths().iter().filter(|path| path.ends_with(".html")) {
        let html = page(&mut report, &sources, &site, path);
        let words = text_of(html.root_element());
        let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        assert_eq!(words.chars().find(is_chinese), None, "{path}");
    }
}
