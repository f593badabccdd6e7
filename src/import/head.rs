//! Rows of a grid read as the headings of a table of the form: which column of the grid is which
//! column of the form, through merged and stacked headings, in any order.

use std::collections::BTreeMap;

use super::stream::{Row, is_blank};
use super::words::{same, same_heading, unit_behind};
use crate::profile::{ColumnKind, Profile, TableSpec};
use crate::sheet;

/// What a column of a grid holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A column of the form: its panel and its index there.
    Column(usize, usize),
    /// Running numbers of the lines.
    LineNumber,
    /// Something under a heading the form does not have.
    Unknown(String),
    /// Nothing: no heading stands over it.
    Nothing,
}

/// Headings that were found.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// What each column of the grid holds.
    pub(super) slots: Vec<Slot>,
    /// How many rows they take, the row of column numbers included.
    pub(super) height: usize,
    /// How many of the form's columns they name, in per cent.
    pub(super) found: usize,
    /// The units that headings name, by the panel and the index of the column.
    pub(super) units: Units,
}

/// Units of columns, by the panel and the index of the column.
pub(super) type Units = BTreeMap<(usize, usize), String>;

/// No headings are stacked higher.
const HIGHEST: usize = 6;

/// Reads the rows from here on as the headings of a table.
pub(super) fn read(profile: &Profile, spec: &TableSpec, rows: &[Row]) -> Option<Head> {
    let printed: Vec<(usize, &str)> = sequence(spec);
    if !begins(profile, spec, &printed, rows[0]) {
        return None;
    }
    let mut best: Option<Head> = None;
    for height in 1..=rows.len().min(HIGHEST) {
        let lines = &rows[..height];
        if lines[height - 1].grid != lines[0].grid || has_figures(lines[height - 1]) {
            break;
        }
        let head = whole(spec, &printed, lines).or_else(|| by_columns(profile, spec, lines));
        let Some(head) = head else { continue };
        if best.as_ref().is_none_or(|best| head.found > best.found) {
            best = Some(head);
        }
    }
    let mut head = best.filter(|head| head.found >= ENOUGH && names_rows(spec, head))?;
    if rows
        .get(head.height)
        .is_some_and(|row| row.grid == rows[0].grid && numbers_columns(spec, *row))
    {
        head.height += 1;
    }
    Some(head)
}

/// Whether half of the words of a row are headings of the form.
fn begins(profile: &Profile, spec: &TableSpec, printed: &[(usize, &str)], row: Row) -> bool {
    let is_heading = |text: &str| {
        begins_with_line_numbers(spec, text)
            || printed.iter().any(|(_, heading)| is_called(profile, text, heading).is_some())
    };
    let found = row.filled().filter(|(_, cell)| is_heading(cell.text.trim())).count();
    found * 2 >= row.count()
}

/// Headings name a table where they name so many of its columns, in per cent.
const ENOUGH: usize = 60;

/// Whether every panel has a column that names its rows, where its form has one.
fn names_rows(spec: &TableSpec, head: &Head) -> bool {
    use ColumnKind::{Code, Label};
    spec.panels.iter().enumerate().all(|(panel, form)| {
        let mut naming = form.columns.iter().enumerate();
        let has_any = form.columns.iter().any(|column| matches!(column.kind, Label | Code));
        !has_any
            || naming.any(|(column, spec)| {
                matches!(spec.kind, Label | Code)
                    && head.slots.contains(&Slot::Column(panel, column))
            })
    })
}

/// Whether a row holds figures with decimals, as no heading does.
fn has_figures(row: Row) -> bool {
    row.filled().any(|(_, cell)| {
        let text = cell.text.trim();
        text.contains('.') && crate::amount::parse(text).is_ok()
    })
}

/// Whether a row numbers the columns: by the word of the form, or by 1, 2, 3 alone.
pub(super) fn numbers_columns(spec: &TableSpec, row: Row) -> bool {
    let mut texts = row.filled().map(|(_, cell)| cell.text.trim());
    let Some(first) = texts.next() else { return false };
    if spec.column_numbers.as_deref().is_some_and(|word| same(word, first)) {
        return true;
    }
    let all = std::iter::once(first).chain(texts);
    let are_numbers = all.enumerate().all(|(at, text)| text.parse() == Ok(at + 1));
    are_numbers && row.count() >= 3
}

