//! What a style sheet would load from another site, found as a browser reads it: names may be
//! written with escapes, addresses with quotes or without.

use std::ops::Range;

use cssparser::{Parser, ParserInput, Token};

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::link::{Fault, Link};
use crate::source::{FileId, Place, Sources};

/// The addresses of other sites that a style sheet loads, with where they stand in it.
pub(super) fn loaded(css: &str) -> Vec<(Range<usize>, String)> {
    // Every address of another site holds one of these; most style sheets hold none.
    if !css.contains("//") && !css.contains('\\') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut input = ParserInput::new(css);
    tokens(&mut Parser::new(&mut input), false, DEPTH, &mut found);
    found
}

/// Reports what a style sheet of the site's own would load from another site.
pub fn style(report: &mut Report, sources: &Sources, file: FileId) {
    for (range, address) in loaded(sources.file(file).text()) {
        report_address(report, Place::bytes(file, range), &address);
    }
}

/// Reports an address that a theme may not use.
pub(super) fn report_address(report: &mut Report, place: Place, address: &str) {
    report.push(
        codes::UNSAFE_ADDRESS
            .at(place, text!(zh: "主题不能用这个地址：{address}", en: "a theme may not use this address: {address}"))
            .help(text!(
                zh: "网页只装载本站的文件：放进主题的 static/，写它的路径",
                en: "pages load files of this site only: put it into the theme’s static/ and write its path",
            )),
    );
}

/// Attributes of a template that load what stands at their address.
const LOADING: [&str; 4] = ["src", "srcset", "poster", "data"];

/// The addresses a template states that a page may not load or lead to, with where they stand in
/// it. What it is given is looked at where that is written.
pub(super) fn in_template(text: &str) -> Vec<(Range<usize>, String)> {
    tags(text).into_iter().flat_map(|tag| in_tag(text, &tag)).collect()
}

/// Where the tags of a template stand, without their brackets. A `>` of the template language ends none.
fn tags(text: &str) -> Vec<Range<usize>> {
    let (mut tags, mut open, mut is_code) = (Vec::new(), None, false);
    for (at, pair) in text.as_bytes().windows(2).enumerate() {
        match pair {
            b"{%" | b"{{" => is_code = true,
            b"%}" | b"}}" => is_code = false,
            _ => {}
        }
        match pair[0] {
            b'<' if !is_code => open = Some(at + 1),
            b'>' if !is_code => tags.extend(open.take().map(|start| start..at)),
            _ => {}
        }
    }
    let is_closed = text.ends_with('>');
    tags.extend(open.filter(|_| is_closed).map(|start| start..text.len() - 1));
    tags
}

fn in_tag(text: &str, tag: &Range<usize>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let inner = &text[tag.clone()];
    let is_link_tag = inner.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("link "));
    for (at, _) in inner.match_indices('=') {
        let before = &inner[..at];
        let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let (before, name) = before.split_at(at - letters);
        let name = name.to_ascii_lowercase();
        let is_loaded = LOADING.contains(&name.as_str()) || (name == "href" && is_link_tag);
        let begins = before.ends_with(|c: char| c.is_whitespace() || "}\"'/".contains(c));
        if !begins || !(is_loaded || name == "href") {
            continue;
        }
        let (start, value) = value(inner, at + 1);
        let is_fine = match Link::read(value.trim()) {
            Link::Within | Link::Bad(Fault::Empty) => true,
            Link::Bad(_) => value.starts_with("data:image/"),
            _ => !is_loaded,
        };
        if !is_fine && !value.contains("{{") && !value.contains("{%") {
            let start = tag.start + start;
            found.push((start..start + value.len(), value.to_owned()));
        }
    }
    found
}

/// The value of an attribute that begins here, without its quotes, and where it begins.
fn value(text: &str, from: usize) -> (usize, &str) {
    let rest = &text[from..];
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        return (from + 1, rest[1..].split(quote).next().unwrap_or_default());
    }
    (from, rest.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default())
}

/// Whether a text can stand for the value of one property: it ends no rule, opens no block, and
/// closes what it opens.
pub(super) fn is_value(text: &str) -> bool {
    let mut input = ParserInput::new(text);
    let mut parser = Parser::new(&mut input);
    let is_sound = parser.parse_entirely(|parser| {
        while let Ok(token) = parser.next() {
            if matches!(token, Token::Semicolon | Token::CurlyBracketBlock)
                || token.is_parse_error()
            {
                return Err(parser.new_custom_error(()));
            }
        }
        Ok::<_, cssparser::ParseError<()>>(())
    });
    let count = |wanted: char| text.matches(wanted).count();
    is_sound.is_ok()
        && !text.contains(['{', '}', '<', '\\'])
        && !text.contains("/*")
        && count('(') == count(')')
        && count('[') == count(']')
        && count('"') % 2 == 0
        && count('\'') % 2 == 0
}

