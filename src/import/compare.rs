//! What was written, read back and held against the cells it was read from.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

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
use rayon::prelude::*;

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
    let read_back = || files.par_iter().map(ReadBack::of).collect::<Vec<_>>();
    let (printed, read_back) = rayon::join(|| printed(documents), read_back);
    let mut found = Comparison::default();
    for (file, text) in files.iter().zip(&read_back) {
        let of_value = |(at, value): &(String, Value)| text.judge(profile, &printed, (at, value));
        let judged: Vec<Judged> = file.values.par_iter().with_min_len(FEW).map(of_value).collect();
        let count = if text.is_text() { &mut found.texts } else { &mut found.cells };
        for ((at, value), judged) in file.values.iter().zip(judged) {
            count.all += 1;
            let path = file.path.clone();
            match judged {
                Judged::Same => count.same += 1,
                Judged::Doubtful => found.doubtful.push((path, value.clone())),
                Judged::Different { written, read } => {
                    let at = at.clone();
                    found.different.push(Difference { path, at, written, read });
                }
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
    found.left.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    found
}

/// So many values are compared sooner than they are handed to another core.
const FEW: usize = 2000;

/// A file as it is read back.
enum ReadBack {
    /// YAML.
    Tree(Option<Node>),
    /// The words of a text.
    Words(String),
}

/// How a value stands to what it was read from.
enum Judged {
    Same,
    Doubtful,
    Different { written: String, read: String },
}

impl ReadBack {
    fn of(file: &File) -> Self {
        if file.path.ends_with(".md") {
            Self::Words(shown(&file.text))
        } else {
            Self::Tree(parsed(file))
        }
    }

    fn is_text(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    fn judge(
        &self,
        profile: &Profile,
        printed: &PrintedTexts,
        (at, value): (&str, &Value),
    ) -> Judged {
        if value.doubt.is_some() {
            return Judged::Doubtful;
        }
        let written = match self {
            Self::Tree(tree) => scalar_at(tree.as_ref(), at).unwrap_or_default(),
            Self::Words(shown) if shown.contains(&key(&value.text)) => value.text.as_str(),
            Self::Words(_) => "",
        };
        let read: Vec<&str> = value.from.iter().map(|at| text_at(printed, at)).collect();
        if is_same(profile, value, written, &read) {
            Judged::Same
        } else {
            Judged::Different { written: written.to_owned(), read: read.join(" ") }
        }
    }
}

/// What stands at every place, by the number of the document.
type PrintedTexts<'a> = IndexMap<(usize, &'a Origin), &'a str, FxBuildHasher>;

fn text_at<'a>(printed: &PrintedTexts<'a>, at: &At) -> &'a str {
    printed.get(&(at.document, &at.origin)).copied().unwrap_or("")
}

/// What stands at every place of the documents.
fn printed(documents: &[Document]) -> PrintedTexts<'_> {
    let mut printed = PrintedTexts::default();
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

fn scalar_at<'a>(tree: Option<&'a Node>, path: &str) -> Option<&'a str> {
    let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    let node = steps.into_iter().try_fold(tree?, |node, step| match step.strip_suffix(']') {
        Some(index) => node.items().get(index.parse::<usize>().ok()?),
        None => node.get(step),
    })?;
    node.scalar()
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
