//! What parts are filled with: a colour of the theme and a texture, so that they are told
//! apart without colour.

use std::fmt::Write;

/// How many colours a theme has for drawings: `--chart-1` and on.
pub(super) const COLOURS: usize = 6;

/// What is cut out of a fill of 8 by 8 in the colour of the paper.
const TEXTURES: [&str; 6] = [
    "",
    "M-2 10 10-2M-2 2 2-2M6 10 10 6",
    "M2 2h.01M6 6h.01",
    "M0 2h8M0 6h8",
    "M-2-2 10 10M6-2 10 2M-2 6 2 10",
    "M4 0v8M0 4h8",
];

/// The fills of so many parts: patterns whose ids are that of the drawing and a number.
pub(super) fn fills(id: &str, count: usize) -> String {
    let mut out = String::from("<defs>");
    for index in 0..count {
        let colour = index % COLOURS + 1;
        let texture = TEXTURES[(index + index / COLOURS) % TEXTURES.len()];
        let _ = write!(
            out,
            "<pattern id=\"{id}-{index}\" class=\"c{colour}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\"/>"
        );
        if !texture.is_empty() {
            let _ = write!(out, "<path d=\"{texture}\"/>");
        }
        out.push_str("</pattern>");
    }
    out.push_str("</defs>");
    out
}

/// The mark that leads from a line of words to a part of the drawing.
pub fn swatch(id: &str, index: usize) -> String {
    format!(
        "<svg class=\"swatch\" width=\"14\" height=\"14\" aria-hidden=\"true\">\
         <rect width=\"14\" height=\"14\" fill=\"url(#{id}-{index})\"/></svg>"
    )
}
