//! The part of a file in which Markdown stands, and findings about bytes of it.

use std::ops::Range;

use crate::diagnostic::{Code, Report, Text};
use crate::source::{FileId, Place};

/// A text of a file, from a byte on: its bytes are counted from there.
pub(super) struct Stretch<'a> {
    file: FileId,
    pub(super) text: &'a str,
    /// Where it begins in its file.
    pub(super) start: usize,
}

impl<'a> Stretch<'a> {
    pub(super) fn of(file: FileId, text: &'a str, start: usize) -> Stretch<'a> {
        Stretch { file, text: &text[start..], start }
    }

    /// Where bytes of it stand in the file.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place::bytes(self.file, range.start + self.start..range.end + self.start)
    }

    /// Reports bytes of it: what is wrong, and what to do.
    pub(super) fn report(
        &self,
        report: &mut Report,
        code: &'static Code,
        range: Range<usize>,
        (message, help): (Text, Text),
    ) {
        report.push(code.at(self.place(range), message).help(help));
    }
}
