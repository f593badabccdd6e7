//! What is published → a workbook as an office would make it → an import: the same content, cell for
//! cell.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bench::yaml_texts;
use crate::office::converted;
use mingbai::diagnostic::{Language, Report};
use mingbai::import::{self, Imported, Request, read};
use mingbai::model::{Cell, Disclosure, Project};
use mingbai::plan::plan;
use mingbai::profile::ProjectSpec;
use mingbai::render::render;
use mingbai::sheet::{Sheet, Value};
use mingbai::site::Site;
use mingbai::source::Sources;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every portal of the repository.
fn portals() -> Vec<(Sources, Site)> {
    let sites = ["shanghai-street", "shanghai-district", "jiangsu", "south-africa", "minimal"];
    let folders = sites.map(|site| root().join("tests/sites").join(site));
    let read = |folder: &Path| {
        let sources = Sources::read(folder, "mingbai.yaml").expect("a portal");
        let (site, _): (Site, Report) = plan(&sources, false);
        (sources, site)
    };
    std::iter::once(root()).chain(folders.iter().map(AsRef::as_ref)).map(read).collect()
}

/// A cell as an office types it: figures are numbers with the decimals they print, all else is text.
fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str, value: Option<Value>) {
    let written = match value {
        Some(Value::Figure(figure, grouped)) => {
            let whole = if grouped { "#,##0" } else { "0" };
            let decimals = figure.scale() as usize;
            let format = match decimals {
                0 => whole.to_owned(),
                _ => format!("{whole}.{}", "0".repeat(decimals)),
            };
            let number: f64 = figure.to_string().parse().expect("a figure");
            sheet.write_number_with_format(
                row,
                column,
                number,
                &Format::new().set_num_format(format),
            )
        }
        Some(Value::LineNumber(number)) => {
            sheet.write_number(row, column, f64::from(u32::try_from(number).expect("few")))
        }
        _ if text.is_empty() => return,
        _ => sheet.write_string(row, column, text),
    };
    written.expect("it fits");
}

fn at(number: usize) -> u16 {
    u16::try_from(number).expect("few columns")
}

/// The workbook of the demonstration portal, in which one figure was typed with a letter.
pub(crate) fn spoilt_workbook() -> Vec<u8> {
    of_the_demonstration(Some("0.56"))
}

/// The workbook of the demonstration portal.
pub(crate) fn book() -> Vec<u8> {
    of_the_demonstration(None)
}

fn of_the_demonstration(typo: Option<&str>) -> Vec<u8> {
    let (_, site) = portals().swap_remove(0);
    let disclosure =
        site.portal.disclosures.iter().find(|disclosure| disclosure.id == "2025-budget");
    workbook(disclosure.expect("it is there"), typo)
}

/// A file of a disclosure of the repository.
pub(crate) struct OfDisclosure {
    /// The disclosure, and the form of the file.
    pub(crate) name: String,
    pub(crate) file: (String, Vec<u8>),
    /// The titles of its tables.
    pub(crate) titles: Vec<String>,
}

/// The workbook of every disclosure of the repository; where there is an office program, in its forms and
/// as a document too.
pub(crate) fn workbooks() -> Vec<OfDisclosure> {
    let mut all = Vec::new();
    for (sources, site) in portals() {
        for disclosure in &site.portal.disclosures {
            let book = workbook(disclosure, None);
            let mut files = vec![("预算.xlsx".to_owned(), book.clone())];
            // The office program takes a while.
            let is_converted = ["demo/2025-budget", "science-and-technology/2019-20-vote"]
                .contains(&disclosure.path.as_str());
            for form in ["ods", "xls"].into_iter().filter(|_| is_converted) {
                let bytes = converted(&book, "xlsx", form);
                files.extend(bytes.map(|bytes| (format!("预算.{form}"), bytes)));
            }
            if is_converted {
                let document = document(&sources, &site, disclosure).map(|(files, _)| files);
                files.extend(document.into_iter().flatten());
            }
            let titles: Vec<String> =
                disclosure.tables.values().map(|table| table.title.clone()).collect();
            all.extend(files.into_iter().map(|file| OfDisclosure {
                name: format!("{} {}", disclosure.path, file.0),
                file,
                titles: titles.clone(),
            }));
        }
    }
    all
}

