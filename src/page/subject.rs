//! One classification code of an organisation: what it is called, what stands above
//! and below it, and every figure on its lines, table by table, year by year.

use serde::Serialize;

use super::change::{self, ChangeContext, FigureContext};
use super::comparison::heading;
use super::context::HeadlineContext;
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::format;
use crate::model::comparison::Change;
use crate::model::subjects::{ClassCode, ClassLine};
use crate::model::{At, Cell, Portal};
use crate::profile::{ColumnKind, same_name};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "subject",
    template: "subject.html",
    scope: PageScope::Organisation(Maker { plan, trail, context: build }),
};

/// What `subject.html` gets.
#[derive(Serialize)]
struct SubjectContext {
    /// The organisation.
    organisation: String,
    /// The code.
    code: String,
    /// What the newest line calls it.
    name: String,
    /// The classification it belongs to; empty where no dictionary names it.
    classification: String,
    /// What it was called, the newest first; empty where it always had one name.
    names: Vec<NameContext>,
    /// The first figure of its first line, large; empty where it has none.
    headlines: Vec<HeadlineContext>,
    /// Its lines, table by table.
    series: Vec<SeriesContext>,
    /// The subject it is part of.
    above: Option<Link>,
    /// The subjects it consists of.
    below: Vec<SubjectLink>,
}

/// A name and its years.
#[derive(Serialize)]
struct NameContext {
    /// The years, as printed.
    years: Vec<String>,
    /// The name.
    name: String,
}

/// The lines of one table, year by year.
#[derive(Serialize)]
struct SeriesContext {
    /// The title of the table, after the stage where the portal has several.
    title: String,
    /// The unit of its amounts.
    unit: String,
    /// Headings of the columns that hold a figure in any year.
    columns: Vec<String>,
    /// One line a year, the newest first.
    years: Vec<YearContext>,
    /// From the nearest earlier year to the newest, one a column; empty where the portal has
    /// no such year, or the table prints the code more than once.
    changes: Vec<ColumnChange>,
}

/// One line.
#[derive(Serialize)]
struct YearContext {
    /// The year as printed.
    year: String,
    /// What the line is called, where the table has several of the code.
    name: String,
    /// One figure a column.
    cells: Vec<FigureContext>,
}

/// A change in one column.
#[derive(Serialize)]
struct ColumnChange {
    /// How far; empty where it cannot be said.
    change: ChangeContext,
    /// The line where the two years stand side by side; empty where no page compares them.
    url: String,
}

/// A subject in a list.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SubjectLink {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The newest year that prints it.
    pub year: String,
    /// The first figure of its first line there.
    pub figure: String,
    /// The unit of that figure.
    pub unit: String,
}

/// The path of a subject’s page.
fn path(portal: &Portal, organisation: usize, subject: &ClassCode) -> String {
    url::subject(portal, organisation, subject.classification, subject.code)
}

fn title(subject: &ClassCode) -> String {
    format!("{} {}", subject.code, subject.name())
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for organisation in 0..portal.organisations.len() {
        for item in 0..portal.subject_count(organisation) {
            let subject = portal.subject(organisation, item);
            pages.push(Page {
                path: path(portal, organisation, &subject),
                title: title(&subject),
                subject: Subject { organisation, item, ..Subject::default() },
            });
        }
    }
    pages
}

fn trail(portal: &Portal, page: &Page) -> Vec<(String, String)> {
    let Subject { organisation, item, .. } = page.subject;
    let above = |index: usize| portal.subject_above(organisation, index);
    let mut chain: Vec<(String, String)> =
        std::iter::successors(above(item), |index| above(*index))
            .map(|index| {
                let subject = portal.subject(organisation, index);
                (path(portal, organisation, &subject), title(&subject))
            })
            .collect();
    let short = portal.organisations[organisation].written.short.clone();
    chain.push((url::organisation(portal, organisation), short));
    chain.push((url::HOME.to_owned(), String::new()));
    chain.reverse();
    chain
}

