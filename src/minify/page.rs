//! A page without the blanks nobody sees: one pass over its bytes, no tree.
//!
//! What an element does with blanks is what `minify-html` says of it; quotes around
//! values that need none go too. Nothing a reader or a program reads of a page changes.

use memchr::{memchr, memmem};

/// What an element does with blanks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blanks {
    /// None between its children, none at its ends.
    Layout,
    /// One between its children, none at its ends.
    Content,
    /// One wherever some stand.
    Inline,
    /// Every one counts.
    Kept,
}

/// Makes a page small.
pub fn page(html: &[u8]) -> Vec<u8> {
    let mut pass = Pass { out: Vec::with_capacity(html.len()), open: Vec::with_capacity(32) };
    let mut rest = html;
    // Whether a text begins right behind the opening tag of the element it stands in.
    let mut is_first = true;
    while let Some(at) = memchr(b'<', rest) {
        let (text, tag) = rest.split_at(at);
        let is_last = tag.get(1) == Some(&b'/');
        pass.text(text, is_first, is_last);
        (rest, is_first) = pass.tag(tag);
    }
    pass.text(rest, is_first, true);
    pass.out
}

struct Pass<'a> {
    out: Vec<u8>,
    /// The elements around this place.
    open: Vec<(&'a [u8], Blanks)>,
}

impl<'a> Pass<'a> {
    fn text(&mut self, text: &[u8], is_first: bool, is_last: bool) {
        let Some(first) = text.first() else { return };
        let within = self.open.last().map_or(Blanks::Layout, |(_, blanks)| *blanks);
        if within == Blanks::Kept {
            return self.out.extend_from_slice(text);
        }
        let words = text.trim_ascii();
        if words.is_empty() {
            let is_end = is_first || is_last;
            if within == Blanks::Inline || (within == Blanks::Content && !is_end) {
                self.blank();
            }
            return;
        }
        let is_trimmed = |is_end: bool| is_end && within != Blanks::Inline;
        if first.is_ascii_whitespace() && !is_trimmed(is_first) {
            self.blank();
        }
        let mut from = 0;
        // A single space stays where it is: the common case copies whole stretches.
        while let Some(at) = run_of_blanks(&words[from..]) {
            let rest = words[from + at..].trim_ascii_start();
            self.out.extend_from_slice(&words[from..from + at]);
            self.out.push(b' ');
            from = words.len() - rest.len();
        }
        self.out.extend_from_slice(&words[from..]);
        if text.last().is_some_and(u8::is_ascii_whitespace) && !is_trimmed(is_last) {
            self.out.push(b' ');
        }
    }

    /// One space; what stood before a comment may have brought it.
    fn blank(&mut self) {
        if self.out.last() != Some(&b' ') {
            self.out.push(b' ');
        }
    }

    /// Writes the tag a text begins with; what follows it, and whether that stands first in an element.
    fn tag(&mut self, html: &'a [u8]) -> (&'a [u8], bool) {
        match html.get(1) {
            Some(b'/') => {
                let end = memchr(b'>', html).map_or(html.len(), |at| at + 1);
                let name = html[2..end].trim_ascii_end();
                let name = name.strip_suffix(b">").unwrap_or(name).trim_ascii_end();
                if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                    self.open.truncate(at);
                }
                self.out.extend_from_slice(&html[..end]);
                (&html[end..], false)
            }
            Some(b'!') if html.starts_with(b"<!--") => {
                let end = memmem::find(html, b"-->").map_or(html.len(), |at| at + 3);
                (&html[end..], false)
            }
            Some(byte) if byte.is_ascii_alphabetic() => self.element(html),
            _ => {
                let end = memchr(b'>', html).map_or(html.len(), |at| at + 1);
                self.out.extend_from_slice(&html[..end]);
                (&html[end..], false)
            }
        }
    }

    fn element(&mut self, html: &'a [u8]) -> (&'a [u8], bool) {
        let end = until(html, ENDS_TAG);
        let name = &html[1..end];
        self.out.extend_from_slice(&html[..end]);
        let (rest, is_closed) = self.attributes(&html[end..]);
        let within = self.open.last().map(|(_, blanks)| *blanks);
        let own = blanks(name);
        if is_closed || (own == Blanks::Inline && is_void(name)) {
            return (rest, false);
        }
        if matches!(name, b"script" | b"style") {
            // Their text is another language's; the closing tag is read as any other.
            let close: &[u8] = if name == b"script" { b"</script" } else { b"</style" };
            let end = memmem::find(rest, close).unwrap_or(rest.len());
            self.out.extend_from_slice(&rest[..end]);
            return (&rest[end..], false);
        }
        let blanks = if within == Some(Blanks::Kept) { Blanks::Kept } else { own };
        self.open.push((name, blanks));
        (rest, true)
    }

    /// Writes attributes up to the end of their tag; what follows it, and whether it closes itself.
    fn attributes(&mut self, mut rest: &'a [u8]) -> (&'a [u8], bool) {
        let mut is_bare = false;
        loop {
            rest = rest.trim_ascii_start();
            match rest {
                [] => return (rest, false),
                [b'>', after @ ..] => {
                    self.out.push(b'>');
                    return (after, false);
                }
                [b'/', b'>', after @ ..] => {
                    self.out.extend_from_slice(if is_bare { b" />" } else { b"/>" });
                    return (after, true);
                }
                _ => {}
            }
            let end = 1 + until(&rest[1..], ENDS_NAME);
            self.out.push(b' ');
            self.out.extend_from_slice(&rest[..end]);
            rest = &rest[end..];
            is_bare = false;
            let [b'=', value @ ..] = rest else { continue };
            if let [quote @ (b'"' | b'\''), quoted @ ..] = value {
                let end = memchr(*quote, quoted).unwrap_or(quoted.len());
                let value = &quoted[..end];
                rest = quoted.get(end + 1..).unwrap_or_default();
                is_bare = until(value, NEEDS_QUOTES) == value.len();
                if is_bare && !value.is_empty() {
                    self.out.push(b'=');
                    self.out.extend_from_slice(value);
                } else if !value.is_empty() {
                    self.out.extend_from_slice(&[b'=', *quote]);
                    self.out.extend_from_slice(value);
                    self.out.push(*quote);
                }
            } else {
                let end = until(value, ENDS_VALUE);
                self.out.push(b'=');
                self.out.extend_from_slice(&value[..end]);
                rest = &value[end..];
                is_bare = true;
            }
        }
    }
}

