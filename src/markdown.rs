//! CommonMark to HTML. Bound figures become links to their cells, terms to their
//! explanation; raw HTML is shown as text; a line break between two Han characters
//! leaves no space.

mod notes;
mod tables;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd, html};

use crate::commonmark::Prepared;
use crate::link::{Fault, Link};

/// Renders a text; `link` turns the target of a bound figure into an address, if it has one.
pub fn html(text: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut writer = Writer {
        link,
        terms: &mut |_| Vec::new(),
        headings: Vec::new(),
        anchors: Anchors::default(),
        notes: Notes::default(),
    };
    let html = writer.html(text);
    html + &writer.notes.html()
}

pub use notes::Notes;

/// Finds words that are to be links: where they stand in a text, in order, and where they lead.
pub type FindTerms<'a> = dyn FnMut(&str) -> Vec<(Range<usize>, String)> + 'a;

/// Renders the texts of one page, one after another.
pub struct Writer<'a> {
    /// The address of the target of a bound figure, if it has one.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// The terms of a stretch of text; never asked about links, headings and code.
    pub terms: &'a mut FindTerms<'a>,
    /// The headings met so far.
    pub headings: Vec<Heading>,
    /// Their anchors.
    pub anchors: Anchors,
    /// The footnotes met so far.
    pub notes: Notes,
}

/// The anchors of a page, each with the number its next repeat is tried with.
#[derive(Debug, Default)]
pub struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// The anchor of some words: they themselves, or with the first number that makes another of them.
    fn of(&mut self, words: String) -> String {
        let Some(next) = self.0.get(&words) else {
            self.0.insert(words.clone(), 2);
            return words;
        };
        let numbered = (*next..).map(|number| (number, format!("{words}-{number}")));
        let mut free = numbered.filter(|(_, id)| !self.0.contains_key(id));
        let (number, id) = free.next().expect("numbers do not end");
        drop(free);
        self.0.insert(words, number + 1);
        self.0.insert(id.clone(), 2);
        id
    }
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its words.
    pub text: String,
    /// Its rank, from 1.
    pub level: usize,
    /// Its anchor: its words without spaces, and a number where they stood before.
    pub id: String,
}

/// What readers see of HTML in a text, which is none to them: all but comments. One may go on for lines.
fn shown(html: &str, in_comment: &mut bool) -> String {
    let mut shown = String::new();
    let mut rest = html;
    loop {
        let sign = if *in_comment { "-->" } else { "<!--" };
        let Some((words, behind)) = rest.split_once(sign) else { break };
        if !*in_comment {
            shown.push_str(words);
        }
        (rest, *in_comment) = (behind, !*in_comment);
    }
    if !*in_comment {
        shown.push_str(rest);
    }
    shown
}

impl Writer<'_> {
    /// Renders one text.
    pub fn html(&mut self, text: &str) -> String {
        let mut events: Vec<Event> = Vec::new();
        let (mut dropped_links, mut dropped_images) = (0, 0);
        let prepared = Prepared::of(text);
        let mut in_comment = false;
        for (event, _) in prepared.events() {
            match event {
                Event::Html(raw) | Event::InlineHtml(raw) => {
                    let shown = shown(&raw, &mut in_comment);
                    if !shown.trim().is_empty() {
                        events.push(Event::Text(shown.into()));
                    }
                }
                Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('=') => {
                    match (self.link)(&dest_url[1..]) {
                        Some(url) => events.push(Event::Start(bound(url))),
                        None => dropped_links += 1,
                    }
                }
                Event::Start(Tag::Link { link_type, ref dest_url, .. })
                    if link_type != LinkType::Email && is_unsafe(dest_url) =>
                {
                    dropped_links += 1;
                }
                Event::End(TagEnd::Link) if dropped_links > 0 => dropped_links -= 1,
                Event::Start(Tag::Image { ref dest_url, .. }) if !is_within(dest_url) => {
                    dropped_images += 1;
                }
                Event::End(TagEnd::Image) if dropped_images > 0 => dropped_images -= 1,
                event => events.push(event),
            }
        }
        join_han_lines(&mut events);
        self.name_headings(&mut events);
        let mut out = String::with_capacity(text.len() * 2);
        let events = tables::aligned(self.link_terms(events));
        let events = self.notes.take(events);
        html::push_html(&mut out, events.into_iter());
        out
    }

    /// Gives every heading its anchor.
    fn name_headings(&mut self, events: &mut [Event]) {
        let mut open = None;
        for index in 0..events.len() {
            match &events[index] {
                Event::Start(Tag::Heading { level, .. }) => {
                    open = Some((index, *level as usize, String::new()));
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some((.., text)) = &mut open {
                        text.push_str(words);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let Some((start, level, text)) = open.take() else { continue };
                    let heading = self.heading(text, level);
                    if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
                        *id = Some(heading.id.clone().into());
                    }
                    self.headings.push(heading);
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, text: String, level: usize) -> Heading {
        let words = text.chars().filter(|c| !c.is_whitespace()).collect();
        Heading { text, level, id: self.anchors.of(words) }
    }

    /// Makes links of terms, outside links, headings, pictures and code.
    fn link_terms<'e>(&mut self, events: Vec<Event<'e>>) -> Vec<Event<'e>> {
        let mut out = Vec::with_capacity(events.len());
        let mut within = 0;
        for event in events {
            match event {
                Event::Start(ref tag) if leads_on(tag) => within += 1,
                Event::End(
                    TagEnd::Link | TagEnd::Heading(_) | TagEnd::Image | TagEnd::CodeBlock,
                ) => within -= 1,
                Event::Text(words) if within == 0 => {
                    let mut from = 0;
                    for (range, url) in (self.terms)(&words) {
                        out.push(Event::Text(words[from..range.start].to_owned().into()));
                        out.push(Event::InlineHtml(
                            format!("<a class=\"term\" href=\"{url}\">").into(),
                        ));
                        out.push(Event::Text(words[range.clone()].to_owned().into()));
                        out.push(Event::InlineHtml("</a>".into()));
                        from = range.end;
                    }
                    out.push(Event::Text(words[from..].to_owned().into()));
                    continue;
                }
                _ => {}
            }
            out.push(event);
        }
        out
    }
}

