//! Where a page first uses the terms of the glossary: there it leads to their explanation.

use std::collections::BTreeSet;
use std::ops::Range;

use super::View;
use super::grid::{GridContext, TermLink};
use crate::model::Terms;
use crate::url;

/// The terms a page has already used.
pub(super) struct FirstUse<'a> {
    view: &'a View<'a>,
    /// Nothing where the site has no page that explains them.
    terms: Option<&'a Terms>,
    used: BTreeSet<&'a str>,
}

impl<'a> FirstUse<'a> {
    /// Of a page that explains some terms itself.
    pub(super) fn on(view: &'a View<'a>, explained: impl Iterator<Item = &'a str>) -> Self {
        let terms = (view.exists)(url::GLOSSARY).then_some(&view.portal.outline.terms);
        FirstUse { view, terms, used: explained.collect() }
    }

    /// First uses in a sentence: a text that is a term from end to end names something.
    pub(super) fn in_text(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let view = self.view;
        let mut first = Vec::new();
        let Some(terms) = self.terms else { return first };
        for (range, name) in terms.find(text) {
            if text[range.clone()] != *text.trim() && self.used.insert(name) {
                first.push((range, view.link(&url::term(name))));
            }
        }
        first
    }

    /// First uses in the names of rows, one a row.
    pub(super) fn in_grid(&mut self, grid: &mut GridContext) {
        let Some(terms) = self.terms else { return };
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