fn build(view: &View) -> tera::Context {
    let Subject { organisation, item, .. } = view.page.subject;
    let subject = &view.portal.subject(organisation, item);
    let below = view.portal.subjects_below(organisation, item);
    let dictionary = subject
        .lines
        .iter()
        .find_map(|line| line.disclosure.profile.dictionaries.get(subject.classification));
    context(&SubjectContext {
        organisation: view.portal.organisations[organisation].written.name.clone(),
        code: subject.code.to_owned(),
        name: subject.name().to_owned(),
        classification: dictionary.map(|one| one.title.clone()).unwrap_or_default(),
        names: names(subject),
        headlines: headline(view, subject).into_iter().collect(),
        series: series(view, subject),
        above: view.portal.subject_above(organisation, item).map(|index| {
            let above = view.portal.subject(organisation, index);
            view.to(&path(view.portal, organisation, &above), title(&above))
        }),
        below: below
            .map(|index| link(view, organisation, &view.portal.subject(organisation, index)))
            .collect(),
    })
}

/// A subject for a list on this page.
fn link(view: &View, organisation: usize, subject: &ClassCode) -> SubjectLink {
    let newest = leading(subject);
    let figure = newest.and_then(|line| {
        let table = &line.disclosure.tables[line.table];
        let form = &table.spec.panels[line.panel];
        let mut cells = form.columns.iter().zip(&line.content().cells).enumerate();
        let (column, (_, cell)) = cells.find(|(_, (column, cell))| {
            column.kind == ColumnKind::Amount && cell.figure().is_some()
        })?;
        Some((cell.text(), change::unit(table, line.panel, column)))
    });
    let (figure, unit) = figure.unwrap_or_default();
    SubjectLink {
        code: subject.code.to_owned(),
        name: subject.name().to_owned(),
        url: view.link(&path(view.portal, organisation, subject)),
        year: newest.map(|line| format::year(line.disclosure)).unwrap_or_default(),
        figure,
        unit,
    }
}

/// The subjects of an organisation that are part of no other, by classification: its title
/// and they.
pub(super) fn highest(view: &View, organisation: usize) -> Vec<(String, Vec<SubjectLink>)> {
    let all = 0..view.portal.subject_count(organisation);
    let subjects: Vec<ClassCode> =
        all.map(|index| view.portal.subject(organisation, index)).collect();
    let mut groups: Vec<(&str, String, Vec<SubjectLink>)> = Vec::new();
    // In the order in which the tables print the classifications.
    let first = |classification: &str| {
        let own = subjects.iter().filter(|one| one.classification == classification);
        let printed = own.flat_map(|one| one.lines.iter().filter(|line| line.printed));
        printed.map(|line| line.table).min()
    };
    for (index, subject) in subjects.iter().enumerate() {
        if view.portal.subject_above(organisation, index).is_some() {
            continue;
        }
        let link = link(view, organisation, subject);
        if let Some(group) = groups.last_mut().filter(|group| group.0 == subject.classification) {
            group.2.push(link);
            continue;
        }
        let dictionary = subject
            .lines
            .iter()
            .find_map(|line| line.disclosure.profile.dictionaries.get(subject.classification));
        let title = dictionary.map(|one| one.title.clone()).unwrap_or_default();
        groups.push((subject.classification, title, vec![link]));
    }
    groups.sort_by_key(|(classification, ..)| first(classification));
    groups.into_iter().map(|(_, title, links)| (title, links)).collect()
}

/// Of the newest disclosure that prints the code the line that is meant where nothing is said:
/// spending comes before income.
fn leading<'a, 'b>(subject: &'b ClassCode<'a>) -> Option<&'b ClassLine<'a>> {
    let mut printed = subject.lines.iter().filter(|line| line.printed).peekable();
    let newest = &printed.peek()?.disclosure.path;
    printed.filter(|line| line.disclosure.path == *newest).min_by_key(|line| rank(line))
}

