//! Numbers of people: identity cards, mobile telephones, bank cards. Each is
//! told from other digits by its own check, and never printed whole.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::model::{Cell, Disclosure, Numbers, Portal};
use crate::source::{FOLDERS, Place, Sources};

/// How many digits the shortest of them has.
const SHORTEST: usize = 11;

/// The folder that disclosures are written in.
pub(super) const CONTENT: &str = "content";

/// A kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberKind {
    /// Eighteen digits, the last one a check over the others (ISO 7064, mod 11-2).
    IdentityCard,
    /// Eleven digits from 13 to 19.
    Mobile,
    /// Sixteen to nineteen digits of a known issuer, the last one a check (Luhn).
    BankCard,
}

/// Reports the numbers in the files of one disclosure.
pub(super) fn texts(report: &mut Report, sources: &Sources, disclosure: &Disclosure) {
    let folder = format!("{CONTENT}/{}", disclosure.path);
    let figures: OnceCell<BTreeSet<String>> = OnceCell::new();
    let is_figure =
        |number: &str| figures.get_or_init(|| long_figures(disclosure).collect()).contains(number);
    for (file, path) in sources.site_files(&folder) {
        let text = sources.file(file).text();
        let is_yaml = path.ends_with(".yaml");
        // Where the line of the last number begins, and how far was looked for it.
        let (mut line, mut seen) = (0, 0);
        for (range, kind) in find(text.as_bytes()) {
            if let Some(at) = memchr::memrchr(b'\n', &text.as_bytes()[seen..range.start]) {
                line = seen + at + 1;
            }
            seen = range.start;
            let is_comment =
                is_yaml && text[line..].trim_start_matches([' ', '\t']).starts_with('#');
            if is_comment || is_figure(&text[range.clone()]) {
                continue;
            }
            let masked = masked(&text[range.clone()]);
            let place = Place::bytes(file, range);
            report.push(finding(kind, &masked, place).about(&disclosure.path, masked));
        }
    }
}

/// Whether a number of a person stands in a file that is no disclosure's: any page may show it.
pub fn has_shared_people(sources: &Sources) -> bool {
    let folders = FOLDERS.iter().flat_map(|folder| sources.site_files(folder));
    let shared = folders.filter(|(_, path)| !is_of_disclosure(path)).map(|(file, _)| file);
    let mut shared = shared.chain(sources.find(sources.config()));
    shared.any(|file| !find(sources.file(file).bytes()).is_empty())
}

/// Whether a file stands in the folder of a disclosure: two names below `content/`, an organisation
/// and its disclosure.
pub(super) fn is_of_disclosure(path: &str) -> bool {
    path.strip_prefix(CONTENT).is_some_and(|rest| rest.matches('/').count() > 2)
}

/// The figures of a disclosure that are as long as the number of a person: thousands of millions
/// have as many digits.
fn long_figures(disclosure: &Disclosure) -> impl Iterator<Item = String> {
    let tables = disclosure.tables.values().flat_map(|table| &table.panels);
    let cells = tables.flat_map(|panel| &panel.rows).flat_map(|row| &row.cells);
    let fields = disclosure.projects.iter().flat_map(|project| &project.fields);
    let figures = cells.chain(fields).filter_map(Cell::figure);
    figures.map(|value| value.to_string()).filter(|text| text.len() >= SHORTEST)
}

/// What is known of long numbers: looked at when a page has one.
pub(super) fn known<'a>(sources: &Sources, portal: &'a Portal) -> &'a Numbers {
    portal.numbers.get_or_init(|| {
        let mut numbers = Numbers::default();
        numbers.figures.extend(portal.disclosures.iter().flat_map(long_figures));
        let config = sources.find(sources.config());
        let folders = FOLDERS.iter().flat_map(|folder| sources.site_files(folder));
        for file in folders.map(|(file, _)| file).chain(config) {
            let text = sources.file(file).text();
            for (range, _) in find(text.as_bytes()) {
                let number = text[range.clone()].to_owned();
                numbers.written.entry(number).or_insert_with(|| Place::bytes(file, range));
            }
        }
        numbers
    })
}

/// A finding about a number.
pub(super) fn finding(kind: NumberKind, masked: &str, place: Place) -> Diagnostic {
    let what = match kind {
        NumberKind::IdentityCard => text!(zh: "身份证号", en: "an identity card number"),
        NumberKind::Mobile => text!(zh: "手机号", en: "a mobile telephone number"),
        NumberKind::BankCard => text!(zh: "银行卡号", en: "a bank card number"),
    };
    let message: Text = text!(zh: "这里像是{zh}：{masked}", en: "this looks like {en}: {masked}", zh = what.zh, en = what.en);
    codes::PERSONAL_NUMBER.at(place, message).help(text!(
        zh: "删去，或换成单位的办公电话；确实不是个人号码的，在 accept 里说明",
        en: "take it out, or give the office's telephone; where it is no person's number, accept it and say so",
    ))
}

/// The first three and the last two digits.
pub(super) fn masked(number: &str) -> String {
    let characters: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let hidden = characters.len().saturating_sub(5);
    let (head, tail) = (&characters[..3], &characters[characters.len() - 2..]);
    format!(
        "{}{}{}",
        head.iter().collect::<String>(),
        "*".repeat(hidden),
        tail.iter().collect::<String>()
    )
}

