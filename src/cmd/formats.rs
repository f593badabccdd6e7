//! A report in the format asked for.

use super::{color, print, say, show};
use crate::cli::Format;
use crate::diagnostic::{Language, Report};
use crate::findings::{concise, github, human, json, sarif};
use crate::source::Sources;

/// Prints a report in the format asked for, on standard output; where none was, as people read it, on
/// standard error.
pub(super) fn print_in(
    format: Option<Format>,
    sources: &Sources,
    report: &Report,
    language: Language,
) {
    let Some(format) = format else {
        show(sources, report, language);
        return show_unproved(report, language);
    };
    match format {
        Format::Human => {
            print(&human::render(sources, report, language, color(&std::io::stdout())));
            if !report.unproved.is_empty() {
                print(&human::unproved(report, language));
            }
        }
        Format::Concise => print(&concise::render(sources, report, language)),
        Format::Json => print(&json::render(sources, report)),
        Format::Github => print(&github::render(sources, report, language)),
        Format::Sarif => print(&sarif::render(sources, report, language)),
    }
}

/// What could not be checked: never counted as passed, and said even where nothing is wrong.
fn show_unproved(report: &Report, language: Language) {
    if !report.unproved.is_empty() {
        say(human::unproved(report, language).trim_end());
        say("");
    }
}
