//! A table of two disclosures laid side by side: column by column, line by line,
//! what changed by how much, and what cannot be compared and why.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;

use super::years::{Link, Pair, matched_table};
use super::{Cell, Disclosure, Panel, Row, Table};
use crate::amount::Decimal;
use crate::profile::{ColumnSpec, PanelSpec, Role};

/// A table of two disclosures.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The later disclosure.
    pub disclosure: &'a Disclosure,
    /// The earlier one.
    pub earlier: &'a Disclosure,
    /// The index of the table in either.
    pub table: [usize; 2],
    /// The columns that both forms have, with a figure in either.
    pub columns: Vec<ComparedColumn<'a>>,
    /// Headings of columns with figures that only the later form has.
    pub only_now: Vec<&'a str>,
    /// Those that only the earlier one has.
    pub only_before: Vec<&'a str>,
}

/// One column of it.
#[derive(Clone, Debug)]
pub struct ComparedColumn<'a> {
    /// The index of the panel in either form.
    pub panel: [usize; 2],
    /// The index of the column in either form.
    pub column: [usize; 2],
    /// Whether the two are sums of different columns.
    pub is_recomposed: bool,
    /// The lines that hold something in either year: totals first, then in the order of the
    /// later form, those that ended where they stood.
    pub lines: Vec<ComparedLine<'a>>,
}

/// One line of it.
#[derive(Clone, Copy, Debug)]
pub struct ComparedLine<'a> {
    /// The index of the row in the later table.
    pub now: Option<usize>,
    /// The index of the row in the earlier one.
    pub before: Option<usize>,
    /// How the two were found to be one.
    pub link: Link<'a>,
    /// Whether the two are sums of different rows.
    pub is_recomposed: bool,
    /// What can be said of its figures.
    pub change: Change,
}

/// What can be said of a figure in two years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// This year's figure and the earlier one; a blank is nought.
    By(Decimal, Decimal),
    /// One of them is withheld.
    Withheld,
    /// One of them does not apply.
    NotApplicable,
    /// They stand in different units.
    Units,
    /// The other year's form has no such row.
    NoRow,
}

impl Change {
    /// How much more; nothing where it cannot be said.
    pub fn difference(self) -> Option<Decimal> {
        match self {
            Change::By(now, before) => now.checked_sub(before),
            _ => None,
        }
    }

    /// How much more in per cent of the earlier figure, to one place, halves away from
    /// nought; nothing where that figure is nought or less.
    pub fn percent(self) -> Option<Decimal> {
        let Change::By(_, before) = self else { return None };
        if before <= Decimal::ZERO {
            return None;
        }
        let hundredfold = self.difference()?.checked_mul(Decimal::ONE_HUNDRED)?;
        let half_up = crate::amount::Rounding::MidpointAwayFromZero;
        let mut percent = hundredfold.checked_div(before)?.round_dp_with_strategy(1, half_up);
        percent.rescale(1);
        Some(percent)
    }
}

/// Lays a table beside the same of an earlier disclosure; nothing where either has none, or
/// they have no figures to compare.
pub fn compared<'a>(
    disclosure: &'a Disclosure,
    earlier: &'a Disclosure,
    id: &str,
) -> Option<Comparison<'a>> {
    let matched = matched_table(disclosure, earlier, id)?;
    let (now, before) = (&disclosure.tables[id], &earlier.tables[id]);
    let mut comparison = Comparison {
        disclosure,
        earlier,
        table: [matched.now?, matched.before?],
        columns: Vec::new(),
        only_now: Vec::new(),
        only_before: Vec::new(),
    };
    for (panel, form, rows) in now.panels() {
        let other = before.spec.panel(&form.id);
        let lines = in_order(&matched.lines, panel, now, before);
        for (index, column) in figures(form) {
            let found = other.and_then(|panel| {
                let index = before.spec.panels[panel].column(&column.id)?;
                before.spec.panels[panel].columns[index].kind.is_figure().then_some((panel, index))
            });
            let Some((panel_before, index_before)) = found else {
                if has_figure(rows, index) {
                    comparison.only_now.push(&column.title);
                }
                continue;
            };
            let sides = [(now, panel, index), (before, panel_before, index_before)];
            let lines: Vec<ComparedLine> =
                lines.iter().filter_map(|pair| line(pair, sides)).collect();
            let has_figures =
                has_figure(rows, index) || has_figure(&before.panels[panel_before], index_before);
            if has_figures {
                comparison.columns.push(ComparedColumn {
                    panel: [panel, panel_before],
                    column: [index, index_before],
                    is_recomposed: parts(form, index)
                        != parts(&before.spec.panels[panel_before], index_before),
                    lines,
                });
            }
        }
    }
    for (_, form, rows) in before.panels() {
        let other = now.spec.panel(&form.id).map(|panel| &now.spec.panels[panel]);
        let gone = figures(form).filter(|(index, column)| {
            other.is_none_or(|other| other.column(&column.id).is_none()) && has_figure(rows, *index)
        });
        comparison.only_before.extend(gone.map(|(_, column)| column.title.as_str()));
    }
    (!comparison.columns.is_empty()).then_some(comparison)
}

