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
