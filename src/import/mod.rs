//! Figures in: a file of an office program, a page or a text → what stands in it (`read`), and from
//! there → the files of a disclosure.

mod body;
mod caption;
mod cell;
mod compare;
pub mod document;
mod head;
mod indicators;
mod names;
pub mod place;
pub mod placed;
mod project;
pub mod read;
mod section;
mod stream;
mod words;
mod write;

use document::Document;
use placed::Placed;

pub use compare::{Comparison, Count, Difference};
pub use write::{File, origin_words};

use crate::diagnostic::Language;
use crate::profile::Profile;

/// What is imported, and how.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The form it is read by.
    pub profile: &'a Profile,
    /// What stands in the files.
    pub documents: &'a [Document],
    /// The table that rows without a title belong to.
    pub only: Option<&'a str>,
    /// The files the disclosure has, by their path below its folder, with their text.
    pub existing: &'a [(String, String)],
    /// The language of marks.
    pub language: Language,
}

/// What an import makes.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The files below the folder of the disclosure.
    pub files: Vec<File>,
    /// What was found.
    pub placed: Placed,
    /// What was written, held against what was read.
    pub comparison: Comparison,
}

/// Turns documents into the files of a disclosure.
pub fn import(request: &Request) -> Imported {
    let Request { profile, documents, only, existing, language } = *request;
    let placed = place::place(profile, documents, only);
    let writer = write::Writer { documents, language };
    let mut files = Vec::new();
    for (id, table) in &placed.tables {
        files.push(writer.table(&profile.tables[id], table));
    }
    let paths = names::of_projects(profile, &placed.projects, existing);
    for (project, path) in placed.projects.iter().zip(paths) {
        files.push(writer.project(profile, path, project));
    }
    for (id, section) in &placed.sections {
        let path = names::of_section(profile, id, existing);
        files.push(writer.section(&placed, profile, path, section));
    }
    let comparison = compare::compare(profile, documents, &placed, &files);
    Imported { files, placed, comparison }
}
