//! A sheet → the grid a template prints: what its headings, lines and cells are to markup and
//! style, where they lead, and the columns of an earlier year after each panel.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::field_value::{Field, FieldValue, LineValue, if_used, values};
use super::year_before::{RowBefore, YearBefore};
use crate::model::subjects::class_code;
use crate::model::{self, Table};
use crate::profile::{ColumnKind, Role};
use crate::sheet::{Heading, Row, Sheet, Value};
use crate::url;

/// A printed table.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GridContext<'a> {
    /// The title.
    pub title: String,
    /// The lines above it: who, which year, which unit.
    pub caption: Vec<String>,
    /// Headings, from the top row down.
    pub head: Vec<Vec<HeadCell>>,
    /// The row that numbers the columns; empty where the form has none.
    pub numbers: Vec<String>,
    /// The lines.
    #[serde(serialize_with = "as_text")]
    pub lines: Vec<GridLine<'a>>,
    /// How many columns it is wide.
    pub width: usize,
    /// The columns, from 0, at which a panel begins beside another.
    pub halves: Vec<usize>,
    /// The columns, from 0, that are blank from top to bottom; none where the whole table is.
    pub voids: Vec<usize>,
    /// The unit of its amounts; empty where it has none.
    pub unit: String,
    /// Whether columns of an earlier year stand after its panels, for readers who ask for them.
    pub years: bool,
    /// Whether it holds no figure.
    pub empty: bool,
    /// The note under it.
    pub note: String,
}

/// A heading.
#[derive(Clone, Debug, Serialize)]
pub(super) struct HeadCell {
    /// The words.
    pub text: String,
    /// How many columns it covers.
    pub colspan: usize,
    /// How many rows of headings it covers.
    pub rowspan: usize,
    /// `col` or `colgroup`.
    pub scope: &'static str,
    /// What its column holds, as in [`GridCell::kind`]; `group` over several, `prior` over the
    /// figures of an earlier year and `change` over how far they are from this year's.
    pub kind: &'static str,
    /// Whether every column under it is blank from top to bottom.
    pub void: bool,
    /// The unit of its amounts; empty over several columns, or where they are not amounts.
    pub unit: String,
}

/// One printed line.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GridLine<'a> {
    /// The anchor of the row; empty where several panels share the line (each half carries its own).
    pub id: String,
    /// `total`, `subtotal`, `memo`, `detail`, or `mixed` where several panels share the line.
    pub role: &'static str,
    /// How deep it stands, 1 being the highest; totals stand at 0.
    pub level: usize,
    /// The cells, line number first where the form prints one.
    pub cells: Vec<GridCell<'a>>,
}

/// One printed cell.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GridCell<'a> {
    /// What is printed.
    pub text: Cow<'a, str>,
    /// `number` (of the line), `code`, `label`, `text`, `figure`; `blank`, `na` (does not apply) and
    /// `withheld` for the kinds of empty; `filler` where the other half of a form goes on alone;
    /// `prior` for the figure of an earlier year, `change` for how far it is from this year's;
    /// `corrected` for a figure that was corrected after publication.
    pub kind: &'static str,
    /// Whether it names its row.
    pub header: bool,
    /// The anchor of the cell, or of a half line; empty where it cannot be cited.
    pub id: String,
    /// What it is to a style sheet: `void` in a column blank from top to bottom, `half` where a panel
    /// begins beside another, its kind where that is neither a figure nor blank, and where several
    /// panels share the line the role of its row, and how deep that stands where it is named.
    pub class: String,
    /// The page of the classification code it prints, or what this page says of its correction; empty
    /// where there is neither.
    pub url: String,
    /// A word of the theme that says what to know of a `change`; empty elsewhere.
    pub mark: &'static str,
    /// The words again, in three parts, where one is a term first used here.
    pub term: Option<TermLink>,
}

/// Words of which some are a term.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TermLink {
    /// The words before it.
    pub before: String,
    /// The term.
    pub word: String,
    /// Where it is explained.
    pub url: String,
    /// The words after it.
    pub after: String,
}

