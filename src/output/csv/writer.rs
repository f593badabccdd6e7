//! Values → the lines of a file, in one of the two forms.

use std::borrow::Cow;

use super::guard::{guarded, guarded_code};
use crate::format;
use crate::sheet::Value;

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Opened by double click: with the mark of UTF-8, as printed, texts guarded.
    Office,
    /// Read by a program: figures without commas between thousands, texts as they are.
    Data,
}

/// A file as it is written.
pub(super) struct CsvWriter {
    form: Form,
    csv: ::csv::Writer<Vec<u8>>,
}

/// Tells office programs that a file is UTF-8: without it those of China read it as GBK.
const MARK: &[u8] = "\u{feff}".as_bytes();

const TO_MEMORY: &str = "writing to memory cannot fail, whatever number of fields a line has";

impl CsvWriter {
    pub(super) fn new(form: Form) -> CsvWriter {
        let start = if form == Form::Office { MARK.to_vec() } else { Vec::new() };
        // A profile may give a table no column: then a line without fields is one empty field.
        let csv = ::csv::WriterBuilder::new().flexible(true).from_writer(start);
        CsvWriter { form, csv }
    }

    /// Writes what a cell prints.
    pub(super) fn value(&mut self, value: Value) {
        let field = match (self.form, value) {
            (Form::Data, value) => value.plain(),
            (Form::Office, Value::Code(code)) => guarded_code(code),
            (Form::Office, Value::Words(text)) => guarded(text),
            (Form::Office, Value::NotApplicable(mark) | Value::Withheld(mark)) => guarded(mark),
            (Form::Office, figure) => figure.printed(),
        };
        self.field(&field);
    }

    /// Writes words.
    pub(super) fn text(&mut self, text: &str) {
        self.value(Value::Words(text));
    }

    /// Writes the headings over a column as one.
    pub(super) fn heading(&mut self, path: &[&str]) {
        self.text(&heading(path));
    }

    /// Writes a figure or a name of the program's own.
    pub(super) fn field(&mut self, field: &str) {
        self.csv.write_field(field).expect(TO_MEMORY);
    }

    /// Writes several.
    pub(super) fn fields<'f>(&mut self, fields: impl IntoIterator<Item = &'f str>) {
        fields.into_iter().for_each(|field| self.field(field));
    }

    /// Ends a line.
    pub(super) fn end(&mut self) {
        self.csv.write_record(None::<&[u8]>).expect(TO_MEMORY);
    }

    /// The file.
    pub(super) fn finish(self) -> Vec<u8> {
        self.csv.into_inner().expect("memory is always flushed")
    }
}

/// The headings over a column, each without its line breaks, as one.
pub(super) fn heading(path: &[&str]) -> String {
    let words: Vec<Cow<str>> = path.iter().map(|words| on_one_line(words)).collect();
    words.join("/")
}

fn on_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(['\n', '\r']).map(str::trim);
    Cow::Owned(lines.fold(String::new(), |whole, line| format::beside(&whole, line)))
}
