//! The fiscal year of a disclosure: `2025`, or two years in a row as `2024/25` or `2024-25`.

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::yaml::{Fields, Node};

/// The fiscal year of a disclosure, as the form prints it; empty where none can be read. One that
/// is written in other words is reported, and read by the year they hold, so that nothing else
/// is wrong because of it.
pub(super) fn read(report: &mut Report, fields: &mut Fields) -> String {
    let Some(written) = fields.required(report, "fiscal_year") else { return String::new() };
    if is_label(&written) {
        return written;
    }
    let place = fields.node().get("fiscal_year").map_or(fields.node().place(), Node::place);
    let meant = meant(&written);
    let message = text!(zh: "“{written}”不是年份：fiscal_year 只写四位年份的数字", en: "`{written}` is no year: fiscal_year is the digits of the year alone");
    let help = match &meant {
        Some(year) => text!(zh: "写成 {year}", en: "write {year}"),
        None => {
            text!(zh: "写成 2025 这样；跨两年的写成 2024/25", en: "write it like 2025, or like 2024/25 where it spans two")
        }
    };
    report.push(codes::BAD_VALUE.at(place, message).help(help));
    meant.unwrap_or_default()
}

/// Whether a text is a year of four digits, or two years in a row.
fn is_label(text: &str) -> bool {
    let Some((first, second)) = text.split_once(['/', '-', '–', '—']) else {
        return is_year(text);
    };
    let next = first.parse::<u32>().ok().and_then(|year| year.checked_add(1));
    let follows = |digits: usize| {
        let next = next.map(|year| year.to_string()).unwrap_or_default();
        second.len() == digits && next.ends_with(second)
    };
    is_year(first) && (follows(2) || follows(4))
}

/// Whether digits are those of a year that a disclosure may be of.
pub fn is_year(digits: &str) -> bool {
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.len() == 4 && is_digits && (digits.starts_with("19") || digits.starts_with("20"))
}

/// The year that other words hold: `2025年`, `２０２５`, `二〇二五年`, `FY2025`, `2O25`, and that of a day. Two of them are
/// no year.
fn meant(text: &str) -> Option<String> {
    let like = |c: char| match c {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        c => digit(c),
    };
    let digits: String = text.chars().map(|c| like(c).unwrap_or(' ')).collect();
    let mut years = digits.split(' ').filter(|part| !part.is_empty());
    let year = years.next().filter(|year| is_year(year))?;
    // The month, the day, or the decimals that a spreadsheet writes.
    let is_beside = |other: &str| other == year || other.len() <= 2;
    years.all(is_beside).then(|| year.to_owned())
}

/// The digit that a character stands for, whatever its width or script.
pub fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        '〇' | '零' | '○' | 'Ｏ' => Some('0'),
        '一' => Some('1'),
        '二' => Some('2'),
        '三' => Some('3'),
        '四' => Some('4'),
        '五' => Some('5'),
        '六' => Some('6'),
        '七' => Some('7'),
        '八' => Some('8'),
        '九' => Some('9'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_is_digits_alone() {
        for label in ["2025", "1999", "2019-20", "2023/24", "2023–2024", "1999/00"] {
            assert!(is_label(label), "{label}");
        }
        for label in ["2025年", "25", "3025", "0025", "2023/25", "2023/2023", "2025 ", "FY2025", ""]
        {
            assert!(!is_label(label), "{label}");
        }
    }

    #[test]
    fn other_words_mean_the_one_year_they_hold() {
        for (text, year) in [
            ("2025年", Some("2025")),
            ("２０２５", Some("2025")),
            ("二〇二五年度", Some("2025")),
            ("二零二五", Some("2025")),
            ("FY2025", Some("2025")),
            ("2025-02-10", Some("2025")),
            ("2025.0", Some("2025")),
            ("2O25", Some("2025")),
            ("2024年和2025年", None),
            ("今年", None),
            ("20255", None),
        ] {
            assert_eq!(meant(text).as_deref(), year, "{text}");
        }
    }
}
