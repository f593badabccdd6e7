//! Words that YAML does not read as words: what follows ` #`, and signs at the head of a value.

use std::ops::Range;

use super::{Kind, Node, offset};
use crate::codes;
use crate::diagnostic::{Report, Severity, text};
use crate::source::{FileId, Place};

/// Reports comments behind words: the words were meant to go on, or nobody can tell. Profiles and themes are
/// commented line by line: there only a sign that touches what follows is no comment.
pub(super) fn comments(
    report: &mut Report,
    file: FileId,
    path: &str,
    (text, root): (&str, &mut Node),
) {
    let is_commented = path.starts_with("profiles/") || path.starts_with("themes/");
    let bytes = text.as_bytes();
    let signs = memchr::memchr_iter(b'#', bytes).filter_map(|sign| sign.checked_sub(1));
    for at in signs.filter(|at| matches!(bytes[*at], b' ' | b'\t')) {
        let is_apart =
            text[at + 2..].starts_with([' ', '\t', '\n', '\r', '#']) || at + 2 == text.len();
        if is_commented && is_apart {
            continue;
        }
        let before = text[..at].trim_end_matches([' ', '\t']);
        let is_comment_line = before.is_empty() || before.ends_with('\n');
        if is_comment_line {
            continue;
        }
        let comment = text[at + 1..].lines().next().unwrap_or_default().trim_end();
        if !ends_plain_words(root, text, before.len()) {
            if !is_apart && before.ends_with([':', '-']) {
                all_of_value(report, file, root, (before.len()..at + 1, comment));
            }
            continue;
        }
        let kept = before.rsplit('\n').next().unwrap_or_default();
        let kept = kept.split_once(": ").map_or(kept, |(_, value)| value).trim();
        let mut finding = codes::LOST_WORDS
            .at(
                Place::bytes(file, at + 1..at + 1 + comment.len()),
                text!(zh: "“{comment}”是注释，不会公开，留下的只有“{kept}”", en: "`{comment}` is a comment and is not published: what is left is `{kept}`"),
            )
            .help(text!(
                zh: "是正文的，整个值加上引号；是注释的，另起一行", en: "where it belongs to the words, put the whole value between quotes; where it is a comment, give it a line of its own",
            ))
            .seen(format!("{kept} {comment}"));
        // A blank behind the sign is how comments are written.
        if comment[1..].starts_with(' ') {
            finding.severity = Severity::Warning;
        }
        report.push(finding);
    }
}

/// Reports a comment that touches its sign where a value should stand, and reads it as the value it was meant to be.
fn all_of_value(
    report: &mut Report,
    file: FileId,
    root: &mut Node,
    (gap, comment): (Range<usize>, &str),
) {
    let start = gap.end;
    let Some(value) = blank_value(root, &gap).filter(|_| comment.len() > 1) else { return };
    let meant = Kind::Scalar(comment[1..].to_owned());
    *value = Node { file, start: offset(start), end: offset(start + comment.len()), kind: meant };
    report.push(
        codes::LOST_WORDS
            .at(
                Place::bytes(file, start..start + comment.len()),
                text!(zh: "“{comment}”是注释，不会公开，什么也没有留下", en: "`{comment}` is a comment and is not published: nothing is left"),
            )
            .help(text!(zh: "整个值加上引号：\"{comment}\"", en: "put the whole value between quotes: \"{comment}\"")),
    );
}

/// The value of which nothing stands between a colon and a comment.
fn blank_value<'a>(node: &'a mut Node, gap: &Range<usize>) -> Option<&'a mut Node> {
    match &mut node.kind {
        Kind::Sequence(items) => items.iter_mut().find_map(|item| blank_value(item, gap)),
        Kind::Mapping(entries) => entries.iter_mut().find_map(|(key, value)| {
            let is_own = value.is_null() && key.end as usize + 1 == gap.start;
            if is_own { Some(value) } else { blank_value(value, gap) }
        }),
        _ => None,
    }
}

/// Whether words without quotes end at a byte: more than a figure, a code or a name.
fn ends_plain_words(node: &Node, text: &str, end: usize) -> bool {
    let range = node.range();
    match &node.kind {
        Kind::Sequence(items) => items.iter().any(|item| ends_plain_words(item, text, end)),
        Kind::Mapping(entries) => {
            entries.iter().any(|(_, value)| ends_plain_words(value, text, end))
        }
        Kind::Scalar(_) => {
            let written = text.get(range.clone()).unwrap_or_default().trim_end();
            let is_end = range.start + written.len() == end;
            let is_quoted = written.starts_with(['"', '\'', '|', '>']);
            let has_words = written.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
                || written.trim().contains(' ');
            is_end && !is_quoted && has_words
        }
        Kind::Null => false,
    }
}

/// Reports the anchor or tag that YAML took off a value, which ends at the end of a range; what the value was meant
/// to be where nothing of it is left.
pub(super) fn sign(
    report: &mut Report,
    file: FileId,
    (text, range): (&str, &Range<usize>),
    kept: &str,
) -> Option<String> {
    const FAR: usize = 512;
    let far = text.floor_char_boundary(range.start.saturating_sub(FAR));
    let line = text[far..range.start].rfind('\n').map_or(far, |end| far + end + 1);
    let before = &text[line..range.start];
    let signs = before.match_indices(['&', '!']).map(|(at, _)| at);
    let is_head = |at: &usize| before[..*at].trim_end().ends_with([':', '-', ',', '{', '[']);
    let start = signs.rev().find(is_head).map_or(range.start, |at| line + at);
    let whole = text[start..range.end.max(range.start)].trim_end();
    let said = whole.split_whitespace().next().unwrap_or(whole);
    let is_lost = matches!(kept, "" | "~" | "null");
    let seen = format!("{kept} {whole}");
    let (kept, en) = match kept {
        _ if is_lost => ("什么也没有".to_owned(), "nothing is left".to_owned()),
        kept => (format!("留下的只有“{kept}”"), format!("what is left is `{kept}`")),
    };
    report.push(
        codes::LOST_WORDS
            .at(
                Place::bytes(file, start..start + whole.len()),
                text!(zh: "开头的“&”或“!”是 YAML 的记号，“{said}”不会公开，{kept}", en: "the `&` or `!` at its head is a sign to YAML, and `{said}` is not published: {en}"),
            )
            .help(text!(zh: "整个值加上引号：\"{whole}\"", en: "put the whole value between quotes: \"{whole}\""))
            .seen(seen),
    );
    let meant = whole.trim_start_matches(['&', '!']);
    (is_lost && !meant.is_empty()).then(|| meant.to_owned())
}

/// The sign that the value of a line begins with, where YAML reads it otherwise.
pub(super) fn sign_at_head(line: &str) -> Option<char> {
    let value = line.split_once(": ").map_or(line, |(_, value)| value);
    let value = value.trim_start_matches(['-', ' ']);
    value.chars().next().filter(|c| "@%&*!`".contains(*c))
}
