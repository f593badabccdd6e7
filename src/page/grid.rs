//! A table of the model to the grid a template prints: stacked headings with
//! their spans, the row that numbers the columns, panels side by side, line numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::told::{Field, Said, ToldLine, asked, told};
use super::year_before::{RowBefore, YearBefore};
use crate::model::subjects::class_code;
use crate::model::{Cell, Row, Table};
use crate::profile::{ColumnKind, Header, PanelSpec, Role, TableSpec};
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
    #[serde(serialize_with = "written")]
    pub lines: Vec<Line<'a>>,
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
    /// What its column holds, as in [`GridCell::kind`]; `group` over several, `was` over the
    /// figures of an earlier year and `by` over how far they are from this year's.
    pub kind: &'static str,
    /// Whether every column under it is blank from top to bottom.
    pub void: bool,
    /// The unit of its amounts; empty over several columns, or where they are not amounts.
    pub unit: String,
}

/// One printed line.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line<'a> {
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
    /// `was` for the figure of an earlier year, `by` for how far it is from this year's.
    pub kind: &'static str,
    /// Whether it names its row.
    pub header: bool,
    /// The anchor of the cell, or of a half line; empty where it cannot be cited.
    pub id: String,
    /// What it is to a style sheet: `void` in a column blank from top to bottom, `half` where a panel
    /// begins beside another, its kind where that is neither a figure nor blank, and where several
    /// panels share the line the role of its row, and how deep that stands where it is named.
    pub class: String,
    /// The page of the classification code it prints; empty where there is none.
    pub url: String,
    /// A word of the theme that says what to know of a `by`; empty elsewhere.
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
    let spec = &table.spec;
    let columns: usize = spec.panels.iter().map(|panel| panel.columns.len()).sum();
    let mut lines = lines(table, subject, years);
    let empty = table.is_empty();
    let voids = if empty { Vec::new() } else { voids(&lines) };
    let halves = halves(spec, years);
    for (column, cell) in lines.iter_mut().flat_map(|line| line.cells.iter_mut().enumerate()) {
        let stands = [("void ", &voids), ("half ", &halves)];
        if let Some((word, _)) = stands.into_iter().find(|(_, columns)| columns.contains(&column)) {
            cell.class.insert_str(0, word);
        }
        cell.class.truncate(cell.class.trim_end().len());
    }
    let mut head = head(spec, years);
    mark_voids(&mut head, &voids);
    GridContext {
        title: table.title.clone(),
        caption: table.caption.clone(),
        head,
        voids,
        unit: spec.unit.clone().unwrap_or_default(),
        numbers: numbers(spec, years),
        halves,
        years: !empty && years.iter().any(Option::is_some),
        width: columns + usize::from(spec.line_numbers.is_some()),
        lines,
        empty,
        note: table.note.clone().unwrap_or_default(),
    }
}

/// The fields of [`GridCell`].
fn fields<'a>() -> [Field<GridCell<'a>>; 8] {
    [
        ("text", |cell| Said::Text(&cell.text)),
        ("kind", |cell| Said::Text(cell.kind)),
        ("header", |cell| Said::Flag(cell.header)),
        ("id", |cell| Said::Text(&cell.id)),
        ("class", |cell| Said::Text(&cell.class)),
        ("url", |cell| Said::Text(&cell.url)),
        ("mark", |cell| Said::Text(cell.mark)),
        ("term", |cell| Said::Value(tera::Value::from_serializable(&cell.term))),
    ]
}

impl GridContext<'_> {
    /// The table as a template gets it: of its many cells only the fields that it may name.
    pub(super) fn told(mut self, asks: &dyn Fn(&str) -> bool) -> tera::Value {
        let lines = told_lines(&std::mem::take(&mut self.lines), asks);
        let mut told = tera::Value::from_serializable(&self).into_map().unwrap_or_default();
        told.insert("lines".into(), lines.into());
        told.into()
    }
}

fn written<S: Serializer>(lines: &[Line], serializer: S) -> Result<S::Ok, S::Error> {
    told_lines(lines, &|_| true).serialize(serializer)
}

