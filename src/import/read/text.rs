//! Plain text → lines and grids. A grid is a run of lines with tabs, a row a line; or of lines that
//! begin with a tab and hold no other, a cell a line, where an empty line ends the row and two end the
//! grid; or a table of Markdown. Marks of Markdown and of word processors are taken off, lines of a
//! directory and page numbers left out.
//!
//! Rows that a page break splits stay in two: their second half stands behind a heading printed
//! again, which is known as one only beside the form.

use super::cells::{cell, is_directory_entry, is_page_number, left_out};
use super::stacked::{Merged, even};
use crate::import::document::{Block, Cell, Document, Doubt, Grid, Line, Origin, Refusal, Why};

/// No text of a disclosure is longer, in bytes, and none has more lines and cells.
const LONGEST: usize = 4 << 20;
const MOST_PIECES: usize = 80_000;

/// A paragraph of fewer characters fills no line of a page, so that a page break cannot split it.
const FULL_LINE: usize = 40;

/// Reads plain text.
pub(super) fn read(name: &str, text: &str) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    document.refusal = too_large(text);
    if document.refusal.is_some() {
        return document;
    }
    let text = text.replace('\u{c}', "");
    let lines: Vec<&str> = text.lines().collect();
    let is_markdown = lines.iter().any(|line| heading(line).is_some());
    let mut at = 0;
    while at < lines.len() {
        at = match grid(&lines, at) {
            Some((rows, merged, end)) => {
                let origin = Origin { row: at + 1, ..Origin::default() };
                let rows = even(rows, merged);
                document.blocks.push(Block::Grid(Grid { origin, rows, ..Grid::default() }));
                end
            }
            None => line(&mut document, &lines, at, is_markdown),
        };
    }
    document
}

/// Whether a text is longer than a disclosure can be, or its grids are wider.
fn too_large(text: &str) -> Option<Refusal> {
    if text.len() > LONGEST {
        return Some(Refusal::TooLarge(text.len() as u64, LONGEST as u64));
    }
    let (mut pieces, mut rows, mut width) = (0_usize, 0_usize, 0);
    for line in text.lines() {
        let cells = line.matches(['\t', '|']).count() + 1;
        // A grid has as many cells in every row as in the widest.
        (rows, width) =
            if cells == 1 && !line.is_empty() { (0, 1) } else { (rows + 1, cells.max(width)) };
        pieces += cells;
        let most = pieces.max(rows.saturating_mul(width));
        if most > MOST_PIECES {
            return Some(Refusal::TooMany(rows.max(1) as u64, width as u64));
        }
    }
    None
}

/// The grid that begins at a line, if one does, and the line behind it.
fn grid(lines: &[&str], at: usize) -> Option<(Vec<Vec<Cell>>, Merged, usize)> {
    if let Some(end) = markdown_end(lines, at) {
        let rows = (at..end).filter(|row| *row != at + 1);
        let rows = rows.map(|row| row_of(pipes(lines[row]).into_iter(), row)).collect();
        return Some((rows, Merged::Places, end));
    }
    let run = lines[at..].iter().take_while(|line| has_cells(line)).count();
    if run == 0 {
        return None;
    }
    if run > 1 && lines[at..at + run].iter().all(|line| is_single(line)) {
        let (rows, end) = cell_a_line(lines, at);
        return Some((rows, Merged::Collapsed, end));
    }
    let rows = (at..at + run).map(|row| row_of(lines[row].split('\t'), row));
    Some((rows.collect(), Merged::Places, at + run))
}

fn has_cells(line: &str) -> bool {
    line.contains('\t') && !is_directory_entry(line)
}

/// Whether a line is one cell behind a tab.
fn is_single(line: &str) -> bool {
    line.strip_prefix('\t').is_some_and(|rest| !rest.contains('\t'))
}

fn row_of<'a>(texts: impl Iterator<Item = &'a str>, line: usize) -> Vec<Cell> {
    texts.zip(1..).map(|(text, column)| cell(text, place(line, column))).collect()
}

/// Where something stands, by the index of its line.
fn place(line: usize, column: usize) -> Origin {
    Origin { row: line + 1, column, ..Origin::default() }
}

/// Rows of one cell a line, and the line behind the last.
fn cell_a_line(lines: &[&str], at: usize) -> (Vec<Vec<Cell>>, usize) {
    let mut rows = Vec::new();
    let mut from = at;
    loop {
        let count = lines[from..].iter().take_while(|line| is_single(line)).count();
        if count == 0 {
            break;
        }
        let cells = (from..from + count).zip(1..);
        rows.push(
            cells.map(|(line, column)| cell(&lines[line][1..], place(line, column))).collect(),
        );
        from += count;
        let is_followed = lines.get(from).is_some_and(|line| line.is_empty())
            && lines.get(from + 1).is_some_and(|line| is_single(line));
        if !is_followed {
            break;
        }
        from += 1;
    }
    (rows, from)
}

