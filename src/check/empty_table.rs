//! A table that says it is empty while other places hold its figures: one finding at the table, and nobody else is
//! blamed.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::rules;
use crate::address::{Address, Target};
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::model::prose::Binding;
use crate::model::{
    At, Cell, Disclosure, FigureRef, Home, Model, Operand, Outcome, RelationKind, Row, Table,
    Verdict,
};
use crate::profile::equation::Equation;
use crate::source::Place;

/// So many relations that want a figure of an empty table show that its rows are missing; one figure of a text that is
/// bound to a row of it shows it, too.
const ENOUGH: usize = 3;

/// So many places are named.
const NAMED: usize = 3;

/// An empty table and the relations that are broken because of it, by number.
pub(super) struct EmptyTable<'a> {
    table: &'a Table,
    pub(super) explained: Vec<usize>,
    /// The figures of texts that are bound to its rows.
    bound: Vec<&'a Binding>,
}

/// The empty tables of a disclosure that other places contradict.
pub(super) fn all<'a>(disclosure: &'a Disclosure, outcomes: &[Outcome]) -> Vec<EmptyTable<'a>> {
    let is_empty = |table: &&Table| {
        let id = &table.spec.id;
        !disclosure.is_unread_table(id) && has_no_figure(table)
    };
    let empty = disclosure.tables.values().filter(is_empty);
    let found = empty.map(|table| {
        let id = table.spec.id.as_str();
        let touches = |outcome: &Outcome| {
            let tie_out = outcome.tie_out().filter(|_| outcome.verdict == Verdict::Broken);
            // Where a cell of another table stands on the side of the empty one, that one may be wrong as well.
            let is_cell = |one: &Operand| match one.figure {
                Some(FigureRef { home: Home::Own, at: At::Cell(of, ..) }) => {
                    disclosure.tables.get_index(of).is_some_and(|(own, _)| own == id)
                }
                _ => false,
            };
            let is_none =
                |one: &Operand| one.figure.is_none() || (one.value.is_none() && is_cell(one));
            let is_bare = |side: &[Operand]| side.iter().all(is_none);
            let is_blank = is_bare(&outcome.left) || is_bare(&outcome.right);
            is_blank && tie_out.is_some_and(|tie_out| names(&tie_out.equation, id))
        };
        let explained = (0..outcomes.len()).filter(|index| touches(&outcomes[*index]));
        let is_bound = |binding: &&Binding| {
            let is_some = |c: char| ('1'..='9').contains(&c);
            binding.addresses().any(|address| is_of(address, id)) && binding.words.contains(is_some)
        };
        let bound = disclosure.bindings().map(|(.., binding)| binding).filter(is_bound);
        EmptyTable { table, explained: explained.collect(), bound: bound.collect() }
    });
    let mut found: Vec<EmptyTable> = found.collect();
    found.sort_by_key(|one| Reverse(one.explained.len()));
    // What the emptiest explains, the others need not.
    let mut known: BTreeSet<usize> = BTreeSet::new();
    for one in &mut found {
        one.explained.retain(|index| known.insert(*index));
    }
    found.retain(|one| one.explained.len() >= ENOUGH || !one.bound.is_empty());
    found
}

/// Whether a table has no row, or rows in which every figure is left out.
fn has_no_figure(table: &Table) -> bool {
    let mut panels = table.spec.panels.iter().zip(&table.panels);
    panels.all(|(form, panel)| {
        let is_blank = |row: &Row| {
            let mut cells = form.columns.iter().zip(&row.cells);
            cells.all(|(column, cell)| !column.kind.is_figure() || matches!(cell, Cell::Blank))
        };
        panel.rows.iter().all(is_blank)
    })
}

fn names(equation: &Equation, table: &str) -> bool {
    equation.addresses().any(|address| is_of(address, table))
}

fn is_of(address: &Address, table: &str) -> bool {
    address.is_own() && matches!(&address.target, Target::Cells { table: of, .. } if of == table)
}

impl EmptyTable<'_> {
    /// Takes the findings away that follow from the table being empty, and reports that.
    pub(super) fn report(
        &self,
        report: &mut Report,
        portal: &Model,
        disclosure: &Disclosure,
        outcomes: &[Outcome],
    ) {
        let id = &self.table.spec.id;
        let begin = format!("{id}/");
        let follows = |one: &Diagnostic| {
            let address = one.address.as_deref().unwrap_or_default();
            (one.code.id == "S018" && address.starts_with(&begin))
                || (one.code.id == "C110" && address == id)
        };
        report.diagnostics.retain(|one| !follows(one));
        report.push(self.finding(portal, disclosure, outcomes));
    }

    fn finding(&self, portal: &Model, disclosure: &Disclosure, outcomes: &[Outcome]) -> Diagnostic {
        let (title, id) = (&self.table.title, &self.table.spec.id);
        let has_rows = self.table.panels.iter().any(|panel| !panel.rows.is_empty());
        let message = if has_rows {
            text!(zh: "表“{title}”的各行都没有数，别处却有它的数", en: "no row of the table `{id}` has a figure, but other places hold its figures")
        } else {
            text!(zh: "表“{title}”一行也没有，别处却有它的数", en: "the table `{id}` has no rows, but other places hold its figures")
        };
        let help = if has_rows {
            text!(zh: "多半丢了数：把“{title}”的数填回来；确实没有数的，改别处的数", en: "most likely the figures were lost: fill those of `{id}` in again; where there are none, mend the other places")
        } else {
            text!(zh: "多半贴错了表：把“{title}”的行放回来；确实没有数的，改别处的数", en: "most likely the wrong table was pasted: put the rows of `{id}` back; where it is empty, mend the other places")
        };
        let place = Place::key(self.table.file, "rows");
        let mut finding = rules::code_of(RelationKind::TieOut).at(place, message).help(help);
        let mut places: BTreeSet<String> = BTreeSet::new();
        let figures = self.explained.iter().flat_map(|index| outcomes[*index].figures());
        for figure in figures {
            let home = disclosure.home(portal, figure);
            let words = home.words_of(figure.at);
            if finding.notes.len() < NAMED && places.insert(words.zh.clone()) {
                let Some(printed) = home.printed(figure.at).filter(|value| !value.is_zero()) else {
                    continue;
                };
                finding = finding.note(text!(zh: "{zh}是 {printed}", en: "{en} is {printed}", zh = words.zh, en = words.en));
            }
        }
        for binding in self.bound.iter().take(NAMED.saturating_sub(finding.notes.len())) {
            finding = finding.note(Text::same(format!("{} → {}", binding.words, binding.target)));
        }
        finding.unchecked = self.explained.len() + self.bound.len();
        finding.seen(String::new()).about(&disclosure.path, id.as_str())
    }
}
