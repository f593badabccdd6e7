//! The years a disclosure may be of: what `fiscal_year` says, and where its folder says another, that too,
//! so that the one slip is reported once.

use super::Disclosure;
use crate::content::is_year;

impl Disclosure {
    /// The years of its fiscal year: one, or two in a row. None where it could not be read.
    pub fn fiscal_years(&self) -> Vec<u32> {
        match self.year {
            0 => Vec::new(),
            year if self.written.fiscal_year.len() > 4 => vec![year, year.saturating_add(1)],
            year => vec![year],
        }
    }

    /// The years that its folder names, where none of them is of its fiscal year.
    pub fn other_folder_years(&self) -> Vec<u32> {
        let parts = self.id.split(|c: char| !c.is_ascii_digit());
        let named: Vec<u32> =
            parts.filter(|part| is_year(part)).filter_map(|part| part.parse().ok()).collect();
        let own = self.fiscal_years();
        let is_other = !own.is_empty() && !named.iter().any(|year| own.contains(year));
        if is_other { named } else { Vec::new() }
    }

    /// Digits of its folder that are next to its fiscal year and no year: one lost, doubled, mistyped or
    /// out of place, as in `202-budget`.
    pub fn folder_slip(&self) -> Option<&str> {
        let own = self.fiscal_years();
        let is_own = |part: &&str| part.parse().is_ok_and(|year| own.contains(&year));
        let parts = || self.id.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() > 2);
        if parts().any(|part| is_own(&part)) {
            return None;
        }
        parts().find(|part| !is_year(part) && own.iter().any(|year| is_slip(part, *year)))
    }

    /// Every year that its words may take for its own.
    pub fn own_years(&self) -> Vec<u32> {
        let mut years = self.fiscal_years();
        years.extend(self.other_folder_years());
        years
    }
}

/// Whether digits are those of a year but for one lost, added or mistyped, or two that changed places.
pub fn is_slip(digits: &str, year: u32) -> bool {
    let year = year.to_string();
    let (digits, year) = (digits.as_bytes(), year.as_bytes());
    let without = |long: &[u8], short: &[u8]| {
        (0..long.len()).any(|at| [&long[..at], &long[at + 1..]].concat() == short)
    };
    match digits.len() {
        length if length + 1 == year.len() => without(year, digits),
        length if length == year.len() + 1 => without(digits, year),
        length if length == year.len() => {
            let wrong: Vec<usize> = (0..length).filter(|at| digits[*at] != year[*at]).collect();
            match wrong.as_slice() {
                [_] => true,
                [one, two] => digits[*one] == year[*two] && digits[*two] == year[*one],
                _ => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_mistyped_is_told_from_other_digits() {
        for (digits, is) in [
            ("202", true),
            ("205", true),
            ("20255", true),
            ("20225", true),
            ("2205", true),
            ("2052", true),
            ("3025", true),
            ("2025", false),
            ("120", false),
            ("1307", false),
            ("25", false),
        ] {
            assert_eq!(is_slip(digits, 2025), is, "{digits}");
        }
    }
}
