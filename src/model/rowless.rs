//! Tables and panels without a row where their form wants rows: what they hold is unknown, and no
//! other table is to blame for what does not agree with them.

use super::Panel;
use crate::codes;
use crate::content::{self, Part, Unread};
use crate::diagnostic::{Report, text};
use crate::profile::{EmptyNote, PanelSpec, TableSpec};
use crate::source::Place;

/// Reports what has no row, once for a table in which nothing stands, and says that it could not be read.
/// A note says that a table is empty on purpose.
pub(super) fn find(
    report: &mut Report,
    spec: &TableSpec,
    written: &content::Table,
    unread: &mut Vec<Unread>,
) {
    // Its rows stand under a name that the form does not know, which is reported there.
    let is_known = |panel: &content::Panel| spec.panels.iter().any(|form| form.id == panel.id);
    let is_misnamed = !written.panels.iter().all(is_known);
    if written.note.is_some() && !is_misnamed {
        return;
    }
    let has_rows = |form: &PanelSpec| {
        written.panels.iter().any(|panel| panel.id == form.id && !panel.rows.is_empty())
    };
    let is_required = spec.empty_note == EmptyNote::Required;
    let lacks = |form: &PanelSpec| (is_required || wants_rows(form)) && !has_rows(form);
    // A form of words alone that has no row says nothing, whatever rows it wants.
    let is_bare = !spec.panels.iter().any(has_rows);
    let mut columns = spec.panels.iter().flat_map(|form| &form.columns);
    let is_words = columns.all(|column| !column.kind.is_figure());
    let lacking: Vec<usize> =
        (0..spec.panels.len()).filter(|panel| lacks(&spec.panels[*panel])).collect();
    if lacking.is_empty() && !(is_bare && is_words) {
        return;
    }
    if is_bare {
        let place = table_place(written);
        // That its note is missing is a finding of its own.
        if !is_misnamed && !is_required {
            let (title, id) = (&spec.title, &spec.id);
            let message = text!(zh: "“{title}”一行也没有", en: "the table `{id}` has no rows");
            report.push(codes::EMPTY_FILE.at(place.clone(), message).help(text!(
                zh: "补上各行，或者从备份里取回；确实没有数的，在 note: 里写明",
                en: "write its rows, or take them back from a copy; where there is nothing to show, say so in `note:`",
            )));
        }
        unread.push(Unread::new(Part::Table(spec.id.clone()), place));
        return;
    }
    for panel in lacking {
        let id = &spec.panels[panel].id;
        let is_there = written.panels.iter().any(|panel| panel.id == *id);
        let key = if is_there { format!("panels.{id}") } else { "panels".to_owned() };
        let place = Place::key(written.file, key);
        if !is_misnamed {
            let (title, table) = (&spec.title, &spec.id);
            let message = text!(zh: "“{title}”的“{id}”一行也没有", en: "the panel `{id}` of the table `{table}` has no rows");
            report.push(codes::EMPTY_FILE.at(place.clone(), message).help(text!(
                zh: "补上各行，没有数的行数字留空", en: "write its rows; a row without figures leaves them out",
            )));
        }
        unread.push(Unread::new(Part::Panel(spec.id.clone(), panel), place));
    }
}

/// Says of a panel in which rows could not be read, which was reported, that it is unknown, and so is every row whose
/// relations do not hold.
pub(super) fn unreadable(
    spec: &TableSpec,
    written: &content::Table,
    panels: &[Panel],
    unread: &mut Vec<Unread>,
) {
    for (number, form) in spec.panels.iter().enumerate() {
        let Some(panel) = written.panels.iter().find(|panel| panel.id == form.id) else { continue };
        let lost = panel.rows.iter().find(|row| row.is_unread);
        let Some(lost) = lost.filter(|_| panel.rows.iter().any(|row| !row.is_unread)) else {
            continue;
        };
        let place = || Place::bytes(written.file, lost.range.clone());
        unread.push(Unread::new(Part::Panel(spec.id.clone(), number), place()));
        let rows = 0..panels.get(number).map_or(0, |panel| panel.rows.len());
        unread
            .extend(rows.map(|row| Unread::new(Part::Row(spec.id.clone(), number, row), place())));
    }
}

/// Whether a form prints rows, or a total of rows, whatever a disclosure has to show.
fn wants_rows(form: &PanelSpec) -> bool {
    form.total_row.is_some() || form.rows.values().any(|row| !row.optional)
}

/// Where a table says that it has no rows.
fn table_place(written: &content::Table) -> Place {
    match written.panels.first() {
        Some(panel) if panel.id.is_empty() => Place::key(written.file, "rows"),
        Some(_) => Place::key(written.file, "panels"),
        None => Place::start(written.file),
    }
}
