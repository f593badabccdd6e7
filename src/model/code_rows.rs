//! Rows that stand above each other by the length of their codes: what a code of the wrong shape was
//! meant to be, and the codes above a row that have no row of their own.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Cell, Row};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, text};
use crate::profile::{ColumnKind, PanelSpec, Role};
use crate::source::Place;

/// What is not sure of the rows of a panel.
pub(super) enum Doubt {
    /// What a row is: its number.
    Row(usize),
    /// What a cell holds: its row and column.
    Cell(usize, usize),
    /// The row of a code, which is not there and others stand under.
    Code(String),
}

/// Where to point: the place of a cell, by row and column.
pub(super) type PlaceOf<'a> = &'a dyn Fn(usize, usize) -> Place;

/// Rows whose parents have no row, by the code of the nearest of those.
type Orphans = IndexMap<String, Vec<usize>>;

/// Fills in level and parent; what is not sure goes to `doubts`.
pub(super) fn resolve(
    report: &mut Report,
    (panel, lengths): (&PanelSpec, &[usize]),
    rows: &mut [Row],
    place: PlaceOf,
    doubts: &mut Vec<(Doubt, Place)>,
) {
    let column = panel.first(ColumnKind::Code).unwrap_or_default();
    let place = |row: usize| place(row, column);
    let parents = parents(lengths, rows);
    let mut last: Option<String> = None;
    let mut unreadable: BTreeMap<usize, Place> = BTreeMap::new();
    let mut orphans = Orphans::new();
    for (index, (parent, is_orphan)) in parents.into_iter().enumerate() {
        let row = &mut rows[index];
        let Some(code) = row.code.clone() else {
            if row.role == Role::Detail && row.spec.is_none() {
                let message =
                    text!(zh: "“{name}”没有科目代码", en: "`{name}` has no code", name = row.name);
                // One without a name, too, was reported.
                if !row.name.is_empty() {
                    report.push(codes::BAD_CODE.at(place(index), message));
                    unreadable.insert(index, place(index));
                }
            }
            continue;
        };
        let Some(level) = level_of(lengths, &code) else {
            report.push(of_no_level(lengths, &code, place(index)));
            unreadable.insert(index, place(index));
            continue;
        };
        row.level = level;
        if level > 1 {
            row.parent = parent;
        }
        if last.as_ref().is_some_and(|last| *last > code) {
            let message = text!(zh: "代码 {code} 排在 {last} 之后，次序反了", en: "the code {code} stands after {last}: out of order", last = last.unwrap_or_default());
            let help = text!(zh: "按代码从小到大排，下级紧跟着上级；代码写错的，改代码", en: "put the rows in the order of their codes, what is below a code right behind it; where the code is wrong, mend the code");
            report.push(codes::CODE_ORDER.at(place(index), message).help(help));
        }
        if is_orphan {
            orphans.entry(code[..lengths[level - 2]].to_owned()).or_default().push(index);
        }
        last = Some(code);
    }
    let mut told = Told { rows, lengths, unreadable: &unreadable, doubts };
    for (above, rows) in orphans {
        told.missing(report, &above, &rows, &place);
    }
    doubts.extend(unreadable.into_iter().map(|(row, place)| (Doubt::Row(row), place)));
}

/// The first row of each name.
pub(super) fn first_of<'a>(
    rows: &'a [Row],
    name: impl Fn(&'a Row) -> Option<&'a str>,
) -> BTreeMap<&'a str, usize> {
    let mut first = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(name) = name(row) {
            first.entry(name).or_insert(index);
        }
    }
    first
}

/// What each row stands under: the nearest code above it that has a row, and whether one between is missing.
fn parents(lengths: &[usize], rows: &[Row]) -> Vec<(Option<usize>, bool)> {
    let known = first_of(rows, |row| row.code.as_deref());
    let above = |row: &Row| {
        let code = row.code.as_deref()?;
        let level = level_of(lengths, code)?;
        let mut above = lengths[..level - 1].iter().rev().map(|length| known.get(&code[..*length]));
        let nearest = above.next()?;
        Some((nearest.or_else(|| above.find_map(|row| row)).copied(), nearest.is_none()))
    };
    rows.iter().map(|row| above(row).unwrap_or_default()).collect()
}

/// The level of a code of digits, 1 being the highest.
pub(super) fn level_of(lengths: &[usize], code: &str) -> Option<usize> {
    let is_code = code.bytes().all(|byte| byte.is_ascii_digit());
    lengths.iter().position(|length| is_code && *length == code.len()).map(|at| at + 1)
}

