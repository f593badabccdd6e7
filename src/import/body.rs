//! A row below the headings of a table → a row of each panel.

use super::cell;
use super::document::Cell;
use super::head::{Slot, Units};
use super::placed::{Fate, Left, Placed, PlacedTable, Reason, Taken, Value};
use super::stream::{Row, is_blank};
use super::words::{key, same};
use crate::amount::{self, Decimal};
use crate::profile::{ColumnKind, PanelSpec, Profile, TableSpec};

/// A table while its rows are read.
#[derive(Clone, Debug)]
pub(super) struct TableSoFar<'a> {
    /// Its form.
    pub(super) spec: &'a TableSpec,
    /// What the columns of the grid hold.
    pub(super) slots: Vec<Slot>,
    /// The units that its headings name.
    pub(super) units: Units,
    /// The grid its last row stood in.
    pub(super) grid: usize,
    /// Whether the headings came again since the last row.
    pub(super) is_new_page: bool,
    /// The cells of the last row of the grid, for those that one cell covers.
    pub(super) above: Vec<Option<Cell>>,
}

/// Adds a row to its table.
pub(super) fn add(placed: &mut Placed, profile: &Profile, open: &mut TableSoFar, row: Row) {
    let spec = open.spec;
    let mut panels: Vec<Vec<Option<Value>>> =
        spec.panels.iter().map(|panel| vec![None; panel.columns.len()]).collect();
    let mut has_number = false;
    for (index, own) in row.cells.iter().enumerate() {
        match open.slots.get(index).unwrap_or(&Slot::Nothing) {
            Slot::Column(panel, column) => {
                let stated = &spec.panels[*panel].columns[*column];
                let covering = open.above.get(index).and_then(Option::as_ref);
                let cell = if is_blank(own) && own.is_covered && goes_down(stated) {
                    covering.unwrap_or(own)
                } else {
                    own
                };
                if let Some(value) = cell::value(profile, stated.kind, row.document, cell) {
                    panels[*panel][*column] = Some(value);
                }
                if !is_blank(cell) {
                    placed.fates.insert(row.at(own), Fate::Written);
                }
            }
            _ if is_blank(own) => {}
            Slot::LineNumber => {
                has_number = true;
                placed.fates.insert(row.at(own), Fate::Form);
            }
            Slot::Unknown(title) => {
                let is_number = title.is_empty() && own.text.trim().parse::<usize>().is_ok();
                let fate =
                    if is_number { Fate::Form } else { Fate::Left(Left::NoColumn(title.clone())) };
                placed.fates.insert(row.at(own), fate);
            }
            Slot::Nothing => {
                placed.fates.insert(row.at(own), Fate::Left(Left::NoPlace));
            }
        }
    }
    remember(open, row);
    for (panel, values) in spec.panels.iter().zip(&mut panels) {
        name_by_code(panel, values);
    }
    let numbers_lines = open.slots.contains(&Slot::LineNumber);
    let is_rest = open.is_new_page && numbers_lines && !has_number;
    let table = placed.tables.get_mut(&spec.id).expect("a table is opened before its rows");
    convert(profile, spec, (table, &open.units), &mut panels);
    if open.is_new_page {
        doubt_again(spec, table, &mut panels);
    }
    if is_rest && rejoin(spec, table, &panels) {
        open.is_new_page = false;
        return;
    }
    open.is_new_page = false;
    keep(spec, table, panels);
}

/// Puts the rows of the panels that say something, or stand beside one that does, into their table.
fn keep(spec: &TableSpec, table: &mut PlacedTable, panels: Vec<Vec<Option<Value>>>) {
    let blank: Vec<bool> =
        (0..panels.len()).map(|panel| is_unnamed(spec, &panels, panel)).collect();
    for (index, values) in panels.into_iter().enumerate() {
        if values.iter().any(Option::is_some) || blank[index] {
            table.panels[index].push(values);
        }
    }
}

/// Whether a row of a panel says nothing and stands there all the same: the form prints it without a
/// name, on the line of a row of another panel.
fn is_unnamed(spec: &TableSpec, panels: &[Vec<Option<Value>>], panel: usize) -> bool {
    let unnamed = spec.panels[panel].rows.values().filter(|row| row.name.trim().is_empty());
    let aligns: Vec<&str> = unnamed.filter_map(|row| row.align.as_deref()).collect();
    !aligns.is_empty()
        && spec.panels.iter().zip(panels).any(|(form, values)| {
            let label = form.first(ColumnKind::Label).and_then(|label| values[label].as_ref());
            let rows = form.rows.values().filter(|row| {
                label.is_some_and(|label| !row.name.is_empty() && same(&row.name, &label.text))
            });
            rows.filter_map(|row| row.align.as_deref()).any(|align| aligns.contains(&align))
        })
}