/// Every number of a person in a text.
pub(super) fn find(text: &[u8]) -> Vec<(Range<usize>, NumberKind)> {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut from = 0;
    let mut probe = SHORTEST - 2;
    while probe < text.len() {
        // In a run of two bytes side by side one is a digit: no number fits between two probes.
        let Some(hit) = [probe, probe + 1].into_iter().find(|at| is_digit(*at)) else {
            probe += SHORTEST - 1;
            continue;
        };
        let mut start = hit;
        while start > from {
            let is_parted = matches!(text[start - 1], b' ' | b'-') && start > from + 1;
            if is_digit(start - 1) {
                start -= 1;
            } else if is_parted && is_digit(start - 2) {
                start -= 2;
            } else {
                break;
            }
        }
        let mut at = hit;
        while text.get(at).is_some_and(|byte| is_within(text, *byte, at)) {
            at += 1;
        }
        let mut end = at;
        // The check of an identity card may be an X.
        if text.get(end).is_some_and(|byte| matches!(byte, b'X' | b'x')) {
            end += 1;
        }
        let kinds = [start..end, start..at].into_iter();
        let hit = kinds.filter(|range| stands_alone(text, range)).find_map(|range| {
            let kind = kind(std::str::from_utf8(&text[range.clone()]).ok()?)?;
            Some((range, kind))
        });
        found.extend(hit);
        from = end;
        probe = from + SHORTEST - 2;
    }
    found
}

/// Whether a run of digits goes on: a digit, or one blank or hyphen between two.
fn is_within(bytes: &[u8], byte: u8, at: usize) -> bool {
    let is_digit =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    byte.is_ascii_digit()
        || (matches!(byte, b' ' | b'-') && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
}

/// Whether no letter, digit or part of a figure touches it.
fn stands_alone(bytes: &[u8], range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(range.end).copied();
    let next = bytes.get(range.end + 1).copied();
    let touches = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let goes_on =
        matches!(after, Some(b'.' | b',')) && next.is_some_and(|byte| byte.is_ascii_digit());
    !before.is_some_and(|byte| touches(byte) || matches!(byte, b'.' | b','))
        && !after.is_some_and(touches)
        && !goes_on
}

fn kind(written: &str) -> Option<NumberKind> {
    if written.len() < SHORTEST {
        return None;
    }
    let groups: Vec<usize> = written.split([' ', '-']).map(str::len).collect();
    let digits: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_grouped =
        |allowed: &[&[usize]]| groups.len() == 1 || allowed.contains(&groups.as_slice());
    if groups.len() == 1 && is_identity_card(&digits) {
        Some(NumberKind::IdentityCard)
    } else if is_grouped(&[&[3, 4, 4]]) && is_mobile(&digits) {
        Some(NumberKind::Mobile)
    } else if is_grouped(&[&[4, 4, 4, 4], &[4, 4, 4, 4, 3], &[6, 13]]) && is_bank_card(&digits) {
        Some(NumberKind::BankCard)
    } else {
        None
    }
}

fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && is_digits(digits)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Weights 2ⁱ mod 11 from the right; the birthday in it must be a day.
fn is_identity_card(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    if number.len() != 18 || !is_digits(&number[..17]) {
        return false;
    }
    let part = |range: Range<usize>| number[range].parse::<u32>().unwrap_or_default();
    let is_day = (1850..=2100).contains(&part(6..10))
        && (1..=12).contains(&part(10..12))
        && (1..=31).contains(&part(12..14));
    let digits = number.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    is_day && CHECKS[(sum % 11) as usize] == number.as_bytes()[17].to_ascii_uppercase()
}

fn is_bank_card(digits: &str) -> bool {
    let length = digits.len();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    let is_known = ((16..=19).contains(&length) && begins(&["62"]))
        || (length == 16 && begins(&["4", "51", "52", "53", "54", "55", "35"]));
    is_known && is_digits(digits) && luhn(digits)
}

fn luhn(digits: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits
        .bytes()
        .rev()
        .map(|byte| u32::from(byte - b'0'))
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { doubled(digit) } else { digit })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<NumberKind> {
        find(text.as_bytes()).into_iter().map(|(_, kind)| kind).collect()
    }

    #[test]
    fn numbers_of_people_are_told_by_their_own_checks() {
        assert_eq!(kinds("身份证11010519491231002X。"), [NumberKind::IdentityCard]);
        assert_eq!(kinds("身份证 110105194912310021"), []);
        assert_eq!(kinds("联系人手机13812345678，"), [NumberKind::Mobile]);
        assert_eq!(
            kinds("138-1234-5678 / 138 1234 5678"),
            [NumberKind::Mobile, NumberKind::Mobile]
        );
        assert_eq!(kinds("卡号 6222 0000 0000 0000 004"), [NumberKind::BankCard]);
        assert_eq!(kinds("卡号6222000000000000005"), []);
    }

    #[test]
    fn codes_amounts_and_office_telephones_are_left_alone() {
        for text in [
            "13070024P000765100012",
            "13,812,345,678.00",
            "13812345678.50",
            "0313-2054321",
            "20250214 20250215",
            "P13812345678",
            "113812345678",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn a_number_is_never_printed_whole() {
        assert_eq!(masked("138 1234 5678"), "138******78");
    }
}
