//! Written cells to cells of a form: the columns that keys mean, figures read exactly, and what is
//! said of those that are none.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Cell;
use crate::amount::{self, NotAnAmount};
use crate::codes;
use crate::content::{self, WrittenCell, doubt};
use crate::diagnostic::{Report, Text, text};
use crate::profile::{ColumnKind, ColumnSpec, Marks, PanelSpec, TableSpec, same_name};
use crate::source::Place;
use crate::yaml::{self, Key};

/// So many unknown rows and columns of a panel are compared with all that are known: a slip is found
/// among them, and a panel of another form altogether is told from the first of them.
pub(super) const GUESSES: usize = 64;

/// Whether one more may be compared; counts it.
pub(super) fn may_guess(guesses: &mut usize) -> bool {
    let has_any = *guesses > 0;
    *guesses = guesses.saturating_sub(1);
    has_any
}

/// The ids of the columns of a panel.
pub(super) struct Columns<'a> {
    ids: Vec<&'a str>,
    /// Their titles as printed.
    titles: Vec<&'a str>,
    /// Of a wide panel, where each stands.
    places: Option<IndexMap<&'a str, usize>>,
}

/// The columns of a wider panel are looked up.
const WIDE_FORM: usize = 32;

impl<'a> Columns<'a> {
    pub(super) fn of(panel: &'a PanelSpec) -> Columns<'a> {
        let ids: Vec<&str> = panel.columns.iter().map(|column| column.id.as_str()).collect();
        let places = (ids.len() > WIDE_FORM)
            .then(|| ids.iter().enumerate().rev().map(|(at, id)| (*id, at)).collect());
        let titles = panel.columns.iter().map(|column| column.title.as_str()).collect();
        Columns { ids, titles, places }
    }

    fn find(&self, id: &str) -> Option<usize> {
        match &self.places {
            None => self.ids.iter().position(|other| *other == id),
            Some(places) => places.get(id).copied(),
        }
    }

    /// Whether a key without a value is no column at all, but the rest of words.
    fn is_rest(&self, written: &WrittenCell) -> bool {
        let key = &*written.key.text;
        let is_bare = written.text.is_none() && !written.is_unread && !key.is_ascii();
        is_bare && self.titled(key).is_none() && yaml::nearest(key, &self.ids).is_none()
    }

    /// The only column that is printed under this title, or nearly so.
    fn titled(&self, title: &str) -> Option<usize> {
        yaml::titled(title, &self.titles, same_name)
    }
}

/// Keys of a panel that are no columns: each is said once, with the number of rows that have it.
#[derive(Default)]
pub(super) struct Strangers(IndexMap<Arc<str>, Stranger>);

struct Stranger {
    key: Key,
    rows: usize,
    /// The column it was most likely meant to be.
    meant: Option<usize>,
    /// Whether it is that column’s printed title.
    is_title: bool,
    help: Text,
}

impl Strangers {
    /// The column that a key was most likely meant to be.
    fn meet(
        &mut self,
        columns: &Columns,
        written: &WrittenCell,
        guesses: &mut usize,
    ) -> Option<usize> {
        if let Some(known) = self.0.get_mut(&written.key.text) {
            known.rows += 1;
            return known.meant;
        }
        let known: &[&str] = if may_guess(guesses) { &columns.ids } else { &[] };
        let key = &written.key;
        let titled = if known.is_empty() { None } else { columns.titled(&key.text) };
        let meant = titled.or_else(|| columns.find(yaml::nearest(&key.text, known)?));
        let help = match titled {
            Some(column) => {
                let id = columns.ids[column];
                text!(zh: "这一栏的键是“{id}”", en: "the key of this column is `{id}`")
            }
            None => as_above_or(known, &key.text),
        };
        let (key, is_title) = (key.clone(), titled.is_some());
        self.0.insert(Arc::clone(&key.text), Stranger { key, rows: 1, meant, is_title, help });
        meant
    }

