//! Findings that are there because of another one: what goes by a year that is wrong, a heading that is none
//! because of its marks. They are left out, and the cause says how many there are.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Report, Severity, text};
use crate::model::Disclosure;
use crate::source::{Place, Spot};

/// Findings that compare with the fiscal year: headings, texts, dates, projects carried over, the year before.
const YEARLY: [&str; 11] =
    ["N306", "D705", "D707", "P403", "P409", "P418", "P419", "Y502", "Y503", "Y504", "Y505"];

/// A heading begins within so many bytes of its file.
const HEAD: usize = 8;

/// Findings about the marks of a text, its letters or its markup.
const MARKS: [&str; 4] = ["S022", "S024", "S025", "S028"];

/// So many bytes behind a mark a number may stand in the lines that it spoils.
const NEAR: usize = 128;

/// Leaves out of the findings of the rules what follows from another finding; `before` was found while the files
/// were read.
pub(super) fn fold(found: &mut Report, disclosure: &Disclosure, before: &[Diagnostic]) {
    if found.diagnostics.is_empty() {
        return;
    }
    of_marks(found, before);
    of_year(found, disclosure, before);
}

/// Without a year that is sure nothing that goes by it can be told.
fn of_year(found: &mut Report, disclosure: &Disclosure, before: &[Diagnostic]) {
    let written = &disclosure.written;
    let place = Place::value(written.file, "fiscal_year");
    let is_unread = disclosure.year == 0
        && before.iter().any(|one| one.code.id == "S019" && one.primary.file == written.file);
    let is_cause = |one: &Diagnostic| {
        one.code.id == "D708" && one.severity == Severity::Error && one.primary == place
    };
    let cause = found.diagnostics.iter().position(is_cause);
    if !is_unread && cause.is_none() {
        return;
    }
    let year = written.fiscal_year.as_str();
    let says_year = |one: &Diagnostic| {
        year.is_empty() || one.help.as_ref().is_some_and(|help| help.zh.contains(year))
    };
    let follows = |one: &Diagnostic| {
        YEARLY.contains(&one.code.id) || (one.code.id == "C113" && says_year(one))
    };
    let count = found.diagnostics.iter().filter(|one| follows(one)).count();
    if let Some(cause) = cause.filter(|_| count > 0) {
        found.diagnostics[cause].notes.push(text!(
            zh: "按这个年度比出来的另外 {count} 处没有列出：改好年度再查", en: "findings that go by this year are not listed, {count} of them: mend the year and check again",
        ));
    }
    found.diagnostics.retain(|one| !follows(one));
}

/// Stars that stand for what is to be filled in are no marks: `20**年`.
pub(super) fn of_placeholders(report: &mut Report) {
    let is_gap = |one: &&Diagnostic| one.code.id == "N308";
    let gaps = report.diagnostics.iter().filter(is_gap);
    let gaps: Vec<(Place, Range<usize>)> =
        gaps.filter_map(|one| Some((one.primary.clone(), bytes(&one.primary)?))).collect();
    if gaps.is_empty() {
        return;
    }
    report.diagnostics.retain(|one| {
        let own = bytes(&one.primary).filter(|_| one.code.id == "S024");
        let is_in = |own: &Range<usize>| {
            let in_file = gaps.iter().filter(|(place, _)| place.file == one.primary.file);
            in_file.into_iter().any(|(_, gap)| own.start <= gap.end && gap.start <= own.end)
        };
        !own.as_ref().is_some_and(is_in)
    });
}

/// A heading that is none by its marks is not missing, nor are its number and what stands below it.
fn of_marks(found: &mut Report, before: &[Diagnostic]) {
    let marks: Vec<(&Place, Range<usize>)> = before
        .iter()
        .filter(|one| MARKS.contains(&one.code.id))
        .filter_map(|one| Some((&one.primary, bytes(&one.primary)?)))
        .collect();
    if marks.is_empty() {
        return;
    }
    let follows = |one: &Diagnostic| {
        let Some(own) = bytes(&one.primary) else { return false };
        let in_file = || marks.iter().filter(|(place, _)| place.file == one.primary.file);
        match one.code.id {
            "C113" => in_file().any(|(_, mark)| mark.start < HEAD),
            "N311" | "N312" | "N307" | "N302" => {
                in_file().any(|(_, mark)| mark.start < own.end && own.start < mark.end)
            }
            "N313" => {
                let last = one.related.first().and_then(|label| bytes(&label.place));
                let start = last.map_or(0, |last| last.end);
                in_file().any(|(_, mark)| {
                    let is_near = own.start.saturating_sub(mark.start) < NEAR;
                    mark.start < own.start && (start <= mark.start || is_near)
                })
            }
            _ => false,
        }
    };
    found.diagnostics.retain(|one| !follows(one));
}

fn bytes(place: &Place) -> Option<Range<usize>> {
    match place.spot {
        Spot::Bytes(start, end) => Some(start..end),
        Spot::Value(_) | Spot::Key(_) => None,
    }
}
