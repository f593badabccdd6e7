//! A text made wrong: bytes, characters, numbers, lines, the structure of YAML, words of the
//! format, pieces of other files.

use super::random::Random;

/// What figures and counts are replaced by.
const NUMBERS: [&str; 44] = [
    "0",
    "-0",
    "0.00",
    "00",
    "007",
    "1",
    "-1",
    "−1",
    "+1",
    "1e9",
    "1E-9",
    "NaN",
    ".inf",
    "-.inf",
    "0x1F",
    "0o17",
    "1_000",
    "1,000",
    "1,00",
    "12,345,678.90",
    "１２．５",
    "一百",
    "壹佰万",
    "½",
    "²",
    "٣",
    "1.",
    ".5",
    "1.2.3",
    "--1",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "79228162514264337593543950336",
    "9999999999999999999999999999",
    "0.0000000000000000000000000001",
    "1.0000000000000000000000000000",
    "7.9228162514264337593543950335",
    "1234567890123456789012345.678",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "4294967296",
    "99999999999999999999999999999999999999999999",
    "100%",
];

/// Characters that are read otherwise than they look.
const CHARACTERS: [&str; 52] = [
    "\u{0}",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{300}",
    "\u{301}\u{302}\u{303}",
    "\u{200b}",
    "\u{200d}",
    "\u{200e}",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{2066}",
    "\u{3000}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{e000}",
    "\u{10ffff}",
    "\u{1f468}\u{200d}\u{1f469}",
    "𠮷",
    "İ",
    "ß",
    "ﬁ",
    "Ǆ",
    "０",
    "９",
    "．",
    "，",
    "：",
    "；",
    "（",
    "）",
    "－",
    "％",
    "＝",
    "＋",
    "、",
    "。",
    "《",
    "》",
    "“",
    "”",
    "—",
    "——",
    "·",
    "\r",
    "\r\n",
    "\t",
    "☃",
];

/// Pieces of every language a portal is written in.
const TOKENS: [&str; 118] = [
    ":",
    ": ",
    "- ",
    "-",
    "?",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "&a ",
    "*a",
    "!!str ",
    "!!binary ",
    "!x ",
    "|\n",
    ">\n",
    "|2-\n",
    "'",
    "\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "<<: *a",
    "null",
    "~",
    "true",
    "yes",
    "[]",
    "{}",
    "[[[[[[[[]]]]]]]]",
    "{a: {b: {c: {}}}}",
    "@",
    "`",
    "=",
    "*",
    "*/",
    "/*",
    "level:1",
    "@level:2",
    "prior:",
    "/",
    "..",
    "../",
    "//",
    "projects/*/budget",
    "narrative/a/b",
    "= ",
    " + ",
    " - ",
    " * ",
    " <= ",
    " >= ",
    " ≤ ",
    " ≥ ",
    "≥30 次",
    "≤84万元",
    "＜1年",
    "100%",
    "2025年12月底前",
    "2025-02-30",
    "0000-00-00",
    "9999-12-31",
    "[a](=b)",
    "[1.00万元](=#x)",
    "=sum:",
    "=part:",
    "=procurement",
    "# ",
    "## ",
    "###### ",
    "> ",
    "***",
    "___",
    "~~~\n",
    "```\n",
    "|a|b|\n|-|-|\n|1|2|\n",
    "![a](b)",
    "<b>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<script>",
    "</script>",
    "</style>",
    "</textarea><pre>",
    "&#0;",
    "&#x110000;",
    "&amp;",
    "&lt",
    "<a href=\"javascript:x\">",
    "[a]: b\n",
    "[a][a]",
    "\\",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{ site.title }}",
    "{% for a in range(end=9) %}",
    "{% endfor %}",
    "{% include \"base.html\" %}",
    "{% extends \"base.html\" %}",
    "{#",
    "#}",
    "@media(",
    "calc(",
    "/**/",
    "${",
    "=>",
    "(?<=",
    "\u{feff}---\n",
    "extends: test/minimal\n",
];

/// What mutations take from.
pub(crate) struct Pieces<'a> {
    /// Lines of files of the same kind.
    pub(crate) lines: &'a [String],
    /// Words of all files.
    pub(crate) words: &'a [String],
    /// Another file of the same kind.
    pub(crate) other: &'a [u8],
}

/// A text changed in one to several places.
pub(crate) fn text(random: &mut Random, mut text: Vec<u8>, pieces: &Pieces) -> Vec<u8> {
    let times = 1 + [0, 0, 0, 1, 1, 2, 3, 6][random.below(8)];
    for _ in 0..times {
        match random.below(100) {
            0..14 => number(random, &mut text),
            14..30 => value(random, &mut text, pieces),
            30..52 => lines(random, &mut text, pieces),
            52..66 => word(random, &mut text, pieces),
            66..76 => insert(random, &mut text, &CHARACTERS),
            76..86 => insert(random, &mut text, &TOKENS),
            86..92 => bytes(random, &mut text),
            92..97 => splice(random, &mut text, pieces.other),
            _ => repeat(random, &mut text),
        }
    }
    text
}

/// A figure on its own, for what reads figures.
pub(crate) fn figure(random: &mut Random) -> String {
    match random.below(4) {
        0 => NUMBERS[random.below(NUMBERS.len())].to_owned(),
        1 => {
            let (whole, places) = (1 + random.below(30), random.below(30));
            let mut digits = |count: usize| -> String {
                (0..count)
                    .map(|_| char::from(b'0' + u8::try_from(random.below(10)).unwrap_or_default()))
                    .collect()
            };
            let (whole, fraction) = (digits(whole), digits(places));
            if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
        }
        _ => format!("{}.{:02}", random.below(100_000), random.below(100)),
    }
}

