//! CommonMark to HTML. Bound figures become links to their cells; raw HTML is
//! shown as text; a line break between two Han characters leaves no space.

use pulldown_cmark::{Alignment, CowStr, Event, LinkType, Options, Parser, Tag, html};

/// Renders a text; `link` turns the target of a bound figure into an address, if it has one.
pub fn html(text: &str, link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut events: Vec<Event> = Vec::new();
    let mut dropped_links = 0;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => events.push(Event::Text(raw)),
            Event::Start(Tag::Table(columns)) => {
                events.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
            }
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with('=') => {
                match link(&dest_url[1..]) {
                    Some(url) => events.push(Event::Start(bound(url))),
                    None => dropped_links += 1,
                }
            }
            Event::Start(Tag::Link { ref dest_url, .. }) if is_unsafe(dest_url) => {
                dropped_links += 1;
            }
            Event::End(pulldown_cmark::TagEnd::Link) if dropped_links > 0 => dropped_links -= 1,
            event => events.push(event),
        }
    }
    join_han_lines(&mut events);
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events.into_iter());
    out
}

fn bound(url: String) -> Tag<'static> {
    Tag::Link {
        link_type: LinkType::Inline,
        dest_url: url.into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    }
}

fn is_unsafe(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    url.contains(':') && !matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
}

fn join_han_lines(events: &mut [Event]) {
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
}
