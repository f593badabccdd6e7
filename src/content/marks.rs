//! Marks in a text that readers see otherwise than the author wrote them: stars that vanish or
//! stay, footnotes without their other half, half of a bound figure, raw HTML.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::brackets::{self, ends_in_figure};
use super::signs::Signs;
use super::typed::Typed;
use super::vanished::Vanished;
use crate::codes;
use crate::commonmark::Prepared;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place};

/// What is known of the marks of a text so far.
pub(super) struct Marks<'a> {
    file: FileId,
    text: &'a str,
    prepared: &'a Prepared<'a>,
    /// Where the text begins in its file.
    start: usize,
    /// Footnotes by label: where they are written.
    notes: BTreeMap<String, Range<usize>>,
    /// The labels that are referred to.
    referred: Vec<String>,
    /// Whether code or a link is open, in which marks are text.
    within: usize,
    /// Links and code: where brackets are what they should be.
    whole: Vec<Range<usize>>,
    /// Where the last star without a partner stands.
    unpaired: Option<usize>,
    /// What no reader sees.
    vanished: Vanished<'a>,
    /// What is meant for another mark, or for none.
    signs: Signs<'a>,
    /// What other programs read as marks.
    typed: Typed<'a>,
    /// Bound figures.
    figures: Vec<Range<usize>>,
    /// Links that lead to a path, by where they stand: their words say whether a figure was meant.
    paths: Vec<Range<usize>>,
}

