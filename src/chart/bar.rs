//! One bar: a whole in its parts, or a share of the largest.

#![deny(clippy::arithmetic_side_effects)]

use std::fmt::Write;

use super::{ChartWords, cuts, drawing, fill, length};
use crate::amount::Decimal;

/// How high a bar is.
const HEIGHT: u32 = 30;

/// A whole in its parts, left to right. What the parts leave of it stays empty.
pub fn bar(words: ChartWords, parts: &[Decimal], whole: Decimal) -> String {
    let mut inner = fill::fills(words.id, parts.len());
    for (index, cut) in cuts(parts, whole).windows(2).enumerate() {
        let _ = write!(
            inner,
            "<rect x=\"{}%\" width=\"{}%\" height=\"{HEIGHT}\" fill=\"url(#{}-{index})\"/>",
            cut[0],
            (cut[1] - cut[0]).normalize(),
            words.id
        );
    }
    drawing("bar", HEIGHT, words, &inner)
}

/// The thin bar behind a figure that is printed beside it: how much it is of the largest.
/// Nothing where there is nothing to draw.
pub fn share(part: Decimal, largest: Decimal) -> String {
    let width = length(part, largest);
    if width <= Decimal::ZERO {
        return String::new();
    }
    format!(
        "<svg class=\"share-bar\" width=\"100%\" height=\"3\" aria-hidden=\"true\"><rect width=\"{width}%\" height=\"3\"/></svg>"
    )
}
