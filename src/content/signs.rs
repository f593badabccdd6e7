//! Signs of Markdown that an author of Chinese writes for something else, or by half: a `>` or `+` before a
//! figure, four blanks before a paragraph, `##标题`, `__重点__`, `＊＊重点＊＊`, `~~`, a table without its second line.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::stretch::Stretch;
use super::{OrdinalKind, digit, ordinal};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::FileId;

/// What is known of a text so far.
pub(super) struct Signs<'a> {
    part: Stretch<'a>,
    /// A pair of marks that is half read, and where it opened.
    open: Option<(&'static str, usize)>,
    /// Whether a paragraph is open of which nothing was read.
    is_first: bool,
    /// The numbers a list should go on with, one for each open list; nothing for one without numbers.
    lists: Vec<Option<Numbers>>,
    /// Whether a table is open, in which bars are lines.
    is_table: bool,
}

/// The numbers of a list as readers see them.
struct Numbers {
    /// What the next item is numbered.
    next: u64,
    /// Whether every item so far was written with the first number, which counts for itself.
    is_lazy: bool,
    first: u64,
}

/// Marks that are shown as they stand, each with the mark that is meant.
const SHOWN: [&str; 5] = ["__", "＊＊", "~~", "～～", "=="];

impl<'a> Signs<'a> {
    /// Of a text of a file, from a byte on.
    pub(super) fn of(file: FileId, text: &'a str, start: usize) -> Signs<'a> {
        let part = Stretch::of(file, text, start);
        Signs { part, open: None, is_first: false, lists: Vec::new(), is_table: false }
    }

    /// Looks at one event; `is_text` is whether marks are text where it stands.
    pub(super) fn look(
        &mut self,
        report: &mut Report,
        event: &Event,
        range: &Range<usize>,
        is_plain: bool,
    ) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => self.quote(report, range),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => self.fence(report, range),
            Event::Start(Tag::Heading { level, .. }) => self.title(report, range, *level),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.indented(report, range),
            Event::Start(Tag::List(first)) => {
                let numbers = first.map(|first| Numbers { next: first, is_lazy: true, first });
                self.lists.push(numbers);
                if first.is_none() {
                    self.list(report, range);
                }
            }
            Event::End(TagEnd::List(_)) => drop(self.lists.pop()),
            Event::Start(Tag::Item) => self.item(report, range),
            Event::Start(Tag::Table(_)) => self.is_table = true,
            Event::End(TagEnd::Table) => self.is_table = false,
            Event::Start(Tag::Paragraph) => {
                (self.is_first, self.open) = (true, None);
                self.bars(report, range);
                self.run_on(report, range);
                self.tabs(report, range);
            }
            Event::End(_) => self.is_first = false,
            Event::Text(words) if is_plain => {
                self.escaped(report, words, range);
                if std::mem::take(&mut self.is_first) {
                    self.heading(report, range);
                }
                self.shown(report, range);
            }
            _ => {}
        }
    }

    /// The line that begins at a byte, without its end.
    fn line(&self, at: usize) -> &'a str {
        self.part.text[at..].lines().next().unwrap_or_default().trim_end()
    }

    /// Words that readers do not see as they are written.
    fn lost(&self, report: &mut Report, range: Range<usize>, said: (Text, Text)) {
        self.part.report(report, &codes::LOST_WORDS, range, said);
    }

    /// `>5%的部分`: the sign makes a quotation of the line.
    fn quote(&self, report: &mut Report, range: &Range<usize>) {
        let line = self.line(range.start);
        let words = line.trim_start_matches('>');
        let is_figure = |words: &str| {
            words.trim_start_matches(['=', '￥', '¥']).starts_with(|c| digit(c).is_some())
        };
        let rest = words.trim_start();
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let is_share = number.len() < rest.len() && number.trim_start().starts_with(['%', '％']);
        let is_measure = number.len() < rest.len()
            && number
                .trim_start()
                .starts_with(|c: char| c.is_alphabetic() && !"年月日章节条款项个".contains(c));
        if !is_figure(words) && !is_share && !is_measure && !rest.starts_with('=') {
            return;
        }
        let shown = shortened(rest);
        let message = text!(zh: "Markdown 把行首的“>”当作引文的记号，读者看到的是“{shown}”", en: "Markdown takes `>` at the head of a line for a quotation: readers see `{shown}`");
        let help = text!(zh: "写“大于”“超过”，或者全角的“＞”；要的就是引文，“>”后面空一格，从文字开始", en: "write it in words, or as `＞`; where a quotation is meant, put a blank and a word behind `>`");
        let code = if is_figure(words) || is_share || rest.starts_with('=') {
            &codes::LOST_WORDS
        } else {
            &codes::STRAY_MARK
        };
        self.part.report(report, code, range.start..range.start + line.len(), (message, help));
    }

    /// A fence without its end makes code of all that follows.
    fn fence(&self, report: &mut Report, range: &Range<usize>) {
        let block = self.part.text[range.clone()].trim_end();
        let fence = block.trim_start().get(..3).unwrap_or("```");
        let mut lines = block.lines();
        let first = lines.next().unwrap_or_default();
        let is_closed = lines
            .next_back()
            .is_some_and(|last| last.trim_start_matches(['>', ' ']).starts_with(fence));
        if is_closed {
            return;
        }
        let message = text!(zh: "“{fence}”没有配成对，后面的字都当作代码原样显示", en: "`{fence}` has no partner: all that follows is code, and shown as it stands");
        let help = text!(zh: "在代码后面另起一行写 {fence}，不是代码的删去这一行", en: "write a line {fence} behind the code; where it is none, remove this line");
        self.part.report(
            report,
            &codes::STRAY_MARK,
            range.start..range.start + first.len(),
            (message, help),
        );
    }

    /// A line that the one below it makes a heading of, and a heading of the rank of the section's own.
    fn title(&self, report: &mut Report, range: &Range<usize>, level: HeadingLevel) {
        let block = self.part.text[range.clone()].trim_end();
        let (words, under) = block.rsplit_once('\n').unwrap_or((block, ""));
        let is_under = !under.trim().is_empty() && under.trim().trim_matches(['-', '=']).is_empty();
        let shown = shortened(words.trim_start_matches('#').trim());
        let range = range.start..range.start + words.len();
        if is_under && words.trim_end().ends_with(['。', '；', '！', '？', '，', ';']) {
            let sign = under.trim();
            let message = text!(zh: "下一行的“{sign}”把“{shown}”变成了标题", en: "the line `{sign}` below it makes a heading of `{shown}`");
            let help = text!(zh: "要的是分隔线，在它前面空一行；是标题的，写 ## {shown}", en: "where a rule is meant, put an empty line before it; where a heading is, write ## {shown}");
            self.part.report(report, &codes::STRAY_MARK, range, (message, help));
        } else if level == HeadingLevel::H1 && self.part.start > 0 {
            let message = text!(zh: "这一节里又有一个一级标题“{shown}”", en: "`{shown}` is a second heading of the first rank in this section");
            let help = text!(zh: "小标题写 ##；是另一节的，另存一个文件", en: "write a heading within the section with ##; where it is another section, give it a file of its own");
            self.part.report(report, &codes::STRAY_MARK, range, (message, help));
        }
    }

    /// Rows of a spreadsheet, which a paragraph sets one behind the other.
    fn tabs(&self, report: &mut Report, range: &Range<usize>) {
        let words = self.part.text[range.clone()].trim_end();
        let mut rows = words.lines().filter(|line| line.trim().contains('\t'));
        let (Some(first), Some(_)) = (rows.next(), rows.next()) else { return };
        let shown = shortened(&first.trim().replace('\t', " "));
        let message = text!(zh: "这几行像是从表格里贴来的，读者看到的是连成一段的“{shown}”", en: "these lines look pasted from a spreadsheet: readers see them as one paragraph, `{shown}`");
        let help = text!(zh: "写成 Markdown 的表格：栏之间用 |，表头下面写一行 |---|---|", en: "write them as a table of Markdown: | between columns, and a line |---|---| below the heading");
        let at = range.start + words.find(first).unwrap_or_default();
        self.part.report(report, &codes::STRAY_MARK, at..at + first.len(), (message, help));
    }

    /// A paragraph that four blanks make code of.
    fn indented(&self, report: &mut Report, range: &Range<usize>) {
        let line = self.line(range.start);
        let shown = shortened(line.trim_start());
        let message = text!(zh: "行首空了 4 格以上，Markdown 把它当作代码，“{shown}”原样显示，里面的链接和加粗都不起作用", en: "Markdown takes a line with 4 blanks before it for code: `{shown}` is shown as it stands, and links and bold words in it are none");
        let help = text!(zh: "去掉行首的空格（缩进由网页排）；要的就是代码，前后各写一行 ```", en: "take the blanks away: pages indent by themselves; where code is meant, put a line ``` before it and one behind");
        self.lost(report, range.start..range.start + line.len(), (message, help));
    }

    /// `+ 5.00`: the sign makes a list of the line. So does a minus before the only item of a list.
    fn list(&self, report: &mut Report, range: &Range<usize>) {
        let line = self.line(range.start);
        let Some(sign) = line.chars().next().filter(|sign| matches!(sign, '+' | '-')) else {
            return;
        };
        let words = line[1..].trim_start();
        let is_only = self.part.text[range.clone()].trim_end().lines().count() == 1;
        let is_amount = words.starts_with(|c: char| c.is_ascii_digit())
            && (sign == '+' || (is_only && is_bare_amount(words)));
        if !is_amount {
            return;
        }
        let shown = shortened(words);
        let message = text!(zh: "Markdown 把行首的“{sign}”当作列表的记号，读者看到的是“{shown}”", en: "Markdown takes `{sign}` at the head of a line for the mark of a list: readers see `{shown}`");
        let help = text!(zh: "正负号紧挨着数写：{sign}5.00；要的就是列表，用“- ”开头，至少两项", en: "write the sign without a blank: {sign}5.00; where a list is meant, begin its lines with `- `, two of them at least");
        self.lost(report, range.start..range.start + line.len(), (message, help));
    }

    /// Numbered lines without a blank behind the number: no list, but one line behind the other.
    fn run_on(&self, report: &mut Report, range: &Range<usize>) {
        let is_ordinal = |line: &str| {
            let circled = line.trim_start().strip_prefix(|c: char| ('①'..='⑳').contains(&c));
            if circled.is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic)) {
                return true;
            }
            let known = ordinal(line).filter(|known| known.kind != OrdinalKind::Piece);
            known.is_some_and(|known| known.rest.starts_with(char::is_alphabetic))
        };
        let is_numbered = |line: &&str| {
            let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = line.trim_start().len() - rest.len();
            let behind = rest.strip_prefix(['.', '．', '、', '）', ')']);
            let behind = behind.filter(|_| (1..=2).contains(&digits));
            behind.is_some_and(|behind| behind.starts_with(char::is_alphabetic)) || is_ordinal(line)
        };
        let words = self.part.text[range.clone()].trim_end();
        let mut lines = words.lines().take_while(is_numbered);
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return };
        let (first, second) = (first.trim(), second.trim());
        let shown = shortened(&format!("{first} {second}"));
        let message = text!(zh: "这几行没有各成一段，读者看到的是连着的“{shown}”", en: "these lines are no lines of their own: readers see `{shown}` in one");
        let help = text!(zh: "各行之间空一行；编号后面空一格（“1. ”）就成列表", en: "leave an empty line between them; with a blank behind the number (`1. `) they are a list");
        let end = range.start + words.find('\n').unwrap_or(words.len());
        self.part.report(report, &codes::STRAY_MARK, range.start..end, (message, help));
    }

    /// A number that a list counts otherwise than it is written.
    fn item(&mut self, report: &mut Report, range: &Range<usize>) {
        let line = self.line(range.start);
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some(Some(numbers)) = self.lists.last_mut() else { return };
        let Ok(written) = line[..digits].parse::<u64>() else { return };
        let (next, first) = (numbers.next, numbers.first);
        numbers.is_lazy &= written == first;
        let is_lazy = numbers.is_lazy && first == 1;
        numbers.next = next.saturating_add(1);
        if written == next || is_lazy {
            return;
        }
        numbers.next = written.saturating_add(1);
        let message = text!(zh: "这里写着 {written}，Markdown 的列表接着数，读者看到的是 {next}", en: "`{written}` stands here, but a list of Markdown counts on: readers see {next}");
        let help = text!(zh: "编号要照写的，用顿号：{written}、", en: "where the number is to stay, write it with another mark: {written}\\.");
        self.part.report(
            report,
            &codes::STRAY_MARK,
            range.start..range.start + digits + 1,
            (message, help),
        );
    }

    /// `##标题`, `＃ 标题`: no heading without a blank, or with a sign of full width.
    fn heading(&self, report: &mut Report, range: &Range<usize>) {
        let begin = self.part.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let before = self.part.text[begin..range.start].trim();
        let line = self.line(range.start);
        let words = line.trim_start_matches(['#', '＃']);
        let signs = line[..line.len() - words.len()].chars().count();
        let is_number = signs == 1 && words.starts_with(|c: char| c.is_ascii_alphanumeric());
        if signs == 0 || words.trim().is_empty() || is_number || !before.is_empty() {
            return;
        }
        let shown = shortened(line);
        let marks = "#".repeat(signs.min(6));
        let rest = shortened(words.trim_start());
        let message = text!(zh: "这不是标题，读者看到的就是“{shown}”", en: "this is no heading: readers see `{shown}` as it stands");
        let help = text!(zh: "用半角的 #，后面空一格：{marks} {rest}", en: "write half-width signs with a blank behind them: {marks} {rest}");
        // A section whose title is none has the name of its file for one.
        let is_title = self.part.start == 0 && self.part.text[..begin].trim().is_empty();
        let code = if is_title { &codes::LOST_WORDS } else { &codes::STRAY_MARK };
        self.part.report(report, code, range.start..range.start + line.len(), (message, help));
    }

    /// A backslash that escapes nothing and is not shown.
    fn escaped(&self, report: &mut Report, words: &str, range: &Range<usize>) {
        let Some(before) = range.start.checked_sub(1) else { return };
        let first = words.chars().next().filter(char::is_ascii_punctuation);
        let Some(first) = first.filter(|_| self.part.text.as_bytes()[before] == b'\\') else {
            return;
        };
        // Signs that may be marks are escaped on purpose.
        if "\\`*_[]<>#|~&!+-.()={}".contains(first) {
            return;
        }
        let message = text!(zh: "读者看不到“{first}”前面的“\\”", en: "readers do not see the `\\` before `{first}`");
        let help = text!(zh: "“{first}”前面不用写“\\”；要的就是反斜杠，写两个：\\\\", en: "`{first}` needs no `\\` before it; where a backslash is meant, write two: \\\\");
        self.part.report(report, &codes::STRAY_MARK, before..range.start + 1, (message, help));
    }

    /// `__重点__` beside words, `＊＊重点＊＊`, `~~`: marks that are shown.
    fn shown(&mut self, report: &mut Report, range: &Range<usize>) {
        // A mark without a partner is text sign by sign: its run is looked at once.
        let sign = self.part.text[range.clone()].chars().next().filter(|c| matches!(c, '_' | '~'));
        let is_lone = sign.is_some_and(|c| c.len_utf8() == range.len());
        let end = match sign.filter(|_| is_lone) {
            Some(sign) if self.part.text[..range.start].ends_with(sign) => return,
            Some(sign) => {
                self.part.text.len() - self.part.text[range.start..].trim_start_matches(sign).len()
            }
            None => range.end,
        };
        for (at, mark) in marks(&self.part.text[range.start..end]) {
            let at = range.start + at;
            match self.open.take() {
                Some((open, from)) if open == mark && !self.part.text[from..at].contains('\n') => {
                    self.pair(report, mark, from..at + mark.len());
                }
                _ => self.open = Some((mark, at)),
            }
        }
    }

    fn pair(&self, report: &mut Report, mark: &str, range: Range<usize>) {
        let whole = &self.part.text[range.clone()];
        let words = whole.trim_start_matches(mark).trim_end_matches(mark);
        if words.trim().is_empty() {
            return;
        }
        let words = shortened(words);
        let message = text!(zh: "读者会看到“{mark}”，“{words}”没有变样", en: "readers see `{mark}`, and `{words}` looks as all other words do");
        let help = if mark.contains(['~', '～']) {
            text!(zh: "删去的字不写；要的就是这些记号，写 \\~\\~", en: "leave out what is struck through; where the signs are meant, write \\~\\~")
        } else {
            text!(zh: "加重写 **{words}**，星号用半角", en: "write bold words as **{words}**, with half-width stars")
        };
        self.part.report(report, &codes::STRAY_MARK, range, (message, help));
    }

    /// Lines with bars that are no table.
    fn bars(&self, report: &mut Report, range: &Range<usize>) {
        let words = self.part.text[range.clone()].trim_end();
        if self.is_table || !words.contains(['|', '｜']) {
            return;
        }
        let is_row = |line: &&str| {
            let line = line.trim();
            let bars = line.matches(['|', '｜']).count();
            bars > 1 && line.starts_with(['|', '｜'])
        };
        let columns = |line: &str| line.matches(['|', '｜']).count();
        let mut lines = words.lines();
        let (Some(first), second) = (lines.next(), lines.next()) else { return };
        let is_pair = second.is_some_and(|second| {
            columns(first) > 0 && columns(first) == columns(second) && words.contains('|')
        });
        let is_rule = first.chars().all(|c| "|-: ".contains(c));
        let is_behind = || self.part.text[..range.start].trim_end().ends_with(['|', '｜']);
        if (!is_row(&first) && !is_pair) || (is_rule && is_behind()) {
            return;
        }
        let shown = shortened(first.trim());
        let count = columns(first.trim().trim_matches(['|', '｜'])) + 1;
        let rule = format!("|{}", "---|".repeat(count));
        let message = text!(zh: "这不是表格，读者看到的就是“{shown}”", en: "this is no table: readers see `{shown}` as it stands");
        let help = text!(zh: "表头下面写一行 {rule}，栏数和表头一样，竖线用半角；前面空一行", en: "write a line {rule} below the heading, with as many columns as it has and half-width bars, and an empty line before the table");
        self.part.report(
            report,
            &codes::STRAY_MARK,
            range.start..range.start + first.len(),
            (message, help),
        );
    }
}

/// The marks of a text that stand alone: two signs, not three.
fn marks(words: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for mark in SHOWN.into_iter().filter(|mark| words.contains(mark)) {
        let Some(sign) = mark.chars().next() else { continue };
        let mut from = 0;
        while let Some(at) = words[from..].find(mark).map(|at| from + at) {
            let run = words[at..].len() - words[at..].trim_start_matches(sign).len();
            if run == mark.len() {
                found.push((at, mark));
            }
            from = at + run;
        }
    }
    found.sort_unstable();
    found
}

/// Whether words are an amount and its unit alone.
fn is_bare_amount(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || "。，；,.;%％".contains(c));
    words.contains('.') && rest.chars().count() <= 2
}

/// So many characters of a line are said in a message.
const SAID: usize = 16;

pub(super) fn shortened(words: &str) -> String {
    let mut chars = words.chars();
    let said: String = chars.by_ref().take(SAID).collect();
    if chars.next().is_some() { format!("{said}…") } else { said }
}
