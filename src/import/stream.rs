//! Documents → one stream of lines and rows, each with its place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::{Block, Cell, Document, Line};
use super::placed::{At, Fate, Left, Placed};

/// A line, or a row of a grid.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece<'a> {
    /// A line of text.
    Line {
        /// The number of its document.
        document: usize,
        /// The line.
        line: &'a Line,
    },
    /// A row of a grid.
    Row(Row<'a>),
}

/// A row of a grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    /// The number of its document.
    pub(super) document: usize,
    /// The number of its grid among all.
    pub(super) grid: usize,
    /// The name of its sheet.
    pub(super) sheet: &'a str,
    /// Its cells.
    pub(super) cells: &'a [Cell],
}

impl<'a> Row<'a> {
    /// Its cells that say something, with their columns.
    pub(super) fn filled(self) -> impl Iterator<Item = (usize, &'a Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| !is_blank(cell))
    }

    /// How many of its cells say something.
    pub(super) fn count(self) -> usize {
        self.filled().count()
    }

    /// Where one of its cells stands.
    pub(super) fn at(self, cell: &Cell) -> At {
        At { document: self.document, origin: cell.origin.clone() }
    }
}

impl<'a> Piece<'a> {
    /// Its words and where they stand: one of a line, one a filled cell.
    pub(super) fn texts(self) -> Vec<(At, &'a str)> {
        match self {
            Piece::Line { document, line } => {
                let text = line.text.trim();
                let at = At { document, origin: line.origin.clone() };
                if text.is_empty() { Vec::new() } else { vec![(at, text)] }
            }
            Piece::Row(row) => {
                row.filled().map(|(_, cell)| (row.at(cell), cell.text.trim())).collect()
            }
        }
    }

    /// The row, where it is one.
    pub(super) fn row(self) -> Option<Row<'a>> {
        match self {
            Piece::Row(row) => Some(row),
            Piece::Line { .. } => None,
        }
    }
}

/// Whether a cell says nothing; one whose value is doubtful says something.
pub(super) fn is_blank(cell: &Cell) -> bool {
    cell.text.trim().is_empty() && cell.doubt.is_none()
}

/// The pieces of all documents, blank ones left out. `parts` tells the columns of each table in a grid,
/// which is a grid of its own.
pub(super) fn pieces(
    documents: &[Document],
    parts: impl Fn(&[Vec<Cell>]) -> Vec<Range<usize>>,
) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut grid = 0;
    for (document, content) in documents.iter().enumerate() {
        for block in &content.blocks {
            match block {
                Block::Line(line) if line.text.trim().is_empty() => {}
                Block::Line(line) => pieces.push(Piece::Line { document, line }),
                Block::Grid(content) => {
                    let sheet = content.name.as_str();
                    for part in parts(&content.rows) {
                        let rows = content.rows.iter().map(|row| &row[part.clone()]);
                        let rows = rows.map(|cells| Row { document, grid, sheet, cells });
                        pieces.extend(rows.filter(|row| row.count() > 0).map(Piece::Row));
                        grid += 1;
                    }
                }
            }
        }
    }
    pieces
}

/// Whatever has no fate yet was left out.
pub(super) fn account(
    placed: &mut Placed,
    pieces: &[Piece],
    unread: &BTreeMap<usize, Option<String>>,
) {
    for piece in pieces {
        let table = piece.row().and_then(|row| unread.get(&row.grid)?.as_ref());
        let why = table.map_or(Left::NoPlace, |id| Left::NoHeadings(id.clone()));
        for (at, _) in piece.texts() {
            placed.fates.entry(at).or_insert_with(|| Fate::Left(why.clone()));
        }
    }
}

/// Marks every cell of a row as one of the form.
pub(super) fn take_form(placed: &mut Placed, row: Row) {
    for (_, cell) in row.filled() {
        placed.fates.insert(row.at(cell), Fate::Form);
    }
}

/// What stands between tables and projects, and where those stand among it.
#[derive(Clone, Debug)]
pub(super) enum Flow {
    /// The text of a line or a cell.
    Text(usize, At),
    /// A table, by id.
    Table(String),
    /// A project.
    Project,
}
