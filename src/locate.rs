//! A place becomes a byte range, by reading that one file again. Called only
//! when a finding is shown, so that the happy path keeps no positions.

use std::ops::Range;

use crate::diagnostic::Report;
use crate::source::{Place, SourceFile, Sources, Spot};
use crate::yaml::{self, Node};

/// The bytes of a place in the text of its file.
pub fn locate(sources: &Sources, place: &Place) -> Range<usize> {
    let source = sources.file(place.file);
    let length = source.text().len();
    let range = match &place.spot {
        Spot::Bytes(start, end) => *start..*end,
        Spot::Value(path) => walk(&tree(place, source), path, false),
        Spot::Key(path) => walk(&tree(place, source), path, true),
    };
    let start = floor(source.text(), range.start.min(length));
    let end = floor(source.text(), range.end.min(length)).max(start);
    first_line(source.text(), start..end)
}

/// The bytes of every text at a place or below it, over all its lines; nothing where it is not there.
pub fn scalars(sources: &Sources, place: &Place) -> Vec<Range<usize>> {
    let source = sources.file(place.file);
    let path = match &place.spot {
        Spot::Bytes(start, end) => return std::iter::once(*start..*end).collect(),
        Spot::Value(path) | Spot::Key(path) => path,
    };
    let tree = tree(place, source);
    let mut found = Vec::new();
    if let Some(node) = find(&tree, path) {
        collect(node, &mut found);
    }
    let length = source.text().len();
    let within = |range: Range<usize>| {
        let start = floor(source.text(), range.start.min(length));
        start..floor(source.text(), range.end.min(length)).max(start)
    };
    found.into_iter().map(within).collect()
}

fn find<'n>(root: &'n Node, path: &str) -> Option<&'n Node> {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    steps.into_iter().try_fold(root, |node, step| match step.strip_suffix(']') {
        Some(index) => node.items().get(index.parse::<usize>().ok()?),
        None => node.get(step),
    })
}

fn collect(node: &Node, found: &mut Vec<Range<usize>>) {
    if node.scalar().is_some() {
        found.push(node.range());
    }
    node.items().iter().for_each(|item| collect(item, found));
    node.entries().iter().for_each(|(_, value)| collect(value, found));
}

fn tree(place: &Place, source: &SourceFile) -> Node {
    yaml::parse(&mut Report::default(), place.file, source)
        .unwrap_or_else(|| Node::null(place.file))
}

/// Line and column of a byte offset, both from 1, columns in characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..floor(text, offset.min(text.len()))];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Follows a data path as far as it goes; what is missing is shown at its parent.
fn walk(root: &Node, path: &str, key: bool) -> Range<usize> {
    let mut node = root;
    let mut range = root.range();
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        let next = if let Some(index) = step.strip_suffix(']') {
            index
                .parse()
                .ok()
                .and_then(|index: usize| node.items().get(index))
                .map(|item| (item.range(), item))
        } else {
            node.entries().iter().find(|(name, _)| *name.text == *step).map(|(name, value)| {
                let is_long = value.scalar().is_none();
                let Place { spot, .. } = name.place();
                let name_range = match spot {
                    Spot::Bytes(start, end) => start..end,
                    _ => value.range(),
                };
                (if key || is_long { name_range } else { value.range() }, value)
            })
        };
        let Some((found, value)) = next else { break };
        range = found;
        node = value;
    }
    range
}

/// A range that runs over several lines is shown by its first.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
    let trimmed = text[range.start..end].trim_end().len();
    range.start..range.start + trimmed
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