/// Whether what one cell says for several rows is said of each: words are; an amount would be added
/// several times, unless it is none that adds up.
fn goes_down(column: &crate::profile::ColumnSpec) -> bool {
    !column.kind.is_figure() || !column.summed
}

/// Keeps the cells that cover those below them.
fn remember(open: &mut TableSoFar, row: Row) {
    open.above.resize(row.cells.len(), None);
    for (kept, cell) in open.above.iter_mut().zip(row.cells) {
        if !cell.is_covered {
            *kept = (cell.span.0 > 1 && !is_blank(cell)).then(|| cell.clone());
        }
    }
}

/// Words that stand where the codes of other rows do name their row. A total may have its name there.
fn name_by_code(panel: &PanelSpec, values: &mut [Option<Value>]) {
    let (Some(code), Some(label)) = (panel.first(ColumnKind::Code), panel.first(ColumnKind::Label))
    else {
        return;
    };
    let is_name = |value: &Value| {
        let is_code = value.text.bytes().any(|byte| byte.is_ascii_digit());
        !is_code && !panel.calls(&value.text) && value.text.chars().all(super::words::is_han)
    };
    if values[label].is_none() && values[code].as_ref().is_some_and(is_name) {
        let value = values[code]
            .take()
            .map(|value| Value { text: super::words::without_layout(&value.text), ..value });
        values[label] = value;
    }
}

/// Adds the rest of a row that a page break cut to the row before the break; whether it did.
fn rejoin(spec: &TableSpec, table: &mut PlacedTable, panels: &[Vec<Option<Value>>]) -> bool {
    let is_word = |(panel, column): (usize, usize)| {
        let kind = spec.panels[panel].columns[column].kind;
        matches!(kind, ColumnKind::Label | ColumnKind::Text | ColumnKind::Target)
    };
    let filled: Vec<(usize, usize)> = panels
        .iter()
        .enumerate()
        .flat_map(|(panel, values)| {
            let columns = values.iter().enumerate().filter(|(_, value)| value.is_some());
            columns.map(move |(column, _)| (panel, column))
        })
        .collect();
    let has_row = |panel: usize| table.panels[panel].last().is_some();
    if !filled.iter().all(|at| is_word(*at) && has_row(at.0)) {
        return false;
    }
    for (panel, column) in filled {
        let rest = panels[panel][column].clone().expect("it is filled");
        let row = table.panels[panel].last_mut().expect("it has a row");
        match &mut row[column] {
            Some(value) => join(value, rest),
            cell @ None => {
                *cell = Some(Value { doubt: rest.doubt.clone().or(Some(Reason::Tail)), ..rest });
            }
        }
    }
    true
}

/// Puts the rest of a cell behind its beginning.
pub(super) fn join(value: &mut Value, rest: Value) {
    value.text = cell::joined_lines(&format!("{}\n{}", value.text, rest.text));
    value.doubt = value.doubt.take().or(rest.doubt);
    value.from.extend(rest.from);
}

/// Doubts the first row below headings that came again, where it stands in the table already: the total, a
/// code or a row of the form that stands there once.
fn doubt_again(spec: &TableSpec, table: &PlacedTable, panels: &mut [Vec<Option<Value>>]) {
    for ((form, values), rows) in spec.panels.iter().zip(panels).zip(&table.panels) {
        let (label, code) = (form.first(ColumnKind::Label), form.first(ColumnKind::Code));
        let text = |values: &[Option<Value>], column: Option<usize>| {
            let value = column.and_then(|column| values[column].as_ref());
            value.map(|value| key(&value.text)).unwrap_or_default()
        };
        let own = (text(values, code), text(values, label));
        let is_total = form.total_row.as_ref().is_some_and(|total| key(total) == own.1);
        let is_coded = form.classification.is_some() && !own.0.is_empty();
        let is_printed = || form.rows.values().any(|row| key(&row.name) == own.1);
        let is_once = is_total || is_coded || (!own.1.is_empty() && is_printed());
        let is_there = || rows.iter().any(|row| (text(row, code), text(row, label)) == own);
        if is_once
            && is_there()
            && let Some(first) = values.iter_mut().flatten().next()
        {
            first.doubt.get_or_insert(Reason::Again);
        }
    }
}

