//! The rows under the headings of a project's indicators, through page breaks and damaged headings.

use super::body::join;
use super::cell;
use super::document::Cell;
use super::placed::{At, Fate, Placed, PlacedProject, Reason, Value};
use super::stream::{Row, is_blank, take_form};
use super::words::{key, same, same_heading};
use crate::diagnostic::{Text, text};
use crate::profile::{ColumnKind, Profile, ProjectSpec};

/// The indicators of a project while they are read.
#[derive(Debug, Default)]
pub(super) struct Indicators {
    /// A value for each column.
    pub(super) rows: Vec<Vec<Option<Value>>>,
    /// What was put right on the way.
    pub(super) notes: Vec<(At, Text)>,
    /// The column of the form that each column of the grid holds.
    slots: Vec<Option<usize>>,
    /// The columns of the form without a heading.
    missing: Vec<usize>,
    /// Whether the headings came again since the last row.
    is_new_page: bool,
}

/// Whether a row is the headings of the indicators: three of them, or all there are.
pub(super) fn is_head(spec: &ProjectSpec, row: Row) -> bool {
    let is_heading =
        |cell: &Cell| spec.indicators.iter().any(|column| same_heading(&cell.text, &column.title));
    let found = row.filled().filter(|(_, cell)| is_heading(cell)).count();
    found >= spec.indicators.len().min(3) && found * 2 > row.count()
}

impl Indicators {
    /// Takes the headings of a page.
    pub(super) fn head(&mut self, placed: &mut Placed, spec: &ProjectSpec, row: Row) {
        take_form(placed, row);
        self.slots = vec![None; row.cells.len()];
        let mut taken: Vec<usize> = Vec::new();
        for (column, cell) in row.filled() {
            let found = spec.indicators.iter().enumerate().position(|(index, stated)| {
                same_heading(&cell.text, &stated.title) && !taken.contains(&index)
            });
            // Two headings that ran together are over the last of their columns.
            let found = found.or_else(|| {
                let words = key(&cell.text);
                (0..spec.indicators.len())
                    .rev()
                    .find(|index| words.ends_with(&key(&spec.indicators[*index].title)))
            });
            if let Some(index) = found.filter(|index| !taken.contains(index)) {
                taken.push(index);
                self.slots[column] = Some(index);
            }
        }
        self.missing = (0..spec.indicators.len()).filter(|index| !taken.contains(index)).collect();
        self.is_new_page = !self.rows.is_empty();
    }

    /// Takes a row of a page.
    pub(super) fn row(
        &mut self,
        placed: &mut Placed,
        profile: &Profile,
        spec: &ProjectSpec,
        row: Row,
    ) {
        let cells = self.aligned(profile, spec, row);
        let mut values: Vec<Option<Value>> = vec![None; spec.indicators.len()];
        for (column, cell) in cells.iter().enumerate() {
            let Some(cell) = cell.filter(|cell| !is_blank(cell)) else { continue };
            let Some(index) = self.slots.get(column).copied().flatten() else { continue };
            values[index] = cell::value(profile, spec.indicators[index].kind, row.document, cell);
            placed.fates.insert(row.at(cell), Fate::Written);
        }
        let is_new_page = std::mem::take(&mut self.is_new_page);
        let label = spec.indicators.iter().position(|column| column.kind == ColumnKind::Label);
        let is_whole = label.is_none_or(|label| values[label].is_some());
        let filled: Vec<usize> =
            (0..values.len()).filter(|index| values[*index].is_some()).collect();
        if filled.is_empty() {
            return;
        }
        if !is_whole && let Some(last) = self.rows.last_mut() {
            for index in filled {
                let rest = values[index].take().expect("it is filled");
                rest_of(spec, &self.missing, last, (index, rest, is_new_page));
            }
            return;
        }
        self.fill_down(label, row, &mut values);
        for index in self.missing.iter().copied() {
            doubt_target(spec, index, &mut values);
        }
        self.rows.push(values);
    }