struct Told<'a> {
    rows: &'a [Row],
    lengths: &'a [usize],
    /// Rows whose code could not be read, with the place that says so.
    unreadable: &'a BTreeMap<usize, Place>,
    doubts: &'a mut Vec<(Doubt, Place)>,
}

impl Told<'_> {
    /// Says that the row of a code is missing, for all rows that stand under it. A row just above them
    /// whose code could not be read is most likely that row, and was reported.
    fn missing(
        &mut self,
        report: &mut Report,
        above: &str,
        orphans: &[usize],
        place: &dyn Fn(usize) -> Place,
    ) {
        let first = orphans[0];
        let unread = first.checked_sub(1).and_then(|row| self.unreadable.get(&row));
        let missing = self.missing_above(above);
        let said = unread.cloned().unwrap_or_else(|| place(first));
        let is_new = |code: &&str| {
            !self
                .doubts
                .iter()
                .any(|(doubt, _)| matches!(doubt, Doubt::Code(known) if known == code))
        };
        let missing: Vec<&str> = missing.into_iter().filter(is_new).collect();
        self.doubts
            .extend(missing.iter().map(|code| (Doubt::Code((*code).to_owned()), said.clone())));
        // A row that could not be read, and was reported, is most likely the one that is missing.
        let is_lost = |row: &Row| {
            row.code.is_none() && row.name.is_empty() && row.cells.iter().all(Cell::is_blank)
        };
        if unread.is_some() || missing.is_empty() || self.rows.iter().any(is_lost) {
            return;
        }
        let code = self.rows[first].code.as_deref().unwrap_or_default();
        let (parents, en_parents) = (missing.join("、"), missing.join(" and "));
        let message = match (orphans.len(), missing.len()) {
            (1, 1) => {
                text!(zh: "有 {code}，却没有它的上级 {parents} 这一行", en: "{code} stands without the row of its parent {en_parents}")
            }
            (1, _) => {
                text!(zh: "有 {code}，却没有它上面的 {parents}", en: "{code} stands without the rows above it, {en_parents}")
            }
            (count, _) => text!(
                zh: "有 {code} 等 {count} 行，却没有它们上面的 {parents}",
                en: "{code} and {more} more stand without what is above them, {en_parents}", more = count - 1,
            ),
        };
        report.push(codes::MISSING_PARENT.at(said, message).help(text!(
            zh: "补上 {parents}，每一行等于它的下级之和；代码写错的，改代码",
            en: "add the row of {en_parents}, the sum of what stands below it; where the code is wrong, mend the code",
        )));
    }

    /// A code without a row and those above it that have none either, the deepest first.
    fn missing_above<'c>(&self, code: &'c str) -> Vec<&'c str> {
        let lengths = self.lengths.iter().rev().filter(|length| **length <= code.len());
        let all = lengths.map(|length| &code[..*length]);
        let has_row = |code: &str| self.rows.iter().any(|row| row.code.as_deref() == Some(code));
        all.take_while(|code| !has_row(code)).collect()
    }
}

/// The code that was certainly meant: full-width digits, `O` for nought, what a spreadsheet adds, points
/// between its levels.
pub(super) fn meant(lengths: &[usize], written: &str) -> Option<String> {
    if level_of(lengths, written).is_some() || written.is_empty() {
        return None;
    }
    let narrow = crate::amount::narrow(written);
    let (whole, fraction) = narrow.split_once('.').unwrap_or((&narrow, ""));
    let is_whole = fraction.bytes().all(|byte| byte == b'0');
    // Points and dashes between the levels, as in `207.01.04`, are no part of it.
    let written = if is_whole { whole } else { narrow.as_str() };
    let code: String = written.chars().filter(|c| !"' ,、.-".contains(*c)).collect();
    level_of(lengths, &code).is_some().then_some(code)
}

/// The finding that a code is of no level; a program that spoils one code spoils them all.
pub(super) fn of_no_level(lengths: &[usize], code: &str, place: Place) -> Diagnostic {
    let (list, or) = (any_of(lengths, " 或 "), any_of(lengths, " or "));
    let message = text!(zh: "代码“{code}”应当是 {list} 位数字", en: "the code `{code}` should have {or} digits");
    codes::BAD_CODE.at(place, message).alike("length")
}

/// `3, 5 or 7`.
fn any_of(numbers: &[usize], or: &str) -> String {
    let mut words: Vec<String> = numbers.iter().map(usize::to_string).collect();
    let last = words.pop().unwrap_or_default();
    if words.is_empty() { last } else { format!("{}{or}{last}", words.join(", ")) }
}