/// The lines for a template. Most cells of a form are blank: those that are alike are one value.
fn told_lines(lines: &[Line], asks: &dyn Fn(&str) -> bool) -> Vec<tera::Value> {
    let fields = asked(&fields(), asks);
    let mut blanks: BTreeMap<(&str, &str), tera::Value> = BTreeMap::new();
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let cells = line.cells.iter().map(|cell| {
            let made = || told(&fields, cell);
            if !cell.text.is_empty() || !cell.id.is_empty() || !cell.mark.is_empty() {
                return made();
            }
            blanks.entry((cell.kind, &cell.class)).or_insert_with(made).clone()
        });
        let cells: Vec<tera::Value> = cells.collect();
        let line = ToldLine { id: &line.id, role: line.role, level: line.level, cells };
        all.push(tera::Value::from_serializable(&line));
    }
    all
}

/// The columns no line prints anything in.
fn voids(lines: &[Line]) -> Vec<usize> {
    let width = lines.first().map_or(0, |line| line.cells.len());
    let is_void = |column: &usize| lines.iter().all(|line| line.cells[*column].text.is_empty());
    (0..width).filter(is_void).collect()
}

/// Marks the headings over blank columns alone.
fn mark_voids(head: &mut [Vec<HeadCell>], voids: &[usize]) {
    // Which columns of a row of headings are taken by one that reaches down from above.
    let mut reaches: Vec<usize> = Vec::new();
    for (index, row) in head.iter_mut().enumerate() {
        let mut column = 0;
        for cell in row {
            while reaches.get(column).is_some_and(|down| *down > index) {
                column += 1;
            }
            let columns = column..column + cell.colspan;
            reaches.resize(reaches.len().max(columns.end), 0);
            reaches[columns.clone()].fill(index + cell.rowspan);
            cell.void = columns.clone().all(|column| voids.contains(&column));
            column = columns.end;
        }
    }
}

/// How many columns of an earlier year stand after a panel.
fn added(years: &[Option<YearBefore>], panel: usize) -> usize {
    if years.get(panel).is_some_and(Option::is_some) { 2 } else { 0 }
}

fn halves(spec: &TableSpec, years: &[Option<YearBefore>]) -> Vec<usize> {
    let mut at = usize::from(spec.line_numbers.is_some());
    let mut halves = Vec::new();
    for (index, panel) in spec.panels.iter().enumerate() {
        halves.push(at);
        at += panel.columns.len() + added(years, index);
    }
    halves.remove(0);
    halves
}

fn numbers(spec: &TableSpec, years: &[Option<YearBefore>]) -> Vec<String> {
    let Some(label) = &spec.column_numbers else { return Vec::new() };
    let mut numbers: Vec<String> =
        spec.line_numbers.is_some().then(|| label.clone()).into_iter().collect();
    let mut number = 0;
    for (index, panel) in spec.panels.iter().enumerate() {
        numbers.extend(panel.columns.iter().map(|_| {
            number += 1;
            number.to_string()
        }));
        // What the form does not have it does not number.
        numbers.resize(numbers.len() + added(years, index), String::new());
    }
    numbers
}

/// The heading tree flattened to rows, every heading reaching down to its columns.
fn head(spec: &TableSpec, years: &[Option<YearBefore>]) -> Vec<Vec<HeadCell>> {
    let depth = spec
        .panels
        .iter()
        .map(|panel| usize::from(panel.title.is_some()) + depth(&panel.header))
        .max()
        .unwrap_or(1);
    let mut rows: Vec<Vec<HeadCell>> = vec![Vec::new(); depth];
    if let Some(label) = &spec.line_numbers {
        rows[0].push(HeadCell {
            text: label.clone(),
            colspan: 1,
            rowspan: depth,
            scope: "col",
            kind: "number",
            void: false,
            unit: String::new(),
        });
    }
    let mut above: Option<&str> = None;
    for (index, panel) in spec.panels.iter().enumerate() {
        let title = panel.title.as_deref();
        // Panels side by side under one title share it.
        let shared = rows[0].last_mut().filter(|_| title.is_some() && title == above);
        if let Some(heading) = shared {
            heading.colspan += panel.columns.len();
        } else if let Some(title) = title {
            rows[0].push(HeadCell {
                text: title.to_owned(),
                colspan: panel.columns.len(),
                rowspan: 1,
                scope: "colgroup",
                kind: "group",
                void: false,
                unit: String::new(),
            });
        }
        place(spec, panel, &panel.header, usize::from(title.is_some()), &mut rows);
        if let Some(Some(before)) = years.get(index) {
            rows[0].extend([("was", before.year.clone()), ("by", String::new())].map(
                |(kind, text)| HeadCell {
                    text,
                    colspan: 1,
                    rowspan: depth,
                    scope: "col",
                    kind,
                    void: false,
                    unit: String::new(),
                },
            ));
        }
        above = title;
    }
    rows
}

