//! Where a page first uses the terms of the glossary: there it leads to their explanation.

use std::collections::BTreeSet;
use std::ops::Range;

use super::View;
use super::grid::{GridContext, TermLink};
use crate::url;

/// The terms a page has already used.
pub(super) struct FirstUse<'a> {
    view: &'a View<'a>,
    used: BTreeSet<&'a str>,
}

impl<'a> FirstUse<'a> {
    /// Of a page that explains some terms itself.
    pub(super) fn on(view: &'a View<'a>, explained: impl Iterator<Item = &'a str>) -> Self {
        FirstUse { view, used: explained.collect() }
    }

    /// First uses in a sentence: a text that is a term from end to end names something.
    pub(super) fn in_text(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let view = self.view;
        let mut first = Vec::new();
        for (range, name) in view.portal.outline.terms.find(text) {
            if text[range.clone()] != *text.trim() && self.used.insert(name) {
                first.push((range, view.link(&url::term(name))));
            }
        }
        first
    }

    /// First uses in the names of rows, one a row.
    pub(super) fn in_grid(&mut self, grid: &mut GridContext) {
        let terms = &self.view.portal.outline.terms;
        let cells = grid.lines.iter_mut().flat_map(|line| &mut line.cells);
        for cell in cells.filter(|cell| cell.header) {
            let used = &mut self.used;
            let found = terms.find(&cell.text).into_iter().find(|(_, name)| used.insert(name));
            let Some((range, name)) = found else { continue };
            cell.term = Some(TermLink {
                before: cell.text[..range.start].to_owned(),
                word: cell.text[range.clone()].to_owned(),
                url: self.view.link(&url::term(name)),
                after: cell.text[range.end..].to_owned(),
            });
        }
    }
}