impl<'a> Marks<'a> {
    /// Of a text of a file, from a byte on.
    pub(super) fn of(
        file: FileId,
        text: &'a str,
        prepared: &'a Prepared<'a>,
        start: usize,
    ) -> Marks<'a> {
        let (notes, referred) = (BTreeMap::new(), Vec::new());
        let (whole, paths, figures) = (Vec::new(), Vec::new(), Vec::new());
        let vanished = Vanished::of(file, text, start);
        let signs = Signs::of(file, text, start);
        let typed = Typed::of(file, text, start);
        let within = 0;
        Marks {
            file,
            text,
            prepared,
            start,
            notes,
            referred,
            within,
            whole,
            unpaired: None,
            vanished,
            signs,
            typed,
            figures,
            paths,
        }
    }

    /// Looks at one event; its bytes are counted from where the text begins.
    pub(super) fn look(&mut self, report: &mut Report, event: &Event, range: &Range<usize>) {
        self.vanished.look(report, event, range);
        self.signs.look(report, event, range, self.within == 0);
        self.typed.look(report, event, range);
        match event {
            Event::Code(_) | Event::Start(Tag::Image { .. }) => self.whole.push(range.clone()),
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. }) => {
                self.within += 1;
                self.whole.push(range.clone());
                if let Event::Start(Tag::Link { dest_url, .. }) = event {
                    if dest_url.starts_with('=') {
                        self.figures.push(range.clone());
                    } else if is_address(dest_url) {
                        self.paths.push(range.clone());
                    }
                }
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => self.within -= 1,
            Event::Start(Tag::Emphasis) => self.emphasis(report, range),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                self.notes.insert(label.to_string(), range.clone());
            }
            Event::FootnoteReference(label) => self.referred.push(label.to_string()),
            Event::Html(_) | Event::InlineHtml(_) => self.html(report, range),
            Event::Start(Tag::HtmlBlock) => self.open_comment(report, range),
            Event::Start(Tag::Strong) => self.power(report, range),
            Event::Text(words) if self.within == 0 => self.words(report, words, range),
            _ => {}
        }
    }

    /// Reports footnotes that lack their other half, and halves of bound figures.
    pub(super) fn finish(self, report: &mut Report) {
        self.half_bindings(report);
        super::footnotes::without_note(report, self.file, (self.text, self.start), |at, label| {
            let is_code = Stretches::of(&self.whole).reach_from(at) > at;
            is_code || self.notes.keys().any(|known| known.eq_ignore_ascii_case(label))
        });
        for (label, range) in &self.notes {
            // One that is referred to by brackets of full width is said there.
            if self.referred.contains(label) || self.text.contains(&format!("^{label}］")) {
                continue;
            }
            let first = range.start..range.start + label.len() + 3;
            self.stray(
                report,
                &first,
                text!(zh: "正文里没有引用脚注“[^{label}]”，读者看不到它", en: "nothing refers to the footnote `[^{label}]`, so that nobody sees it"),
                text!(zh: "在要注释的字后面写 [^{label}]", en: "write [^{label}] behind the words it explains"),
            );
        }
        let whole = Stretches::of(&self.whole);
        self.typed.finish(report, &|at| whole.reach_from(at) > at);
        self.vanished.finish(report);
    }

    /// `[figure]（=address）`, `[figure](address)`, `[figure](=address`: all but a bound figure.
    fn half_bindings(&self, report: &mut Report) {
        let text = &self.text[self.start..];
        let whole = Stretches::of(&self.whole);
        for at in memchr::memchr_iter(b']', text.as_bytes()) {
            let line = rest_of_line(&text[at + 1..]);
            if whole.reach_from(at) > at + 1 {
                continue;
            }
            let behind = line.trim_start_matches([' ', '\u{3000}']);
            let Some(inner) = behind.strip_prefix(['(', '（']) else { continue };
            let target = inner.trim_start();
            let is_half = target.trim_start_matches('<').starts_with(['=', '＝'])
                || (behind.starts_with('（') && is_bound(text, at, target));
            let range = at..at + 1 + closed(line);
            let is_path = line.starts_with('(') && is_path_with_blanks(inner);
            if is_half {
                self.half(report, &range, &cause(line, inner));
            } else if is_elsewhere(target) || is_path {
                self.half_link(report, &range, &cause(line, inner), is_path);
            }
        }
        for link in &self.figures {
            if let Some((range, cause)) = brackets::doubled(text, link) {
                self.half(report, &range, &cause);
            }
        }
        for range in brackets::addresses(text, &|at| whole.reach_from(at) > at) {
            let cause = text!(zh: "地址前面缺少“=”，数字也不在半角的方括号里", en: "`=` is missing before the address, and the figure stands in no square brackets");
            self.half(report, &range, &cause);
        }
        self.unbracketed(report, text, &whole);
        self.crossed(report, text, &whole);
        for range in &self.paths {
            let words = text[range.start + 1..].chars().next();
            if !words.is_some_and(|c| c.is_ascii_digit()) {
                continue;
            }
            let address = text[range.clone()].split_once("](").map_or("", |(_, address)| address);
            let cause = if address.trim_start().starts_with('＝') {
                cause("(", address)
            } else {
                text!(zh: "地址前面缺少“=”", en: "`=` is missing before the address")
            };
            self.half(report, range, &cause);
        }
    }

    /// `【figure】(=address)`, `figure(=address)`, and the two halves on two lines.
    fn unbracketed(&self, report: &mut Report, text: &str, whole: &Stretches) {
        for (at, _) in text.match_indices(['=', '＝']) {
            let before = text[..at].trim_end_matches('<').trim_end();
            let Some(words) = before.strip_suffix(['(', '（']) else { continue };
            let open = words.len();
            let apart = words.trim_end();
            let is_on_two_lines = words[apart.len()..].contains('\n');
            let is_square = apart.ends_with(']');
            let address = text[at..].trim_start_matches(['=', '＝']);
            let address =
                address[..closed(rest_of_line(address))].trim_end_matches([')', '）', '>']);
            if (is_square && !is_on_two_lines) || !is_target(address) || whole.reach_from(at) > at {
                continue;
            }
            let between = apart.rsplit_once(']').filter(|(figure, between)| {
                let is_short = (1..=BETWEEN).contains(&between.chars().count());
                is_short && !between.contains('\n') && ends_in_figure(figure)
            });
            let cause = if let Some((_, between)) = between {
                text!(zh: "“]”和“(”之间还有“{between}”", en: "`{between}` stands between `]` and `(`")
            } else if is_square {
                text!(zh: "“]”和“(”不在一行", en: "`]` and `(` stand on two lines")
            } else if apart.ends_with(['】', '］', '〕', '」', '}', '｝']) || ends_in_figure(apart)
            {
                text!(zh: "数字不在半角的方括号里", en: "the figure does not stand in half-width square brackets")
            } else {
                continue;
            };
            let line = rest_of_line(&text[open..]);
            self.half(report, &(open..open + closed(line)), &cause);
        }
    }

    /// `(figure)[=address]`, `[figure][=address]`, `【words】(https://…)`.
    fn crossed(&self, report: &mut Report, text: &str, whole: &Stretches) {
        for (at, _) in text.match_indices(['=', '＝']) {
            let before = text[..at].trim_end_matches('<').trim_end();
            let Some(words) = before.strip_suffix(['[', '［', '【']) else { continue };
            let line = rest_of_line(&text[at..]);
            let Some(end) = line.find([']', '］', '】']) else { continue };
            let is_bound = line[..end].strip_prefix(['=', '＝']).is_some_and(is_target);
            if whole.reach_from(at) > at || !is_bound {
                continue;
            }
            let cause = text!(zh: "数放在方括号里，地址放在后面的圆括号里", en: "the figure stands in the square brackets, and its address in the round ones behind them");
            self.half(report, &(words.len()..at + end), &cause);
        }
        for bracket in ['】', '］'] {
            for (at, _) in text.match_indices(bracket) {
                let line = rest_of_line(&text[at + bracket.len_utf8()..]);
                let Some(inner) = line.strip_prefix(['(', '（']) else { continue };
                if is_elsewhere(inner.trim_start()) && whole.reach_from(at) <= at {
                    let cause = text!(zh: "文字不在半角的方括号里", en: "the words do not stand in half-width square brackets");
                    let end = at + bracket.len_utf8() + closed(line);
                    self.half_link(report, &(at..end), &cause, false);
                }
            }
        }
    }

    fn half_link(&self, report: &mut Report, range: &Range<usize>, cause: &Text, is_path: bool) {
        let help = if is_path {
            text!(zh: "地址写在 < 和 > 之间：[文字](<地址>)，或者给文件改名，不带空格", en: "put the address between < and >: [words](<address>), or give the file a name without blanks")
        } else {
            text!(zh: "写成 [文字](地址)，括号都用半角，中间不空格", en: "write it as [words](address), all brackets half-width, without blanks between")
        };
        report.push(
            codes::HALF_BINDING
                .at(
                    self.place(range),
                    text!(zh: "链接没有写完整，读者看到的是括号和地址：{zh}", en: "a link is written by half, and readers see the brackets and the address: {en}", zh = cause.zh, en = cause.en),
                )
                .help(help),
        );
    }

    fn half(&self, report: &mut Report, range: &Range<usize>, cause: &Text) {
        report.push(
            codes::HALF_BINDING
                .at(
                    self.place(range),
                    text!(zh: "数字的绑定没有写完整：{zh}", en: "a figure is bound by half: {en}", zh = cause.zh, en = cause.en),
                )
                .help(text!(
                    zh: "写成 [数字](=表/行/列)，括号和等号都用半角；有空格的地址写在 < 和 > 之间：[数字](<=表/行/列 + 表/行/列>)",
                    en: "write it as [figure](=table/row/column), all signs half-width; an address with blanks stands between < and >: [figure](<=table/row/column + table/row/column>)",
                )),
        );
    }

    fn place(&self, range: &Range<usize>) -> Place {
        Place::bytes(self.file, range.start + self.start..range.end + self.start)
    }

    fn stray(&self, report: &mut Report, range: &Range<usize>, message: Text, help: Text) {
        report.push(codes::STRAY_MARK.at(self.place(range), message).help(help));
    }

    /// `2**3**4`: signs of a sum, not of bold words.
    fn power(&self, report: &mut Report, range: &Range<usize>) {
        let text = &self.text[self.start..];
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inner = text[range.clone()].trim_matches('*');
        let is_sum = is_digit(text[..range.start].chars().next_back())
            && is_digit(text[range.end..].chars().next())
            && inner.chars().all(|c| c.is_ascii_digit() || "*.".contains(c));
        if is_sum {
            self.stray(
                report,
                range,
                text!(zh: "读者看不到这四个星号：“{inner}”显示成粗体", en: "readers do not see these four stars: `{inner}` is set in bold"),
                text!(zh: "乘号写“×”；要的就是星号，写 \\*", en: "write a product with ×; where stars are meant, write \\*"),
            );
        }
    }

    /// A star within words: whether emphasis was meant or a product, nobody can tell.
    fn emphasis(&self, report: &mut Report, range: &Range<usize>) {
        let text = &self.text[self.start..];
        let outer = text[..range.start].chars().next_back();
        let outer = outer.into_iter().chain(text[range.end..].chars().next());
        let words = &text[range.clone()];
        let is_within =
            words.starts_with('*') && outer.filter(|c| c.is_alphanumeric()).count() == 2;
        if !is_within {
            return;
        }
        let shown = words.trim_matches('*');
        self.stray(
            report,
            range,
            text!(zh: "读者看不到这两个星号：“{shown}”显示成斜体", en: "readers do not see these two stars: `{shown}` is set in italics"),
            text!(zh: "乘号写“×”，加重写 **{shown}**", en: "write a product with ×, emphasis as **{shown}**"),
        );
    }

    fn html(&self, report: &mut Report, range: &Range<usize>) {
        let words = &self.text[self.start..][range.clone()];
        let shown = words.trim();
        // A comment is no part of the page.
        if shown.starts_with("<!--") || self.is_in_comment(range.start) {
            return;
        }
        // The other end of an element is reported with its beginning.
        let element = shown.strip_prefix("</").map(|rest| rest.trim_end_matches('>').trim());
        let before = &self.text[self.start..][..range.start];
        if element.is_some_and(|name| before.contains(&format!("<{name}"))) {
            return;
        }
        let start = range.start + (words.len() - words.trim_start().len());
        report.push(
            codes::RAW_HTML
                .at(
                    self.place(&(start..start + shown.len())),
                    text!(zh: "这里是 HTML，读者看到的就是“{shown}”这些字", en: "this is HTML, and readers see it as it stands: `{shown}`"),
                )
                .help(text!(
                    zh: "换成 Markdown 的写法：换行空一行，加重写 **…**，表格用 |；要的就是这些字，写在反引号里",
                    en: "write it in Markdown: an empty line for a break, **…** for bold, | for a table; where the signs themselves are meant, put them between backticks",
                )),
        );
    }

    /// Whether a comment is open at a byte.
    fn is_in_comment(&self, at: usize) -> bool {
        let before = &self.text[self.start..][..at];
        before.rfind("<!--").is_some_and(|open| !before[open..].contains("-->"))
    }

    /// A comment that nothing ends: whatever stands behind it is part of it.
    fn open_comment(&self, report: &mut Report, range: &Range<usize>) {
        let words = &self.text[self.start..][range.clone()];
        let Some(at) = words.rfind("<!--").filter(|at| !words[*at..].contains("-->")) else {
            return;
        };
        let at = range.start + at;
        report.push(
            codes::LOST_WORDS
                .at(self.place(&(at..at + 4)), text!(zh: "“<!--”没有配上“-->”，后面的字都不会公开", en: "no `-->` ends the comment that begins here: nothing behind it is published"))
                .help(text!(zh: "在注释后面写上 -->，或者删去 <!--", en: "write --> behind the comment, or remove <!--")),
        );
    }

    fn words(&mut self, report: &mut Report, words: &str, range: &Range<usize>) {
        // A mark without a partner is text, star by star.
        let is_run = self.text[self.start + range.start..].starts_with("**");
        if words.starts_with('*') && is_run && self.prepared.is_mark(range) {
            // The other one of a pair that does not close, and the rest of a run of stars, are the same slip.
            let last = self.unpaired.replace(range.start);
            let between = last.map(|last| &self.text[self.start..][last..range.start]);
            if between.is_some_and(|between| !between.contains('\n')) {
                return;
            }
            self.stray(
                report,
                range,
                text!(zh: "“**”没有配成对，读者会看到星号", en: "`**` has no partner here, and readers see the stars"),
                text!(zh: "在加重的字前后各写一个 **，里面不留空格；要的就是星号，写 \\*", en: "put ** right before and right after the bold words, without blanks within; where stars are meant, write \\*"),
            );
        }
    }
}

