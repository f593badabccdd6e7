//! Written rows to rows of a form: cells parsed by their column, rows matched
//! to the ones the form prints.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;

use super::cells::{Columns, GUESSES, Strangers, as_above_or, cells, may_guess};
use super::code_names::CodeNames;
use super::code_rows::{self, Doubt};
use super::covers::Covers;
use super::hierarchy::without_ordinal;
use super::{Cell, Panel, Row};
use crate::codes;
use crate::content;
use crate::diagnostic::{Diagnostic, Report, text};
use crate::profile::{
    self, ColumnKind, Hierarchy, Marks, PanelSpec, Role, TableSpec, name_hash, same_name,
};
use crate::source::{FileId, Place};
use crate::yaml;

/// Reads the rows of one panel. Hierarchy and roles beyond the form's own rows follow later.
pub(super) fn read(
    report: &mut Report,
    (table, panel): (&TableSpec, &PanelSpec),
    (marks, code_names): (&Marks, &CodeNames),
    (file, written): (FileId, &content::Panel),
    doubts: &mut Vec<(Doubt, Place)>,
) -> Panel {
    let mut matcher = Matcher::new(panel);
    let mut rows = Vec::with_capacity(written.rows.len());
    let (mut codes, mut labels) =
        (Covers::of(panel, ColumnKind::Code), Covers::of(panel, ColumnKind::Label));
    let columns = Columns::of(panel);
    let (mut guesses, known) = (GUESSES, OnceCell::<Vec<&str>>::new());
    let mut strangers = Strangers::default();
    for row in &written.rows {
        let cells =
            cells(report, table, (panel, &columns), marks, row, (&mut strangers, &mut guesses));
        no_figures(panel, (rows.len(), &cells), (file, row), doubts);
        let label = labels.path(&cells);
        let code = codes.path(&cells);
        // A total may be printed where its code would stand.
        let (names, mut code, path) = match (label.as_slice(), code.as_slice()) {
            ([], [(_, only)]) if panel.calls(only) => (vec![only.clone()], String::new(), code),
            _ => {
                let words = |path: &[(usize, String)]| -> Vec<String> {
                    path.iter()
                        .map(|(_, text)| text.clone())
                        .filter(|text| !text.is_empty())
                        .collect()
                };
                (words(&label), words(&code).concat(), [code, label].concat())
            }
        };
        let mut spec = matcher.find(&names);
        if names.is_empty() && spec.is_none() {
            let place = Place::bytes(file, row.range.clone());
            if nameless(report, (table, panel), (&place, row), &code) {
                doubts.push((Doubt::Row(rows.len()), place));
            }
        }
        if spec.is_none() && !panel.open && !names.is_empty() {
            let name = names.join(profile::UNDER);
            let known: &[&str] = if may_guess(&mut guesses) {
                known.get_or_init(|| panel.rows.values().map(|row| row.name.as_str()).collect())
            } else {
                &[]
            };
            let told = (name.as_str(), matcher.prints(&name));
            unknown_row(report, (table, panel), (file, row), told, known);
            // Taken for the row it was most likely meant to be, so that one slip is one finding.
            spec = yaml::nearest(&name, known).and_then(|near| matcher.find(&[near.to_owned()]));
        }
        if let Hierarchy::Codes { lengths, .. } = &panel.hierarchy {
            let name = names.last().map(String::as_str).unwrap_or_default();
            let other = code_names.meant(panel, (name, &code), written);
            code = meant_code(report, (panel, lengths), (file, row), (name, code), other);
        }
        let mut row = named(panel, cells, &names, code, spec);
        row.path = path;
        if row.key.is_empty() {
            row.key = (rows.len() + 1).to_string();
        }
        rows.push(row);
    }
    strangers.report(report, table, &columns);
    unique_keys(report, table, (file, written), &mut rows, doubts);
    Panel { rows, ..Panel::default() }
}

/// Reports a row of which nobody can tell what it is: no column for names says anything; whether it did.
fn nameless(
    report: &mut Report,
    (table, panel): (&TableSpec, &PanelSpec),
    (place, row): (&Place, &content::Row),
    code: &str,
) -> bool {
    // A row that is no mapping was reported.
    let Some(label) = panel.first(ColumnKind::Label).filter(|_| !row.cells.is_empty()) else {
        return false;
    };
    let column = &panel.columns[label];
    let (id, title, name) = (&table.id, &table.title, &column.id);
    let which = if code.is_empty() { String::new() } else { format!(" ({code})") };
    let message = text!(zh: "表“{title}”的这一行{which}没有写“{column}”", en: "this row{which} of the table `{id}` has no `{name}`", column = column.title);
    let help = text!(zh: "写上 {name}: ……；不要的行，删去", en: "write {name}: …; where the row is not wanted, remove it");
    report.push(codes::MISSING_KEY.at(place.clone(), message).help(help));
    true
}

