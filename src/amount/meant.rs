//! What a text that is no amount was meant to be: letters for digits, full-width digits, what
//! accountants write for a minus, what spreadsheets leave.

use super::{NotAnAmount, parse};

/// Words that a spreadsheet prints where it could not work a figure out.
const FAULTS: [&str; 9] =
    ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

/// Whether a text is what a spreadsheet prints for a mistake, or for a column that is too narrow.
pub fn is_spreadsheet_fault(text: &str) -> bool {
    let text = text.trim().to_ascii_uppercase();
    let is_narrow = text.len() > 1 && text.bytes().all(|byte| byte == b'#');
    is_narrow || FAULTS.contains(&text.as_str())
}

/// A figure with digits and signs of full width, and letters that look like digits (`O`, `l`), as plain ones.
pub fn narrow(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
            '．' | '。' | '·' | '｡' => '.',
            '，' | '､' => ',',
            '－' | '−' | '—' | '–' | '‐' | '‑' | '﹣' => '-',
            '＋' => '+',
            '（' => '(',
            '）' => ')',
            '％' => '%',
            '　' | '\u{a0}' => ' ',
            'O' | 'o' | 'Ｏ' | '〇' | '○' => '0',
            'l' | 'I' | '|' | 'ｌ' => '1',
            _ => c,
        })
        .collect()
}

/// The amount that a text was most likely meant to be, as it is written.
pub fn meant(text: &str) -> Option<String> {
    if parse(text) == Err(NotAnAmount::TooLong) || !text.contains(is_digit) {
        return None;
    }
    let mut rest = narrow(text);
    let mut is_negative = false;
    let triangle = ['△', '▲', '▵', '▴'];
    rest = rest.trim_start_matches(['\'', '¥', '￥', '$', ' ']).to_owned();
    if let Some(after) = rest.strip_prefix(triangle) {
        (rest, is_negative) = (after.trim_start_matches(['-', ' ']).to_owned(), true);
    } else if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (rest, is_negative) = (inner.trim_start_matches('-').to_owned(), true);
    } else if let Some(before) = rest.strip_suffix('-') {
        (rest, is_negative) = (before.to_owned(), true);
    }
    let rest: String = rest.chars().filter(|c| *c != ' ').collect();
    let rest =
        digits_for_letters(rest.trim_end_matches(['*', '?', '？', '!', '！', '、', ';', '；']));
    let rest = rest.trim_start_matches(['¥', '￥', '$']).trim_end_matches('.');
    let points = without_repeats(rest);
    let points = if points.starts_with('.') { format!("0{points}") } else { points };
    let written = if is_negative { format!("-{points}") } else { points };
    let written = (written != text).then_some(written).filter(|written| parse(written).is_ok())?;
    // Between braces a comma would end the value.
    Some(if text.contains(['，', '､']) { written.replace(',', "") } else { written })
}

/// Letters between digits that look like one: `3S9`, `1B.00`.
fn digits_for_letters(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_figure = |at: Option<&char>| at.is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let read = |(at, c): (usize, &char)| {
        let is_between = is_figure(at.checked_sub(1).and_then(|before| chars.get(before)))
            && is_figure(chars.get(at.saturating_add(1)));
        match c {
            'S' | 's' if is_between => '5',
            'B' if is_between => '8',
            'Z' | 'z' if is_between => '2',
            c => *c,
        }
    };
    chars.iter().enumerate().map(read).collect()
}

/// A text in which no point or comma stands twice in a row.
fn without_repeats(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !(matches!(c, '.' | ',') && out.ends_with(c)) {
            out.push(c);
        }
    }
    out
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_read_as_it_was_meant() {
        let cases = [
            ("32O.00", "320.00"),
            ("l2.00", "12.00"),
            ("3S9.32", "359.32"),
            ("3.08*", "3.08"),
            ("I2.0O", "12.00"),
            ("320..00", "320.00"),
            ("３２０．００", "320.00"),
            ("320。00", "320.00"),
            ("(120.00)", "-120.00"),
            ("（120.00）", "-120.00"),
            ("△120.00", "-120.00"),
            ("▲ 120.00", "-120.00"),
            ("120.00-", "-120.00"),
            ("－320.00", "-320.00"),
            ("320.", "320"),
            (".5", "0.5"),
            ("1 234.56", "1234.56"),
            ("¥320.00", "320.00"),
            ("'320.00", "320.00"),
            ("2，400.00", "2400.00"),
            ("2,4OO.00", "2,400.00"),
        ];
        for (written, wanted) in cases {
            assert_eq!(meant(written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn nothing_is_guessed_of_words_and_of_what_may_mean_two_things() {
        for text in [
            "二百", "-", "/", "无", "l", "OO", "320.0.0", "12万元", "1e3", "320,00", "=SUM(A1)",
            "320.00",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
