//! The mark of what an import could not read for certain: `⁇32O.00⟨预算表.xlsx Sheet3!B7：…⟩`.
//! It stands wherever a text stands, in YAML and in Markdown, and is gone when a person took it out.

use memchr::memmem;

use crate::codes;
use crate::diagnostic::{Diagnostic, Report, text};
use crate::source::{FileId, Place, SourceFile};

/// Stands before the text.
const MARK: char = '⁇';

/// Stands alone where something is still to be filled in.
pub const TO_FILL_IN: &str = "⁇";

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

/// How many places of a text are still to be filled in, and how many were not read for certain.
pub fn count(text: &str) -> (usize, usize) {
    let marks = memmem::find_iter(text.as_bytes(), TO_FILL_IN.as_bytes());
    let alone = |start: &usize| stands_alone(&text[start + TO_FILL_IN.len()..]);
    let (blank, doubtful): (Vec<usize>, Vec<usize>) = marks.partition(alone);
    (blank.len(), doubtful.len())
}

/// Reports every mark of a file.
pub(super) fn report_marks(report: &mut Report, file: FileId, source: &SourceFile) {
    let text = source.text();
    let mut blanks = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), TO_FILL_IN.as_bytes()) {
        if stands_alone(&text[start + TO_FILL_IN.len()..]) {
            blanks.push(start);
            continue;
        }
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
    if let Some(first) = blanks.first() {
        report
            .push(to_fill_in(Place::bytes(file, *first..*first + TO_FILL_IN.len()), blanks.len()));
    }
}

/// Whether a mark stands around nothing and says nothing: what follows ends the value.
fn stands_alone(behind: &str) -> bool {
    behind.chars().next().is_none_or(|c| c.is_whitespace() || ",}]\"'|。，；".contains(c))
}

/// What a file leaves to be filled in, at the first place.
fn to_fill_in(first: Place, count: usize) -> Diagnostic {
    let message = if count == 1 {
        text!(zh: "这里还没有填", en: "this is still to be filled in")
    } else {
        text!(zh: "从这里起有 {count} 处还没有填", en: "{count} places are still to be filled in, the first one here")
    };
    codes::TO_FILL_IN.at(first, message).help(text!(
        zh: "把每一个“⁇”换成这一年的内容；没有数的格子连键一起删去；也可以用 mingbai import 从表格文件里取",
        en: "put what is true of this year in place of every `⁇`, and take out the keys of cells that hold no figure; `mingbai import` takes them from a workbook",
    ))
}
