//! A number and its format → what a reader of the sheet sees.

use crate::import::document::{CellKind, Doubt};

use super::date;
use super::format::{Comparison, Format, Section, Token};
use super::number::Number;

/// What a reader of a sheet sees of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) kind: CellKind,
    pub(super) doubt: Option<Doubt>,
}

/// The text of a stored number (`120`, `1.2E-3`) as its format shows it; days are counted from 1904
/// in some workbooks. The text itself, doubtful, if it is no number.
pub(super) fn number(format: &Format, stored: &str, is_1904: bool) -> Shown {
    let Some((number, is_lost)) = Number::read(stored) else {
        return doubtful(stored.trim().to_owned(), Doubt::Format);
    };
    let mut shown = of_format(format, number, is_1904);
    if is_lost {
        shown.doubt = shown.doubt.or(Some(Doubt::Digits));
    }
    shown
}

/// A text as its format shows it.
pub(super) fn text(format: &Format, text: &str) -> String {
    let Some(section) = &format.text else { return text.to_owned() };
    let print = |token: &Token| match token {
        Token::Text | Token::General => text.to_owned(),
        Token::Words(words) => words.clone(),
        _ => String::new(),
    };
    // Nothing but the text: what the format says of its width stands outside.
    let is_plain = |token: &Token| match token {
        Token::Words(words) => words.trim().is_empty(),
        other => *other == Token::Text,
    };
    if section.tokens.iter().all(is_plain) && section.tokens.contains(&Token::Text) {
        return text.to_owned();
    }
    section.tokens.iter().map(print).collect()
}

fn doubtful(text: String, doubt: Doubt) -> Shown {
    Shown { text, kind: CellKind::Number, doubt: Some(doubt) }
}

fn of_format(format: &Format, number: Number, is_1904: bool) -> Shown {
    let Some((section, is_bare)) = section(format, number) else {
        return doubtful(number.plain(), Doubt::Format);
    };
    if section.is_date {
        let Some(text) = date::print(section, number, is_1904) else {
            let shown = doubtful(number.plain(), Doubt::Format);
            return Shown { kind: CellKind::Date, ..shown };
        };
        let doubt = (section.is_strange || !format.is_known).then_some(Doubt::Format);
        return Shown { text, kind: CellKind::Date, doubt };
    }
    if !format.is_known || section.is_strange {
        return doubtful(number.plain(), Doubt::Format);
    }
    let is_bare = is_bare && number.is_negative;
    let number = if is_bare { number.without_sign() } else { number };
    if section.tokens.iter().any(|token| matches!(token, Token::General | Token::Text)) {
        return general(section, number);
    }
    let text = print(section, number);
    let text = text.trim().to_owned();
    // A colour alone tells a reader of the sheet that it is below nought.
    if is_bare && !text.is_empty() && !says_below(&text) {
        return doubtful(text, Doubt::Format);
    }
    let is_hidden = text.is_empty() && !number.is_zero();
    if is_hidden {
        return doubtful(text, Doubt::Hidden);
    }
    Shown { text, kind: CellKind::Number, doubt: None }
}

/// Whether a text shows that it is below nought: by anything but digits, or because it is rounded to nought.
fn says_below(text: &str) -> bool {
    let is_nought = text.bytes().all(|byte| !matches!(byte, b'1'..=b'9'));
    is_nought || text.contains(|c: char| !c.is_ascii_digit() && !" ,.%¥￥$€".contains(c))
}

fn general(section: &Section, number: Number) -> Shown {
    let (shown, is_certain) = number.general();
    let print = |token: &Token| match token {
        Token::General | Token::Text => shown.clone(),
        Token::Words(words) => words.clone(),
        _ => String::new(),
    };
    let text = section.tokens.iter().map(print).collect::<String>().trim().to_owned();
    Shown { text, kind: CellKind::Number, doubt: (!is_certain).then_some(Doubt::Digits) }
}

/// The section a number is shown by, and whether its sign is left to the words of the section.
fn section(format: &Format, number: Number) -> Option<(&Section, bool)> {
    let zero = Number::read("0").map(|(zero, _)| zero)?;
    let sections = &format.sections;
    let has_conditions = sections.iter().any(|section| section.condition.is_some());
    if !has_conditions {
        let at = match (number.is_negative, number.is_zero()) {
            (true, _) => 1,
            (_, true) => 2,
            _ => 0,
        };
        let found = sections.get(at).filter(|_| at < sections.len());
        return match found {
            Some(section) => Some((section, at == 1)),
            None => sections.first().map(|section| (section, false)),
        };
    }
    let default = |at: usize| match (at, sections.len()) {
        (0, 2..) => Some((Comparison::More, zero)),
        (1, 3..) => Some((Comparison::Less, zero)),
        _ => None,
    };
    let conditions = sections.iter().enumerate().map(|(at, section)| {
        let condition = section.condition.or_else(|| default(at));
        (section, condition)
    });
    for (section, condition) in conditions {
        let Some((comparison, limit)) = condition else { return Some((section, false)) };
        if comparison.holds(number.compare(limit)) {
            let is_for_negative = matches!(comparison, Comparison::Less | Comparison::AtMost);
            return Some((section, is_for_negative && limit.is_zero()));
        }
    }
    None
}

