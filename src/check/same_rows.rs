//! A table that holds the rows of another one, figure by figure, and disagrees with other places: one finding that
//! names the table whose rows they are.

use std::collections::BTreeSet;

use super::rules;
use crate::diagnostic::{Diagnostic, text};
use crate::model::{At, Disclosure, FigureRef, Home, Outcome, RelationKind, Table, Verdict};
use crate::source::Place;

/// So many broken relations show that not a figure but the table is wrong.
const ENOUGH: usize = 3;

/// So many rows are alike by chance in no two tables.
const ROWS: usize = 3;

/// A table, the one whose rows it holds, and the broken relations it stands in, by number.
pub(super) struct SameRows {
    table: usize,
    other: usize,
    pub(super) explained: Vec<usize>,
}

/// The tables that hold the rows of another.
pub(super) fn all(disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<SameRows> {
    let is_broken = |index: &usize| outcomes[*index].verdict == Verdict::Broken;
    let broken: Vec<usize> = (0..outcomes.len()).filter(is_broken).collect();
    if broken.len() < ENOUGH {
        return Vec::new();
    }
    let tables: Vec<&Table> = disclosure.tables.values().collect();
    let of = |table: usize| -> BTreeSet<usize> {
        let touches = |index: &usize| outcomes[*index].figures().any(|figure| is_in(figure, table));
        broken.iter().copied().filter(touches).collect()
    };
    let mut found: Vec<SameRows> = Vec::new();
    for table in 0..tables.len() {
        let mut others = (0..tables.len()).filter(|other| *other != table);
        let Some(other) = others.find(|other| are_same(tables[table], tables[*other])) else {
            continue;
        };
        // What is broken of the other is broken because of this one.
        let (own, others) = (of(table), of(other));
        if own.len() >= ENOUGH && others.len() < own.len() && others.is_subset(&own) {
            found.push(SameRows { table, other, explained: own.into_iter().collect() });
        }
    }
    found
}

fn is_in(figure: FigureRef, table: usize) -> bool {
    matches!(figure, FigureRef { home: Home::Own, at: At::Cell(own, ..) } if own == table)
}

/// Whether two tables print the same rows.
fn are_same(one: &Table, other: &Table) -> bool {
    let rows = |table: &Table| table.panels.iter().map(|panel| panel.rows.len()).sum::<usize>();
    rows(one) >= ROWS
        && one.panels.len() == other.panels.len()
        && one.panels.iter().zip(&other.panels).all(|(one, other)| {
            let all = || one.rows.iter().zip(&other.rows);
            one.rows.len() == other.rows.len()
                && all().all(|(one, other)| one.code == other.code && one.cells == other.cells)
        })
}

impl SameRows {
    /// One finding for the table.
    pub(super) fn finding(&self, disclosure: &Disclosure) -> Option<Diagnostic> {
        let (_, content) = disclosure.tables.get_index(self.table)?;
        let (_, other) = disclosure.tables.get_index(self.other)?;
        let (title, id) = (&content.title, &content.spec.id);
        let (other_title, other_id) = (&other.title, &other.spec.id);
        let message = text!(
            zh: "表“{title}”的各行和“{other_title}”一模一样，别处的数对不上", en: "the rows of the table `{id}` are those of `{other_id}`, and other places disagree with them",
        );
        let help = text!(zh: "多半贴错了表：把“{title}”自己的行放回来", en: "most likely the wrong table was pasted: put the rows of `{id}` back");
        let place = Place::key(content.file, "rows");
        let mut finding = rules::code_of(RelationKind::TieOut)
            .at(place, message)
            .related(Place::key(other.file, "rows"), text!(zh: "一样的行", en: "the same rows"))
            .help(help)
            .seen(format!("{id} = {other_id}"))
            .about(&disclosure.path, id.as_str());
        finding.unchecked = self.explained.len();
        Some(finding)
    }
}
