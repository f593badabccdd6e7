//! What a disclosure of one place, year and kind must hold: tables, header
//! trees, rows, sections, projects, relations. All of it data.

pub mod chart;
pub mod concordance;
mod decode;
pub mod dictionary;
pub mod duties;
pub mod equation;
mod explain;
mod extend;
mod form;
mod left_out;
mod names;
pub mod targets;
mod prose;
mod resolve;
pub mod glossary;
pub mod search;
mod trees;
mod unused;
mod validate;
mod word_list;

use std::sync::Arc;

use indexmap::IndexMap;

pub use decode::keys;
pub use decode::{FOLDER, KnownProfiles};
pub use explain::explain;
pub use form::{
    ColumnKind, ColumnSpec, EmptyNote, Header, Hierarchy, Ordinal, PanelSpec, Role, RoleRule,
    RowSpec, TableSpec,
};
pub use names::{name_hash, normalized_name, same_name, unspaced};
pub use prose::{Bounds, NameWords, Prose, Statements};
pub use resolve::resolve;
pub use word_list::WordList;

use crate::amount::Decimal;
use crate::diagnostic::Severity;
use crate::profile::equation::Equation;
use crate::source::{FileId, Place};

/// One resolved profile.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its path below `profiles/` without `.yaml`: `hebei/department-budget/2025`.
    pub id: String,
    /// The file that states it.
    pub file: FileId,
    /// The files it extends, whole or in a map, the nearest first.
    pub bases: Vec<String>,
    /// What kind of document it is, as printed.
    pub title: String,
    /// The stages of disclosures it is for; any where it does not say.
    pub stages: Vec<String>,
    /// Names of units and how many base units each is worth.
    pub units: IndexMap<String, Decimal>,
    /// Printed marks for cells without a figure.
    pub marks: Marks,
    /// Words its prose is read by, where it states any.
    pub prose: Option<Prose>,
    /// Words that appear on every page of such a disclosure.
    pub words: ProfileWords,
    /// The tables, in printed order.
    pub tables: IndexMap<String, Arc<TableSpec>>,
    /// The sections, in printed order.
    pub sections: IndexMap<String, SectionSpec>,
    /// The project forms, where there are any.
    pub projects: Option<ProjectSpec>,
    /// What its performance targets are read with and asked of; nothing where it says nothing.
    pub targets: Option<targets::TargetSpec>,
    /// Relations between tables.
    pub tie_outs: Vec<Arc<TieOut>>,
    /// What the front page shows in large figures.
    pub headline: Vec<Headline>,
    /// What is drawn of it, by id; the first stands on the front page.
    pub charts: IndexMap<String, chart::Chart>,
    /// What it says in a few sentences.
    pub summary: chart::Summary,
    /// The words by which questions of readers are understood.
    pub search: search::Search,
    /// What words of the form mean, in words of the profile.
    pub glossary: Vec<glossary::Meaning>,
    /// What the law asks beyond the tables.
    pub duties: duties::Duties,
    /// What ties it to the disclosure of the year before.
    pub years: Years,
    /// Examples made wrong that it must find.
    pub spoiled: Vec<Spoiled>,
    /// The dictionaries of its classifications, by classification.
    pub dictionaries: IndexMap<String, Arc<dictionary::Dictionary>>,
    /// What became of codes and lines over the years: of the place, and of the portal.
    pub concordance: Vec<Arc<Vec<concordance::Change>>>,
}

/// An example made wrong: one text of one file for another, and the rule that must find it.
#[derive(Clone, Debug)]
pub struct Spoiled {
    /// Where the profile states it.
    pub place: Place,
    /// The file, below `content/`.
    pub path: String,
    /// The text that is replaced.
    pub old: String,
    /// What stands there instead.
    pub new: String,
    /// The rule, by code or name.
    pub finds: String,
    /// The address that the finding is about; any where it is not said.
    pub at: Option<String>,
}

/// Printed marks for cells without a figure.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Does not apply: `——`.
    pub not_applicable: Vec<String>,
    /// Withheld for secrecy: `涉密`.
    pub withheld: Vec<String>,
}

/// Words a form prints that belong to its country.
#[derive(Clone, Debug, Default)]
pub struct ProfileWords {
    /// The stage: “部门预算”, “部门决算”.
    pub stage: String,
    /// The fiscal year with `{year}`: “{year}年”.
    pub year: String,
    /// Stands on a table's continuation pages in print.
    pub continued: String,
    /// What a note under a table begins with.
    pub notes: Vec<String>,
    /// What ends the number of a document: `号` of `财教〔2024〕105号`.
    pub document: Vec<String>,
}

/// One section of the narrative.
#[derive(Clone, Debug)]
pub struct SectionSpec {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Whether the disclosure must hold it.
    pub required: bool,
    /// The section it is part of.
    pub parent: Option<String>,
    /// Whether its bold words are terms of the glossary.
    pub terms: bool,
    /// It says what the body does: under the heading that holds these words, or from its beginning.
    pub mandate: Option<String>,
    /// Words the section says before a figure, and the cells that hold it.
    pub figures: IndexMap<String, Vec<equation::Term>>,
    /// Where it is stated.
    pub place: Place,
}

