//! A file that holds the rows of another table: its columns are those of another form throughout. That is one
//! finding, and nothing is known of the table that should stand there.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::codes;
use crate::content::{self, Part, Unread};
use crate::diagnostic::{Report, text};
use crate::profile::{PanelSpec, Profile, TableSpec};
use crate::source::Place;
use crate::yaml::Key;

/// So many rows show that a column is meant, and is no slip of one row.
const ENOUGH: usize = 2;

/// So many rows tell whether two files hold the same ones.
const FIRST: usize = 3;

/// Reports a file that holds the rows of another table, and says that its own could not be read.
pub(super) fn find(
    report: &mut Report,
    (profile, spec): (&Profile, &TableSpec),
    tables: &BTreeMap<String, content::Table>,
    written: &content::Table,
) -> Option<Unread> {
    let (place, is_panel) = stranger(spec, written)?;
    let fits = |other: &&Arc<TableSpec>| other.id != spec.id && has_all(other, written);
    let others: Vec<&Arc<TableSpec>> = profile.tables.values().filter(fits).collect();
    let is_copy = |other: &&&Arc<TableSpec>| {
        tables.get(&other.id).is_some_and(|table| first_rows(table) == first_rows(written))
    };
    let other = others.iter().find(is_copy).or_else(|| others.first())?;
    let (title, id) = (&spec.title, &spec.id);
    let (other_title, other_id) = (&other.title, &other.id);
    let message = text!(
        zh: "这个文件里的栏是“{other_title}”的，不是“{title}”的", en: "the columns of this file are those of the table `{other_id}`, not of `{id}`",
    );
    let help = if tables.contains_key(other_id) {
        text!(zh: "把“{title}”的行放回来；“{other_title}”已经在 tables/{other_id}.yaml 里", en: "put the rows of `{id}` back; those of `{other_id}` stand in tables/{other_id}.yaml")
    } else {
        text!(zh: "改名为 tables/{other_id}.yaml，再补上“{title}”", en: "rename it tables/{other_id}.yaml, and add the table `{id}`")
    };
    let code = if is_panel { &codes::UNKNOWN_KEY } else { &codes::UNKNOWN_COLUMN };
    report.push(code.at(place.clone(), message).help(help));
    Some(Unread::new(Part::Table(spec.id.clone()), place))
}

/// The first panel or column that a form has not, where most rows hold such a one.
fn stranger(spec: &TableSpec, written: &content::Table) -> Option<(Place, bool)> {
    let is_known = |panel: &content::Panel| spec.panel(&panel.id).is_some();
    if let Some(panel) = written.panels.iter().find(|panel| !is_known(panel)) {
        let place = panel.key.as_ref().map(Key::place);
        // Rows without a panel are said as that.
        let is_all = !written.panels.iter().any(is_known);
        return place.filter(|_| is_all).map(|place| (place, true));
    }
    let mut rows = written.panels.iter().flat_map(|panel| {
        let form = spec.panel(&panel.id).map(|number| &spec.panels[number]);
        panel.rows.iter().filter_map(move |row| Some((form?, row)))
    });
    let unknown = |(form, row): (&PanelSpec, &content::Row)| {
        let cell = row.cells.iter().find(|cell| form.column(&cell.key.text).is_none())?;
        Some(cell.key.place())
    };
    // Of a table that was pasted whole the first rows say so.
    let first = rows.by_ref().take(FIRST).find_map(unknown)?;
    let (strange, all) = rows.fold((1, 1), |(strange, all), row| {
        (strange + usize::from(unknown(row).is_some()), all + 1)
    });
    (strange >= ENOUGH && strange * 2 > all).then_some((first, false))
}

/// Whether a form has every panel and column of a file.
fn has_all(spec: &TableSpec, written: &content::Table) -> bool {
    written.panels.iter().all(|panel| {
        let Some(form) = spec.panel(&panel.id).map(|number| &spec.panels[number]) else {
            return false;
        };
        let mut cells = panel.rows.iter().flat_map(|row| &row.cells);
        cells.all(|cell| form.column(&cell.key.text).is_some())
    })
}

/// What the first rows of a file hold.
fn first_rows(table: &content::Table) -> Vec<&str> {
    let rows = table.panels.iter().flat_map(|panel| panel.rows.iter().take(FIRST));
    rows.flat_map(|row| &row.cells).filter_map(|cell| cell.text.as_deref()).collect()
}
