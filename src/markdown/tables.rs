//! Tables of a text: a heading over its column, figures to the right, words to the left, and what
//! the author said of either.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// A table under way.
struct OpenTable<'e> {
    /// What the author said of each column.
    columns: Vec<Alignment>,
    events: Vec<Event<'e>>,
    /// The words of the cells, row after row, headings left out.
    cells: Vec<Vec<String>>,
    in_head: bool,
}

/// Gives every cell its place: a class, and a scope where it is a heading.
pub(super) fn aligned(events: Vec<Event>) -> Vec<Event> {
    let mut out = Vec::with_capacity(events.len());
    let mut open: Option<OpenTable> = None;
    for event in events {
        let Some(table) = &mut open else {
            match event {
                Event::Start(Tag::Table(columns)) => {
                    let (events, cells) = (Vec::new(), Vec::new());
                    open = Some(OpenTable { columns, events, cells, in_head: false });
                }
                event => out.push(event),
            }
            continue;
        };
        match &event {
            Event::End(TagEnd::Table) => {
                out.extend(open.take().into_iter().flat_map(OpenTable::finished));
                continue;
            }
            Event::Start(Tag::TableHead) => table.in_head = true,
            Event::End(TagEnd::TableHead) => table.in_head = false,
            Event::Start(Tag::TableRow) => table.cells.push(Vec::new()),
            Event::Start(Tag::TableCell) if !table.in_head => {
                table.cells.last_mut().into_iter().for_each(|row| row.push(String::new()));
            }
            Event::Text(words) | Event::Code(words) if !table.in_head => {
                let cell = table.cells.last_mut().and_then(|row| row.last_mut());
                if let Some(cell) = cell {
                    cell.push_str(words);
                }
            }
            _ => {}
        }
        table.events.push(event);
    }
    out
}

impl<'e> OpenTable<'e> {
    fn finished(self) -> Vec<Event<'e>> {
        let classes: Vec<&str> = (0..self.columns.len()).map(|column| self.class(column)).collect();
        let mut out = vec![Event::Start(Tag::Table(vec![Alignment::None; self.columns.len()]))];
        let (mut column, mut in_head) = (0, false);
        for event in self.events {
            match event {
                Event::Start(Tag::TableHead) => (column, in_head) = (0, true),
                Event::End(TagEnd::TableHead) => in_head = false,
                Event::Start(Tag::TableRow) => column = 0,
                Event::Start(Tag::TableCell) => {
                    let class = classes.get(column).copied().unwrap_or_default();
                    let name = if in_head { "th scope=\"col\"" } else { "td" };
                    out.push(Event::InlineHtml(format!("<{name}{class}>").into()));
                    column += 1;
                    continue;
                }
                Event::End(TagEnd::TableCell) => {
                    out.push(Event::InlineHtml(if in_head { "</th>" } else { "</td>" }.into()));
                    continue;
                }
                _ => {}
            }
            out.push(event);
        }
        out.push(Event::End(TagEnd::Table));
        out
    }

    fn class(&self, column: usize) -> &'static str {
        match self.columns[column] {
            Alignment::Right => " class=\"end\"",
            Alignment::Center => " class=\"middle\"",
            Alignment::None if self.holds_figures(column) => " class=\"end\"",
            Alignment::Left | Alignment::None => "",
        }
    }

    fn holds_figures(&self, column: usize) -> bool {
        let cells = || self.cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.trim());
        let is_figure = |cell: &str| {
            cell.chars().all(|c| c.is_ascii_digit() || ".,，%％-−－–—+（）() ".contains(c))
        };
        cells().all(is_figure) && cells().any(|cell| cell.contains(|c: char| c.is_ascii_digit()))
    }
}
