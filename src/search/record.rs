//! What an entry says: its words as they are printed, and where it stands.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::answer;
use super::entries::{Entry, EntryKind, Term};
use super::letters;
use super::normalize::{amount_tokens, normalize};
use crate::model::{At, Cell, Disclosure, Portal, Project, Table};
use crate::profile::{ColumnKind, ColumnSpec, Role};
use crate::{format, url};

/// An entry with its words.
#[derive(Default)]
pub(super) struct Record {
    /// The index of the disclosure it stands in.
    pub disclosure: Option<usize>,
    /// Its page, as a path of the site.
    pub path: String,
    /// The title of that page, where it is not the entry's own.
    pub page: String,
    /// The headings of its cells; a figure's with its unit behind a tab.
    pub columns: Vec<String>,
    /// What it is called.
    pub name: String,
    /// Its anchor on the page, ready for a link.
    pub anchor: String,
    /// Its code.
    pub code: String,
    /// Its cells as printed: what is withheld is blank.
    pub cells: Vec<String>,
    /// The number of its chief cell, from 1; 0 where it has none.
    pub chief: usize,
    /// Words it is found by that are not printed: aliases.
    pub hidden: Vec<String>,
    /// Tokens it is found by beside those of its words.
    pub tokens: Vec<String>,
    /// Where the term in its name is explained: an anchor of the glossary; empty without one.
    pub term: String,
    /// The side of the account it stands on.
    pub side: String,
    /// What orders it among others of its name and year: less for what is meant first.
    pub rank: usize,
}

/// What records are read from.
pub(super) struct RecordSource<'a> {
    /// The model.
    pub portal: &'a Portal,
    /// The terms.
    pub terms: &'a [Term],
    /// The normalized terms that have other words, and those words.
    pub aliases: Vec<(String, &'a [String])>,
    /// The tokens of names by their sound, which tables and years have in common.
    sounds: RefCell<FxHashMap<String, Vec<String>>>,
}

impl<'a> RecordSource<'a> {
    /// Of a portal.
    pub(super) fn new(portal: &'a Portal, terms: &'a [Term]) -> RecordSource<'a> {
        let with = terms.iter().filter(|term| !term.also.is_empty());
        let aliases = with.map(|term| (normalize(&term.name), term.also.as_slice())).collect();
        RecordSource { portal, terms, aliases, sounds: RefCell::default() }
    }

    /// What an entry is called.
    pub(super) fn name(&self, entry: &Entry) -> String {
        let disclosure = || &self.portal.disclosures[entry.disclosure as usize];
        let item = entry.item as usize;
        match entry.kind {
            EntryKind::Answer => String::new(),
            EntryKind::Term => self.terms[item].name.clone(),
            EntryKind::Page if item == 1 => {
                self.portal.organisations[entry.disclosure as usize].written.name.clone()
            }
            EntryKind::Page => self.title(disclosure()),
            EntryKind::Table => disclosure().tables[item].title.clone(),
            EntryKind::Project => disclosure().projects[item].name.clone(),
            EntryKind::Row => {
                let panel = &disclosure().tables[item].panels[entry.panel as usize];
                let row = &panel.rows[entry.line as usize];
                if row.name.is_empty() { row.key.clone() } else { row.name.clone() }
            }
            EntryKind::Indicator => {
                let spec = disclosure().project_spec().map(|spec| &spec.indicators);
                let label = spec.and_then(|columns| {
                    columns.iter().position(|column| column.kind == ColumnKind::Label)
                });
                let cells = &disclosure().projects[item].indicators[entry.line as usize];
                let name = label.map(|column| shown(&cells[column])).unwrap_or_default();
                // What the form leaves without a name is called by the longest of its words.
                let longest = || cells.iter().map(shown).max_by_key(String::len);
                Some(name).filter(|name| !name.is_empty()).or_else(longest).unwrap_or_default()
            }
            EntryKind::Section | EntryKind::Passage => disclosure().sections[item].title.clone(),
        }
    }

    /// The tokens a name is found by when its sound is typed, worked out once for each name.
    fn sounds_of(&self, name: &str) -> Vec<String> {
        let mut known = self.sounds.borrow_mut();
        if let Some(tokens) = known.get(name) {
            return tokens.clone();
        }
        let tokens: Vec<String> = letters::tokens(&normalize(name)).into_iter().collect();
        known.insert(name.to_owned(), tokens.clone());
        tokens
    }

    fn title(&self, disclosure: &Disclosure) -> String {
        if !disclosure.written.title.is_empty() {
            return disclosure.written.title.clone();
        }
        let organisation = &self.portal.organisation(disclosure).written.name;
        format!("{organisation}{}", format::short_title(disclosure))
    }

    /// All of an entry.
    pub(super) fn record(&self, entry: &Entry) -> Record {
        let name = self.name(entry);
        let item = entry.item as usize;
        let mut record = match entry.kind {
            EntryKind::Answer => return self.answer(entry),
            EntryKind::Term => Record {
                path: url::GLOSSARY.to_owned(),
                anchor: url::fragment(&name.split_whitespace().collect::<String>()),
                cells: vec![self.terms[item].definition.clone()],
                columns: vec![String::new()],
                ..Record::default()
            },
            EntryKind::Page if item == 1 => {
                let index = entry.disclosure as usize;
                let written = &self.portal.organisations[index].written;
                Record {
                    path: url::organisation(self.portal, index),
                    code: written.code.clone(),
                    cells: vec![written.region.clone()],
                    columns: vec![String::new()],
                    hidden: vec![written.short.clone()],
                    ..Record::default()
                }
            }
            _ => of_disclosure(entry, &self.portal.disclosures[entry.disclosure as usize]),
        };
        if !matches!(entry.kind, EntryKind::Passage) {
            let normalized = normalize(&name);
            let fits = self.aliases.iter().filter(|(term, _)| normalized.contains(term.as_str()));
            record.hidden.extend(fits.flat_map(|(_, also)| also.iter().cloned()));
        }
        if !matches!(entry.kind, EntryKind::Passage | EntryKind::Indicator) {
            record.tokens.extend(self.sounds_of(&name));
        }
        if matches!(entry.kind, EntryKind::Row | EntryKind::Project | EntryKind::Table) {
            let terms = self.portal.outline.terms.find(&name);
            let longest = terms.into_iter().max_by_key(|(range, _)| range.len());
            record.term =
                longest.map(|(_, term)| url::fragment(&url::term_anchor(term))).unwrap_or_default();
        }
        record.name = name;
        record
    }

    /// The answer to a question.
    fn answer(&self, entry: &Entry) -> Record {
        let disclosure = &self.portal.disclosures[entry.disclosure as usize];
        let answer = answer::answer(self.portal, disclosure, entry.item as usize);
        let answer = answer.expect("what is answered is an entry");
        Record {
            disclosure: Some(entry.disclosure as usize),
            path: answer.path,
            page: answer.page,
            columns: answer.columns,
            name: answer.name,
            anchor: answer.anchor,
            cells: answer.cells,
            chief: 1,
            tokens: vec![answer.token],
            ..Record::default()
        }
    }
}

