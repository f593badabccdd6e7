//! Pages, styles and scripts made smaller, saying the same; without the feature styles and
//! scripts stay as they are.

mod nesting;
mod page;

pub use page::page;

#[cfg(feature = "minify")]
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};

/// A style sheet nested deeper than this is published as it is: the minifier calls itself for every
/// bracket, and runs out of stack at some thousand.
#[cfg(feature = "minify")]
const DEEPEST: usize = 64;

/// One with functions nested deeper than this is, too: the minifier reads what it does not understand in a
/// function twice for every level.
#[cfg(feature = "minify")]
const DEEPEST_FUNCTIONS: usize = 10;

/// A style sheet; as it was where it cannot be read.
#[cfg(feature = "minify")]
pub fn style(css: &str) -> Vec<u8> {
    if nesting::of_style(css) > DEEPEST || nesting::of_functions(css) > DEEPEST_FUNCTIONS {
        return css.as_bytes().to_vec();
    }
    let small = style_anew(css).filter(|small| small.len() < css.len());
    small.map_or_else(|| css.trim().as_bytes().to_vec(), String::into_bytes)
}

#[cfg(feature = "minify")]
fn style_anew(css: &str) -> Option<String> {
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).ok()?;
    sheet.minify(MinifyOptions::default()).ok()?;
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    sheet.to_css(options).ok().map(|small| small.code)
}

/// The scripts of the embedded theme with what oxc makes of them (`tests/it/docs.rs` keeps them
/// current).
#[cfg(feature = "minify")]
const SMALL: [(&str, &str); 5] = [
    (include_str!("../themes/default/static/card.js"), include_str!("minify/small/card.js")),
    (include_str!("../themes/default/static/list.js"), include_str!("minify/small/list.js")),
    (include_str!("../themes/default/static/read.js"), include_str!("minify/small/read.js")),
    (include_str!("../themes/default/static/search.js"), include_str!("minify/small/search.js")),
    (include_str!("../themes/default/static/table.js"), include_str!("minify/small/table.js")),
];

/// A script of the embedded theme made small; one of a site's own is published as it was written.
#[cfg(feature = "minify")]
pub fn script(text: &str) -> Vec<u8> {
    let small = SMALL.iter().find(|(whole, _)| *whole == text);
    small.map_or(text, |(_, small)| small).as_bytes().to_vec()
}

/// A style sheet.
#[cfg(not(feature = "minify"))]
pub fn style(css: &str) -> Vec<u8> {
    css.as_bytes().to_vec()
}

/// A script.
#[cfg(not(feature = "minify"))]
pub fn script(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}