    /// Reports them; printed titles used as keys are one mistake.
    pub(super) fn report(self, report: &mut Report, table: &TableSpec, columns: &Columns) {
        let (titles, others): (Vec<Stranger>, Vec<Stranger>) =
            self.0.into_values().partition(|stranger| stranger.is_title);
        if let [first, _, ..] = titles.as_slice() {
            let pair = |stranger: &Stranger| {
                let id = stranger.meant.map_or("", |column| columns.ids[column]);
                format!("{} → {id}", stranger.key.text)
            };
            let pairs: Vec<String> = titles.iter().map(pair).collect();
            let (zh, en, count) = (pairs.join("、"), pairs.join(", "), titles.len());
            let message = text!(
                zh: "表“{title}”的 {count} 个键写成了印出的栏名，键是模板里的名字", en: "{count} keys of the table `{id}` are printed titles: its keys are the names of the profile",
                title = table.title, id = table.id,
            );
            report.push(codes::UNKNOWN_COLUMN.at(first.key.place(), message).help(Text { zh, en }));
        } else {
            for title in &titles {
                unknown_column(report, table, title);
            }
        }
        for other in &others {
            unknown_column(report, table, other);
        }
    }
}

pub(super) fn cells(
    report: &mut Report,
    table: &TableSpec,
    (panel, columns): (&PanelSpec, &Columns),
    marks: &Marks,
    row: &content::Row,
    (strangers, guesses): (&mut Strangers, &mut usize),
) -> Vec<Cell> {
    let mut cells = vec![Cell::Blank; panel.columns.len()];
    let mut last: Option<usize> = None;
    for written in &row.cells {
        let mut found = columns.find(&written.key.text);
        if found.is_none() {
            if is_split(written) {
                split_figure(report, table, &written.key);
                if let Some(column) = last {
                    cells[column] =
                        Cell::Text(format!("{},{}", cells[column].text(), written.key.text));
                }
            } else {
                let before = last.filter(|_| columns.is_rest(written)).map(|column| &cells[column]);
                if let Some(Cell::Text(before)) = before {
                    split_words(report, table, &written.key, before);
                    continue;
                }
                // Taken for the column it was most likely meant to be, so that one slip is one finding.
                found = strangers.meet(columns, written, guesses);
            }
        }
        let Some(column) = found.filter(|column| cells[*column].is_blank()) else {
            continue;
        };
        last = Some(column);
        // What it holds is not known, and so not nought.
        if written.is_unread {
            cells[column] = Cell::Text(UNREAD.to_owned());
            continue;
        }
        let place = Place::bytes(written.key.place().file, written.range.clone());
        cells[column] = cell(
            report,
            kind_and_title(&panel.columns[column]),
            marks,
            written.text.as_deref(),
            place,
        );
    }
    cells
}

/// Stands for what could not be read.
const UNREAD: &str = "?";

/// What a column holds, and its title.
pub(super) fn kind_and_title(column: &ColumnSpec) -> (ColumnKind, &str) {
    (column.kind, &column.title)
}

/// Reads one cell by what its column holds; its title is for messages.
pub(super) fn cell(
    report: &mut Report,
    (kind, title): (ColumnKind, &str),
    marks: &Marks,
    text: Option<&str>,
    place: Place,
) -> Cell {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Cell::Blank;
    };
    if let Some(inner) = doubt::inner(text) {
        // Reported where it was read; what it says is not known, and never nought.
        let words = if inner.is_empty() { doubt::TO_FILL_IN } else { inner };
        return Cell::Text(words.to_owned());
    }
    if marks.not_applicable.iter().any(|mark| mark == text) {
        return Cell::NotApplicable(text.to_owned());
    }
    if marks.withheld.iter().any(|mark| mark == text) {
        return Cell::Withheld(text.to_owned());
    }
    if !kind.is_figure() {
        return Cell::Text(text.to_owned());
    }
    let read =
        if kind == ColumnKind::Percent { amount::parse_percent(text) } else { amount::parse(text) };
    match read {
        Ok(figure) => Cell::Figure(figure.value, figure.grouped),
        Err(why) => {
            let message = if why == NotAnAmount::TooLong {
                text!(zh: "“{title}”栏的“{text}”太长，核对不了", en: "`{text}` under `{title}` is too long to be checked", title = title)
            } else {
                text!(zh: "“{text}”不是数字，“{title}”栏要填数字", en: "`{text}` is not a figure, and `{title}` holds figures", title = title)
            };
            report.push(
                codes::NOT_AN_AMOUNT.at(place, message).help(not_an_amount(why, text, marks)),
            );
            Cell::Text(text.to_owned())
        }
    }
}

