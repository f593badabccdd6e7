//! Footnotes that a text refers to and that are none: without a note, or with marks of full width.

use std::collections::BTreeSet;

use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place};

/// As many bytes a label has at most.
const LONGEST: usize = 60;

/// Reports the first reference to every footnote that is not there. A text begins at a byte of its file;
/// `is_known` says of a byte and a label whether code stands there, or the footnote is one.
pub(super) fn without_note(
    report: &mut Report,
    file: FileId,
    (text, start): (&str, usize),
    is_known: impl Fn(usize, &str) -> bool,
) {
    let mut said = BTreeSet::new();
    let words = &text[start..];
    for (at, _) in words.match_indices('^') {
        let Some(open) = words[..at].chars().next_back().filter(|c| matches!(c, '[' | '［'))
        else {
            inline(report, file, (words, start), at);
            continue;
        };
        let from = at - open.len_utf8();
        let Some((label, behind)) = labelled(&words[at + 1..]) else { continue };
        let is_escaped = words[..from].ends_with('\\');
        if is_escaped || (open == '[' && is_known(from, label)) || !said.insert(label) {
            continue;
        }
        let end = words.len() - behind.len();
        let place = Place::bytes(file, from + start..end + start);
        let (message, help) = missing(words, label, open);
        report.push(codes::STRAY_MARK.at(place, message).help(help));
    }
}

/// The label that a text begins with, and what follows the bracket behind it.
fn labelled(words: &str) -> Option<(&str, &str)> {
    let end = words.find([']', '］']).filter(|end| (1..=LONGEST).contains(end))?;
    let behind = &words[end + words[end..].chars().next()?.len_utf8()..];
    (!words[..end].contains(char::is_whitespace)).then_some((&words[..end], behind))
}

/// What readers see, and what to write.
fn missing(words: &str, label: &str, open: char) -> (Text, Text) {
    let close = if open == '[' { ']' } else { '］' };
    let shown = format!("{open}^{label}{close}");
    let help = text!(zh: "注写在另一段：[^{label}]: 内容，括号和冒号都用半角", en: "write the note in a paragraph of its own: [^{label}]: words, with half-width brackets and colon");
    let is_wide = open != '[' || words.contains(&format!("[^{label}]："));
    let message = if is_wide {
        text!(zh: "脚注“{shown}”用了全角的括号或冒号，读者看到的就是这些字", en: "the footnote `{shown}` has brackets or a colon of full width, and readers see them as they stand")
    } else {
        text!(zh: "脚注“{shown}”没有注，读者看到的就是这些字", en: "the footnote `{shown}` has no note, and readers see its mark as it stands")
    };
    (message, help)
}

/// `^[words]`, which is a footnote elsewhere.
fn inline(report: &mut Report, file: FileId, (words, start): (&str, usize), at: usize) {
    let line = words[at..].lines().next().unwrap_or_default();
    let Some(end) = line.find(']').filter(|_| line.starts_with("^[")) else { return };
    let message = text!(zh: "读者看到的就是“{shown}”，不是脚注", en: "readers see `{shown}` as it stands, and no footnote", shown = &line[..=end]);
    let help = text!(zh: "正文里写 [^1]，另起一段写 [^1]: 内容", en: "write [^1] in the text, and [^1]: words in a paragraph of its own");
    let place = Place::bytes(file, at + start..at + end + 1 + start);
    report.push(codes::STRAY_MARK.at(place, message).help(help));
}