// What a byte does, one bit each.
const ENDS_TAG: u8 = 1;
const ENDS_NAME: u8 = 2;
const ENDS_VALUE: u8 = 4;
const NEEDS_QUOTES: u8 = 8;
const BLANK: u8 = 16;

/// What each byte does.
const DOES: [u8; 256] = {
    let mut does = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        does[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' => u8::MAX,
            b'>' => ENDS_TAG | ENDS_NAME | ENDS_VALUE | NEEDS_QUOTES,
            b'=' => ENDS_NAME | NEEDS_QUOTES,
            b'/' => ENDS_TAG,
            b'"' | b'\'' | b'`' | b'<' => NEEDS_QUOTES,
            _ => 0,
        };
        byte += 1;
    }
    does
};

/// How many bytes stand before the first that does something.
fn until(bytes: &[u8], what: u8) -> usize {
    let does = |byte: &u8| DOES[*byte as usize] & what != 0;
    bytes.iter().position(does).unwrap_or(bytes.len())
}

/// Where blanks begin that are not a single space.
fn run_of_blanks(words: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + until(&words[from..], BLANK);
        let next = words.get(at + 1)?;
        if words[at] != b' ' || DOES[*next as usize] & BLANK != 0 {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Whether an element has no end.
fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

fn blanks(name: &[u8]) -> Blanks {
    match name {
        b"td" | b"th" | b"li" | b"p" | b"dd" | b"dt" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5"
        | b"h6" | b"button" | b"label" | b"caption" | b"summary" | b"details" | b"option"
        | b"output" | b"legend" | b"figcaption" | b"address" | b"audio" | b"canvas" | b"meter"
        | b"object" | b"video" | b"iframe" | b"noscript" | b"progress" | b"slot" | b"template" => {
            Blanks::Content
        }
        b"tr" | b"div" | b"section" | b"nav" | b"header" | b"footer" | b"main" | b"ol" | b"ul"
        | b"dl" | b"table" | b"thead" | b"tbody" | b"tfoot" | b"article" | b"aside"
        | b"blockquote" | b"body" | b"colgroup" | b"datalist" | b"dialog" | b"fieldset"
        | b"figure" | b"form" | b"head" | b"hgroup" | b"html" | b"map" | b"menu" | b"optgroup"
        | b"picture" | b"select" | b"svg" | b"g" | b"defs" => Blanks::Layout,
        b"textarea" | b"code" | b"pre" => Blanks::Kept,
        _ => Blanks::Inline,
    }
}

#[cfg(test)]
mod tests {
    fn small(html: &str) -> String {
        String::from_utf8(super::page(html.as_bytes())).expect("text stays text")
    }

    #[test]
    fn blanks_nobody_sees_go_and_words_stay_apart() {
        assert_eq!(
            small("<div>\n <p>\n one\n two <b>three</b> <i>four </i>\n</p>\n</div>\n"),
            "<div><p>one two <b>three</b> <i>four </i></p></div>"
        );
        assert_eq!(small("<td> <a>x</a>\n<a>y</a> </td>"), "<td><a>x</a> <a>y</a></td>");
        assert_eq!(small("a <!-- b --> c"), "a c");
    }

    #[test]
    fn what_is_kept_is_kept() {
        for html in [
            "<pre> a\n\n b </pre>",
            "<textarea>\n x  y</textarea>",
            "<p><code>a  b</code></p>",
            "<script>if (a  <  b) {}\n</script>",
            "<!doctype html>",
            "<a title=\"a  b &quot;\">x</a>",
            "<p>2 < 3</p>",
            "<br>",
        ] {
            assert_eq!(small(html), html);
        }
    }

    #[test]
    fn quotes_that_are_not_needed_go() {
        assert_eq!(
            small("<a class=\"x\"  href=\"a/b.html#c\" title='y z' hidden=\"\"\n>t</a>"),
            "<a class=x href=a/b.html#c title='y z' hidden>t</a>"
        );
        assert_eq!(
            small("<svg><path d=\"M0\" /> <path d=\"a b\"/></svg>"),
            "<svg><path d=M0 /><path d=\"a b\"/></svg>"
        );
        assert_eq!(small("<input value=\"a>b\">"), "<input value=\"a>b\">");
    }
}
