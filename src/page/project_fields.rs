//! The fields of one project: in the groups of the form, and the groups that stand side by side as a grid.

use serde::Serialize;

use super::View;
use super::corrections::marks;
use crate::model::{At, Cell, Disclosure, Hidden};
use crate::profile::ColumnKind;

/// Fields printed together.
#[derive(Serialize)]
pub(super) struct GroupContext {
    /// The heading; empty where the form has none.
    title: String,
    /// The fields, where they stand one below another.
    fields: Vec<FieldContext>,
    /// The headings of the columns, where fields stand in a grid; empty elsewhere.
    columns: Vec<String>,
    /// The rows of the grid.
    rows: Vec<GridRow>,
}

/// The fields of one heading, in several groups.
#[derive(Serialize)]
struct GridRow {
    /// The heading.
    title: String,
    /// A field for each column, or none.
    cells: Vec<Option<FieldContext>>,
}

/// One field.
#[derive(Serialize)]
struct FieldContext {
    /// Its id: its anchor.
    id: String,
    /// Its heading.
    title: String,
    /// What is printed.
    text: String,
    /// `figure`, `code`, `label`, `text`, `blank`, `na` or `withheld`.
    kind: &'static str,
    /// The unit of an amount, or per cent; empty where it is neither.
    unit: String,
    /// What is said of its correction on this page; empty where it has none.
    correction: String,
}

/// The fields in printed order, the name left out. The grid stands where the first of its groups does.
pub(super) fn groups(view: &View, disclosure: &Disclosure, index: usize) -> Vec<GroupContext> {
    let mut groups: Vec<GroupContext> = Vec::new();
    let Some(spec) = disclosure.project_spec() else { return groups };
    let mut marks = marks(view, disclosure);
    let project = &disclosure.projects[index];
    let mut grid_at: Option<usize> = None;
    for (number, (field, cell)) in spec.fields.values().zip(&project.fields).enumerate() {
        if field.kind == ColumnKind::Label {
            continue;
        }
        let text = cell.text();
        let at = At::Field(index, number);
        let unit = disclosure.printed_unit(at).filter(|_| cell.figure().is_some());
        let correction = marks.remove(&Hidden::Cell(at)).filter(|_| !text.is_empty());
        let context = FieldContext {
            id: field.id.clone(),
            title: field.title.clone(),
            text,
            kind: cell_kind(cell, field.kind),
            unit: unit.unwrap_or_default().to_owned(),
            correction: correction.unwrap_or_default(),
        };
        let title = field.group.clone().unwrap_or_default();
        let column = spec
            .grid
            .as_ref()
            .and_then(|grid| Some((grid, grid.groups.iter().position(|group| *group == title)?)));
        if let Some((grid, column)) = column {
            let at = *grid_at.get_or_insert_with(|| {
                let columns = grid.groups.clone();
                groups.push(GroupContext { columns, ..GroupContext::new(grid.title.clone()) });
                groups.len() - 1
            });
            groups[at].place(column, context);
            continue;
        }
        let is_open =
            groups.last().is_some_and(|last| last.columns.is_empty() && last.title == title);
        if !is_open {
            groups.push(GroupContext::new(title));
        }
        groups.last_mut().expect("one was just made").fields.push(context);
    }
    groups
}

impl GroupContext {
    fn new(title: String) -> GroupContext {
        GroupContext { title, fields: Vec::new(), columns: Vec::new(), rows: Vec::new() }
    }

    /// Puts a field into the row of its heading.
    fn place(&mut self, column: usize, field: FieldContext) {
        let row = self.rows.iter().position(|row| row.title == field.title);
        let row = row.unwrap_or_else(|| {
            let cells = self.columns.iter().map(|_| None).collect();
            self.rows.push(GridRow { title: field.title.clone(), cells });
            self.rows.len() - 1
        });
        self.rows[row].cells[column] = Some(field);
    }
}

/// `figure`, `code`, `label`, `text` or `target`.
pub(super) fn column_kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Amount | ColumnKind::Quantity | ColumnKind::Percent => "figure",
        ColumnKind::Code => "code",
        ColumnKind::Label => "label",
        ColumnKind::Text => "text",
        ColumnKind::Target => "target",
    }
}

/// That of its column, or `blank`, `na` or `withheld`.
pub(super) fn cell_kind(cell: &Cell, kind: ColumnKind) -> &'static str {
    match cell {
        Cell::Blank => "blank",
        Cell::NotApplicable(_) => "na",
        Cell::Withheld(_) => "withheld",
        Cell::Figure(..) | Cell::Text(_) => column_kind(kind),
    }
}
