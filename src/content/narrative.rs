//! `narrative/<nn-section>.md`: a section of text, its placed tables and bound
//! figures found with their bytes. The words are never changed.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::{link, marks, paragraph, vanished};
use crate::codes;
use crate::commonmark::Prepared;
use crate::diagnostic::{Diagnostic, Report};
use crate::encoding;
use crate::source::{FileId, Place, SourceFile, Spot};
use crate::yaml;

/// The word that places the list of projects in a text.
pub const PROJECTS: &str = "projects";

/// One section as written.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its id: the file name without its number.
    pub id: String,
    /// Its file name without the ending.
    pub slug: String,
    /// Its file.
    pub file: FileId,
    /// Its first heading, or its id where it has none.
    pub title: String,
    /// Whether it has one.
    pub has_heading: bool,
    /// The text after that heading, as pieces in order.
    pub pieces: Vec<Piece>,
    /// Figures bound to cells, or named.
    pub bindings: Vec<Binding>,
    /// The bytes of what is half of a bound figure, with the figure before it.
    pub halves: Vec<Range<usize>>,
    /// The visible words, paragraph by paragraph.
    pub paragraphs: Vec<paragraph::Paragraph>,
    /// Bold words that open a paragraph, with the words after them.
    pub terms: Vec<(String, String)>,
}

/// A stretch of a section.
#[derive(Clone, Debug)]
pub enum Piece {
    /// CommonMark.
    Text(String),
    /// A paragraph that is only a link `[title](=id)`: what stands in its place.
    Place {
        /// The id of a table, or the word for the list of projects.
        id: String,
        /// The words of the link.
        words: String,
        /// Its bytes.
        range: Range<usize>,
    },
}

/// A figure in prose: a link whose target begins with `=`.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The figure as the author wrote it.
    pub words: String,
    /// What stands after the `=`: an address, a sum of several, `#name` for a name of its own.
    pub target: String,
    /// The bytes of the whole link.
    pub range: Range<usize>,
    /// The bytes of the words.
    pub inner: Range<usize>,
}

/// Whether a file is text and says something; reported where not.
pub(super) fn can_be_read(report: &mut Report, file: FileId, source: &SourceFile) -> bool {
    if !encoding::is_text(report, file, source) {
        return false;
    }
    if is_blank(source.text()) {
        yaml::empty_file(report, file);
        return false;
    }
    true
}

/// Whether nothing stands in a text but comments.
fn is_blank(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// Signs that say nothing alone.
const EMPTY: &str = "-*_=~|。，、；：！？….,;:!?—";

/// Whether a text has headings, rules and comments, and no word beside them.
fn says_nothing(text: &str) -> bool {
    let mut in_comment = false;
    text.lines().all(|line| {
        let mut rest = line.trim();
        let mut shown = String::new();
        loop {
            let sign = if in_comment { "-->" } else { "<!--" };
            let Some((words, behind)) = rest.split_once(sign) else { break };
            if !in_comment {
                shown.push_str(words);
            }
            (rest, in_comment) = (behind, !in_comment);
        }
        if !in_comment {
            shown.push_str(rest);
        }
        let words = shown.replace("&nbsp;", "").replace("&emsp;", "").replace("&ensp;", "");
        let signs = words.len() - words.trim_start_matches('#').len();
        let is_heading = (1..=6).contains(&signs) && words[signs..].starts_with(' ');
        is_heading || words.chars().all(|c| c.is_whitespace() || EMPTY.contains(c))
    })
}

/// The id of a section: its file name without its number.
pub(super) fn id_of(slug: &str) -> &str {
    slug.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-')
}

/// Reads one file; `slug` is its name without the ending.
pub(super) fn read(report: &mut Report, slug: &str, file: FileId, source: &SourceFile) -> Section {
    let text = source.text();
    let id = id_of(slug);
    let (title, start) = heading(text);
    if title.as_ref().is_some_and(|title| title.trim().is_empty()) {
        report.push(vanished::empty_heading(Place::bytes(file, first_line(text, start))));
    }
    let before = report.diagnostics.len();
    let (mut pieces, bindings) = pieces(report, file, text, start);
    let halves = halves(&report.diagnostics[before..], text);
    if pieces.iter().all(|piece| matches!(piece, Piece::Text(_))) && says_nothing(&text[start..]) {
        pieces.clear();
    }
    Section {
        id: id.to_owned(),
        slug: slug.to_owned(),
        file,
        has_heading: title.is_some(),
        title: title.unwrap_or_else(|| id.to_owned()),
        pieces,
        bindings,
        halves,
        paragraphs: paragraph::read(text),
        terms: terms(&text[start..]),
    }
}

/// Where half of a bound figure was found, with the figure before it, which nothing else is to be said of.
fn halves(found: &[Diagnostic], text: &str) -> Vec<Range<usize>> {
    const FAR: usize = 192;
    let is_of_figure = |c: char| c.is_alphanumeric() || ".,%％[]【】［］(（* ".contains(c);
    let halves = found.iter().filter(|one| one.code.id == codes::HALF_BINDING.id);
    let bytes = halves.filter_map(|one| match one.primary.spot {
        Spot::Bytes(start, end) => Some(start..end),
        _ => None,
    });
    let with_figure = bytes.map(|range| {
        let far = text.floor_char_boundary(range.start.saturating_sub(FAR));
        // The brackets may begin on the next line.
        let before = &text[far..range.start];
        let before = before.strip_suffix('\n').unwrap_or(before);
        let words = before.trim_end_matches(is_of_figure);
        far + words.len()..range.end
    });
    with_figure.collect()
}

/// The bytes of the line that a heading without words ends at.
fn first_line(text: &str, end: usize) -> Range<usize> {
    let head = text[..end].trim_end();
    head.rfind('\n').map_or(0, |at| at + 1)..head.len()
}

/// Reports every link of a text that browsers must not follow, and pictures of other sites.
pub(super) fn check_links(report: &mut Report, file: FileId, text: &str) {
    let prepared = Prepared::of(text);
    let mut marks = marks::Marks::of(file, text, &prepared, 0);
    for (event, range) in prepared.events() {
        marks.look(report, &event, &range);
        check_link(report, file, &event, range);
    }
    marks.finish(report);
}

fn check_link(report: &mut Report, file: FileId, event: &Event, range: Range<usize>) {
    let (url, is_loaded) = match event {
        Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => return,
        Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('=') => return,
        Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
        Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
        _ => return,
    };
    link::in_text(report, Place::bytes(file, range), url, is_loaded);
}

/// The first heading of rank one, and where the text after it begins.
pub(super) fn heading(text: &str) -> (Option<String>, usize) {
    let mut title = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                title = Some(String::new());
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(title) = &mut title {
                    title.push_str(&words);
                }
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => return (title, range.end),
            _ if title.is_none() => return (None, 0),
            _ => {}
        }
    }
    (title, text.len())
}

