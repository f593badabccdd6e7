//! A text → its CommonMark events with their bytes, read as authors of Chinese mean it.
//!
//! CommonMark lets `**` open or close only beside blanks, marks or words in certain orders, which
//! no Chinese text keeps: there are no blanks between words, and marks have a width of their own.
//! And it takes the stars of `60人*3天*450元` for emphasis. The text is therefore read with a few
//! characters replaced by others of the same length, and every event gets its own words back.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser};

/// Stands for a star that is one: no mark, no blank, and in no text.
const STAR: &str = "\u{1}";

/// A text as the parser is to read it.
pub struct Prepared<'a> {
    original: &'a str,
    read: Cow<'a, str>,
}

impl<'a> Prepared<'a> {
    /// Of a text.
    pub fn of(original: &'a str) -> Prepared<'a> {
        let mut replaced = Vec::new();
        let mut end = 0;
        for star in memchr::memchr_iter(b'*', original.as_bytes()) {
            // A line is read once, at the first of its stars.
            if star < end {
                continue;
            }
            let start = original[..star].rfind('\n').map_or(0, |at| at + 1);
            end = original[star..].find('\n').map_or(original.len(), |at| star + at);
            let line = &original[start..end];
            let mut from = start;
            for clause in line.split_inclusive(['。', '；', ';']) {
                replace_signs(&mut replaced, from, clause);
                from += clause.len();
            }
            replace_marks(&mut replaced, start, line);
        }
        if replaced.is_empty() {
            return Prepared { original, read: Cow::Borrowed(original) };
        }
        replaced.sort_unstable();
        replaced.dedup();
        let (mut read, mut from) = (String::with_capacity(original.len()), 0);
        for (at, with) in replaced {
            read.push_str(&original[from..at]);
            read.push_str(with);
            from = at + with.len();
        }
        read.push_str(&original[from..]);
        Prepared { original, read: Cow::Owned(read) }
    }

    /// Its events and their bytes in the text.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        let events = Parser::new_ext(&self.read, options).into_offset_iter();
        events.map(|(event, range)| (self.restored(event, &range), range))
    }

    /// Whether the stars of a run were left to the parser.
    pub fn is_mark(&self, range: &Range<usize>) -> bool {
        self.read.as_bytes().get(range.clone()).is_some_and(|bytes| bytes.contains(&b'*'))
    }

    fn restored<'e>(&'e self, event: Event<'e>, range: &Range<usize>) -> Event<'e> {
        if matches!(self.read, Cow::Borrowed(_)) {
            return event;
        }
        let words = |words: CowStr<'e>| {
            let within = &self.read[range.clone()];
            // Most words are all of their range, and to begin a search costs more than that.
            let found = if within.starts_with(&*words) { Some(0) } else { within.find(&*words) };
            match found {
                Some(at) if !words.is_empty() => {
                    let from = range.start + at;
                    CowStr::Borrowed(&self.original[from..from + words.len()])
                }
                _ => words,
            }
        };
        match event {
            Event::Text(text) => Event::Text(words(text)),
            Event::Code(text) => Event::Code(words(text)),
            Event::Html(text) => Event::Html(words(text)),
            Event::InlineHtml(text) => Event::InlineHtml(words(text)),
            event => event,
        }
    }
}

/// Runs of stars of a clause that nothing escapes.
fn runs(line: &str) -> Vec<Range<usize>> {
    let bytes = line.as_bytes();
    let mut all: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'*', bytes) {
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        match all.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ if is_escaped => {}
            _ => all.push(at..at + 1),
        }
    }
    all
}

/// Where in a text another of the same length stands for what is there.
type Replaced = (usize, &'static str);

/// Takes the stars of a clause that stand for "times" from the parser. The clause begins at `start`.
fn replace_signs(replaced: &mut Vec<Replaced>, start: usize, clause: &str) {
    let signs = signs(clause, &runs(clause));
    replaced.extend(signs.into_iter().map(|run| (start + run.start, STAR)));
}

/// Replaces what stands beside the runs of stars of a line, so that they open and close as meant.
fn replace_marks(replaced: &mut Vec<Replaced>, start: usize, line: &str) {
    for run in runs(line).into_iter().filter(|run| run.len() > 1) {
        let before = line[..run.start].chars().next_back();
        let after = line[run.end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        // The word beside a run becomes a mark where a mark stands on the other side.
        if is_mark(after) && is_unspaced(before) {
            replaced.push((start + run.start - before.len_utf8(), mark_like(before)));
        } else if is_mark(before) && is_unspaced(after) {
            replaced.push((start + run.end, mark_like(after)));
        }
    }
}

/// The single stars of a clause that stand for "times": all between its words where signs of
/// arithmetic stand in it or one of them is certain, and one that has no partner.
fn signs(clause: &str, runs: &[Range<usize>]) -> Vec<Range<usize>> {
    let single = runs.iter().filter(|run| run.len() == 1);
    let sides = |run: &Range<usize>| (&clause[..run.start], &clause[run.end..]);
    let is_bullet = |run: &&Range<usize>| {
        let (before, after) = sides(run);
        before.trim().is_empty() && after.starts_with(char::is_whitespace)
    };
    let all: Vec<&Range<usize>> = single.filter(|run| !is_bullet(run)).collect();
    let between = |run: &&&Range<usize>| {
        let (before, after) = sides(run);
        is_between(before, after)
    };
    let is_certain = all.len() == 1
        || has_arithmetic(clause)
        || all.iter().enumerate().any(|(nth, run)| {
            let (before, after) = sides(run);
            is_between(before, after) && is_product(before, after, nth == 0)
        });
    if !is_certain {
        return Vec::new();
    }
    all.iter().filter(between).map(|run| (*run).clone()).collect()
}

/// Whether signs of arithmetic stand in a clause: that of an address is none.
fn has_arithmetic(clause: &str) -> bool {
    let is_sign = |at: usize| !clause[..at].ends_with('(');
    clause.contains(['＝', '×', '÷']) || clause.match_indices('=').any(|(at, _)| is_sign(at))
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '（' | '[')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | '）' | ']' | '%' | '％')
}