fn place(
    spec: &TableSpec,
    panel: &PanelSpec,
    headers: &[Header],
    row: usize,
    rows: &mut Vec<Vec<HeadCell>>,
) {
    for header in headers {
        match header {
            Header::Column(index) => {
                let rowspan = rows.len() - row;
                let column = &panel.columns[*index];
                let unit = column.unit.as_ref().or(spec.unit.as_ref());
                rows[row].push(HeadCell {
                    text: column.title.clone(),
                    colspan: 1,
                    rowspan,
                    scope: "col",
                    kind: kind(column.kind),
                    void: false,
                    unit: unit
                        .filter(|_| column.kind == ColumnKind::Amount)
                        .cloned()
                        .unwrap_or_default(),
                });
            }
            Header::Group(title, inner) => {
                // What is over reaches down to what is under it, so that the lowest
                // headings of a group stand on one line with those of its neighbours.
                let rowspan = rows.len() - row - depth(inner);
                rows[row].push(HeadCell {
                    text: title.clone(),
                    colspan: width(inner),
                    rowspan,
                    scope: "colgroup",
                    kind: "group",
                    void: false,
                    unit: String::new(),
                });
                place(spec, panel, inner, row + rowspan, rows);
            }
        }
    }
}

fn depth(headers: &[Header]) -> usize {
    headers
        .iter()
        .map(|header| match header {
            Header::Column(_) => 1,
            Header::Group(_, inner) => 1 + depth(inner),
        })
        .max()
        .unwrap_or(1)
}

fn width(headers: &[Header]) -> usize {
    headers
        .iter()
        .map(|header| match header {
            Header::Column(_) => 1,
            Header::Group(_, inner) => width(inner),
        })
        .sum()
}

fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Amount | ColumnKind::Quantity | ColumnKind::Percent => "figure",
        ColumnKind::Code => "code",
        ColumnKind::Label => "label",
        ColumnKind::Text | ColumnKind::Target => "text",
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Detail => "detail",
        Role::Subtotal => "subtotal",
        Role::Total => "total",
        Role::Memo => "memo",
    }
}

