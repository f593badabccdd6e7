//! What a style sheet would load from another site, found as a browser reads it: names may be
//! written with escapes, addresses with quotes or without.

use std::ops::Range;

use cssparser::{Parser, ParserInput, Token};

use crate::link::Link;

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
    use super::{is_value, loaded};

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
    fn nesting_ends() {
        assert_eq!(loaded(&format!("//{}", "(".repeat(100_000))), []);
    }
}
