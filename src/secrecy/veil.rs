//! What is withheld is shown by no finding: neither in its words nor in the author's own line.
//!
//! The rules run twice, with the withheld values and without. What they say both times follows
//! from what is published, and is said as it is. In what they say only with the values every
//! figure has its mark, since a sum tells its last part. Where an address of `withhold:` leads
//! nowhere it is not known what would be withheld, and every figure of the organisation has it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{numbers, value};
use crate::amount::Decimal;
use crate::check;
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, Unproved, Veil};
use crate::locate::Locator;
use crate::model::{Cell, Disclosure, Draft, Hidden};
use crate::source::{FileId, Place, Sources, Spot};

/// A text this long is a sentence, and the figures in it are no values of their own.
const SHORT: usize = 12;

/// A number of fewer digits is rather a count than a code or a year.
const CODE: usize = 3;

/// A figure of fewer digits stands in many places by accident.
const TELLING: usize = 3;

/// The findings of what is published, by code and place.
type Public<'a> = BTreeMap<(&'static str, &'a Place), Vec<&'a Diagnostic>>;

/// What one organisation withholds.
struct Hiding {
    /// `content/<organisation>/`.
    folder: String,
    /// What is printed instead.
    mark: String,
    figures: BTreeSet<Decimal>,
    words: Vec<String>,
    /// The places of withheld values, by file.
    places: BTreeMap<FileId, Vec<Place>>,
    /// Whether some of them could not be found.
    is_open: bool,
    /// Codes and years: numbers that name something.
    names: BTreeSet<String>,
    /// Reasons of relations, which profiles state.
    reasons: BTreeSet<String>,
}

/// Takes what is withheld out of every finding, and says what excerpts must not show.
pub(super) fn draw(report: &mut Report, sources: &Sources, draft: &Draft, today: Option<&str>) {
    let all = hidings(report, sources, draft);
    if all.is_empty() {
        return;
    }
    let (redacted, _) = draft.clone().redact();
    let mut public = Report::default();
    check::run(&mut public, &redacted, today);
    let mut by_place = Public::new();
    for finding in &public.diagnostics {
        by_place.entry((finding.code.id, &finding.primary)).or_default().push(finding);
    }
    let locator = Locator::new(sources);
    for hiding in &all {
        let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in &report.diagnostics {
            by_file.entry(finding.primary.file).or_default().push(finding);
        }
        for (file, path) in sources.site_files(hiding.folder.trim_end_matches('/')) {
            let here = by_file.remove(&file).unwrap_or_default();
            report.veils.insert(file, hiding.veil(&here, &locator, file, path));
        }
        let mut diagnostics = std::mem::take(&mut report.diagnostics);
        for finding in &mut diagnostics {
            if sources.file(finding.primary.file).path.starts_with(&hiding.folder) {
                hiding.over(finding, &locator, &by_place);
            }
        }
        report.diagnostics = diagnostics;
        let name = hiding.folder.trim_start_matches("content/");
        let own = report.unproved.iter_mut().filter(|one| one.disclosure.starts_with(name));
        for Unproved { relation, why, .. } in own {
            for side in [&mut relation.zh, &mut relation.en, &mut why.zh, &mut why.en] {
                *side = hiding.hidden(side, !hiding.is_open, None);
            }
        }
    }
}

