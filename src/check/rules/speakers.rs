//! Words by which a body speaks of itself that this one does not use: `我局` in the disclosure of a library.

use std::ops::Range;

use crate::model::{Cell, Disclosure, Model, Table};
use crate::profile::{ColumnKind, Prose};

/// The words of a text by which another kind of body, or of disclosure, calls itself.
pub(super) fn in_text(
    portal: &Model,
    disclosure: &Disclosure,
    prose: &Prose,
    text: &str,
) -> Vec<Range<usize>> {
    let held = prose.spoken.held(text);
    let wrong = held.filter(|word| !is_own(portal, disclosure, &prose.speakers, word));
    wrong.filter_map(|word| text.find(word.as_str()).map(|at| at..at + word.len())).collect()
}

/// Whether the organisation, one of its units or the title of the disclosure has one of the endings of a word.
fn is_own(
    portal: &Model,
    disclosure: &Disclosure,
    speakers: &indexmap::IndexMap<String, Vec<String>>,
    word: &str,
) -> bool {
    let Some(endings) = speakers.get(word) else { return true };
    let organisation = &portal.organisation(disclosure).written;
    let holds = |text: &str| endings.iter().any(|ending| text.contains(ending.as_str()));
    let title = disclosure.written.title.replace(&organisation.name, "");
    let is_said = speakers.values().flatten().any(|ending| title.contains(ending.as_str()));
    let title = if is_said { title.as_str() } else { disclosure.profile.title.as_str() };
    holds(title)
        || holds(&organisation.name)
        || holds(&organisation.short)
        || labels(disclosure)
            .any(|label| endings.iter().any(|ending| label.ends_with(ending.as_str())))
}

/// What the tables call their rows: units among them.
fn labels(disclosure: &Disclosure) -> impl Iterator<Item = &str> {
    disclosure.tables.values().flat_map(Table::panels).flat_map(|(_, form, rows)| {
        let labels = form.columns.iter().enumerate();
        let labels =
            labels.filter(|(_, column)| column.kind == ColumnKind::Label).map(|(at, _)| at);
        let labels: Vec<usize> = labels.collect();
        rows.rows.iter().flat_map(move |row| {
            let cells = labels.clone().into_iter().filter_map(|at| row.cells.get(at));
            cells.filter_map(|cell| match cell {
                Cell::Text(text) => Some(text.as_str()),
                _ => None,
            })
        })
    })
}