/// A number by the digits of a section.
fn print(section: &Section, number: Number) -> String {
    let percents = section.percents.saturating_mul(2);
    let thousands = section.thousands.saturating_mul(3);
    let number = number.shifted(percents.saturating_sub(thousands));
    let exponent = section.tokens.iter().position(|token| matches!(token, Token::Exponent(_)));
    let tokens = &section.tokens[..exponent.unwrap_or(section.tokens.len())];
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let is_digit = |token: &&Token| matches!(token, Token::Digit(_));
    let count = tokens[..point].iter().filter(is_digit).count();
    let decimals = tokens[point..].iter().filter(is_digit).count();
    let (number, power) = match exponent {
        Some(_) => normal(number, count, decimals),
        None => (number, 0),
    };
    let (whole, fraction) = number.rounded(decimals);
    let mut text = String::new();
    // A sign stands before the words of the section: `-¥5`.
    if number.is_negative {
        text.push('-');
    }
    let mut left = count;
    for token in &tokens[..point] {
        match token {
            Token::Digit(_) if left == count => {
                left = left.saturating_sub(1);
                let first = whole.len().max(count).saturating_sub(1);
                for place in (left..=first).rev() {
                    digit(&mut text, (&whole, place), token, section.is_grouped);
                }
            }
            Token::Digit(_) => {
                left = left.saturating_sub(1);
                digit(&mut text, (&whole, left), token, section.is_grouped);
            }
            Token::Words(words) => text.push_str(words),
            _ => {}
        }
    }
    // `.00` shows `.50`, and what has no digit before the point all of its own.
    if count == 0 && point < tokens.len() && !whole.is_empty() {
        text.push_str(&whole);
    }
    behind_the_point(&mut text, &tokens[point..], &fraction);
    if let Some(at) = exponent {
        power_of_ten(&mut text, &section.tokens[at..], power);
    }
    text
}

/// The digit of a place, counted from the point, and the comma behind it.
fn digit(text: &mut String, (whole, place): (&str, usize), token: &Token, is_grouped: bool) {
    let index = whole.len().checked_sub(place.saturating_add(1));
    let digit = index.and_then(|at| whole.get(at..=at));
    match (digit, token) {
        (Some(digit), _) => text.push_str(digit),
        (None, Token::Digit('0')) => text.push('0'),
        (None, Token::Digit('?')) => {
            text.push(' ');
            return;
        }
        (None, _) => return,
    }
    if is_grouped && place > 0 && place.is_multiple_of(3) {
        text.push(',');
    }
}

fn behind_the_point(text: &mut String, tokens: &[Token], fraction: &str) {
    let used = fraction.trim_end_matches('0').len();
    let mut digits = fraction.chars().enumerate();
    for token in tokens {
        match token {
            Token::Point => text.push('.'),
            Token::Digit(kind) => {
                let Some((at, digit)) = digits.next() else { continue };
                match kind {
                    _ if at < used => text.push(digit),
                    '0' => text.push('0'),
                    '?' => text.push(' '),
                    _ => {}
                }
            }
            Token::Words(words) => text.push_str(words),
            _ => {}
        }
    }
}

/// A number with so many digits before the point, and the power of ten that was taken out.
fn normal(number: Number, count: usize, decimals: usize) -> (Number, i32) {
    if number.is_zero() {
        return (number, 0);
    }
    let count = i32::try_from(count.max(1)).unwrap_or(1);
    let power = |magnitude: i32| {
        let above = magnitude.saturating_sub(1);
        if count == 1 { above } else { above.div_euclid(count).saturating_mul(count) }
    };
    let first = power(number.magnitude());
    let shifted = number.shifted(first.saturating_neg());
    // Rounded up to the next power of ten.
    let length = shifted.rounded(decimals).0.len();
    if i32::try_from(length).is_ok_and(|length| length > count) {
        let next = first.saturating_add(count);
        return (number.shifted(next.saturating_neg()), next);
    }
    (shifted, first)
}

fn power_of_ten(text: &mut String, tokens: &[Token], power: i32) {
    let is_signed = matches!(tokens.first(), Some(Token::Exponent(true)));
    let width = tokens.iter().filter(|token| matches!(token, Token::Digit('0'))).count();
    let sign = match power {
        ..0 => "-",
        _ if is_signed => "+",
        _ => "",
    };
    text.push_str(&format!("E{sign}{:0width$}", power.unsigned_abs()));
    for token in tokens {
        if let Token::Words(words) = token {
            text.push_str(words);
        }
    }
}
