//! What readers see otherwise than the author of a value meant it: dashes without a blank behind them, HTML.

use std::ops::Range;

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Place};

/// Reports words without quotes that begin with a dash: a list was meant, and its dashes lack their blank. Numbers
/// begin with one, too, and so may a name within a line.
pub(super) fn dashes(report: &mut Report, file: FileId, text: &str, range: &Range<usize>) {
    let value = &text[range.clone()];
    let mut chars = value.chars();
    let is_dash = |c: char| matches!(c, '-' | '－' | '—' | '–');
    if !chars.next().is_some_and(is_dash) || chars.as_str().starts_with(is_dash) {
        return;
    }
    let words = chars.as_str();
    let is_on_its_own = text[..range.start].trim_end_matches(['-', ' ']).ends_with('\n');
    let after = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let ordinal =
        after.strip_prefix(['.', '、', ')', '）', '．']).filter(|_| after.len() < words.len());
    let is_item = if let Some(rest) = ordinal {
        rest.trim_start().starts_with(char::is_alphabetic)
    } else {
        let first = words.chars().next();
        is_on_its_own && first.is_some_and(|c| (!c.is_ascii() && c.is_alphabetic()) || c == '（')
    };
    if !is_item {
        return;
    }
    let first: String = words.chars().take(SHOWN).collect();
    let message = text!(zh: "“-”后面没有空格，这不是列表的一项，读者看到的是“-{first}”", en: "no blank stands behind `-`, and this is no item of a list: readers see `-{first}`");
    let help = text!(zh: "写成“- {first}”", en: "write `- {first}`");
    report.push(codes::WRONG_TYPE.at(Place::bytes(file, range.clone()), message).help(help));
}

/// So many characters of a value are said.
const SHOWN: usize = 8;

/// The tags of HTML that people write in texts.
const TAGS: [&str; 33] = [
    "a", "b", "big", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "hr",
    "i", "img", "li", "o:p", "ol", "p", "s", "small", "span", "strong", "sub", "sup", "table",
    "tbody", "td", "th", "tr", "u", "ul",
];

/// Reports the tags of HTML and the names of characters of a file, the first of each line: values are shown as they stand.
pub(super) fn html(report: &mut Report, file: FileId, text: &str) {
    let mut end = 0;
    for at in memchr::memchr2_iter(b'<', b'&', text.as_bytes()) {
        let Some(length) = tag(&text[at..]).or_else(|| entity(&text[at..])).filter(|_| at >= end)
        else {
            continue;
        };
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        end = text[at..].find('\n').map_or(text.len(), |more| at + more);
        let before = &text[start..at];
        if before.trim_start().starts_with('#') || before.contains(" #") {
            continue;
        }
        let shown = &text[at..at + length];
        let message = text!(zh: "这里是 HTML，读者看到的就是“{shown}”这些字", en: "this is HTML, and readers see it as it stands: `{shown}`");
        let help = text!(zh: "删去这些记号，只留文字；换行另写一项", en: "take these signs out and leave the words; what should stand on a line of its own is an item of its own");
        report.push(codes::RAW_HTML.at(Place::bytes(file, at..at + length), message).help(help));
    }
}

/// How many bytes of a text are a tag: `<u>`, `</u>`, `<br/>`, `<font color="red">`.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != ':')?;
    let is_known = TAGS.iter().any(|known| known.eq_ignore_ascii_case(&name[..end]));
    let rest = &name[end..];
    let close = rest.find(['>', '<', '\n']).filter(|close| rest[*close..].starts_with('>'))?;
    let is_tag = is_known && rest.starts_with([' ', '/', '>']);
    is_tag.then_some(text.len() - rest.len() + close + 1)
}

/// How many bytes of a text are the name of a character: `&nbsp;`, `&#160;`.
fn entity(text: &str) -> Option<usize> {
    const LONGEST: usize = 8;
    const NAMES: [&str; 9] = ["nbsp", "ensp", "emsp", "lt", "gt", "amp", "quot", "ldquo", "rdquo"];
    let rest = text.strip_prefix('&')?;
    let name = &rest[..rest.bytes().take(LONGEST).position(|byte| byte == b';')?];
    let is_number = name.strip_prefix('#').is_some_and(|digits| {
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit() || c == 'x')
    });
    (NAMES.contains(&name) || is_number).then_some(name.len() + 2)
}
