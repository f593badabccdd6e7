//! Grids of a document → the forms in them: title, lines above, headings, rows, notes.

use super::head::{self, HeadTree};
use super::names::KnownWords;
use super::rows::{GridRows, LineAbove, is_caption};
use super::{DrawnTable, columns};
use crate::import::document::{Block, Document, Grid, Line};
use crate::import::one_line;
use crate::profile::unspaced;

/// Every form in a document.
pub(super) fn all(document: &Document, words: &KnownWords) -> Vec<DrawnTable> {
    let mut forms = Vec::new();
    let mut above: Vec<&Line> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                above.extend(Some(line).filter(|line| !line.text.trim().is_empty()));
            }
            Block::Grid(grid) => {
                forms.extend(in_grid(grid, &lines_above(&above), words));
                above.clear();
            }
        }
    }
    forms
}

/// So many lines right before a table of a document are looked at for its title.
const ABOVE: usize = 4;

/// The lines of a document that may belong to the table below them: its heading, and the last ones that
/// are no sentences.
fn lines_above(lines: &[&Line]) -> Vec<LineAbove> {
    let heading = lines.iter().rposition(|line| line.heading.is_some());
    let is_sentence =
        |text: &str| text.contains(['，', '。', '；']) || text.chars().count() > LONGEST_HEADING;
    let last = lines.len().saturating_sub(ABOVE);
    let near = lines.iter().enumerate().filter(|(at, line)| {
        let is_near = *at >= last.max(heading.map_or(0, |heading| heading + 1));
        Some(*at) == heading || (is_near && !is_sentence(&line.text))
    });
    near.map(|(_, line)| LineAbove { text: one_line(&line.text), is_title: line.heading.is_some() })
        .collect()
}

fn in_grid(grid: &Grid, above: &[LineAbove], words: &KnownWords) -> Vec<DrawnTable> {
    let rows = GridRows(&grid.rows);
    let mut forms = Vec::new();
    let mut from = 0;
    while let Some(start) = (from..rows.len()).find(|row| begins_headings(rows, *row)) {
        let start = below_labels(rows, start);
        let end = head::end(rows, start);
        let until = (end..rows.len()).find(|row| is_next_title(rows, *row)).unwrap_or(rows.len());
        let mut lines: Vec<LineAbove> = Vec::new();
        if from == 0 {
            lines.extend_from_slice(above);
        }
        lines.extend((from..start).flat_map(|row| rows.lines(row)));
        let form = DrawnTable::read(rows, (start, end, until), &lines, (&grid.name, words));
        forms.extend(form);
        from = until.max(end);
    }
    forms
}

/// Whether the headings of a table begin in a row: several texts, none a figure, two of them no lines of
/// a caption.
fn begins_headings(rows: GridRows, row: usize) -> bool {
    let texts = rows.texts(row);
    texts.len() >= 2
        && !rows.has_figures(row)
        && texts.iter().filter(|text| !is_caption(text)).count() >= 2
        && texts.first().is_some_and(|text| !is_caption(text))
        && texts.iter().all(|text| text.chars().count() <= LONGEST_HEADING)
}

/// The row where headings begin: a line of a label and its value above them is none, which the row below it
/// with more texts shows.
fn below_labels(rows: GridRows, start: usize) -> usize {
    let mut start = start;
    let count = |row: usize| rows.texts(row).len();
    while head::end(rows, start) == start + 1 {
        let next = (start + 1..rows.len()).find(|row| count(*row) > 0);
        match next.filter(|next| begins_headings(rows, *next) && count(*next) > count(start)) {
            Some(next) => start = next,
            None => break,
        }
    }
    start
}

/// No number of a table is longer, in characters.
const LONGEST_NUMBER: usize = 8;

/// No heading is longer, in characters.
const LONGEST_HEADING: usize = 40;

/// Whether a row below a table is the title of another: one cell merged over most of the width, and
/// headings not far below.
fn is_next_title(rows: GridRows, row: usize) -> bool {
    let filled: Vec<_> = rows.filled(row).collect();
    let [(_, (_, width))] = filled.as_slice() else { return false };
    let is_wide = *width >= 3 && *width * 3 >= rows.width() * 2;
    let is_line = rows.texts(row).iter().any(|text| is_caption(text));
    is_wide && !is_line && (row + 1..rows.len().min(row + 5)).any(|row| begins_headings(rows, row))
}

