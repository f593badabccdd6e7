//! A table of a disclosure laid out as its form prints it: what stands above it, the tree of its
//! headings, the numbers of its columns, its panels side by side, every cell as a typed value.
//! Pages and data files read it; it knows no format. Values are borrowed from the model.

mod head;
mod lines;

use std::borrow::Cow;

pub use head::{Heading, headings, path};

use crate::amount::{self, Decimal};
use crate::model::{self, Table};
use crate::profile::{ColumnKind, ColumnSpec, PanelSpec, Role};

/// A table laid out.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Its title as printed.
    pub title: &'a str,
    /// The lines above it as printed: who, which year, which unit.
    pub caption: &'a [String],
    /// Facts printed above it: heading and value. The caption may print them again.
    pub facts: &'a [(String, String)],
    /// The unit of its amounts, where it has one.
    pub unit: Option<&'a str>,
    /// The note under it.
    pub note: Option<&'a str>,
    /// Whether no row holds more than its name and code: the fourth kind of empty, which a note
    /// explains.
    pub is_empty: bool,
    /// What the form calls the row that numbers the columns, where it has such a row.
    pub numbers_title: Option<&'a str>,
    /// The columns, left to right: that of the line numbers first, where the form has one.
    pub columns: Vec<Column<'a>>,
    table: &'a Table,
    /// The rows of its lines: one a panel, line after line.
    aligned: Vec<Option<usize>>,
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Its own heading.
    pub title: &'a str,
    /// Where the form states it; nothing for the running numbers of the lines.
    pub stated: Option<Stated<'a>>,
    /// The unit of its amounts; nothing where it has none or does not hold amounts.
    pub unit: Option<&'a str>,
}

/// A column as the form states it.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The index of its panel.
    pub panel: usize,
    /// Its index in that panel.
    pub index: usize,
    /// The number printed under its headings, from 1, where the form numbers its columns.
    pub number: usize,
    /// How many decimals its amounts are printed with.
    pub decimals: u32,
    /// What the form says of it.
    pub spec: &'a ColumnSpec,
}

/// A row of one panel.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The index of its panel.
    pub panel: usize,
    /// Its index in that panel.
    pub index: usize,
    /// The form of that panel.
    pub form: &'a PanelSpec,
    /// The row: its key, code, name, role and level.
    pub content: &'a model::Row,
    table: &'a Table,
}

/// A line of the sheet as printed: a row of each panel.
#[derive(Clone, Copy, Debug)]
pub struct Line<'s, 'a> {
    /// Its running number, from 1.
    pub number: usize,
    /// The row of each panel; nothing where the other panels go on alone.
    pub rows: &'s [Option<usize>],
    sheet: &'s Sheet<'a>,
}

/// What a cell prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing: the other panels go on alone.
    Filler,
    /// Nothing was written.
    Blank,
    /// Does not apply, as printed.
    NotApplicable(&'a str),
    /// Withheld for secrecy, as printed.
    Withheld(&'a str),
    /// The running number of the line.
    LineNumber(usize),
    /// A figure with the decimals it is printed with; `true` where thousands are parted by commas.
    Figure(Decimal, bool),
    /// A code: its digits are no quantity.
    Code(&'a str),
    /// Words.
    Words(&'a str),
}

impl<'a> Sheet<'a> {
    /// Lays out a table.
    pub fn of(table: &'a Table) -> Sheet<'a> {
        Sheet {
            title: &table.title,
            caption: &table.caption,
            facts: &table.facts,
            unit: table.spec.unit.as_deref(),
            note: table.note.as_deref(),
            is_empty: table.is_empty(),
            numbers_title: table.spec.column_numbers.as_deref(),
            columns: columns(table),
            aligned: lines::aligned(table),
            table,
        }
    }

    /// Its headings, from the top row down.
    pub fn headings(&self) -> Vec<Vec<Heading<'a>>> {
        head::headings(&self.table.spec)
    }

    /// The headings over a column, from the top down, its own the last.
    pub fn path(&self, column: &Column<'a>) -> Vec<&'a str> {
        match column.stated {
            Some(stated) => head::path(self.form(stated.panel), stated.index),
            None => vec![column.title],
        }
    }

    /// How many panels stand side by side.
    pub fn panels(&self) -> usize {
        self.table.panels.len()
    }

    /// The form of a panel.
    pub fn form(&self, panel: usize) -> &'a PanelSpec {
        &self.table.spec.panels[panel]
    }

    /// Its lines as printed.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_, 'a>> {
        let lines = self.aligned.chunks_exact(self.panels()).enumerate();
        lines.map(|(index, rows)| Line { number: index + 1, rows, sheet: self })
    }

    /// A row.
    pub fn row(&self, panel: usize, index: usize) -> Row<'a> {
        Row {
            panel,
            index,
            form: self.form(panel),
            content: &self.table.panels[panel].rows[index],
            table: self.table,
        }
    }

    /// Every row, panel after panel, in the author's order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        let all = self.table.panels.iter().enumerate();
        all.flat_map(|(panel, content)| (0..content.rows.len()).map(move |row| (panel, row)))
            .map(|(panel, row)| self.row(panel, row))
    }
}

