//! What is there and could not be read, or not for certain: nothing is known of it, and no other
//! place is to blame for what does not agree with it.

use crate::source::Place;

/// Something of a disclosure that could not be read.
#[derive(Clone, Debug)]
pub struct Unread {
    /// What it is.
    pub what: Part,
    /// Where the finding stands that says so, or its file begins.
    pub place: Place,
    /// Where it is not there, or empty: the address of the finding that a rule makes of it.
    pub absent: Option<String>,
}

/// A part of a disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A whole table, by id.
    Table(String),
    /// A panel of a table: the id of the table, the number of the panel.
    Panel(String, usize),
    /// A whole section, by id.
    Section(String),
    /// A project: then nothing is known of all of them together.
    Projects,
    /// A row that is not there and others stand under: the id of the table, the number of the panel, the code.
    Code(String, usize, String),
    /// The rows below one that should be broken down and is not: the id of the table, the number of the panel, its
    /// code.
    Below(String, usize, String),
    /// A row of which it is not sure what it is: the id of the table, the numbers of panel and row.
    Row(String, usize, usize),
    /// A cell that holds no figure: the id of the table, the numbers of panel, row and column.
    Cell(String, usize, usize, usize),
    /// A field of a project that holds no figure: the numbers of project and field.
    Field(usize, usize),
}

impl Unread {
    /// A part, and where it is said that it could not be read.
    pub fn new(what: Part, place: Place) -> Unread {
        Unread { what, place, absent: None }
    }

    /// A part that is not there, or empty, and the address of the finding that says so.
    pub fn absent(what: Part, place: Place, address: String) -> Unread {
        Unread { what, place, absent: Some(address) }
    }
}