/// Why what stands behind the words of a figure is no address of one.
fn cause(line: &str, inner: &str) -> Text {
    if inner.trim_start().starts_with('<') && !inner.contains('>') {
        text!(zh: "地址前面有“<”，后面缺少“>”", en: "`<` stands before the address, and no `>` behind it")
    } else if line.trim_start().len() < line.len() {
        text!(zh: "“]”和“(”之间有空格", en: "a blank stands between `]` and `(`")
    } else if line.starts_with('（') {
        text!(zh: "“（”是全角括号", en: "`（` is a full-width bracket")
    } else if inner.trim_start().starts_with('＝') {
        text!(zh: "“＝”是全角等号", en: "`＝` is a full-width sign")
    } else if let Some((address, _)) = inner.split_once(')') {
        if address.contains(char::is_whitespace) {
            text!(zh: "地址里有空格", en: "the address holds a blank")
        } else {
            text!(zh: "括号没有配成对", en: "the brackets do not pair")
        }
    } else if inner.contains('）') {
        text!(zh: "“）”是全角括号", en: "`）` is a full-width bracket")
    } else {
        text!(zh: "缺少“)”", en: "`)` is missing")
    }
}

/// How many bytes of a line are looked at for the rest of a binding: a text of one long line costs no
/// more than one of many.
const REACH: usize = 1536;