fn figures(form: &PanelSpec) -> impl Iterator<Item = (usize, &ColumnSpec)> {
    form.columns.iter().enumerate().filter(|(_, column)| column.kind.is_figure())
}

fn has_figure(panel: &Panel, column: usize) -> bool {
    panel.rows.iter().any(|row| matches!(row.cells[column], Cell::Figure(..) | Cell::Withheld(_)))
}

/// The columns a column is the sum of, by id.
fn parts(form: &PanelSpec, column: usize) -> Vec<&str> {
    form.columns[column].sum_of.iter().map(|part| form.columns[*part].id.as_str()).collect()
}

/// The lines of a panel: what ended stands after what it stood after, and totals come first.
fn in_order<'a>(
    pairs: &[Pair<'a, (usize, usize)>],
    panel: usize,
    now: &Table,
    before: &Table,
) -> Vec<Pair<'a, usize>> {
    let of = |at: Option<(usize, usize)>, table: &Table| {
        at.filter(|(other, _)| table.spec.panels[*other].id == now.spec.panels[panel].id)
            .map(|(_, row)| row)
    };
    let here = pairs.iter().filter_map(|pair| {
        let (now, before) = (of(pair.now, now), of(pair.before, before));
        (now.is_some() || before.is_some()).then_some(Pair { now, before, link: pair.link })
    });
    let (lines, ended): (Vec<_>, Vec<_>) = here.partition(|pair| pair.now.is_some());
    let code = |pair: &Pair<usize>| {
        let row = pair.now.map(|row| &now.panels[panel].rows[row]).or_else(|| {
            let other = before.spec.panel(&now.spec.panels[panel].id)?;
            Some(&before.panels[other].rows[pair.before?])
        });
        row.and_then(|row| row.code.as_deref())
    };
    // A chain from line to line, from the one before the first on: what ended is hung in.
    let mut next: Vec<Option<usize>> = (0..lines.len()).map(Some).chain([None]).collect();
    let mut all = lines;
    let earlier = all.iter().enumerate();
    let earlier = earlier.filter_map(|(index, line)| Some((line.before?, index.saturating_add(1))));
    let mut by_before: BTreeMap<usize, usize> = earlier.collect();
    for line in ended {
        let Some(place) = line.before else { continue };
        let mut above = by_before.range(..place).next_back().map_or(0, |(_, link)| *link);
        // Among new lines its code says where it would have stood.
        while let Some(new) = next[above].filter(|new| {
            let new = &all[*new];
            new.before.is_none() && code(new).is_some() && code(new) < code(&line)
        }) {
            above = new.saturating_add(1);
        }
        next.push(next[above]);
        next[above] = Some(all.len());
        all.push(line);
        by_before.insert(place, all.len());
    }
    let chain = std::iter::successors(next[0], |line| next[line.saturating_add(1)]);
    let lines: Vec<Pair<usize>> = chain.map(|line| all[line]).collect();
    let is_total = |pair: &Pair<usize>| role(pair, panel, now, before) == Role::Total;
    let (mut totals, rest): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_total);
    totals.sort_by_key(|pair| pair.now.is_none() || pair.before.is_none());
    totals.extend(rest);
    totals
}

fn role(pair: &Pair<usize>, panel: usize, now: &Table, before: &Table) -> Role {
    let other = before.spec.panel(&now.spec.panels[panel].id);
    let now = pair.now.map(|row| now.panels[panel].rows[row].role);
    let before = || Some(before.panels[other?].rows[pair.before?].role);
    now.or_else(before).unwrap_or_default()
}

/// A table with the index of a panel and of a column.
type ComparedSide<'a> = (&'a Table, usize, usize);

/// One line of a column; nothing where it holds nothing in either year.
fn line<'a>(pair: &Pair<'a, usize>, sides: [ComparedSide; 2]) -> Option<ComparedLine<'a>> {
    let rows = [pair.now, pair.before];
    let content = |side: usize| {
        let (table, panel, _) = sides[side];
        rows[side].map(|row| &table.panels[panel].rows[row])
    };
    let cell = |side: usize| content(side).map_or(&Cell::Blank, |row| &row.cells[sides[side].2]);
    if cell(0).is_blank() && cell(1).is_blank() {
        return None;
    }
    Some(ComparedLine {
        now: pair.now,
        before: pair.before,
        link: pair.link,
        is_recomposed: is_recomposed([0, 1].map(|side| sums(content(side), sides[side]))),
        change: change([0, 1].map(cell), [0, 1].map(|side| (content(side), sides[side]))),
    })
}

