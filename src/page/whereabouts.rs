//! What the relations say of single figures of a table: where else one stands, what one adds up.
//! What is so of many figures is said once.

use indexmap::IndexMap;
use serde::Serialize;

use super::View;
use super::proof::{link, words};
use crate::model::{At, Disclosure, FigureRef, Operand, Verdict, row_words};
use crate::profile::equation::Operator;
use crate::url;

/// Another place that must print the same figure, and does; or a table that does so for several.
#[derive(Serialize)]
pub(super) struct EchoContext {
    /// The anchors of the figures, with blanks between them.
    pub cells: String,
    /// The other place in words; its row is left out where it is called the same.
    pub title: String,
    /// The other place; its page alone where the figures have the same anchors there.
    pub url: String,
}

/// Figures that are the sums of others in their table, all in the same way.
#[derive(Serialize)]
pub(super) struct SumContext {
    /// The anchor of the sum, [`EACH`] in place of its row or its column.
    pub cell: String,
    /// The anchors of what it adds up, in the same way, with blanks between them.
    pub parts: String,
    /// The rows, or the columns, of which this is so, with blanks between them; empty where `cell` is an anchor.
    pub each: String,
}

/// What stands in place of a row or a column.
const EACH: &str = "*";

/// What the relations say of the figures of a table.
pub(super) fn whereabouts(
    view: &View,
    disclosure: &Disclosure,
    index: usize,
) -> (Vec<EchoContext>, Vec<SumContext>) {
    let (mut echoes, mut sums) = (Echoes::default(), Sums::default());
    let is_printed = |operand: &&Operand| operand.value.is_some();
    for outcome in disclosure.relations_of_table(view.portal, index) {
        let agrees = matches!(outcome.verdict, Verdict::Exact | Verdict::WithinRounding);
        let is_plain = outcome
            .left
            .iter()
            .chain(&outcome.right)
            .all(|operand| !operand.negative && operand.figure.is_some_and(FigureRef::is_own));
        if !agrees || !is_plain || outcome.operator != Operator::Equal {
            continue;
        }
        let left: Vec<&Operand> = outcome.left.iter().filter(is_printed).collect();
        let right: Vec<&Operand> = outcome.right.iter().filter(is_printed).collect();
        let here = |operand: &Operand| anchor(disclosure, index, operand);
        if let ([one], [other]) = (left.as_slice(), right.as_slice()) {
            for (from, to) in [(one, other), (other, one)] {
                if let (Some(cell), Some(figure)) =
                    (here(from), to.figure.filter(|_| here(to).is_none()))
                {
                    let title = elsewhere(view, disclosure, [from.figure, Some(figure)]);
                    echoes.add(cell, title, &link(view, disclosure, figure));
                }
            }
        } else if let ([sum], true) = (left.as_slice(), outcome.is_of_sums()) {
            let parts: Option<Vec<String>> = right.iter().map(|operand| here(operand)).collect();
            if let (Some(cell), Some(parts)) = (here(sum), parts) {
                sums.add(cell, parts);
            }
        }
    }
    (echoes.contexts(), sums.contexts())
}

/// Figures by the words and the address of the place that prints them too.
#[derive(Default)]
struct Echoes(IndexMap<(String, String), Vec<String>>);

impl Echoes {
    fn add(&mut self, cell: String, title: String, url: &str) {
        let there = match url.split_once('#') {
            Some((page, anchor)) if anchor == url::fragment(&cell) => page,
            _ => url,
        };
        self.0.entry((title, there.to_owned())).or_default().push(cell);
    }

    fn contexts(self) -> Vec<EchoContext> {
        let context = |((title, url), cells): ((String, String), Vec<String>)| EchoContext {
            cells: cells.join(" "),
            title,
            url,
        };
        self.0.into_iter().map(context).collect()
    }
}

/// Rows or columns by the way in which a sum of theirs is made.
#[derive(Default)]
struct Sums(IndexMap<(String, Vec<String>), Vec<String>>);

impl Sums {
    fn add(&mut self, cell: String, parts: Vec<String>) {
        let all = || parts.iter().chain([&cell]);
        let halves =
            |of: &str| of.rsplit_once('.').map(|(row, column)| [row.to_owned(), column.to_owned()]);
        let shared = halves(&cell).filter(|_| all().all(|one| !one.contains(EACH)));
        let side = shared.as_ref().and_then(|shared| {
            (0..2).find(|side| {
                all().all(|one| halves(one).is_some_and(|of| of[*side] == shared[*side]))
            })
        });
        let (Some(shared), Some(side)) = (shared, side) else {
            self.0.entry((cell, parts)).or_default();
            return;
        };
        let way = |one: &String| {
            halves(one).map(|mut of| {
                EACH.clone_into(&mut of[side]);
                of.join(".")
            })
        };
        let sum = way(&cell).unwrap_or_default();
        let parts = parts.iter().filter_map(way).collect();
        self.0.entry((sum, parts)).or_default().push(shared[side].clone());
    }

    fn contexts(self) -> Vec<SumContext> {
        let context = |((cell, parts), each): ((String, Vec<String>), Vec<String>)| SumContext {
            cell,
            parts: parts.join(" "),
            each: each.join(" "),
        };
        self.0.into_iter().map(context).collect()
    }
}

/// The second of two figures in words, seen from the first.
fn elsewhere(view: &View, disclosure: &Disclosure, figures: [Option<FigureRef>; 2]) -> String {
    let row = |figure: Option<FigureRef>| match figure?.at {
        At::Cell(table, panel, row, column) => {
            let table = &disclosure.tables[table];
            Some((row_words(table, panel, row), table, panel, column))
        }
        _ => None,
    };
    match (row(figures[0]), row(figures[1])) {
        (Some((here, ..)), Some((there, table, panel, column))) if here == there => {
            format!("{} · {}", table.title, table.spec.panels[panel].columns[column].title)
        }
        _ => figures[1].map(|figure| words(view, disclosure, figure)).unwrap_or_default(),
    }
}

/// The anchor of a figure, if it stands in this table.
fn anchor(disclosure: &Disclosure, index: usize, operand: &Operand) -> Option<String> {
    match operand.figure?.at {
        At::Cell(table, panel, row, column) if table == index => {
            Some(url::cell_anchor(&disclosure.tables[table], panel, row, column))
        }
        _ => None,
    }
}
