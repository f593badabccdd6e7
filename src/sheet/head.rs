//! The tree of headings of a form → rows of headings with their spans.

use crate::profile::{Header, PanelSpec, TableSpec};

/// A heading over one column or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading<'a> {
    /// The words.
    pub text: &'a str,
    /// The first column it stands over, from 0.
    pub column: usize,
    /// How many columns it covers.
    pub width: usize,
    /// How many rows of headings it covers.
    pub height: usize,
    /// Whether other headings stand under it.
    pub is_group: bool,
}

/// Every heading, from the top row down, each reaching down to those under it.
pub fn headings(spec: &TableSpec) -> Vec<Vec<Heading<'_>>> {
    let height = spec
        .panels
        .iter()
        .map(|panel| usize::from(panel.title.is_some()) + depth(&panel.header))
        .max()
        .unwrap_or(1);
    let mut head = Head { rows: vec![Vec::new(); height], column: 0 };
    if let Some(text) = &spec.line_numbers {
        head.over_column(0, text);
    }
    let mut above: Option<&str> = None;
    for panel in &spec.panels {
        let title = panel.title.as_deref();
        // Panels side by side under one title share it.
        let shared = head.rows[0].last_mut().filter(|_| title.is_some() && title == above);
        if let Some(heading) = shared {
            heading.width += panel.columns.len();
        } else if let Some(text) = title {
            head.over_group(0, text, panel.columns.len(), 1);
        }
        head.place(panel, &panel.header, usize::from(title.is_some()));
        above = title;
    }
    head.rows
}

/// The headings over a column of a panel, from the top down, its own the last.
pub fn path(form: &PanelSpec, column: usize) -> Vec<&str> {
    let mut words: Vec<&str> = form.title.as_deref().into_iter().collect();
    above(&form.header, column, &mut words);
    words.push(&form.columns[column].title);
    words
}

fn above<'a>(headers: &'a [Header], column: usize, words: &mut Vec<&'a str>) -> bool {
    headers.iter().any(|header| match header {
        Header::Column(index) => *index == column,
        Header::Group(title, inner) => {
            words.push(title);
            let is_here = above(inner, column, words);
            if !is_here {
                words.pop();
            }
            is_here
        }
    })
}

/// Headings as they are placed, left to right.
struct Head<'a> {
    rows: Vec<Vec<Heading<'a>>>,
    /// The next column that has no heading of its own.
    column: usize,
}

impl<'a> Head<'a> {
    fn over_column(&mut self, row: usize, text: &'a str) {
        let (column, height) = (self.column, self.rows.len() - row);
        self.rows[row].push(Heading { text, column, width: 1, height, is_group: false });
        self.column += 1;
    }

    fn over_group(&mut self, row: usize, text: &'a str, width: usize, height: usize) {
        let column = self.column;
        self.rows[row].push(Heading { text, column, width, height, is_group: true });
    }

    fn place(&mut self, panel: &'a PanelSpec, headers: &'a [Header], row: usize) {
        for header in headers {
            match header {
                Header::Column(index) => self.over_column(row, &panel.columns[*index].title),
                Header::Group(title, inner) => {
                    // What is over reaches down to what is under it, so that the lowest
                    // headings of a group stand on one line with those of its neighbours.
                    let height = self.rows.len() - row - depth(inner);
                    self.over_group(row, title, width(inner), height);
                    self.place(panel, inner, row + height);
                }
            }
        }
    }
}

fn depth(headers: &[Header]) -> usize {
    headers
        .iter()
        .map(|header| match header {
            Header::Column(_) => 1,
            Header::Group(_, inner) => 1 + depth(inner),
        })
        .max()
        .unwrap_or(1)
}

fn width(headers: &[Header]) -> usize {
    headers
        .iter()
        .map(|header| match header {
            Header::Column(_) => 1,
            Header::Group(_, inner) => width(inner),
        })
        .sum()
}
