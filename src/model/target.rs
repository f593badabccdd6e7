//! A printed target read as comparator, number and unit, where it is one:
//! `≤17.5 万元`, `≥30次`, `100%`. The printed string stays the truth.

use crate::amount::{self, Decimal};

/// A target that states a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `≤`, `≥`, … or nothing.
    pub comparator: Option<char>,
    /// The number.
    pub value: Decimal,
    /// What stands after it.
    pub unit: String,
}

/// Reads a target; words without a number are no [`Target`].
pub fn parse(printed: &str) -> Option<Target> {
    let printed = printed.trim();
    let comparator = printed.chars().next().filter(|c| "≤≥<>=＜＞＝≦≧".contains(*c));
    let rest = printed.trim_start_matches(|c| Some(c) == comparator).trim_start();
    let end =
        rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
    let value = amount::parse(&rest[..end]).ok()?.value;
    Some(Target { comparator, value, unit: rest[end..].trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_and_words_are_left_alone() {
        let read = |text| parse(text).map(|t| (t.comparator, t.value.to_string(), t.unit));
        assert_eq!(read("≤17.5 万元"), Some((Some('≤'), "17.5".into(), "万元".into())));
        assert_eq!(read("4172.22 平方米"), Some((None, "4172.22".into(), "平方米".into())));
        assert_eq!(read("≤755元"), Some((Some('≤'), "755".into(), "元".into())));
        assert_eq!(read("进一步提升"), None);
    }
}
