//! A workbook of a whole disclosure: a first sheet that says what it is, each table as printed,
//! projects and indicators as lists, the form of each project, and what was corrected.

mod canvas;
mod cover;
mod forms;
mod lists;
mod number;
mod styles;
mod table;
mod width;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Url, Workbook, Worksheet};

use self::canvas::{At, Canvas};
use self::styles::Styles;
use super::{DataFile, Output, OutputScope, Writer};
use crate::model::{Disclosure, Portal};
use crate::page::{CorrectionLine, Subject};
use crate::theme::Theme;
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "workbook",
    summary: "A workbook (XLSX) of each disclosure: its tables as printed, its projects and indicators as lists, the form of each project, its corrections.",
    scope: OutputScope::Organisation(plan),
};

/// What the first sheet says of another.
struct Contents {
    /// Its name.
    sheet: String,
    /// What it holds.
    title: String,
    /// The page that shows the same.
    page: String,
}

/// As many columns of a table, and rows in all, as one workbook is made with.
const COLUMNS: usize = 16_000;
const ROWS: usize = 500_000;

fn plan(portal: &Portal) -> Vec<DataFile> {
    let all = portal.disclosures.iter().enumerate();
    let all = all.filter(|(_, disclosure)| fits(disclosure));
    let file = |(index, disclosure): (usize, &Disclosure)| {
        let organisation = disclosure.organisation;
        let subject = Subject { organisation, disclosure: index, item: 0 };
        let path = url::disclosure_data(disclosure, &url::own_name(disclosure), "xlsx");
        DataFile::new(path, subject, "office_workbook", Writer::Worded(write))
    };
    all.map(file).collect()
}

/// Whether there is something to write, and sheets have room for it.
fn fits(disclosure: &Disclosure) -> bool {
    let tables = || disclosure.tables.values();
    let of_table = tables().flat_map(|table| &table.panels).map(|panel| panel.rows.len());
    let of_projects = disclosure.projects.iter().map(|project| {
        let goals = project.goals.iter().map(|(_, goals)| goals.len());
        project.indicators.len() + goals.sum::<usize>() + project.fields.len() + 8
    });
    let columns = |table: &crate::model::Table| {
        table.spec.panels.iter().map(|panel| panel.columns.len()).sum::<usize>()
    };
    let rows = of_table.chain(of_projects).sum::<usize>();
    let is_empty = disclosure.tables.is_empty() && disclosure.projects.is_empty();
    !is_empty && rows < ROWS && tables().all(|table| columns(table) < COLUMNS)
}

/// How hard archives are squeezed, of 9: half the time of the usual 6, for files a sixth larger.
const QUICK: u8 = 1;

fn write(portal: &Portal, subject: &Subject, theme: &Theme) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let styles = Styles::new();
    let mut names = Names::default();
    names.of(theme.word("workbook_about"));
    let (mut sheets, mut contents) = (Vec::new(), Vec::new());
    let mut add = |title: &str, page: String, make: &dyn Fn(&str) -> Worksheet| {
        let sheet = names.of(title);
        sheets.push(make(&sheet));
        let page = url::whole(&portal.site, &page);
        contents.push(Contents { sheet, title: title.to_owned(), page });
    };
    for table in disclosure.tables.values() {
        add(&table.title, url::table(disclosure, table), &|name| {
            table::sheet(name, table, &styles)
        });
    }
    if let Some(spec) = disclosure.project_spec().filter(|_| !disclosure.projects.is_empty()) {
        let page = || url::projects(disclosure);
        let projects = |name: &str| lists::projects(name, disclosure, spec, &styles);
        add(theme.word("workbook_projects"), page(), &projects);
        if !spec.indicators.is_empty() {
            let indicators = |name: &str| lists::indicators(name, disclosure, spec, &styles);
            add(theme.word("workbook_indicators"), page(), &indicators);
        }
        let forms = |name: &str| forms::sheet(name, disclosure, spec, &styles);
        add(theme.word("workbook_forms"), page(), &forms);
    }
    let corrections = CorrectionLine::all(portal, disclosure);
    if !corrections.is_empty() {
        add(theme.word("corrections"), url::disclosure(disclosure), &|name| {
            lists::corrections(name, &corrections, theme, &styles)
        });
    }
    let mut book = Workbook::new();
    book.set_zip_compression_level(QUICK);
    book.set_properties(&properties(portal, disclosure));
    book.push_worksheet(cover::sheet(portal, disclosure, &contents, (theme, &styles)));
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().expect("writing to memory cannot fail, and names of sheets are unique")
}

/// What the file says of itself. Its time is the same in every build: the library would state when
/// it was made.
fn properties(portal: &Portal, disclosure: &Disclosure) -> DocProperties {
    let organisation = &portal.organisation(disclosure).written.name;
    let made = ExcelDateTime::from_ymd(2000, 1, 1).expect("a day");
    DocProperties::new()
        .set_title(&disclosure.written.title)
        .set_author(organisation)
        .set_creation_datetime(&made)
}

/// Links to a page where the site knows its address; says its path elsewhere.
fn page_link(canvas: &mut Canvas, at: At, address: &str) {
    let is_whole = address.contains("://");
    match Url::new(address) {
        link if is_whole => canvas.link(at, link, address),
        _ => canvas.text(at, address, &canvas.styles.said),
    }
}

/// Names of sheets, each once.
#[derive(Default)]
struct Names(Vec<String>);

/// As many characters a name of a sheet has.
const LONGEST: usize = 31;

impl Names {
    /// A name that office programs take, after the words of a title.
    fn of(&mut self, title: &str) -> String {
        let is_refused = |c: char| c.is_control() || "[]:*?/\\'".contains(c);
        let words: String = title.chars().filter(|c| !is_refused(*c)).collect();
        let words = words.trim();
        let cut = |room: usize| {
            let mut units = 0;
            let fitting = words.chars().take_while(|c| {
                units += c.len_utf16();
                units <= room
            });
            fitting.collect::<String>()
        };
        let mut name = cut(LONGEST);
        let is_taken = |name: &str, others: &[String]| {
            name.is_empty()
                || others.iter().any(|other| other.to_lowercase() == name.to_lowercase())
        };
        let mut number = 2;
        while is_taken(&name, &self.0) || name.eq_ignore_ascii_case("history") {
            let end = format!(" ({number})");
            name = format!("{}{end}", cut(LONGEST - end.len()));
            number += 1;
        }
        self.0.push(name.clone());
        name
    }
}
