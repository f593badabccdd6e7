//! The forms in a workbook, blank or filled in → the first draft of a profile: its tables with their
//! header trees and rows, and as comments the sums that hold in its figures.

mod columns;
mod form;
mod head;
mod names;
mod rows;
mod sums;
mod ties;
mod write;

pub use names::KnownWords;

use super::NewFile;
use crate::import::document::Document;
use crate::profile::ColumnKind;
use head::HeadTree;

/// A draft.
#[derive(Clone, Debug)]
pub struct ProfileDraft {
    /// The file.
    pub file: NewFile,
    /// The title of every table, with how many columns and rows it has.
    pub tables: Vec<(String, usize, usize)>,
    /// How many sums are proposed.
    pub sums: usize,
    /// How many equal totals of two tables are.
    pub ties: usize,
}

/// Draws a profile from what stands in a file; nothing where no table stands in it. `words` are what other
/// profiles call things.
pub fn profile(id: &str, document: &Document, words: &KnownWords) -> Option<ProfileDraft> {
    // What a blank column holds, another table of the document may say.
    let mut words = words.clone();
    for form in form::all(document, &words) {
        form.tell_columns(&mut words);
    }
    let forms = form::all(document, &words);
    if forms.is_empty() {
        return None;
    }
    let tables = forms
        .iter()
        .map(|form| {
            let count = |of: fn(&DrawnPanel) -> usize| form.panels.iter().map(of).sum();
            let (columns, rows) = (count(|p| p.columns.len()), count(|p| p.printed.len()));
            (form.title.clone(), columns, rows)
        })
        .collect();
    let (text, proposed) = write::profile(&document.name, &forms, &words);
    let write::Proposed { sums, ties, .. } = proposed;
    let file = NewFile { path: format!("profiles/{id}.yaml"), text };
    Some(ProfileDraft { file, tables, sums, ties })
}

/// A table of the form.
#[derive(Clone, Debug, Default)]
struct DrawnTable {
    title: String,
    /// What is printed beside the title and holds a number.
    number: Option<String>,
    /// The lines above it, the unit in them taken out.
    caption: Vec<String>,
    unit: Option<String>,
    /// The heading of the column of line numbers.
    line_numbers: Option<String>,
    /// The word before the numbers of the columns.
    column_numbers: Option<String>,
    panels: Vec<DrawnPanel>,
    /// What the note under it begins with.
    note: Option<String>,
}

/// Columns and rows that belong together.
#[derive(Clone, Debug, Default)]
struct DrawnPanel {
    title: Option<String>,
    header: Vec<HeadTree>,
    columns: Vec<DrawnColumn>,
    /// The rows that hold something: one text a column.
    rows: Vec<Vec<String>>,
    /// The numbers of the rows whose names the form prints.
    printed: Vec<usize>,
    /// Whether there may be others.
    open: bool,
    /// The digits of its codes, level by level.
    lengths: Vec<usize>,
    /// The name of the row that totals it.
    total_row: Option<String>,
}

/// A column.
#[derive(Clone, Debug)]
struct DrawnColumn {
    /// Its number in the grid.
    at: usize,
    title: String,
    kind: ColumnKind,
}
