//! One grammar for every reference to figures: relations, bindings, charts,
//! accepted exceptions.
//!
//! ```text
//! table/row/column              revenue/total/carryover
//! table/panel.row/column        overview/income.grand/amount
//! projects/project/field        projects/*/budget
//! projects/project/indicators/kind
//! narrative/section/slot        a figure in prose that was given a name
//! projects/project/indicators/rows/column
//! prior:…                       the same in the disclosure of the year before
//! budget:…                      the same in the disclosure of that stage of the same year
//! ```
//! A row is a code, a row id of the profile or a printed name; where a row is named
//! in several columns, their words are joined by `>`. `*` is every row that is not
//! itself a sum, `30*` every code that begins so, `level:1` every row of that level,
//! `kind=capital` every row whose column `kind` says so (all add up what they match,
//! a part never beside its whole). `@` and `@level:1` stand for each row in turn, the
//! same one wherever they occur in an equation; `kind=@` for the rows that say it.
//! Spaces are left out of a name, or the name is put between `"`.

use std::fmt;

/// A reference to one figure, or to several that are added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whether it means the disclosure of the year before.
    pub prior: bool,
    /// The stage of the disclosure of the same year that it means, where that is another.
    pub stage: Option<String>,
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
    /// A column of the indicators of projects.
    Column {
        /// Which projects.
        projects: Rows,
        /// Which indicators.
        rows: Rows,
        /// The column's id.
        column: String,
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
    /// The rows whose column says this word, or what `@` stands for.
    Where {
        /// The column's id.
        column: String,
        /// The word.
        value: String,
    },
}

/// What the year before is written as.
const PRIOR: &str = "prior";

/// What `@` is written as.
const EACH: &str = "@";

impl Rows {
    fn parse(text: &str) -> Option<Rows> {
        let level = |text: &str| text.parse().ok().filter(|level| *level > 0);
        match text {
            "" => None,
            "*" => Some(Rows::All),
            EACH => Some(Rows::Each),
            _ => {
                if let Some((column, value)) = text.split_once('=')
                    && is_id(column)
                    && !value.is_empty()
                {
                    let (column, value) = (column.to_owned(), unquote(value));
                    return Some(Rows::Where { column, value });
                }
                if let Some(rest) = text.strip_prefix("@level:") {
                    level(rest).map(Rows::EachLevel)
                } else if let Some(rest) = text.strip_prefix("level:") {
                    level(rest).map(Rows::Level)
                } else if let Some(prefix) = text.strip_suffix('*') {
                    Some(Rows::Prefix(unquote(prefix)))
                } else {
                    Some(Rows::Key(unquote(text)))
                }
            }
        }
    }

    /// Whether it stands for each row in turn.
    pub fn is_each(&self) -> bool {
        match self {
            Rows::Each | Rows::EachLevel(_) => true,
            Rows::Where { value, .. } => value == EACH,
            _ => false,
        }
    }
}

impl Address {
    /// Reads an address, or nothing when the text is none.
    pub fn parse(text: &str) -> Option<Address> {
        let (from, path) = match text.trim().split_once(':') {
            Some((from, path)) if is_id(from) => (Some(from), path),
            _ => (None, text.trim()),
        };
        let prior = from == Some(PRIOR);
        let stage = from.filter(|from| *from != PRIOR).map(str::to_owned);
        let parts = split(path, |c| c == '/');
        let target = match parts.as_slice() {
            ["projects", projects, "indicators", kind] => {
                Target::Indicators { projects: Rows::parse(projects)?, kind: (*kind).to_owned() }
            }
            ["projects", projects, "indicators", rows, column] if is_id(column) => Target::Column {
                projects: Rows::parse(projects)?,
                rows: Rows::parse(rows)?,
                column: (*column).to_owned(),
            },
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
        Some(Address { prior, stage, target })
    }
}

impl Target {
    /// Which rows or projects it means; a figure in prose has none.
    pub fn selector(&self) -> Option<&Rows> {
        match self {
            Target::Cells { rows, .. } => Some(rows),
            Target::Field { projects, .. }
            | Target::Indicators { projects, .. }
            | Target::Column { projects, .. } => Some(projects),
            Target::Slot { .. } => None,
        }
    }

