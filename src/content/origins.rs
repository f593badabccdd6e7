//! `import.json`: what an import wrote, and the cell of the original file each value came from, so
//! that a finding can name it and a person's edits are known.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize, Serializer};

use crate::diagnostic::{Text, text};

/// The name of the file, beside `disclosure.yaml`.
pub const FILE: &str = "import.json";

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// The names of the files that were read.
    pub read: Vec<String>,
    /// The files that were written, by their path below the folder of the disclosure.
    pub written: BTreeMap<String, Written>,
}

/// A file that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The digest of its bytes as they were written.
    pub digest: String,
    /// Where each of its values was read, by its data path: `rows[3].amount`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub values: IndexMap<String, Spot, FxBuildHasher>,
}

/// A cell or a line of a file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Spot {
    /// The number of the file, from 0.
    pub file: usize,
    /// Its sheet; empty in texts.
    pub sheet: Arc<str>,
    /// The table of a text, from 1; 0 outside of tables.
    pub table: usize,
    /// The row or the line, from 1.
    pub row: usize,
    /// The column, from 1; 0 of a line.
    pub column: usize,
}

impl Origins {
    /// Reads the file; nothing where it is not what an import writes.
    pub fn parse(text: &str) -> Option<Origins> {
        serde_json::from_str(text).ok()
    }

    /// The file as it is written: a line for each value.
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("names and numbers can be written");
        format!("{text}\n")
    }

    /// Where a value was read, in words: `预算表.xlsx Sheet3!B7`.
    pub fn words_of(&self, path: &str, at: &str) -> Option<Text> {
        let spot = self.written.get(path)?.values.get(at)?;
        Some(spot.words(self.read.get(spot.file).map_or("", String::as_str)))
    }
}

impl Spot {
    /// Where it is, in words, with the name of its file.
    pub fn words(&self, name: &str) -> Text {
        let Spot { table, row, column, .. } = self;
        let inner = if !self.sheet.is_empty() {
            Text::same(format!("{}!{}{row}", self.sheet, letters(*column)))
        } else if *table > 0 {
            text!(zh: "第 {table} 张表第 {row} 行第 {column} 栏", en: "table {table}, row {row}, column {column}")
        } else {
            text!(zh: "第 {row} 行", en: "line {row}")
        };
        let join = |words: String| if name.is_empty() { words } else { format!("{name} {words}") };
        Text { zh: join(inner.zh), en: join(inner.en) }
    }
}

/// The letters of a column: A, Z, AA.
fn letters(mut column: usize) -> String {
    let mut out = String::new();
    while column > 0 {
        column -= 1;
        let letter = u8::try_from(column % 26).unwrap_or(0);
        out.insert(0, char::from(b'A' + letter));
        column /= 26;
    }
    out
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Spot { file, sheet, table, row, column } = self;
        write!(f, "{file}:{table}:{row}:{column}:{sheet}")
    }
}

impl Serialize for Spot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<String> for Spot {
    fn from(text: String) -> Spot {
        let mut parts = text.splitn(5, ':');
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or_default();
        let (file, table, row, column) = (number(), number(), number(), number());
        let sheet = parts.next().unwrap_or_default().into();
        Spot { file, sheet, table, row, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([1, 26, 27, 702, 703].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn spots_are_read_back() {
        let spot = Spot { file: 1, sheet: "表3: 支出".into(), table: 0, row: 7, column: 2 };
        assert_eq!(Spot::from(spot.to_string()), spot);
    }
}
