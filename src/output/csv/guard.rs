//! A text → the text as a spreadsheet leaves it alone. A program that opens a CSV by double click
//! guesses what each field is: it runs what begins like a formula (“CSV injection”, OWASP), and
//! turns codes into numbers and dates. An apostrophe before it, the sign by which every spreadsheet
//! knows a text, stops both. Figures are never guarded.

use std::borrow::Cow;

use crate::amount;

/// Guards words.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    guard(text, is_run(text) || is_changed(text))
}

/// Guards a code: it must keep every digit, point and sign.
pub(super) fn guarded_code(code: &str) -> Cow<'_, str> {
    let is_all_digits = code.bytes().all(|byte| byte.is_ascii_digit());
    if is_all_digits && code.len() <= DIGITS && !code.starts_with('0') {
        return Cow::Borrowed(code);
    }
    let is_more = is_number(code.trim()) && !is_all_digits;
    guard(code, is_more || is_run(code) || is_changed(code))
}

fn guard(text: &str, is_needed: bool) -> Cow<'_, str> {
    if is_needed { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What begins a formula.
const SIGNS: [char; 4] = ['=', '+', '-', '@'];

/// Whether a spreadsheet may run a text: it begins with a sign of a formula, or with a tab or a
/// line break, and is no figure. Dashes alone are nothing to run.
fn is_run(text: &str) -> bool {
    let rest = text.trim_matches(is_unseen);
    let is_dashes = rest.chars().all(|c| narrow(c) == '-');
    let is_formula = rest.starts_with(|c| SIGNS.contains(&narrow(c)))
        && !is_dashes
        && amount::parse_percent(rest).is_err();
    is_formula || text.starts_with(char::is_control)
}

/// A sign, digit or letter of full width as the narrow one, which some programs take it for.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// What stands before a sign without being seen.
fn is_unseen(c: char) -> bool {
    let has_no_width = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    has_no_width || c.is_whitespace() || c.is_control()
}

/// How many digits of a number a spreadsheet keeps.
const DIGITS: usize = 15;

/// Whether a spreadsheet would show a text as something else: a number without its first noughts
/// or its last digits, a power of ten, a date, a time.
fn is_changed(text: &str) -> bool {
    // What holds a word of another alphabet is neither a number nor a date.
    if !text.chars().all(|c| narrow(c).is_ascii() || is_unseen(c)) {
        return false;
    }
    let narrowed: String = text.trim_matches(is_unseen).chars().map(narrow).collect();
    let text = narrowed.as_str();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let number = text.trim_start_matches(['+', '-']);
    if is_number(text) {
        let has_noughts =
            number.as_bytes().get(..2).is_some_and(|two| two[0] == b'0' && two[1].is_ascii_digit());
        return has_noughts || digits > DIGITS || amount::parse(number).is_err();
    }
    is_power(number) || is_date(text) || names_a_month(text)
}

/// Whether a text is of nothing but digits, points and commas, after its sign.
fn is_number(text: &str) -> bool {
    let number = text.trim_start_matches(['+', '-']);
    number.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && number.bytes().any(|byte| byte.is_ascii_digit())
}

/// `2E5` is 200000 to a spreadsheet.
fn is_power(number: &str) -> bool {
    let Some((times, power)) = number.split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    is_number(times) && !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit())
}

/// `3-4`, `2011-12`, `2025/3/31`, `12:30`. `2023-2025` and telephone numbers are none, and `2016-17`
/// is none as no month has that number.
fn is_date(text: &str) -> bool {
    let is_parted = text.contains(['-', '/', ':']);
    if !is_parted || text.contains(|c: char| !c.is_ascii_digit() && !"-/: .".contains(c)) {
        return false;
    }
    let parts: Vec<&str> = text.split(['-', '/', ':', ' ']).collect();
    let is_short = |part: &&str| (1..=2).contains(&part.len());
    match parts.as_slice() {
        [one, other] if !text.contains(':') => {
            let is_month =
                |part: &str| part.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
            let is_year = |part: &str| part.len() == 4;
            let is_part = |part: &&str| is_short(part) || is_year(part);
            [one, other].into_iter().all(is_part)
                && [one, other].into_iter().any(|part| is_month(part))
        }
        [_, _, ..] => parts.iter().any(is_short),
        _ => false,
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `MAR1`, `1-Mar`, `Sept 2025`.
fn names_a_month(text: &str) -> bool {
    let is_around = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | ' ' | ',' | '.');
    let name = text.trim_matches(is_around).to_ascii_lowercase();
    name.len() > 2 && MONTHS.iter().any(|month| month.starts_with(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for text in [
            "=1+1",
            "=HYPERLINK(\"http://example.org\",\"x\")",
            "+86 0313",
            "-2+3",
            "-其他",
            "- 其他",
            "@SUM(A1)",
            "\t=1+1",
            "\r=1+1",
            "\n1",
            " =1+1",
            "\u{3000}=1+1",
            "\u{a0}@x",
            "\u{feff}=1+1",
            "\u{200b}+x",
            "＝1+1",
            "＋1",
            "－5",
            "－其中",
            "＠SUM(A1)",
            "--1",
            "-5万元",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
            assert_eq!(guarded_code(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn what_a_spreadsheet_would_change_is_guarded() {
        for text in [
            "001",
            "0313",
            "-007",
            "2E5",
            "130700E25",
            "1.5e-3",
            "3-4",
            "1/2",
            "1 1/2",
            "2024-12-31",
            "2025/3",
            "2011-12",
            "12/99",
            "12:30",
            "1.2.3",
            "1,2",
            "００１",
            "３－４",
            "1234567890123456",
            "130700202500000000123",
            "MAR1",
            "1-Mar",
            "Sept 2025",
            "DEC-1",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
            assert_eq!(guarded_code(text), format!("'{text}"), "{text:?}");
        }
        for code in ["1.10", "-5", "+5", "1,234"] {
            assert_eq!(guarded_code(code), format!("'{code}"), "{code:?}");
        }
    }

    #[test]
    fn what_is_left_alone_anyway_stays_as_it_is() {
        for text in [
            "",
            "-",
            "——",
            "－",
            "--",
            "涉密",
            "合计",
            "2050802",
            "123456789012345",
            "a=b",
            "1+1",
            "一、教育支出",
            "≥95%",
            "24P00E12",
            "0313-4083561",
            "2023-2025",
            "2016-17",
            "19-20",
            "12 34",
            "3月4日",
            "其中：-5",
            "E5",
            "Maybe 5",
            "1号",
            "a-1",
        ] {
            assert_eq!(guarded(text), text);
            assert_eq!(guarded_code(text), text);
        }
        for figure in ["-5", "-5.10", "+1.20", "-1,234.50", "95%", "-5%", "1.50", "0.5", "0"] {
            assert_eq!(guarded(figure), figure, "a figure among words");
        }
    }
}