/// Replaces a number by another.
fn number(random: &mut Random, text: &mut Vec<u8>) {
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    let from = random.below(text.len().max(1));
    let Some(start) = (from..text.len()).chain(0..from).find(|at| text[*at].is_ascii_digit())
    else {
        return insert(random, text, &NUMBERS);
    };
    let end = (start..text.len()).find(|at| !is_part(text[*at])).unwrap_or(text.len());
    let figure = figure(random);
    text.splice(start..end, figure.bytes());
}

/// Replaces what stands after a colon, as far as the next comma, bracket or line.
fn value(random: &mut Random, text: &mut Vec<u8>, pieces: &Pieces) {
    let from = random.below(text.len().max(1));
    let is_colon =
        |at: &usize| text[*at] == b':' && text.get(at + 1).is_none_or(u8::is_ascii_whitespace);
    let Some(colon) = (from..text.len()).chain(0..from).find(is_colon) else {
        return insert(random, text, &TOKENS);
    };
    let start = (colon + 2).min(text.len());
    let end = (start..text.len())
        .find(|at| matches!(text[*at], b'\n' | b',' | b'}' | b']'))
        .unwrap_or(text.len());
    let new = match random.below(8) {
        0 => String::new(),
        1 => "[]".to_owned(),
        2 => "{}".to_owned(),
        3 => format!(
            "[{}, {}]",
            figure(random),
            pieces.words.get(random.below(pieces.words.len())).map_or("a", String::as_str)
        ),
        4 => format!(
            "{{ {}: {} }}",
            pieces.words.get(random.below(pieces.words.len())).map_or("a", String::as_str),
            figure(random)
        ),
        5 => TOKENS[random.below(TOKENS.len())].to_owned(),
        6 => figure(random),
        _ => random.pick(pieces.words).cloned().unwrap_or_default(),
    };
    text.splice(start..end, new.bytes());
}

/// Takes away, repeats, moves, indents, exchanges or brings in a line.
fn lines(random: &mut Random, text: &mut Vec<u8>, pieces: &Pieces) {
    let mut lines: Vec<Vec<u8>> =
        text.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    let foreign = |random: &mut Random| {
        let line = random.pick(pieces.lines).cloned().unwrap_or_default();
        format!("{line}\n").into_bytes()
    };
    match random.below(9) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        3 => {
            let line = lines.remove(one);
            lines.insert(other.min(lines.len()), line);
        }
        4 => lines[one].splice(0..0, b"  ".iter().copied()).for_each(drop),
        5 => {
            let blanks = lines[one].iter().take_while(|byte| **byte == b' ').count().min(2);
            lines[one].drain(..blanks);
        }
        6 => lines[one] = foreign(random),
        7 => {
            // As deep as the line it follows.
            let blanks = lines[one].iter().take_while(|byte| **byte == b' ').count();
            let line = foreign(random);
            let line = [vec![b' '; blanks], line.trim_ascii_start().to_vec()].concat();
            lines.insert(one + 1, line);
        }
        _ => {
            let count = 1 + random.below(lines.len() - one);
            lines.drain(one..one + count.min(4));
        }
    }
    *text = lines.concat();
}

/// Replaces a word by another.
fn word(random: &mut Random, text: &mut Vec<u8>, pieces: &Pieces) {
    let is_part =
        |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' || byte >= 0x80;
    let from = random.below(text.len().max(1));
    let Some(start) =
        (from..text.len()).find(|at| is_part(text[*at]) && (*at == 0 || !is_part(text[at - 1])))
    else {
        return;
    };
    let end = (start..text.len()).find(|at| !is_part(text[*at])).unwrap_or(text.len());
    let new = random.pick(pieces.words).cloned().unwrap_or_default();
    text.splice(start..end, new.bytes());
}

/// Puts a piece in, mostly between two characters.
fn insert(random: &mut Random, text: &mut Vec<u8>, pieces: &[&str]) {
    let mut at = random.below(text.len() + 1);
    while !random.one_in(30) && text.get(at).is_some_and(|byte| (0x80..0xc0).contains(byte)) {
        at += 1;
    }
    let piece = random.of(pieces).unwrap_or_default();
    text.splice(at..at, piece.bytes());
}

fn bytes(random: &mut Random, text: &mut Vec<u8>) {
    match random.below(5) {
        0 => {
            let at = random.below(text.len());
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            let at = random.below(text.len() + 1);
            let odd = [0x00, 0x80, 0xb1, 0xc0, 0xed, 0xf5, 0xff, b'\r'];
            text.insert(at, odd[random.below(odd.len())]);
        }
        2 => text.truncate(random.below(text.len() + 1)),
        3 => {
            let range = random.range(text.len(), 24);
            text.drain(range);
        }
        _ => {
            let range = random.range(text.len(), 64);
            let piece = text[range].to_vec();
            let at = random.below(text.len() + 1);
            text.splice(at..at, piece);
        }
    }
}

/// The head of this and the tail of another.
fn splice(random: &mut Random, text: &mut Vec<u8>, other: &[u8]) {
    let from = random.below(other.len() + 1);
    text.truncate(random.below(text.len() + 1));
    text.extend_from_slice(&other[from..]);
}

/// The same piece many times.
fn repeat(random: &mut Random, text: &mut Vec<u8>) {
    let piece = if random.one_in(2) {
        random.of(&TOKENS).unwrap_or_default().as_bytes().to_vec()
    } else {
        let range = random.range(text.len(), 12);
        text[range].to_vec()
    };
    let times = [2, 3, 8, 40, 200, 1_000][random.below(6)];
    let at = random.below(text.len() + 1);
    text.splice(at..at, piece.repeat(times));
}
