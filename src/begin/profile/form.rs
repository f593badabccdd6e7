//! Grids of a document → the forms in them: title, lines above, headings, rows, notes.

use super::columns;
use super::head::{self, Head};
use super::names::Words;
use crate::import::document::{Block, Cell, Document, Grid};
use crate::import::one_line;
use crate::profile::ColumnKind;

/// A table of the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    pub(super) title: String,
    /// What is printed beside the title and holds a number.
    pub(super) number: Option<String>,
    /// The lines above it, the unit in them taken out.
    pub(super) caption: Vec<String>,
    pub(super) unit: Option<String>,
    /// The heading of the column of line numbers.
    pub(super) line_numbers: Option<String>,
    /// The word before the numbers of the columns.
    pub(super) column_numbers: Option<String>,
    pub(super) panels: Vec<Panel>,
    /// What the note under it begins with.
    pub(super) note: Option<String>,
}

/// Columns and rows that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Panel {
    pub(super) title: Option<String>,
    pub(super) header: Vec<Head>,
    pub(super) columns: Vec<Column>,
    /// The rows that hold something: one text a column.
    pub(super) rows: Vec<Vec<String>>,
    /// The numbers of the rows whose names the form prints.
    pub(super) printed: Vec<usize>,
    /// Whether there may be others.
    pub(super) open: bool,
    /// The digits of its codes, level by level.
    pub(super) lengths: Vec<usize>,
    /// The name of the row that totals it.
    pub(super) total_row: Option<String>,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its number in the grid.
    pub(super) at: usize,
    pub(super) title: String,
    pub(super) kind: ColumnKind,
}

/// The rows of a grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a>(&'a [Vec<Cell>]);

impl Rows<'_> {
    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    pub(super) fn width(self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.0.get(row)?.get(column)
    }

    /// What a cell says, on one line.
    pub(super) fn text(self, row: usize, column: usize) -> Option<String> {
        let text = one_line(&self.0.get(row)?.get(column)?.text);
        (!text.is_empty()).then_some(text)
    }

    /// Whether a cell says nothing and is covered by none.
    pub(super) fn is_blank(self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_none_or(|cell| !cell.is_covered && cell.text.trim().is_empty())
    }

    pub(super) fn span(self, row: usize, column: usize) -> (usize, usize) {
        self.cell(row, column).map_or((1, 1), |cell| (cell.span.0.max(1), cell.span.1.max(1)))
    }

    /// The columns of the cells that say something, with what they cover.
    pub(super) fn filled(self, row: usize) -> impl Iterator<Item = (usize, (usize, usize))> {
        let cells = self.0[row].iter().enumerate();
        let filled = cells.filter(|(_, cell)| !cell.text.trim().is_empty());
        let found: Vec<_> =
            filled.map(|(at, cell)| (at, (cell.span.0.max(1), cell.span.1.max(1)))).collect();
        found.into_iter()
    }

    fn texts(self, row: usize) -> Vec<String> {
        (0..self.width()).filter_map(|column| self.text(row, column)).collect()
    }

    /// Whether a row holds an amount with decimals, or nothing but numbers.
    pub(super) fn has_figures(self, row: usize) -> bool {
        let texts = self.texts(row);
        let is_figure = |text: &String| crate::amount::parse(text).is_ok();
        texts.iter().any(|text| text.contains('.') && is_figure(text))
            || (!texts.is_empty() && texts.iter().all(is_figure))
    }
}

/// Every form in a document.
pub(super) fn all(document: &Document, words: &Words) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut above: Vec<String> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                above.extend(Some(line.text.trim().to_owned()).filter(|text| !text.is_empty()));
            }
            Block::Grid(grid) => {
                let found = in_grid(grid, &above, words);
                if !found.is_empty() {
                    above.clear();
                }
                forms.extend(found);
            }
        }
    }
    forms
}

/// So many lines before a table are looked at for its title.
const ABOVE: usize = 4;

fn in_grid(grid: &Grid, above: &[String], words: &Words) -> Vec<Form> {
    let rows = Rows(&grid.rows);
    let mut forms = Vec::new();
    let mut from = 0;
    while let Some(start) = (from..rows.len()).find(|row| begins_headings(rows, *row)) {
        let end = head::end(rows, start);
        let until = (end..rows.len()).find(|row| is_next_title(rows, *row)).unwrap_or(rows.len());
        let mut lines: Vec<String> = Vec::new();
        if from == 0 {
            lines.extend_from_slice(&above[above.len().saturating_sub(ABOVE)..]);
        }
        lines.extend((from..start).flat_map(|row| rows.texts(row)));
        let form = Form::read(rows, (start, end, until), &lines, (&grid.name, words));
        forms.extend(form);
        from = until.max(end);
    }
    forms
}