/// No unit or sign between the two halves of a binding has more characters.
const BETWEEN: usize = 3;

/// What stands before the end of the line, or of as much of it as is looked at.
fn rest_of_line(text: &str) -> &str {
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].lines().next().unwrap_or_default()
}

/// Stretches of a text by where they begin, each with the last end of those up to it.
struct Stretches(Vec<(usize, usize)>);

impl Stretches {
    fn of(ranges: &[Range<usize>]) -> Stretches {
        let mut all: Vec<(usize, usize)> =
            ranges.iter().map(|range| (range.start, range.end)).collect();
        all.sort_unstable();
        let mut last = 0;
        for (_, end) in &mut all {
            last = last.max(*end);
            *end = last;
        }
        Stretches(all)
    }

    /// How far a stretch that holds this byte goes; 0 or less than the byte where none does.
    fn reach_from(&self, at: usize) -> usize {
        let begun = self.0.partition_point(|(start, _)| *start <= at);
        begun.checked_sub(1).map_or(0, |last| self.0[last].1)
    }
}

/// How many bytes of a line stand before its first closing bracket, that included.
fn closed(line: &str) -> usize {
    line.char_indices()
        .find(|(_, c)| matches!(c, ')' | '）'))
        .map_or(line.len(), |(at, c)| at + c.len_utf8())
}

