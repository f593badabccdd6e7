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

    /// Every year that its words may take for its own.
    pub fn own_years(&self) -> Vec<u32> {
        let mut years = self.fiscal_years();
        years.extend(self.other_folder_years());
        years
    }
}
