//! What a form asks for and a disclosure does not have: tables, rows and figures of projects that are not there.
//! They are unknown and never nought; rules report them, and what cannot be checked is counted there.

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Panel, Project, Row, Table};
use crate::content::{self, Part, Unread};
use crate::profile::{
    ColumnKind, Hierarchy, PanelSpec, Profile, ProjectSpec, Role, TableSpec, same_name,
};
use crate::source::{FileId, Place};

/// The tables that a profile requires. Where there is none at all, that is one finding of its own.
pub(super) fn tables(
    profile: &Profile,
    tables: &IndexMap<String, Table>,
    written: &content::Disclosure,
    unread: &[Unread],
) -> Vec<Unread> {
    let is_unread = |id: &String| unread.iter().any(|part| part.what == Part::Table(id.clone()));
    let required = profile.tables.values().filter(|spec| spec.required && !tables.is_empty());
    let absent = required.filter(|spec| !tables.contains_key(&spec.id) && !is_unread(&spec.id));
    let part = |id: &String| {
        Unread::absent(Part::Table(id.clone()), written.profile_place.clone(), id.clone())
    };
    absent.map(|spec| part(&spec.id)).collect()
}

/// The rows that a panel prints in any case and that are not there. What they are part of is not sure either.
pub(super) fn rows(
    table: &TableSpec,
    (number, form): (usize, &PanelSpec),
    panel: &Panel,
    (file, written): (FileId, &content::Panel),
) -> Vec<Unread> {
    let absent = absent_rows(form, panel);
    let Some((first, _)) = absent.first() else { return Vec::new() };
    let runs = runs(form, &absent);
    // What is said of several rows in a row is said at the first of them.
    let firsts: FxHashMap<&str, &str> = runs
        .iter()
        .filter_map(|run| Some((run.first()?.0, run)))
        .flat_map(|(first, run)| run.iter().map(move |(key, _)| (*key, first)))
        .collect();
    let said = |key: &str| firsts.get(key).copied().unwrap_or(key).to_owned();
    let nameless =
        nameless(form, panel).map(|row| Place::bytes(file, written.rows[row].range.clone()));
    let of = |part: Part, key: &str| match &nameless {
        Some(place) => Unread::new(part, place.clone()),
        None => Unread::absent(part, rows_place(file, form), address(table, form, &said(key))),
    };
    let code = |key: &str| form.rows.get(key).and_then(|row| row.code.clone());
    let codes = absent.iter().flat_map(|(key, _)| {
        let known = [Some((*key).to_owned()), code(key)].into_iter().flatten();
        known.map(|known| of(Part::Code(table.id.clone(), number, known), key)).collect::<Vec<_>>()
    });
    let divided: FxHashSet<&str> =
        form.rows.values().filter_map(|part| part.part_of.as_deref()).collect();
    let is_whole = |row: usize| {
        let spec = panel.rows[row].spec.map(|spec| &form.rows[spec]);
        spec.is_some_and(|spec| spec.role != Role::Detail || divided.contains(spec.id.as_str()))
    };
    let wholes = (0..panel.rows.len()).filter(|row| is_whole(*row));
    let wholes = wholes.map(|row| of(Part::Row(table.id.clone(), number, row), first));
    codes.chain(wholes).collect()
}

/// What stands below rows that the form wants broken down and that are not.
pub(super) fn below(
    table: &TableSpec,
    (number, form): (usize, &PanelSpec),
    panel: &Panel,
    place: &dyn Fn(usize, usize) -> Place,
) -> Vec<Unread> {
    let column = form.first(ColumnKind::Code).unwrap_or_default();
    let undivided = undivided(form, panel).into_iter().filter_map(|row| {
        let Row { code, key, .. } = &panel.rows[row];
        let part = Part::Below(table.id.clone(), number, code.clone()?);
        Some(Unread::absent(part, place(row, column), format!("{}/{key}", table.id)))
    });
    undivided.collect()
}

