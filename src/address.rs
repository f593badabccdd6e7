//! One grammar for every reference to figures: relations, bindings, charts,
//! accepted exceptions.
//!
//! ```text
//! table/row/column              revenue/total/carryover
//! table/panel.row/column        overview/income.grand/amount
//! projects/project/field        projects/*/budget
//! projects/project/indicators/kind
//! narrative/section/slot        a figure in prose that was given a name
//! prior:…                       the same in the disclosure of the year before
//! ```
//! A row is a code, a row id of the profile or a printed name; `*` is every row
//! that is not itself a sum, `30*` every code that begins so, `level:1` every
//! row of that level (all add up what they match). `@` and `@level:1` stand for
//! each row in turn, the same one wherever they occur in an equation.

use std::fmt;

/// A reference to one figure, or to several that are added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whether it means the disclosure of the year before.
    pub prior: bool,
    /// What it points into.
    pub target: Target,
}

/// What an address points into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A cell, or several.
    Cells {
        /// The table's id.
        table: String,
        /// The panel's id, where rows of two panels could be confused.
        panel: Option<String>,
        /// Which rows.
        rows: Rows,
        /// The column's id.
        column: String,
    },
    /// A field of projects.
    Field {
        /// Which projects.
        projects: Rows,
        /// The field's id.
        field: String,
    },
    /// The targets of one kind of indicator of projects.
    Indicators {
        /// Which projects.
        projects: Rows,
        /// The kind's id in the profile.
        kind: String,
    },
    /// A named figure in prose.
    Slot {
        /// The section's id.
        section: String,
        /// The figure's name.
        slot: String,
    },
}

/// Which rows an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The row with this code, id or name.
    Key(String),
    /// Every row that is not itself a sum.
    All,
    /// Every code that begins so.
    Prefix(String),
    /// Every row of a level, 1 being the highest.
    Level(usize),
    /// Each row in turn.
    Each,
    /// Each row of a level in turn.
    EachLevel(usize),
}

impl Rows {
    fn parse(text: &str) -> Option<Rows> {
        let level = |text: &str| text.parse().ok().filter(|level| *level > 0);
        match text {
            "" => None,
            "*" => Some(Rows::All),
            "@" => Some(Rows::Each),
            _ => {
                if let Some(rest) = text.strip_prefix("@level:") {
                    level(rest).map(Rows::EachLevel)
                } else if let Some(rest) = text.strip_prefix("level:") {
                    level(rest).map(Rows::Level)
                } else if let Some(prefix) = text.strip_suffix('*') {
                    Some(Rows::Prefix(prefix.to_owned()))
                } else {
                    Some(Rows::Key(text.to_owned()))
                }
            }
        }
    }

    /// Whether it stands for each row in turn.
    pub fn is_each(&self) -> bool {
        matches!(self, Rows::Each | Rows::EachLevel(_))
    }
}

impl Address {
    /// Reads an address, or nothing when the text is none.
    pub fn parse(text: &str) -> Option<Address> {
        let (prior, path) = match text.trim().strip_prefix("prior:") {
            Some(path) => (true, path),
            None => (false, text.trim()),
        };
        let parts: Vec<&str> = path.split('/').collect();
        let target = match parts.as_slice() {
            ["projects", projects, "indicators", kind] => {
                Target::Indicators { projects: Rows::parse(projects)?, kind: (*kind).to_owned() }
            }
            ["projects", projects, field] => {
                Target::Field { projects: Rows::parse(projects)?, field: (*field).to_owned() }
            }
            ["narrative", section, slot] => {
                Target::Slot { section: (*section).to_owned(), slot: (*slot).to_owned() }
            }
            [table, row, column] if !table.is_empty() && !column.is_empty() => {
                let (panel, row) = match row.split_once('.') {
                    Some((panel, rest)) if is_id(panel) && !rest.is_empty() => {
                        (Some(panel.to_owned()), rest)
                    }
                    _ => (None, *row),
                };
                Target::Cells {
                    table: (*table).to_owned(),
                    panel,
                    rows: Rows::parse(row)?,
                    column: (*column).to_owned(),
                }
            }
            _ => return None,
        };
        Some(Address { prior, target })
    }
}

/// Whether a word could be an id of a profile: lower-case letters, digits, `-`, `_`.
pub fn is_id(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rows::Key(key) => f.write_str(key),
            Rows::All => f.write_str("*"),
            Rows::Prefix(prefix) => write!(f, "{prefix}*"),
            Rows::Level(level) => write!(f, "level:{level}"),
            Rows::Each => f.write_str("@"),
            Rows::EachLevel(level) => write!(f, "@level:{level}"),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prior {
            f.write_str("prior:")?;
        }
        match &self.target {
            Target::Cells { table, panel: Some(panel), rows, column } => {
                write!(f, "{table}/{panel}.{rows}/{column}")
            }
            Target::Cells { table, panel: None, rows, column } => {
                write!(f, "{table}/{rows}/{column}")
            }
            Target::Field { projects, field } => write!(f, "projects/{projects}/{field}"),
            Target::Indicators { projects, kind } => {
                write!(f, "projects/{projects}/indicators/{kind}")
            }
            Target::Slot { section, slot } => write!(f, "narrative/{section}/{slot}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_as_they_are_read() {
        for text in [
            "revenue/total/carryover",
            "overview/income.grand/amount",
            "general/@level:1/total",
            "basic/301*/public",
            "prior:expenditure/合计/total",
            "projects/*/budget",
            "projects/*/indicators/cost",
            "narrative/overall/change",
            "overview/1.一般公共预算/amount",
        ] {
            assert_eq!(Address::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "a/b", "a//c", "a/b/c/d", "a/level:0/c", "a/b/"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