/// The rows a row of the form is the sum of.
fn sums<'a>(row: Option<&Row>, (table, panel, _): ComparedSide<'a>) -> &'a [crate::address::Rows] {
    let spec = row.and_then(|row| row.spec);
    spec.map(|spec| table.spec.panels[panel].rows[spec].sum_of.as_slice()).unwrap_or_default()
}

fn is_recomposed([now, before]: [&[crate::address::Rows]; 2]) -> bool {
    !now.is_empty() && !before.is_empty() && now != before
}

fn change(cells: [&Cell; 2], sides: [(Option<&Row>, ComparedSide); 2]) -> Change {
    // A row the form prints is missing in the other year because that form has none.
    let lacks = |one: usize, other: usize| {
        sides[one].0.is_none() && sides[other].0.is_some_and(|row| row.spec.is_some())
    };
    let [now, before] = sides.map(|(_, (table, panel, column))| {
        table.spec.unit_of(&table.spec.panels[panel].columns[column])
    });
    if lacks(0, 1) || lacks(1, 0) {
        return Change::NoRow;
    }
    if cells.iter().any(|cell| matches!(cell, Cell::Withheld(_))) {
        return Change::Withheld;
    }
    if cells.iter().any(|cell| matches!(cell, Cell::NotApplicable(_) | Cell::Text(_))) {
        return Change::NotApplicable;
    }
    if now != before {
        return Change::Units;
    }
    let value = |cell: &Cell| cell.figure().unwrap_or_default();
    Change::By(value(cells[0]), value(cells[1]))
}

impl<'a> Comparison<'a> {
    /// This year's table and the earlier one.
    pub fn tables(&self) -> [&'a Table; 2] {
        [&self.disclosure.tables[self.table[0]], &self.earlier.tables[self.table[1]]]
    }

    /// The row of a line in either table.
    pub fn rows(&self, column: &ComparedColumn, line: &ComparedLine) -> [Option<&'a Row>; 2] {
        let [now, before] = self.tables();
        [
            line.now.map(|row| &now.panels[column.panel[0]].rows[row]),
            line.before.map(|row| &before.panels[column.panel[1]].rows[row]),
        ]
    }

    /// The column that says most: the first amounts that totals add up.
    pub fn main(&self) -> Option<&ComparedColumn<'a>> {
        let [now, _] = self.tables();
        self.columns.iter().find(|column| {
            let spec = &now.spec.panels[column.panel[0]].columns[column.column[0]];
            spec.is_summed_amount()
        })
    }

    /// The grandest total of a column that both years have.
    pub fn total(&self, column: &ComparedColumn<'a>) -> Option<ComparedLine<'a>> {
        let is_total = |line: &&ComparedLine| {
            let [now, before] = self.rows(column, line);
            now.is_some_and(|row| row.role == Role::Total) && before.is_some()
        };
        column.lines.iter().rfind(is_total).copied()
    }

    /// The largest changes of lines that are no sum of others, so many at most.
    pub fn largest(&self, column: &ComparedColumn<'a>, most: usize) -> Vec<ComparedLine<'a>> {
        let [now, before] = self.tables();
        let parents_now = now.panels[column.panel[0]].parents();
        let parents_before = before.panels[column.panel[1]].parents();
        let is_alone = |line: &ComparedLine| {
            let rows = self.rows(column, line);
            rows.into_iter().flatten().all(|row| row.role == Role::Detail)
                && !line.now.is_some_and(|row| parents_now.contains(&row))
                && !line.before.is_some_and(|row| parents_before.contains(&row))
        };
        let size = |line: &ComparedLine| line.change.difference().unwrap_or_default().abs();
        let mut lines: Vec<ComparedLine> = column
            .lines
            .iter()
            .filter(|line| size(line) > Decimal::ZERO && is_alone(line))
            .copied()
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(size(line)));
        lines.truncate(most);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_is_exact_to_one_place_and_halves_go_away_from_nought() {
        let percent = |now: &str, before: &str| {
            let read = |text: &str| crate::amount::parse(text).expect("a figure").value;
            Change::By(read(now), read(before)).percent().map(|percent| percent.to_string())
        };
        assert_eq!(percent("1454.54", "1135.10").as_deref(), Some("28.1"));
        assert_eq!(percent("100.05", "100").as_deref(), Some("0.1"));
        assert_eq!(percent("99.95", "100").as_deref(), Some("-0.1"));
        assert_eq!(percent("0", "3").as_deref(), Some("-100.0"));
        assert_eq!(percent("3", "0"), None);
        assert_eq!(percent("3", "-1"), None);
    }
}