/// A table on a sheet of its own, as its form prints it. In the one about travel, cars and guests the
/// total that reads as `typo` is typed with a letter.
fn table(sheet: &mut Worksheet, laid: &Sheet, typo: Option<&str>) {
    let width = at(laid.columns.len());
    let last = width.max(2) - 1;
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, last, laid.title, &plain).expect("a title");
    let mut row = 1;
    for line in laid.caption {
        sheet.write_string(row, 0, line).expect("a line");
        row += 1;
    }
    let headings = laid.headings();
    let depth = u32::try_from(headings.len()).expect("few");
    for (index, line) in headings.iter().enumerate() {
        for heading in line {
            let (top, left) = (row + u32::try_from(index).expect("few"), at(heading.column));
            let bottom = top + u32::try_from(heading.height).expect("few") - 1;
            let right = left + at(heading.width) - 1;
            if (bottom, right) == (top, left) {
                sheet.write_string(top, left, heading.text).expect("a heading");
            } else {
                sheet
                    .merge_range(top, left, bottom, right, heading.text, &plain)
                    .expect("a heading");
            }
        }
    }
    row += depth;
    if let Some(title) = laid.numbers_title {
        for (index, column) in laid.columns.iter().enumerate() {
            match column.stated {
                Some(stated) => {
                    put(sheet, row, at(index), "", Some(Value::LineNumber(stated.number)));
                }
                None => put(sheet, row, at(index), title, None),
            }
        }
        row += 1;
    }
    for line in laid.lines() {
        for (index, value) in line.values().enumerate() {
            if index == 2 && laid.title.contains('“') && typo == Some(&*value.printed()) {
                put(sheet, row, at(index), &value.printed().replace('0', "O"), None);
                continue;
            }
            put(sheet, row, at(index), &value.printed(), Some(value));
        }
        row += 1;
    }
    if let Some(note) = laid.note {
        sheet.merge_range(row, 0, row, last, note, &plain).expect("a note");
    }
}

/// The projects below each other on one sheet.
fn projects(sheet: &mut Worksheet, disclosure: &Disclosure) {
    let spec = disclosure.profile.projects.as_ref().expect("a form");
    let plain = Format::new();
    let mut row = 0;
    for (number, project) in disclosure.projects.iter().enumerate() {
        let title = spec.title.replace("{name}", &project.name);
        sheet
            .merge_range(row, 0, row, 5, &format!("{}、{title}", number + 1), &plain)
            .expect("a title");
        row += 1;
        for (field, cell) in spec.fields.values().zip(&project.fields) {
            if spec.fields.len() > 1 {
                sheet.write_string(row, 0, &field.title).expect("a field");
                put(sheet, row, 1, &text(cell), Some(Value::of(cell, field.kind)));
                row += 1;
            }
        }
        if let Some(plan) = &spec.payment_plan {
            sheet.merge_range(row, 0, row + 1, 0, &plan.title, &plain).expect("a plan");
            for (step, (title, cell)) in plan.steps.values().zip(&project.plan).enumerate() {
                sheet.write_string(row, at(step + 1), title).expect("a step");
                if let Cell::Figure(value, _) = cell {
                    sheet.write_string(row + 1, at(step + 1), format!("{value}%")).expect("a step");
                }
            }
            row += 2;
        }
        if let Some(goals) = &spec.goals {
            sheet.write_string(row, 0, goals).expect("goals");
            for (part, goals) in &project.goals {
                let column = u16::from(!part.is_empty());
                if !part.is_empty() {
                    sheet.write_string(row, 1, part).expect("a part");
                }
                sheet.write_string(row, column + 1, goals.join("\n")).expect("goals");
                row += 1;
            }
        }
        row = indicators(sheet, spec, project, row) + 2;
    }
}

