//! The tables of a disclosure in two states → rows, columns and cells that differ.

use super::facts::{self, fact};
use super::value::{Sides, shown};
use super::{ColumnDiff, FactDiff, Fate, RowDiff, TableDiff, ValueDiff};
use crate::diagnostic::text;
use crate::model::years::{MatchedTable, Pair, matched_tables};
use crate::model::{At, Cell, Disclosure, Hidden, Table, row_words};
use crate::profile::{ColumnKind, ColumnSpec};
use crate::secrecy::Cover;

/// A table with its index, in either state.
type Tables<'a> = [Option<(usize, &'a Table)>; 2];

/// The tables that differ.
pub(super) fn tables(sides: [&Disclosure; 2], cover: &Cover) -> Vec<TableDiff> {
    let found = matched_tables(sides[1], sides[0]);
    found.iter().filter_map(|table| one(sides, table, cover)).collect()
}

fn one(sides: [&Disclosure; 2], found: &MatchedTable, cover: &Cover) -> Option<TableDiff> {
    // What is there and could not be read is neither gone nor new.
    let is_unread =
        |side: &&Disclosure| side.is_unread_table(found.id) && !side.is_absent_table(found.id);
    if sides.iter().any(is_unread) {
        return None;
    }
    let at = [found.before, found.now];
    let tables: Tables = [0, 1].map(|side| at[side].map(|at| (at, &sides[side].tables[at])));
    let (_, table) = tables[1].or(tables[0])?;
    let diff = TableDiff {
        table: found.id.to_owned(),
        title: shown(&table.title, cover),
        fate: Fate::of(at.map(|at| at.is_some())),
        facts: words(tables, cover),
        columns: columns(tables),
        rows: found.lines.iter().filter_map(|line| row(tables, line, cover)).collect(),
    };
    let is_same = diff.facts.is_empty() && diff.columns.is_empty() && diff.rows.is_empty();
    (diff.fate != Fate::Changed || !is_same).then_some(diff)
}

/// Title, note and what stands above a table that both states have.
fn words(tables: Tables, cover: &Cover) -> Vec<FactDiff> {
    let [Some((_, before)), Some((_, after))] = tables else { return Vec::new() };
    let both = [before, after];
    let title = both.map(|table| table.title.as_str());
    let note = both.map(|table| table.note.as_deref().unwrap_or_default());
    let mut all = Vec::new();
    all.extend(fact(text!(zh: "表名", en: "title"), title, cover));
    all.extend(fact(text!(zh: "表注", en: "note"), note, cover));
    let own = both.map(|table| table.facts.as_slice());
    all.extend(facts::named(own, cover));
    all
}

/// The columns of the panels of both states.
fn columns(tables: Tables) -> Vec<ColumnDiff> {
    let [Some((_, before)), Some((_, after))] = tables else { return Vec::new() };
    let mut all = Vec::new();
    let listed = |table: &'_ Table| -> Vec<(String, String)> {
        let panels = table.spec.panels.iter();
        let columns = panels.flat_map(|panel| {
            let id = |column: &ColumnSpec| match panel.id.as_str() {
                "" => column.id.clone(),
                panel => format!("{panel}.{}", column.id),
            };
            panel.columns.iter().map(move |column| (id(column), column.title.clone()))
        });
        columns.collect()
    };
    let (before, after) = (listed(before), listed(after));
    for (column, title) in &after {
        let was = before.iter().find(|(other, _)| other == column).map(|(_, title)| title);
        let fate = match was {
            None => Fate::Added,
            Some(was) if was != title => Fate::Renamed,
            Some(_) => continue,
        };
        let (column, title) = (column.clone(), title.clone());
        all.push(ColumnDiff { fate, column, title, was: was.cloned() });
    }
    for (column, title) in before {
        if !after.iter().any(|(other, _)| *other == column) {
            all.push(ColumnDiff { fate: Fate::Removed, column, title, was: None });
        }
    }
    all
}

fn row(tables: Tables, line: &Pair<(usize, usize)>, cover: &Cover) -> Option<RowDiff> {
    let places = [line.before, line.now];
    let words = [0, 1].map(|side| {
        let ((_, table), (panel, row)) = tables[side].zip(places[side])?;
        Some(row_words(table, panel, row))
    });
    let ((_, table), (panel, row)) = tables[1].zip(line.now).or(tables[0].zip(line.before))?;
    let is_renamed = matches!(&words, [Some(before), Some(after)] if before != after);
    let values = values(tables, places, is_renamed, cover);
    let fate = match Fate::of(places.map(|place| place.is_some())) {
        Fate::Changed if is_renamed => Fate::Renamed,
        fate => fate,
    };
    if fate == Fate::Changed && values.is_empty() {
        return None;
    }
    let [before, after] = words;
    Some(RowDiff {
        fate,
        address: table.row_address(panel, row),
        was: before.clone().filter(|_| is_renamed),
        row: after.or(before).unwrap_or_default(),
        values,
    })
}

/// The cells that differ, in the order of the later form, then those of columns that went.
fn values(
    tables: Tables,
    places: [Option<(usize, usize)>; 2],
    is_renamed: bool,
    cover: &Cover,
) -> Vec<ValueDiff> {
    let is_both = places.iter().all(Option::is_some);
    let ids = |side: usize| -> Vec<(&str, &ColumnSpec)> {
        let found = tables[side].zip(places[side]);
        let columns = found.map(|((_, table), (panel, _))| &table.spec.panels[panel].columns);
        columns.into_iter().flatten().map(|column| (column.id.as_str(), column)).collect()
    };
    let mut all = ids(1);
    for (id, column) in ids(0) {
        if !all.iter().any(|(other, _)| *other == id) {
            all.push((id, column));
        }
    }
    let differ = |(id, column): (&str, &ColumnSpec)| {
        // What a row is called and coded by is said of the row.
        let is_name = matches!(column.kind, ColumnKind::Label | ColumnKind::Code);
        if is_name && (is_renamed || !is_both) {
            return None;
        }
        let found = [0, 1].map(|side| cell(tables[side], places[side], id));
        let (table, at) = found[1].as_ref().or(found[0].as_ref()).map(|one| (one.table, one.at))?;
        let sides = Sides {
            cells: [0, 1].map(|side| found[side].as_ref().map(|one| one.cell)),
            units: [0, 1].map(|side| found[side].as_ref().and_then(|one| one.unit)),
        };
        let At::Cell(_, panel, row, index) = at else { return None };
        let place = found[1].as_ref().map(|one| Hidden::Cell(one.at));
        sides.differ(cover, (table.cell_address(panel, row, index), &column.title), place)
    };
    all.into_iter().filter_map(differ).collect()
}

/// A cell of one state.
struct StateCell<'a> {
    table: &'a Table,
    at: At,
    cell: &'a Cell,
    unit: Option<&'a str>,
}

fn cell<'a>(
    table: Option<(usize, &'a Table)>,
    place: Option<(usize, usize)>,
    id: &str,
) -> Option<StateCell<'a>> {
    let ((index, table), (panel, row)) = table.zip(place)?;
    let form = &table.spec.panels[panel];
    let column = form.column(id)?;
    Some(StateCell {
        table,
        at: At::Cell(index, panel, row, column),
        cell: &table.panels[panel].rows[row].cells[column],
        unit: table.spec.unit_of(&form.columns[column]),
    })
}
