//! Pages, styles and scripts made smaller, saying the same; without the feature styles and
//! scripts stay as they are.

mod nesting;
mod page;

pub use page::page;

/// A style sheet nested deeper than this is published as it is: the minifier calls itself for every
/// bracket, and runs out of stack at some thousand.
#[cfg(feature = "minify")]
const DEEPEST: usize = 64;

/// A style sheet, by way of a page that holds nothing else.
#[cfg(feature = "minify")]
pub fn style(css: &str) -> Vec<u8> {
    if nesting::of_style(css) > DEEPEST {
        return css.as_bytes().to_vec();
    }
    let settings =
        minify_html::Cfg { keep_closing_tags: true, minify_css: true, ..minify_html::Cfg::new() };
    let page = minify_html::minify(format!("<style>{css}</style>").as_bytes(), &settings);
    let inner = page.strip_prefix(b"<style>").and_then(|rest| rest.strip_suffix(b"</style>"));
    inner.unwrap_or(css.as_bytes()).to_vec()
}

/// The scripts of the embedded theme with what oxc makes of them (`tests/it/docs.rs` keeps them
/// current).
#[cfg(feature = "minify")]
const SMALL: [(&str, &str); 4] = [
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
