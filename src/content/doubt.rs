//! The mark of what an import could not read for certain: `⁇32O.00⟨预算表.xlsx Sheet3!B7：…⟩`.
//! It stands wherever a text stands, in YAML and in Markdown, and is gone when a person took it out.

use memchr::memmem;

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Place, SourceFile};

/// Stands before the text.
const MARK: char = '⁇';

/// Between these stands where the text was read, and why it may be wrong.
const REMARK: [char; 2] = ['⟨', '⟩'];

/// Writes the mark around a text.
pub fn marked(text: &str, remark: &str) -> String {
    let [open, close] = REMARK;
    let remark: String = remark.chars().filter(|c| !REMARK.contains(c)).collect();
    format!("{MARK}{text}{open}{remark}{close}")
}

/// The text that a mark stands around; nothing where there is no mark.
pub fn inner(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(MARK)?;
    Some(rest.split(REMARK[0]).next().unwrap_or_default().trim())
}

/// Reports every mark of a file.
pub(super) fn report_marks(report: &mut Report, file: FileId, source: &SourceFile) {
    let text = source.text();
    let mut sign = [0; 4];
    let sign = MARK.encode_utf8(&mut sign);
    for start in memmem::find_iter(text.as_bytes(), sign.as_bytes()) {
        let line = text[start..].lines().next().unwrap_or_default();
        let end =
            line.find(REMARK[1]).map_or(line.trim_end().len(), |at| at + REMARK[1].len_utf8());
        let whole = &line[..end];
        let words = inner(whole).unwrap_or_default();
        let message = if words.is_empty() {
            text!(zh: "导入时这里没有读到确定的内容", en: "nothing certain was read here")
        } else {
            text!(zh: "导入时这里没有读准：“{words}”", en: "this was not read for certain: `{words}`")
        };
        // The remark is said below the line.
        let shown = whole.find(REMARK[0]).filter(|at| *at > MARK.len_utf8()).unwrap_or(end);
        let mut found = codes::DOUBTFUL.at(Place::bytes(file, start..start + shown), message);
        let remark = whole.split(REMARK[0]).nth(1).map(|rest| rest.trim_end_matches(REMARK[1]));
        if let Some(remark) = remark.filter(|remark| !remark.is_empty()) {
            found = found.note(text!(zh: "原件：{remark}", en: "in the original: {remark}"));
        }
        report.push(found.help(text!(
            zh: "对照原件，写上正确的内容，删去“⁇”和“⟨…⟩”；原件确实如此的，只删这些记号",
            en: "look at the original, write what stands there and take out `⁇` and `⟨…⟩`; where it is right as it is, take out these marks alone",
        )));
    }
}
