//! What the law asks of a disclosure beyond its tables: dates, a secrecy review,
//! units that publish their own. All of it data of the profile.

use crate::diagnostic::Severity;

/// The duties a profile states; one it does not state is not looked at.
#[derive(Clone, Debug)]
pub struct Duties {
    /// Whether the dates of approval and publication must be recorded.
    pub dates: bool,
    /// Within how many calendar days of its approval it must be published.
    pub publish_within: Option<usize>,
    /// From which day on it is worth a note.
    pub remind_from: Option<usize>,
    /// Whether its fiscal year is one year of the calendar.
    pub calendar_year: bool,
    /// How many years before its fiscal year it may be dated at most, and how many after.
    pub dated: (u32, u32),
    /// Whether the secrecy review must be recorded.
    pub secrecy_review: bool,
    /// The table whose rows are the units that publish their own disclosure.
    pub units: Option<UnitsDuty>,
    /// Where no year but the disclosure's own may stand.
    pub own_year: Vec<YearPlace>,
}

impl Default for Duties {
    fn default() -> Duties {
        Duties {
            dates: false,
            publish_within: None,
            remind_from: None,
            calendar_year: false,
            dated: (1, 2),
            secrecy_review: false,
            units: None,
            own_year: Vec::new(),
        }
    }
}

/// Units that publish their own disclosure.
#[derive(Clone, Debug)]
pub struct UnitsDuty {
    /// The table that lists them.
    pub table: String,
    /// How bad it is where one does not.
    pub severity: Severity,
}

/// A place where a year may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearPlace {
    /// The titles of the disclosure, of its tables and of its sections.
    Titles,
    /// The lines above tables.
    Captions,
    /// The headings of columns.
    Headings,
    /// The notes below tables.
    Notes,
}
