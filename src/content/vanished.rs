//! Words of a text that no reader sees: a remark that Markdown takes for the target of a link, a
//! footnote whose label is taken, cells beyond the last column, a heading without a word.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::stretch::Stretch;
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, text};
use crate::source::{FileId, Place};

/// What is known of a text so far.
pub(super) struct Vanished<'a> {
    part: Stretch<'a>,
    /// Where square brackets are shown, or are part of what is: words, code, HTML.
    shown: Vec<Range<usize>>,
    /// The labels of footnotes.
    labels: BTreeSet<String>,
    /// Where footnotes begin that are shown.
    notes: BTreeSet<usize>,
    /// The labels of targets that a link or a picture leads to.
    led_to: BTreeSet<String>,
    /// The columns of the table that is open.
    columns: usize,
    /// A heading that is open, and whether anything stands in it.
    heading: Option<bool>,
}

impl<'a> Vanished<'a> {
    /// Of a text of a file, from a byte on.
    pub(super) fn of(file: FileId, text: &'a str, start: usize) -> Vanished<'a> {
        Vanished {
            part: Stretch::of(file, text, start),
            shown: Vec::new(),
            labels: BTreeSet::new(),
            notes: BTreeSet::new(),
            led_to: BTreeSet::new(),
            columns: 0,
            heading: None,
        }
    }

    /// Looks at one event.
    pub(super) fn look(&mut self, report: &mut Report, event: &Event, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.heading = Some(false),
            Event::End(TagEnd::Heading(_)) if self.heading.take() == Some(false) => {
                report.push(empty_heading(self.part.place(range.clone())));
            }
            Event::Text(words) => {
                self.fill_heading();
                if words.contains('[') {
                    self.shown.push(range.clone());
                }
            }
            Event::Code(_) | Event::InlineHtml(_) => {
                self.fill_heading();
                self.shown.push(range.clone());
            }
            Event::Html(_) | Event::Start(Tag::CodeBlock(_)) => self.shown.push(range.clone()),
            Event::Start(Tag::Image { link_type, id, .. } | Tag::Link { link_type, id, .. }) => {
                self.fill_heading();
                if matches!(
                    link_type,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                ) {
                    self.led_to.insert(label(id));
                } else {
                    self.shown.push(range.clone());
                }
            }
            // Of two with one label, the first is shown.
            Event::Start(Tag::FootnoteDefinition(name)) if self.labels.insert(label(name)) => {
                self.notes.insert(range.start);
            }
            Event::Start(Tag::Table(columns)) => self.columns = columns.len(),
            Event::Start(Tag::TableRow) => self.row(report, range),
            _ => {}
        }
    }

    fn fill_heading(&mut self) {
        if let Some(is_filled) = &mut self.heading {
            *is_filled = true;
        }
    }

    /// Reports the cells of a row for which its table has no column.
    fn row(&self, report: &mut Report, range: &Range<usize>) {
        let line = self.part.text[range.start..].lines().next().unwrap_or_default();
        let indent = line.len() - line.trim_start_matches([' ', '|']).len();
        let indent = line[..indent].find('|').map_or(indent, |at| at + 1);
        let mut marks = memchr::memchr_iter(b'|', line.as_bytes())
            .filter(|at| *at >= indent && !line[..*at].ends_with('\\'));
        let Some(end) = self.columns.checked_sub(1).and_then(|last| marks.nth(last)) else {
            return;
        };
        let lost = line[end + 1..].trim_end().trim_end_matches('|').trim();
        if lost.is_empty() {
            return;
        }
        let from = range.start + end + 1 + line[end + 1..].find(lost).unwrap_or_default();
        let columns = self.columns;
        let message = text!(
            zh: "这张表有 {columns} 栏，这一行多出来的“{lost}”不会公开", en: "the table has {columns} columns: `{lost}`, which this row has beyond them, is not published",
        );
        let help = text!(
            zh: "给表头和分隔行加一栏，或者删去多余的“|”；文字里的竖线写 \\|", en: "add a column to the heading and the line below it, or take the `|` out that is too many; a bar within words is written \\|",
        );
        report.push(
            codes::LOST_WORDS.at(self.part.place(from..from + lost.len()), message).help(help),
        );
    }

    /// Reports the lines that begin with a label and are not shown.
    pub(super) fn finish(self, report: &mut Report) {
        let mut defined = BTreeSet::new();
        for end in memmem::find_iter(self.part.text.as_bytes(), "]:") {
            let begin = self.part.text[..end].rfind('\n').map_or(0, |at| at + 1);
            let Some(open) = self.part.text[begin..end].find('[').map(|at| begin + at) else {
                continue;
            };
            let is_marker =
                |c: char| c.is_whitespace() || ">-+*.)".contains(c) || c.is_ascii_digit();
            let words = &self.part.text[open + 1..end];
            let is_first = self.part.text[begin..open].chars().all(is_marker);
            if !is_first || words.contains(['[', ']']) || self.is_shown(open) {
                continue;
            }
            let is_note = words.starts_with('^');
            let is_used = self.led_to.contains(&label(words));
            if defined.insert(label(words)) && is_used && !is_note {
                continue;
            }
            let line = self.part.text[open..].lines().next().unwrap_or_default().trim_end();
            report.push(unseen(self.part.place(open..open + line.len()), line, is_note, is_used));
        }
    }

    fn is_shown(&self, open: usize) -> bool {
        self.notes.contains(&open) || self.shown.iter().any(|range| range.contains(&open))
    }
}

/// A label as CommonMark compares it.
fn label(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn unseen(place: Place, line: &str, is_note: bool, is_used: bool) -> Diagnostic {
    if is_note || is_used {
        let message = text!(zh: "“{line}”的标记前面已经用过，这一行不会公开", en: "`{line}` has a label that is taken above: this line is not published");
        let help = text!(zh: "换一个标记，正文里也改用它", en: "give it another label, and use that one in the text too");
        return codes::LOST_WORDS.at(place, message).help(help);
    }
    let message = text!(zh: "“{line}”被 Markdown 当作链接的目标，不会公开", en: "Markdown takes `{line}` for the target of a link: it is not published");
    let help = text!(
        zh: "冒号改用全角“：”，或者去掉方括号；是链接目标而没有用到的，删去这一行", en: "write the colon full-width (`：`), or take the brackets away; where it is the target of a link that is gone, remove the line",
    );
    codes::LOST_WORDS.at(place, message).help(help)
}

/// A heading of which a page shows nothing.
pub(super) fn empty_heading(place: Place) -> Diagnostic {
    let message = text!(zh: "“#”后面没有标题的文字", en: "a `#` stands here and no words of a heading behind it");
    codes::BAD_VALUE
        .at(place, message)
        .help(text!(zh: "写上标题，或者删去这一行", en: "write the heading, or remove the line"))
}