fn not_an_amount(why: NotAnAmount, written: &str, marks: &Marks) -> Text {
    if amount::is_spreadsheet_fault(written) {
        return text!(zh: "这是电子表格算不出时显示的字：在原表里改好公式，写上那个数", en: "a spreadsheet prints this where it cannot work out a figure: mend the formula there and write the figure");
    }
    if written.starts_with('=') {
        return text!(zh: "这是电子表格的公式：写上它算出的数", en: "this is the formula of a spreadsheet: write the figure it gives");
    }
    if let Some(meant) = amount::meant(written) {
        return text!(zh: "写成 {meant}", en: "write {meant}");
    }
    match why {
        NotAnAmount::FullWidth => {
            text!(zh: "这里有全角数字或标点，请改用半角", en: "it has full-width digits or signs: use half-width ones")
        }
        NotAnAmount::Grouping => {
            text!(zh: "千位分隔逗号要每三位一个，或者不写", en: "commas part groups of three digits, or leave them out")
        }
        NotAnAmount::Trailing => {
            text!(zh: "只写数字，单位写在模板里", en: "write the digits alone: the unit is the profile's")
        }
        NotAnAmount::TooLong => too_long(),
        NotAnAmount::Other => {
            let first = |marks: &[String]| marks.first().cloned().unwrap_or_default();
            text!(zh: "没有数就留空；不适用写“{na}”，涉密写“{withheld}”", en: "leave it out where there is none; write {na} for not applicable, {withheld} for withheld", na = first(&marks.not_applicable), withheld = first(&marks.withheld))
        }
    }
}

/// How long a figure may be.
pub(crate) fn too_long() -> Text {
    let (whole, decimals) = (amount::WHOLE, amount::DECIMALS);
    text!(
        zh: "一个数最多 {whole} 位整数、{decimals} 位小数；再大就换一个大些的单位",
        en: "a figure has at most {whole} digits before the point and {decimals} behind it; take a larger unit for more",
    )
}

/// Whether a key is the rest of a figure that a comma inside braces split in two.
fn is_split(written: &WrittenCell) -> bool {
    written.key.text.starts_with(|c: char| c.is_ascii_digit()) && written.text.is_none()
}

/// Reports the rest of a figure that a comma inside braces split in two.
fn split_figure(report: &mut Report, table: &TableSpec, key: &Key) {
    let help = text!(zh: "花括号里的逗号会把 1,454.54 拆成两项：去掉逗号，或给数字加引号", en: "inside braces a comma splits 1,454.54 in two: drop the comma or quote the figure");
    report.push(codes::UNKNOWN_COLUMN.at(key.place(), no_column(table, key)).help(help));
}

/// Reports the rest of words that a comma inside braces split in two.
fn split_words(report: &mut Report, table: &TableSpec, key: &Key, before: &str) {
    let rest = &key.text;
    let help = text!(zh: "花括号里的逗号把一个值拆成了两项：写成 \"{before},{rest}\"，或者用全角的“，”", en: "inside braces a comma splits a value in two: write \"{before},{rest}\", or a comma of full width");
    report.push(codes::UNKNOWN_COLUMN.at(key.place(), no_column(table, key)).help(help));
}

fn unknown_column(report: &mut Report, table: &TableSpec, stranger: &Stranger) {
    let Stranger { key, rows, help, .. } = stranger;
    let mut finding =
        codes::UNKNOWN_COLUMN.at(key.place(), no_column(table, key)).help(help.clone());
    if *rows > 1 {
        finding = finding.note(text!(zh: "这样写的有 {rows} 行", en: "{rows} rows have it"));
    }
    report.push(finding);
}

fn no_column(table: &TableSpec, key: &Key) -> Text {
    text!(zh: "表“{title}”没有“{key}”这一栏", en: "the table `{id}` has no column `{key}`", title = table.title, id = table.id, key = key.text)
}

/// What is known; nothing where so many others were unknown that the first of them say it.
pub(super) fn as_above_or(known: &[&str], written: &str) -> Text {
    if known.is_empty() {
        return text!(zh: "这张表前面已有许多这样的发现，先改前面的", en: "many findings like it stand above: mend those first");
    }
    yaml::suggestion(written, known)
}
