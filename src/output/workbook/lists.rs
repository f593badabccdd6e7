//! The projects of a disclosure, the indicators of all of them, and its corrections as lists: a sheet
//! each, to sort and to sift.

use rust_xlsxwriter::Worksheet;

use super::canvas::Canvas;
use super::styles::Styles;
use super::table::head_rows;
use super::width::{self, Tenths};
use crate::amount;
use crate::model::{Disclosure, Project};
use crate::page::CorrectionLine;
use crate::profile::{ColumnKind, FieldSpec, ProjectSpec};
use crate::sheet::{Heading, Value};
use crate::theme::Theme;

/// The widest a column of a list stands.
const WIDEST: Tenths = 480;

/// How many lines a cell is to have at most, as far as the widest column three times over allows.
const LINES: usize = 20;

/// The narrowest.
const NARROWEST: Tenths = 100;

/// A column of a list.
struct ListColumn<'a> {
    /// The heading over several; none over its own alone.
    group: Option<&'a str>,
    title: &'a str,
}

/// What a cell of a list holds.
enum Item<'a> {
    Value(Value<'a>),
    /// A share in per cent.
    Share(Value<'a>),
    Text(String),
}

/// The list of projects: their fields, their payment plan, their goals.
pub(super) fn projects(
    name: &str,
    disclosure: &Disclosure,
    spec: &ProjectSpec,
    styles: &Styles,
) -> Worksheet {
    let fields = spec.fields.values().map(of_field);
    let steps = spec.payment_plan.iter().flat_map(|plan| {
        let step = |step| ListColumn { group: Some(plan.title.as_str()), title: step };
        plan.steps.values().map(String::as_str).map(step)
    });
    let goals = spec.goals.as_deref().unwrap_or_default();
    let whole = spec.goal_parts.is_empty().then_some(ListColumn { group: None, title: goals });
    let parts = spec.goal_parts.values();
    let parts = parts.map(|part| ListColumn { group: Some(goals), title: part });
    let columns: Vec<ListColumn> = fields.chain(steps).chain(whole).chain(parts).collect();
    let rows = disclosure.projects.iter().map(|project| items(spec, project)).collect();
    list(name, &columns, rows, styles)
}

/// What a project says in each column.
fn items<'a>(spec: &'a ProjectSpec, project: &'a Project) -> Vec<Item<'a>> {
    let fields = spec.fields.values().zip(&project.fields);
    let fields = fields.map(|(field, cell)| Item::Value(Value::of(cell, field.kind)));
    let plan = project.plan.iter();
    let plan = plan.map(|cell| Item::Share(Value::of(cell, ColumnKind::Percent)));
    let goals_of = |part: &str| {
        let goals = project.goals.iter().find(|(other, _)| other == part);
        Item::Text(goals.map(|(_, goals)| goals.join("\n")).unwrap_or_default())
    };
    let whole = spec.goal_parts.is_empty().then(|| goals_of(""));
    let parts = spec.goal_parts.values().map(|part| goals_of(part));
    fields.chain(plan).chain(whole).chain(parts).collect()
}

/// The list of indicators, each after what tells its project apart.
pub(super) fn indicators(
    name: &str,
    disclosure: &Disclosure,
    spec: &ProjectSpec,
    styles: &Styles,
) -> Worksheet {
    let is_telling = |field: &FieldSpec| matches!(field.kind, ColumnKind::Code | ColumnKind::Label);
    let telling: Vec<(usize, &FieldSpec)> =
        spec.fields.values().enumerate().filter(|(_, field)| is_telling(field)).collect();
    let own = spec.indicators.iter();
    let own = own.map(|column| ListColumn { group: None, title: &column.title });
    let columns: Vec<ListColumn> = telling
        .iter()
        .map(|(_, field)| ListColumn { group: None, title: &field.title })
        .chain(own)
        .collect();
    let mut rows = Vec::new();
    for project in &disclosure.projects {
        for cells in &project.indicators {
            let telling = telling
                .iter()
                .map(|(at, field)| Item::Value(Value::of(&project.fields[*at], field.kind)));
            let own = spec.indicators.iter().zip(cells);
            let own = own.map(|(column, cell)| Item::Value(Value::of(cell, column.kind)));
            rows.push(telling.chain(own).collect());
        }
    }
    list(name, &columns, rows, styles)
}

/// The list of corrections: when, of what, what was published, what it became, why.
pub(super) fn corrections(
    name: &str,
    lines: &[CorrectionLine],
    theme: &Theme,
    styles: &Styles,
) -> Worksheet {
    let words = ["date", "name", "was", "now", "unit", "reason"];
    let titles = words.map(|word| theme.word(&format!("corrections_{word}")));
    let columns = titles.map(|title| ListColumn { group: None, title });
    list(name, &columns, lines.iter().map(of_correction).collect(), styles)
}

/// What a line says in each column: amounts as numbers.
fn of_correction<'a>(line: &'a CorrectionLine) -> Vec<Item<'a>> {
    let words = |text: &'a str| Item::Value(Value::Words(text));
    let value = |text: &'a str| match amount::parse(text) {
        Ok(figure) if line.unit.is_some() => {
            Item::Value(Value::Figure(figure.value, figure.grouped))
        }
        _ => words(text),
    };
    let [was, now] = line.values.as_ref().map_or(["", ""], |[was, now]| [was, now]).map(value);
    let [unit, reason] = [line.unit.unwrap_or_default(), &line.correction.reason].map(words);
    vec![words(&line.correction.date), words(&line.name), was, now, unit, reason]
}

