//! A text as whoever reads it takes it in, by eye, ear or machine: tags, marks and entities gone,
//! one width of characters; with the way back to its bytes.

use std::ops::Range;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// Nothing but words, or fields with separators.
    Words,
    /// CommonMark.
    Markdown,
    /// HTML, SVG, XML, and templates of these.
    Html,
    /// CSS: its strings and comments are read, its lengths are not.
    Style,
    /// JavaScript and JSON.
    Script,
}

impl Markup {
    /// Of a file, by the ending of its name.
    pub(super) fn of(path: &str) -> Markup {
        Markup::named(path).unwrap_or(Markup::Words)
    }

    /// As [`Markup::of`]; nothing where the ending is no text's.
    pub(super) fn named(path: &str) -> Option<Markup> {
        let markup = match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str()
        {
            "html" | "htm" | "xhtml" | "svg" | "xml" | "rss" | "atom" => Markup::Html,
            "md" => Markup::Markdown,
            "css" => Markup::Style,
            "js" | "mjs" | "json" | "jsonld" | "geojson" | "map" => Markup::Script,
            "txt" | "csv" | "tsv" | "yaml" | "yml" => Markup::Words,
            _ => return None,
        };
        Some(markup)
    }
}

/// Attributes that place and measure a drawing or a box.
const GEOMETRY: &[&str] = &[
    "style",
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "width",
    "height",
    "viewbox",
    "points",
    "transform",
    "offset",
    "pathlength",
    "opacity",
    "font-size",
    "textlength",
    "sizes",
    "colspan",
    "rowspan",
];

/// Elements within a line; all others part what stands on their two sides.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "code", "data", "del", "em", "font", "i", "ins", "mark", "s",
    "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "wbr",
];

/// A text as it is taken in.
pub(super) struct Plain {
    /// Its words; attributes and comments stand after them, each on a line of its own.
    pub text: String,
    /// How its stretches were written, in order.
    runs: Vec<Run>,
}

/// A stretch of words: copied as it was written, or one character written otherwise.
struct Run {
    /// Where it begins in the words.
    at: usize,
    /// Its bytes in what was written.
    bytes: Range<usize>,
    is_copy: bool,
}

impl Plain {
    /// Reads a text.
    pub(super) fn of(written: &str, markup: Markup) -> Plain {
        let (main, aside) = (Plain::empty(written), Plain::empty(""));
        let mut pass = Pass { written, main, aside, is_in_script: false };
        match markup {
            Markup::Words => pass.words(0..written.len()),
            Markup::Markdown | Markup::Html => pass.marked(0..written.len(), markup),
            Markup::Style => pass.style(0..written.len()),
            Markup::Script => pass.script(0..written.len()),
        }
        let Pass { mut main, aside, .. } = pass;
        let start = main.text.len();
        main.text.push_str(&aside.text);
        main.runs.extend(aside.runs.into_iter().map(|run| Run { at: run.at + start, ..run }));
        main
    }

    fn empty(like: &str) -> Plain {
        Plain { text: String::with_capacity(like.len()), runs: Vec::new() }
    }

    /// The bytes that a stretch of the words was written as.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let run = |at: usize| self.runs[..self.runs.partition_point(|run| run.at <= at)].last();
        let (Some(first), Some(last)) = (run(range.start), run(range.end.saturating_sub(1))) else {
            return 0..0;
        };
        let start = first.bytes.start + if first.is_copy { range.start - first.at } else { 0 };
        let copied = last.bytes.start + range.end.saturating_sub(last.at);
        let end = if last.is_copy { copied.min(last.bytes.end) } else { last.bytes.end };
        start..end.max(start)
    }

    /// The words without blanks.
    pub(super) fn squeezed(&self) -> String {
        squeezed(&self.text)
    }

    fn push(&mut self, c: char, bytes: Range<usize>) {
        let seen = match c {
            // Soft hyphens, joiners, marks of direction and the like are not seen.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{202a}'..='\u{202e}' => return,
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
            _ => c,
        };
        let is_copy = seen == c && bytes.len() == c.len_utf8();
        match self.runs.last_mut() {
            Some(run) if run.is_copy && is_copy && run.bytes.end == bytes.start => {
                run.bytes.end = bytes.end;
            }
            _ => self.runs.push(Run { at: self.text.len(), bytes, is_copy }),
        }
        self.text.push(seen);
    }
}

/// A text without blanks.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

struct Pass<'a> {
    written: &'a str,
    main: Plain,
    aside: Plain,
    /// Whether this is the markup in a script's strings.
    is_in_script: bool,
}