fn lines<'a>(
    table: &'a Table,
    subject: &dyn Fn(&str, &str) -> String,
    years: &[Option<YearBefore>],
) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (index, places) in alignment(table).into_iter().enumerate() {
        let single = table.panels.len() == 1;
        let mut line = Line { id: String::new(), role: "mixed", level: 1, cells: Vec::new() };
        if table.spec.line_numbers.is_some() {
            line.cells.push(plain("number", (index + 1).to_string()));
        }
        for (panel, row) in places.into_iter().enumerate() {
            match row {
                None => line.cells.extend(
                    table.spec.panels[panel].columns.iter().map(|_| plain("filler", String::new())),
                ),
                Some(row) => {
                    let content = &table.panels[panel].rows[row];
                    if single {
                        line.id = url::row_anchor(table, panel, row);
                        (line.role, line.level) = (role(content.role), content.level);
                    }
                    line.cells.extend((0..content.cells.len()).map(|column| GridCell {
                        url: code_url(table, [panel, row, column], subject),
                        ..cell(table, panel, row, column, single)
                    }));
                }
            }
            if let Some(Some(before)) = years.get(panel) {
                let was = row.and_then(|row| before.rows.get(&row));
                let text = |of: &dyn Fn(&RowBefore) -> String| was.map(of).unwrap_or_default();
                line.cells.push(plain("was", text(&|row| row.text.clone())));
                line.cells.push(GridCell {
                    mark: was.map(|row| row.mark).unwrap_or_default(),
                    ..plain("by", text(&|row| row.change.clone()))
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
fn code_url(
    table: &Table,
    [panel, row, column]: [usize; 3],
    subject: &dyn Fn(&str, &str) -> String,
) -> String {
    let form = &table.spec.panels[panel];
    let row = &table.panels[panel].rows[row];
    let is_code = form.columns[column].kind == ColumnKind::Code && !row.cells[column].is_blank();
    let code = class_code(form, row).filter(|_| is_code);
    code.map(|(classification, code)| subject(classification, code)).unwrap_or_default()
}

fn cell(table: &Table, panel: usize, row: usize, column: usize, single: bool) -> GridCell<'_> {
    let spec = &table.spec.panels[panel].columns[column];
    let content = &table.panels[panel].rows[row];
    let cell = &content.cells[column];
    let is_label = spec.kind == ColumnKind::Label;
    // A total may be named where its code would stand.
    let is_name = content.code.is_none() && spec.kind == ColumnKind::Code;
    let header = !cell.is_blank() && (is_label || is_name);
    let id = match cell {
        _ if header && !single => url::row_anchor(table, panel, row),
        Cell::Figure(..) | Cell::Withheld(_) => url::cell_anchor(table, panel, row, column),
        _ => String::new(),
    };
    let kind = match cell {
        Cell::Blank => "blank",
        Cell::NotApplicable(_) => "na",
        Cell::Withheld(_) => "withheld",
        Cell::Figure(..) | Cell::Text(_) => kind(spec.kind),
    };
    GridCell {
        text: cell.words(),
        kind,
        header,
        id,
        mark: "",
        class: class(kind, header, content, single),
        term: None,
        url: String::new(),
    }
}

fn class(kind: &str, header: bool, row: &Row, single: bool) -> String {
    let mut class = String::new();
    if !header && !matches!(kind, "figure" | "blank") {
        class.push_str(kind);
    }
    if !single && row.role != Role::Detail {
        class.extend([" ", role(row.role)]);
    }
    if !single && header {
        class.push_str(&format!(" l{}", row.level));
    }
    class.trim_start().to_owned()
}

/// The word that totals share without the form saying so.
const TOTAL: &str = "";

/// Which row of each panel stands on which line. Rows that share a word of the
/// form stand on one line, and so do the totals of panels that have one; the rows
/// between fill up from the top.
fn alignment(table: &Table) -> Vec<Vec<Option<usize>>> {
    let panels = table.panels.len();
    let length = |panel: usize| table.panels[panel].rows.len();
    let word = |panel: usize, row: usize| {
        let content = &table.panels[panel].rows[row];
        match content.spec {
            Some(spec) => table.spec.panels[panel].rows[spec].align.as_deref(),
            None => (content.role == Role::Total).then_some(TOTAL),
        }
    };
    let words = |panel: usize| (0..length(panel)).filter_map(move |row| word(panel, row));
    let is_shared =
        |wanted: &str| (1..panels).any(|panel| words(panel).any(|other| other == wanted));
    let mut next = vec![0; panels];
    let mut lines: Vec<Vec<Option<usize>>> = Vec::new();
    let anchors: Vec<&str> = words(0).filter(|word| is_shared(word)).collect();
    for anchor in anchors.iter().copied().map(Some).chain([None]) {
        let find = |panel: usize, wanted: &dyn Fn(&str) -> bool| {
            (next[panel]..length(panel)).find(|row| word(panel, *row).is_some_and(wanted))
        };
        let stands: Vec<Option<usize>> =
            (0..panels).map(|panel| find(panel, &|word| Some(word) == anchor)).collect();
        // A panel without the word does not hold the others up, but goes on beside them.
        let ends: Vec<usize> = (0..panels)
            .map(|panel| stands[panel].or_else(|| find(panel, &|word| anchors.contains(&word))))
            .enumerate()
            .map(|(panel, end)| end.unwrap_or(length(panel)))
            .collect();
        let holds = |panel: &usize| anchor.is_none() || stands[*panel].is_some();
        let height = (0..panels).filter(holds).map(|panel| ends[panel] - next[panel]).max();
        let height = height.unwrap_or_default() + usize::from(anchor.is_some());
        for line in 1..=height {
            let row_of = |panel: usize| {
                let waits = anchor.is_some() && holds(&panel);
                let is_there = (waits && line == height) || next[panel] < ends[panel];
                is_there.then_some(next[panel])
            };
            let row: Vec<Option<usize>> = (0..panels).map(row_of).collect();
            for panel in 0..panels {
                next[panel] += usize::from(row[panel].is_some());
            }
            lines.push(row);
        }
    }
    lines
}
