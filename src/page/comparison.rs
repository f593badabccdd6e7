//! One table in two years, side by side.

use serde::Serialize;

use super::change::{self, ChangeContext, LineContext, MarkContext};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::amount::Decimal;
use crate::model::comparison::{ComparedColumn, Comparison, compared};
use crate::model::{Disclosure, Portal, Table};
use crate::profile::{ColumnKind, same_name};
use crate::{format, sheet, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "comparison",
    template: "comparison.html",
    scope: PageScope::Organisation(Maker { plan, trail, context: build }),
};

/// What `comparison.html` gets.
#[derive(Serialize)]
struct ComparisonContext {
    /// The organisation.
    organisation: String,
    /// This year as printed.
    year: String,
    /// The earlier year as printed.
    before: String,
    /// How many years between the two are not part of the portal.
    gap: usize,
    /// This year's table.
    table: Link,
    /// The earlier one.
    table_before: Link,
    /// What the reader must know of the two forms.
    marks: Vec<MarkContext>,
    /// The columns that both have, each a table.
    columns: Vec<ColumnContext>,
    /// The comparison before it.
    previous: Option<Link>,
    /// The comparison after it.
    next: Option<Link>,
}

/// One column in two years.
#[derive(Serialize)]
struct ColumnContext {
    /// Its anchor.
    id: String,
    /// Its heading, after those above it.
    title: String,
    /// The unit; empty for numbers of things.
    unit: String,
    /// The heading of the lines.
    name_title: String,
    /// How its grandest total changed; nothing where that cannot be said.
    total: Option<ChangeContext>,
    /// What the reader must know of it.
    marks: Vec<MarkContext>,
    /// The lines that hold something in either year, totals first.
    lines: Vec<LineContext>,
}

/// Every table of a disclosure that can be compared, with its index.
pub(super) fn comparable<'a>(
    disclosure: &'a Disclosure,
    earlier: &'a Disclosure,
) -> impl Iterator<Item = (usize, Comparison<'a>)> {
    let tables = disclosure.tables.keys().enumerate();
    tables.filter_map(|(index, id)| Some((index, compared(disclosure, earlier, id)?)))
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        let Some(earlier) = portal.earlier(disclosure) else { continue };
        for (item, comparison) in comparable(disclosure, earlier) {
            let [table, _] = comparison.tables();
            pages.push(Page {
                path: url::comparison(disclosure, earlier, table),
                title: table.title.clone(),
                subject: Subject { organisation: disclosure.organisation, disclosure: index, item },
            });
        }
    }
    pages
}

fn trail(portal: &Portal, page: &Page) -> Vec<(String, String)> {
    let mut trail = super::trail_of_disclosure(portal, page);
    let disclosure = &portal.disclosures[page.subject.disclosure];
    let earlier = portal.earlier(disclosure).expect("planned beside an earlier disclosure");
    // The theme's words name it.
    trail.push((url::comparisons(disclosure, earlier), String::new()));
    trail
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let earlier = view.portal.earlier(disclosure).expect("planned beside an earlier disclosure");
    let id = &disclosure.tables[view.page.subject.item].spec.id;
    let comparison = compared(disclosure, earlier, id).expect("planned because it can be compared");
    let [now, before] = comparison.tables();
    let (links, own) = beside(view, disclosure, earlier);
    let (previous, next) = super::context::neighbours(&links, own, Link::clone);
    context(&ComparisonContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        before: format::year(earlier),
        gap: change::gap(disclosure, earlier),
        table: view.to(&url::table(disclosure, now), format::year(disclosure)),
        table_before: view.to(&url::table(earlier, before), format::year(earlier)),
        marks: marks(&comparison),
        columns: in_order(&comparison)
            .into_iter()
            .map(|column| self::column(view, &comparison, column))
            .collect(),
        previous,
        next,
    })
}