/// The headings of a form row by row, as they are printed, and how many rows down each stands.
fn sequence(spec: &TableSpec) -> Vec<(usize, &str)> {
    let rows = sheet::headings(spec);
    let in_rows = rows.into_iter().enumerate();
    let all =
        in_rows.flat_map(|(row, all)| all.into_iter().map(move |heading| (row, heading.text)));
    // A form may leave the heading of a column blank.
    all.filter(|(_, heading)| !heading.trim().is_empty()).collect()
}

/// The headings are those of the form, word for word in its order: then its columns stand in its
/// order too, even where a text has lost which heading covers which.
fn whole(spec: &TableSpec, printed: &[(usize, &str)], rows: &[Row]) -> Option<Head> {
    let found = rows.iter().flat_map(|row| row.filled().map(|(_, cell)| cell.text.trim()));
    let mut count = 0;
    for (at, text) in found.enumerate() {
        let (_, heading) = printed.get(at)?;
        let is_first = at == 0 && begins_with_line_numbers(spec, text);
        if !is_first && !same_heading(text, heading) {
            return None;
        }
        count += 1;
    }
    let columns = columns(spec);
    let width = rows[0].cells.len();
    let is_whole = count == printed.len() && width >= columns.len();
    // What stands farther right is nothing of the form, or the grid has other columns.
    let is_wide = width > columns.len()
        && rows.iter().any(|row| row.filled().any(|(column, _)| column >= columns.len()));
    if !is_whole || is_wide {
        return None;
    }
    let mut slots = columns;
    slots.resize(width, Slot::Nothing);
    Some(Head { slots, height: rows.len(), found: 100, units: Units::new() })
}

/// The columns of a form as they are printed.
fn columns(spec: &TableSpec) -> Vec<Slot> {
    let numbers = spec.line_numbers.iter().map(|_| Slot::LineNumber);
    let all = spec.panels.iter().enumerate().flat_map(|(panel, form)| {
        (0..form.columns.len()).map(move |column| Slot::Column(panel, column))
    });
    numbers.chain(all).collect()
}

/// The columns of a form as they are printed, for rows without headings that fit them: figures where
/// figures belong, and names where names do. Blank columns at the end may be missing.
pub(super) fn without_headings(spec: &TableSpec, rows: &[Row]) -> Option<Head> {
    let all = columns(spec);
    let bare: Vec<Slot> = all.iter().filter(|slot| **slot != Slot::LineNumber).cloned().collect();
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let fit =
        |slots: &Vec<Slot>| slots.len() >= width && rows.iter().all(|row| fits(spec, slots, *row));
    let slots = [all, bare].into_iter().find(fit)?;
    Some(Head { slots, height: 0, found: 100, units: Units::new() })
}

/// Whether every cell of a row is of the kind its column holds.
fn fits(spec: &TableSpec, slots: &[Slot], row: Row) -> bool {
    let is_figure = |text: &str| crate::amount::parse_percent(text).is_ok();
    row.filled().all(|(column, cell)| {
        let text = cell.text.trim();
        match slots.get(column) {
            Some(Slot::Column(panel, index)) => {
                let kind = spec.panels[*panel].columns[*index].kind;
                match kind {
                    ColumnKind::Label => !is_figure(text),
                    kind => {
                        !kind.is_figure()
                            || text.contains(|c: char| c.is_ascii_digit())
                            || text.chars().count() < 4
                    }
                }
            }
            Some(Slot::LineNumber) => text.parse::<usize>().is_ok(),
            _ => false,
        }
    })
}

/// A heading of a form that was found, and the unit that stands behind it.
struct Called {
    unit: Option<String>,
}

/// Whether a heading is that of a form, and the unit it names where the form names another or none.
fn is_called(profile: &Profile, printed: &str, form: &str) -> Option<Called> {
    if same_heading(printed, form) {
        return Some(Called { unit: None });
    }
    let (base, unit) = unit_behind(profile, printed);
    let unit = unit?;
    same_heading(base, unit_behind(profile, form).0).then(|| Called { unit: Some(unit.to_owned()) })
}

fn begins_with_line_numbers(spec: &TableSpec, text: &str) -> bool {
    spec.line_numbers.as_deref().is_some_and(|word| {
        let rest = text.trim().strip_prefix(word).map(str::trim);
        rest.is_some_and(|rest| {
            rest.is_empty() || spec.column_numbers.as_deref().is_some_and(|word| same(word, rest))
        })
    })
}

