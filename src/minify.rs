//! Pages, styles and scripts made smaller, saying the same; without the feature styles and
//! scripts stay as they are.

mod page;

pub use page::page;

#[cfg(feature = "minify")]
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
#[cfg(feature = "minify")]
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};

/// A style sheet; as it was where it cannot be read.
#[cfg(feature = "minify")]
pub fn style(css: &str) -> Vec<u8> {
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

/// The scripts of the embedded theme with what [`script_anew`] makes of them: making them at every
/// build would take as long as some twenty pages.
#[cfg(feature = "minify")]
const SMALL: [(&str, &str); 4] = [
    (include_str!("../themes/default/static/list.js"), include_str!("minify/small/list.js")),
    (include_str!("../themes/default/static/read.js"), include_str!("minify/small/read.js")),
    (include_str!("../themes/default/static/search.js"), include_str!("minify/small/search.js")),
    (include_str!("../themes/default/static/table.js"), include_str!("minify/small/table.js")),
];

/// A script; as it was where it cannot be read.
#[cfg(feature = "minify")]
pub fn script(text: &str) -> Vec<u8> {
    let small = SMALL.iter().find(|(whole, _)| *whole == text);
    small.map_or_else(|| script_anew(text), |(_, small)| small.as_bytes().to_vec())
}

/// As [`script`], whatever is known of it.
#[cfg(feature = "minify")]
pub fn script_anew(text: &str) -> Vec<u8> {
    let allocator = oxc_allocator::Allocator::default();
    let source = oxc_parser::Parser::new(&allocator, text, oxc_span::SourceType::default()).parse();
    if !source.errors.is_empty() {
        return text.as_bytes().to_vec();
    }
    let mut program = source.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions::safest()),
    };
    let names = Minifier::new(options).minify(&allocator, &mut program).scoping;
    oxc_codegen::Codegen::new()
        .with_options(oxc_codegen::CodegenOptions::minify())
        .with_scoping(names)
        .build(&program)
        .code
        .into_bytes()
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