/// The organisations that withhold something, or tried to.
fn hidings(report: &Report, sources: &Sources, draft: &Draft) -> Vec<Hiding> {
    let mut all: Vec<Hiding> = Vec::new();
    let refused: BTreeSet<FileId> = sources.refused().map(|(file, _)| file).collect();
    let unread = refused.iter().map(|file| (*file, sources.file(*file).path.as_str()));
    let unread = unread.filter(|(_, path)| path.starts_with("content/"));
    for (file, path) in sources.site_files("content").chain(unread) {
        let Some(folder) = path.strip_suffix("disclosure.yaml") else { continue };
        let disclosure =
            draft.disclosures.iter().find(|disclosure| disclosure.written.file == file);
        let is_known = disclosure.is_some_and(|one| !one.written.withhold.is_empty());
        let here = report.diagnostics.iter().filter(|found| found.primary.file == file);
        let mut codes = here.map(|found| found.code.id);
        // A file that could not be read, or not as it was meant, may have withheld something.
        let is_lost = !is_known
            && (refused.contains(&file) || says_so(sources.file(file).text()))
            && (disclosure.is_none() || codes.clone().any(|code| code.starts_with('S')));
        if !is_known && !is_lost {
            continue;
        }
        let mut parts = folder.splitn(3, '/');
        let (content, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        // What is no part of the portal has relations with no other year.
        let is_apart = disclosure.is_none();
        let folder = if is_apart { folder.to_owned() } else { format!("{content}/{name}/") };
        let index = all.iter().position(|one| one.folder == folder).unwrap_or_else(|| {
            all.push(Hiding::of(folder, draft, name));
            all.len() - 1
        });
        let leads_nowhere = codes.any(|code| code == codes::WITHHOLDS_NOTHING.id);
        all[index].is_open |= is_lost || leads_nowhere;
    }
    // Of a file in two folders the nearer one speaks last.
    all.sort_by_key(|hiding| hiding.folder.len());
    all
}

/// Whether a text has a key that is, or was meant to be, `withhold`.
fn says_so(text: &str) -> bool {
    text.lines().any(|line| {
        let key = line.split(':').next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
        key.starts_with("with") && line.contains(':') && !key.contains(' ')
    })
}

impl Hiding {
    fn of(folder: String, draft: &Draft, organisation: &str) -> Hiding {
        let mut hiding = Hiding {
            folder,
            mark: "[c]".to_owned(),
            figures: BTreeSet::new(),
            words: Vec::new(),
            places: BTreeMap::new(),
            is_open: false,
            names: BTreeSet::new(),
            reasons: BTreeSet::new(),
        };
        for disclosure in &draft.disclosures {
            if draft.organisation(disclosure).id == organisation {
                hiding.add(draft, disclosure);
            }
        }
        // A text that holds another goes first.
        hiding.words.sort_by_key(|words| std::cmp::Reverse(words.len()));
        hiding
    }

    fn add(&mut self, draft: &Draft, disclosure: &Disclosure) {
        let secrets = draft.secrets_of(disclosure);
        if !secrets.is_empty() {
            disclosure.withheld_mark().clone_into(&mut self.mark);
        }
        for secret in secrets.iter() {
            let place = disclosure.place_of_hidden(secret.place);
            self.places.entry(place.file).or_default().push(place);
            match &secret.value {
                Cell::Figure(figure, _) => drop(self.figures.insert(figure.abs())),
                Cell::Text(words) => {
                    // A goal is a list of sentences.
                    let is_list = matches!(secret.place, Hidden::Goals(_));
                    let lines = words.split(move |c| is_list && c == '\n').map(str::trim);
                    lines.filter(|line| !line.is_empty()).for_each(|line| self.add_words(line));
                }
                _ => {}
            }
        }
        let rows = disclosure.tables.values().flat_map(|table| &table.panels);
        for row in rows.flat_map(|panel| &panel.rows) {
            let path = row.path.iter().map(|(_, text)| text);
            for text in [&row.name, &row.key].into_iter().chain(&row.code).chain(path) {
                self.add_name(text);
            }
        }
        for project in &disclosure.projects {
            self.add_name(&project.name);
            self.add_name(&project.slug);
        }
        for table in disclosure.tables.values() {
            self.add_name(&table.title);
        }
        for year in disclosure.year.saturating_sub(1)..=disclosure.year + 1 {
            self.names.insert(year.to_string());
        }
        for tie_out in disclosure.relations(draft).iter().filter_map(|one| one.tie_out()) {
            self.reasons.insert(format!("{}: {}", tie_out.id, tie_out.because));
        }
    }

    fn add_words(&mut self, words: &str) {
        if words.chars().count() <= SHORT {
            let figures = numbers(words).into_iter().filter_map(|at| value(&words[at]));
            self.figures.extend(figures);
        }
        if value(words).is_none() {
            self.words.push(words.to_owned());
        }
    }

    fn add_name(&mut self, text: &str) {
        let is_code =
            |word: &&str| word.len() >= CODE && word.bytes().all(|byte| byte.is_ascii_digit());
        let words = numbers(text).into_iter().map(|at| &text[at]);
        self.names.extend(words.filter(is_code).map(str::to_owned));
    }

    /// Whether a withheld value stands in a file, or might.
    fn covers(&self, file: FileId) -> bool {
        self.is_open || self.places.contains_key(&file)
    }

    /// What excerpts of a file must not show.
    fn veil(&self, here: &[&Diagnostic], locator: &Locator, file: FileId, path: &str) -> Veil {
        let text = locator.sources().file(file).text();
        let own = self.places.get(&file).into_iter().flatten();
        let own: Vec<Range<usize>> = own.flat_map(|place| locator.scalars(place)).collect();
        let mut hidden = own.clone();
        let is_equal = |at: &Range<usize>| {
            value(&text[at.clone()])
                .is_some_and(|value| !value.is_zero() && self.figures.contains(&value))
        };
        hidden.extend(numbers(text).into_iter().filter(is_equal));
        for words in self.words.iter().filter(|words| words.chars().count() > 1) {
            hidden.extend(text.match_indices(words.as_str()).map(|(at, _)| at..at + words.len()));
        }
        let printed = here.iter().filter(|found| found.code.id == codes::WITHHELD_PRINTED.id);
        hidden.extend(printed.map(|found| locator.range(&found.primary)));
        // What could not be read as it was meant may stand under another key.
        let is_misread = self.is_open
            || (self.covers(file) && here.iter().any(|found| found.code.id.starts_with('S')));
        if is_misread && path.ends_with("/disclosure.yaml") {
            // Addresses are no amounts, and have to be seen to be mended.
            hidden.extend(numbers(text).into_iter().filter(|at| text[at.clone()].contains('.')));
        } else if is_misread {
            hidden.extend(numbers(text));
            if path.ends_with(".yaml") {
                hidden.extend(values(text));
            }
        }
        Veil { mark: self.mark.clone(), withheld: apart(text, own), hidden: apart(text, hidden) }
    }

    /// Takes what is withheld out of the words of a finding.
    fn over(&self, finding: &mut Diagnostic, locator: &Locator, public: &Public) {
        let is_same = |other: &&Diagnostic| {
            (&other.message, &other.label, &other.related)
                == (&finding.message, &finding.label, &finding.related)
                && (&other.notes, &other.help) == (&finding.notes, &finding.help)
        };
        let here = || public.get(&(finding.code.id, &finding.primary)).into_iter().flatten();
        // What reading says is not said twice; elsewhere it is of what is published. What this
        // part of the program says holds no figure.
        let is_reading = finding.code.id.starts_with('S') && !self.covers(finding.primary.file);
        let is_public = finding.code.id == codes::WITHHOLDS_NOTHING.id
            || !self.is_open
                && (is_reading || finding.code.id.starts_with('W') || here().any(is_same));
        let raw = (!is_public).then(|| raw(locator, &finding.primary)).flatten();
        let hide = |text: &mut Text| {
            for side in [&mut text.zh, &mut text.en] {
                *side = self.hidden(side, is_public, raw.as_deref());
            }
        };
        hide(&mut finding.message);
        // Words of a text name its places; other addresses hold numbers of projects and codes.
        let address = finding.address.as_mut().filter(|address| address.starts_with("narrative/"));
        if let Some(address) = address {
            *address = self.hidden(address, !self.is_open, None);
        }
        finding.label.iter_mut().chain(&mut finding.help).for_each(hide);
        finding.notes.iter_mut().filter(|note| !self.reasons.contains(&note.zh)).for_each(hide);
        finding.related.iter_mut().for_each(|label| hide(&mut label.text));
    }

    fn hidden(&self, text: &str, is_public: bool, raw: Option<&str>) -> String {
        let mut text = text.to_owned();
        if let Some(raw) = raw {
            text = text.replace(raw, &self.mark);
        }
        for words in self.words.iter().filter(|words| !is_public || words.chars().count() > 1) {
            text = text.replace(words.as_str(), &self.mark);
        }
        let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
        let is_hidden = |at: &Range<usize>| {
            let word = &text[at.clone()];
            let is_equal = value(word).is_some_and(|value| self.figures.contains(&value));
            if is_public {
                is_equal && digits(word) >= TELLING
            } else {
                is_equal || !self.names.contains(word)
            }
        };
        let mut hidden: Vec<Range<usize>> = numbers(&text).into_iter().filter(is_hidden).collect();
        if !is_public {
            let is_part = |at: &Range<usize>| {
                self.words.iter().any(|words| words.contains(&text[at.clone()]))
            };
            hidden.extend(quoted(&text).into_iter().filter(is_part));
        }
        let veil = Veil { mark: self.mark.clone(), ..Veil::default() };
        veil.over(&text, &apart(&text, hidden))
    }
}

/// The text of a value at a place; nothing where a key stands there.
fn raw(locator: &Locator, place: &Place) -> Option<String> {
    if matches!(place.spot, Spot::Key(_)) {
        return None;
    }
    let text = locator.sources().file(place.file).text();
    let range = locator.range(place);
    let is_key = text[range.end..].trim_start_matches(['"', '\'']).starts_with(':');
    let raw = text[range].trim_matches(['"', '\'', ' ']);
    (!is_key && !raw.is_empty()).then(|| raw.to_owned())
}

/// The passages of a message that stand in quotation marks, without them.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (open, close) in [('“', '”'), ('`', '`')] {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| from + at + open.len_utf8()) {
            let Some(end) = text[start..].find(close).map(|at| start + at) else { break };
            if end > start {
                found.push(start..end);
            }
            from = end + close.len_utf8();
        }
    }
    found
}

