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
    /// The number that was due here, where this one was another: the row may go on from it.
    due: Option<u32>,
}

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    if disclosure.profile.prose.as_ref().is_none_or(|prose| prose.pairs.is_empty()) {
        return;
    }
    order(report, disclosure);
    for section in &disclosure.sections {
        // The numbers that are open, the outermost first: one of another kind stands within them.
        let mut open: Vec<Number> = Vec::new();
        for paragraph in section.paragraphs.iter().filter(|paragraph| paragraph.cell.is_none()) {
            for number in numbers(&paragraph.text, paragraph.heading) {
                let words = paragraph.text[number.range.clone()].trim();
                let range = paragraph.source(number.range.clone());
                let mut number = Number { range: range.clone(), ..number };
                let is_same = |other: &&Number| other.style == number.style;
                let Some(before) = open.iter().rfind(is_same) else {
                    open.push(number);
                    continue;
                };
                let (last, last_range) = (before.value, before.range.clone());
                // One that begins anew stands within the others, and the one that it stands within may go on.
                let goes_on = |other: &Number| {
                    let follows = |value: u32| value + 1 == number.value;
                    other.style == number.style
                        && (follows(other.value) || other.due.is_some_and(follows))
                };
                let known = open.iter().rposition(goes_on);
                let is_first = number.value == 1;
                let (value, level) = (number.value, known.unwrap_or(open.len()));
                if known.is_none() && !is_first {
                    number.due = Some(last + 1);
                }
                open.truncate(level);
                open.push(number);
                if known.is_some() || is_first {
                    continue;
                }
                let next = last + 1;
                let message = if value == last {
                    text!(zh: "序号“{words}”重复了", en: "the number {words} stands twice")
                } else {
                    text!(zh: "序号“{words}”不接着前一个：该是第 {next} 个", en: "the number {words} does not follow the one before it: the next is {next}")
                };
                report.push(
                    RULE.code
                        .at(Place::bytes(section.file, range), message)
                        .related(
                            Place::bytes(section.file, last_range),
                            text!(zh: "前一个", en: "the one before"),
                        )
                        .about(&disclosure.path, format!("narrative/{}/{words}", section.id)),
                );
            }
        }
    }
}

/// Reports a section whose heading has the number of the form and that the name of its file puts elsewhere.
fn order(report: &mut Report, disclosure: &Disclosure) {
    let specs = &disclosure.profile.sections;
    let number = |title: &str| number(title, 0, true);
    let mut last: Option<(u32, &str)> = None;
    for section in &disclosure.sections {
        let form = specs.get(&section.id).and_then(|spec| number(&spec.title));
        let own = number(&section.title).filter(|_| section.has_heading);
        let Some(own) = own.zip(form).filter(|(own, form)| own.value == form.value) else {
            continue;
        };
        let (value, title) = (own.0.value, section.title.as_str());
        match last {
            // A first one begins a series of its own.
            Some((before, other)) if 1 < value && value < before => {
                let message =
                    text!(zh: "“{title}”排在“{other}”后面", en: "{title} stands behind {other}");
                let help = text!(zh: "各节按文件名排：改文件名开头的序号", en: "sections stand in the order of the names of their files: mend the number their names begin with");
                let finding = RULE.code.at(Place::start(section.file), message).help(help);
                report.push(finding.seen(title).about(&disclosure.path, section.id.as_str()));
            }
            _ => last = Some((value, title)),
        }
    }
}

/// The number a paragraph begins with, and those that begin its sentences.
fn numbers(text: &str, heading: bool) -> Vec<Number> {
    let mut starts = vec![0];
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '。' | '；' | '：' | '，' | '\n'));
    starts.extend(ends.map(|(at, c)| at + c.len_utf8()));
    let all = starts.into_iter().filter_map(|start| {
        let is_behind_comma = text[..start].ends_with('，');
        let spoken = |number: &Number| !is_behind_comma || number.style.close == SPOKEN;
        self::number(text, start, heading).filter(spoken)
    });
    all.collect()
}

/// What ends a number of a sentence: `一是`, `二是`.
const SPOKEN: char = '是';

/// `①`, `②`.
fn circled(rest: &str, at: usize, heading: bool) -> Option<Number> {
    let c = rest.chars().next()?;
    let value = u32::from(c).checked_sub(u32::from('①')).filter(|value| *value < 20)? + 1;
    let style = Style { is_han: false, open: true, close: '①', heading };
    Some(Number { style, value, range: at..at + c.len_utf8(), due: None })
}

/// `1、`, `1.`, `（1）`, `一、`, `（一）`, `(1)`, `①`, `一是`, `第一，`.
fn number(text: &str, start: usize, heading: bool) -> Option<Number> {
    const LONGEST: usize = 3;
    let rest = text[start..].trim_start();
    let at = start + (text[start..].len() - rest.len());
    if let Some(number) = circled(rest, at, heading) {
        return Some(number);
    }
    let inner = rest.strip_prefix(['（', '(']);
    let open = inner.is_some();
    let ordinal = rest.strip_prefix('第');
    let words = inner.or(ordinal).unwrap_or(rest);
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let digits = &words[..words.find(|c| !is_digit(c)).unwrap_or(words.len())];
    let behind = &words[digits.len()..];
    let mut close = behind.chars().next()?;
    let is_arabic = digits.ends_with(|c: char| c.is_ascii_digit());
    let is_closed = match close {
        '）' | ')' => open,
        '，' => ordinal.is_some(),
        '、' => !open && ordinal.is_none(),
        '.' | '．' => !open && ordinal.is_none() && is_arabic && digits.len() < LONGEST,
        SPOKEN => !open && ordinal.is_none() && !is_arabic,
        _ => false,
    };
    // Of two numbers in a row neither is that of an item: `三、四季度`.
    let is_row = behind[close.len_utf8()..].trim_start().starts_with(is_digit);
    if digits.is_empty() || digits.chars().count() > LONGEST || !is_closed || is_row {
        return None;
    }
    if close == '．' {
        close = '.';
    }
    let (value, is_han) = match digits.parse() {
        Ok(value) => (value, false),
        Err(_) => (han(digits)?, true),
    };
    let close = if close == ')' { '）' } else { close };
    let end = at + (rest.len() - behind.len()) + behind.chars().next().map_or(0, char::len_utf8);
    Some(Number { style: Style { is_han, open, close, heading }, value, range: at..end, due: None })
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
