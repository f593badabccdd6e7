//! `corrections:` of a disclosure: what was changed after publication, when and why.

use super::dated;
use super::keys::CORRECTION;
use crate::diagnostic::{Report, Text, text};
use crate::source::Place;
use crate::yaml::{Fields, Key, Node, wrong_type};

/// What was changed after publication.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The day it was changed, `YYYY-MM-DD`; empty where it is not written or cannot be read.
    pub date: String,
    /// Where the day is written.
    pub date_place: Place,
    /// Why; printed beside the cells.
    pub reason: String,
    /// The cells that were changed.
    pub cells: Vec<CorrectedCell>,
    /// What else it concerns: tables, rows, projects, sections.
    pub at: Vec<(String, Place)>,
    /// Where it is written.
    pub place: Place,
}

/// A cell that was changed.
#[derive(Clone, Debug)]
pub struct CorrectedCell {
    /// Its address.
    pub at: String,
    /// What was published there; empty where it was blank.
    pub was: String,
    /// Where that is written.
    pub place: Place,
    /// Where the address is written.
    pub at_place: Place,
}

/// Reads the list.
pub(super) fn read(report: &mut Report, fields: &mut Fields) -> Vec<Correction> {
    fields.list(report, "corrections").iter().map(|item| correction(report, item)).collect()
}

fn correction(report: &mut Report, node: &Node) -> Correction {
    let mut fields = Fields::new(report, node, &CORRECTION, text!(zh: "更正", en: "a correction"));
    fields.required(report, "date");
    let cells = fields.map(report, "cells").iter();
    let cells = cells.map(|(address, was)| cell(report, address, was)).collect();
    let at = fields.get("at").map(|node| texts(report, &mut fields, node)).unwrap_or_default();
    let correction = Correction {
        date_place: node.get("date").map_or(node.place(), Node::place),
        date: dated::date(report, &mut fields, "date"),
        reason: fields.text(report, "reason").unwrap_or_default(),
        cells,
        at,
        place: node.place(),
    };
    fields.finish(report);
    correction
}

fn cell(report: &mut Report, address: &Key, was: &Node) -> CorrectedCell {
    if was.scalar().is_none() && !was.is_null() {
        let what = Text::same(format!("`{}`", address.text));
        let wanted =
            text!(zh: "原来公开的数或文字", en: "the figure or the text that was published");
        wrong_type(report, was, &what, wanted);
    }
    CorrectedCell {
        at: address.text.to_string(),
        was: was.scalar().unwrap_or_default().trim().to_owned(),
        place: was.place(),
        at_place: address.place(),
    }
}

/// A list of texts with their places; one text alone is a list of it.
fn texts(report: &mut Report, fields: &mut Fields, node: &Node) -> Vec<(String, Place)> {
    if let Some(text) = node.scalar() {
        return vec![(text.to_owned(), node.place())];
    }
    let texts = fields.texts(report, "at");
    texts.into_iter().zip(node.items()).map(|(text, item)| (text, item.place())).collect()
}
