//! The lines and rows of documents → the tables, projects and sections of a profile they are.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Across, TableSoFar};
use super::document::Document;
use super::head::{self, Head, Units};
use super::placed::{At, Fate, Left, Placed, PlacedTable, Said, Taken, Value};
use super::stream::{Flow, Piece, Row, account, pieces};
use super::title::{Printed, Title};
use super::vocabulary::{LIKELY, Vocabulary};
use super::words::{key, same, year_in};
use super::{beside, caption, indicators, project, section};
use crate::diagnostic::{Text, text};
use crate::profile::{Profile, TableSpec};

/// Finds everything a profile knows in documents. `only` names the table that rows without a
/// title and without headings belong to.
pub fn place(profile: &Profile, documents: &[Document], only: Option<&str>) -> Placed {
    let vocabulary = Vocabulary::of(profile);
    let pieces = pieces(documents, |rows| beside::tables(rows, &vocabulary));
    let mut placer = Placer {
        profile,
        pieces: &pieces,
        only,
        placed: Placed::default(),
        open: None,
        flow: Vec::new(),
        lines: Vec::new(),
        vocabulary,
        unread: BTreeMap::new(),
    };
    let mut at = 0;
    while at < pieces.len() {
        at = placer.take(at);
    }
    let Placer { mut placed, flow, unread, vocabulary, .. } = placer;
    section::read(&mut placed, (profile, &vocabulary.sections), &pieces, &flow);
    if let Some(spec) = &profile.projects {
        indicators::doubt_strays(spec, &mut placed.projects);
    }
    account(&mut placed, &pieces, &unread);
    placed
}

struct Placer<'a> {
    profile: &'a Profile,
    pieces: &'a [Piece<'a>],
    only: Option<&'a str>,
    placed: Placed,
    open: Option<TableSoFar<'a>>,
    flow: Vec<Flow>,
    /// The texts since the last row of a table, which the next one may be titled by.
    lines: Vec<(usize, At, &'a str)>,
    vocabulary: Vocabulary<'a>,
    /// The grids whose headings are those of no table, with the id of the one whose title they have.
    unread: BTreeMap<usize, Option<String>>,
}

/// So many lines above a table may title it.
const LINES_ABOVE: usize = 12;

/// So many texts above a table may belong to it: a line may stand in several cells.
const LINES_TAKEN: usize = 40;

impl<'a> Placer<'a> {
    /// Takes the piece at a place, and says which comes next.
    fn take(&mut self, at: usize) -> usize {
        // Most rows hold figures and names, and begin nothing.
        let is_known = self.pieces[at].row().is_none_or(|row| self.vocabulary.is_in(row));
        if is_known && let Some(end) = self.list(at) {
            return end;
        }
        let is_single = || self.pieces[at].row().is_none_or(|row| row.count() == 1);
        let end = (is_known || is_single())
            .then(|| project::end_of(self.profile, &self.vocabulary, self.pieces, at))
            .flatten();
        if let Some(end) = end {
            self.close();
            project::read(&mut self.placed, self.profile, &self.pieces[at..end]);
            self.flow.push(Flow::Project);
            return end;
        }
        let Piece::Row(row) = self.pieces[at] else {
            self.text(at);
            return at + 1;
        };
        if is_known && let Some((spec, head)) = self.head(at) {
            let height = head.height;
            self.open(at, spec, head);
            return at + height;
        }
        self.row(at, row);
        at + 1
    }

    /// Leaves out a list of projects that begins here, and says where it ends.
    fn list(&mut self, at: usize) -> Option<usize> {
        let spec = self.profile.projects.as_ref()?;
        self.pieces[at].row().filter(|row| project::is_list(spec, *row))?;
        self.close();
        let rows = self.grid_rows(at);
        for row in &rows {
            for (_, cell) in row.filled() {
                self.placed.fates.insert(row.at(cell), Fate::Left(Left::List));
            }
        }
        Some(at + rows.len())
    }

