//! The forms in a workbook, blank or filled in → the first draft of a profile: its tables with their
//! header trees and rows, and as comments the sums that hold in its figures.

mod columns;
mod form;
mod head;
mod names;
mod sums;
mod write;

pub use names::Words;

use super::NewFile;
use crate::import::document::Document;

/// A draft.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The file.
    pub file: NewFile,
    /// The title of every table, with how many columns and rows it has.
    pub tables: Vec<(String, usize, usize)>,
    /// How many sums are proposed.
    pub sums: usize,
}

/// Draws a profile from what stands in a file; nothing where no table stands in it. `words` are what other
/// profiles call things.
pub fn profile(id: &str, document: &Document, words: &Words) -> Option<Draft> {
    // What a blank column holds, another table of the document may say.
    let mut words = words.clone();
    for form in form::all(document, &words) {
        form.teach(&mut words);
    }
    let forms = form::all(document, &words);
    if forms.is_empty() {
        return None;
    }
    let tables = forms
        .iter()
        .map(|form| {
            let count = |of: fn(&form::Panel) -> usize| form.panels.iter().map(of).sum();
            let (columns, rows) = (count(|p| p.columns.len()), count(|p| p.printed.len()));
            (form.title.clone(), columns, rows)
        })
        .collect();
    let (text, sums) = write::profile(&document.name, &forms, &words);
    let file = NewFile { path: format!("profiles/{id}.yaml"), text };
    Some(Draft { file, tables, sums })
}