/// Whatever may be a value in YAML, read or not: what follows a colon as far as a comma or a bracket,
/// and lines without one.
fn values(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        let line = &text[start..end];
        if line.is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let is_flow = line.contains('{');
        let mut from = 0;
        let mut has_key = false;
        while let Some(colon) = line[from..].find(':').map(|at| from + at + 1) {
            has_key = true;
            let rest = &line[colon..];
            let stop = if is_flow { rest.find([',', '}', ']']) } else { None };
            let stop = colon + stop.unwrap_or(rest.len());
            let blank = line[colon..stop].len() - line[colon..stop].trim_start().len();
            let value = line[colon..stop].trim();
            if !value.is_empty() && !value.starts_with(['{', '[']) {
                found.push(start + colon + blank..start + colon + blank + value.len());
                from = stop;
            } else {
                from = colon;
            }
        }
        if !has_key {
            let blank = line.len() - line.trim_start_matches([' ', '-']).len();
            found.push(start + blank..end);
        }
    }
    found
}

/// Runs in order, none over the end of a line and none touching another.
fn apart(text: &str, runs: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let mut at = run.start;
        for line in text[run].split('\n') {
            let blank = line.len() - line.trim_start().len();
            let words = line.trim();
            if !words.is_empty() {
                lines.push(at + blank..at + blank + words.len());
            }
            at += line.len() + 1;
        }
    }
    lines.sort_by_key(|run| (run.start, run.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for run in lines {
        match apart.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => apart.push(run),
        }
    }
    apart
}
