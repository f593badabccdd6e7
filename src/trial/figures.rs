//! Every figure of the examples changed, one at a time: what no relation holds shows.

use std::ops::Range;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::Ground;
use crate::amount;
use crate::locate::Locator;
use crate::model::{At, Cell, Disclosure};
use crate::source::FileId;

/// How the changed figures of a column, or of a field of projects, were noticed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ColumnTally {
    /// How many were changed.
    pub tried: usize,
    /// How many a finding pointed at.
    pub at_cell: usize,
    /// How many were found somewhere else only.
    pub elsewhere: usize,
    /// The addresses of those that nothing noticed.
    pub missed: Vec<String>,
}

impl ColumnTally {
    /// Counts what is counted elsewhere, too.
    pub fn add(&mut self, other: ColumnTally) {
        self.tried += other.tried;
        self.at_cell += other.at_cell;
        self.elsewhere += other.elsewhere;
        self.missed.extend(other.missed);
    }
}

/// How a change was noticed.
enum Noticed {
    AtCell,
    Elsewhere,
    Not,
}

/// A figure of an example where it is written.
struct Written {
    disclosure: usize,
    at: At,
    file: FileId,
    range: Range<usize>,
}

/// Changes the first digit of every figure of the examples, and counts by table and column, in printed order,
/// what is noticed.
pub fn figures(ground: &Ground) -> IndexMap<String, ColumnTally> {
    let written = written(ground);
    let noticed: Vec<Noticed> = written.par_iter().map(|one| tried(ground, one)).collect();
    let mut all: IndexMap<String, ColumnTally> = IndexMap::new();
    for (one, noticed) in written.iter().zip(noticed) {
        let disclosure = &ground.draft.disclosures[one.disclosure];
        let tally = all.entry(column(disclosure, one.at)).or_default();
        tally.tried += 1;
        match noticed {
            Noticed::AtCell => tally.at_cell += 1,
            Noticed::Elsewhere => tally.elsewhere += 1,
            Noticed::Not => {
                tally.missed.push(format!("{}/{}", disclosure.path, disclosure.address_of(one.at)));
            }
        }
    }
    all
}

/// The figures that are written as figures, in their own files.
fn written(ground: &Ground) -> Vec<Written> {
    let locator = Locator::new(&ground.sources);
    let mut all = Vec::new();
    for index in &ground.examples {
        let disclosure = &ground.draft.disclosures[*index];
        for at in places(disclosure) {
            let place = disclosure.place_of(at);
            let range = locator.range(&place);
            let text = &ground.sources.file(place.file).text()[range.clone()];
            if amount::parse(text.trim_matches(['"', '\''])).is_ok() {
                all.push(Written { disclosure: *index, at, file: place.file, range });
            }
        }
    }
    all
}

/// Where figures of tables and of project forms stand.
fn places(disclosure: &Disclosure) -> Vec<At> {
    let mut all = Vec::new();
    let is_figure = |cell: &Cell| cell.figure().is_some();
    for (table, content) in disclosure.tables.values().enumerate() {
        for (panel, rows) in content.panels.iter().enumerate() {
            for (row, content) in rows.rows.iter().enumerate() {
                let cells = content.cells.iter().enumerate().filter(|(_, cell)| is_figure(cell));
                all.extend(cells.map(|(column, _)| At::Cell(table, panel, row, column)));
            }
        }
    }
    for (project, content) in disclosure.projects.iter().enumerate() {
        let fields = content.fields.iter().enumerate().filter(|(_, cell)| is_figure(cell));
        all.extend(fields.map(|(field, _)| At::Field(project, field)));
        for (row, cells) in content.indicators.iter().enumerate() {
            let cells = cells.iter().enumerate().filter(|(_, cell)| is_figure(cell));
            all.extend(cells.map(|(column, _)| At::Indicator(project, row, column)));
        }
    }
    all
}

/// The table and column of a figure, or the field or indicator of projects, as addresses name them.
fn column(disclosure: &Disclosure, at: At) -> String {
    let projects = disclosure.project_spec();
    let named = |id: Option<&str>, kind: &str| format!("{kind}/@/{}", id.unwrap_or_default());
    match at {
        At::Cell(table, panel, _, column) => {
            let spec = &disclosure.tables[table].spec;
            let spec_of = |panel: usize| spec.panels.get(panel)?.columns.get(column);
            let id = spec_of(panel).map(|column| column.id.as_str());
            named(id, &spec.id)
        }
        At::Field(_, field) => {
            let id = projects.and_then(|spec| spec.fields.get_index(field));
            named(id.map(|(id, _)| id.as_str()), "projects")
        }
        At::Indicator(_, _, column) => {
            let id = projects.and_then(|spec| spec.indicators.get(column));
            named(id.map(|spec| spec.id.as_str()), "projects/indicators")
        }
        At::Slot(..) => disclosure.address_of(at),
    }
}

fn tried(ground: &Ground, one: &Written) -> Noticed {
    let file = ground.sources.file(one.file);
    let mut text = file.text().to_owned();
    text.replace_range(one.range.clone(), &raised(&text[one.range.clone()]));
    let new = ground.new_findings(&file.path, text);
    let place = ground.draft.disclosures[one.disclosure].place_of(one.at);
    // The same file keeps its number.
    let points_at_it = new.iter().any(|found| {
        let related = found.related.iter().map(|label| &label.place);
        let mut places = related.chain([&found.primary]);
        places.any(|other| other.file == place.file && other.spot == place.spot)
    });
    match (points_at_it, new.is_empty()) {
        (true, _) => Noticed::AtCell,
        (false, false) => Noticed::Elsewhere,
        (false, true) => Noticed::Not,
    }
}

/// A figure with its first digit one higher; nine becomes eight.
fn raised(written: &str) -> String {
    let Some((at, digit)) = written.char_indices().find(|(_, sign)| sign.is_ascii_digit()) else {
        return written.to_owned();
    };
    let other = match digit {
        '9' => '8',
        digit => char::from(digit as u8 + 1),
    };
    format!("{}{other}{}", &written[..at], &written[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn the_first_digit_changes_and_nothing_else() {
        for (written, other) in
            [("12.30", "22.30"), ("-0.05", "-1.05"), ("9", "8"), ("\"120\"", "\"220\"")]
        {
            assert_eq!(raised(written), other);
        }
    }
}
