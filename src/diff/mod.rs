//! Two states of a portal → what of its budgets changed: rows, columns and figures with how much they
//! differ, projects, sentences, dates, and which relations hold no more or hold again.
//!
//! Both states are public ones: what is withheld is a mark in them. What one state withholds is not
//! shown of the other either, neither at its address nor in a text that says it.

#![deny(clippy::arithmetic_side_effects)]

mod facts;
mod human;
mod json;
mod lines;
mod markdown;
mod projects;
mod relations;
mod tables;
mod texts;
mod unrecorded;
mod value;

use serde::Serialize;

pub use human::human;
pub use json::{VERSION, json};
pub use markdown::markdown;
pub use unrecorded::unrecorded;

use crate::codes;
use crate::diagnostic::{Report, Severity, Text};
use crate::format;
use crate::model::{Disclosure, Hidden, Portal, Vault};
use crate::secrecy::Cover;

/// One state of a portal, planned.
#[derive(Clone, Copy)]
pub struct State<'a> {
    /// What is public of it.
    pub portal: &'a Portal,
    /// What it withholds.
    pub vault: &'a Vault,
    /// What was found wrong with it.
    pub report: &'a Report,
    /// The part that is looked at: an organisation, `organisation/disclosure`, or nothing for all.
    pub part: &'a str,
}

/// What became of something from one state to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is in the later state alone.
    Added,
    /// It is in the earlier state alone.
    Removed,
    /// It says something else.
    Changed,
    /// It is called otherwise.
    Renamed,
}

/// All that differs.
#[derive(Clone, Debug, Serialize)]
pub struct Diff {
    /// How many errors of reading were found in either state: what could not be read is not compared.
    pub errors: [usize; 2],
    /// The disclosures that differ.
    pub disclosures: Vec<DisclosureDiff>,
}

/// One disclosure.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosureDiff {
    /// `organisation/disclosure`.
    pub disclosure: String,
    /// The organisation with year and stage.
    pub title: String,
    /// Whether it is there in both states.
    pub fate: Fate,
    /// Dates, titles, exceptions and what else its head says.
    pub facts: Vec<FactDiff>,
    /// Its tables that differ.
    pub tables: Vec<TableDiff>,
    /// Its projects that differ.
    pub projects: Vec<ProjectDiff>,
    /// Its sections that differ.
    pub sections: Vec<SectionDiff>,
    /// The relations that came out otherwise.
    pub relations: Vec<RelationDiff>,
}

/// A date, a title, a note: something said once.
#[derive(Clone, Debug, Serialize)]
pub struct FactDiff {
    /// What it is.
    pub name: Text,
    /// What it said; empty for nothing.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// One table.
#[derive(Clone, Debug, Serialize)]
pub struct TableDiff {
    /// Its id.
    pub table: String,
    /// Its title.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// Its title, note and what stands above it.
    pub facts: Vec<FactDiff>,
    /// The columns that came, went or are called otherwise.
    pub columns: Vec<ColumnDiff>,
    /// The rows that differ.
    pub rows: Vec<RowDiff>,
}

/// One column.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnDiff {
    /// What became of it.
    pub fate: Fate,
    /// Its id, after that of its panel.
    pub column: String,
    /// Its heading.
    pub title: String,
    /// What it was called, where that differs.
    pub was: Option<String>,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub struct RowDiff {
    /// What became of it.
    pub fate: Fate,
    /// `table/row`.
    pub address: String,
    /// Its code and name.
    pub row: String,
    /// What it was called, where that differs.
    pub was: Option<String>,
    /// The cells that differ; all that are filled in of a row that came or went.
    pub values: Vec<ValueDiff>,
}

/// One value.
#[derive(Clone, Debug, Serialize)]
pub struct ValueDiff {
    /// Its address.
    pub address: String,
    /// The heading of its column or field.
    pub name: String,
    /// What was printed; nothing where there was no such row or column.
    pub before: Option<String>,
    /// What is printed.
    pub after: Option<String>,
    /// How much more it is, exactly, in its unit; nothing where that cannot be said.
    pub by: Option<String>,
    /// The unit, where both states have the same.
    pub unit: Option<String>,
    /// Which state withholds it.
    pub withheld: Option<Side>,
    /// Where it stands in the later state.
    #[serde(skip)]
    pub(crate) place: Option<Hidden>,
}

/// One of two states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The earlier.
    Before,
    /// The later.
    After,
}

/// One project.
#[derive(Clone, Debug, Serialize)]
pub struct ProjectDiff {
    /// Its file name.
    pub project: String,
    /// What became of it.
    pub fate: Fate,
    /// Its name.
    pub name: String,
    /// What it was called, where that differs.
    pub was: Option<String>,
    /// Its fields, steps, goals and indicators that differ.
    pub values: Vec<ValueDiff>,
}

/// One section.
#[derive(Clone, Debug, Serialize)]
pub struct SectionDiff {
    /// Its id.
    pub section: String,
    /// Its heading.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
    /// The sentences that differ, in order.
    pub sentences: Vec<SentenceDiff>,
}

