//! Flags numbers of paragraphs and items that skip or stand twice: 1, 2, 4; 一、二、二.

use std::ops::Range;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N313",
        name: "numbering",
        severity: Severity::Warning,
        page: include_str!("numbering.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// How a number is written: in which digits, and with which signs around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    is_han: bool,
    open: bool,
    close: char,
    heading: bool,
}

/// A number and where it stands.
struct Number {
    style: Style,
    value: u32,
    range: Range<usize>,
}

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    if disclosure.profile.prose.as_ref().is_none_or(|prose| prose.pairs.is_empty()) {
        return;
    }
    for section in &disclosure.sections {
        // The numbers that are open, the outermost first: one of another kind stands within them.
        let mut open: Vec<Number> = Vec::new();
        for paragraph in section.paragraphs.iter().filter(|paragraph| paragraph.cell.is_none()) {
            for number in numbers(&paragraph.text, paragraph.heading) {
                let words = paragraph.text[number.range.clone()].trim();
                let range = paragraph.source(number.range.clone());
                let number = Number { range: range.clone(), ..number };
                let is_same = |other: &&Number| other.style == number.style;
                let Some(before) = open.iter().rfind(is_same) else {
                    open.push(number);
                    continue;
                };
                let before = Number {
                    style: before.style,
                    value: before.value,
                    range: before.range.clone(),
                };
                // One that begins anew stands within the others, and the one that it stands within may go on.
                let goes_on =
                    |other: &Number| other.style == number.style && other.value + 1 == number.value;
                let known = open.iter().rposition(goes_on);
                let is_first = number.value == 1;
                let (value, level) = (number.value, known.unwrap_or(open.len()));
                open.truncate(level);
                open.push(number);
                if known.is_some() || is_first {
                    continue;
                }
                let next = before.value + 1;
                let message = if value == before.value {
                    text!(zh: "序号“{words}”重复了", en: "the number {words} stands twice")
                } else {
                    text!(zh: "序号“{words}”不接着前一个：该是第 {next} 个", en: "the number {words} does not follow the one before it: the next is {next}")
                };
                report.push(
                    RULE.code
                        .at(Place::bytes(section.file, range), message)
                        .related(
                            Place::bytes(section.file, before.range),
                            text!(zh: "前一个", en: "the one before"),
                        )
                        .about(&disclosure.path, format!("narrative/{}/{words}", section.id)),
                );
            }
        }
    }
}

/// The number a paragraph begins with, and those that begin its sentences.
fn numbers(text: &str, heading: bool) -> Vec<Number> {
    let mut starts = vec![0];
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '。' | '；' | '：' | '\n'));
    starts.extend(ends.map(|(at, c)| at + c.len_utf8()));
    let all = starts.into_iter().filter_map(|start| number(text, start, heading));
    all.collect()
}

/// `1、`, `（1）`, `一、`, `（一）`, `(1)`.
fn number(text: &str, start: usize, heading: bool) -> Option<Number> {
    const LONGEST: usize = 3;
    let rest = text[start..].trim_start();
    let at = start + (text[start..].len() - rest.len());
    let inner = rest.strip_prefix(['（', '(']);
    let open = inner.is_some();
    let words = inner.unwrap_or(rest);
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let digits = &words[..words.find(|c| !is_digit(c)).unwrap_or(words.len())];
    let behind = &words[digits.len()..];
    let close = behind.chars().next()?;
    let is_closed = if open { matches!(close, '）' | ')') } else { close == '、' };
    // Of two numbers in a row neither is that of an item: `三、四季度`.
    let is_row = behind[close.len_utf8()..].trim_start().starts_with(is_digit);
    if digits.is_empty() || digits.chars().count() > LONGEST || !is_closed || is_row {
        return None;
    }
    let (value, is_han) = match digits.parse() {
        Ok(value) => (value, false),
        Err(_) => (han(digits)?, true),
    };
    let close = if close == ')' { '）' } else { close };
    let end = at + (rest.len() - behind.len()) + behind.chars().next().map_or(0, char::len_utf8);
    Some(Number { style: Style { is_han, open, close, heading }, value, range: at..end })
}

/// A number below a hundred in Chinese digits.
fn han(digits: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|other| other == c);
    let digit = |words: &str| {
        let mut chars = words.chars();
        let first = chars.next();
        chars.next().is_none().then_some(())?;
        first.map_or(Some(0), |c| digit(c).map(|at| u32::try_from(at).unwrap_or_default() + 1))
    };
    match digits.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            Some(tens * 10 + digit(ones)?)
        }
        None => digit(digits),
    }
}