/// The column that says most, then the others as printed.
fn in_order<'a>(comparison: &'a Comparison<'a>) -> Vec<&'a ComparedColumn<'a>> {
    let mut columns: Vec<&ComparedColumn> = comparison.columns.iter().collect();
    let main = comparison.main().map(|main| (main.panel, main.column));
    columns.sort_by_key(|column| Some((column.panel, column.column)) != main);
    columns
}

/// The comparisons of the same two years, and which of them this page is.
fn beside(view: &View, disclosure: &Disclosure, earlier: &Disclosure) -> (Vec<Link>, usize) {
    let tables = disclosure.tables.values();
    let paths = tables.map(|table| (table, url::comparison(disclosure, earlier, table)));
    let links: Vec<(String, Link)> = paths
        .filter(|(_, path)| (view.exists)(path))
        .map(|(table, path)| (path.clone(), view.to(&path, table.title.clone())))
        .collect();
    let own = links.iter().position(|(path, _)| *path == view.page.path).unwrap_or_default();
    (links.into_iter().map(|(_, link)| link).collect(), own)
}

fn marks(comparison: &Comparison) -> Vec<MarkContext> {
    let [now, before] = comparison.tables();
    let mut marks = Vec::new();
    if !is_same_but_for_year(comparison, &now.title, &before.title) {
        marks.push(MarkContext { kind: "form_retitled", text: before.title.clone() });
    }
    let lists =
        [("form_only_now", &comparison.only_now), ("form_only_before", &comparison.only_before)];
    for (kind, titles) in lists {
        marks.extend(titles.iter().map(|title| MarkContext { kind, text: (*title).to_owned() }));
    }
    marks
}

/// Whether two headings differ in nothing but the year each prints.
fn is_same_but_for_year(comparison: &Comparison, now: &str, before: &str) -> bool {
    let (year, earlier) =
        (&comparison.disclosure.written.fiscal_year, &comparison.earlier.written.fiscal_year);
    same_name(now, before) || same_name(now, &before.replace(earlier, year))
}

fn column(view: &View, comparison: &Comparison, column: &ComparedColumn) -> ColumnContext {
    let [now, before] = comparison.tables();
    let forms = [&now.spec.panels[column.panel[0]], &before.spec.panels[column.panel[1]]];
    let specs = [&forms[0].columns[column.column[0]], &forms[1].columns[column.column[1]]];
    let units = [
        change::unit(now, column.panel[0], column.column[0]),
        change::unit(before, column.panel[1], column.column[1]),
    ];
    let mut marks = Vec::new();
    if !is_same_but_for_year(comparison, &specs[0].title, &specs[1].title) {
        marks.push(MarkContext { kind: "form_renamed", text: specs[1].title.clone() });
    }
    if units[0] != units[1] {
        marks.push(MarkContext { kind: "line_units", text: units.join("、") });
    }
    if column.is_recomposed {
        marks.push(MarkContext { kind: "form_recomposed", text: String::new() });
    }
    let differences = column.lines.iter().filter_map(|line| line.change.difference());
    let largest = differences.map(|one| one.abs()).max().filter(|one| *one > Decimal::ZERO);
    let id = &specs[0].id;
    let name = forms[0].first(ColumnKind::Label).map(|index| forms[0].columns[index].title.clone());
    ColumnContext {
        id: if forms[0].id.is_empty() { id.clone() } else { format!("{}.{id}", forms[0].id) },
        title: heading(now, column.panel[0], column.column[0]),
        unit: units[0].clone(),
        name_title: name.unwrap_or_default(),
        total: comparison
            .total(column)
            .map(|total| change::change(comparison.disclosure, total.change))
            .filter(|total| !total.direction.is_empty()),
        marks,
        lines: column
            .lines
            .iter()
            .map(|line| change::line(view, comparison, column, line, largest))
            .collect(),
    }
}

/// The heading of a column, after those above it: what the form prints over it.
pub(super) fn heading(table: &Table, panel: usize, column: usize) -> String {
    sheet::path(&table.spec.panels[panel], column).join(" · ")
}