/// Amounts of a table that prints another unit than the form are written in the unit of the form,
/// which moves the point and loses nothing. A heading says more of its column than a line above the table.
fn convert(
    profile: &Profile,
    spec: &TableSpec,
    (table, units): (&PlacedTable, &Units),
    panels: &mut [Vec<Option<Value>>],
) {
    let above = table.unit.as_deref().or(table.unknown_unit.as_deref());
    for (panel, (form, values)) in spec.panels.iter().zip(panels).enumerate() {
        for (index, (column, value)) in form.columns.iter().zip(values).enumerate() {
            let (Some(unit), Some(value)) = (spec.unit_of(column), value.as_mut()) else {
                continue;
            };
            if value.doubt == Some(Reason::NoFigure) {
                without_unit(value, unit);
                continue;
            }
            let heading = units.get(&(panel, index)).map(String::as_str);
            let Some(printed) = heading.or(above.filter(|_| column.unit.is_none())) else {
                continue;
            };
            if same(unit, printed) || amount::parse(&value.text).is_err() {
                continue;
            }
            let known = heading.or(table.unit.as_deref());
            match known.and_then(|known| in_unit(profile, &value.text, known, unit)) {
                Some(text) => {
                    value.text = text;
                    value.taken = Taken::Converted;
                }
                None => {
                    value.doubt.get_or_insert_with(|| Reason::Unit(printed.to_owned()));
                }
            }
        }
    }
}

/// A figure behind which its unit is printed, where that is the unit of the form.
fn without_unit(value: &mut Value, unit: &str) {
    let figure = value.text.trim().strip_suffix(unit).map(str::trim_end);
    if let Some(figure) = figure.filter(|figure| amount::parse(figure).is_ok()) {
        let text = figure.to_owned();
        *value =
            Value { text, doubt: None, taken: Taken::Part, from: std::mem::take(&mut value.from) };
    }
}

/// A figure of one unit in another, where it is exact.
pub(super) fn in_unit(profile: &Profile, text: &str, from: &str, to: &str) -> Option<String> {
    let figure = amount::parse(text).ok()?;
    let (from, to) = (profile.factor(Some(from)), profile.factor(Some(to)));
    let step = |larger: Decimal, smaller: Decimal| {
        let mut power = 0;
        let mut reached = smaller;
        while reached < larger && power < 16 {
            reached = reached * Decimal::new(10, 0);
            power += 1;
        }
        (reached == larger).then_some(power)
    };
    let digits = figure.value.to_string();
    let text =
        if from < to { moved(&digits, -step(to, from)?) } else { moved(&digits, step(from, to)?) };
    // Noughts that the moved point left behind say nothing more than the print did.
    let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    text.map(|text| without_noughts(&text, places))
}

/// A figure without the noughts at its end, but for so many decimals.
fn without_noughts(text: &str, places: usize) -> String {
    let Some((whole, fraction)) = text.split_once('.') else { return text.to_owned() };
    let kept = fraction.trim_end_matches('0').len().max(places.min(fraction.len()));
    if kept == 0 { whole.to_owned() } else { format!("{whole}.{}", &fraction[..kept]) }
}

/// A figure with its point moved to the right, or to the left.
fn moved(digits: &str, by: i32) -> Option<String> {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()? + by;
    let (all, point) = if point < 1 {
        (format!("{}{all}", "0".repeat(usize::try_from(1 - point).ok()?)), 1)
    } else {
        (all, usize::try_from(point).ok()?)
    };
    let all =
        if all.len() < point { format!("{all}{}", "0".repeat(point - all.len())) } else { all };
    let whole = all[..point].trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = &all[point..];
    let text = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    amount::parse(&text).is_ok().then(|| format!("{sign}{text}"))
}

/// Whether a row can be no row of a table: one text over several columns, or under no name. The first
/// is a line of its own.
pub(super) fn is_across(open: &TableSoFar, row: Row) -> Option<Across> {
    let mut filled = row.filled();
    let (column, cell) = filled.next()?;
    let is_alone = filled.next().is_none();
    let is_name = match open.slots.get(column) {
        Some(Slot::Column(panel, index)) => {
            matches!(
                open.spec.panels[*panel].columns[*index].kind,
                ColumnKind::Label | ColumnKind::Code
            )
        }
        _ => false,
    };
    let is_called = open.spec.panels.iter().any(|panel| panel.calls(cell.text.trim()));
    let is_wide = cell.span.1 > 1 && cell.span.1 * 2 > open.slots.len() && !is_called;
    match (is_alone, is_wide, is_name) {
        (true, true, _) => Some(Across::Line),
        (true, false, false)
            if !cell.text.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') =>
        {
            Some(Across::Cell)
        }
        _ => None,
    }
}

/// How a text stands in a row that is none of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Across {
    /// In a cell over most columns.
    Line,
    /// In a cell that holds no names of rows.
    Cell,
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn a_moved_point_loses_no_digit() {
        assert_eq!(moved("14545399", -4).as_deref(), Some("1454.5399"));
        assert_eq!(moved("-3.10", 4).as_deref(), Some("-31000"));
        assert_eq!(moved("5", -4).as_deref(), Some("0.0005"));
        assert_eq!(moved("0.05", 1).as_deref(), Some("0.5"));
    }
}