/// Whether words, figures or brackets stand on both sides of a star.
fn is_between(before: &str, after: &str) -> bool {
    let (left, right) = (before.chars().next_back(), after.chars().next());
    left.is_some_and(|c| is_word(c) || closes(c)) && right.is_some_and(|c| is_word(c) || opens(c))
}

/// Whether a star stands behind a quantity and before another, or is the first of a clause and
/// stands behind one.
fn is_product(before: &str, after: &str, is_first: bool) -> bool {
    let is_quantity = ends_with_quantity(before) || before.ends_with(closes);
    let meets_quantity = after.starts_with(|c: char| c.is_ascii_digit() || opens(c));
    is_quantity && (meets_quantity || is_first && after.starts_with(is_han))
}

/// A mark as long as a word's character.
fn mark_like(c: char) -> &'static str {
    match c.len_utf8() {
        1 => ",",
        2 => "·",
        3 => "、",
        _ => "𐄀",
    }
}

/// Whether a text ends with a number, or one and its unit: `60人`, `3.5万元`.
fn ends_with_quantity(text: &str) -> bool {
    const LONGEST_UNIT: usize = 4;
    for (units, c) in text.chars().rev().enumerate() {
        if c.is_ascii_digit() {
            return true;
        }
        if !(is_han(c) || c.is_ascii_alphabetic()) || units == LONGEST_UNIT {
            return false;
        }
    }
    false
}

/// Of a writing without blanks between words, or a figure in it.
fn is_unspaced(c: char) -> bool {
    is_word(c) && !c.is_ascii_alphabetic()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Marks of writing, and those of CommonMark that may stand beside a run of stars.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && c != '*' && c != '\\'
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Tag, TagEnd};

    use super::*;

    /// A text as it is shown: bold between `[` and `]`, italics between `{` and `}`.
    fn shown(text: &str) -> String {
        let prepared = Prepared::of(text);
        let shown = prepared.events().map(|(event, _)| match event {
            Event::Text(words) | Event::Code(words) => words.into_string(),
            Event::Start(Tag::Strong) => "[".to_owned(),
            Event::End(TagEnd::Strong) => "]".to_owned(),
            Event::Start(Tag::Emphasis) => "{".to_owned(),
            Event::End(TagEnd::Emphasis) => "}".to_owned(),
            _ => String::new(),
        });
        shown.collect()
    }

    #[test]
    fn stars_between_quantities_stay() {
        for text in [
            "60人*3天*450元，合计8.10万元",
            "(60+20)*3*450，（60+20）*3*450",
            "人数*3天*450元",
            "3天*人数*5",
            "单价*数量*人数=总额",
            "50%*3*2",
            "一*人；二*人",
            "10~20和30~40",
        ] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("`a*b*c`和3*4*5"), "a*b*c和3*4*5");
        assert_eq!(shown("- **60人*3天*5**"), "[60人*3天*5]");
    }

    #[test]
    fn words_are_bold_beside_chinese_marks() {
        assert_eq!(
            shown("是**“书香”**活动，其中**《办法》**已发"),
            "是[“书香”]活动，其中[《办法》]已发"
        );
        assert_eq!(
            shown("占**50%**的**(一)**类和**\"图书\"**一"),
            "占[50%]的[(一)]类和[\"图书\"]一"
        );
        assert_eq!(shown("为**[109](=a/b/c)**万元"), "为[109]万元");
        assert_eq!(shown("**甲**（**乙**）**。**丙"), "[甲]（[乙]）[。]丙");
    }

    #[test]
    fn emphasis_that_can_be_meant_stays() {
        assert_eq!(shown("这是*重要*内容"), "这是{重要}内容");
        assert_eq!(shown("*注意*内容"), "{注意}内容");
        assert_eq!(shown("an *apt* word, **bold** too"), "an {apt} word, [bold] too");
        assert_eq!(shown("\\*注\\*"), "*注*");
    }
}
