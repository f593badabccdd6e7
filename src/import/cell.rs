//! A cell of a grid and what its column holds → the text that is written, or a doubt.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::document::{Cell, CellKind, Doubt};
use super::placed::{At, Reason, Taken, Value};
use super::words::{without_breaks, without_layout};
use crate::amount;
use crate::profile::{ColumnKind, Profile};

/// Reads a cell; nothing where it says nothing.
pub(super) fn value(
    profile: &Profile,
    kind: ColumnKind,
    document: usize,
    cell: &Cell,
) -> Option<Value> {
    let from = || vec![At { document, origin: cell.origin.clone() }];
    let printed = cell.text.trim();
    if printed.is_empty() {
        // A formula without a value stands there and says nothing.
        return cell.doubt.map(|doubt| Value {
            doubt: Some(Reason::Read(doubt)),
            from: from(),
            ..Value::default()
        });
    }
    let doubt = cell.doubt.filter(|doubt| *doubt != Doubt::TextNumber).map(Reason::Read);
    let (text, own) = match kind {
        ColumnKind::Amount | ColumnKind::Quantity | ColumnKind::Percent => {
            figure(profile, kind, cell, printed)?
        }
        ColumnKind::Code => code(cell, printed),
        ColumnKind::Label => (words(cell, &without_layout(printed)), None),
        ColumnKind::Text | ColumnKind::Target => (words(cell, printed), None),
    };
    Some(Value { text, doubt: doubt.or(own), from: from(), taken: Taken::Whole })
}

/// A date where a code or a figure should stand.
fn date_of(cell: &Cell) -> Option<Reason> {
    (cell.kind == CellKind::Date).then_some(Reason::Read(Doubt::Date))
}

/// Words of a cell, on one line. In a plain text a blank between two Han characters is where a line was
/// broken; a sheet, a document and a page break no lines.
pub(super) fn words(cell: &Cell, text: &str) -> String {
    let joined = joined_lines(text);
    let is_plain = cell.origin.sheet.is_empty() && cell.origin.table == 0;
    if is_plain { without_breaks(&joined).0 } else { joined }
}

/// A text on one line: a break between Han characters leaves nothing, others a blank.
pub(super) fn joined_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_word(out.chars().next_back()) && is_word(line.chars().next()) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// A code; one that is stored as an amount and prints as one is doubtful.
fn code(cell: &Cell, printed: &str) -> (String, Option<Reason>) {
    let text = without_blanks(&narrow(printed)).into_owned();
    let is_amount = cell.kind == CellKind::Number && text.contains([',', '.']);
    (text, date_of(cell).or(is_amount.then_some(Reason::NoCode)))
}

/// Whether a sign becomes a digit of a figure that it is not: a raised one, one in a circle.
fn is_ornament(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let is_digit = |c: &char| c.is_ascii_digit();
    !is_digit(&c) && !('０'..='９').contains(&c) && c.to_string().nfkc().any(|c| is_digit(&c))
}

/// A text with signs and digits of one width.
fn narrow(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

fn without_blanks(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether blanks stand in a figure only where thousands are parted.
fn parts_thousands(text: &str) -> bool {
    let mut parts = text.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let is_sign = matches!(first, "-" | "+" | "−");
    let first = if is_sign { parts.next().unwrap_or_default() } else { first };
    let rest: Vec<&str> = parts.collect();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_whole = digits(first.trim_start_matches(['-', '+', '−'])) || rest.is_empty();
    is_whole
        && rest.iter().enumerate().all(|(at, part)| {
            let whole = if at + 1 == rest.len() { part.split('.').next() } else { Some(*part) };
            whole.is_some_and(|whole| whole.len() == 3 && digits(whole))
        })
}

/// A figure as printed, digits and signs of one width; nothing where a number prints as a dash.
fn figure(
    profile: &Profile,
    kind: ColumnKind,
    cell: &Cell,
    printed: &str,
) -> Option<(String, Option<Reason>)> {
    let is_mark = |marks: &[String]| marks.iter().any(|mark| mark == printed);
    let is_number = cell.kind == CellKind::Number;
    if !is_number && (is_mark(&profile.marks.not_applicable) || is_mark(&profile.marks.withheld)) {
        return Some((printed.to_owned(), None));
    }
    let wide = narrow(printed);
    let has_blanks = !is_number && !cell.origin.sheet.is_empty() && !parts_thousands(&wide);
    if has_blanks || printed.chars().any(is_ornament) {
        return Some((printed.to_owned(), date_of(cell).or(Some(Reason::NoFigure))));
    }
    let plain = without_blanks(&wide).replace('−', "-");
    if is_number && plain.chars().all(|c| matches!(c, '-' | '–' | '—')) {
        return None;
    }
    // A number in brackets is below nought; a text in brackets may be anything.
    let inner = plain.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let plain = match inner.filter(|_| is_number) {
        Some(inner) => format!("-{inner}"),
        None => plain,
    };
    let is_figure = match kind {
        ColumnKind::Percent => amount::parse_percent(&plain).is_ok(),
        _ => amount::parse(&plain).is_ok(),
    };
    if is_figure {
        Some((plain, date_of(cell)))
    } else {
        Some((printed.to_owned(), date_of(cell).or(Some(Reason::NoFigure))))
    }
}