fn is_caption(text: &str) -> bool {
    text.contains([':', '：'])
}

/// Whether the headings of a table begin in a row: several texts, none a figure and not all lines of a
/// caption.
fn begins_headings(rows: Rows, row: usize) -> bool {
    let texts = rows.texts(row);
    let is_figure = |text: &String| crate::amount::parse(text).is_ok();
    texts.len() >= 2
        && !texts.iter().any(is_figure)
        && !texts.iter().any(|text| is_caption(text))
        && texts.iter().all(|text| text.chars().count() <= LONGEST_HEADING)
}

/// No heading is longer, in characters.
const LONGEST_HEADING: usize = 40;

/// Whether a row below a table is the title of another: one cell merged over most of the width, and
/// headings not far below.
fn is_next_title(rows: Rows, row: usize) -> bool {
    let filled: Vec<_> = rows.filled(row).collect();
    let [(_, (_, width))] = filled.as_slice() else { return false };
    let is_wide = *width >= 3 && *width * 3 >= rows.width() * 2;
    let is_line = rows.texts(row).iter().any(|text| is_caption(text));
    is_wide && !is_line && (row + 1..rows.len().min(row + 5)).any(|row| begins_headings(rows, row))
}

impl Form {
    fn read(
        rows: Rows,
        (start, end, until): (usize, usize, usize),
        lines: &[String],
        (sheet, words): (&str, &Words),
    ) -> Option<Form> {
        let mut form = Form::default();
        form.title_and_caption(lines, sheet, words);
        let heads = head::tree(rows, start..end, 0..rows.width());
        let mut body: Vec<usize> =
            (end..until).filter(|row| rows.filled(*row).next().is_some()).collect();
        if let Some(word) = body.first().and_then(|row| columns::numbers(&rows.texts(*row))) {
            form.column_numbers = Some(word).filter(|word| !word.is_empty());
            body.remove(0);
        }
        form.take_notes(rows, &mut body);
        if heads.iter().map(|head| head.columns().len()).sum::<usize>() < 2 {
            return None;
        }
        columns::read(&mut form, rows, heads, &body, words);
        (!form.panels.is_empty()).then_some(form)
    }

    /// The longest line without a colon is the title, a shorter one with a digit its number.
    fn title_and_caption(&mut self, lines: &[String], sheet: &str, words: &Words) {
        let titles = lines.iter().filter(|line| !is_caption(line));
        let title = titles.clone().max_by_key(|line| line.chars().count());
        let named = title.map_or(sheet.trim(), String::as_str);
        self.title = words.without_year(named);
        let mut others = titles.filter(|line| Some(*line) != title);
        let number = others.find(|line| {
            line.contains(|c: char| c.is_ascii_digit()) && line.chars().count() <= 12
        });
        self.number = number.cloned();
        for line in lines.iter().filter(|line| is_caption(line)) {
            let unit = words.units.keys().filter(|unit| line.trim_end().ends_with(unit.as_str()));
            let Some(unit) = unit.max_by_key(|unit| unit.len()) else { continue };
            if self.unit.is_none() {
                let before = line.trim_end().strip_suffix(unit.as_str()).unwrap_or_default();
                // What stands before it on the line is of one organisation.
                let label = before.rsplit([' ', '　', '\t']).next().unwrap_or(before);
                self.caption.push(format!("{label}{{unit}}"));
                self.unit = Some(unit.clone());
            }
        }
    }

    /// Takes the rows of one text at the end that begin with a word and a colon.
    fn take_notes(&mut self, rows: Rows, body: &mut Vec<usize>) {
        while let Some(last) = body.last() {
            let texts = rows.texts(*last);
            let [text] = texts.as_slice() else { return };
            let word = text.split([':', '：']).next().unwrap_or_default();
            let is_note = is_caption(text) && (1..=4).contains(&word.chars().count());
            if !is_note {
                return;
            }
            self.note = Some(word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned());
            body.pop();
        }
    }
}
