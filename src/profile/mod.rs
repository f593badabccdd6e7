//! What a disclosure of one place, year and kind must hold: tables, header
//! trees, rows, sections, projects, relations. All of it data.

pub mod chart;
pub mod concordance;
mod decode;
pub mod dictionary;
pub mod duties;
pub mod equation;
mod extend;
mod names;
pub mod targets;
mod prose;
mod resolve;
mod validate;

use std::sync::Arc;

use indexmap::IndexMap;

pub use decode::keys;
pub use names::{folded_name, held, name_hash, same_name, unspaced};
pub use prose::Prose;
use resolve::ABSTRACT;
pub use resolve::{FOLDER, Known, resolve};

use crate::address::Rows;
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
    /// What kind of document it is, as printed.
    pub title: String,
    /// Names of units and how many base units each is worth.
    pub units: IndexMap<String, Decimal>,
    /// Printed marks for cells without a figure.
    pub marks: Marks,
    /// Words its prose is read by, where it states any.
    pub prose: Option<Prose>,
    /// Words that appear on every page of such a disclosure.
    pub words: Words,
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
    /// What the law asks beyond the tables.
    pub duties: duties::Duties,
    /// What ties it to the disclosure of the year before.
    pub years: Years,
    /// The dictionaries of its classifications, by classification.
    pub dictionaries: IndexMap<String, Arc<dictionary::Dictionary>>,
    /// What became of codes and lines over the years: of the place, and of the portal.
    pub concordance: Vec<Arc<Vec<concordance::Change>>>,
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
pub struct Words {
    /// The stage: “部门预算”, “部门决算”.
    pub stage: String,
    /// The fiscal year with `{year}`: “{year}年”.
    pub year: String,
    /// Stands on a table's continuation pages in print.
    pub continued: String,
}

/// One table of the form.
#[derive(Clone, Debug)]
pub struct TableSpec {
    /// Its id in addresses, file names and URLs.
    pub id: String,
    /// Its title as printed.
    pub title: String,
    /// Its printed number, where the form numbers its tables.
    pub number: Option<String>,
    /// Which part of the document lists it.
    pub group: Option<String>,
    /// The lines above the table, with `{code}`, `{organisation}`, `{year}`, `{unit}` and facts by id.
    pub caption: Vec<String>,
    /// The unit of its amounts.
    pub unit: Option<String>,
    /// The heading of the column of running line numbers, where the form has one.
    pub line_numbers: Option<String>,
    /// The heading of the row that numbers the columns, where the form has one.
    pub column_numbers: Option<String>,
    /// Whether the disclosure must hold it.
    pub required: bool,
    /// What an empty table must carry.
    pub empty_note: EmptyNote,
    /// What that note must name: one of these words.
    pub note_names: Vec<String>,
    /// The section whose text it belongs to.
    pub section: Option<String>,
    /// Facts printed above it: id to heading.
    pub facts: IndexMap<String, String>,
    /// What it says in a few sentences.
    pub summary: chart::Summary,
    /// Its panels; a plain table has one without a title.
    pub panels: Vec<PanelSpec>,
}

/// What an empty table must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyNote {
    /// A note that says it is empty.
    Required,
    /// Nothing: a blank grid, or a total row alone, or a sentence in the narrative will do.
    Optional,
}

/// Rows and columns that belong together; a two-sided form has two.
#[derive(Clone, Debug)]
pub struct PanelSpec {
    /// Its id; empty for the only panel of a plain table.
    pub id: String,
    /// Its heading over the columns.
    pub title: Option<String>,
    /// The columns, left to right.
    pub columns: Vec<ColumnSpec>,
    /// The headings above the columns.
    pub header: Vec<Header>,
    /// The rows the form prints, by id; empty where the rows are the department's own.
    pub rows: IndexMap<String, RowSpec>,
    /// Whether rows beyond the printed ones are allowed.
    pub open: bool,
    /// How rows stand above each other.
    pub hierarchy: Hierarchy,
    /// The classification its codes belong to.
    pub classification: Option<String>,
    /// The classification that the codes of its printed rows belong to, where the form prints none.
    pub row_codes: Option<String>,
    /// The name of the row that totals the panel.
    pub total_row: Option<String>,
    /// The column whose words name a row in addresses, where names repeat.
    pub key: Option<usize>,
    /// Rows recognised by their name.
    pub roles: Vec<RoleRule>,
}

/// A heading: over one column, or over several headings.
#[derive(Clone, Debug)]
pub enum Header {
    /// The index of a column.
    Column(usize),
    /// A title over others.
    Group(String, Vec<Header>),
}

/// One column.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the profile")]
pub struct ColumnSpec {
    /// Its id.
    pub id: String,
    /// Its heading as printed.
    pub title: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// The unit of its amounts, where it differs from the table's.
    pub unit: Option<String>,
    /// The columns it is the sum of.
    pub sum_of: Vec<usize>,
    /// The columns it is the product of.
    pub product_of: Vec<usize>,
    /// The column it cannot exceed.
    pub at_most: Option<usize>,
    /// Whether total rows and parents add it up; a price is not.
    pub summed: bool,
    /// Whether its figures may be below nought.
    pub signed: bool,
    /// Whether it counts things that cannot be parted.
    pub whole: bool,
    /// Whether its words stay from year to year, or a change needs a reason.
    pub lasting: bool,
    /// Where it is stated.
    pub place: Place,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Money, in the table's unit.
    Amount,
    /// A number of things.
    Quantity,
    /// A share in per cent.
    Percent,
    /// A classification code, or a part of one.
    Code,
    /// What the row is called.
    Label,
    /// Anything else.
    Text,
    /// A target: a printed string that may hold a comparator, a number and a unit.
    Target,
}