/// Lays out a table. `subject` gives the page of a classification and its code, `years` what each
/// panel was in an earlier year.
pub(super) fn grid<'a>(
    table: &'a Table,
    subject: &dyn Fn(&str, &str) -> String,
    years: &[Option<YearBefore>],
) -> GridContext<'a> {
    let sheet = Sheet::of(table);
    let page_columns = page_columns(&sheet, years);
    let mut lines = lines(&sheet, table, subject, years);
    let voids = if sheet.is_empty { Vec::new() } else { voids(&lines) };
    let halves = halves(&sheet, &page_columns);
    for (column, cell) in lines.iter_mut().flat_map(|line| line.cells.iter_mut().enumerate()) {
        let stands = [("void ", &voids), ("half ", &halves)];
        if let Some((word, _)) = stands.into_iter().find(|(_, columns)| columns.contains(&column)) {
            cell.class.insert_str(0, word);
        }
        cell.class.truncate(cell.class.trim_end().len());
    }
    GridContext {
        title: sheet.title.to_owned(),
        caption: sheet.caption.to_vec(),
        head: head(&sheet, years, &page_columns, &voids),
        voids,
        unit: sheet.unit.unwrap_or_default().to_owned(),
        numbers: numbers(&sheet, years, &page_columns),
        halves,
        years: !sheet.is_empty && years.iter().any(Option::is_some),
        width: sheet.columns.len(),
        lines,
        empty: sheet.is_empty,
        note: sheet.note.unwrap_or_default().to_owned(),
    }
}

/// The fields of [`GridCell`].
fn fields<'a>() -> [Field<GridCell<'a>>; 8] {
    [
        ("text", |cell| FieldValue::Text(&cell.text)),
        ("kind", |cell| FieldValue::Text(cell.kind)),
        ("header", |cell| FieldValue::Flag(cell.header)),
        ("id", |cell| FieldValue::Text(&cell.id)),
        ("class", |cell| FieldValue::Text(&cell.class)),
        ("url", |cell| FieldValue::Text(&cell.url)),
        ("mark", |cell| FieldValue::Text(cell.mark)),
        ("term", |cell| FieldValue::Value(tera::Value::from_serializable(&cell.term))),
    ]
}

impl GridContext<'_> {
    /// The table as a template gets it: of its many cells only the fields that it may name.
    pub(super) fn values(mut self, uses: &dyn Fn(&str) -> bool) -> tera::Value {
        let lines = line_values(&std::mem::take(&mut self.lines), uses);
        let mut fields = tera::Value::from_serializable(&self).into_map().unwrap_or_default();
        fields.insert("lines".into(), lines.into());
        fields.into()
    }
}

fn as_text<S: Serializer>(lines: &[GridLine], serializer: S) -> Result<S::Ok, S::Error> {
    line_values(lines, &|_| true).serialize(serializer)
}

/// The lines for a template. Most cells of a form are blank: those that are alike are one value.
fn line_values(lines: &[GridLine], uses: &dyn Fn(&str) -> bool) -> Vec<tera::Value> {
    let fields = if_used(&fields(), uses);
    let mut blanks: BTreeMap<(&str, &str), tera::Value> = BTreeMap::new();
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let cells = line.cells.iter().map(|cell| {
            let made = || values(&fields, cell);
            if !cell.text.is_empty() || !cell.id.is_empty() || !cell.mark.is_empty() {
                return made();
            }
            blanks.entry((cell.kind, &cell.class)).or_insert_with(made).clone()
        });
        let cells: Vec<tera::Value> = cells.collect();
        let line = LineValue { id: &line.id, role: line.role, level: line.level, cells };
        all.push(tera::Value::from_serializable(&line));
    }
    all
}

/// The columns no line prints anything in.
fn voids(lines: &[GridLine]) -> Vec<usize> {
    let width = lines.first().map_or(0, |line| line.cells.len());
    let is_void = |column: &usize| lines.iter().all(|line| line.cells[*column].text.is_empty());
    (0..width).filter(is_void).collect()
}