/// One sentence.
#[derive(Clone, Debug, Serialize)]
pub struct SentenceDiff {
    /// What it said; nothing where it is new.
    pub before: Option<String>,
    /// What it says; nothing where it went.
    pub after: Option<String>,
}

/// How a relation that came out otherwise came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// It held, or was not there, and does not hold.
    Broken,
    /// It did not hold, and holds or is gone.
    Mended,
    /// It was checked and cannot be.
    Unproved,
    /// It could not be checked and holds.
    Proved,
}

/// One relation.
#[derive(Clone, Debug, Serialize)]
pub struct RelationDiff {
    /// What became of it.
    pub turn: Turn,
    /// Its id in the profile; nothing where the form itself states it.
    pub relation: Option<String>,
    /// The address of its first figure.
    pub address: String,
    /// What does not hold, in the state in which it does not; else what it is about.
    pub message: Text,
}

/// Sets two states side by side.
pub fn compare(before: &State, after: &State) -> Diff {
    let mut disclosures = Vec::new();
    for disclosure in after.disclosures() {
        match before.counterpart(after, disclosure) {
            Some(earlier) => disclosures.extend(both(before, after, [earlier, disclosure])),
            None => disclosures.push(alone(after, disclosure, Fate::Added)),
        }
    }
    let is_gone = |earlier: &&Disclosure| after.counterpart(before, earlier).is_none();
    let gone = before.disclosures().filter(is_gone);
    disclosures.extend(gone.map(|earlier| alone(before, earlier, Fate::Removed)));
    Diff { errors: [before, after].map(errors), disclosures }
}

/// How many errors say that something of a state could not be read.
fn errors(state: &State) -> usize {
    let all = state.report.diagnostics.iter();
    let errors = all.filter(|found| found.severity == Severity::Error);
    let is_left = |id: &str| id.starts_with('S') && id != codes::NOTHING_DISCLOSED.id;
    errors.filter(|found| is_left(found.code.id)).count()
}

impl<'a> State<'a> {
    /// The disclosures that are looked at.
    fn disclosures(&self) -> impl Iterator<Item = &'a Disclosure> + use<'a> {
        let part = self.part;
        let is_wanted = move |disclosure: &&Disclosure| {
            let rest = disclosure.path.strip_prefix(part);
            part.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.portal.disclosures.iter().filter(is_wanted)
    }

    /// The disclosure here that one of another state is set beside: the one of the same folder, or,
    /// where each state was asked for one disclosure, that one.
    fn counterpart(&self, other: &State, disclosure: &Disclosure) -> Option<&'a Disclosure> {
        if self.part.contains('/') && other.part.contains('/') {
            return self.disclosures().next();
        }
        self.disclosures().find(|one| one.path == disclosure.path)
    }

    /// What it is called: its organisation with year and stage.
    fn title(&self, disclosure: &Disclosure) -> String {
        let name = &self.portal.organisation(disclosure).written.name;
        format::beside(name, &format::short_title(disclosure))
    }
}

fn alone(state: &State, disclosure: &Disclosure, fate: Fate) -> DisclosureDiff {
    DisclosureDiff {
        disclosure: disclosure.path.clone(),
        title: state.title(disclosure),
        fate,
        facts: Vec::new(),
        tables: Vec::new(),
        projects: Vec::new(),
        sections: Vec::new(),
        relations: Vec::new(),
    }
}

/// A disclosure that both states have; nothing where nothing differs.
fn both(before: &State, after: &State, sides: [&Disclosure; 2]) -> Option<DisclosureDiff> {
    let organisations = sides.map(|side| side.path.split('/').next().unwrap_or_default());
    let withheld = [before, after].into_iter().flat_map(|state| state.vault.iter());
    let mut cover = Cover::of(withheld.filter(|one| {
        let own = one.disclosure.path.split('/').next().unwrap_or_default();
        organisations.contains(&own)
    }));
    // What one state withholds may have had another value in the other, and is not shown either.
    for (side, other) in [(0, 1), (1, 0)] {
        let portal = [before, after][side].portal;
        cover.add(sides[side], &sides[side].values_at(portal, &sides[other].written.withhold));
    }
    let diff = DisclosureDiff {
        facts: facts::facts(sides, &cover),
        tables: tables::tables(sides, &cover),
        projects: projects::projects(sides, &cover),
        sections: texts::sections(sides, &cover),
        relations: relations::relations([before.portal, after.portal], sides, &cover),
        ..alone(after, sides[1], Fate::Changed)
    };
    let is_same = diff.facts.is_empty()
        && diff.tables.is_empty()
        && diff.projects.is_empty()
        && diff.sections.is_empty()
        && diff.relations.is_empty();
    (!is_same).then_some(diff)
}

impl Fate {
    /// Of something that is there before, and after.
    fn of(is_there: [bool; 2]) -> Fate {
        match is_there {
            [false, _] => Fate::Added,
            [true, false] => Fate::Removed,
            [true, true] => Fate::Changed,
        }
    }
}
