//! What other programs read as marks and this one does not, so that readers see it: `m^2^`, `CO~2~`, `- [x]`,
//! lines that begin with a star or a dot and no blank, a comment between other signs, a bracket too many.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::signs::shortened;
use super::stretch::Stretch;
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::FileId;

/// A text that is looked at.
pub(super) struct Typed<'a>(Stretch<'a>);

/// Signs that stand before the items of a list.
const BULLETS: &str = "*-+•·●○■□◆◇▪–＊※►▶➢√‧∙◎★☆";

/// No more bytes of a line are pointed at.
const LONGEST: usize = 512;

impl<'a> Typed<'a> {
    pub(super) fn of(file: FileId, text: &'a str, start: usize) -> Typed<'a> {
        Typed(Stretch::of(file, text, start))
    }

    /// Looks at one event.
    pub(super) fn look(&self, report: &mut Report, event: &Event, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Paragraph) => {
                self.bullets(report, range);
                self.contents(report, range);
            }
            Event::Start(Tag::Item) => self.task(report, range),
            _ => {}
        }
    }

    /// Looks at the whole text; `is_code` is whether a byte stands in code or in an address.
    pub(super) fn finish(&self, report: &mut Report, is_code: &dyn Fn(usize) -> bool) {
        for (sign, name) in [('^', ["上标", "superscript"]), ('~', ["下标", "subscript"])] {
            let mut end = 0;
            for (at, _) in self.0.text.match_indices(sign).filter(|(at, _)| !is_code(*at)) {
                if at < end {
                    continue;
                }
                if let Some(length) = self.index(at, sign) {
                    end = at + length;
                    self.raised(report, at..end, name);
                }
            }
        }
        for sign in ["!", "！"] {
            for (at, _) in self.0.text.match_indices(sign).filter(|(at, _)| !is_code(*at)) {
                self.comment(report, at, sign);
            }
        }
    }

    fn stray(&self, report: &mut Report, range: Range<usize>, said: (Text, Text)) {
        self.0.report(report, &codes::STRAY_MARK, range, said);
    }

    /// Lines that begin with one sign and make no list.
    fn bullets(&self, report: &mut Report, range: &Range<usize>) {
        let words = self.0.text[range.clone()].trim_end();
        let Some(sign) = words.chars().next().filter(|sign| BULLETS.contains(*sign)) else {
            return;
        };
        let is_item = |line: &&str| {
            let behind = line.trim_start().strip_prefix(sign);
            behind.is_some_and(|behind| {
                let words = behind.trim_start();
                // A star that the line closes sets its words in italics.
                let is_pair = sign == '*' && words.contains('*');
                !is_pair && words.starts_with(|c: char| c.is_alphabetic() || "（“《".contains(c))
            })
        };
        let mut lines = words.lines().take_while(is_item);
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return };
        let shown = shortened(&format!("{} {}", first.trim(), second.trim()));
        let message = text!(zh: "这几行没有各成一段，读者看到的是连着的“{shown}”", en: "these lines are no lines of their own: readers see `{shown}` in one");
        let help = text!(zh: "要的是列表，每行用“- ”开头，“-”后面空一格", en: "where a list is meant, begin each line with `- `: a dash and a blank");
        self.stray(report, range.start..range.start + first.len(), (message, help));
    }

    /// `[TOC]`: the mark of a table of contents.
    fn contents(&self, report: &mut Report, range: &Range<usize>) {
        let words = self.0.text[range.clone()].trim();
        if words.eq_ignore_ascii_case("[toc]") {
            let message = text!(zh: "这里没有目录的记号，读者看到的就是“{words}”", en: "this makes no table of contents: readers see `{words}` as it stands");
            let help = text!(zh: "删去这一行：目录由网页排", en: "remove this line: pages list their headings by themselves");
            self.stray(report, range.start..range.start + words.len(), (message, help));
        }
    }

    /// `- [x] 已完成`: the box of a task.
    fn task(&self, report: &mut Report, range: &Range<usize>) {
        let line = self.0.text[range.start..].lines().next().unwrap_or_default();
        let marks = |c: char| c.is_ascii_digit() || "-*+.) ".contains(c);
        let words = line.trim_start_matches(marks);
        let boxes = ["[x]", "[X]", "[ ]", "[√]", "[✓]", "[v]"];
        let Some(mark) = boxes.into_iter().find(|mark| words.starts_with(mark)) else { return };
        if words[mark.len()..].starts_with(['(', '[', ':']) {
            return;
        }
        let at = range.start + line.len() - words.len();
        let message = text!(zh: "这里没有任务的方框，读者看到的就是“{mark}”", en: "this makes no box of a task: readers see `{mark}` as it stands");
        let help = text!(zh: "用字写出来，如“已完成”；或者直接用 ☑、☐", en: "say it in words, such as “done”, or write ☑ or ☐");
        self.stray(report, at..at + mark.len(), (message, help));
    }

    /// How many bytes `^2^` or `~2~` is, from its first sign on.
    fn index(&self, at: usize, sign: char) -> Option<usize> {
        const MOST: usize = 3;
        let before = self.0.text[..at].chars().next_back()?;
        let inner = self.0.text[at + 1..].split(sign).next()?;
        let is_index = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
        let length = inner.chars().count();
        let is_closed = self.0.text[at + 1 + inner.len()..].starts_with(sign);
        // `10~20~30` are ranges, `[^1]` is a footnote.
        let is_word =
            if sign == '~' { before.is_ascii_alphabetic() } else { before.is_alphanumeric() };
        let behind = self.0.text[at + 1 + inner.len()..].chars().nth(1);
        let is_run = behind == Some(sign);
        let fits = (1..=MOST).contains(&length) && inner.chars().all(is_index);
        (is_closed && is_word && fits && !is_run).then_some(inner.len() + 2)
    }

    fn raised(&self, report: &mut Report, range: Range<usize>, [zh, en]: [&str; 2]) {
        let words = &self.0.text[range.clone()];
        let sign = &words[..1];
        let message = text!(zh: "“{sign}”不是{zh}的记号，读者看到的就是“{words}”", en: "`{sign}` does not make {en}: readers see `{words}` as it stands");
        let help = text!(zh: "直接写上下标的字符，如 m²、CO₂，或者用文字说", en: "write the characters themselves, as in m² and CO₂, or say it in words");
        self.stray(report, range, (message, help));
    }

    /// `‹!-- 待写 --›`, `<！-- -->`, `<!— —>`: a comment between other signs, which is published.
    fn comment(&self, report: &mut Report, at: usize, sign: &str) {
        let before = self.0.text[..at].chars().next_back();
        let Some(open) = before.filter(|c| matches!(c, '<' | '＜' | '‹' | '〈' | '《' | '«'))
        else {
            return;
        };
        let behind = &self.0.text[at + sign.len()..];
        let is_plain = open == '<' && sign == "!" && behind.starts_with("--");
        if (is_plain && !self.is_left_open(at - 1, behind))
            || !behind.starts_with(['-', '－', '–', '—', '‐', '﹣'])
        {
            return;
        }
        let start = at - open.len_utf8();
        let end = self.0.text.floor_char_boundary(start + LONGEST);
        let line = self.0.text[start..end].lines().next().unwrap_or_default();
        let shown = shortened(line);
        let message = text!(zh: "这不是注释，会公开：读者看到的就是“{shown}”", en: "this is no comment and is published: readers see `{shown}` as it stands");
        let help = text!(zh: "注释写成 <!-- … -->，记号都用半角；不公开的话最好不写在这里", en: "write a comment as <!-- … -->, with half-width signs; what is not to be published is better not written here");
        self.0.report(report, &codes::LOST_WORDS, start..start + line.len(), (message, help));
    }

    /// Whether a comment within a paragraph does not end in it: then it is none. One that begins a line is a block,
    /// and reported as such.
    fn is_left_open(&self, at: usize, behind: &str) -> bool {
        let line = self.0.text[..at].rsplit('\n').next().unwrap_or_default();
        let paragraph = behind.split("\n\n").next().unwrap_or_default();
        !line.trim().is_empty() && !paragraph.contains("-->")
    }
}
