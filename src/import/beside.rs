//! Tables that stand side by side in one grid → the columns that each of them takes.

use std::ops::Range;

use super::document::Cell;
use super::stream::is_blank;
use super::vocabulary::{LIKELY, Vocabulary};

/// In so many of the first lines of a table its title is looked for; one that holds more cells than
/// these is a row of headings.
const LINES: usize = 4;
const CELLS: usize = 2;

/// The columns of each table of a grid: parted by columns in which nothing stands, where two parts
/// have titles of different tables. All columns where there is one table.
pub(super) fn tables(rows: &[Vec<Cell>], vocabulary: &Vocabulary) -> Vec<Range<usize>> {
    let width = rows.first().map_or(0, Vec::len);
    let bands = bands(rows, width);
    let mut starts: Vec<(usize, &str)> = Vec::new();
    if bands.len() > 1 {
        for band in bands {
            let found = titled(rows, &band, vocabulary);
            // What has no title of its own, or the same once more, belongs to the table before it.
            let is_new = |id: &&str| starts.iter().all(|(_, other)| other != id);
            starts.extend(found.filter(is_new).map(|id| (band.start, id)));
        }
    }
    if starts.len() < 2 {
        return std::iter::once(0..width).collect();
    }
    let ends = starts[1..].iter().map(|(start, _)| *start).chain([width]);
    let firsts = std::iter::once(0).chain(starts[1..].iter().map(|(start, _)| *start));
    firsts.zip(ends).map(|(first, end)| first..end).collect()
}

/// The stretches of columns in which something stands.
fn bands(rows: &[Vec<Cell>], width: usize) -> Vec<Range<usize>> {
    let mut blank: Vec<usize> = (0..width).collect();
    for row in rows {
        if blank.is_empty() {
            break;
        }
        blank.retain(|column| is_blank(&row[*column]) && !row[*column].is_covered);
    }
    let mut bands = Vec::new();
    let mut start = 0;
    for column in blank.into_iter().chain([width]) {
        if start < column {
            bands.push(start..column);
        }
        start = column + 1;
    }
    bands
}

/// The table whose title stands above a stretch of columns.
fn titled<'t>(
    rows: &[Vec<Cell>],
    band: &Range<usize>,
    vocabulary: &Vocabulary<'t>,
) -> Option<&'t str> {
    let filled = |row: &'_ Vec<Cell>| -> Vec<usize> {
        band.clone().filter(|column| !is_blank(&row[*column])).collect()
    };
    let lines = rows.iter().map(|row| (row, filled(row))).filter(|(_, filled)| !filled.is_empty());
    let above = lines.take(LINES).take_while(|(_, filled)| filled.len() <= CELLS);
    let mut texts = above.flat_map(|(row, filled)| {
        filled.into_iter().map(|column| row[column].text.as_str()).collect::<Vec<_>>()
    });
    let title = |text: &str| vocabulary.titled(text).filter(|(_, likeness)| *likeness >= LIKELY);
    texts.find_map(title).map(|(id, _)| id)
}