impl<'a> Line<'_, 'a> {
    /// A column as the form states it, and the row of its panel that stands here; nothing for the running
    /// numbers, and where the other panels go on alone.
    pub fn row_in(&self, column: &Column<'a>) -> Option<(Stated<'a>, Row<'a>)> {
        let stated = column.stated?;
        Some((stated, self.sheet.row(stated.panel, self.rows[stated.panel]?)))
    }

    /// What it prints, a value for each column of the sheet.
    pub fn values(&self) -> impl Iterator<Item = Value<'a>> {
        self.sheet.columns.iter().map(|column| {
            let Some(stated) = column.stated else { return Value::LineNumber(self.number) };
            let row = self.rows[stated.panel].map(|row| self.sheet.row(stated.panel, row));
            row.map_or(Value::Filler, |row| row.value(stated.index))
        })
    }
}

impl<'a> Row<'a> {
    /// What it prints in a column of its panel.
    pub fn value(&self, column: usize) -> Value<'a> {
        Value::of(&self.content.cells[column], self.form.columns[column].kind)
    }

    /// Whether a cell names the row: a label, or a total's name where its code would stand.
    pub fn is_named_by(&self, column: usize) -> bool {
        let is_name = match self.form.columns[column].kind {
            ColumnKind::Label => true,
            ColumnKind::Code => self.content.code.is_none(),
            _ => false,
        };
        is_name && !self.content.cells[column].is_blank()
    }

    /// Whether it sums up others.
    pub fn is_sum(&self) -> bool {
        matches!(self.content.role, Role::Total | Role::Subtotal)
    }

    /// How many levels below the highest its name stands in a column: names in the column of codes stand at
    /// the highest.
    pub fn depth_in(&self, column: usize) -> usize {
        let is_label = self.form.columns[column].kind == ColumnKind::Label;
        if is_label { self.content.level.saturating_sub(1) } else { 0 }
    }

    /// Its address: `table/row`.
    pub fn address(&self) -> String {
        self.table.row_address(self.panel, self.index)
    }

    /// The address of a cell: `table/row/column`.
    pub fn address_of(&self, column: usize) -> String {
        self.table.cell_address(self.panel, self.index, column)
    }
}

impl<'a> Value<'a> {
    /// A cell of the model, in a column of a kind.
    pub fn of(cell: &'a model::Cell, kind: ColumnKind) -> Value<'a> {
        match cell {
            model::Cell::Blank => Value::Blank,
            model::Cell::Figure(value, grouped) => Value::Figure(*value, *grouped),
            model::Cell::Text(text) if kind == ColumnKind::Code => Value::Code(text),
            model::Cell::Text(text) => Value::Words(text),
            model::Cell::NotApplicable(mark) => Value::NotApplicable(mark),
            model::Cell::Withheld(mark) => Value::Withheld(mark),
        }
    }

    /// What is printed.
    pub fn printed(self) -> Cow<'a, str> {
        match self {
            Value::Filler | Value::Blank => Cow::Borrowed(""),
            Value::LineNumber(number) => Cow::Owned(number.to_string()),
            Value::Figure(value, grouped) => Cow::Owned(amount::print(value, grouped)),
            Value::NotApplicable(text)
            | Value::Withheld(text)
            | Value::Code(text)
            | Value::Words(text) => Cow::Borrowed(text),
        }
    }

    /// What is printed, a figure without commas between thousands.
    pub fn plain(self) -> Cow<'a, str> {
        match self {
            Value::Figure(value, _) => Value::Figure(value, false).printed(),
            other => other.printed(),
        }
    }
}

fn columns(table: &Table) -> Vec<Column<'_>> {
    let spec = &table.spec;
    let lines = spec.line_numbers.as_deref();
    let lines = lines.map(|title| Column { title, stated: None, unit: None });
    let all = spec.panels.iter().enumerate().flat_map(|(panel, form)| {
        form.columns.iter().enumerate().map(move |(index, column)| (panel, index, column))
    });
    let stated = all.enumerate().map(|(before, (panel, index, column))| Column {
        title: &column.title,
        stated: Some(Stated {
            panel,
            index,
            number: before + 1,
            decimals: table.decimals[panel][index],
            spec: column,
        }),
        unit: spec.unit_of(column),
    });
    lines.into_iter().chain(stated).collect()
}