fn of_field(field: &FieldSpec) -> ListColumn<'_> {
    ListColumn { group: field.group.as_deref(), title: &field.title }
}

fn list(name: &str, columns: &[ListColumn], rows: Vec<Vec<Item>>, styles: &Styles) -> Worksheet {
    let headings = headings(columns);
    let mut canvas = Canvas::new(name, styles, widths(columns, &rows));
    let body = head_rows(&mut canvas, &headings, 0);
    let count = rows.len();
    for (row, items) in rows.into_iter().enumerate() {
        let row = body + row;
        let mut lines = 1;
        for (column, item) in items.into_iter().enumerate() {
            let at = (row, column);
            let text = match item {
                Item::Share(value) => {
                    canvas.share(at, value);
                    continue;
                }
                Item::Value(value) => {
                    canvas.value(at, value, false);
                    value.printed().into_owned()
                }
                Item::Text(text) => {
                    canvas.text(at, &text, &styles.words);
                    text
                }
            };
            lines = lines.max(width::lines(&text, canvas.widths[column]));
        }
        canvas.high(row, lines);
    }
    canvas.print_across(0..body, columns.len().min(2));
    canvas.sift(body.saturating_sub(1), count);
    canvas.done(body + count)
}

/// One row of headings, or two where some stand under a common one.
fn headings<'a>(columns: &[ListColumn<'a>]) -> Vec<Vec<Heading<'a>>> {
    let is_one = columns.iter().all(|column| column.group.is_none());
    let depth = if is_one { 1 } else { 2 };
    let mut rows: Vec<Vec<Heading>> = vec![Vec::new(); depth];
    for (at, column) in columns.iter().enumerate() {
        let own = Heading { text: column.title, column: at, width: 1, height: 1, is_group: false };
        let Some(group) = column.group else {
            rows[0].push(Heading { height: depth, ..own });
            continue;
        };
        match rows[0].last_mut().filter(|above| above.is_group && above.text == group) {
            Some(above) => above.width += 1,
            None => rows[0].push(Heading { text: group, is_group: true, ..own }),
        }
        rows[1].push(own);
    }
    rows
}

/// How wide words stand: long ones wider, so that a row is high enough for them.
fn of_words(words: &str) -> Tenths {
    let widest = (width::lines(words, WIDEST) * WIDEST / LINES).clamp(WIDEST, 3 * WIDEST);
    width::of(words).min(widest)
}

fn widths(columns: &[ListColumn], rows: &[Vec<Item>]) -> Vec<Tenths> {
    let mut widths: Vec<Tenths> =
        columns.iter().map(|column| width::of(column.title).clamp(NARROWEST, WIDEST)).collect();
    for (at, item) in rows.iter().flat_map(|items| items.iter().enumerate()) {
        let wide = match item {
            Item::Share(_) => continue,
            Item::Value(Value::Words(words)) => of_words(words),
            Item::Value(value) => width::of(&value.printed()),
            Item::Text(text) => of_words(text),
        };
        widths[at] = widths[at].max(wide);
    }
    widths
}
