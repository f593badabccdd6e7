//! What is withheld stays withheld: proved from the published relations,
//! looked for in every text, and in every byte that is published.
//!
//! ```text
//! system    published relations  → inequalities over withheld figures
//! bounds    inequalities         → the interval of each unknown
//! prove     intervals            → W604, with the derivation in words
//! written   files                → every text an author wrote
//! plain     a text               → its words as they are taken in
//! numerals  words                → figures with their units
//! wanted    withheld values      → what is looked for in words
//! printed   cells and texts      → W605
//! personal  digits               → W606
//! scan      rendered bytes       → W605, W606
//! ```

mod bounds;
mod numerals;
mod personal;
mod plain;
mod printed;
mod prove;
mod scan;
mod system;
mod wanted;
mod written;

use std::collections::BTreeSet;
use std::ops::Range;

pub use scan::{Made, scan, scan_index};

use crate::amount::{self, Decimal};
use crate::diagnostic::{Label, Report, Text};
use crate::model::{Cell, Disclosure, Portal};
use crate::source::Sources;
use system::System;

/// Looks at a portal whose withheld values still stand in it.
pub fn run(report: &mut Report, sources: &Sources, portal: &Portal) {
    let system = System::of(portal);
    let derived = prove::report(report, portal, &system);
    for (index, _) in portal.withholding() {
        printed::report(report, sources, portal, index, &derived);
    }
    for disclosure in &portal.disclosures {
        personal::texts(report, sources, disclosure);
    }
    mask_report(report, portal);
}

/// The runs of digits, points and commas of a text that could be a figure.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let is_part = |at: usize| {
            let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            bytes[at].is_ascii_digit() || (matches!(bytes[at], b'.' | b',') && next_is_digit)
        };
        let start = at;
        while at < bytes.len() && is_part(at) {
            at += 1;
        }
        found.push(start..at);
    }
    found
}

/// A text with every withheld figure of the portal replaced by its mark: for whatever leaves the
/// author's screen.
pub fn mask(portal: &Portal, text: &str) -> String {
    let hiding = portal.withholding();
    hiding.fold(text.to_owned(), |text, (_, disclosure)| Mask::of(disclosure).over(text))
}

/// What a disclosure hides, ready to be taken out of texts.
struct Mask<'a> {
    mark: &'a str,
    figures: BTreeSet<Decimal>,
    words: Vec<String>,
}

impl<'a> Mask<'a> {
    fn of(disclosure: &'a Disclosure) -> Mask<'a> {
        let forms: Vec<String> = printed_forms(disclosure).collect();
        let (figures, words) = forms.into_iter().partition(|form| value(form).is_some());
        let figures: Vec<String> = figures;
        Mask {
            mark: disclosure.withheld_mark(),
            figures: figures.iter().filter_map(|form| value(form)).collect(),
            words,
        }
    }

    fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.words.is_empty()
    }

    fn over(&self, mut text: String) -> String {
        for word in &self.words {
            text = text.replace(word, self.mark);
        }
        let is_hit = |range: &Range<usize>| {
            value(&text[range.clone()]).is_some_and(|value| self.figures.contains(&value))
        };
        let hits: Vec<Range<usize>> = numbers(&text).into_iter().filter(is_hit).collect();
        for range in hits.into_iter().rev() {
            text.replace_range(range, self.mark);
        }
        text
    }
}

/// The printed forms of a disclosure's withheld values that are told from others at sight.
fn printed_forms(disclosure: &Disclosure) -> impl Iterator<Item = String> + '_ {
    disclosure.secrets.iter().filter_map(|secret| match &secret.value {
        Cell::Figure(value, _) => Some(value.to_string()).filter(|text| is_telling(text)),
        Cell::Text(words) => Some(words.trim().to_owned()).filter(|text| text.chars().count() > 11),
        _ => None,
    })
}

/// Whether a figure is long enough to be no accident.
fn is_telling(figure: &str) -> bool {
    figure.bytes().filter(u8::is_ascii_digit).count() > 2
}

/// The value of a figure without its sign; noughts at the end do not count.
fn value(figure: &str) -> Option<Decimal> {
    amount::parse(figure).ok().map(|figure| figure.value.abs())
}

/// No message prints a withheld figure, whichever rule wrote it.
fn mask_report(report: &mut Report, portal: &Portal) {
    let hiding: Vec<(&str, Mask)> = portal
        .withholding()
        .map(|(_, disclosure)| (folder(&disclosure.path), Mask::of(disclosure)))
        .filter(|(_, mask)| !mask.is_empty())
        .collect();
    if hiding.is_empty() {
        return;
    }
    for finding in &mut report.diagnostics {
        // The year after may name figures of the year before: an organisation is one.
        let home = finding.disclosure.as_deref().map(folder);
        for (organisation, mask) in &hiding {
            if home.is_some_and(|home| home != *organisation) {
                continue;
            }
            let hide = |text: &mut Text| {
                text.zh = mask.over(std::mem::take(&mut text.zh));
                text.en = mask.over(std::mem::take(&mut text.en));
            };
            hide(&mut finding.message);
            finding.label.iter_mut().chain(&mut finding.help).for_each(hide);
            finding.notes.iter_mut().for_each(hide);
            finding.related.iter_mut().for_each(|Label { text, .. }| hide(text));
        }
    }
}

fn folder(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}
