//! Columns beside each other: one figure over the years, a gap where a year has none.

#![deny(clippy::arithmetic_side_effects)]

use std::fmt::Write;

use super::{ChartWords, drawing, length};
use crate::amount::Decimal;

/// How high the tallest column is.
const HEIGHT: u32 = 120;

/// Columns of equal width, left to right; `strong` is the one that the page is about.
pub fn columns(words: ChartWords, figures: &[Option<Decimal>], strong: Option<usize>) -> String {
    let known = || figures.iter().flatten().copied();
    let highest = known().max().unwrap_or_default().max(Decimal::ZERO);
    let lowest = known().min().unwrap_or_default().min(Decimal::ZERO);
    let range = highest - lowest;
    let count = Decimal::from(figures.len());
    let step = length(Decimal::ONE, count);
    let mut inner = String::new();
    for (index, figure) in figures.iter().enumerate() {
        let Some(figure) = figure else { continue };
        let left = length(Decimal::from(index), count) + length(step, Decimal::from(500));
        let top = length(highest - (*figure).max(Decimal::ZERO), range);
        let _ = write!(
            inner,
            "<rect class=\"{}\" x=\"{}%\" y=\"{top}%\" width=\"{}%\" height=\"{}%\"/>",
            if strong == Some(index) { "strong" } else { "plain" },
            left.normalize(),
            (step * Decimal::new(6, 1)).round_dp(2).normalize(),
            length(figure.abs(), range),
        );
    }
    let base = length(highest, range);
    let _ = write!(inner, "<line x1=\"0\" x2=\"100%\" y1=\"{base}%\" y2=\"{base}%\"/>");
    drawing("columns", HEIGHT, words, &inner)
}