    /// Whether it leads into projects.
    pub fn is_of_projects(&self) -> bool {
        matches!(self, Target::Field { .. } | Target::Indicators { .. } | Target::Column { .. })
    }
}

impl Address {
    /// One of the same disclosure.
    pub fn own(target: Target) -> Address {
        Address { prior: false, stage: None, target }
    }

    /// One of the disclosure of the year before.
    pub fn of_prior(target: Target) -> Address {
        Address { prior: true, stage: None, target }
    }

    /// Whether it means the disclosure it stands in.
    pub fn is_own(&self) -> bool {
        !self.prior && self.stage.is_none()
    }

    /// Whether it may mean several rows of a table.
    pub fn is_of_rows(&self) -> bool {
        matches!(&self.target, Target::Cells { rows, .. } if !matches!(rows, Rows::Key(_)))
    }
}

/// The parts of a text between separators; within `"…"` nothing separates, and `""` is a mark.
pub fn split(text: &str, separates: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if !quoted && separates(c) {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

fn unquote(word: &str) -> String {
    let inner = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(|| word.to_owned(), |inner| inner.replace("\"\"", "\""))
}

/// A row's name as it stands in an address: in quotation marks where it would be read as
/// something else without.
pub fn quoted(name: &str) -> String {
    let is_key = matches!(Rows::parse(name), Some(Rows::Key(key)) if key == name);
    let has_panel =
        name.split_once('.').is_some_and(|(panel, rest)| is_id(panel) && !rest.is_empty());
    if is_key && !has_panel { spaced(name) } else { in_marks(name) }
}

/// A word in quotation marks where it would be parted without.
fn spaced(word: &str) -> String {
    if word.contains(|c: char| c.is_whitespace() || c == '/' || c == '"') {
        in_marks(word)
    } else {
        word.to_owned()
    }
}

fn in_marks(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
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
            Rows::Key(key) => f.write_str(&quoted(key)),
            Rows::All => f.write_str("*"),
            Rows::Prefix(prefix) => write!(f, "{}*", spaced(prefix)),
            Rows::Level(level) => write!(f, "level:{level}"),
            Rows::Where { column, value } => write!(f, "{column}={}", spaced(value)),
            Rows::Each => f.write_str(EACH),
            Rows::EachLevel(level) => write!(f, "@level:{level}"),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prior {
            write!(f, "{PRIOR}:")?;
        } else if let Some(stage) = &self.stage {
            write!(f, "{stage}:")?;
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
            Target::Column { projects, rows, column } => {
                write!(f, "projects/{projects}/indicators/{rows}/{column}")
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
            "projects/@/indicators/*/weight",
            "projects/@/indicators/level=数量指标/score",
            "budget:projects/@/budget",
            "budget:overview/income.grand/amount",
            "narrative/overall/change",
            "overview/1.一般公共预算/amount",
            "overview/\"Goods and services\"/amount",
            "overview/other.\"Current / Transfers\"/amount",
            "spending/programme=@/amount",
            "spending/kind=\"Goods and services\"/amount",
            "sources/taxes>income/amount",
        ] {
            assert_eq!(Address::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn a_name_is_read_as_it_was_quoted() {
        for name in [
            "一、教育",
            "a b",
            "a/b",
            "*",
            "20*",
            "@",
            "level:2",
            "x=y",
            "a.b",
            "\"",
            "a\"b",
            "\"a b\"",
            "\"*",
        ] {
            for text in [quoted(name), format!("p.{}", quoted(name))] {
                let address = Address::parse(&format!("table/{text}/column")).expect(name);
                let Target::Cells { rows, .. } = &address.target else { panic!("{name}") };
                assert_eq!(rows, &Rows::Key(name.to_owned()), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "a/b", "a//c", "a/b/c/d", "a/level:0/c", "a/b/"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