/// The form every project fills in.
#[derive(Clone, Debug)]
pub struct ProjectSpec {
    /// The page's title with `{name}`.
    pub title: String,
    /// The unit of its amounts.
    pub unit: Option<String>,
    /// Whether a disclosure must hold at least one.
    pub required: bool,
    /// The fields, in printed order.
    pub fields: IndexMap<String, FieldSpec>,
    /// The groups of fields that stand side by side.
    pub grid: Option<FieldGrid>,
    /// The payment plan: its heading and steps.
    pub payment_plan: Option<PlanSpec>,
    /// The heading over the goals.
    pub goals: Option<String>,
    /// Goals in several parts: id to heading.
    pub goal_parts: IndexMap<String, String>,
    /// The columns of the indicators.
    pub indicators: Vec<ColumnSpec>,
    /// Kinds of indicator that relations may name.
    pub kinds: IndexMap<String, IndicatorKind>,
}

impl ProjectSpec {
    /// What a field is called: its heading, after that of its group where another field has the same.
    pub fn name_of(&self, field: &FieldSpec) -> String {
        let is_same = |other: &&FieldSpec| other.title == field.title;
        match &field.group {
            Some(group) if self.fields.values().filter(is_same).count() > 1 => {
                format!("{group} {}", field.title)
            }
            _ => field.title.clone(),
        }
    }
}

/// One field of a project form.
#[derive(Clone, Debug)]
pub struct FieldSpec {
    /// Its id.
    pub id: String,
    /// Its heading as printed.
    pub title: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it must be filled in.
    pub required: bool,
    /// The fields it is the sum of.
    pub sum_of: Vec<String>,
    /// The heading of the group it is printed in.
    pub group: Option<String>,
    /// Words of a text, and the field that the amount behind them states.
    pub figures: IndexMap<String, String>,
    /// Where it is stated.
    pub place: Place,
}

/// Groups of fields printed as one grid: a group a column, fields of one heading a row.
#[derive(Clone, Debug)]
pub struct FieldGrid {
    /// Its heading.
    pub title: String,
    /// The headings of the groups, left to right.
    pub groups: Vec<String>,
}

/// The payment plan of a project form.
#[derive(Clone, Debug)]
pub struct PlanSpec {
    /// Its heading.
    pub title: String,
    /// Its steps, id to heading.
    pub steps: IndexMap<String, String>,
}

/// A kind of indicator: those whose column says this.
#[derive(Clone, Debug)]
pub struct IndicatorKind {
    /// The index of the column.
    pub column: usize,
    /// What it says.
    pub name: String,
    /// Where it is stated.
    pub place: Place,
}

/// A relation between figures of different places.
#[derive(Clone, Debug)]
pub struct TieOut {
    /// Its id.
    pub id: String,
    /// The relation.
    pub equation: Equation,
    /// Why it must hold, as a reader would be told.
    pub because: String,
    /// It applies where this holds.
    pub when: Option<Equation>,
    /// It applies where this does not hold.
    pub unless: Option<Equation>,
    /// How bad a breach is.
    pub severity: Severity,
    /// Where it is stated.
    pub place: Place,
}

/// What ties a disclosure to the one of the year before.
#[derive(Clone, Debug, Default)]
pub struct Years {
    /// Figures that open this year as they closed the last.
    pub balances: Vec<Arc<TieOut>>,
    /// Changes against last year that the text states.
    pub changes: Vec<StatedChange>,
}

/// A change against last year as the text states it: without its sign, so that it
/// may be more or less.
#[derive(Clone, Debug)]
pub struct StatedChange {
    /// Where it is stated.
    pub stated: crate::address::Address,
    /// It is this year less last year.
    pub more: Arc<TieOut>,
    /// It is last year less this year.
    pub less: Arc<TieOut>,
}

/// A large figure of the front page.
#[derive(Clone, Debug)]
pub struct Headline {
    /// What it is called.
    pub title: String,
    /// The figure.
    pub address: crate::address::Address,
}

impl Profile {
    /// Whether a stage is one it is for; any is where it names none.
    pub fn is_for(&self, stage: &str) -> bool {
        self.stages.is_empty() || self.stages.iter().any(|known| known == stage)
    }

    /// How many base units one of a unit is worth; an unknown or absent unit counts as one.
    pub fn factor(&self, unit: Option<&str>) -> Decimal {
        // Of a handful a look is quicker than a hash.
        let known = |unit: &str| self.units.iter().find(|(name, _)| *name == unit);
        unit.and_then(known).map_or(Decimal::ONE, |(_, factor)| *factor)
    }
}

/// What joins the words of a row that is named in several columns.
pub const UNDER: &str = " > ";
