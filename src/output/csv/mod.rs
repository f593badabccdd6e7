//! CSV in two forms: for office programs, as printed and safe to open; for programs, faithful.
//! Each table in both, projects and their indicators in both, and every figure of a disclosure in
//! one long table. UTF-8, comma, one heading line.

mod corrections;
mod figures;
mod guard;
mod projects;
mod table;
mod writer;

use super::{DataFile, Output, OutputScope, Writer};
use crate::model::Portal;
use crate::page::Subject;
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "csv",
    summary: "Tables, projects and indicators as CSV, for office programs and for programs; every figure in one long table.",
    scope: OutputScope::Organisation(plan),
};

/// The endings of the two forms.
const OFFICE: &str = "csv";
const DATA: &str = "data.csv";

/// The canonical form of a table: what its file for programs holds.
pub(super) fn canonical(portal: &Portal, subject: &Subject) -> Vec<u8> {
    table::data(portal, subject)
}

fn plan(portal: &Portal) -> Vec<DataFile> {
    let own = Writer::Organisation;
    let mut files = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        let mut add = |path: String, item: usize, title: &'static str, writer: Writer| {
            let organisation = disclosure.organisation;
            let subject = Subject { organisation, disclosure: index, item };
            files.push(DataFile::new(path, subject, title, writer));
        };
        for (item, table) in disclosure.tables.values().enumerate() {
            let path = |ending| url::table_data(disclosure, table, ending);
            add(path(OFFICE), item, "office_csv", own(table::office));
            add(path(DATA), item, "data_csv", own(table::data));
        }
        if !disclosure.written.corrections.is_empty() {
            let path = |ending| url::disclosure_data(disclosure, "corrections", ending);
            add(path(OFFICE), 0, "office_corrections", Writer::Worded(corrections::office));
            add(path(DATA), 0, "data_corrections", own(corrections::data));
        }
        let spec = disclosure.project_spec().filter(|_| !disclosure.projects.is_empty());
        let whole = |name: &str, ending| url::disclosure_data(disclosure, name, ending);
        if let Some(spec) = spec {
            add(whole("projects", OFFICE), 0, "office_projects", own(projects::office));
            add(whole("projects", DATA), 0, "data_projects", own(projects::data));
            if !spec.indicators.is_empty() {
                add(
                    whole("indicators", OFFICE),
                    0,
                    "office_indicators",
                    own(projects::office_indicators),
                );
                add(
                    whole("indicators", DATA),
                    0,
                    "data_indicators",
                    own(projects::data_indicators),
                );
            }
        }
        if spec.is_some() || !disclosure.tables.is_empty() {
            add(whole("figures", DATA), 0, "data_figures", own(figures::data));
        }
    }
    files
}
