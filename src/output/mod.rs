//! Every format but HTML: which files it makes, and how one is written.

mod csv;
mod robots;
mod sitemap;

use std::sync::OnceLock;

use crate::model::Portal;
use crate::page::{Scope, Subject};

/// One data file, planned.
#[derive(Clone)]
pub struct DataFile {
    /// Its path in the site.
    pub path: String,
    /// What it holds.
    pub subject: Subject,
    /// The theme’s word for a link to it; empty where no page leads to it.
    pub title: &'static str,
    render: Render,
    /// Its bytes, once they were asked for.
    made: OnceLock<Vec<u8>>,
}

/// Writes a file: from the model, what it holds, and every path of the site.
pub type Render = fn(&Portal, &Subject, &mut dyn Iterator<Item = &str>) -> Vec<u8>;

impl DataFile {
    /// Plans a file.
    pub fn new(path: String, subject: Subject, title: &'static str, render: Render) -> DataFile {
        DataFile { path, subject, title, render, made: OnceLock::new() }
    }

    /// Its bytes, made once: pages say how large it is.
    pub fn bytes(&self, portal: &Portal, paths: &mut dyn Iterator<Item = &str>) -> &[u8] {
        self.made.get_or_init(|| (self.render)(portal, &self.subject, paths))
    }
}

/// A format.
pub struct Output {
    /// Its name.
    pub name: &'static str,
    /// Whose its files are.
    pub scope: Scope,
    /// One sentence for the list of formats.
    pub summary: &'static str,
    /// Every file of this format.
    pub plan: fn(&Portal) -> Vec<DataFile>,
}

/// The one list.
pub static OUTPUTS: &[&Output] = &[&csv::OUTPUT, &sitemap::OUTPUT, &robots::OUTPUT];
