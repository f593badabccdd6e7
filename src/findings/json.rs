//! Findings as JSON, for editors and other tools.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Report, Text, Unproved};
use crate::locate::Locator;
use crate::source::{Place, Sources};

/// The version of this form: it grows when a key goes, or comes to mean something else
/// (docs/outputs.md).
pub const VERSION: u32 = 1;

/// The whole report.
#[derive(Serialize)]
struct JsonReport<'a> {
    /// [`VERSION`].
    version: u32,
    findings: Vec<Finding<'a>>,
    accepted: Vec<Finding<'a>>,
    relations: Relations,
    could_not_run: Vec<NotRun<'a>>,
    rules: Rules,
}

/// Relations of one rule that could not be worked out.
#[derive(Serialize)]
struct NotRun<'a> {
    disclosure: &'a str,
    tie_out: Option<&'a str>,
    relation: Both<'a>,
    why: Both<'a>,
    count: usize,
}

/// How many relations of the profiles were tried.
#[derive(Serialize)]
struct Rules {
    stated: usize,
    tried: usize,
}

/// How the relations came out.
#[derive(Serialize)]
struct Relations {
    exact: usize,
    within_rounding: usize,
    broken: usize,
    could_not_run: usize,
}

/// One finding.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: Both<'a>,
    place: JsonPlace<'a>,
    related: Vec<Related<'a>>,
    notes: Vec<Both<'a>>,
    help: Option<Both<'a>>,
    disclosure: Option<&'a str>,
    address: Option<&'a str>,
    unchecked: usize,
}

/// A text in both languages.
#[derive(Serialize)]
struct Both<'a> {
    zh: &'a str,
    en: &'a str,
}

/// A place: lines and columns from 1, columns in characters.
#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// A second place.
#[derive(Serialize)]
struct Related<'a> {
    place: JsonPlace<'a>,
    text: Both<'a>,
}

/// The report as one JSON document.
pub fn render(sources: &Sources, report: &Report) -> String {
    let relations = Relations {
        exact: report.relations.exact,
        within_rounding: report.relations.within_rounding,
        broken: report.relations.broken,
        could_not_run: report.relations.could_not_run,
    };
    let locator = Locator::new(sources);
    let all = |diagnostics: &'_ [Diagnostic]| -> Vec<usize> { (0..diagnostics.len()).collect() };
    let document = JsonReport {
        version: VERSION,
        findings: all(&report.diagnostics)
            .into_iter()
            .map(|i| finding(&locator, report, &report.diagnostics[i]))
            .collect(),
        accepted: all(&report.accepted)
            .into_iter()
            .map(|i| finding(&locator, report, &report.accepted[i]))
            .collect(),
        relations,
        could_not_run: report.unproved.iter().map(not_run).collect(),
        rules: Rules { stated: report.coverage.stated, tried: report.coverage.tried },
    };
    let mut out = serde_json::to_string_pretty(&document).expect("a report is plain data");
    out.push('\n');
    out
}

fn finding<'a>(locator: &Locator<'a>, report: &Report, diagnostic: &'a Diagnostic) -> Finding<'a> {
    Finding {
        code: diagnostic.code.id,
        name: diagnostic.code.name,
        severity: diagnostic.severity.word(),
        message: both(&diagnostic.message),
        place: place(locator, report, &diagnostic.primary),
        related: diagnostic
            .related
            .iter()
            .map(|label| Related {
                place: place(locator, report, &label.place),
                text: both(&label.text),
            })
            .collect(),
        notes: diagnostic.notes.iter().map(both).collect(),
        help: diagnostic.help.as_ref().map(both),
        disclosure: diagnostic.disclosure.as_deref(),
        address: diagnostic.address.as_deref(),
        unchecked: diagnostic.unchecked,
    }
}

fn not_run(unproved: &Unproved) -> NotRun<'_> {
    NotRun {
        disclosure: &unproved.disclosure,
        tie_out: unproved.tie_out.as_deref(),
        relation: both(&unproved.relation),
        why: both(&unproved.why),
        count: unproved.count,
    }
}

fn both(text: &Text) -> Both<'_> {
    Both { zh: &text.zh, en: &text.en }
}

fn place<'a>(locator: &Locator<'a>, report: &Report, place: &Place) -> JsonPlace<'a> {
    let source = locator.sources().file(place.file);
    let range = report.told(place.file, locator.range(place));
    let (line, column) = locator.line_column(place.file, range.start);
    let (end_line, end_column) = locator.line_column(place.file, range.end);
    JsonPlace { file: &source.path, line, column, end_line, end_column }
}
