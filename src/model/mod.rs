//! Everything resolved: content laid over its profiles, figures exact, blanks
//! kept apart from zeros. The only thing checks, pages and data files look at.

pub mod absent;
pub mod acceptance;
pub mod assemble;
pub mod comparison;
mod cells;
mod code_names;
mod code_rows;
mod corrections;
mod covers;
mod derived;
mod each;
pub mod cut_off;
mod fitting;
mod hierarchy;
mod indicators;
mod lookup;
mod matching;
mod outline;
mod pasted;
mod own_year;
mod projects;
pub mod prose;
mod outcome;
mod relation_index;
mod relations;
mod rowless;
mod rows;
mod state;
mod strange_table;
pub mod subjects;
pub mod target;
mod terms;
mod unproved;
mod unread;
mod year_relations;
pub mod years;
mod withhold;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

pub(crate) use cells::too_long;
pub use corrections::{CorrectedValue, is_same_value};
pub use indicators::{Indicator, Measurable};
pub use lookup::{Amount, At, FigureRef, Home, Lookup, PERCENT, row_words};
pub use matching::full_name;
pub use outcome::{Joined, Operand, Outcome, RelationKind, Value, Verdict};
pub use outline::Outline;
pub use own_year::is_slip;
pub use state::{Draft, Portal, Vault, Withheld};
pub use terms::Terms;
pub use withhold::{Hidden, Secret, Secrets};

use crate::address;
use crate::amount::Decimal;
use crate::content::{self, Acceptance, Piece, Term, Unread};
use crate::profile::{ColumnKind, PanelSpec, Profile, ProjectSpec, Role, TableSpec};
use crate::source::{FileId, Place};

/// The whole portal, in whatever state: [`Draft`] or [`Portal`].
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The configuration.
    pub site: content::Site,
    /// The organisations, in folder order.
    pub organisations: Vec<Organisation>,
    /// The disclosures: by organisation, the newest first.
    pub disclosures: Vec<Disclosure>,
    /// Terms shared by all.
    pub glossary: Vec<Term>,
    /// What its organisations may know of each other.
    pub outline: Arc<Outline>,
    /// What is known of numbers as long as those of persons, worked out when a page has one.
    pub numbers: OnceLock<Numbers>,
}

/// Numbers as long as those of persons.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// The figures among them.
    pub figures: BTreeSet<String>,
    /// Those that look like the number of a person, and where each is written first.
    pub written: BTreeMap<String, Place>,
}

/// One organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its folder: its name in URLs.
    pub id: String,
    /// What its `organisation.yaml` says.
    pub written: content::Organisation,
    /// Its subjects, worked out when they are first asked for.
    subjects: Cached<Vec<subjects::SubjectLines>>,
    /// Its projects in other years, likewise.
    project_years: Cached<relation_index::ProjectYears>,
}

/// One disclosure.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Its folder: its name in URLs.
    pub id: String,
    /// The index of its organisation.
    pub organisation: usize,
    /// `organisation/disclosure`: its name in findings.
    pub path: String,
    /// What its `disclosure.yaml` says.
    pub written: content::Disclosure,
    /// The first year of the fiscal year, for ordering.
    pub year: u32,
    /// What it must hold.
    pub profile: Arc<Profile>,
    /// What is there and could not be read, or not for certain.
    pub unread: Vec<Unread>,
    /// Its tables, in the profile's order.
    pub tables: IndexMap<String, Table>,
    /// Its projects, in file order.
    pub projects: Vec<Project>,
    /// How many decimals their amounts are printed with.
    pub project_decimals: u32,
    /// Whether most of its amounts of a thousand or more part their thousands by commas.
    pub is_grouped: bool,
    /// Its sections, in printed order.
    pub sections: Vec<Section>,
    /// The disclosure of the year before, by index.
    pub prior: Option<usize>,
    /// What was worked out from it.
    worked: Answers,
}

/// What is worked out when it is first asked for, and kept as long as the state it is of.
type Cached<T> = OnceLock<T>;

