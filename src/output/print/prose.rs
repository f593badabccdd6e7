//! CommonMark as calls of Typst’s functions. A bound figure is set as its words; a link that leads
//! out of the site leads on from the paper’s file too.

use std::collections::BTreeMap;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Tag, TagEnd};

use super::source::Source;
use crate::commonmark::Prepared;
use crate::link::Link;
use crate::markdown::join_han_lines;

/// The ranks of the headings above a text, so that none is left out between two.
pub(super) struct Ranks {
    /// The rank of the heading over the text.
    pub over: usize,
    open: Vec<usize>,
}

impl Ranks {
    /// Under a heading of this rank.
    pub(super) fn under(over: usize) -> Ranks {
        Ranks { over, open: Vec::new() }
    }

    fn of(&mut self, level: HeadingLevel) -> usize {
        let level = level as usize;
        self.open.retain(|other| *other < level);
        self.open.push(level);
        self.over + self.open.len()
    }
}

/// Writes a text.
pub(super) fn prose(source: &mut Source, text: &str, ranks: &mut Ranks) {
    let prepared = Prepared::of(text);
    let mut events: Vec<Event> = prepared.events().map(|(event, _)| event).collect();
    join_han_lines(&mut events);
    let (notes, events) = apart(events);
    let mut writer = ProseWriter { ranks, notes: &notes, links: Vec::new(), columns: Vec::new() };
    for event in events {
        writer.event(source, event);
    }
}

/// The words of a footnote.
type Notes<'e> = BTreeMap<String, Vec<Event<'e>>>;

/// The footnotes of a text, and the rest.
fn apart(events: Vec<Event<'_>>) -> (Notes<'_>, Vec<Event<'_>>) {
    let (mut notes, mut rest) = (Notes::new(), Vec::new());
    let mut open: Option<String> = None;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => open = Some(name.to_string()),
            Event::End(TagEnd::FootnoteDefinition) => open = None,
            event => match &open {
                Some(name) => notes.entry(name.clone()).or_default().push(event),
                None => rest.push(event),
            },
        }
    }
    (notes, rest)
}

struct ProseWriter<'w, 'e> {
    ranks: &'w mut Ranks,
    notes: &'w Notes<'e>,
    /// Whether each open link leads on.
    links: Vec<bool>,
    /// The alignments of the open table.
    columns: Vec<Alignment>,
}

impl ProseWriter<'_, '_> {
    fn event(&mut self, source: &mut Source, event: Event) {
        match event {
            Event::Start(tag) => self.start(source, tag),
            Event::End(end) => self.end(source, end),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
                source.words(&words).code(";");
            }
            Event::Code(words) => {
                source.code("raw(").words(&words).code(");");
            }
            Event::SoftBreak => {
                source.code("\" \";");
            }
            Event::HardBreak => {
                source.code("linebreak();");
            }
            Event::Rule => {
                source.code("v(1em);");
            }
            Event::FootnoteReference(name) => self.note(source, &name),
            _ => {}
        }
    }

    fn note(&mut self, source: &mut Source, name: &str) {
        let words = self.notes.get(name).into_iter().flatten();
        let words: String = words
            .filter_map(|event| match event {
                Event::Text(words) | Event::Code(words) => Some(words.as_ref()),
                _ => None,
            })
            .collect();
        source.code("footnote(").words(&words).code(");");
    }

    fn start(&mut self, source: &mut Source, tag: Tag) {
        let code = match tag {
            Tag::Paragraph => "par({",
            Tag::Heading { level, .. } => &format!("heading(level: {}, {{", self.ranks.of(level)),
            Tag::BlockQuote(_) => "quote(block: true, {",
            Tag::CodeBlock(_) => "block({",
            Tag::List(Some(first)) => &format!("enum(start: {first}, "),
            Tag::List(None) => "list(",
            Tag::Item | Tag::TableCell => "{",
            Tag::Emphasis => "emph({",
            Tag::Strong => "strong({",
            Tag::Link { dest_url, .. } => {
                let leads = matches!(Link::read(&dest_url), Link::Web | Link::Mail);
                self.links.push(leads);
                if !leads {
                    return;
                }
                source.code("link(").words(&dest_url).code(", {");
                return;
            }
            Tag::Table(columns) => {
                let count = columns.len();
                self.columns = columns;
                &format!("table(columns: {count}, align: ({}), ", self.alignments())
            }
            Tag::TableHead => "table.header(",
            _ => return,
        };
        source.code(code);
    }

    fn alignments(&self) -> String {
        let word = |column: &Alignment| match column {
            Alignment::Right => "right, ",
            Alignment::Center => "center, ",
            _ => "left, ",
        };
        self.columns.iter().map(word).collect()
    }

    fn end(&mut self, source: &mut Source, end: TagEnd) {
        let code = match end {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::Emphasis
            | TagEnd::Strong => "});",
            TagEnd::List(_) | TagEnd::Table => ");",
            TagEnd::Item | TagEnd::TableCell => "}, ",
            TagEnd::TableHead => "), ",
            TagEnd::Link if self.links.pop() == Some(true) => "});",
            _ => return,
        };
        source.code(code);
    }
}
