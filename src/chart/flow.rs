//! A flow: where the parts come from, what they are, what they go to. Three bars with
//! ribbons between them, every ribbon as wide as its figure.

use std::fmt::Write;

use super::{ChartWords, cuts, drawing, fill, length};
use crate::amount::Decimal;

/// What flows.
#[derive(Clone, Debug)]
pub struct Flow {
    /// For each source, how much it gives to each part.
    pub from: Vec<Vec<Decimal>>,
    /// For each use, how much each part gives to it.
    pub to: Vec<Vec<Decimal>>,
    /// How many parts there are.
    pub parts: usize,
}

/// How high a bar is, and the space for ribbons between two.
const BAR: u32 = 18;
const SPACE: u32 = 72;

/// Draws a flow. Figures are nought or more.
pub fn flow(words: ChartWords, flow: &Flow) -> String {
    let through = |side: &[Vec<Decimal>], part: usize| -> Decimal {
        side.iter().map(|figures| figures[part]).sum()
    };
    let sizes: Vec<Decimal> = (0..flow.parts)
        .map(|part| through(&flow.from, part).max(through(&flow.to, part)))
        .collect();
    let whole: Decimal = sizes.iter().sum();
    let mut inner = fill::fills(words.id, flow.parts);
    let ends = |side: &[Vec<Decimal>]| -> Vec<Decimal> {
        side.iter().map(|figures| figures.iter().sum()).collect()
    };
    band(&mut inner, &ends(&flow.from), whole, 0, None);
    ribbons(&mut inner, &flow.from, &sizes, whole, BAR, false);
    band(&mut inner, &sizes, whole, BAR + SPACE, Some(words.id));
    ribbons(&mut inner, &flow.to, &sizes, whole, 2 * BAR + SPACE, true);
    band(&mut inner, &ends(&flow.to), whole, 2 * (BAR + SPACE), None);
    drawing("flow", 3 * BAR + 2 * SPACE, words, &inner)
}

/// One bar at a height, filled as parts are, or plain.
fn band(out: &mut String, sizes: &[Decimal], whole: Decimal, top: u32, fills: Option<&str>) {
    for (index, cut) in cuts(sizes, whole).windows(2).enumerate() {
        let fill = match fills {
            Some(id) => format!("fill=\"url(#{id}-{index})\""),
            None => format!("class=\"end{}\"", index % 2),
        };
        let _ = write!(
            out,
            "<rect x=\"{}%\" y=\"{top}\" width=\"{}%\" height=\"{BAR}\" {fill}/>",
            cut[0],
            (cut[1] - cut[0]).normalize()
        );
    }
}

/// The ribbons between the ends of one side and the parts, from above; `down` where the
/// parts stand above.
fn ribbons(
    out: &mut String,
    side: &[Vec<Decimal>],
    sizes: &[Decimal],
    whole: Decimal,
    top: u32,
    down: bool,
) {
    let _ = write!(
        out,
        "<svg y=\"{top}\" width=\"100%\" height=\"{SPACE}\" viewBox=\"0 0 100 2\" preserveAspectRatio=\"none\">"
    );
    let mut start = Decimal::ZERO;
    let mut starts: Vec<Decimal> = sizes
        .iter()
        .map(|size| {
            let at = start;
            start += *size;
            at
        })
        .collect();
    let mut end = Decimal::ZERO;
    for figures in side {
        for (part, figure) in figures.iter().enumerate().filter(|(_, figure)| !figure.is_zero()) {
            let span = |start: Decimal| (length(start, whole), length(start + *figure, whole));
            let (at_end, at_part) = (span(end), span(starts[part]));
            let ((left, right), (low_left, low_right)) =
                if down { (at_part, at_end) } else { (at_end, at_part) };
            let _ = write!(
                out,
                "<path class=\"c{}\" d=\"M{left} 0C{left} 1 {low_left} 1 {low_left} 2H{low_right}C{low_right} 1 {right} 1 {right} 0z\"/>",
                part % fill::COLOURS + 1
            );
            end += *figure;
            starts[part] += *figure;
        }
    }
    out.push_str("</svg>");
}