    /// The rows of the same grid from a place on.
    fn rows(&self, at: usize) -> Vec<Row<'a>> {
        let rows = self.pieces[at..].iter().map_while(|piece| piece.row());
        rows.take(8).collect()
    }

    /// The rows of one grid from a place on.
    fn grid_rows(&self, at: usize) -> Vec<Row<'a>> {
        let rows = self.pieces[at..].iter().map_while(|piece| piece.row());
        let Some(first) = self.pieces[at].row() else { return Vec::new() };
        rows.take_while(|row| row.grid == first.grid).collect()
    }

    /// The table whose headings begin here.
    fn head(&mut self, at: usize) -> Option<(&'a TableSpec, Head)> {
        let rows = self.rows(at);
        // A heading over all columns stands above others.
        let is_below = |row: &Row| row.grid == rows[0].grid && row.count() > 1;
        if rows[0].count() < 2 && !rows.get(1).is_some_and(is_below) {
            return None;
        }
        let profile = self.profile;
        let mut options: Vec<(usize, usize, &TableSpec, Head)> = Vec::new();
        for spec in profile.tables.values() {
            if self.only.is_some_and(|only| only != spec.id) {
                continue;
            }
            let Some(head) = head::read(self.profile, spec, &rows) else { continue };
            let title = self.title_of(spec, rows[0].sheet);
            options.push((title, head.found, spec, head));
        }
        let best = options.iter().map(|(title, found, ..)| (*title, *found)).max()?;
        let mut fitting: Vec<_> =
            options.into_iter().filter(|(title, found, ..)| (*title, *found) == best).collect();
        // A page without a title goes on with the table before it.
        if best.0 < LIKELY
            && let Some(open) = &self.open
            && let Some(same) = fitting.iter().position(|(.., spec, _)| spec.id == open.spec.id)
        {
            let (.., spec, head) = fitting.swap_remove(same);
            return Some((spec, head));
        }
        if fitting.len() > 1 {
            let ids: Vec<String> = fitting.iter().map(|(.., spec, _)| spec.id.clone()).collect();
            self.close();
            self.ambiguous(at, &ids);
            return None;
        }
        let (_, found, spec, head) = fitting.pop()?;
        (best.0 >= LIKELY || found >= CERTAIN || self.only.is_some()).then_some((spec, head))
    }

    /// How sure the title above, or the name of the sheet, is that of a table, in per cent. The title
    /// is the nearest line that is like that of any table. A page that goes on with the open table has
    /// none.
    fn title_of(&self, spec: &TableSpec, sheet: &str) -> usize {
        let is_title = |text: &str| {
            self.vocabulary.titled(text).is_some_and(|(_, likeness)| likeness >= LIKELY)
        };
        let likeness = |text: &str| self.vocabulary.likeness(&spec.id, &Printed::of(text));
        let mut lines = self.lines.iter().rev().take(LINES_ABOVE);
        let nearest = lines.find(|(_, _, text)| is_title(text));
        let printed = nearest.map_or(0, |(_, _, text)| likeness(text));
        // A printed title tells more than the name of a sheet.
        let sheet = likeness(sheet) * 9 / 10;
        let likeness = if nearest.is_some() { printed } else { sheet };
        if likeness >= LIKELY { likeness } else { 0 }
    }

    /// Rows of a grid that could be any of several tables.
    fn ambiguous(&mut self, at: usize, ids: &[String]) {
        let Piece::Row(first) = self.pieces[at] else { return };
        let rows = self.pieces[at..].iter().map_while(|piece| piece.row());
        for row in rows.take_while(|row| row.grid == first.grid) {
            for (_, cell) in row.filled() {
                let fate = Fate::Left(Left::Ambiguous(ids.to_vec()));
                self.placed.fates.entry(row.at(cell)).or_insert(fate);
            }
        }
    }

    /// Opens a table, or goes on with the one that is open.
    fn open(&mut self, at: usize, spec: &'a TableSpec, head: Head) {
        let rows = self.rows(at);
        for row in &rows[..head.height] {
            for (_, cell) in row.filled() {
                self.placed.fates.insert(row.at(cell), Fate::Form);
            }
        }
        let grid = rows[0].grid;
        self.unread.insert(grid, None);
        let is_first = !self.placed.tables.contains_key(&spec.id);
        let began = rows[0].filled().next().map(|(_, cell)| rows[0].at(cell)).unwrap_or_default();
        let panels = vec![Vec::new(); spec.panels.len()];
        let table = self.placed.tables.entry(spec.id.clone());
        table.or_insert_with(|| PlacedTable { panels, at: began, ..PlacedTable::default() });
        self.take_lines(spec);
        if is_first {
            self.flow.push(Flow::Table(spec.id.clone()));
        }
        self.other_units(spec, &head.units, &rows[0]);
        let (slots, units, above) = (head.slots, head.units, Vec::new());
        self.open = Some(TableSoFar { spec, slots, units, grid, is_new_page: !is_first, above });
    }

    /// Says of units that headings name where they are not those of the form.
    fn other_units(&mut self, spec: &TableSpec, units: &Units, row: &Row) {
        let other = units.iter().filter_map(|((panel, column), printed)| {
            let unit = spec.unit_of(&spec.panels[*panel].columns[*column])?;
            (!same(unit, printed)).then(|| (printed.clone(), unit.to_owned()))
        });
        let other: BTreeSet<(String, String)> = other.collect();
        let at = row.filled().next().map(|(_, cell)| row.at(cell)).unwrap_or_default();
        let notes = other.iter().map(|(printed, unit)| (at.clone(), other_unit(printed, unit)));
        self.placed.notes.extend(notes);
    }

    /// The lines above a table: its title, what the form prints there, 续表; others stay.
    fn take_lines(&mut self, spec: &TableSpec) {
        let mut lines = std::mem::take(&mut self.lines);
        let lines = lines.split_off(lines.len().saturating_sub(LINES_TAKEN));
        let title = Title::of(&spec.title);
        let likeness = |text: &str| title.likeness(&Printed::of(text));
        let best = lines.iter().map(|(_, _, text)| likeness(text)).max();
        let best = best.filter(|best| *best >= LIKELY);
        let mut is_titled = false;
        for (_, at, text) in lines {
            let is_title = best.is_some() && Some(likeness(text)) == best;
            if let Some(values) = caption::several(self.profile, spec, text) {
                self.says(spec, &at, values);
                is_titled |= is_title;
            } else if is_title {
                self.title(spec, &at, text);
                self.unit(spec, &at, text);
                is_titled = true;
            } else if !self.caption((spec, is_titled), &at, text) && !self.is_continued(text) {
                // A line of other words may name the unit all the same.
                if !self.unit(spec, &at, text) {
                    continue;
                }
            }
            self.placed.fates.insert(at.clone(), Fate::Form);
            self.flow.retain(|flow| !matches!(flow, Flow::Text(_, other) if *other == at));
        }
    }

    /// Takes the unit that a line names; whether it names one.
    fn unit(&mut self, spec: &TableSpec, at: &At, text: &str) -> bool {
        match caption::unit_in(self.profile, spec, text) {
            Some(Ok(unit)) => {
                self.says(spec, at, vec![("unit".to_owned(), unit)]);
                true
            }
            Some(Err(unit)) => {
                let table =
                    self.placed.tables.get_mut(&spec.id).expect("a table is opened with its lines");
                table.unknown_unit.get_or_insert(unit);
                true
            }
            None => false,
        }
    }

    fn title(&mut self, spec: &TableSpec, at: &At, text: &str) {
        let table = self.placed.tables.get_mut(&spec.id).expect("a table is opened with its lines");
        if !table.printed.is_empty() {
            return;
        }
        text.trim().clone_into(&mut table.printed);
        if let Some(year) = year_in(text) {
            self.placed.said.push(Said { what: "year".to_owned(), text: year, at: at.clone() });
        }
        if Title::of(&spec.title).likeness(&Printed::of(text)) < 90 {
            let from = vec![at.clone()];
            let text = text.trim().to_owned();
            table.title = Some(Value { text, doubt: None, from, taken: Taken::Whole });
        }
    }

    /// What a line above a table says, where the form prints such a line. Below its title a line may
    /// be all it says, without words of the form.
    fn caption(&mut self, (spec, is_titled): (&TableSpec, bool), at: &At, text: &str) -> bool {
        let values = caption::values(self.profile, Some(spec), text);
        let bare = || caption::bare(self.profile, spec, text).filter(|_| is_titled);
        let Some(values) = values.or_else(bare) else { return false };
        self.says(spec, at, values);
        true
    }

    /// Keeps what a line above a table says.
    fn says(&mut self, spec: &TableSpec, at: &At, values: Vec<(String, String)>) {
        let table = self.placed.tables.get_mut(&spec.id).expect("a table is opened with its lines");
        for (what, text) in values {
            if what == "unit" {
                if let Some(unit) = spec.unit.as_ref().filter(|unit| !same(unit, &text))
                    && table.unit.is_none()
                {
                    self.placed.notes.push((at.clone(), other_unit(&text, unit)));
                }
                table.unit.get_or_insert_with(|| text.clone());
            } else if spec.facts.contains_key(&what) {
                let (from, text) = (vec![at.clone()], text.clone());
                let value = Value { text, doubt: None, from, taken: Taken::Part };
                table.facts.entry(what.clone()).or_insert(value);
            }
            self.placed.said.push(Said { what, text, at: at.clone() });
        }
    }

    fn is_continued(&self, text: &str) -> bool {
        let word = key(&self.profile.words.continued);
        let text = key(text);
        !word.is_empty() && text.contains(&word) && text.chars().count() < word.chars().count() + 6
    }

    /// A row of a grid that is no heading.
    fn row(&mut self, at: usize, row: Row<'a>) {
        let profile = self.profile;
        if self.is_above(row) {
            self.texts(at);
            return;
        }
        if self.open.is_none()
            && let Some(spec) = self.only.and_then(|only| profile.tables.get(only))
            && let Some(head) = head::without_headings(spec, &self.grid_rows(at))
        {
            self.open(at, spec, head);
        }
        let Some(open) = &mut self.open else {
            self.unread(row);
            self.texts(at);
            return;
        };
        if head::numbers_columns(open.spec, row) {
            for (_, cell) in row.filled() {
                self.placed.fates.insert(row.at(cell), Fate::Form);
            }
            return;
        }
        // Office workers leave a note in the first cell, from where it runs over the others.
        let id = open.spec.id.clone();
        if row.count() == 1
            && let [(at, text)] = self.pieces[at].texts().as_slice()
            && self.note(&id, at, text)
        {
            return;
        }
        let Some(open) = &mut self.open else { return };
        let across = body::is_across(open, row);
        let is_other = open.grid != row.grid
            && (!self.lines.is_empty() || open.slots.len() != row.cells.len());
        if across.is_some() || is_other {
            let text = self.pieces[at].texts();
            if let [(at, text)] = text.as_slice()
                && self.line_below(&id, at, text, across)
            {
                return;
            }
            if is_other {
                self.open = None;
                self.unread(row);
            }
            self.texts(at);
            return;
        }
        open.grid = row.grid;
        self.lines.clear();
        body::add(&mut self.placed, profile, open, row);
    }

    /// Remembers of a grid below the title of a table that its headings are not those of the form.
    fn unread(&mut self, row: Row) {
        if row.count() < 2 || self.unread.contains_key(&row.grid) {
            return;
        }
        let titled = |(_, _, text): &(usize, At, &str)| {
            let found = self.vocabulary.titled(text);
            found.filter(|(_, likeness)| *likeness >= LIKELY).map(|(id, _)| id)
        };
        let found = self.lines.iter().rev().take(LINES_ABOVE).find_map(titled);
        self.unread.insert(row.grid, found.map(str::to_owned));
    }

    /// Whether every text of a row is a title or a line above tables.
    fn is_above(&self, row: Row) -> bool {
        let is_figure = |text: &str| crate::amount::parse(text).is_ok();
        if row.filled().any(|(_, cell)| is_figure(cell.text.trim())) {
            return false;
        }
        row.filled().all(|(_, cell)| {
            let text = cell.text.trim();
            self.vocabulary.titled(text).is_some_and(|(_, likeness)| likeness >= 90)
                || caption::values(self.profile, None, text)
                    .is_some_and(|values| self.is_expected(&values))
                || self.is_continued(text)
        })
    }

    /// Below headings a code and words are a row, unless they are the organisation that the lines
    /// above named.
    fn is_expected(&self, values: &[(String, String)]) -> bool {
        let names =
            |said: &Said, (what, text): &(String, String)| said.what == *what && said.text == *text;
        self.open.is_none()
            || values
                .iter()
                .filter(|(what, _)| what == "organisation")
                .all(|value| self.placed.said.iter().any(|said| names(said, value)))
    }

    /// The texts of a piece: they may stand above the next table.
    fn texts(&mut self, at: usize) {
        for (place, text) in self.pieces[at].texts() {
            if self.placed.fates.contains_key(&place) {
                continue;
            }
            self.lines.push((at, place.clone(), text));
            self.flow.push(Flow::Text(at, place));
        }
    }

    /// A line of text.
    fn text(&mut self, at: usize) {
        let texts = self.pieces[at].texts();
        if let (Some(open), [(place, text)]) = (&self.open, texts.as_slice()) {
            let id = open.spec.id.clone();
            if self.note(&id, place, text) {
                return;
            }
        }
        self.texts(at);
    }

    /// Takes a note under a table, where a text begins as notes do.
    fn note(&mut self, id: &str, at: &At, text: &str) -> bool {
        let begins = |word: &String| {
            text.trim().strip_prefix(word.as_str()).is_some_and(|rest| {
                rest.trim_start().starts_with(['：', ':', '.', '、'])
                    || rest.starts_with(char::is_whitespace)
            })
        };
        if !self.profile.words.notes.iter().any(begins) {
            return false;
        }
        self.take_note(id, at, text);
        true
    }

    fn take_note(&mut self, id: &str, at: &At, text: &str) {
        let table = self.placed.tables.get_mut(id).expect("a note follows its table");
        let from = vec![at.clone()];
        let value = Value { text: text.trim().to_owned(), doubt: None, from, taken: Taken::Whole };
        match &mut table.note {
            Some(note) => body::join(note, value),
            none => *none = Some(value),
        }
        self.placed.fates.insert(at.clone(), Fate::Written);
    }

    /// A line over all columns right below a table is its note, where a profile does not say how
    /// notes begin.
    fn line_below(&mut self, id: &str, at: &At, text: &str, across: Option<Across>) -> bool {
        let is_note = across == Some(Across::Line) && self.profile.words.notes.is_empty();
        if is_note {
            self.take_note(id, at, text);
        }
        is_note
    }

    fn close(&mut self) {
        self.open = None;
        self.lines.clear();
    }
}

/// A table prints another unit than its form.
fn other_unit(printed: &str, unit: &str) -> Text {
    text!(
        zh: "这张表的单位是{printed}，模板是{unit}：金额换成{unit}来写，只移小数点",
        en: "this table is in `{printed}` and the profile in `{unit}`: amounts are written in `{unit}`, which moves the point and nothing else",
    )
}

/// Headings alone tell a table where they name so many of its columns, in per cent.
const CERTAIN: usize = 90;