/// A paragraph under inspection.
#[derive(Default)]
struct Inspected {
    links: usize,
    outside: bool,
    target: String,
    words: String,
}

impl Inspected {
    fn note(&mut self, binding: &Binding) {
        self.links += 1;
        self.target.clone_from(&binding.target);
        self.words.clone_from(&binding.words);
    }
}

impl Binding {
    /// Adds words of the link and where they stand.
    fn extend(&mut self, words: &str, range: &Range<usize>) {
        let from = if self.words.is_empty() { range.start } else { self.inner.start };
        self.inner = from..range.end;
        self.words.push_str(words);
    }
}

fn pieces(
    report: &mut Report,
    file: FileId,
    text: &str,
    start: usize,
) -> (Vec<Piece>, Vec<Binding>) {
    let mut pieces = Vec::new();
    let mut bindings = Vec::new();
    let mut from = start;
    let mut paragraph: Option<Inspected> = None;
    let mut link: Option<Binding> = None;
    let mut notes: Vec<Range<usize>> = Vec::new();
    let prepared = Prepared::of(&text[start..]);
    let mut marks = marks::Marks::of(file, text, &prepared, start);
    for (event, range) in prepared.events() {
        marks.look(report, &event, &range);
        let range = range.start + start..range.end + start;
        if let Event::Start(Tag::FootnoteDefinition(_)) = &event {
            notes.push(range.clone());
        }
        check_link(report, file, &event, range.clone());
        match event {
            Event::Start(Tag::Paragraph) => paragraph = Some(Inspected::default()),
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('=') => {
                let (target, inner) = (dest_url[1..].to_owned(), range.start..range.start);
                link = Some(Binding { words: String::new(), target, range, inner });
            }
            Event::Text(words) => match (&mut link, &mut paragraph) {
                (Some(binding), _) => binding.extend(&words, &range),
                (None, Some(paragraph)) => paragraph.outside |= !words.trim().is_empty(),
                _ => {}
            },
            Event::End(TagEnd::Link) => {
                if let Some(binding) = link.take() {
                    if let Some(paragraph) = &mut paragraph {
                        paragraph.note(&binding);
                    }
                    bindings.push(binding);
                }
            }
            Event::End(TagEnd::Paragraph) => {
                let alone = paragraph.take().filter(|one| !one.target.contains(['/', '#', ':']));
                let Some(Inspected { links: 1, outside: false, target, words }) = alone else {
                    continue;
                };
                bindings.pop();
                push_text(&mut pieces, &text[from..range.start]);
                from = range.end;
                pieces.push(Piece::Place { id: target, words, range });
            }
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => {}
            _ => {
                if let Some(paragraph) = &mut paragraph {
                    paragraph.outside = true;
                }
            }
        }
    }
    push_text(&mut pieces, &text[from..]);
    marks.finish(report);
    share_notes(&mut pieces, text, &notes);
    (pieces, bindings)
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.trim().is_empty() {
        pieces.push(Piece::Text(text.trim_matches('\n').to_owned()));
    }
}

/// Gives every stretch of a section that a placed table cuts the footnotes it refers to.
fn share_notes(pieces: &mut [Piece], text: &str, notes: &[Range<usize>]) {
    let is_cut = pieces.len() > 1;
    for piece in pieces.iter_mut().filter(|_| is_cut) {
        let Piece::Text(own) = piece else { continue };
        for note in notes.iter().map(|range| text[range.clone()].trim_end()) {
            let label = note.split_once(']').map_or(note, |(label, _)| label);
            if own.contains(&format!("{label}]")) && !own.contains(note) {
                own.push_str("\n\n");
                own.push_str(note);
            }
        }
    }
}

/// Paragraphs such as `1、**term**：definition`.
fn terms(text: &str) -> Vec<(String, String)> {
    let mut terms = Vec::new();
    let (mut term, mut rest, mut in_strong) = (String::new(), String::new(), false);
    let prepared = Prepared::of(text);
    for (event, _) in prepared.events() {
        match event {
            Event::Start(Tag::Paragraph) => (term, rest) = (String::new(), String::new()),
            Event::Start(Tag::Strong) => in_strong = term.is_empty(),
            Event::End(TagEnd::Strong) => in_strong = false,
            Event::Text(words) if in_strong => term.push_str(&words),
            Event::Text(words) if !term.is_empty() => rest.push_str(&words),
            Event::End(TagEnd::Paragraph) if !term.is_empty() => {
                let definition = rest.trim_start_matches(['：', ':']).trim().to_owned();
                terms.push((std::mem::take(&mut term), definition));
            }
            _ => {}
        }
    }
    terms
}
