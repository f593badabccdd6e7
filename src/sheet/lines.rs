//! The panels of a table side by side: which row of each stands on which printed line.

use crate::model::Table;
use crate::profile::Role;

/// The word that totals share without the form saying so.
const TOTAL: &str = "";

/// Which row of each panel stands on which line: one entry a panel, line after line. Rows that
/// share a word of the form stand on one line, and so do the totals of panels that have one; the
/// rows between fill up from the top.
pub(super) fn aligned(table: &Table) -> Vec<Option<usize>> {
    let panels = table.panels.len();
    if panels == 1 {
        return (0..table.panels[0].rows.len()).map(Some).collect();
    }
    let length = |panel: usize| table.panels[panel].rows.len();
    let word = |panel: usize, row: usize| {
        let content = &table.panels[panel].rows[row];
        match content.spec {
            Some(spec) => table.spec.panels[panel].rows[spec].align.as_deref(),
            None => (content.role == Role::Total).then_some(TOTAL),
        }
    };
    let words = |panel: usize| (0..length(panel)).filter_map(move |row| word(panel, row));
    let is_shared =
        |wanted: &str| (1..panels).any(|panel| words(panel).any(|other| other == wanted));
    let mut next = vec![0; panels];
    let mut lines: Vec<Option<usize>> = Vec::new();
    let anchors: Vec<&str> = words(0).filter(|word| is_shared(word)).collect();
    for anchor in anchors.iter().copied().map(Some).chain([None]) {
        let find = |panel: usize, wanted: &dyn Fn(&str) -> bool| {
            (next[panel]..length(panel)).find(|row| word(panel, *row).is_some_and(wanted))
        };
        let stands: Vec<Option<usize>> =
            (0..panels).map(|panel| find(panel, &|word| Some(word) == anchor)).collect();
        // A panel without the word does not hold the others up, but goes on beside them.
        let ends: Vec<usize> = (0..panels)
            .map(|panel| stands[panel].or_else(|| find(panel, &|word| anchors.contains(&word))))
            .enumerate()
            .map(|(panel, end)| end.unwrap_or(length(panel)))
            .collect();
        let holds = |panel: &usize| anchor.is_none() || stands[*panel].is_some();
        let height = (0..panels).filter(holds).map(|panel| ends[panel] - next[panel]).max();
        let height = height.unwrap_or_default() + usize::from(anchor.is_some());
        for line in 1..=height {
            for panel in 0..panels {
                let waits = anchor.is_some() && holds(&panel);
                let is_there = (waits && line == height) || next[panel] < ends[panel];
                lines.push(is_there.then_some(next[panel]));
                next[panel] += usize::from(is_there);
            }
        }
    }
    lines
}
