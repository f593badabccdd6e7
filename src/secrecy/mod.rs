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
//! ties      cells                → those equal to a withheld one, and why
//! printed   cells and texts      → W605
//! personal  digits               → W606
//! scan      rendered bytes       → W605, W606
//! veil      findings             → findings that show nothing of it
//! cover     texts of two states  → those that must not be shown
//! ```

mod bounds;
mod cover;
mod numerals;
mod personal;
mod plain;
mod printed;
mod products;
mod prove;
mod scan;
mod system;
mod ties;
mod veil;
mod wanted;
mod written;

use std::ops::Range;

pub use cover::Cover;
pub use personal::has_shared_people;
pub use scan::{Made, scan, scan_index};

use crate::amount::{self, Decimal};
use crate::diagnostic::Report;
use crate::model::Draft;
use crate::source::Sources;
use system::System;

/// Looks at a portal whose withheld values still stand in it; `today` is the day its rules ran with.
pub fn run(report: &mut Report, sources: &Sources, draft: &Draft, today: Option<&str>) {
    let system = System::of(draft);
    let derived = prove::report(report, draft, &system);
    for (index, ..) in draft.withholding() {
        printed::report(report, sources, draft, index, &derived);
    }
    for disclosure in &draft.disclosures {
        personal::texts(report, sources, disclosure);
    }
    veil::draw(report, sources, draft, today);
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

/// The value of a figure without its sign; noughts at the end do not count.
fn value(figure: &str) -> Option<Decimal> {
    amount::parse(figure).ok().map(|figure| figure.value.abs())
}