/// The indicators of a project from a row on: what one after another says in its first column is one
/// cell. The row behind them.
fn indicators(sheet: &mut Worksheet, spec: &ProjectSpec, project: &Project, from_row: u32) -> u32 {
    let mut row = from_row;
    let plain = Format::new();
    let rows = |count: usize| u32::try_from(count).expect("few rows");
    for (column, stated) in spec.indicators.iter().enumerate() {
        sheet.write_string(row, at(column), &stated.title).expect("a heading");
    }
    row += 1;
    let first = row;
    for cells in &project.indicators {
        for (column, cell) in cells.iter().enumerate().skip(1) {
            put(sheet, row, at(column), &text(cell), None);
        }
        row += 1;
    }
    let mut from = 0;
    while from < project.indicators.len() {
        let word = &project.indicators[from][0];
        let same = project.indicators[from..].iter().take_while(|cells| cells[0] == *word).count();
        let (top, bottom) = (first + rows(from), first + rows(from + same) - 1);
        if same > 1 {
            sheet.merge_range(top, 0, bottom, 0, &text(word), &plain).expect("a group");
        } else {
            sheet.write_string(top, 0, text(word)).expect("a group");
        }
        from += same;
    }
    row
}

fn text(cell: &Cell) -> String {
    Value::of(cell, mingbai::profile::ColumnKind::Text).printed().into_owned()
}

/// The workbook of a disclosure.
fn workbook(disclosure: &Disclosure, typo: Option<&str>) -> Vec<u8> {
    let mut book = Workbook::new();
    for (number, content) in disclosure.tables.values().enumerate() {
        let sheet = book.add_worksheet().set_name(format!("附表{}", number + 1)).expect("a name");
        table(sheet, &Sheet::of(content), typo);
    }
    if disclosure.profile.projects.is_some() {
        let sheet = book.add_worksheet().set_name("项目").expect("a name");
        projects(sheet, disclosure);
    }
    book.save_to_buffer().expect("a workbook")
}

fn imported(
    disclosure: &Disclosure,
    files: &[(String, Vec<u8>)],
    existing: &[(String, String)],
) -> Imported {
    let documents: Vec<_> = files.iter().map(|(name, bytes)| read::read(name, bytes)).collect();
    assert!(documents.iter().all(|document| document.refusal.is_none()));
    import::import(&Request {
        profile: &disclosure.profile,
        documents: &documents,
        only: None,
        existing,
        language: Language::Chinese,
    })
}

/// The committed files of a disclosure, by their path below its folder.
fn committed(sources: &Sources, folder: &str) -> Vec<(String, String)> {
    let files = sources.site_files(folder);
    files
        .map(|(file, path)| {
            (path[folder.len() + 1..].to_owned(), sources.file(file).text().to_owned())
        })
        .collect()
}

