//! Drawings as SVG text: bars, flows, columns. Figures go in as exact decimals, one
//! drawing comes out, the same for the same figures. Lengths are per cent of whatever
//! width the page has; words stay out, so that they are never scaled with the drawing.

mod bar;
mod columns;
mod flow;
mod fill;

pub use bar::{bar, share};
pub use columns::columns;
pub use fill::swatch;
pub use flow::{Flow, flow};

use crate::amount::Decimal;

/// What a drawing is called and says, for those who do not see it.
#[derive(Clone, Copy, Debug)]
pub struct ChartWords<'a> {
    /// Its id: ids of its parts begin with it.
    pub id: &'a str,
    /// What it is.
    pub title: &'a str,
    /// Every figure of it.
    pub description: &'a str,
}

/// Decimals of a length in per cent.
const PLACES: u32 = 2;

/// The cuts of a line of the length 100: nought, then the end of each part.
/// Parts are nought or more; the last cut is 100 where they make up the whole.
pub fn cuts(parts: &[Decimal], whole: Decimal) -> Vec<Decimal> {
    let mut sum = Decimal::ZERO;
    let mut cuts = vec![length(sum, whole)];
    for part in parts {
        sum += *part;
        cuts.push(length(sum, whole));
    }
    cuts
}

/// How long a part is of a whole of the length 100; nought of nothing.
fn length(part: Decimal, whole: Decimal) -> Decimal {
    if whole.is_zero() {
        return Decimal::ZERO;
    }
    (part * Decimal::ONE_HUNDRED / whole).round_dp(PLACES).normalize()
}

/// A drawing with its words.
fn drawing(class: &str, height: u32, words: ChartWords, inner: &str) -> String {
    let ChartWords { id, title, description } = words;
    format!(
        "<svg class=\"{class}\" width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-words\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-words\">{}</desc>{inner}</svg>",
        escaped(title),
        escaped(description)
    )
}

/// Text as it stands in markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