/// What is worked out from a disclosure when it is first asked for.
#[derive(Clone, Debug, Default)]
struct Answers {
    /// Its relations.
    relations: Cached<Vec<Outcome>>,
    /// What its prose says of figures.
    prose: Cached<prose::statement::Sayings>,
    /// What its projects are known by.
    named: Cached<Vec<years::ProjectNames>>,
    /// The names of its projects as texts are searched for them.
    project_names: Cached<prose::ProjectNames>,
    /// Where its projects and its figures in prose stand by name.
    by_name: Cached<each::ByName>,
    /// What could not be read.
    unread: Cached<unread::UnreadIndex>,
    /// The values that were corrected.
    corrected: Cached<Vec<CorrectedValue>>,
    /// What concerns single tables and projects.
    relation_index: Cached<relation_index::RelationIndex>,
}

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its form.
    pub spec: Arc<TableSpec>,
    /// Its title as printed.
    pub title: String,
    /// What the form calls it.
    pub form_title: String,
    /// The lines above it as printed.
    pub caption: Vec<String>,
    /// Its file.
    pub file: FileId,
    /// Its panels, one for each of the form.
    pub panels: Vec<Panel>,
    /// By panel and column, how many decimals amounts are printed with: a form prints them all
    /// alike, so that `6` among `6.40` and `0.48` stands for `6.00`.
    pub decimals: Vec<Vec<u32>>,
    /// The note printed under it.
    pub note: Option<String>,
    /// Facts printed above it: heading and value.
    pub facts: Vec<(String, String)>,
}

/// The rows of one panel.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// In the author's order.
    pub rows: Vec<Row>,
    /// What its rows are called, looked at when it is first asked for.
    names: Cached<matching::Names>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name in addresses and anchors: a code, an id of the form, its printed name,
    /// or its number where nothing names it.
    pub key: String,
    /// Its classification code, printed or implied by the form.
    pub code: Option<String>,
    /// What it is called.
    pub name: String,
    /// What stands in its code and label columns, by index of the column; what the
    /// form prints once for several rows is here in each of them.
    pub path: Vec<(usize, String)>,
    /// The index of the form's row it fills in.
    pub spec: Option<usize>,
    /// What it is.
    pub role: Role,
    /// How deep it stands, 1 being the highest; totals stand at 0.
    pub level: usize,
    /// The row it is part of, by index.
    pub parent: Option<usize>,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// One cell. Four kinds of empty are never confused: blank, not applicable,
/// withheld, and (of a whole table) empty with its note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing was written.
    Blank,
    /// An exact figure; `true` where it was written with thousands separators.
    Figure(Decimal, bool),
    /// Words.
    Text(String),
    /// Does not apply, as printed.
    NotApplicable(String),
    /// Withheld for secrecy, as printed.
    Withheld(String),
}

impl Cell {
    /// The figure, if it is one.
    pub fn figure(&self) -> Option<Decimal> {
        match self {
            Cell::Figure(value, _) => Some(*value),
            _ => None,
        }
    }

    /// What is printed.
    pub fn text(&self) -> String {
        self.words().into_owned()
    }

    /// What is printed, without a copy where it is words.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank => Cow::Borrowed(""),
            Cell::Figure(value, grouped) => Cow::Owned(crate::amount::print(*value, *grouped)),
            Cell::Text(text) | Cell::NotApplicable(text) | Cell::Withheld(text) => {
                Cow::Borrowed(text)
            }
        }
    }

    /// Whether nothing was written.
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }
}

/// One project form, filled in.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its file name: its name in URLs.
    pub slug: String,
    /// The number it is printed with, from its file name.
    pub number: Option<String>,
    /// Its file.
    pub file: FileId,
    /// What it is called.
    pub name: String,
    /// One cell a field of the form.
    pub fields: Vec<Cell>,
    /// One cell a step of the payment plan; figures are per cent.
    pub plan: Vec<Cell>,
    /// The goals, by part of the form where it has several.
    pub goals: Vec<(String, Vec<String>)>,
    /// One row an indicator, one cell a column of the form.
    pub indicators: Vec<Vec<Cell>>,
    /// What the target of each indicator states.
    pub readings: Vec<target::Reading>,
    /// Where its page stood before.
    pub aliases: Vec<content::Alias>,
}

/// One section of the narrative.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its name in URLs.
    pub slug: String,
    /// Its file.
    pub file: FileId,
    /// Its heading.
    pub title: String,
    /// Whether that is a heading of its file.
    pub has_heading: bool,
    /// The section it is part of, by index.
    pub parent: Option<usize>,
    /// Its text.
    pub pieces: Vec<Piece>,
    /// Its bound figures.
    pub bindings: Vec<prose::Binding>,
    /// The bytes of what is half of a bound figure, with the figure before it.
    pub halves: Vec<Range<usize>>,
    /// Its visible words, paragraph by paragraph.
    pub paragraphs: Vec<content::Paragraph>,
    /// Terms it explains.
    pub terms: Vec<Term>,
}