/// Whether what stands in it is a link already, names something, or is no text.
fn leads_on(tag: &Tag) -> bool {
    matches!(tag, Tag::Link { .. } | Tag::Heading { .. } | Tag::Image { .. } | Tag::CodeBlock(_))
}

fn bound(url: String) -> Tag<'static> {
    Tag::Link {
        link_type: LinkType::Inline,
        dest_url: url.into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

/// Such a link was reported where it is written; what it says stays.
fn is_unsafe(url: &str) -> bool {
    matches!(Link::read(url), Link::Bad(fault) if fault != Fault::Empty)
}

fn is_within(url: &str) -> bool {
    Link::read(url) == Link::Within
}

/// A line break between two Han characters leaves no space.
pub fn join_han_lines(events: &mut [Event]) {
    for index in 1..events.len().saturating_sub(1) {
        if !matches!(events[index], Event::SoftBreak) {
            continue;
        }
        let before = matches!(&events[index - 1], Event::Text(text) if text.chars().next_back().is_some_and(is_han));
        let after = matches!(&events[index + 1], Event::Text(text) if text.chars().next().is_some_and(is_han));
        if before && after {
            events[index] = Event::Text(CowStr::Borrowed(""));
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_link_to_their_cells_and_scripts_are_text() {
        let link = |target: &str| (target == "a/b/c").then(|| "t.html#b".to_owned());
        assert_eq!(
            html("收入[1454.54万元](=a/b/c)。", &link),
            "<p>收入<a href=\"t.html#b\">1454.54万元</a>。</p>\n"
        );
        assert_eq!(html("[1](=x/y/z) [2](javascript:x)", &link), "<p>1 2</p>\n");
        assert_eq!(html("一<b>二</b>", &link), "<p>一&lt;b&gt;二&lt;/b&gt;</p>\n");
        assert_eq!(html("第一行\n第二行", &link), "<p>第一行第二行</p>\n");
    }
    #[test]
    fn terms_are_linked_but_not_in_links_and_headings_which_have_anchors() {
        let mut terms = |text: &str| {
            let found = text.find("term").map(|at| (at..at + 4, "g.html#term".to_owned()));
            found.into_iter().collect()
        };
        let mut writer = Writer {
            link: &|_| None,
            terms: &mut terms,
            headings: Vec::new(),
            anchors: Anchors::default(),
            notes: Notes::default(),
        };
        assert_eq!(
            writer.html("a term and [term](x.html)"),
            "<p>a <a class=\"term\" href=\"g.html#term\">term</a> and <a href=\"x.html\">term</a></p>\n"
        );
        assert_eq!(
            writer.html("## A term\n\n## A term"),
            "<h2 id=\"Aterm\">A term</h2>\n<h2 id=\"Aterm-2\">A term</h2>\n"
        );
        assert_eq!(writer.headings.len(), 2);
    }
}