/// An entry of a disclosure, its name left out.
fn of_disclosure(entry: &Entry, disclosure: &Disclosure) -> Record {
    let (item, line) = (entry.item as usize, entry.line as usize);
    let mut record = match entry.kind {
        EntryKind::Table => table(disclosure, &disclosure.tables[item]),
        EntryKind::Row => row(disclosure, item, entry.panel as usize, line),
        EntryKind::Project => project(disclosure, item),
        EntryKind::Indicator => indicator(disclosure, item, line),
        EntryKind::Section | EntryKind::Passage => {
            let section = &disclosure.sections[item];
            let text = section.paragraphs.get(line).filter(|_| entry.kind == EntryKind::Passage);
            Record {
                path: url::section(disclosure, section),
                cells: text.map(|paragraph| paragraph.text.clone()).into_iter().collect(),
                columns: text.map(|_| String::new()).into_iter().collect(),
                ..Record::default()
            }
        }
        EntryKind::Page | EntryKind::Term | EntryKind::Answer => {
            Record { path: url::disclosure(disclosure), ..Record::default() }
        }
    };
    record.disclosure = Some(entry.disclosure as usize);
    record
}

/// What is printed, if it may be known.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Blank | Cell::NotApplicable(_) | Cell::Withheld(_) => String::new(),
        Cell::Figure(..) | Cell::Text(_) => cell.text(),
    }
}

/// A heading; of a figure with its unit behind a tab.
fn heading(title: &str, kind: ColumnKind, unit: Option<&str>) -> String {
    match kind {
        ColumnKind::Amount => format!("{title}\t{}", unit.unwrap_or_default()),
        ColumnKind::Quantity => format!("{title}\t"),
        ColumnKind::Percent => format!("{title}\t%"),
        ColumnKind::Code | ColumnKind::Label | ColumnKind::Text | ColumnKind::Target => {
            title.to_owned()
        }
    }
}

