//! The nearest earlier year in the table itself: two columns after each panel, which a reader
//! may ask for and the official form does not have.

use std::collections::BTreeMap;

use super::{View, change};
use crate::format;
use crate::model::Disclosure;
use crate::model::comparison::{Comparison, compared};

/// What the rows of one panel were in the earlier year.
pub(super) struct YearBefore {
    /// That year as printed.
    pub year: String,
    /// By row.
    pub rows: BTreeMap<usize, RowBefore>,
}

/// What one row was in the earlier year.
pub(super) struct RowBefore {
    /// The figure as printed; empty where nothing was.
    pub text: String,
    /// How far this year's is from it, with its sign; empty where the two cannot be compared.
    pub change: String,
    /// A word of the theme that says what to know of it (`line_…`); empty where it is plain.
    pub mark: &'static str,
}

/// For each panel of a table its first amounts in the nearest earlier year; nothing where they
/// cannot be compared, and for no panel where several stand under one title.
pub(super) fn years_before(
    view: &View,
    disclosure: &Disclosure,
    table: usize,
) -> Vec<Option<YearBefore>> {
    let panels = &disclosure.tables[table].spec.panels;
    let shares_title =
        panels.windows(2).any(|pair| pair[0].title.is_some() && pair[0].title == pair[1].title);
    let earlier = view.portal.earlier(disclosure).filter(|_| !shares_title);
    let Some(comparison) = earlier
        .and_then(|earlier| compared(disclosure, earlier, &disclosure.tables[table].spec.id))
    else {
        return Vec::new();
    };
    (0..panels.len()).map(|panel| before(view, &comparison, panel)).collect()
}

fn before(view: &View, comparison: &Comparison, panel: usize) -> Option<YearBefore> {
    let [now, _] = comparison.tables();
    let column = comparison.columns.iter().find(|column| {
        let spec = &now.spec.panels[column.panel[0]].columns[column.column[0]];
        column.panel[0] == panel && spec.is_summed_amount()
    })?;
    let row = |line| {
        let line = change::line(view, comparison, column, line, None);
        // Words that name another line stand on the page that compares.
        let mark = line.marks.into_iter().find(|mark| mark.text.is_empty());
        RowBefore {
            text: line.before.text,
            change: line.change.signed,
            mark: mark.map(|mark| mark.kind).unwrap_or_default(),
        }
    };
    let lines = column.lines.iter().filter_map(|line| Some((line.now?, row(line))));
    Some(YearBefore { year: format::year(comparison.earlier), rows: lines.collect() })
}