/// Where the table of a line stands among all, the one first that is meant where nothing is said.
fn rank(line: &ClassLine) -> usize {
    let spec = &line.disclosure.tables[line.table].spec;
    line.disclosure.profile.search.place(&spec.id, &spec.panels[line.panel].id).1
}

/// The first amount on the newest line that prints the code.
fn headline(view: &View, subject: &ClassCode) -> Option<HeadlineContext> {
    let line = leading(subject)?;
    let table = &line.disclosure.tables[line.table];
    let form = &table.spec.panels[line.panel];
    let (column, value) = form.columns.iter().enumerate().find_map(|(index, column)| {
        let value = line.content().cells[index].figure()?;
        (column.kind == ColumnKind::Amount).then_some((index, value))
    })?;
    let id = &form.columns[column].id;
    let own: Vec<ClassLine> =
        subject.lines.iter().filter(|other| is_one_series(line, other)).copied().collect();
    let earlier = view.portal.earlier(line.disclosure).filter(|_| !is_repeated(&own, line));
    let before = earlier.and_then(|earlier| {
        let before = own.iter().find(|other| other.disclosure.path == earlier.path)?;
        Some((earlier, before.disclosure.printed(at(before, id)?)?))
    });
    let change =
        before.map(|(_, before)| change::change(line.disclosure, Change::By(value, before)));
    let place = at(line, id)?;
    let path = before.and_then(|_| change::place(view, line.disclosure, place));
    Some(HeadlineContext {
        title: format!("{} · {}", format::year(line.disclosure), table.title),
        value: format::figure(line.disclosure, value),
        unit: change::unit(table, line.panel, column),
        url: view.link(&url::figure(line.disclosure, place)),
        prior: before
            .map(|(_, before)| format::figure(line.disclosure, before))
            .unwrap_or_default(),
        prior_year: before.map(|(earlier, _)| format::year(earlier)).unwrap_or_default(),
        direction: change.as_ref().map(|change| change.direction).unwrap_or_default(),
        change: change.map(|change| change.difference).unwrap_or_default(),
        comparison: path.map(|path| view.link(&path)).unwrap_or_default(),
    })
}

/// Whether a table prints the code on several lines in the year of a line.
fn is_repeated(lines: &[ClassLine], line: &ClassLine) -> bool {
    lines.iter().filter(|other| other.disclosure.path == line.disclosure.path).count() > 1
}

/// What it was called, where that changed.
fn names(subject: &ClassCode) -> Vec<NameContext> {
    let mut names: Vec<NameContext> = Vec::new();
    for line in subject.lines.iter().filter(|line| line.printed) {
        let (year, name) = (format::year(line.disclosure), &line.content().name);
        match names.iter_mut().find(|known| same_name(&known.name, name)) {
            Some(known) if !known.years.contains(&year) => known.years.push(year),
            Some(_) => {}
            None => names.push(NameContext { years: vec![year], name: name.clone() }),
        }
    }
    if names.len() > 1 { names } else { Vec::new() }
}

/// The lines that continue one another: of one table, stage and unit.
fn is_one_series(a: &ClassLine, b: &ClassLine) -> bool {
    fn place<'a>(line: &ClassLine<'a>) -> (&'a str, &'a str, Option<&'a str>, &'a str) {
        let spec = &line.disclosure.tables[line.table].spec;
        let panel = &spec.panels[line.panel].id;
        (&spec.id, panel, spec.unit.as_deref(), &line.disclosure.written.stage)
    }
    place(a) == place(b)
}

