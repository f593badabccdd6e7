//! A table of an earlier year, or the blank form → the table of a new year: its rows and codes, and no
//! figure.

use crate::content::doubt::TO_FILL_IN;
use crate::content::{Row, Table};
use crate::diagnostic::{Text, text};
use crate::import::scalar;
use crate::profile::{ColumnKind, PanelSpec, RowSpec, TableSpec, UNDER, same_name};

/// The text of the file. `is_same` says that the earlier table is of the same profile. What the earlier
/// table has and the form has not is added to `lost`.
pub(super) fn table(
    (spec, is_same): (&TableSpec, bool),
    earlier: Option<&Table>,
    lost: &mut Vec<Text>,
) -> String {
    let mut out = String::new();
    if let Some(title) = earlier.and_then(|table| table.title.as_deref()) {
        out.push_str(&format!("title: {}\n", scalar(title, false)));
    }
    let known = earlier.map(|table| table.facts.as_slice()).unwrap_or_default();
    let facts = spec.facts.keys().map(|id| {
        let value = known.iter().find(|(key, _)| *key.text == **id).map(|(_, value)| value);
        format!("{id}: {}", scalar(value.map_or(TO_FILL_IN, String::as_str), true))
    });
    let facts: Vec<String> = facts.collect();
    if !facts.is_empty() {
        out.push_str(&format!("facts: {{ {} }}\n", facts.join(", ")));
    }
    let indent = if spec.is_plain() { "" } else { "  " };
    if !spec.is_plain() {
        out.push_str("panels:\n");
    }
    for panel in &spec.panels {
        let name = if spec.is_plain() { "rows" } else { panel.id.as_str() };
        let own = earlier.and_then(|table| table.panels.iter().find(|own| own.id == panel.id));
        let rows = own.map(|own| own.rows.as_slice()).unwrap_or_default();
        let is_of_form = !is_same && !panel.open && !panel.rows.is_empty();
        let lines: Vec<String> = if rows.is_empty() || is_of_form {
            for row in rows {
                note_absent((spec, panel), row, lost);
            }
            panel.rows.values().map(|row| of_form(panel, row)).collect()
        } else {
            rows.iter().map(|row| of_earlier((spec, panel), row, lost)).collect()
        };
        // Nothing is known of rows that are the organisation's own.
        let none = if lines.is_empty() { format!(" {TO_FILL_IN}") } else { String::new() };
        out.push_str(&format!("{indent}{name}:{none}\n"));
        for line in lines {
            out.push_str(&format!("{indent}  - {line}\n"));
        }
    }
    if let Some(note) = earlier.and_then(|table| table.note.as_deref()) {
        out.push_str(&format!("note: {}\n", scalar(note, false)));
    }
    out
}

/// Notes an earlier row that the form does not print.
fn note_absent((table, panel): (&TableSpec, &PanelSpec), row: &Row, lost: &mut Vec<Text>) {
    let is_label = |id: &str| {
        panel.column(id).is_some_and(|column| panel.columns[column].kind == ColumnKind::Label)
    };
    let names = row.cells.iter().filter(|cell| is_label(&cell.key.text));
    let names: Vec<&str> = names.filter_map(|cell| cell.text.as_deref()).collect();
    let name = names.join(UNDER);
    let is_same = |own: &RowSpec| {
        std::iter::once(&own.name).chain(&own.aliases).any(|own| same_name(own, &name))
    };
    if !panel.rows.values().any(is_same) {
        lost.push(text!(
            zh: "表“{title}”（{id}）没有“{name}”这一行，没有带来", en: "the table `{id}` has no row `{name}`: it did not come along",
            title = table.title, id = table.id,
        ));
    }
}

/// A row of the year before: its words, and no figure.
fn of_earlier((table, panel): (&TableSpec, &PanelSpec), row: &Row, lost: &mut Vec<Text>) -> String {
    for cell in row.cells.iter().filter(|cell| panel.column(&cell.key.text).is_none()) {
        let (id, key) = (&table.id, &cell.key.text);
        let line = text!(zh: "表“{title}”（{id}）没有“{key}”栏，没有带来", en: "the table `{id}` has no column `{key}`: it did not come along", title = table.title);
        if !lost.contains(&line) {
            lost.push(line);
        }
    }
    let cells = panel.columns.iter().filter_map(|column| {
        let own = || row.cells.iter().find(|cell| *cell.key.text == *column.id)?.text.as_deref();
        let text = if column.kind.is_figure() { Some(TO_FILL_IN) } else { own() };
        text.map(|text| format!("{}: {}", column.id, scalar(text, true)))
    });
    braces(&cells.collect::<Vec<_>>())
}

/// A row that the form prints.
fn of_form(panel: &PanelSpec, row: &RowSpec) -> String {
    let mut names = row.name.split(UNDER);
    let has_code_column = panel.first(ColumnKind::Code).is_some();
    let mut code = row.code.as_deref().filter(|_| has_code_column);
    let cells = panel.columns.iter().filter_map(|column| {
        let text = match column.kind {
            kind if kind.is_figure() => TO_FILL_IN,
            ColumnKind::Label => names.next()?,
            ColumnKind::Code => code.take()?,
            _ => return None,
        };
        Some(format!("{}: {}", column.id, scalar(text, true)))
    });
    braces(&cells.collect::<Vec<_>>())
}

fn braces(cells: &[String]) -> String {
    if cells.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", cells.join(", ")) }
}
