//! Sentences of a profile filled in from the cells of a disclosure. A sentence whose figure is
//! blank, withheld or not there is left out, and so is a part of one in brackets.

use serde::Serialize;

use super::View;
use super::chart_parts::{name, printed};
use super::context::{direction, figure};
use crate::address::Address;
use crate::model::Disclosure;
use crate::profile::chart::{Piece, Summary};
use crate::{format, url};

/// One sentence.
#[derive(Clone, Debug, Serialize)]
pub struct SentenceContext {
    /// Its words and figures, in order.
    pub pieces: Vec<PieceContext>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PieceContext {
    /// `words`, `figure`, `share`, `list`, or `more`, `less` and `same` for a change.
    pub kind: &'static str,
    /// The words, the figure, the share in per cent, or how much a figure changed.
    pub text: String,
    /// The unit of the figure.
    pub unit: String,
    /// The cell of the figure.
    pub url: String,
    /// The earlier year, of a change.
    pub year: String,
    /// How much the change is of the earlier figure, in per cent; empty where that was nought.
    pub share: String,
    /// The figures of a list, the largest first.
    pub items: Vec<ItemContext>,
}

/// One figure of a list in a sentence.
#[derive(Clone, Debug, Serialize)]
pub struct ItemContext {
    /// What it is called.
    pub name: String,
    /// The figure.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Its cell.
    pub url: String,
    /// How much it is of the whole, in per cent; empty where no whole is named.
    pub share: String,
}

/// The sentences that could be filled in.
pub fn summary(view: &View, disclosure: &Disclosure, summary: &Summary) -> Vec<SentenceContext> {
    summary
        .of(&view.portal.site.language)
        .filter_map(|sentence| {
            Some(SentenceContext { pieces: pieces(view, disclosure, &sentence.pieces)? })
        })
        .collect()
}

fn pieces(view: &View, disclosure: &Disclosure, written: &[Piece]) -> Option<Vec<PieceContext>> {
    let mut all = Vec::new();
    for piece in written {
        match piece {
            Piece::Optional(inner) => {
                all.extend(pieces(view, disclosure, inner).unwrap_or_default());
            }
            piece => all.push(filled(view, disclosure, piece)?),
        }
    }
    Some(all)
}

fn filled(view: &View, disclosure: &Disclosure, piece: &Piece) -> Option<PieceContext> {
    let words = |text: String| PieceContext { kind: "words", text, ..PieceContext::default() };
    Some(match piece {
        Piece::Words(text) => words(text.clone()),
        Piece::Year => words(format::year(disclosure)),
        Piece::Organisation => words(view.portal.organisation(disclosure).written.name.clone()),
        Piece::Figure(address) => {
            let (value, unit, at) = figure(view, disclosure, address)?;
            let url = view.link(&url::figure(disclosure, at));
            PieceContext {
                kind: "figure",
                text: format::figure(disclosure, value),
                unit,
                url,
                ..PieceContext::default()
            }
        }
        Piece::Share(part, whole) => {
            let (part, part_unit, _) = figure(view, disclosure, part)?;
            let (whole, unit, _) = figure(view, disclosure, whole)?;
            let text = format::percent(part, whole);
            if text.is_empty() || part_unit != unit {
                return None;
            }
            PieceContext { kind: "share", text, ..PieceContext::default() }
        }
        Piece::Change(address) => change(view, disclosure, address)?,
        Piece::Largest(count, parts, whole) => PieceContext {
            kind: "list",
            items: largest(view, disclosure, *count, parts, whole.as_ref())?,
            ..PieceContext::default()
        },
        Piece::Optional(_) => return None,
    })
}

fn change(view: &View, disclosure: &Disclosure, address: &Address) -> Option<PieceContext> {
    let before = view.portal.earlier(disclosure)?;
    let (now, unit, _) = figure(view, disclosure, address)?;
    let (then, old_unit, at) = figure(view, before, address)?;
    (unit == old_unit).then(|| PieceContext {
        kind: direction(now, then),
        text: format::figure(disclosure, (now - then).abs()),
        unit,
        url: view.link(&url::figure(before, at)),
        year: format::year(before),
        share: format::percent((now - then).abs(), then.abs()),
        ..PieceContext::default()
    })
}

fn largest(
    view: &View,
    disclosure: &Disclosure,
    count: usize,
    parts: &Address,
    whole: Option<&Address>,
) -> Option<Vec<ItemContext>> {
    let whole = match whole {
        Some(address) => Some(figure(view, disclosure, address)?),
        None => None,
    };
    let mut figures = printed(view, disclosure, parts)?;
    figures.retain(|figure| figure.value > crate::amount::Decimal::ZERO);
    let unit = figures.first()?.unit.clone();
    let is_alike = figures.iter().all(|figure| figure.unit == unit)
        && whole.as_ref().is_none_or(|(_, other, _)| *other == unit);
    if !is_alike {
        return None;
    }
    figures.sort_by_key(|figure| std::cmp::Reverse(figure.value));
    let items = figures.iter().take(count).map(|figure| ItemContext {
        name: name(disclosure, figure.at),
        value: format::figure(disclosure, figure.value),
        unit: unit.clone(),
        url: view.link(&url::figure(disclosure, figure.at)),
        share: whole
            .as_ref()
            .map(|(whole, ..)| format::percent(figure.value, *whole))
            .unwrap_or_default(),
    });
    Some(items.collect())
}
