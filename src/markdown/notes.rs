//! Footnotes: a number where one is referred to, the note at the foot of the page, and the way back.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

/// The footnotes of a page.
#[derive(Debug, Default)]
pub struct Notes {
    /// Labels in the order they are first referred to.
    order: Vec<String>,
    /// What each says, as HTML.
    written: BTreeMap<String, String>,
}

impl Notes {
    /// Takes the notes out of a text and numbers what refers to them.
    pub(super) fn take<'e>(&mut self, events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        let mut out = Vec::with_capacity(events.len());
        let mut open: Option<(CowStr, Vec<Event>)> = None;
        for event in events {
            let event = match event {
                Event::FootnoteReference(label) => self.reference(&label),
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open = Some((label, Vec::new()));
                    continue;
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((label, note)) = open.take() else { continue };
                    let mut html = String::new();
                    html::push_html(&mut html, note.into_iter());
                    self.written.entry(label.to_string()).or_insert(html);
                    continue;
                }
                event => event,
            };
            match &mut open {
                Some((_, note)) => note.push(event),
                None => out.push(event),
            }
        }
        out
    }

    fn reference<'e>(&mut self, label: &str) -> Event<'e> {
        let known = self.order.iter().position(|other| other == label);
        let number = known.unwrap_or(self.order.len()) + 1;
        // The way back leads to where it is first referred to.
        let id =
            if known.is_some() { String::new() } else { format!(" id=\"note-{number}-in-text\"") };
        if known.is_none() {
            self.order.push(label.to_owned());
        }
        let link = format!(
            "<sup><a{id} class=\"note-mark\" role=\"doc-noteref\" href=\"#note-{number}\">[{number}]</a></sup>"
        );
        Event::InlineHtml(link.into())
    }

    /// The notes, as they stand at the foot of the page; empty where there are none.
    pub fn html(&self) -> String {
        if self.order.is_empty() {
            return String::new();
        }
        let notes = self.order.iter().zip(1..).map(|(label, number)| {
            let note = self.written.get(label).map(String::as_str).unwrap_or_default();
            format!(
                "<div id=\"note-{number}\" class=\"note-text\"><a role=\"doc-backlink\" href=\"#note-{number}-in-text\">[{number}]</a>{note}</div>\n"
            )
        });
        format!(
            "<section class=\"endnotes\" role=\"doc-endnotes\">\n{}</section>\n",
            notes.collect::<String>()
        )
    }
}