/// Notes the cells of a row in which words stand for figures.
fn no_figures(
    panel: &PanelSpec,
    (number, cells): (usize, &[Cell]),
    (file, row): (FileId, &content::Row),
    doubts: &mut Vec<(Doubt, Place)>,
) {
    for (column, (spec, cell)) in panel.columns.iter().zip(cells).enumerate() {
        if spec.kind.is_figure() && matches!(cell, Cell::Text(_)) {
            let written = row.cells.iter().find(|cell| *cell.key.text == *spec.id);
            let range = written.map_or(row.range.clone(), |cell| cell.range.clone());
            doubts.push((Doubt::Cell(number, column), Place::bytes(file, range)));
        }
    }
}

/// A code, or the one it was certainly meant to be.
fn meant_code(
    report: &mut Report,
    (panel, lengths): (&PanelSpec, &[usize]),
    (file, row): (FileId, &content::Row),
    (name, code): (&str, String),
    other: Option<&str>,
) -> String {
    let meant = code_rows::meant(lengths, &code).or_else(|| other.map(str::to_owned));
    let Some(meant) = meant else { return code };
    let column = panel.first(ColumnKind::Code).map(|column| panel.columns[column].id.as_str());
    let written = row.cells.iter().find(|cell| Some(&*cell.key.text) == column);
    let place = Place::bytes(file, written.map_or(row.range.clone(), |cell| cell.range.clone()));
    let found = if code_rows::level_of(lengths, &code).is_some() {
        let message = text!(zh: "“{name}”在别的表里的代码是 {meant}，这里写成 {code}", en: "{name} has the code {meant} in other tables, and {code} here");
        codes::BAD_CODE.at(place, message)
    } else {
        code_rows::of_no_level(lengths, &code, place)
    };
    report.push(found.help(text!(zh: "写成 {meant}", en: "write {meant}")));
    meant
}

fn named(
    panel: &PanelSpec,
    cells: Vec<Cell>,
    names: &[String],
    code: String,
    spec: Option<usize>,
) -> Row {
    let form = spec.map(|index| &panel.rows[index]);
    let code = Some(code).filter(|code| !code.is_empty()).or_else(|| form?.code.clone());
    let key = match (form, &code) {
        (Some(form), _) => form.id.clone(),
        (None, Some(code)) => code.clone(),
        (None, None) => {
            let words = panel.key.map(|column| cells[column].text());
            let words = words.filter(|words| !words.is_empty());
            words.unwrap_or_else(|| names.join(profile::UNDER.trim()))
        }
    };
    let name = names.last().cloned().unwrap_or_default();
    let role = form.map_or(Role::Detail, |form| form.role);
    let level = form.map_or(1, |form| form.level);
    Row { key, code, name, path: Vec::new(), spec, role, level, parent: None, cells }
}

fn unknown_row(
    report: &mut Report,
    (table, panel): (&TableSpec, &PanelSpec),
    (file, row): (FileId, &content::Row),
    (name, is_repeat): (&str, bool),
    known: &[&str],
) {
    let label = panel.first(ColumnKind::Label).map(|column| panel.columns[column].id.as_str());
    let written = row.cells.iter().find(|cell| Some(&*cell.key.text) == label);
    let place = Place::bytes(file, written.map_or(row.range.clone(), |cell| cell.range.clone()));
    let message = if is_repeat {
        text!(zh: "表“{title}”里“{name}”只有一行，这里又写了一次", en: "the table `{id}` prints `{name}` once, and here it stands again", title = table.title, id = table.id)
    } else {
        text!(zh: "表“{title}”没有“{name}”这一行", en: "the table `{id}` has no row `{name}`", title = table.title, id = table.id)
    };
    let help = if is_repeat {
        text!(zh: "删去重复的一行", en: "remove the repeated row")
    } else {
        as_above_or(known, name)
    };
    report.push(codes::UNKNOWN_ROW.at(place, message).help(help));
}

/// Matches printed names to the form's rows, in order: a form may print one name twice.
struct Matcher<'a> {
    panel: &'a PanelSpec,
    used: Vec<bool>,
    next: usize,
    /// Of a long form, the rows of each name that are not matched yet, by the hash of the name.
    index: Option<BTreeMap<u64, BTreeSet<usize>>>,
    /// The hashes of the names it prints, looked at when one is not found.
    names: OnceCell<BTreeSet<u64>>,
}

/// The rows of a longer form are looked up by name.
const LONG_FORM: usize = 64;

