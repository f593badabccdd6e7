//! Figures and years as a reader sees them outside the printed tables.

use crate::amount::{self, Decimal};
use crate::model::Disclosure;

/// A figure that stands outside the printed tables, its thousands parted as in the tables it is of.
pub fn figure(disclosure: &Disclosure, value: Decimal) -> String {
    amount::print(value, disclosure.is_grouped)
}

/// A share in per cent with one decimal, half away from nought; empty of nothing. What is more than
/// nothing is not printed as nothing, what is less than the whole not as the whole.
pub fn percent(part: Decimal, whole: Decimal) -> String {
    if whole.is_zero() {
        return String::new();
    }
    let exact = part * Decimal::ONE_HUNDRED / whole;
    let mut rounded = exact.round_dp_with_strategy(1, amount::Rounding::MidpointAwayFromZero);
    rounded.rescale(1);
    if rounded.is_zero() && !part.is_zero() {
        "<0.1".to_owned()
    } else if rounded == Decimal::ONE_HUNDRED && exact < Decimal::ONE_HUNDRED {
        ">99.9".to_owned()
    } else {
        rounded.to_string()
    }
}

/// A change, always with its sign.
pub fn change(disclosure: &Disclosure, value: Decimal) -> String {
    let sign = if value.is_zero() {
        ""
    } else if value.is_sign_negative() {
        "−"
    } else {
        "+"
    };
    format!("{sign}{}", figure(disclosure, value.abs()))
}

/// The fiscal year as the profile words it: `2025年`.
pub fn year(disclosure: &Disclosure) -> String {
    year_of(disclosure, &disclosure.written.fiscal_year)
}

/// Another year, worded as the profile of a disclosure does.
pub fn year_of(disclosure: &Disclosure, label: &str) -> String {
    let pattern = &disclosure.profile.words.year;
    if pattern.is_empty() { label.to_owned() } else { pattern.replace("{year}", label) }
}

/// What a disclosure is called where its organisation is known: `2025年部门预算`.
pub fn short_title(disclosure: &Disclosure) -> String {
    format!("{}{}", year(disclosure), disclosure.profile.words.stage)
}

/// Two pieces of text as one: with a space between where letters of an alphabet would meet.
pub fn beside(before: &str, after: &str) -> String {
    let meet = before.ends_with(|c: char| c.is_ascii_alphanumeric())
        && after.starts_with(|c: char| c.is_ascii_alphanumeric());
    format!("{before}{}{after}", if meet { " " } else { "" })
}

/// A number of bytes: `512 B`, `1.2 kB`, `3.4 MB`.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes + unit / 20) / (unit / 10);
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..999_950 => format!("{}.{} kB", tenths(1_000) / 10, tenths(1_000) % 10),
        _ => format!("{}.{} MB", tenths(1_000_000) / 10, tenths(1_000_000) % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_nothing_or_all_only_where_it_is() {
        for (part, whole, said) in [
            ("0.00", "100.00", "0.0"),
            ("0.04", "100.00", "<0.1"),
            ("0.05", "100.00", "0.1"),
            ("99.94", "100.00", "99.9"),
            ("99.95", "100.00", ">99.9"),
            ("100.00", "100.00", "100.0"),
            ("100.04", "100.00", "100.0"),
            ("1.00", "0.00", ""),
        ] {
            let read = |text| Decimal::read(text).expect("a figure");
            assert_eq!(percent(read(part), read(whole)), said, "{part} of {whole}");
        }
    }

    #[test]
    fn sizes_have_three_digits_or_so() {
        for (bytes, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (1_249, "1.2 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.0 MB"),
        ] {
            assert_eq!(size(bytes), said);
        }
    }
}
