//! Every format but HTML: which files it makes, and how one is written.

mod csv;
mod robots;
mod sitemap;

use crate::model::Portal;
use crate::page::{Overview, Subject};

/// One data file, planned.
#[derive(Clone)]
pub struct DataFile {
    /// Its path in the site.
    pub path: String,
    /// What it holds.
    pub subject: Subject,
    /// The words of a link to it.
    pub title: &'static str,
    /// Writes it.
    pub writer: Writer,
}

/// How a data file is written.
#[derive(Clone, Copy)]
pub enum Writer {
    /// One organisation's: from its model.
    Organisation(fn(&Portal, &Subject) -> Vec<u8>),
    /// The portal's: from what lists say of every organisation, and every path of the site.
    Portal(fn(&Overview, &mut dyn Iterator<Item = &str>) -> Vec<u8>),
}

/// Whose the files of a format are, and which there are.
pub enum Scope {
    /// One organisation's.
    Organisation(fn(&Portal) -> Vec<DataFile>),
    /// The portal's.
    Portal(fn(&Overview) -> Vec<DataFile>),
}

/// A format.
pub struct Output {
    /// Its name.
    pub name: &'static str,
    /// One sentence for the list of formats.
    pub summary: &'static str,
    /// Whose its files are, and which there are.
    pub scope: Scope,
}

/// The one list.
pub static OUTPUTS: &[&Output] = &[&csv::OUTPUT, &sitemap::OUTPUT, &robots::OUTPUT];