impl DrawnTable {
    fn read(
        rows: GridRows,
        (start, end, until): (usize, usize, usize),
        lines: &[LineAbove],
        (sheet, words): (&str, &KnownWords),
    ) -> Option<DrawnTable> {
        let mut form = DrawnTable::default();
        form.title_and_caption(lines, sheet, words);
        let heads = head::tree(rows, start..end, 0..rows.width());
        let mut body: Vec<usize> =
            (end..until).filter(|row| rows.filled(*row).next().is_some()).collect();
        if let Some(word) = body.first().and_then(|row| columns::numbers(&rows.texts(*row))) {
            form.column_numbers = Some(word).filter(|word| !word.is_empty());
            body.remove(0);
        }
        form.take_notes(rows, &mut body);
        let headings: Vec<&str> =
            heads.iter().flat_map(HeadTree::columns).map(|(_, title)| title).collect();
        if headings.len() < 2 || words.are_of_project(&headings) {
            return None;
        }
        columns::read(&mut form, rows, heads, &body, words);
        (!form.panels.is_empty()).then_some(form)
    }

    /// The title is the line that another profile knows, or the one that the sheet is called by, or the
    /// first; a short line with a digit is its number.
    fn title_and_caption(&mut self, lines: &[LineAbove], sheet: &str, words: &KnownWords) {
        let unit_of = |line: &str| {
            let units = words.units.keys().filter(|unit| line.trim_end().ends_with(unit.as_str()));
            units.max_by_key(|unit| unit.len())
        };
        let first_title = lines.iter().position(|line| line.is_title);
        let titles: Vec<(&String, String)> = lines
            .iter()
            .enumerate()
            .filter(|(at, line)| {
                let is_title = first_title == Some(*at) && unit_of(&line.text).is_none();
                is_title || !is_caption(&line.text)
            })
            .map(|(_, line)| (&line.text, words.without_year(&line.text)))
            .collect();
        let is_number = |line: &str| {
            line.contains(|c: char| c.is_ascii_digit()) && line.chars().count() <= LONGEST_NUMBER
        };
        let sheet = unspaced(sheet);
        let is_called = |title: &str| {
            let title = unspaced(title);
            !sheet.is_empty() && (title.contains(&*sheet) || sheet.contains(&*title))
        };
        let mut unnumbered = titles.iter().filter(|(_, title)| !is_number(title));
        let known = titles.iter().find(|(_, title)| words.table_id(title).is_some());
        let called = || titles.iter().find(|(_, title)| !is_number(title) && is_called(title));
        let title = known.or_else(called).or_else(|| unnumbered.next());
        self.title = title.map_or_else(|| words.without_year(&sheet), |(_, title)| title.clone());
        self.number =
            titles.iter().find(|(_, title)| is_number(title)).map(|(line, _)| (*line).clone());
        for line in lines.iter().map(|line| &line.text).filter(|line| is_caption(line)) {
            let Some(unit) = unit_of(line) else { continue };
            if self.unit.is_none() {
                let before = line.trim_end().strip_suffix(unit.as_str()).unwrap_or_default();
                // What stands before it on the line is of one organisation.
                let label = before.rsplit([' ', '　', '\t']).next().unwrap_or(before);
                self.caption.push(format!("{label}{{unit}}"));
                self.unit = Some(unit.clone());
            }
        }
    }

    /// Adds to the known words what its columns hold, as far as their cells say it.
    pub(super) fn tell_columns(&self, words: &mut KnownWords) {
        for panel in &self.panels {
            for (index, column) in panel.columns.iter().enumerate() {
                let cells = panel.rows.iter().filter(|row| !row[index].is_empty()).count();
                if cells > 0 {
                    words.learn(&column.title, column.kind, cells);
                }
            }
        }
    }

    /// Takes the rows of one text at the end that begin with a word and a colon.
    fn take_notes(&mut self, rows: GridRows, body: &mut Vec<usize>) {
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
