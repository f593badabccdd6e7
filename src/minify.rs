//! Pages, styles and scripts made smaller, saying the same; without the feature they stay as they are.

#[cfg(feature = "minify")]
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};

/// A page.
#[cfg(feature = "minify")]
pub fn page(html: &[u8]) -> Vec<u8> {
    let settings = minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        allow_noncompliant_unquoted_attribute_values: false,
        allow_removing_spaces_between_attributes: false,
        minify_css: true,
        minify_doctype: false,
        ..minify_html::Cfg::new()
    };
    minify_html::minify(html, &settings)
}

/// A style sheet, by way of a page that holds nothing else.
#[cfg(feature = "minify")]
pub fn style(css: &str) -> Vec<u8> {
    let page = page(format!("<style>{css}</style>").as_bytes());
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

/// A page.
#[cfg(not(feature = "minify"))]
pub fn page(html: &[u8]) -> Vec<u8> {
    html.to_vec()
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
