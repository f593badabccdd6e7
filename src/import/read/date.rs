//! The number of a day and its format → the day or time a reader of the sheet sees.

use super::format::{Section, Token};
use super::number::Number;

const SECONDS: u64 = 86_400;

/// The last day of the year 9999, after which no office program counts.
const LAST: u64 = 2_958_465;

/// Days from 1900-01-00 to 1904-01-01.
const OF_1904: u64 = 1_462;

/// Prints a day, a time or both; nothing if the number is no day. What cannot be followed to the
/// letter (names of months) is printed as year, month and day.
pub(super) fn print(section: &Section, number: Number, is_1904: bool) -> Option<String> {
    let seconds = number.times(SECONDS)?;
    let (day, second) = (seconds / SECONDS, seconds % SECONDS);
    let day = if is_1904 { day.saturating_add(OF_1904) } else { day };
    if day > LAST {
        return None;
    }
    let (year, month, date) = civil(day);
    if section.is_strange {
        let time = if second == 0 { String::new() } else { clock(second) };
        return Some(format!("{year}/{month}/{date}{time}"));
    }
    let mut text = String::new();
    for token in &section.tokens {
        match token {
            Token::Words(words) => text.push_str(words),
            Token::Date('y', count) if *count > 2 => text.push_str(&format!("{year:04}")),
            Token::Date('y', _) => text.push_str(&format!("{:02}", year % 100)),
            Token::Date('m', count) => text.push_str(&padded(month, *count)),
            Token::Date('d', count) => text.push_str(&padded(date, *count)),
            Token::Date('h', count) => text.push_str(&padded(second / 3600, *count)),
            Token::Date('n', count) => text.push_str(&padded(second / 60 % 60, *count)),
            Token::Date('s', count) => text.push_str(&padded(second % 60, *count)),
            Token::Date('a', count) => text.push_str(&weekday(day, *count)),
            Token::Elapsed('h') => text.push_str(&(seconds / 3600).to_string()),
            Token::Elapsed('m') => text.push_str(&(seconds / 60).to_string()),
            Token::Elapsed(_) => text.push_str(&seconds.to_string()),
            _ => {}
        }
    }
    Some(text.trim().to_owned())
}

fn padded(number: u64, width: usize) -> String {
    let width = width.min(2);
    format!("{number:0width$}")
}

fn clock(second: u64) -> String {
    format!(" {}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// The day of the week in Chinese, with or without the word for week.
fn weekday(day: u64, count: usize) -> String {
    let at = usize::try_from(day.saturating_add(6) % 7).unwrap_or_default();
    let name = ["日", "一", "二", "三", "四", "五", "六"][at];
    if count == 4 { format!("星期{name}") } else { name.to_owned() }
}

/// Year, month and day of a day counted from 1900, which these programs take for a leap year.
fn civil(day: u64) -> (u64, u64, u64) {
    match day {
        0 => return (1900, 1, 0),
        60 => return (1900, 2, 29),
        _ => {}
    }
    // Days since 0000-03-01 in the proleptic Gregorian calendar.
    let since = day.saturating_add(if day < 60 { 693_900 } else { 693_899 });
    let (era, of_era) = (since / 146_097, since % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year + u64::from(month <= 2), month, date)
}
