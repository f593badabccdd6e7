//! Every format but HTML: which files it makes, and how one is written.

mod csv;
mod feed;
mod json;
mod package;
mod print;
mod redirects;
mod robots;
mod sitemap;
mod workbook;

use crate::model::Portal;
use crate::page::{MadeFiles, Overview, Subject};
use crate::theme::Theme;

/// One data file, planned.
#[derive(Clone)]
pub struct DataFile {
    /// Its path in the site.
    pub path: String,
    /// What it holds.
    pub subject: Subject,
    /// The theme’s word for a link to it; empty where no page leads to it.
    pub title: &'static str,
    /// How it is written.
    pub writer: Writer,
}

/// How a data file is written.
#[derive(Clone, Copy)]
pub enum Writer {
    /// One organisation's: from its model and what the file holds.
    Organisation(fn(&Portal, &Subject) -> Vec<u8>),
    /// As `Organisation`, with the words of the theme.
    Worded(fn(&Portal, &Subject, &Theme) -> Vec<u8>),
    /// As `Worded`, a document that a program outside sets in type; the file is what that makes of it.
    Typeset(fn(&Portal, &Subject, &Theme) -> Vec<u8>),
    /// One organisation's that says how large others are, or holds them: also from those of its data
    /// files that do not, with their bytes.
    Finishing(fn(&Portal, &Subject, &MadeFiles) -> Vec<u8>),
    /// The portal's: from what lists say of every organisation, and every path of the site.
    Portal(fn(&Overview, &mut dyn Iterator<Item = &str>) -> Vec<u8>),
    /// As `Portal`, one of several: also from the item of its subject.
    Paths(fn(&Overview, usize, &mut dyn Iterator<Item = &str>) -> Vec<u8>),
}

/// Whose the files of a format are, and which there are.
pub enum OutputScope {
    /// One organisation's.
    Organisation(fn(&Portal) -> Vec<DataFile>),
    /// The portal's.
    Portal(fn(&Overview) -> Vec<DataFile>),
    /// The portal's, as many as all pages of the site ask for.
    Paths(fn(&Overview, &mut dyn Iterator<Item = &str>) -> Vec<DataFile>),
}

impl DataFile {
    /// Plans a file.
    pub fn new(path: String, subject: Subject, title: &'static str, writer: Writer) -> DataFile {
        DataFile { path, subject, title, writer }
    }
}

/// A format.
pub struct Output {
    /// Its name.
    pub name: &'static str,
    /// One sentence for the list of formats.
    pub summary: &'static str,
    /// Whose its files are, and which there are.
    pub scope: OutputScope,
}

/// The canonical form of a table, of which a receipt states the digest, and the path of the file that
/// holds it where the site has one.
pub fn canonical_table(portal: &Portal, subject: &Subject) -> Vec<u8> {
    csv::canonical(portal, subject)
}

/// The one list.
pub static OUTPUTS: &[&Output] = &[
    &workbook::OUTPUT,
    &csv::OUTPUT,
    &json::OUTPUT,
    &package::OUTPUT,
    &package::CATALOGUE,
    &print::OUTPUT,
    &feed::OUTPUT,
    &sitemap::OUTPUT,
    &robots::OUTPUT,
    &redirects::OUTPUT,
];
