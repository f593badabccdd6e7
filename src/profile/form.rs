//! A table as the form prints it: its panels, columns and rows, and how rows stand above each other.

use indexmap::IndexMap;

use super::{chart, same_name};
use crate::address::Rows;
use crate::source::Place;

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
    /// The column that is divided, and those it is divided by.
    pub quotient_of: Vec<usize>,
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
    /// The word profiles and data files say for it.
    pub fn word(self) -> &'static str {
        match self {
            ColumnKind::Amount => "amount",
            ColumnKind::Quantity => "quantity",
            ColumnKind::Percent => "percent",
            ColumnKind::Code => "code",
            ColumnKind::Label => "label",
            ColumnKind::Text => "text",
            ColumnKind::Target => "target",
        }
    }

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

impl Role {
    /// The word profiles and templates say for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Detail => "detail",
            Role::Subtotal => "subtotal",
            Role::Total => "total",
            Role::Memo => "memo",
        }
    }
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

impl ColumnSpec {
    /// Whether it holds amounts of money that totals add up.
    pub fn is_summed_amount(&self) -> bool {
        self.summed && self.kind == ColumnKind::Amount
    }

    /// Whether totals and parents add it up.
    pub fn is_added_up(&self) -> bool {
        self.summed && matches!(self.kind, ColumnKind::Amount | ColumnKind::Quantity)
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