/// How many columns of an earlier year stand after a panel.
fn added(years: &[Option<YearBefore>], panel: usize) -> usize {
    if years.get(panel).is_some_and(Option::is_some) { 2 } else { 0 }
}

/// Where each column of the sheet stands in the grid, from 0.
fn page_columns(sheet: &Sheet, years: &[Option<YearBefore>]) -> Vec<usize> {
    let before = |panel: usize| (0..panel).map(|panel| added(years, panel)).sum::<usize>();
    let columns = sheet.columns.iter().enumerate();
    columns
        .map(|(index, column)| index + column.stated.map_or(0, |stated| before(stated.panel)))
        .collect()
}

fn halves(sheet: &Sheet, page_columns: &[usize]) -> Vec<usize> {
    let begins = sheet.columns.iter().zip(page_columns).filter(|(column, _)| {
        column.stated.is_some_and(|stated| stated.panel > 0 && stated.index == 0)
    });
    begins.map(|(_, place)| *place).collect()
}

fn numbers(sheet: &Sheet, years: &[Option<YearBefore>], page_columns: &[usize]) -> Vec<String> {
    let Some(label) = sheet.numbers_title else { return Vec::new() };
    // What the form does not have it does not number.
    let more: usize = (0..sheet.panels()).map(|panel| added(years, panel)).sum();
    let mut numbers = vec![String::new(); sheet.columns.len() + more];
    for (column, place) in sheet.columns.iter().zip(page_columns) {
        numbers[*place] =
            column.stated.map_or_else(|| label.to_owned(), |stated| stated.number.to_string());
    }
    numbers
}

fn head(
    sheet: &Sheet,
    years: &[Option<YearBefore>],
    page_columns: &[usize],
    voids: &[usize],
) -> Vec<Vec<HeadCell>> {
    let headings = sheet.headings();
    let height = headings.len();
    let mut rows = Vec::with_capacity(height);
    for headings in headings {
        let mut row = Vec::with_capacity(headings.len());
        for heading in headings {
            row.push(head_cell(sheet, &heading, page_columns, voids));
            let last = (heading.column + heading.width).checked_sub(1);
            let last = last.filter(|_| rows.is_empty() && heading.width > 0);
            let Some((last, before)) =
                last.and_then(|last| Some((last, ended(sheet, years, last)?)))
            else {
                continue;
            };
            let own = [("prior", before.year.clone()), ("change", String::new())];
            row.extend(own.into_iter().zip(1..).map(|((kind, text), on)| HeadCell {
                text,
                colspan: 1,
                rowspan: height,
                scope: "col",
                kind,
                void: voids.contains(&(page_columns[last] + on)),
                unit: String::new(),
            }));
        }
        rows.push(row);
    }
    rows
}

/// What the panel was in an earlier year whose last column this is.
fn ended<'y>(
    sheet: &Sheet,
    years: &'y [Option<YearBefore>],
    column: usize,
) -> Option<&'y YearBefore> {
    let stated = sheet.columns[column].stated?;
    let is_last = stated.index + 1 == sheet.form(stated.panel).columns.len();
    years.get(stated.panel).filter(|_| is_last)?.as_ref()
}

fn head_cell(
    sheet: &Sheet,
    heading: &Heading,
    page_columns: &[usize],
    voids: &[usize],
) -> HeadCell {
    let columns = heading.column..heading.column + heading.width;
    let first = sheet.columns.get(heading.column).filter(|_| !heading.is_group);
    let unit = first.and_then(|column| column.unit).unwrap_or_default();
    let stated = first.and_then(|column| column.stated);
    HeadCell {
        text: heading.text.to_owned(),
        colspan: heading.width,
        rowspan: heading.height,
        scope: if heading.is_group { "colgroup" } else { "col" },
        kind: match stated {
            _ if heading.is_group => "group",
            None => "number",
            Some(stated) => kind(stated.spec.kind),
        },
        void: page_columns[columns].iter().all(|place| voids.contains(place)),
        unit: unit.to_owned(),
    }
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Amount | ColumnKind::Quantity | ColumnKind::Percent => "figure",
        ColumnKind::Code => "code",
        ColumnKind::Label => "label",
        ColumnKind::Text | ColumnKind::Target => "text",
    }
}