impl ColumnKind {
    /// Whether its cells are figures.
    pub fn is_figure(self) -> bool {
        matches!(self, ColumnKind::Amount | ColumnKind::Quantity | ColumnKind::Percent)
    }
}

/// A row the form prints.
#[derive(Clone, Debug)]
pub struct RowSpec {
    /// Its id.
    pub id: String,
    /// Its name as printed; the words of several label columns are joined by [`UNDER`].
    pub name: String,
    /// Other names it has been printed under.
    pub aliases: Vec<String>,
    /// The classification code it stands for, where the form does not print it.
    pub code: Option<String>,
    /// Whether it is a sum, and what of.
    pub role: Role,
    /// Rows it is the sum of.
    pub sum_of: Vec<Rows>,
    /// The row it is a part of (其中); it may not exceed it.
    pub part_of: Option<String>,
    /// Rows of the same word stand on one line of a two-sided form.
    pub align: Option<String>,
    /// Whether the form may leave it out.
    pub optional: bool,
    /// How deep it stands, 1 being the highest.
    pub level: usize,
    /// Where it is stated.
    pub place: Place,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// A line of its own.
    #[default]
    Detail,
    /// The sum of the lines after or before it.
    Subtotal,
    /// The sum of the panel, or of a part.
    Total,
    /// A part of the line above, not added again.
    Memo,
}

/// Recognises the role of rows by their name.
#[derive(Clone, Debug)]
pub struct RoleRule {
    /// What the name begins with.
    pub prefix: String,
    /// What the name ends with.
    pub suffix: String,
    /// The role.
    pub role: Role,
    /// For a subtotal: whether it stands before its lines.
    pub before: bool,
}

impl RoleRule {
    /// Whether a row of this name has the role; spaces do not count.
    pub fn fits(&self, name: &str) -> bool {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        name.starts_with(&self.prefix)
            && name.ends_with(&self.suffix)
            && name.len() >= self.prefix.len() + self.suffix.len()
    }
}

/// How rows stand above each other.
#[derive(Clone, Debug, Default)]
pub enum Hierarchy {
    /// They do not, beyond subtotals recognised by name.
    #[default]
    Flat,
    /// By the length of a code: 3, 5, 7 digits.
    Codes {
        /// Lengths of the levels.
        lengths: Vec<usize>,
        /// How many levels every branch must reach.
        depth: usize,
    },
    /// By how far several columns are filled.
    Columns(Vec<usize>),
    /// By the ordinal a name begins with.
    Ordinals(Vec<Ordinal>),
    /// By parts of the name: `Current / Transfers`.
    Names(String),
}

/// A kind of ordinal: some of these digits, then this sign.
#[derive(Clone, Debug)]
pub struct Ordinal {
    /// What stands before the digits.
    pub prefix: String,
    /// The digits.
    pub digits: String,
    /// What stands after them.
    pub suffix: String,
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
    /// Words the section says before a figure, and the cells that hold it.
    pub figures: IndexMap<String, Vec<equation::Term>>,
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
    /// How many base units one of a unit is worth; an unknown or absent unit counts as one.
    pub fn factor(&self, unit: Option<&str>) -> Decimal {
        // Of a handful a look is quicker than a hash.
        let known = |unit: &str| self.units.iter().find(|(name, _)| *name == unit);
        unit.and_then(known).map_or(Decimal::ONE, |(_, factor)| *factor)
    }
}

impl TableSpec {
    /// The panel of an id, or the only one.
    pub fn panel(&self, id: &str) -> Option<usize> {
        self.panels.iter().position(|panel| panel.id == id)
    }

    /// The unit the amounts of one of its columns are printed in; nothing of other columns.
    pub fn unit_of<'a>(&'a self, column: &'a ColumnSpec) -> Option<&'a str> {
        let unit = column.unit.as_deref().or(self.unit.as_deref());
        unit.filter(|_| column.kind == ColumnKind::Amount)
    }

    /// Whether it has one panel without a name, so that authors write plain `rows:`.
    pub fn is_plain(&self) -> bool {
        self.panels.len() == 1 && self.panels[0].id.is_empty()
    }
}

impl PanelSpec {
    /// The index of a column.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// Whether a word is the name of a total, or of a row the form prints: never a code.
    pub fn calls(&self, word: &str) -> bool {
        let is_row = |row: &RowSpec| same_name(&row.name, word);
        self.total_row.as_ref().is_some_and(|total| same_name(total, word))
            || self.roles.iter().any(|rule| rule.fits(word))
            || self.rows.values().any(is_row)
    }

    /// The first column of a kind.
    pub fn first(&self, kind: ColumnKind) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == kind)
    }
}

/// What joins the words of a row that is named in several columns.
pub const UNDER: &str = " > ";