/// How the cells of a disclosure that differ come out of files of it, and how many there are. In files
/// that hold nothing else, nothing may be left out.
fn differences(
    committed: &[(String, String)],
    disclosure: &Disclosure,
    (files, is_bare): (&[(String, Vec<u8>)], bool),
) -> (usize, Vec<String>) {
    let imported = imported(disclosure, files, committed);
    let all = |files: &mut dyn Iterator<Item = (&str, &str)>| -> BTreeMap<String, String> {
        let of_forms = |path: &str| path.starts_with("tables/") || path.starts_with("projects/");
        files
            .filter(|(path, _)| of_forms(path))
            .flat_map(|(path, text)| yaml_texts(path, text))
            .collect()
    };
    let wanted = all(&mut committed.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let files = imported.files.iter();
    let found = all(&mut files.map(|file| (file.path.as_str(), file.text.as_str())));
    let other = wanted.iter().filter(|(at, text)| found.get(*at) != Some(text));
    let other = other.map(|(at, text)| format!("{at}: {:?} for {text}", found.get(at)));
    let more = found.iter().filter(|(at, _)| !wanted.contains_key(*at));
    let mut differ: Vec<String> =
        other.chain(more.map(|(at, text)| format!("{at}: {text} for nothing"))).collect();
    differ.extend(imported.comparison.different.iter().map(|found| format!("{found:?}")));
    if is_bare {
        differ.extend(imported.comparison.left.iter().map(|left| format!("left out {left:?}")));
    }
    (wanted.len(), differ)
}

/// A disclosure as files of some kind, and whether they hold its tables and projects and nothing else.
type Files = (Vec<(String, Vec<u8>)>, bool);

/// Holds what is imported of every disclosure against what was published.
fn hold(kind: &str, make: impl Fn(&Sources, &Site, &Disclosure) -> Option<Files>) {
    let mut wrong = Vec::new();
    for (sources, site) in portals() {
        for disclosure in &site.portal.disclosures {
            let Some((files, is_bare)) = make(&sources, &site, disclosure) else { continue };
            let organisation = &site.portal.organisations[disclosure.organisation].id;
            let folder = format!("content/{organisation}/{}", disclosure.id);
            let committed = committed(&sources, &folder);
            let (all, differ) = differences(&committed, disclosure, (&files, is_bare));
            let same = all.saturating_sub(differ.len());
            println!("{kind} of {folder}: {same} of {all} cells the same");
            wrong.extend(differ.into_iter().map(|line| format!("{kind} of {folder} {line}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_workbook_of_what_is_published_imports_cell_for_cell() {
    hold("workbook", |_, _, disclosure| {
        Some((vec![("预算.xlsx".to_owned(), workbook(disclosure, None))], true))
    });
}

#[test]
fn so_does_the_workbook_in_the_forms_of_libreoffice() {
    for form in ["ods", "xls"] {
        hold(form, |_, _, disclosure| {
            let bytes = converted(&workbook(disclosure, None), "xlsx", form)?;
            Some((vec![(format!("预算.{form}"), bytes)], true))
        });
    }
}

/// The pages of the tables and the projects of a disclosure.
fn pages(sources: &Sources, site: &Site, disclosure: &Disclosure) -> Vec<(String, Vec<u8>)> {
    let organisation = &site.portal.organisations[disclosure.organisation].id;
    let home = format!("{organisation}/{}/", disclosure.id);
    let is_of_form = |path: &&String| {
        let inner = path.strip_prefix(&home).unwrap_or_default();
        let is_project = inner.starts_with("projects/") && !inner.ends_with("index.html");
        path.ends_with(".html") && (inner.starts_with("tables/") || is_project)
    };
    let paths = site.recipes.keys().filter(is_of_form);
    paths
        .map(|path| {
            let bytes = render(&mut Report::default(), sources, site, path).expect("a page");
            (path.replace('/', "-"), bytes)
        })
        .collect()
}

/// The pages of a disclosure as one Word document.
fn document(sources: &Sources, site: &Site, disclosure: &Disclosure) -> Option<Files> {
    let pages = pages(sources, site, disclosure);
    let bodies = pages.iter().map(|(_, bytes)| {
        let page = String::from_utf8_lossy(bytes);
        let from = page.find("<main").expect("a page has one main");
        let to = page.find("</main>").expect("it ends");
        page[from..to].to_owned()
    });
    let whole = format!("<!DOCTYPE html><meta charset=utf-8>{}", bodies.collect::<String>());
    let bytes = converted(whole.as_bytes(), "html", "docx")?;
    Some((vec![("预算.docx".to_owned(), bytes)], false))
}

#[test]
fn so_does_a_word_document_of_the_pages() {
    hold("docx", |sources, site, disclosure| {
        let is_own = disclosure.profile.id.starts_with("hebei");
        is_own.then(|| document(sources, site, disclosure)).flatten()
    });
}

#[test]
fn so_do_the_pages_of_the_site() {
    hold("pages", |sources, site, disclosure| Some((pages(sources, site, disclosure), false)));
}