impl Pass<'_> {
    fn words(&mut self, range: Range<usize>) {
        for (at, c) in self.written[range.clone()].char_indices() {
            let at = range.start + at;
            self.main.push(c, at..at + c.len_utf8());
        }
    }

    /// HTML, or Markdown with HTML in it.
    fn marked(&mut self, range: Range<usize>, markup: Markup) {
        let mut at = range.start;
        while let Some(c) = self.written[at..range.end].chars().next() {
            let rest = &self.written[at..range.end];
            let is_markdown = markup == Markup::Markdown;
            at += match c {
                '<' => self.tag(at, rest),
                '&' => self.entity(at, rest),
                '*' | '_' | '`' | '~' | '[' if is_markdown => 1,
                '\\' if is_markdown
                    && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) =>
                {
                    self.main.push(char::from(rest.as_bytes()[1]), at..at + 2);
                    2
                }
                ']' if is_markdown => self.target(at, rest),
                _ => {
                    self.main.push(c, at..at + c.len_utf8());
                    c.len_utf8()
                }
            };
        }
    }

    /// What a link of Markdown leads to.
    fn target(&mut self, at: usize, rest: &str) -> usize {
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b')');
        match end.filter(|_| rest.starts_with("](")) {
            Some(end) => {
                self.beside(at + 2..at + end);
                end + 1
            }
            None => 1,
        }
    }

    /// A tag, a comment, or a sign of less; how many bytes it takes.
    fn tag(&mut self, at: usize, rest: &str) -> usize {
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            self.beside(at + 4..at + 4 + end);
            return (4 + end + 3).min(rest.len());
        }
        let name = rest[1..].trim_start_matches('/');
        let length =
            name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name[..length].to_ascii_lowercase();
        let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
        let Some(end) = tag_end(rest).filter(|_| rest[1..].starts_with(begins)) else {
            self.main.push('<', at..at + 1);
            return 1;
        };
        self.attributes(at, &rest[..end]);
        if !INLINE.contains(&name.as_str()) {
            self.main.push('\n', at..at);
        }
        let is_open = !self.is_in_script && !rest.starts_with("</") && !rest[..end].ends_with("/>");
        if is_open && matches!(name.as_str(), "style" | "script") {
            let inner = &rest[end..];
            let length = inner.find(&format!("</{name}")).unwrap_or(inner.len());
            let range = at + end..at + end + length;
            if name == "style" {
                self.style(range);
            } else {
                self.script(range);
            }
            return end + length;
        }
        end
    }

    /// The values of attributes that say something.
    fn attributes(&mut self, at: usize, tag: &str) {
        let mut from = 0;
        while let Some(sign) = tag[from..].find('=').map(|sign| from + sign) {
            let before = tag[..sign].trim_end();
            let is_start = |c: char| c.is_whitespace() || c == '"' || c == '\'';
            let name = before.rsplit(is_start).next().unwrap_or_default().to_ascii_lowercase();
            let value = sign + 1 + (tag[sign + 1..].len() - tag[sign + 1..].trim_start().len());
            let quote = tag[value..].chars().next().filter(|c| matches!(c, '"' | '\''));
            let start = value + usize::from(quote.is_some());
            let is_end = |c: char| quote.map_or(c.is_whitespace() || c == '>', |quote| c == quote);
            let end = start + tag[start..].find(is_end).unwrap_or(tag.len() - start);
            if !GEOMETRY.contains(&name.as_str()) {
                self.beside(at + start..at + end);
            }
            from = (end + 1).min(tag.len());
            while !tag.is_char_boundary(from) {
                from += 1;
            }
        }
    }

    /// Words beside the text, on a line of their own.
    fn beside(&mut self, range: Range<usize>) {
        let main = std::mem::replace(&mut self.main, Plain::empty(""));
        let aside = std::mem::replace(&mut self.aside, main);
        self.main = aside;
        self.main.push('\n', range.start..range.start);
        let mut at = range.start;
        while let Some(c) = self.written[at..range.end].chars().next() {
            let rest = &self.written[at..range.end];
            at += if c == '&' {
                self.entity(at, rest)
            } else {
                self.main.push(c, at..at + c.len_utf8());
                c.len_utf8()
            };
        }
        std::mem::swap(&mut self.main, &mut self.aside);
    }

    fn entity(&mut self, at: usize, rest: &str) -> usize {
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let named = end.and_then(|end| Some((character(&rest[1..end])?, end + 1)));
        let (c, length) = named.unwrap_or(('&', 1));
        self.main.push(c, at..at + length);
        length
    }

    /// The strings and comments of a style sheet.
    fn style(&mut self, range: Range<usize>) {
        let text = &self.written[range.clone()];
        let mut at = 0;
        while let Some(start) = text[at..].find(['"', '\'', '/']).map(|start| at + start) {
            let quote = &text[start..=start];
            let is_comment = text[start..].starts_with("/*");
            let (open, close) = if is_comment { (2, "*/") } else { (1, quote) };
            at = start + open;
            if quote == "/" && !is_comment {
                continue;
            }
            let end = text[at..].find(close).map_or(text.len(), |end| at + end);
            self.beside(range.start + at..range.start + end);
            at = (end + close.len()).min(text.len());
        }
    }

    /// A script as it stands, its escapes read; then once more as the markup its strings may hold.
    fn script(&mut self, range: Range<usize>) {
        self.main.push('\n', range.start..range.start);
        let mut at = range.start;
        while let Some(c) = self.written[at..range.end].chars().next() {
            let rest = &self.written[at..range.end];
            let escape = [("\\u", 4), ("\\x", 2)].into_iter().find_map(|(mark, length)| {
                let digits = rest.strip_prefix(mark)?.get(..length)?;
                let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
                Some((c, mark.len() + length))
            });
            let (c, length) = escape.unwrap_or((c, c.len_utf8()));
            self.main.push(c, at..at + length);
            at += length;
        }
        self.main.push('\n', range.end..range.end);
        if self.written[range.clone()].contains(['<', '&']) {
            self.is_in_script = true;
            self.marked(range, Markup::Html);
            self.is_in_script = false;
        }
    }
}

/// Longer than any tag or link; what goes on is text that holds the sign by chance.
const LONGEST: usize = 1 << 14;

/// Where a tag ends: behind its `>`, one in quotes aside.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed.
    rest.bytes().take(LONGEST).position(|byte| byte == b'>').map(|at| at + 1)
}

/// The character an entity names; of the named ones those that may stand in a figure or part it.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
        return char::from_u32(code.ok()?);
    }
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "period" => '.',
        "comma" => ',',
        "percnt" => '%',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "shy" => '\u{ad}',
        "zwnj" | "zwj" | "ZeroWidthSpace" | "NoBreak" => '\u{200b}',
        _ => return None,
    };
    Some(c)
}