/// How deep blocks and functions are followed: deeper is nothing anybody writes.
const DEPTH: usize = 64;

/// `is_address` where a text is an address: in the functions that load one.
fn tokens(
    parser: &mut Parser,
    is_address: bool,
    depth: usize,
    found: &mut Vec<(Range<usize>, String)>,
) {
    // What stands after `@import` is loaded, what stands after `@namespace` is only a name.
    let (mut is_import, mut is_name) = (false, false);
    loop {
        parser.skip_whitespace();
        let start = parser.position();
        let Ok(token) = parser.next().cloned() else { return };
        let range = start.byte_index()..parser.position().byte_index();
        let mut note = |url: &str| {
            if !matches!(Link::read(url.trim()), Link::Within) && !url.starts_with("data:") {
                found.push((range.clone(), url.to_owned()));
            }
        };
        let inner = match token {
            Token::UnquotedUrl(url) => {
                if !is_name {
                    note(&url);
                }
                continue;
            }
            Token::QuotedString(url) => {
                if is_address || is_import {
                    note(&url);
                }
                continue;
            }
            Token::AtKeyword(name) => {
                is_import = name.eq_ignore_ascii_case("import");
                is_name = name.eq_ignore_ascii_case("namespace");
                continue;
            }
            Token::Semicolon => {
                (is_import, is_name) = (false, false);
                continue;
            }
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                !is_name && (["url", "src"].contains(&name.as_str()) || name.ends_with("image-set"))
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock => is_address,
            Token::CurlyBracketBlock => false,
            _ => continue,
        };
        if depth > 0 {
            let _ = parser.parse_nested_block(|parser| {
                tokens(parser, inner, depth - 1, found);
                Ok::<_, cssparser::ParseError<()>>(())
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{in_template, is_value, loaded};

    #[test]
    fn what_comes_from_another_site_is_found_however_it_is_written() {
        for css in [
            "a{background:url(https://example.org/x.png)}",
            "a{background:URL( 'http://example.org/x.png' )}",
            "a{background:url(//example.org/x.png)}",
            "a{background:u\\72l(https://example.org/x.png)}",
            "a{background:url(\\68ttps://example.org/x.png)}",
            "@import 'https://example.org/x.css';",
            "@\\69mport url(https://example.org/x.css);",
            "a{background:image-set('https://example.org/x.png' 1x)}",
            "@media print{@font-face{src:local(x),url(\"https://example.org/x.woff2\")}}",
            "a{--x:url(https://example.org/x.png)}",
        ] {
            assert_eq!(loaded(css).len(), 1, "{css}");
        }
    }

    #[test]
    fn what_the_site_holds_and_what_is_only_said_is_not() {
        for css in [
            "a{background:url(x.png)} /* https://example.org */",
            "a::after{content:'https://example.org'}",
            "@namespace svg url(http://www.w3.org/2000/svg);",
            "a{background:url(data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E)}",
            "a{background:url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\")}",
        ] {
            assert_eq!(loaded(css), [], "{css}");
        }
    }

    #[test]
    fn a_value_stays_within_its_property() {
        for value in [
            "#b3261e",
            "1rem",
            "\"Noto Sans\", sans-serif",
            "min(1rem, 2vw)",
            "light-dark(#fff, #000)",
        ] {
            assert!(is_value(value), "{value}");
        }
        for value in [
            "red;color:blue",
            "red}a{color:blue",
            "url(x",
            "\"open",
            "red/*",
            "</style>",
            "x)",
            "[a",
        ] {
            assert!(!is_value(value), "{value}");
        }
    }

    #[test]
    fn a_template_loads_from_its_site_and_leads_where_browsers_may_go() {
        for bad in [
            "<script src=\"https://example.org/x.js\"></script>",
            "<script async src=//example.org/x.js></script>",
            "<img alt='' SRC='http://example.org/x.png'>",
            "<link rel=stylesheet href='https://example.org/x.css'>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<p>字a=1</p><img {% if 1 > 0 %}class=a {% endif %}src=https://example.org/x.png>",
        ] {
            assert_eq!(in_template(bad).len(), 1, "{bad}");
        }
        for fine in [
            "<a href=\"https://example.org/?a={{ b }}\">x</a>",
            "<img src=\"{{ page.root }}x.png\">",
            "<link rel=canonical href=\"{{ page.canonical }}\">",
            "<link rel=icon href=\"data:image/svg+xml,%3Csvg/%3E\">",
            "<p>src=https://example.org</p>",
            "<p data-src='https://example.org'>",
        ] {
            assert_eq!(in_template(fine), [], "{fine}");
        }
    }

    #[test]
    fn nesting_ends() {
        assert_eq!(loaded(&format!("//{}", "(".repeat(100_000))), []);
    }
}
