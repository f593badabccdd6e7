//! Figures in: a file of an office program, a page or a text → what stands in it (`read`), and from
//! there → the files of a disclosure.

mod beside;
mod body;
mod caption;
mod cell;
mod compare;
pub mod document;
mod head;
pub mod heads;
mod indicators;
mod names;
mod pattern;
pub mod place;
pub mod placed;
mod printed;
mod project;
pub mod read;
mod section;
mod stream;
mod title;
mod vocabulary;
mod words;
mod write;

use document::Document;
use placed::Placed;

pub use compare::{Comparison, Count, Difference};
pub use names::project_file_name;
pub use words::one_line;
pub use write::{File, origin_words, scalar};

use crate::content::origins::{Origins, Written};
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
    let writer = write::ValueWriter { documents, language };
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

impl Imported {
    /// What was written and where it was read, for the file beside the disclosure. What an earlier
    /// import wrote and this one does not stays.
    pub fn origins(&self, documents: &[Document], earlier: Option<&Origins>) -> Origins {
        let mut origins = earlier.cloned().unwrap_or_default();
        // The documents of this import come behind those of earlier ones, each once.
        let places: Vec<usize> = documents
            .iter()
            .map(|document| {
                let known = origins.read.iter().position(|name| *name == document.name);
                known.unwrap_or_else(|| {
                    origins.read.push(document.name.clone());
                    origins.read.len() - 1
                })
            })
            .collect();
        for file in &self.files {
            let values = file.values.iter().filter(|(at, _)| !at.is_empty());
            let values = values.filter_map(|(at, value)| {
                let mut spot = write::spot(value.from.first()?);
                spot.file = places[spot.file];
                Some((at.clone(), spot))
            });
            let written = Written { digest: digest(&file.text), values: values.collect() };
            origins.written.insert(file.path.clone(), written);
        }
        origins
    }
}

/// The digest of a text, by which a person's edits are known.
pub fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
