//! A table → a sheet: title and lines above, the tree of headings merged as printed, its lines, its
//! note.

use rust_xlsxwriter::Worksheet;

use super::canvas::Canvas;
use super::styles::{DEEPEST, Styles};
use super::width::{self, Tenths};
use crate::model::Table;
use crate::profile::ColumnKind;
use crate::sheet::{Column, Heading, Line, Sheet, Value};

/// The widest a column of names, and one of words, stands; the narrowest of figures.
const NAMES: Tenths = 460;
const WORDS: Tenths = 420;
const FIGURES: Tenths = 95;

/// How far a level of names is indented.
const INDENT: Tenths = 18;

/// The sheet of a table.
pub(super) fn sheet(name: &str, table: &Table, styles: &Styles) -> Worksheet {
    let sheet = Sheet::of(table);
    let headings = sheet.headings();
    let mut canvas = Canvas::new(name, styles, widths(&sheet));
    let width = sheet.columns.len();
    if width == 0 {
        canvas.text((0, 0), sheet.title, &styles.title);
        return canvas.done(0);
    }
    let mut row = above(&mut canvas, &sheet, width);
    let head = row;
    row = head_rows(&mut canvas, &headings, row);
    row = numbers(&mut canvas, &sheet, row);
    let body = row;
    for line in sheet.lines() {
        self::line(&mut canvas, &sheet, &line, row);
        row += 1;
    }
    // A grid of headings alone would look cut off.
    if row == body {
        (0..width).for_each(|column| canvas.blank((row, column), &styles.blank));
        row += 1;
    }
    if let Some(note) = sheet.note {
        canvas.span((row, 0), (1, width), note, &styles.note);
        canvas.high(row, width::lines(note, canvas.wide(0, width)));
        row += 1;
    }
    canvas.print_across(head..body, leading(&sheet));
    canvas.done(row)
}

/// The title and the lines above the headings; the row after them.
fn above(canvas: &mut Canvas, sheet: &Sheet, width: usize) -> usize {
    let styles = canvas.styles;
    canvas.span((0, 0), (1, width), sheet.title, &styles.title);
    canvas.high(0, width::lines(sheet.title, canvas.wide(0, width) * 2 / 3).max(2));
    let count = sheet.caption.len();
    for (index, line) in sheet.caption.iter().enumerate() {
        // The last line of several is that of the unit, at the end of the line.
        let is_end = index > 0 && index + 1 == count;
        let format = if is_end { &styles.caption_end } else { &styles.caption };
        canvas.span((index + 1, 0), (1, width), line, format);
        canvas.high(index + 1, width::lines(line, canvas.wide(0, width)));
    }
    count + 1
}

/// The tree of headings; the row after it.
pub(super) fn head_rows(canvas: &mut Canvas, headings: &[Vec<Heading>], first: usize) -> usize {
    let mut heights = vec![1; headings.len()];
    let rows = headings.iter().enumerate();
    let all: Vec<(usize, &Heading)> =
        rows.flat_map(|(row, headings)| headings.iter().map(move |one| (row, one))).collect();
    for (row, heading) in &all {
        let lines = width::lines(heading.text, canvas.wide(heading.column, heading.width));
        // What reaches down needs the last of its rows higher only as far as the others are not.
        let reached: usize = heights[*row..row + heading.height - 1].iter().sum();
        let last = &mut heights[row + heading.height - 1];
        *last = (*last).max(lines.saturating_sub(reached));
    }
    let format = &canvas.styles.head;
    for (row, heading) in all {
        let at = (first + row, heading.column);
        canvas.span(at, (heading.height, heading.width), heading.text, format);
    }
    for (row, lines) in heights.into_iter().enumerate() {
        canvas.high(first + row, lines);
    }
    first + headings.len()
}

/// The row that numbers the columns, where the form has one; the row after it.
fn numbers(canvas: &mut Canvas, sheet: &Sheet, row: usize) -> usize {
    let Some(title) = sheet.numbers_title else { return row };
    let format = &canvas.styles.number;
    for (column, stated) in sheet.columns.iter().enumerate() {
        match stated.stated {
            Some(stated) => canvas.count((row, column), stated.number, format),
            None => canvas.text((row, column), title, format),
        }
    }
    row + 1
}

fn line(canvas: &mut Canvas, sheet: &Sheet, line: &Line, row: usize) {
    let mut lines = 1;
    for (at, (column, value)) in sheet.columns.iter().zip(line.values()).enumerate() {
        let stands = line.row_in(column);
        let is_strong = stands.as_ref().is_some_and(|(_, row)| row.is_sum());
        match (stands, value) {
            (Some((stated, of)), Value::Words(name)) if of.is_named_by(stated.index) => {
                let depth = of.depth_in(stated.index);
                let format = canvas.styles.name(depth, is_strong);
                canvas.text((row, at), name, format);
                let room = canvas.widths[at].saturating_sub(indent(depth));
                lines = lines.max(width::lines(name, room));
            }
            (_, value) => {
                canvas.value((row, at), value, is_strong);
                if let Value::Words(words) = value {
                    lines = lines.max(width::lines(words, canvas.widths[at]));
                }
            }
        }
    }
    canvas.high(row, lines);
}

/// How many columns stand before the first figure of the first panel: they stay in sight.
fn leading(sheet: &Sheet) -> usize {
    if sheet.panels() > 1 {
        return 0;
    }
    let is_name = |column: &&Column| {
        column
            .stated
            .is_none_or(|stated| matches!(stated.spec.kind, ColumnKind::Code | ColumnKind::Label))
    };
    sheet.columns.iter().take_while(is_name).count()
}

fn widths(sheet: &Sheet) -> Vec<Tenths> {
    let mut widths: Vec<Tenths> = sheet.columns.iter().map(of_heading).collect();
    for line in sheet.lines() {
        for (at, (column, value)) in sheet.columns.iter().zip(line.values()).enumerate() {
            let depth = line.row_in(column).map(|(stated, row)| row.depth_in(stated.index));
            let indent = indent(depth.unwrap_or_default());
            let wide = match value {
                Value::Words(words) => (width::of(words) + indent).min(widest(column)),
                // Bold digits are wider.
                other => width::of(&other.printed()) * 11 / 10,
            };
            widths[at] = widths[at].max(wide);
        }
    }
    widths
}

/// How far a name so many levels below the highest is indented.
fn indent(depth: usize) -> Tenths {
    depth.min(DEEPEST) * INDENT
}

fn widest(column: &Column) -> Tenths {
    let is_name = column.stated.is_none_or(|stated| stated.spec.kind == ColumnKind::Label);
    if is_name { NAMES } else { WORDS }
}

/// How wide a column is at least: its heading may stand in two lines.
fn of_heading(column: &Column) -> Tenths {
    let heading = width::of(column.title);
    let is_figure = column.stated.is_some_and(|stated| stated.spec.kind.is_figure());
    let least = if is_figure { FIGURES } else { heading.min(FIGURES) };
    least.max((heading / 2 + 30).min(heading)).min(WORDS)
}
