//! A place becomes a byte range, by reading that one file again. Called only
//! when a finding is shown, so that the happy path keeps no positions.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::diagnostic::Report;
use crate::source::{FileId, Place, Sources, Spot};
use crate::yaml::{self, Node};

/// The bytes of a place in the text of its file.
pub fn locate(sources: &Sources, place: &Place) -> Range<usize> {
    Locator::new(sources).range(place)
}

fn find<'n>(root: &'n Node, path: &str) -> Option<&'n Node> {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    steps.into_iter().try_fold(root, |node, step| match step.strip_suffix(']') {
        Some(index) => node.items().get(index.parse::<usize>().ok()?),
        None => node.get(step),
    })
}

/// The data path of the scalar that holds a byte.
fn path_to(node: &Node, at: usize) -> Option<String> {
    let holds = |node: &Node| node.range().contains(&at) || node.range().start == at;
    let step = |name: String, node: &Node| {
        let rest = path_to(node, at)?;
        let joint = if rest.is_empty() || rest.starts_with('[') { "" } else { "." };
        Some(format!("{name}{joint}{rest}"))
    };
    if node.scalar().is_some() {
        return holds(node).then(String::new);
    }
    let mut items = node.items().iter().enumerate().filter(|(_, item)| holds(item));
    let mut entries = node.entries().iter().filter(|(_, value)| holds(value));
    let item = items.find_map(|(index, item)| step(format!("[{index}]"), item));
    item.or_else(|| entries.find_map(|(key, value)| step(key.text.to_string(), value)))
}

fn collect(node: &Node, found: &mut Vec<Range<usize>>) {
    if node.scalar().is_some() {
        found.push(node.range());
    }
    node.items().iter().for_each(|item| collect(item, found));
    node.entries().iter().for_each(|(_, value)| collect(value, found));
}

/// Line and column of a byte offset, both from 1, columns in characters.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    Lines::of(text).line_column(text, offset)
}

/// Finds many places, reading each file once.
pub struct Locator<'a> {
    sources: &'a Sources,
    trees: RefCell<BTreeMap<FileId, Rc<Node>>>,
    lines: RefCell<BTreeMap<FileId, Rc<Lines>>>,
}

impl<'a> Locator<'a> {
    /// In these files.
    pub fn new(sources: &'a Sources) -> Locator<'a> {
        Locator { sources, trees: RefCell::default(), lines: RefCell::default() }
    }

    /// The files.
    pub fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// The bytes of a place in the text of its file; of several lines those of the first.
    pub fn range(&self, place: &Place) -> Range<usize> {
        let text = self.sources.file(place.file).text();
        let range = match &place.spot {
            Spot::Bytes(start, end) => *start..*end,
            Spot::Value(path) => walk(&self.tree(place.file), path, false),
            Spot::Key(path) => walk(&self.tree(place.file), path, true),
        };
        let start = floor(text, range.start.min(text.len()));
        let end = floor(text, range.end.min(text.len())).max(start);
        // Many findings may stand in one long line: its end is looked for once.
        let end = match end - start {
            ..STEP => {
                memchr::memchr(b'\n', &text.as_bytes()[start..end]).map_or(end, |at| start + at)
            }
            _ => end.min(self.lines(place.file).end(start)),
        };
        start..start + text[start..end].trim_end().len()
    }

    /// The bytes of every text at a place or below it, over all its lines; nothing where it is not there.
    pub fn scalars(&self, place: &Place) -> Vec<Range<usize>> {
        let path = match &place.spot {
            Spot::Bytes(start, end) => return std::iter::once(*start..*end).collect(),
            Spot::Value(path) | Spot::Key(path) => path,
        };
        let mut found = Vec::new();
        if let Some(node) = find(&self.tree(place.file), path) {
            collect(node, &mut found);
        }
        let text = self.sources.file(place.file).text();
        let within = |range: Range<usize>| {
            let start = floor(text, range.start.min(text.len()));
            start..floor(text, range.end.min(text.len())).max(start)
        };
        found.into_iter().map(within).collect()
    }

    /// The data path of the value at a place: `rows[3].amount`; nothing where no one value stands.
    pub fn path_at(&self, place: &Place) -> Option<String> {
        match &place.spot {
            Spot::Value(path) | Spot::Key(path) => Some(path.clone()),
            Spot::Bytes(start, _) => path_to(&self.tree(place.file), *start),
        }
    }

    fn tree(&self, file: FileId) -> Rc<Node> {
        let mut trees = self.trees.borrow_mut();
        let tree = trees.entry(file).or_insert_with(|| {
            let source = self.sources.file(file);
            let tree = yaml::parse(&mut Report::default(), file, source);
            Rc::new(tree.unwrap_or_else(|| Node::null(file)))
        });
        Rc::clone(tree)
    }

    /// Line and column of a byte offset of a file, both from 1, columns in characters.
    pub fn line_column(&self, file: FileId, offset: usize) -> (usize, usize) {
        self.lines(file).line_column(self.sources.file(file).text(), offset)
    }

    fn lines(&self, file: FileId) -> Rc<Lines> {
        let mut lines = self.lines.borrow_mut();
        let of = || Rc::new(Lines::of(self.sources.file(file).text()));
        Rc::clone(lines.entry(file).or_insert_with(of))
    }
}

/// Where the lines of a text begin, and how many characters stand before every so many bytes.
struct Lines {
    starts: Vec<usize>,
    counted: Vec<usize>,
}

/// How many bytes lie between places whose characters are counted.
const STEP: usize = 1024;

impl Lines {
    fn of(text: &str) -> Lines {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        let mut counted = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for stretch in text.as_bytes().chunks(STEP) {
            counted.push(count);
            count += stretch.iter().filter(|byte| begins(**byte)).count();
        }
        counted.push(count);
        Lines { starts, counted }
    }

    fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = floor(text, offset.min(text.len()));
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        (line, self.before(text, offset) - self.before(text, start) + 1)
    }

    /// Where the line of a place ends.
    fn end(&self, at: usize) -> usize {
        let next = self.starts.partition_point(|start| *start <= at);
        self.starts.get(next).map_or(usize::MAX, |next| next - 1)
    }

    /// How many characters begin before a place.
    fn before(&self, text: &str, at: usize) -> usize {
        let step = at / STEP;
        let rest = &text.as_bytes()[step * STEP..at];
        self.counted[step] + rest.iter().filter(|byte| begins(**byte)).count()
    }
}

/// Whether a byte begins a character.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
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

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
