//! How deep the brackets of a style sheet are nested, by one pass over its bytes.

/// The deepest nesting of brackets of any kind, as CSS reads them: those in strings, comments and bare
/// addresses are text, and one behind a backslash is too.
pub(super) fn of_style(css: &str) -> usize {
    of_brackets(css, b"([{", b")]}")
}

/// The deepest nesting of functions within functions.
pub(super) fn of_functions(css: &str) -> usize {
    of_brackets(css, b"(", b")")
}

fn of_brackets(css: &str, opening: &[u8], closing: &[u8]) -> usize {
    let bytes = css.as_bytes();
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = css[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 1);
            }
            b'"' | b'\'' => at = end_of_string(bytes, at),
            byte if opening.contains(byte) => {
                depth += 1;
                deepest = deepest.max(depth);
                if *byte == b'(' && is_bare_address(&bytes[..at], &bytes[at + 1..]) {
                    at = end_of_address(bytes, at + 1);
                    continue;
                }
            }
            byte if closing.contains(byte) => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// Where the quote stands that closes a string, or the end of the line, where CSS gives it up.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' | b'\r' | 12 => return at,
            byte if *byte == bytes[start] => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Whether a bracket opens `url(…)` without quotes.
fn is_bare_address(before: &[u8], after: &[u8]) -> bool {
    let first = after.iter().find(|byte| !byte.is_ascii_whitespace());
    let name = before.len().checked_sub(3).map(|start| &before[start..]);
    name.is_some_and(|name| name.eq_ignore_ascii_case(b"url"))
        && !matches!(first, Some(b'"' | b'\''))
}

/// Where the bracket stands that closes a bare address.
fn end_of_address(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b')' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{of_functions, of_style};

    #[test]
    fn functions_count_without_the_blocks_they_stand_in() {
        let cases = [("a{b:calc(1px + rgb(1))}", 2), ("a{b{c:d(e)}}", 1), ("a{b:url(x((y)}", 1)];
        for (css, depth) in cases {
            assert_eq!(of_functions(css), depth, "{css}");
        }
    }

    #[test]
    fn brackets_count_as_css_reads_them() {
        let cases = [
            ("a{b:c}d{e:f(g)}", 2),
            ("a{b:\"((((\"}", 1),
            ("/* {{{{ */a{}", 1),
            ("a{b:url(x((\"y)}c{d:(((1)))}", 4),
            ("a{b:url( \"x)\" )}", 2),
            ("\\({", 1),
            // A string ends with its line: the closers below it close nothing before it.
            ("a{b:\"x\n;c:((((1))))}", 5),
            ("((((", 4),
            ("/*", 0),
            ("\\", 0),
        ];
        for (css, depth) in cases {
            assert_eq!(of_style(css), depth, "{css}");
        }
    }
}