fn series(view: &View, subject: &ClassCode) -> Vec<SeriesContext> {
    let mut groups: Vec<Vec<ClassLine>> = Vec::new();
    for line in &subject.lines {
        match groups.iter_mut().find(|group| is_one_series(&group[0], line)) {
            Some(group) => group.push(*line),
            None => groups.push(vec![*line]),
        }
    }
    groups.sort_by_key(|group| rank(&group[0]));
    let mut stages: Vec<&str> =
        groups.iter().map(|group| group[0].disclosure.written.stage.as_str()).collect();
    stages.sort_unstable();
    stages.dedup();
    let has_stages = stages.len() > 1;
    groups.iter().filter_map(|group| one_series(view, group, has_stages)).collect()
}

/// The lines of one table; nothing where none holds a figure.
fn one_series(view: &View, lines: &[ClassLine], has_stages: bool) -> Option<SeriesContext> {
    let first = lines[0];
    let table = &first.disclosure.tables[first.table];
    let mut columns: Vec<(&str, String)> = Vec::new();
    for line in lines {
        let table = &line.disclosure.tables[line.table];
        let form = &table.spec.panels[line.panel];
        for (index, column) in form.columns.iter().enumerate() {
            let holds = matches!(line.content().cells[index], Cell::Figure(..) | Cell::Withheld(_));
            let is_known = columns.iter().any(|(id, _)| *id == column.id);
            if column.kind.is_figure() && holds && !is_known {
                columns.push((&column.id, heading(table, line.panel, index)));
            }
        }
    }
    columns.first()?;
    let years = lines.iter().map(|line| YearContext {
        year: format::year(line.disclosure),
        name: if is_repeated(lines, line) { line.content().name.clone() } else { String::new() },
        cells: columns.iter().map(|(id, _)| cell(view, line, id)).collect(),
    });
    let stage = if has_stages { first.disclosure.profile.words.stage.as_str() } else { "" };
    Some(SeriesContext {
        title: if stage.is_empty() {
            table.title.clone()
        } else {
            format!("{stage} · {}", table.title)
        },
        unit: table.spec.unit.clone().unwrap_or_default(),
        years: years.collect(),
        changes: changes(view, lines, &columns),
        columns: columns.into_iter().map(|(_, title)| title).collect(),
    })
}

/// The place of a column of a line.
fn at(line: &ClassLine, id: &str) -> Option<At> {
    let form = &line.disclosure.tables[line.table].spec.panels[line.panel];
    Some(At::Cell(line.table, line.panel, line.row, form.column(id)?))
}

fn cell(view: &View, line: &ClassLine, id: &str) -> FigureContext {
    match at(line, id) {
        Some(at @ At::Cell(.., column)) => {
            change::figure(view, line.disclosure, at, &line.content().cells[column])
        }
        _ => FigureContext { kind: "blank", ..FigureContext::default() },
    }
}

/// From the nearest earlier year to the newest, column by column.
fn changes(view: &View, lines: &[ClassLine], columns: &[(&str, String)]) -> Vec<ColumnChange> {
    let now = &lines[0];
    let earlier = view.portal.earlier(now.disclosure);
    let before =
        earlier.and_then(|earlier| lines.iter().find(|line| line.disclosure.path == earlier.path));
    let Some(before) = before.filter(|_| !lines.iter().any(|line| is_repeated(lines, line))) else {
        return Vec::new();
    };
    columns.iter().map(|(id, _)| change_of(view, now, before, id)).collect()
}

fn change_of(view: &View, now: &ClassLine, before: &ClassLine, id: &str) -> ColumnChange {
    let places = at(now, id).zip(at(before, id));
    let figures = places.and_then(|(place, other)| {
        Some((place, now.disclosure.printed(place)?, before.disclosure.printed(other)?))
    });
    let Some((place, figure, other)) = figures else {
        return ColumnChange { change: ChangeContext::default(), url: String::new() };
    };
    let path = change::place(view, now.disclosure, place);
    ColumnChange {
        change: change::change(now.disclosure, Change::By(figure, other)),
        url: path.map(|path| view.link(&path)).unwrap_or_default(),
    }
}