fn lines<'a>(
    sheet: &Sheet<'a>,
    table: &Table,
    subject: &dyn Fn(&str, &str) -> String,
    years: &[Option<YearBefore>],
) -> Vec<GridLine<'a>> {
    let mut lines = Vec::new();
    let single = sheet.panels() == 1;
    let is_numbered = sheet.columns.first().is_some_and(|column| column.stated.is_none());
    for printed in sheet.lines() {
        let mut line = GridLine { id: String::new(), role: "mixed", level: 1, cells: Vec::new() };
        if is_numbered {
            line.cells.push(plain("number", printed.number.to_string()));
        }
        for (panel, row) in printed.rows.iter().copied().enumerate() {
            let columns = 0..sheet.form(panel).columns.len();
            match row.map(|row| sheet.row(panel, row)) {
                None => line.cells.extend(columns.map(|_| plain("filler", String::new()))),
                Some(row) => {
                    if single {
                        line.id = url::row_anchor(table, panel, row.index);
                        (line.role, line.level) = (row.content.role.word(), row.content.level);
                    }
                    line.cells.extend(columns.map(|column| GridCell {
                        url: code_url(&row, column, subject),
                        ..cell(table, &row, column, single)
                    }));
                }
            }
            if let Some(Some(before)) = years.get(panel) {
                let prior = row.and_then(|row| before.rows.get(&row));
                let text = |of: &dyn Fn(&RowBefore) -> String| prior.map(of).unwrap_or_default();
                line.cells.push(plain("prior", text(&|row| row.text.clone())));
                line.cells.push(GridCell {
                    mark: prior.map(|row| row.mark).unwrap_or_default(),
                    ..plain("change", text(&|row| row.change.clone()))
                });
            }
        }
        lines.push(line);
    }
    lines
}

fn plain<'a>(kind: &'static str, text: String) -> GridCell<'a> {
    GridCell {
        text: text.into(),
        kind,
        header: false,
        id: String::new(),
        class: kind.to_owned(),
        url: String::new(),
        mark: "",
        term: None,
    }
}

/// The page of the code a cell prints.
fn code_url(row: &Row, column: usize, subject: &dyn Fn(&str, &str) -> String) -> String {
    let is_code =
        row.form.columns[column].kind == ColumnKind::Code && row.value(column) != Value::Blank;
    let code = class_code(row.form, row.content).filter(|_| is_code);
    code.map(|(classification, code)| subject(classification, code)).unwrap_or_default()
}

fn cell<'a>(table: &Table, row: &Row<'a>, column: usize, single: bool) -> GridCell<'a> {
    let value = row.value(column);
    let header = row.is_named_by(column);
    let id = match value {
        _ if header && !single => url::row_anchor(table, row.panel, row.index),
        Value::Figure(..) | Value::Withheld(_) => {
            url::cell_anchor(table, row.panel, row.index, column)
        }
        _ => String::new(),
    };
    let kind = match value {
        Value::Filler => "filler",
        Value::Blank => "blank",
        Value::NotApplicable(_) => "na",
        Value::Withheld(_) => "withheld",
        Value::LineNumber(_) => "number",
        Value::Figure(..) | Value::Code(_) | Value::Words(_) => kind(row.form.columns[column].kind),
    };
    GridCell {
        text: value.printed(),
        kind,
        header,
        id,
        mark: "",
        class: class(kind, header, row.content, single),
        term: None,
        url: String::new(),
    }
}

fn class(kind: &str, header: bool, row: &model::Row, single: bool) -> String {
    let mut class = String::new();
    if !header && !matches!(kind, "figure" | "blank") {
        class.push_str(kind);
    }
    if !single && row.role != Role::Detail {
        class.extend([" ", row.role.word()]);
    }
    if !single && header {
        class.push_str(&format!(" l{}", row.level));
    }
    class.trim_start().to_owned()
}
