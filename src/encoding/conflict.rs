//! Marks that version control puts before and behind two versions of a passage.

use std::ops::Range;

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Place};

/// The first line that version control put before or behind one of two versions.
pub(super) fn find(text: &str, path: &str) -> Option<Range<usize>> {
    let find = |sign: &str, is_meant: &dyn Fn(usize) -> bool| {
        let at = memchr::memmem::find_iter(text.as_bytes(), sign).find(|at| {
            let next = text.as_bytes().get(at + sign.len());
            next.is_none_or(u8::is_ascii_whitespace) && is_meant(*at)
        })?;
        Some(at..at + sign.len())
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
    let mark = find("<<<<<<<", &is_begun).or_else(|| find(">>>>>>>", &is_begun));
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
