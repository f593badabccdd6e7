//! What the readers of texts share: words with blanks as a reader sees them, cells and lines made of
//! them.

use crate::import::document::{Cell, CellKind, Doubt, LeftOut, Origin, Why};

/// How much of what is left out a message shows, in characters.
const SHOWN: usize = 40;

/// A cell that holds words.
pub(super) fn cell(text: &str, origin: Origin) -> Cell {
    let text = text.trim_end();
    let text = if text.trim().is_empty() { "" } else { text };
    let kind = if text.is_empty() { CellKind::Empty } else { CellKind::Text };
    Cell { text: text.to_owned(), kind, span: (1, 1), origin, ..Cell::default() }
}

/// Something that was not read, and how it begins.
pub(super) fn left_out(text: &str, why: Why, origin: Origin) -> LeftOut {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").chars().take(SHOWN).collect();
    LeftOut { origin, why, text }
}

/// The doubt that is told of two: what changes a figure most comes first.
pub(super) fn worse(one: Option<Doubt>, other: Option<Doubt>) -> Option<Doubt> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Words above or below their line, with the signs there are for digits: 12.30¹ is no figure.
pub(super) fn raised(text: &str, is_above: bool) -> String {
    let (above, below) = ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉");
    let signs = if is_above { above } else { below };
    let sign = |sign: char| sign.to_digit(10).and_then(|digit| signs.chars().nth(digit as usize));
    text.chars().map(|plain| sign(plain).unwrap_or(plain)).collect()
}

/// Whether a line is one of a directory, which ends in dots and a page number.
pub(super) fn is_directory_entry(line: &str) -> bool {
    let line = line.trim_end();
    let title = line.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let bare = title.trim_end().trim_end_matches(['.', '…', '·', '．', ' ']);
    let leader = &title[bare.len()..];
    let dots = leader.chars().filter(|sign| !sign.is_whitespace()).count();
    title.len() < line.len() && (dots >= 3 || leader.contains("……")) && !bare.trim().is_empty()
}

/// A number that stands alone, between dashes or in `第 1 页`.
pub(super) fn is_page_number(text: &str) -> bool {
    let text = text.trim_start_matches('第').trim_end_matches('页');
    let text = text.trim_matches(|sign: char| sign.is_whitespace() || "-—–－".contains(sign));
    (1..=4).contains(&text.len()) && text.bytes().all(|sign| sign.is_ascii_digit())
}
