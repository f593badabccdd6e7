//! The visible text of a section, paragraph by paragraph, with the way back to its bytes.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::commonmark::Prepared;

/// A paragraph, a heading or an item of a list, as read: without marks and targets.
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// Whether it is a heading.
    pub heading: bool,
    /// Whether it is the head of a column of a table, and the column's number from 0, where it is a cell.
    pub cell: Option<(bool, usize)>,
    /// Its words.
    pub text: String,
    /// Stretches of the words: where each begins, and its bytes in the file.
    runs: Vec<(usize, Range<usize>)>,
    /// Bound figures: their place in the words, and where their link begins in the file.
    pub links: Vec<(Range<usize>, usize)>,
}

impl Paragraph {
    /// The bytes in the file of a stretch of the words.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let run = |holds: &dyn Fn(usize) -> bool| {
            let after = self.runs.partition_point(|run| holds(run.0));
            after.checked_sub(1).map(|last| &self.runs[last])
        };
        let start = run(&|at| at <= range.start)
            .map_or(0, |(at, bytes)| (bytes.start + (range.start - at)).min(bytes.end));
        let end = run(&|at| at < range.end)
            .map_or(start, |(at, bytes)| (bytes.start + (range.end - at)).min(bytes.end));
        start..end.max(start)
    }

    fn push(&mut self, words: &str, bytes: Range<usize>) {
        self.runs.push((self.text.len(), bytes));
        self.text.push_str(words);
    }
}

/// Reads the text of a file.
pub(super) fn read(text: &str) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let mut open = Paragraph::default();
    let mut link: Option<(usize, usize)> = None;
    let (mut is_head, mut column) = (false, 0_usize);
    let prepared = Prepared::of(text);
    for (event, bytes) in prepared.events() {
        match event {
            Event::Text(words) | Event::Code(words) => open.push(&words, bytes),
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('=') => {
                link = Some((open.text.len(), bytes.start));
            }
            Event::End(TagEnd::Link) => {
                if let Some((start, at)) = link.take() {
                    open.links.push((start..open.text.len(), at));
                }
            }
            Event::SoftBreak | Event::HardBreak => open.push("\n", bytes),
            Event::Start(ref tag @ (Tag::TableHead | Tag::TableRow)) => {
                (is_head, column) = (*tag == Tag::TableHead, 0);
            }
            Event::Start(ref tag) if is_block(tag) => {
                close(&mut all, &mut open);
                open.heading = matches!(tag, Tag::Heading { .. });
                if *tag == Tag::TableCell {
                    open.cell = Some((is_head, column));
                    column += 1;
                }
            }
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => close(&mut all, &mut open),
            _ => {}
        }
    }
    close(&mut all, &mut open);
    all
}

fn is_block(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::Item
            | Tag::TableCell
    )
}

fn close(all: &mut Vec<Paragraph>, open: &mut Paragraph) {
    let done = std::mem::take(open);
    if !done.text.trim().is_empty() {
        all.push(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_bytes() {
        let text = "# 一\n\n收入[1.5万元](=a/b/c)，**其中**2万元。\n";
        let paragraphs = read(text);
        let second = &paragraphs[1];
        assert_eq!(second.text, "收入1.5万元，其中2万元。");
        let at = second.text.find("2万元").expect("stands there");
        assert_eq!(&text[second.source(at..at + 7)], "2万元");
        assert_eq!(&second.text[second.links[0].0.clone()], "1.5万元");
        assert_eq!(&text[second.source(second.links[0].0.clone())], "1.5万元");
    }
}
