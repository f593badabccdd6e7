//! Every format but HTML: which files it makes, and how one is written.

mod csv;
mod robots;
mod sitemap;

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
    /// Writes it: from the model and every path of the site.
    pub render: fn(&Portal, &Subject, &mut dyn Iterator<Item = &str>) -> Vec<u8>,
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
