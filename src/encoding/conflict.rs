//! Marks that version control puts before and behind two versions of a passage.

use std::ops::Range;

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Place};

/// The first line that version control put before or behind one of two versions.
pub(super) fn find(text: &str, path: &str) -> Option<Range<usize>> {
    let find = |sign: &str, is_meant: &dyn Fn(usize) -> bool| {
        let bytes = text.as_bytes();
        let run = |at: usize| {
            let more = bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count();
            at..at + more
        };
        // A file that is merged again has longer runs of the sign.
        let is_mark = |at: &usize| {
            let is_first = at.checked_sub(1).is_none_or(|before| bytes[before] != bytes[*at]);
            let next = bytes.get(run(*at).end);
            is_first && next.is_none_or(u8::is_ascii_whitespace) && is_meant(*at)
        };
        memchr::memmem::find_iter(bytes, sign).find(is_mark).map(run)
    };
    // Somebody may have indented it, or made a comment of it.
    let before = |at: usize| {
        let begin = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
        text[begin..at].trim()
    };
    let is_markdown = path.ends_with(".md");
    let between = |at| match before(at) {
        "" if is_markdown => !is_underline(&text[..at]),
        words => words.is_empty() && path.ends_with(".yaml"),
    };
    let is_begun = |at| matches!(before(at), "" | "#");
    // The version that both come from; a row of a table has blanks between its bars, or ends with them.
    let is_base = |at: usize| {
        let words = text[at..].trim_start_matches('|');
        is_begun(at)
            && words.starts_with(' ')
            && !words.lines().next().unwrap_or_default().trim().is_empty()
    };
    let mark = find("<<<<<<<", &is_begun).or_else(|| find(">>>>>>>", &is_begun));
    let mark = mark.or_else(|| find("|||||||", &is_base));
    mark.or_else(|| find("=======", &between))
}

/// Whether seven signs of equality under a text make its last line a heading of Markdown: it stands alone
/// and is no sentence.
fn is_underline(text: &str) -> bool {
    let mut lines = text.lines().rev().map(str::trim);
    let last = lines.next().unwrap_or_default();
    let is_alone = lines.next().is_none_or(str::is_empty);
    let is_title = !last.is_empty()
        && !last.starts_with(['#', '|', '-', '>'])
        && !last.ends_with(['。', '；', '.', ';', '|']);
    is_title && is_alone
}

pub(super) fn report(found: &mut Report, file: FileId, at: Range<usize>) {
    found.push(
        codes::MERGE_CONFLICT
            .at(
                Place::bytes(file, at),
                text!(zh: "合并冲突没有解决：这里有两个版本", en: "a merge conflict is not resolved: two versions stand here"),
            )
            .help(text!(
                zh: "留下要的版本，删去另一个和 <<<<<<<、=======、>>>>>>> 三种标记",
                en: "keep the version that is right; remove the other one and the lines with <<<<<<<, ======= and >>>>>>>",
            )),
    );
}