impl Section {
    /// Whether bytes of its file touch half of a bound figure, which has a finding of its own.
    pub fn is_half(&self, range: &Range<usize>) -> bool {
        self.halves.iter().any(|half| half.start <= range.end && range.start <= half.end)
    }
}

impl Panel {
    /// The rows that have others below them, by index.
    pub fn parents(&self) -> BTreeSet<usize> {
        self.rows.iter().filter_map(|row| row.parent).collect()
    }
}

impl Row {
    /// What a column says of it, in its own cell or in one that covers several rows.
    pub fn says(&self, column: usize) -> Cow<'_, str> {
        let covered = self.path.iter().find(|(index, _)| *index == column);
        covered.map_or_else(|| self.cells[column].words(), |(_, text)| Cow::Borrowed(text))
    }
}

impl Model {
    /// The organisation of a disclosure.
    pub fn organisation(&self, disclosure: &Disclosure) -> &Organisation {
        &self.organisations[disclosure.organisation]
    }

    /// The disclosures of an organisation, the newest first.
    pub fn disclosures_of(&self, organisation: usize) -> impl Iterator<Item = &Disclosure> {
        self.disclosures.iter().filter(move |disclosure| disclosure.organisation == organisation)
    }
}

impl Disclosure {
    /// The known exceptions the authors accept, in their order.
    pub fn acceptances(&self) -> &[Acceptance] {
        &self.written.accept
    }

    /// The first line of its `disclosure.yaml`, where findings about what is absent stand.
    pub fn place(&self) -> Place {
        Place::value(self.written.file, "profile")
    }

    /// The project form, where the profile has one.
    pub fn project_spec(&self) -> Option<&ProjectSpec> {
        self.profile.projects.as_ref()
    }
}

impl Table {
    /// Whether it says nothing: no row holds more than its name and code. Where no column holds figures
    /// the names are what it says, but for those that the form prints.
    pub fn is_empty(&self) -> bool {
        self.panels().all(|(_, form, panel)| {
            let holds_names = !form.columns.iter().any(|column| column.kind.is_figure());
            let is_named = |row: &Row| row.spec.is_none() && !row.name.is_empty();
            !(holds_names && panel.rows.iter().any(is_named))
                && panel.rows.iter().flat_map(|row| form.columns.iter().zip(&row.cells)).all(
                    |(column, cell)| {
                        matches!(column.kind, ColumnKind::Label | ColumnKind::Code)
                            || cell.is_blank()
                    },
                )
        })
    }

    /// A panel with its form.
    pub fn panels(&self) -> impl Iterator<Item = (usize, &PanelSpec, &Panel)> {
        self.panels
            .iter()
            .enumerate()
            .map(|(index, panel)| (index, &self.spec.panels[index], panel))
    }

    /// The address of a row, as an acceptance would write it: `table/row`.
    pub fn row_address(&self, panel: usize, row: usize) -> String {
        let row = address::quoted(&self.panels[panel].rows[row].key);
        match self.spec.panels[panel].id.as_str() {
            "" => format!("{}/{row}", self.spec.id),
            panel => format!("{}/{panel}.{row}", self.spec.id),
        }
    }

    /// The address of a cell: `table/row/column`.
    pub fn cell_address(&self, panel: usize, row: usize, column: usize) -> String {
        let column = &self.spec.panels[panel].columns[column].id;
        format!("{}/{column}", self.row_address(panel, row))
    }

    /// Where a row stands in its file.
    pub fn row_path(&self, panel: usize, row: usize) -> String {
        let id = &self.spec.panels[panel].id;
        if id.is_empty() { format!("rows[{row}]") } else { format!("panels.{id}[{row}]") }
    }

    /// Where a cell stands in its file.
    pub fn cell_place(&self, panel: usize, row: usize, column: usize) -> Place {
        let column = &self.spec.panels[panel].columns[column].id;
        Place::value(self.file, format!("{}.{column}", self.row_path(panel, row)))
    }
}

impl Project {
    /// Where a field stands in its file.
    pub fn field_place(&self, field: &str) -> Place {
        Place::value(self.file, field)
    }
}
