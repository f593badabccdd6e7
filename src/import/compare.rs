//! What was written, read back and held against the cells it was read from.

use std::collections::BTreeMap;

use super::document::{Block, Document, Origin};
use super::placed::{At, Fate, Left, Placed, Taken, Value};
use super::words::key;
use super::write::File;
use crate::amount;
use crate::commonmark::Prepared;
use crate::content::doubt;
use crate::diagnostic::Report;
use crate::profile::Profile;
use crate::source::Sources;
use crate::yaml::{self, Node};
use pulldown_cmark::Event;

/// How what was written stands to what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Cells of tables and projects that were written.
    pub cells: Count,
    /// Paragraphs, headings and terms that were written.
    pub texts: Count,
    /// Values that were written and say something else than what they were read from: the file, the
    /// data path, what it says, what was read. There is none unless the program is wrong.
    pub different: Vec<Difference>,
    /// Values written with a mark: the file, and the value.
    pub doubtful: Vec<(String, Value)>,
    /// What stands in the documents and was not written, with the reason; the form itself aside.
    pub left: Vec<(At, String, Left)>,
    /// Cells and lines that belong to the form.
    pub form: usize,
}

/// A value that says something else than what it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file it was written to.
    pub path: String,
    /// Where in that file.
    pub at: String,
    /// What the file says.
    pub written: String,
    /// What was read.
    pub read: String,
}

/// How many values, and how many of them are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All that were written.
    pub all: usize,
    /// Those that say what was read, the doubtful ones left out.
    pub same: usize,
}

/// Reads the files back and compares every value with the cells it came from.
pub(super) fn compare(
    profile: &Profile,
    documents: &[Document],
    placed: &Placed,
    files: &[File],
) -> Comparison {
    let printed = printed(documents);
    let mut found = Comparison::default();
    for file in files {
        let is_text = file.path.ends_with(".md");
        let tree = (!is_text).then(|| parsed(file));
        let shown = if is_text { shown(&file.text) } else { String::new() };
        for (at, value) in &file.values {
            let count = if is_text { &mut found.texts } else { &mut found.cells };
            count.all += 1;
            if value.doubt.is_some() {
                found.doubtful.push((file.path.clone(), value.clone()));
                continue;
            }
            let written = match &tree {
                Some(tree) => scalar_at(tree.as_ref(), at).unwrap_or_default(),
                None if shown.contains(&key(&value.text)) => value.text.clone(),
                None => String::new(),
            };
            let read: Vec<&str> = value.from.iter().map(|at| text_at(&printed, at)).collect();
            if is_same(profile, value, &written, &read) {
                count.same += 1;
            } else {
                found.different.push(Difference {
                    path: file.path.clone(),
                    at: at.clone(),
                    written,
                    read: read.join(" "),
                });
            }
        }
    }
    for (at, fate) in &placed.fates {
        match fate {
            Fate::Written => {}
            Fate::Form => found.form += 1,
            Fate::Left(why) => {
                let text = text_at(&printed, at).trim().to_owned();
                found.left.push((at.clone(), text, why.clone()));
            }
        }
    }
    found
}

/// What stands at every place, by the number of the document.
type PrintedTexts<'a> = BTreeMap<(usize, &'a Origin), &'a str>;

fn text_at<'a>(printed: &PrintedTexts<'a>, at: &At) -> &'a str {
    printed.get(&(at.document, &at.origin)).copied().unwrap_or("")
}

/// What stands at every place of the documents.
fn printed(documents: &[Document]) -> PrintedTexts<'_> {
    let mut printed = BTreeMap::new();
    for (document, content) in documents.iter().enumerate() {
        let mut put = |origin, text| {
            printed.insert((document, origin), text);
        };
        for block in &content.blocks {
            match block {
                Block::Line(line) => put(&line.origin, line.text.as_str()),
                Block::Grid(grid) => {
                    let filled = grid.rows.iter().flatten().filter(|cell| !cell.text.is_empty());
                    filled.for_each(|cell| put(&cell.origin, cell.text.as_str()));
                }
            }
        }
    }
    printed
}

fn parsed(file: &File) -> Option<Node> {
    let mut sources = Sources::default();
    let id = sources.add(&file.path, file.text.as_str());
    yaml::parse(&mut Report::default(), id, sources.file(id))
}

fn scalar_at(tree: Option<&Node>, path: &str) -> Option<String> {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    let node = steps.into_iter().try_fold(tree?, |node, step| match step.strip_suffix(']') {
        Some(index) => node.items().get(index.parse::<usize>().ok()?),
        None => node.get(step),
    })?;
    node.scalar().map(str::to_owned)
}

/// The words a reader of a Markdown text sees, as they are compared.
fn shown(text: &str) -> String {
    let prepared = Prepared::of(text);
    let mut words = String::new();
    for (event, _) in prepared.events() {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            _ => {}
        }
    }
    key(&words)
}

/// Whether a value says what the cells say that it was read from, blanks and widths aside.
fn is_same(profile: &Profile, value: &Value, written: &str, read: &[&str]) -> bool {
    // Most cells say what was written to the letter.
    if value.taken == Taken::Whole && read == [written] {
        return true;
    }
    let words = key(&read.concat()).replace("**", "");
    let own = key(doubt::inner(written).unwrap_or(written));
    match value.taken {
        Taken::Whole => {
            own == words || figure(written).is_some_and(|own| figure(&words) == Some(own))
        }
        Taken::Part => !own.is_empty() && words.contains(&own),
        Taken::Converted => {
            let units = || profile.units.keys();
            units().any(|from| {
                units().any(|to| {
                    super::body::in_unit(profile, &words, from, to).as_deref() == Some(written)
                })
            })
        }
    }
}

/// A figure as it is compared: one in brackets is below nought.
fn figure(text: &str) -> Option<amount::Decimal> {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let text = inner.map_or_else(|| text.to_owned(), |inner| format!("-{inner}"));
    amount::parse_percent(&text).ok().map(|figure| figure.value)
}