/// Whether a text begins with an address of another site.
fn is_elsewhere(target: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
}

/// Whether what stands between the brackets of a link is a path with blanks in it, which ends no link.
fn is_path_with_blanks(inner: &str) -> bool {
    let Some((path, _)) = inner.split_once(')') else { return false };
    let path = path.trim();
    path.contains([' ', '\u{3000}']) && !path.contains(['"', '\'', '<', '='])
}

/// Whether what stands behind `=` is what a figure is bound to.
fn is_target(address: &str) -> bool {
    address.contains('/') || ["#", "sum:", "part:"].iter().any(|kind| address.starts_with(kind))
}

/// Whether full-width brackets behind a figure in square ones hold an address.
fn is_bound(text: &str, at: usize, target: &str) -> bool {
    let words = text[..at].rsplit('[').next().unwrap_or_default();
    let address = target.split(['）', ')']).next().unwrap_or_default();
    words.starts_with(|c: char| c.is_ascii_digit()) && is_address(address)
}

/// Whether an address could be that of a cell, and of no page.
fn is_address(url: &str) -> bool {
    // A figure is bound to no anchor.
    let anchored = url.strip_prefix('#').filter(|rest| rest.matches('/').count() > 1);
    let url = anchored.unwrap_or(url);
    let last = url.rsplit('/').next().unwrap_or_default();
    let is_page =
        url.starts_with(['/', '.', '#', '=']) || url.contains([':', '?']) || last.contains('.');
    !is_page && url.matches('/').count() >= 1
}
