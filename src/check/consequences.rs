//! Findings that are there because of another one: what goes by a year that is wrong, a heading that is none
//! because of its marks. They are left out, and the cause says how many there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::{FileId, Place, Spot};

/// Findings that compare with the fiscal year: headings, texts, dates, projects carried over, the year before.
const YEARLY: [&str; 11] =
    ["N306", "D705", "D707", "P403", "P409", "P418", "P419", "Y502", "Y503", "Y504", "Y505"];

/// A heading begins within so many bytes of its file.
const HEAD: usize = 8;

/// Findings about the marks of a text, its letters or its markup, or a heading without words.
const MARKS: [&str; 5] = ["S019", "S022", "S024", "S025", "S028"];

/// So many bytes behind a mark a number may stand in the lines that it spoils.
const NEAR: usize = 128;

/// Leaves out of the findings of the rules what follows from another finding; `before` was found while the files
/// were read.
pub(super) fn fold(
    found: &mut Report,
    (portal, disclosure): (&Model, &Disclosure),
    before: &[Diagnostic],
) {
    if found.diagnostics.is_empty() {
        return;
    }
    of_marks(found, disclosure, before);
    of_nothing(found, disclosure, before);
    of_name(found, (portal, disclosure), before);
    of_year(found, (portal, disclosure), before);
}

/// Whether a finding is of a heading that the form fills with these words.
fn is_filled_with(
    one: &Diagnostic,
    (portal, disclosure): (&Model, &Disclosure),
    words: &str,
) -> bool {
    let sections = &disclosure.profile.sections;
    let spec = one.address.as_deref().filter(|_| one.code.id == "C113");
    let spec = spec.and_then(|section| sections.get(section));
    spec.is_some_and(|spec| disclosure.filled(portal, &spec.title).contains(words))
}

/// Without a year that is sure nothing that goes by it can be told.
fn of_year(found: &mut Report, of: (&Model, &Disclosure), before: &[Diagnostic]) {
    let (_, disclosure) = of;
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
    let follows = |one: &Diagnostic| YEARLY.contains(&one.code.id) || is_filled_with(one, of, year);
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

/// So many findings of one slip in one file are made one by one; more of them were by one program, or by habit.
const ONE_BY_ONE: usize = 3;

/// So many other places of a slip are shown.
const SHOWN: usize = 3;

/// The file, the rule and the words of a slip.
type Slip = (FileId, &'static str, String);

/// Codes that a program spoiled throughout, and a key that every entry of a file has, are one finding with their
/// count and their first places.
pub(super) fn of_one_kind(report: &mut Report) {
    let slip = |one: &Diagnostic| Some((one.primary.file, one.code.id, one.alike.clone()?));
    // What all organisations share is read with each of them: a place counts once.
    let mut places: BTreeMap<Slip, BTreeSet<Place>> = BTreeMap::new();
    for one in &report.diagnostics {
        if let Some(slip) = slip(one) {
            places.entry(slip).or_default().insert(one.primary.clone());
        }
    }
    places.retain(|_, places| places.len() > ONE_BY_ONE);
    if places.is_empty() {
        return;
    }
    let mut seen: BTreeMap<Slip, usize> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(report.diagnostics.len());
    for mut one in std::mem::take(&mut report.diagnostics) {
        let slip = slip(&one).filter(|slip| places.contains_key(slip));
        let Some(slip) = slip else {
            kept.push(one);
            continue;
        };
        if let Some(first) = seen.get(&slip) {
            kept[*first].unchecked += one.unchecked;
            continue;
        }
        let all = &places[&slip];
        let count = all.len();
        let others = all.iter().filter(|place| **place != one.primary).take(SHOWN);
        let others: Vec<Place> = others.cloned().collect();
        for place in others {
            one = one.related(place, text!(zh: "这里也是", en: "here too"));
        }
        seen.insert(slip, kept.len());
        kept.push(one.note(
            text!(zh: "这个文件里这样写的有 {count} 处", en: "{count} places of this file have it"),
        ));
    }
    report.diagnostics = kept;
}

/// A heading that is none by its marks is not missing, nor are its number and what stands below it.
fn of_marks(found: &mut Report, disclosure: &Disclosure, before: &[Diagnostic]) {
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
            "C113" => {
                let mut sections = disclosure.sections.iter();
                let section = sections.find(|section| section.file == one.primary.file);
                let end = HEAD + section.map_or(0, |section| section.title.len());
                in_file().any(|(_, mark)| mark.start < end)
            }
            // A sentence ends before characters that were lost.
            "N311" | "N312" | "N307" | "N302" => {
                in_file().any(|(_, mark)| mark.start <= own.end && own.start <= mark.end)
            }
            "C108" => in_file().any(|(_, mark)| own.start <= mark.start),
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

/// Of a name that is cut off nobody can tell what headings and units should say.
fn of_name(found: &mut Report, of: (&Model, &Disclosure), before: &[Diagnostic]) {
    let (portal, disclosure) = of;
    let written = &portal.organisations[disclosure.organisation].written;
    let name = written.name.as_str();
    let is_cut = |one: &Diagnostic| {
        let is_of_name = || one.seen.as_ref().is_some_and(|seen| seen.starts_with(name));
        one.code.id == "S028" && one.primary.file == written.file && is_of_name()
    };
    if name.is_empty() || !before.iter().any(is_cut) {
        return;
    }
    found.diagnostics.retain(|one| one.code.id != "C112" && !is_filled_with(one, of, name));
}

/// Where a disclosure has no table, nobody need hear that it has no section and no project.
fn of_nothing(found: &mut Report, disclosure: &Disclosure, before: &[Diagnostic]) {
    let file = disclosure.place().file;
    if before.iter().any(|one| one.code.id == "S029" && one.primary.file == file) {
        found
            .diagnostics
            .retain(|one| !matches!(one.code.id, "C102" | "C109") || one.primary.file != file);
    }
}

fn bytes(place: &Place) -> Option<Range<usize>> {
    match place.spot {
        Spot::Bytes(start, end) => Some(start..end),
        Spot::Value(_) | Spot::Key(_) => None,
    }
}