    /// The cells of a row under their headings. A row that lost the merged cell before it slid to
    /// the left: what it calls a group is a kind, and a blank stands where it was filled up.
    fn aligned<'a>(
        &mut self,
        profile: &Profile,
        spec: &ProjectSpec,
        row: Row<'a>,
    ) -> Vec<Option<&'a Cell>> {
        let cells: Vec<Option<&Cell>> = row.cells.iter().map(Some).collect();
        let Some(targets) = &profile.targets else { return cells };
        let column_of = |index: Option<usize>| {
            let index = index?;
            self.slots.iter().position(|slot| *slot == Some(index))
        };
        let (Some(group), Some(kind)) = (column_of(targets.group), column_of(targets.kind)) else {
            return cells;
        };
        let text = |column: usize| row.cells.get(column).map_or("", |cell| cell.text.trim());
        let groups = || targets.schemes.values().flat_map(|scheme| &scheme.groups);
        let is_group = |word: &str| groups().any(|(name, _)| same(name, word));
        let is_kind =
            |word: &str| groups().any(|(_, kinds)| kinds.iter().any(|kind| same(kind, word)));
        let has_slid = !text(group).is_empty()
            && !is_group(text(group))
            && is_kind(text(group))
            && !is_kind(text(kind));
        let blank = (kind..row.cells.len()).find(|column| is_blank(&row.cells[*column]));
        let Some(blank) = blank.filter(|_| has_slid && kind == group + 1) else { return cells };
        let mut moved = cells.clone();
        moved[group] = None;
        moved[kind..=blank].copy_from_slice(&cells[group..blank]);
        if let Some(first) = row.cells.get(group) {
            let title = &spec.indicators[targets.kind.unwrap_or_default()].title;
            self.notes.push((
                row.at(first),
                text!(
                    zh: "这一行少了前面合并的一格，各格左移了一栏；按“{title}”的用词“{word}”移回",
                    en: "the merged cell before this row is missing and its cells stand one column to the left; moved back by the word `{word}` of `{title}`",
                    word = text(group),
                ),
            ));
        }
        moved
    }

    /// A blank before the name of an indicator is what stands above it: one cell covers several rows.
    fn fill_down(&self, label: Option<usize>, row: Row, values: &mut [Option<Value>]) {
        let Some(above) = self.rows.last() else { return };
        let label = label.unwrap_or(0).min(values.len());
        for index in 0..label {
            if values[index].is_some() {
                break;
            }
            values[index].clone_from(&above[index]);
        }
        // A cell that a merged one covers says what that one says.
        for index in label..values.len() {
            let column = self.slots.iter().position(|slot| *slot == Some(index));
            let is_covered =
                column.and_then(|column| row.cells.get(column)).is_some_and(|cell| cell.is_covered);
            if is_covered && values[index].is_none() && index != label {
                values[index].clone_from(&above[index]);
            }
        }
    }
}

/// Where the target has no heading, the words after it may be both.
fn doubt_target(spec: &ProjectSpec, missing: usize, values: &mut [Option<Value>]) {
    let column = &spec.indicators[missing];
    if column.kind != ColumnKind::Target || values[missing].is_some() {
        return;
    }
    if let Some(value) = values.iter_mut().skip(missing + 1).flatten().next() {
        value.doubt.get_or_insert_with(|| Reason::NoHeading(column.title.clone()));
    }
}

/// A cell without a row of its own: the rest of a cell above it that a page break cut, or the one
/// cell left of a column that the file lost.
fn rest_of(
    spec: &ProjectSpec,
    missing: &[usize],
    last: &mut [Option<Value>],
    (index, rest, is_new_page): (usize, Value, bool),
) {
    let unnamed = missing.iter().copied().find(|column| last[*column].is_none());
    match (&mut last[index], unnamed) {
        (Some(value), _) if is_new_page => join(value, rest),
        (_, Some(column)) if !is_new_page => {
            let title = spec.indicators[column].title.clone();
            last[column] = Some(Value { doubt: Some(Reason::NoHeading(title)), ..rest });
        }
        (Some(value), _) => {
            join(value, rest);
            value.doubt.get_or_insert(Reason::Shifted);
        }
        (cell @ None, _) => *cell = Some(Value { doubt: Some(Reason::Tail), ..rest }),
    }
}

/// Doubts words that stand under one heading here and under another, which this form lost, in the
/// other forms of the document.
pub(super) fn doubt_strays(spec: &ProjectSpec, projects: &mut [PlacedProject]) {
    let Some(target) = spec.indicators.iter().position(|column| column.kind == ColumnKind::Target)
    else {
        return;
    };
    let said_in = |index: usize| -> Vec<String> {
        let rows = projects.iter().flat_map(|project| &project.indicators);
        rows.filter_map(|row| row[index].as_ref()).map(|value| key(&value.text)).collect()
    };
    let behind: Vec<(usize, Vec<String>)> =
        (target + 1..spec.indicators.len()).map(|index| (index, said_in(index))).collect();
    for row in projects.iter_mut().flat_map(|project| &mut project.indicators) {
        for (index, words) in &behind {
            let is_lost = row[*index].is_none();
            let Some(value) = row[target].as_mut().filter(|_| is_lost) else { continue };
            let is_words = !value.text.chars().any(|c| c.is_ascii_digit());
            if is_words && words.contains(&key(&value.text)) {
                let title = spec.indicators[*index].title.clone();
                value.doubt.get_or_insert(Reason::NoHeading(title));
            }
        }
    }
}
