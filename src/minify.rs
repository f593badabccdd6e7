//! Pages, styles and scripts made smaller, saying the same; without the feature styles and
//! scripts stay as they are.

mod page;

pub use page::page;

#[cfg(feature = "minify")]
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};

/// A style sheet, by way of a page that holds nothing else.
#[cfg(feature = "minify")]
pub fn style(css: &str) -> Vec<u8> {
    let settings =
        minify_html::Cfg { keep_closing_tags: true, minify_css: true, ..minify_html::Cfg::new() };
    let page = minify_html::minify(format!("<style>{css}</style>").as_bytes(), &settings);
    let inner = page.strip_prefix(b"<style>").and_then(|rest| rest.strip_suffix(b"</style>"));
    inner.unwrap_or(css.as_bytes()).to_vec()
}

/// A script; as it was where it cannot be read.
#[cfg(feature = "minify")]
pub fn script(text: &str) -> Vec<u8> {
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
