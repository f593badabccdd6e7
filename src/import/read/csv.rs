//! Rows of text with separators between the cells → a grid.

use crate::import::document::{Cell, CellKind, Document, Origin, Refusal};

use super::sheet::Sheet;

/// As many columns as any office program has.
const WIDEST: usize = 16_384;

/// Reads CSV and TSV; rows are numbered by the line they begin on.
pub(super) fn read(name: &str, text: &str) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    // A record behind two characters of a line end would count for the line before.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (stated, text, before) = stated_separator(&text);
    let separator = stated.unwrap_or_else(|| guessed(text));
    let fields = |line: &str| line.bytes().filter(|byte| *byte == separator).count();
    if let Some(width) = text.lines().map(fields).find(|width| *width > WIDEST) {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        document.refusal = Some(Refusal::TooMany(count(width), count(WIDEST)));
        return document;
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut sheet, mut record) = (Sheet::default(), csv::StringRecord::new());
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                document.refusal = Some(Refusal::Broken(error.to_string()));
                break;
            }
        }
        let row = record.position().map_or(0, |at| line_of(text, at)).saturating_add(before);
        let filled = record.iter().enumerate().filter(|(_, text)| !text.is_empty());
        for (at, text) in filled {
            if let Err(refusal) = sheet.push(cell(text, row, at.saturating_add(1))) {
                document.refusal = Some(refusal);
                return document;
            }
        }
    }
    document.refusal = sheet.put_into(&mut document).err().or(document.refusal);
    document
}

/// The line a record begins on; its place stands before the empty lines above it.
fn line_of(text: &str, at: &csv::Position) -> usize {
    let start = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| **byte == b'\n').count();
    usize::try_from(at.line()).unwrap_or_default().saturating_add(empty)
}

fn cell(text: &str, row: usize, column: usize) -> Cell {
    // `="0012"` keeps a spreadsheet from reading a code as a number.
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    Cell {
        text: inner.unwrap_or(text).to_owned(),
        kind: CellKind::Text,
        origin: Origin { row, column, ..Origin::default() },
        ..Cell::default()
    }
}

/// The separator a first line `sep=;` states, the text behind it, and how many lines that skips.
fn stated_separator(text: &str) -> (Option<u8>, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) => (Some(*separator), rest, 1),
        _ => (None, text, 0),
    }
}

/// The separator that stands equally often on most lines: thousands have commas too.
fn guessed(text: &str) -> u8 {
    let score = |separator: u8| {
        let mut counts: Vec<usize> =
            lines(text).map(|line| outside_quotes(line, separator)).collect();
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        let like_median = counts
            .get(counts.len() / 2)
            .map_or(0, |median| counts.iter().filter(|count| *count == median).count());
        (like_median, counts.len())
    };
    // Of equals the last is taken: a tab stands in no figure.
    let separators = [b'|', b';', b',', b'\t'];
    separators.into_iter().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

/// The first lines that are not empty.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim().is_empty()).take(200)
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut is_quoted = false;
    let mut count: usize = 0;
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        count = count.saturating_add(usize::from(byte == separator && !is_quoted));
    }
    count
}

/// Whether a text looks like rows with separators, as cells copied from a sheet do.
pub(super) fn is_likely(text: &str) -> bool {
    let (with, all) = lines(text).fold((0usize, 0usize), |(with, all), line| {
        (with.saturating_add(usize::from(line.contains('\t'))), all.saturating_add(1))
    });
    with.saturating_mul(2) > all
}
