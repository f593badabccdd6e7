//! Brackets of links that do not pair, addresses in brackets of another kind, and addresses with blanks: where they
//! stand in a text, and what is wrong.

use std::ops::Range;

use crate::diagnostic::{Text, text};

/// So many bytes of a line before and behind a link are looked at.
const REACH: usize = 1536;

/// No address has more bytes.
const LONGEST: usize = 512;

/// `[[figure](=address)`, `[figure](=address))`: the bracket before or behind a link that has no partner in its line.
pub(super) fn doubled(text: &str, link: &Range<usize>) -> Option<(Range<usize>, Text)> {
    let (first, last) = (link.start.saturating_sub(REACH), link.end.saturating_add(REACH));
    let before = &text[text.floor_char_boundary(first)..link.start];
    let behind = &text[link.end..text.floor_char_boundary(last)];
    let before = before.rsplit('\n').next().unwrap_or_default();
    let rest = behind.lines().next().unwrap_or_default();
    let count = |words: &str, sign: char| words.chars().filter(|c| *c == sign).count();
    let is_escaped = before.ends_with("\\[");
    if before.ends_with('[')
        && !is_escaped
        && count(before, '[') > count(before, ']')
        && !rest.contains(']')
    {
        let message = text!(zh: "前面多了一个“[”", en: "one `[` too many stands before it");
        return Some((link.start - 1..link.end, message));
    }
    let is_closed = |open: [char; 2], close: [char; 2]| {
        let opened = open.iter().map(|sign| count(before, *sign)).sum::<usize>();
        let closed = close.iter().map(|sign| count(before, *sign)).sum::<usize>();
        opened <= closed
    };
    let sign = rest.chars().next()?;
    let is_lone = match sign {
        ')' => is_closed(['(', '（'], [')', '）']),
        ']' => is_closed(['[', '【'], [']', '】']),
        _ => false,
    };
    is_lone.then(|| {
        let message =
            text!(zh: "后面多了一个“{sign}”", en: "one `{sign}` too many stands behind it");
        (link.start..link.end + 1, message)
    })
}

/// `50.00万元（basic/合计/public）`, `[50.00万元]basic/合计/public`: the address of a cell behind a figure, in brackets or
/// in none. Where each stands that is in no link and no code.
pub(super) fn addresses(text: &str, is_whole: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (slash, _) in text.match_indices('/') {
        let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        let start = text[..slash].trim_end_matches(is_of_id).len();
        let rest = &text[start..text.floor_char_boundary(start + LONGEST)];
        let end = start + rest.find(ends_address).unwrap_or(rest.len());
        if is_whole(start) || !is_cell(&text[start..end]) {
            continue;
        }
        let before = text[..start].strip_suffix("prior:").unwrap_or(&text[..start]);
        let unsigned = before.trim_end_matches(['=', '＝']);
        // With a sign of equality behind a round or square bracket it is said as a binding by half.
        if unsigned.len() < before.len() && unsigned.ends_with(['(', '（', '[', '［', '【']) {
            continue;
        }
        let words = unsigned.trim_end_matches(|c| "([（［【{｛〔「:： ]】］".contains(c));
        if ends_in_figure(words) {
            let close = text[end..].chars().next().filter(|c| ")）]］】}｝〕」".contains(*c));
            found.push(words.len()..end + close.map_or(0, char::len_utf8));
        }
    }
    found
}

fn ends_address(c: char) -> bool {
    c.is_whitespace() || "，。；、,;()（）[]［］【】{}｛｝〔〕「」".contains(c)
}

/// Whether words are a table, a row and a column: the first is an id, of small letters.
fn is_cell(address: &str) -> bool {
    let parts: Vec<&str> = address.split('/').collect();
    let is_id = |part: &str| {
        part.len() > 2
            && part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    let [table, row, column] = parts.as_slice() else { return false };
    is_id(table) && !row.is_empty() && is_id(column)
}

/// Whether words end with a figure, its unit included.
pub(super) fn ends_in_figure(words: &str) -> bool {
    let last = words.char_indices().rev().take(5).find(|(_, c)| c.is_ascii_digit());
    last.is_some_and(|(at, _)| {
        words[at + 1..]
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '%' | '％' | ' ' | '*' | ']'))
    })
}
