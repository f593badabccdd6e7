//! What stands in a file that figures come from: its lines and its grids of cells, in order, each
//! with the place it was read at. It knows no profile and no format of file.

use std::cmp::Ordering;
use std::sync::Arc;

/// What stands in a file, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The name of the file, as messages show it.
    pub name: String,
    /// Lines of text and grids, as they follow each other.
    pub blocks: Vec<Block>,
    /// What stands in the file and in no block: hidden sheets, rows and columns, deleted text.
    pub left_out: Vec<LeftOut>,
    /// Why nothing, or no more, could be read.
    pub refusal: Option<Refusal>,
}

/// A stretch of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, a heading, a line.
    Line(Line),
    /// A table, or the used cells of a sheet.
    Grid(Grid),
}

/// A line of text outside of grids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its words, as a reader of the file sees them, the number of a list in front. An item of a list
    /// without numbers begins with `- `.
    pub text: String,
    /// The level of a heading, 1 for the largest; nothing for other lines.
    pub heading: Option<u8>,
    /// Where it stands.
    pub origin: Origin,
    /// Why it may not say what a reader sees.
    pub doubt: Option<Doubt>,
}

/// A grid of cells. Every row has the same number of cells; what a merged cell covers is there too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The name of its sheet; empty for tables of a text.
    pub name: String,
    /// Where it begins.
    pub origin: Origin,
    /// Its rows from the top, hidden ones left out.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What a reader of the file sees, blanks at the head kept: `1,290.10`, `　一般公共服务支出`.
    pub text: String,
    /// What the file holds.
    pub kind: CellKind,
    /// How far the format indents it, in steps of the office program; blanks of the text not counted.
    pub indent: u32,
    /// How many rows and columns it covers: 1 and 1 unless merged.
    pub span: (usize, usize),
    /// Whether a merged cell above or beside it covers it; its text is empty then.
    pub is_covered: bool,
    /// Where it stands.
    pub origin: Origin,
    /// Why its text may not be what a reader sees.
    pub doubt: Option<Doubt>,
}

impl Default for Cell {
    /// An empty cell that covers itself alone.
    fn default() -> Self {
        Self {
            text: String::new(),
            kind: CellKind::Empty,
            indent: 0,
            span: (1, 1),
            is_covered: false,
            origin: Origin::default(),
            doubt: None,
        }
    }
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing.
    #[default]
    Empty,
    /// Words, a code stored as text, a figure typed as text.
    Text,
    /// A number of a sheet, printed by its format.
    Number,
    /// A date or a time of a sheet.
    Date,
    /// True or false.
    Flag,
    /// An error of a sheet (`#REF!`).
    Error,
}

/// Where something stands in its file, in the words of its program: `Sheet1!B7`,
/// `table 3, row 12, column 2`, `line 214`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The sheet; empty in texts. All cells of a sheet share its name.
    pub sheet: Arc<str>,
    /// The table of a text, from 1; 0 outside of tables and in sheets.
    pub table: usize,
    /// The row of a sheet or table, from 1; in plain text the line, for cells too; of an office
    /// document or a page, outside of tables, the paragraph.
    pub row: usize,
    /// The column of a sheet or table, from 1; 0 for lines.
    pub column: usize,
}

impl Ord for Origin {
    fn cmp(&self, other: &Self) -> Ordering {
        // Most of what is compared stands in one sheet.
        let is_one = Arc::ptr_eq(&self.sheet, &other.sheet);
        let sheets = if is_one { Ordering::Equal } else { self.sheet.cmp(&other.sheet) };
        let place = |origin: &Self| (origin.table, origin.row, origin.column);
        sheets.then_with(|| place(self).cmp(&place(other)))
    }
}

impl PartialOrd for Origin {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Why a text may not be what a reader of the file sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A formula without a stored value.
    Unvalued,
    /// An error of the office program.
    Error,
    /// A number format that cannot be followed to the digit.
    Format,
    /// A number of more digits than the office program shows or keeps.
    Digits,
    /// A date or a time where a figure is to be expected.
    Date,
    /// A text that looks like a number and is stored as text, or the other way round.
    TextNumber,
    /// Hidden text stands beside what is seen.
    Hidden,
    /// A change is tracked and neither taken nor refused.
    Tracked,
    /// A value that depends on the day or on another file.
    Volatile,
    /// Words that are struck out stand among what is seen.
    Struck,
    /// Its beginning and its end stood apart, on two pages, and were put together.
    Joined,
}

/// What stands in a file and was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands.
    pub origin: Origin,
    /// Why it was left out.
    pub why: Why,
    /// How it begins, for a message.
    pub text: String,
}

/// Why something was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A hidden sheet.
    HiddenSheet,
    /// A hidden row.
    HiddenRow,
    /// A hidden column.
    HiddenColumn,
    /// Hidden text.
    HiddenText,
    /// Deleted text or rows of tracked changes.
    Deleted,
    /// A note, a comment, a header or a footer of the file.
    Beside,
    /// A drawing or a picture that may hold words.
    Picture,
    /// A line of the table of contents, or the number of a page.
    Contents,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is none of the forms that are read.
    UnknownForm,
    /// Its archive or its XML is broken; what the reader said of it.
    Broken(String),
    /// It wants a password.
    Encrypted,
    /// Unpacked, it is larger than a disclosure can be: bytes seen and allowed.
    TooLarge(u64, u64),
    /// It claims more rows or columns than any form has.
    TooMany(u64, u64),
    /// Its bytes are no text in an encoding that is known.
    NoText,
}