/// The line behind a table of Markdown that begins at a line, if one does: a row of dashes follows.
fn markdown_end(lines: &[&str], at: usize) -> Option<usize> {
    let is_row = |line: &&str| line.trim_start().starts_with('|');
    let rule = lines.get(at + 1).filter(|line| is_row(line) && line.contains("--"))?;
    let is_rule = rule.chars().all(|sign| matches!(sign, '|' | '-' | ':' | ' ' | '\t'));
    let count = lines[at..].iter().take_while(|line| is_row(line)).count();
    (is_rule && count > 1).then_some(at + count)
}

/// The cells of a row of Markdown.
fn pipes(line: &str) -> Vec<&str> {
    let line = line.trim().trim_start_matches('|');
    let mut cells: Vec<&str> = line.split('|').map(str::trim).collect();
    if line.ends_with('|') {
        cells.pop();
    }
    cells
}

/// Takes what stands at a line and is no grid; gives the line behind it.
fn line(document: &mut Document, lines: &[&str], at: usize, is_markdown: bool) -> usize {
    let bare = without_marks(lines[at]);
    let text = bare.trim();
    if text.is_empty() {
        return at + 1;
    }
    if is_directory_entry(text) || is_page_number(text) {
        document.left_out.push(left_out(text, Why::Contents, place(at, 0)));
        return at + 1;
    }
    let marked = lines[at].contains("[bookmark: _Toc").then_some(1);
    let (heading, text) = match heading(text) {
        Some((level, text)) => (Some(level), text),
        None => (marked, text),
    };
    let mut text = if is_markdown { without_emphasis(text) } else { text.to_owned() };
    let mut end = at + 1;
    // Two blanks at the end of a line of Markdown break it within its paragraph.
    while is_markdown && heading.is_none() && lines[end - 1].ends_with("  ") {
        let Some(next) = lines.get(end).filter(|next| !next.trim().is_empty()) else { break };
        text.push_str(next.trim());
        end += 1;
    }
    let line = Line { text, heading, origin: place(at, 0), doubt: None };
    let is_apart = at > 0 && lines[at - 1].trim().is_empty();
    match document.blocks.last_mut() {
        Some(Block::Line(first)) if is_apart && continues(first, &line) => {
            first.text.push_str(&line.text);
            first.doubt = Some(Doubt::Joined);
        }
        _ => document.blocks.push(Block::Line(line)),
    }
    end
}

/// Whether a page break stands between two halves of a paragraph: the first fills lines and ends
/// within a sentence, the second begins with no number and ends one.
fn continues(first: &Line, line: &Line) -> bool {
    let is_prose = |text: &str| text.contains(['，', '。', '；']);
    let is_open = first.text.ends_with(|sign: char| sign.is_alphanumeric() || sign == '，');
    let begins = line
        .text
        .chars()
        .next()
        .is_some_and(|sign| sign.is_alphabetic() && ordinal_length(&line.text) == 0);
    first.heading.is_none()
        && line.heading.is_none()
        && first.text.chars().count() >= FULL_LINE
        && is_prose(&first.text)
        && is_open
        && begins
        && line.text.ends_with(['。', '；', '！', '？', '”', '）'])
}

/// How many bytes of a line are the number of a paragraph: `一、`, `（二）`, `(3)`, `4.`, `5、`.
fn ordinal_length(text: &str) -> usize {
    let inner = text.trim_start_matches(['(', '（']);
    let is_digit =
        |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(sign);
    let rest = inner.trim_start_matches(is_digit);
    if rest.len() == inner.len() {
        return 0;
    }
    let close = rest.chars().next().filter(|sign| matches!(sign, '、' | '.' | '．' | ')' | '）'));
    close.map_or(0, |close| text.len() - rest.len() + close.len_utf8())
}

/// A line without the marks of bookmarks that a word processor leaves.
fn without_marks(line: &str) -> String {
    let mut parts = line.split("[bookmark: ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once(']').map_or(part, |(_, rest)| rest));
    }
    text
}

/// The level and the words of a heading of Markdown.
fn heading(text: &str) -> Option<(u8, &str)> {
    let words = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - words.len()).ok()?;
    ((1..=6).contains(&level) && words.starts_with(' ')).then(|| (level, words.trim()))
}

/// A line without the marks of bold, and without a list's before a number.
fn without_emphasis(text: &str) -> String {
    let text = match text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        Some(item) if ordinal_length(item) > 0 => item.to_owned(),
        Some(item) => format!("- {item}"),
        None => text.to_owned(),
    };
    let parts: Vec<&str> = text.split("**").collect();
    match parts.as_slice() {
        // Half of the marks of a term is left in front of its colon.
        [term, rest] if rest.starts_with('：') => format!("{term}{rest}"),
        // Stars that hide a name have no mate.
        parts if parts.len() % 2 == 0 => text,
        parts => parts.concat(),
    }
}
