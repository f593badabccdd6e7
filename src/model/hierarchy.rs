//! Which row stands under which: from code lengths, code columns, ordinals,
//! names, or the place of subtotals. Fills in level, role and parent.

use std::collections::BTreeMap;

use super::Row;
use super::code_rows::{self, Doubt, PlaceOf, first_of};
use super::covers::Covers;
use crate::diagnostic::Report;
use crate::profile::{Hierarchy, Ordinal, PanelSpec, Role, same_name};
use crate::source::Place;

/// Resolves one panel; what is not sure goes to `doubts`, with the place of the finding that says so.
pub(super) fn resolve(
    report: &mut Report,
    panel: &PanelSpec,
    rows: &mut [Row],
    place: PlaceOf,
    doubts: &mut Vec<(Doubt, Place)>,
) {
    roles(panel, rows);
    match &panel.hierarchy {
        Hierarchy::Flat => {}
        Hierarchy::Codes { lengths, .. } => {
            code_rows::resolve(report, (panel, lengths), rows, place, doubts);
        }
        Hierarchy::Columns(columns) => by_columns(columns, rows),
        Hierarchy::Ordinals(ordinals) => {
            levels(rows, |row| ordinal(ordinals, &row.name).map(|(at, _)| at + 1));
        }
        Hierarchy::Names(separator) => by_names(separator, rows),
    }
    subtotals(panel, rows);
    if panel.rows.values().all(|spec| spec.part_of.is_none()) {
        return;
    }
    let keys = first_of(rows, |row| Some(row.key.as_str()));
    let parts = panel.rows.values().filter_map(|spec| Some((spec, spec.part_of.as_ref()?)));
    let parts = parts.filter_map(|(spec, whole)| {
        Some((*keys.get(spec.id.as_str())?, keys.get(whole.as_str()).copied()))
    });
    for (part, whole) in parts.collect::<Vec<_>>() {
        rows[part].parent = whole;
    }
}

fn roles(panel: &PanelSpec, rows: &mut [Row]) {
    for row in rows {
        if panel.total_row.as_ref().is_some_and(|total| same_name(total, &row.name))
            && row.code.is_none()
        {
            row.role = Role::Total;
            row.level = 0;
        } else if let Some(rule) = panel.roles.iter().find(|rule| rule.fits(&row.name)) {
            row.role = rule.role;
        }
    }
}

/// The level is how far the columns are filled; the parent, the row above that is
/// filled less far and says the same so far.
fn by_columns(columns: &[usize], rows: &mut [Row]) {
    let mut covers = Covers::new(columns.to_vec());
    // A tree of what columns say: the places below each place, and the last row that ends there.
    let mut below: BTreeMap<(usize, usize, String), usize> = BTreeMap::new();
    let mut last: Vec<Option<usize>> = vec![None];
    for (index, row) in rows.iter_mut().enumerate() {
        let path = if row.role == Role::Total { Vec::new() } else { covers.path(&row.cells) };
        if path.is_empty() {
            continue;
        }
        row.level = path.len();
        row.parent = None;
        let mut place = 0;
        for (column, words) in path {
            row.parent = last[place].or(row.parent);
            place = *below.entry((place, column, words)).or_insert_with(|| {
                last.push(None);
                last.len() - 1
            });
        }
        last[place] = Some(index);
    }
}

/// Which kind of ordinal a name begins with, and the rest of the name.
fn ordinal<'a>(ordinals: &[Ordinal], name: &'a str) -> Option<(usize, &'a str)> {
    let name = name.trim_start();
    ordinals.iter().enumerate().find_map(|(at, ordinal)| {
        let rest = name.strip_prefix(ordinal.prefix.as_str())?;
        let after = rest.trim_start_matches(|c| ordinal.digits.contains(c));
        let has_digits = after.len() < rest.len();
        after.strip_prefix(ordinal.suffix.as_str()).filter(|_| has_digits).map(|rest| (at, rest))
    })
}

/// A name without the ordinal it begins with.
pub(super) fn without_ordinal<'a>(ordinals: &[Ordinal], name: &'a str) -> &'a str {
    ordinal(ordinals, name).map_or(name, |(_, rest)| rest)
}

/// Parents by nesting: the nearest row above of a smaller level.
fn levels(rows: &mut [Row], level_of: impl Fn(&Row) -> Option<usize>) {
    // Rows above that no later row of their level or a smaller one stands between, by level.
    let mut above: Vec<(usize, usize)> = Vec::new();
    for (index, row) in rows.iter_mut().enumerate() {
        if let Some(level) = level_of(row) {
            row.level = level;
            let smaller = above.partition_point(|(other, _)| *other < level);
            row.parent = smaller.checked_sub(1).map(|at| above[at].1);
        }
        if row.level > 0 && row.role == Role::Detail {
            above.truncate(above.partition_point(|(other, _)| *other < row.level));
            above.push((row.level, index));
        }
    }
}

fn by_names(separator: &str, rows: &mut [Row]) {
    let names = first_of(rows, |row| Some(row.name.as_str()));
    let above = |row: &Row| names.get(row.name.rsplit_once(separator)?.0).copied();
    let parents: Vec<Option<usize>> = rows.iter().map(above).collect();
    for (row, parent) in rows.iter_mut().zip(parents) {
        row.level = row.name.matches(separator).count() + 1;
        row.parent = parent;
    }
}

/// Subtotals recognised by name gather the lines after or before them.
fn subtotals(panel: &PanelSpec, rows: &mut [Row]) {
    let before =
        |name: &str| panel.roles.iter().find(|rule| rule.fits(name)).is_none_or(|rule| rule.before);
    let mut current: Option<usize> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for index in 0..rows.len() {
        match rows[index].role {
            Role::Subtotal if rows[index].spec.is_none() => {
                if before(&rows[index].name) {
                    current = Some(index);
                } else {
                    for line in waiting.drain(..) {
                        rows[line].parent = Some(index);
                        rows[line].level += 1;
                    }
                }
            }
            Role::Detail if rows[index].parent.is_none() => match current {
                Some(subtotal) => {
                    rows[index].parent = Some(subtotal);
                    rows[index].level += 1;
                }
                None => waiting.push(index),
            },
            Role::Total => {
                current = None;
                waiting.clear();
            }
            _ => {}
        }
    }
}