/// A table, with the first amount of its grandest total.
fn table(disclosure: &Disclosure, table: &Table) -> Record {
    let mut record = Record { path: url::table(disclosure, table), ..Record::default() };
    for (index, form, panel) in table.panels() {
        let is_total = |row: &usize| panel.rows[*row].role == Role::Total;
        let totals = || (0..panel.rows.len()).filter(is_total);
        let open = totals().find(|row| panel.rows[*row].spec.is_none());
        let column = form.columns.iter().position(ColumnSpec::is_summed_amount);
        if let (Some(row), Some(column)) = (open.or_else(|| totals().next_back()), column)
            && panel.rows[row].cells[column].figure().is_some()
        {
            record.columns = vec![column_heading(table, index, column)];
            record.cells = vec![shown(&panel.rows[row].cells[column])];
            record.chief = 1;
            break;
        }
    }
    record
}

fn column_heading(table: &Table, panel: usize, column: usize) -> String {
    let column = &table.spec.panels[panel].columns[column];
    heading(&column.title, column.kind, table.spec.unit_of(column))
}

fn row(disclosure: &Disclosure, item: usize, panel: usize, line: usize) -> Record {
    let table = &disclosure.tables[item];
    let form = &table.spec.panels[panel];
    let row = &table.panels[panel].rows[line];
    let (side, rank) = disclosure.profile.search.place(&table.spec.id, &form.id);
    let mut record = Record {
        side: side.to_owned(),
        rank,
        path: url::table(disclosure, table),
        page: table.title.clone(),
        anchor: url::fragment(&url::row_anchor(table, panel, line)),
        code: row.code.clone().unwrap_or_default(),
        ..Record::default()
    };
    for (index, column) in form.columns.iter().enumerate() {
        let text = match column.kind {
            ColumnKind::Label | ColumnKind::Code => match &row.cells[index] {
                Cell::Withheld(_) => String::new(),
                _ => row.says(index).into_owned(),
            },
            _ => shown(&row.cells[index]),
        };
        let is_known = text == row.name || Some(&text) == row.code.as_ref();
        record.cells.push(if is_known { String::new() } else { text });
        record.columns.push(column_heading(table, panel, index));
        record.tokens.extend(worth(disclosure, At::Cell(item, panel, line, index)));
        if record.chief == 0 && column.is_summed_amount() && row.cells[index].figure().is_some() {
            record.chief = index + 1;
        }
    }
    record
}

fn project(disclosure: &Disclosure, item: usize) -> Record {
    let project: &Project = &disclosure.projects[item];
    let mut record = Record { path: url::project(disclosure, project), ..Record::default() };
    let Some(spec) = disclosure.project_spec() else { return record };
    for (index, field) in spec.fields.values().enumerate() {
        let text = shown(&project.fields[index]);
        match field.kind {
            ColumnKind::Label => continue,
            ColumnKind::Code if record.code.is_empty() => {
                record.code = text;
                continue;
            }
            ColumnKind::Amount if record.chief == 0 && !text.is_empty() => {
                record.chief = record.cells.len() + 1;
            }
            _ => {}
        }
        record.cells.push(text);
        record.tokens.extend(worth(disclosure, At::Field(item, index)));
        let unit = disclosure.unit(At::Field(item, index));
        record.columns.push(heading(&field.title, field.kind, unit));
    }
    for (title, goals) in &project.goals {
        let title =
            if title.is_empty() { spec.goals.clone().unwrap_or_default() } else { title.clone() };
        record.cells.push(goals.join(" "));
        record.columns.push(title);
    }
    record
}

fn indicator(disclosure: &Disclosure, item: usize, line: usize) -> Record {
    let project = &disclosure.projects[item];
    let mut record = Record {
        path: url::project(disclosure, project),
        page: project.name.clone(),
        anchor: format!("indicator-{}", line + 1),
        ..Record::default()
    };
    let Some(spec) = disclosure.project_spec() else { return record };
    for (index, column) in spec.indicators.iter().enumerate() {
        let is_name = column.kind == ColumnKind::Label;
        let text = if is_name { String::new() } else { shown(&project.indicators[line][index]) };
        if column.kind == ColumnKind::Target && !text.is_empty() {
            record.chief = index + 1;
        }
        record.cells.push(text);
        record.columns.push(heading(&column.title, column.kind, column.unit.as_deref()));
    }
    record
}

/// The tokens of an amount of money; none of what is no amount.
fn worth(disclosure: &Disclosure, at: At) -> impl Iterator<Item = String> {
    let unit = disclosure.unit(at);
    let value = unit.and_then(|_| disclosure.printed(at)).filter(|value| !value.is_zero());
    let worth = value.and_then(|value| value.checked_mul(disclosure.profile.factor(unit)));
    worth.map(amount_tokens).into_iter().flatten()
}