impl<'a> Matcher<'a> {
    fn new(panel: &'a PanelSpec) -> Matcher<'a> {
        let index = (panel.rows.len() > LONG_FORM).then(|| {
            let mut index: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
            for (at, row) in panel.rows.values().enumerate() {
                for name in std::iter::once(&row.name).chain(&row.aliases) {
                    index.entry(name_hash(name)).or_default().insert(at);
                }
            }
            index
        });
        Matcher {
            panel,
            used: vec![false; panel.rows.len()],
            next: 0,
            index,
            names: OnceCell::new(),
        }
    }

    /// Whether the form prints a row of this name, matched or not.
    fn prints(&self, name: &str) -> bool {
        let hashes = || self.panel.rows.values().map(|row| name_hash(&row.name)).collect();
        self.names.get_or_init(hashes).contains(&name_hash(name))
    }

    /// The next row of the form that stands under these names, its ordinal aside.
    fn find(&mut self, names: &[String]) -> Option<usize> {
        let name = names.last().map(String::as_str).unwrap_or_default();
        let path = names.join(profile::UNDER);
        let bare = match &self.panel.hierarchy {
            Hierarchy::Ordinals(ordinals) => without_ordinal(ordinals, name),
            _ => name,
        };
        let all = [name, bare, &path];
        let found = if let Some(index) = &mut self.index {
            Self::look_up(index, (self.panel, &self.used), self.next, &all)
        } else {
            let fits = |index: &usize| !self.used[*index] && is_called(self.panel, *index, &all);
            let length = self.panel.rows.len();
            (self.next..length).find(fits).or_else(|| (0..self.next).find(fits))
        }?;
        self.used[found] = true;
        self.next = found + 1;
        Some(found)
    }

    /// The first row from `next` on, else from the beginning, that is called so.
    fn look_up(
        index: &mut BTreeMap<u64, BTreeSet<usize>>,
        (panel, used): (&PanelSpec, &[bool]),
        next: usize,
        names: &[&str; 3],
    ) -> Option<usize> {
        let mut nearest = None;
        for name in names {
            let Some(rows) = index.get_mut(&name_hash(name)) else { continue };
            // What another of its names was found by is let go of here.
            let mut first = |range: Range<usize>| loop {
                let at = rows.range(range.clone()).next().copied()?;
                if !used[at] && is_called(panel, at, names) {
                    return Some(at);
                }
                rows.remove(&at);
            };
            let found = first(next..usize::MAX).or_else(|| first(0..next));
            let distance = |at: usize| (at < next, at);
            nearest = nearest.into_iter().chain(found).min_by_key(|at| distance(*at));
        }
        nearest
    }
}

/// Whether a row of the form has one of these names.
fn is_called(panel: &PanelSpec, row: usize, names: &[&str; 3]) -> bool {
    let row = &panel.rows[row];
    let is = |printed: &str| names.iter().any(|name| same_name(printed, name));
    is(&row.name) || row.aliases.iter().any(|alias| is(alias))
}

/// Gives every row its own key: a code may stand once, a name may be repeated by rows that differ.
fn unique_keys(
    report: &mut Report,
    table: &TableSpec,
    (file, written): (FileId, &content::Panel),
    rows: &mut [Row],
    doubts: &mut Vec<(Doubt, Place)>,
) {
    // The row of each key, and of a key that came again the number its next row is tried with.
    let mut keys: IndexMap<String, (usize, usize)> = IndexMap::with_capacity(rows.len());
    let mut repeats: IndexMap<usize, Vec<usize>> = IndexMap::new();
    for index in 0..rows.len() {
        let Some((first, number)) = keys.get_mut(&rows[index].key) else {
            keys.insert(rows[index].key.clone(), (index, 2));
            continue;
        };
        let first = *first;
        let mut next = *number;
        let has_code = rows[index].code.is_some() && rows[index].spec.is_none();
        if has_code || rows[first].cells == rows[index].cells {
            repeats.entry(first).or_default().push(index);
        }
        let base = rows[index].key.clone();
        while keys.contains_key(&format!("{base}~{next}")) {
            next += 1;
        }
        let key = format!("{base}~{next}");
        keys[&base].1 = next + 1;
        keys.insert(key.clone(), (index, 2));
        rows[index].key = key;
    }
    let place = |row: usize| Place::bytes(file, written.rows[row].range.clone());
    for (first, again) in repeats {
        let row = &rows[first];
        let name = if row.code.is_some() && row.spec.is_none() { &row.key } else { &row.name };
        let finding = repeated(table, name, place(first), again.iter().map(|row| place(*row)));
        let said = finding.primary.clone();
        doubts.extend([first].into_iter().chain(again).map(|row| (Doubt::Row(row), said.clone())));
        report.push(finding);
    }
}

/// So many further places of a repeated row are shown.
const SHOWN: usize = 8;

/// One finding for a row that stands again and again.
fn repeated(
    table: &TableSpec,
    name: &str,
    first: Place,
    again: impl ExactSizeIterator<Item = Place>,
) -> Diagnostic {
    let times = again.len() + 1;
    let message = if times == 2 {
        text!(zh: "表“{title}”里“{name}”这一行写了两次", en: "the table `{id}` holds the row `{name}` twice", title = table.title, id = table.id)
    } else {
        text!(zh: "表“{title}”里“{name}”这一行写了 {times} 次", en: "the table `{id}` holds the row `{name}` {times} times", title = table.title, id = table.id)
    };
    let mut again = again.take(SHOWN);
    let place = again.next().unwrap_or_else(|| first.clone());
    let mut finding = codes::DUPLICATE_ROW
        .at(place, message)
        .related(first, text!(zh: "第一次在这里", en: "first here"));
    for more in again {
        finding = finding.related(more, text!(zh: "又一次", en: "once more"));
    }
    finding
        .help(text!(zh: "留下对的一行，删去其余的", en: "keep the right one and remove the rest"))
}
