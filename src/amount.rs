//! Decimal amounts exactly as written, and how far rounding alone may carry a figure.
//!
//! An amount keeps its number of decimals, because a printed figure stands for
//! an interval: half a unit of its last place either way. No binary floating
//! point is used anywhere. A figure has at most [`WHOLE`] digits before the point
//! and [`DECIMALS`] behind it, so that what is worked out of figures fits a
//! [`Decimal`]; what does not fit all the same is [`Decimal::BEYOND`].

#![deny(clippy::arithmetic_side_effects)]

mod decimal;
mod meant;

use std::borrow::Cow;

pub use decimal::Decimal;
pub use meant::{is_spreadsheet_fault, meant, narrow};
pub use rust_decimal::RoundingStrategy as Rounding;

/// As many digits a figure may have before the point: a thousand times what all countries together
/// spend in a year, in yuan.
pub const WHOLE: usize = 15;

/// As many decimals a figure may have.
pub const DECIMALS: usize = 8;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnAmount {
    /// Full-width digits or signs: legible, but not a number to a machine.
    FullWidth,
    /// Commas that do not part groups of three digits.
    Grouping,
    /// A unit or another word stands beside the digits.
    Trailing,
    /// More than [`WHOLE`] digits, or more than [`DECIMALS`] decimals.
    TooLong,
    /// Nothing like a number.
    Other,
}

/// A figure as read: its exact value and whether thousands separators were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The value, with as many decimals as were written.
    pub value: Decimal,
    /// Whether commas part the thousands.
    pub grouped: bool,
}

/// Reads a figure: digits, an optional sign, optional commas between groups of
/// three, an optional fraction. Nothing else: no exponent, no unit, no space.
///
/// # Errors
/// [`NotAnAmount`] says what is in the way.
pub fn parse(text: &str) -> Result<Figure, NotAnAmount> {
    let digits = text.strip_prefix(['-', '−', '+']).unwrap_or(text);
    let negative = text.starts_with(['-', '−']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let grouped = whole.contains(',');
    if grouped && !is_grouped(whole) {
        return Err(NotAnAmount::Grouping);
    }
    let is_digits =
        |part: &str, comma: u8| part.bytes().all(|byte| byte.is_ascii_digit() || byte == comma);
    if whole.is_empty()
        || !is_digits(whole, b',')
        || !is_digits(fraction, b'0')
        || digits.ends_with('.')
    {
        return Err(reason(text));
    }
    let count = whole.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    if count > WHOLE || fraction.len() > DECIMALS {
        return Err(NotAnAmount::TooLong);
    }
    let plain = if grouped || text.starts_with(['−', '+']) {
        let sign = if negative { "-" } else { "" };
        Cow::Owned(format!("{sign}{}", digits.replace(',', "")))
    } else {
        Cow::Borrowed(text)
    };
    let value = Decimal::read(&plain).ok_or(NotAnAmount::TooLong)?;
    Ok(Figure { value, grouped })
}

/// Reads a percentage such as `25%` or `25`, as the number before the sign.
///
/// # Errors
/// As [`parse`].
pub fn parse_percent(text: &str) -> Result<Figure, NotAnAmount> {
    parse(text.strip_suffix(['%', '％']).unwrap_or(text))
}

fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

fn reason(text: &str) -> NotAnAmount {
    let has_full_width = text.chars().any(|c| matches!(c, '０'..='９' | '．' | '，' | '－'));
    if has_full_width {
        NotAnAmount::FullWidth
    } else if text.starts_with(|c: char| c.is_ascii_digit()) {
        NotAnAmount::Trailing
    } else {
        NotAnAmount::Other
    }
}

/// Half a unit of the last of so many decimals: how far the true amount may lie
/// from the printed one. (The interval reading of XBRL Calculations 1.1.)
pub fn half_unit(places: u32) -> Decimal {
    Decimal::new(5, places.saturating_add(1))
}

/// How far two printings of one figure may lie apart, each being off by so much at most: nothing where both are
/// rounded alike, else as far as the coarser is off.
pub fn printed_apart(one: Decimal, other: Decimal) -> Decimal {
    if one == other { Decimal::ZERO } else { one.max(other) }
}

/// A figure as text with its decimals, and commas between thousands when asked.
pub fn print(value: Decimal, grouped: bool) -> String {
    let plain = value.to_string();
    if !grouped {
        return plain;
    }
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len().abs_diff(index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_digits() {
        for text in ["1290.10", "0.00", "0", "-3.1", "123456789012345.12345678"] {
            assert_eq!(parse(text).map(|figure| print(figure.value, false)), Ok(text.to_owned()));
        }
        assert_eq!(
            parse("164,978,640").map(|f| print(f.value, f.grouped)),
            Ok("164,978,640".to_owned())
        );
    }

    #[test]
    fn what_is_no_figure_says_why() {
        let cases = [
            ("１２.５", NotAnAmount::FullWidth),
            ("12,34.5", NotAnAmount::Grouping),
            ("12万元", NotAnAmount::Trailing),
            ("1e3", NotAnAmount::Trailing),
            ("二百", NotAnAmount::Other),
            ("", NotAnAmount::Other),
            ("12.", NotAnAmount::Trailing),
            ("1234567890123456", NotAnAmount::TooLong),
            ("1.123456789", NotAnAmount::TooLong),
        ];
        for (text, reason) in cases {
            assert_eq!(parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn a_printed_figure_stands_for_half_a_unit_either_way() {
        assert_eq!(half_unit(2).to_string(), "0.005");
        assert_eq!(half_unit(0).to_string(), "0.5");
    }
}
