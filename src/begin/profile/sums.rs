//! The sums that hold in the figures of a panel: columns that are the sum of those behind them, rows that
//! are the sum of those below or above.

use super::{DrawnColumn, DrawnPanel};
use crate::amount::{self, Decimal};
use crate::profile::ColumnKind;

/// A sum that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProposedSum {
    /// The number of the column or row that is the sum.
    pub(super) whole: usize,
    /// The numbers of those it adds up.
    pub(super) parts: Vec<usize>,
    /// In how many rows or columns it holds.
    pub(super) times: usize,
}

/// The figures of a panel, row by row.
fn figures(panel: &DrawnPanel) -> Vec<Vec<Option<Decimal>>> {
    let figure = |(text, column): (&String, &DrawnColumn)| {
        let is_figure = matches!(column.kind, ColumnKind::Amount | ColumnKind::Quantity);
        is_figure.then(|| amount::parse(text).ok().map(|figure| figure.value)).flatten()
    };
    let row = |row: &Vec<String>| row.iter().zip(&panel.columns).map(figure).collect();
    panel.rows.iter().map(row).collect()
}

/// How often one of several figures is the sum of others, but for rounding; nothing where it is once not, or where no sum has
/// two parts.
fn holds<'a>(
    lines: impl Iterator<Item = (Option<Decimal>, Vec<&'a Option<Decimal>>)>,
) -> Option<usize> {
    let (mut times, mut is_proper) = (0, false);
    for (whole, parts) in lines {
        let given: Vec<Decimal> = parts.into_iter().flatten().copied().collect();
        if whole.is_none() && given.is_empty() {
            continue;
        }
        // Each printed figure may stand for one half a unit of its last place away (docs/rounding.md).
        let (mut sum, mut slack) = (Decimal::ZERO, Decimal::ZERO);
        for part in &given {
            sum = sum.checked_add(*part)?;
            slack = slack.checked_add(amount::half_unit(part.scale()))?;
        }
        let whole = whole.unwrap_or(Decimal::ZERO);
        slack = slack.checked_add(amount::half_unit(whole.scale()))?;
        if sum.checked_sub(whole)?.abs() > slack {
            return None;
        }
        times += 1;
        is_proper |= given.iter().filter(|part| !part.is_zero()).count() >= 2;
    }
    is_proper.then_some(times)
}

/// Columns that are the sum of the longest run of columns right behind them.
pub(super) fn of_columns(panel: &DrawnPanel) -> Vec<ProposedSum> {
    let figures = figures(panel);
    let is_amount = |index: usize| panel.columns[index].kind == ColumnKind::Amount;
    let count = panel.columns.len();
    let mut found = Vec::new();
    for whole in (0..count).filter(|index| is_amount(*index)) {
        let last = (whole + 1..count).take_while(|index| is_amount(*index)).last().unwrap_or(whole);
        let run = (whole + 2..=last).rev().find_map(|last| {
            let lines = figures
                .iter()
                .map(|row| (row[whole], row[whole + 1..=last].iter().collect::<Vec<_>>()));
            holds(lines).filter(|times| *times > 1).map(|times| (last, times))
        });
        if let Some((last, times)) = run {
            found.push(ProposedSum { whole, parts: (whole + 1..=last).collect(), times });
        }
    }
    found
}

/// So many rows are looked at for the parts of a sum.
const FAR: usize = 60;

/// Printed rows that are the sum of a run of printed rows right below them, or right above: of the shortest
/// that will do, and of the blank rows beyond it.
pub(super) fn of_rows(panel: &DrawnPanel) -> Vec<ProposedSum> {
    let figures = figures(panel);
    let rows = &panel.printed;
    let columns = panel.columns.len();
    let times = |whole: usize, parts: &[usize]| {
        holds((0..columns).map(|column| {
            let parts = parts.iter().map(|row| &figures[*row][column]).collect::<Vec<_>>();
            (figures[whole][column], parts)
        }))
    };
    let is_blank = |at: usize| figures[rows[at]].iter().flatten().all(Decimal::is_zero);
    let mut found: Vec<ProposedSum> = Vec::new();
    for (at, whole) in rows.iter().enumerate() {
        let below = (2..=(rows.len() - at - 1).min(FAR)).find_map(|count| {
            let times = times(*whole, &rows[at + 1..=at + count])?;
            let end = (at + count + 1..rows.len()).find(|next| !is_blank(*next));
            Some((at + 1..end.unwrap_or(rows.len()), times))
        });
        let above = || {
            (2..=at.min(FAR)).find_map(|count| {
                let times = times(*whole, &rows[at - count..at])?;
                // A row that adds up those above it begins the run.
                let mut start = at - count;
                while start > 0 && is_blank(start - 1) && !repeats(&figures, rows, start) {
                    start -= 1;
                }
                Some((start..at, times))
            })
        };
        if let Some((range, times)) = below.or_else(above) {
            found.push(ProposedSum { whole: *whole, parts: rows[range].to_vec(), times });
        }
    }
    found
}

/// Whether a row is the sum of all rows above it, be it of a single one.
fn repeats(figures: &[Vec<Option<Decimal>>], rows: &[usize], at: usize) -> bool {
    let above = rows[..at].iter().map(|row| &figures[*row]);
    let mut sums = vec![Decimal::ZERO; figures[rows[at]].len()];
    for row in above {
        for (sum, figure) in sums.iter_mut().zip(row) {
            let Some(more) = sum.checked_add(figure.unwrap_or(Decimal::ZERO)) else { return false };
            *sum = more;
        }
    }
    let own = figures[rows[at]].iter().map(|figure| figure.unwrap_or(Decimal::ZERO));
    own.zip(&sums).all(|(own, sum)| own.normalize() == sum.normalize())
        && sums.iter().any(|sum| !sum.is_zero())
}