/// Every column of the grid by the words over it.
fn by_columns(profile: &Profile, spec: &TableSpec, rows: &[Row]) -> Option<Head> {
    let paths = paths(rows);
    let mut slots = vec![Slot::Nothing; paths.len()];
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let (mut conflicts, mut units) = (0, Units::new());
    for (column, path) in paths.iter().enumerate() {
        let Some(own) = path.last() else { continue };
        if begins_with_line_numbers(spec, own) {
            slots[column] = Slot::LineNumber;
            continue;
        }
        let above = &path[..path.len() - 1];
        let mut options: Vec<(usize, (usize, usize))> = Vec::new();
        for (panel, form) in spec.panels.iter().enumerate() {
            for (index, stated) in form.columns.iter().enumerate() {
                let is_free = !taken.contains(&(panel, index));
                if is_free && is_called(profile, own, &stated.title).is_some() {
                    let over = sheet::path(form, index);
                    let shared = above.iter().filter(|word| is_among(profile, word, &over)).count();
                    options.push((shared, (panel, index)));
                }
            }
        }
        let most = options.iter().map(|(shared, _)| *shared).max().unwrap_or(0);
        let after = taken.last().copied();
        let fitting = || options.iter().filter(|(shared, _)| *shared == most).map(|(_, at)| *at);
        let chosen = fitting().find(|at| Some(*at) > after).or_else(|| fitting().next());
        match chosen {
            Some((panel, index)) => {
                let over = sheet::path(&spec.panels[panel], index).len() - 1;
                conflicts += usize::from(most == 0 && !above.is_empty() && over > 0);
                taken.push((panel, index));
                slots[column] = Slot::Column(panel, index);
                let stated = &spec.panels[panel].columns[index].title;
                // The heading itself names its unit, or one above it does.
                let own = is_called(profile, own, stated).and_then(|called| called.unit);
                let above = || above.iter().rev().find_map(|word| unit_behind(profile, word).1);
                if let Some(unit) = own.or_else(|| above().map(str::to_owned)) {
                    units.insert((panel, index), unit);
                }
            }
            None => slots[column] = Slot::Unknown((*own).to_owned()),
        }
    }
    let all: usize = spec.panels.iter().map(|panel| panel.columns.len()).sum();
    let unknown = slots.iter().filter(|slot| matches!(slot, Slot::Unknown(_))).count();
    let found = (taken.len() * 100 / all.max(1)).saturating_sub(unknown * 100 / (2 * all.max(1)));
    let height = rows.len();
    (conflicts == 0 && !taken.is_empty()).then_some(Head { slots, height, found, units })
}

fn is_among(profile: &Profile, word: &str, path: &[&str]) -> bool {
    path.iter().any(|other| is_called(profile, word, other).is_some())
}

/// The words over each column, from the top down, each once.
fn paths<'a>(rows: &[Row<'a>]) -> Vec<Vec<&'a str>> {
    let width = rows[0].cells.len();
    let has_spans = rows.iter().any(|row| row.cells.iter().any(|cell| cell.is_covered));
    let mut over: Vec<Vec<&str>> = vec![Vec::new(); width];
    let mut down: Vec<(usize, &str)> = vec![(0, ""); width];
    for (height, row) in rows.iter().enumerate() {
        let mut across: (usize, &str) = (0, "");
        for column in 0..row.cells.len().min(width) {
            let cell = &row.cells[column];
            let text = cell.text.trim();
            let word = if !text.is_empty() {
                across = (cell.span.1.saturating_sub(1), text);
                for below in down.iter_mut().skip(column).take(cell.span.1.max(1)) {
                    *below = (cell.span.0.saturating_sub(1), text);
                }
                text
            } else if has_spans {
                covering(cell.is_covered, &mut across, &mut down[column])
            } else if rows[height + 1..].iter().any(|row| !is_blank(&row.cells[column])) {
                // A text has no spans: what stands to the left covers a blank over a heading.
                across.1
            } else {
                ""
            };
            let path = &mut over[column];
            if !word.is_empty() && path.last() != Some(&word) {
                path.push(word);
            }
        }
    }
    over
}

fn covering<'a>(
    is_covered: bool,
    across: &mut (usize, &'a str),
    down: &mut (usize, &'a str),
) -> &'a str {
    if !is_covered {
        return "";
    }
    if across.0 > 0 {
        across.0 -= 1;
        across.1
    } else if down.0 > 0 {
        down.0 -= 1;
        down.1
    } else {
        ""
    }
}