/// The rows with figures that the form wants broken down to longer codes, and that have none below them.
pub(crate) fn undivided(form: &PanelSpec, panel: &Panel) -> Vec<usize> {
    let Hierarchy::Codes { depth, .. } = &form.hierarchy else { return Vec::new() };
    let mut has_children = vec![false; panel.rows.len()];
    for parent in panel.rows.iter().filter_map(|row| row.parent) {
        has_children[parent] = true;
    }
    let has_figure = |row: &Row| {
        row.cells.iter().any(|cell| cell.figure().is_some_and(|value| !value.is_zero()))
    };
    let is_undivided = |(index, row): &(usize, &Row)| {
        row.role == Role::Detail
            && row.code.is_some()
            && row.level < *depth
            && !has_children[*index]
            && has_figure(row)
    };
    let rows = panel.rows.iter().enumerate().filter(is_undivided);
    rows.map(|(index, _)| index).collect()
}

/// The first row that has no name, which is most likely one that is missed, and was reported.
pub(crate) fn nameless(form: &PanelSpec, panel: &Panel) -> Option<usize> {
    form.first(ColumnKind::Label)?;
    panel.rows.iter().position(|row| row.name.is_empty() && row.spec.is_none())
}

/// The rows that a panel prints in any case and that are not there: their keys and names.
pub(crate) fn absent_rows<'a>(form: &'a PanelSpec, panel: &Panel) -> Vec<(&'a str, &'a str)> {
    if panel.rows.is_empty() {
        return Vec::new();
    }
    let mut is_there = vec![false; form.rows.len()];
    for spec in panel.rows.iter().filter_map(|row| row.spec) {
        is_there[spec] = true;
    }
    let printed = form.rows.values().zip(is_there);
    let rows = printed.filter(|(spec, is_there)| !spec.optional && !is_there);
    let mut absent: Vec<(&str, &str)> =
        rows.map(|(spec, _)| (spec.id.as_str(), spec.name.as_str())).collect();
    if let Some(total) = &form.total_row {
        let is_printed = form.rows.values().any(|row| same_name(&row.name, total));
        let is_there = panel.rows.iter().any(|row| same_name(&row.name, total));
        if !is_printed && !is_there {
            absent.push((total, total));
        }
    }
    absent
}

/// Absent rows, those that a form prints one behind the other together.
pub(crate) fn runs<'a>(
    form: &PanelSpec,
    absent: &[(&'a str, &'a str)],
) -> Vec<Vec<(&'a str, &'a str)>> {
    let mut all: Vec<Vec<(&str, &str)>> = Vec::new();
    let mut last = None;
    for row in absent {
        let at = form.rows.get_index_of(row.0);
        let follows =
            at.zip(last).is_some_and(|(at, last): (usize, usize)| at == last.saturating_add(1));
        match all.last_mut().filter(|_| follows) {
            Some(run) => run.push(*row),
            None => all.push(vec![*row]),
        }
        last = at;
    }
    all
}

/// Where a panel says that a row is missing.
pub(crate) fn rows_place(file: FileId, form: &PanelSpec) -> Place {
    if form.id.is_empty() {
        Place::key(file, "rows")
    } else {
        Place::key(file, format!("panels.{}", form.id))
    }
}

/// The address of a row.
pub(crate) fn address(table: &TableSpec, form: &PanelSpec, row: &str) -> String {
    if form.id.is_empty() {
        format!("{}/{row}", table.id)
    } else {
        format!("{}/{}.{row}", table.id, form.id)
    }
}

/// The projects of which a profile requires one at least.
pub(super) fn projects(
    spec: &ProjectSpec,
    projects: &[Project],
    written: &content::Disclosure,
    unread: &[Unread],
) -> Option<Unread> {
    let is_unread = || unread.iter().any(|part| part.what == Part::Projects);
    let place = || written.profile_place.clone();
    (spec.required && projects.is_empty() && !is_unread())
        .then(|| Unread::absent(Part::Projects, place(), "projects".to_owned()))
}

/// The fields that a project must fill in and leaves blank.
pub(super) fn fields(spec: &ProjectSpec, projects: &[Project]) -> Vec<Unread> {
    let mut all = Vec::new();
    for (number, project) in projects.iter().enumerate() {
        for (at, (field, cell)) in spec.fields.values().zip(&project.fields).enumerate() {
            if field.required && field.kind.is_figure() && cell.is_blank() {
                let address = format!("projects/{}/{}", project.slug, field.id);
                all.push(Unread::absent(
                    Part::Field(number, at),
                    Place::start(project.file),
                    address,
                ));
            }
        }
    }
    all
}
