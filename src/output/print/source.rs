//! Typst code as it is written: calls and strings alone.

use std::fmt::Write;

use crate::sheet::Value;

/// What a column is at least and at most wide, in characters of half a square.
const NARROWEST: usize = 6;
const WIDEST_WORDS: usize = 30;
const WIDEST_FIGURE: usize = 22;

/// Typst code.
#[derive(Default)]
pub(super) struct Source(String);

impl Source {
    /// Code that begins with another text.
    pub(super) fn after(text: &str) -> Source {
        Source(text.to_owned())
    }

    /// Adds code as it is.
    pub(super) fn code(&mut self, code: &str) -> &mut Source {
        self.0.push_str(code);
        self
    }

    /// Adds words, as a string.
    pub(super) fn words(&mut self, words: &str) -> &mut Source {
        self.0.push('"');
        for c in words.chars() {
            match c {
                '"' | '\\' => self.0.extend(['\\', c]),
                '\n' => self.0.push_str("\\n"),
                c if c.is_control() => self.0.push(' '),
                c => self.0.push(c),
            }
        }
        self.0.push('"');
        self
    }

    /// Adds a heading over columns.
    pub(super) fn head(&mut self, (rows, columns): (usize, usize), words: &str) {
        if rows > 0 && columns > 0 {
            write!(self.0, "head({rows}, {columns}, ").expect("memory takes it");
            self.words(words).code("), ");
        }
    }

    /// Adds a cell that heads several rows.
    pub(super) fn group_head(&mut self, rows: usize, words: &str) {
        write!(self.0, "g({rows}, ").expect("memory takes it");
        self.words(words).code("), ");
    }

    /// Adds a cell that heads its row.
    pub(super) fn row_head(&mut self, depth: usize, is_strong: bool, words: &str) {
        write!(self.0, "r({depth}, {is_strong}, ").expect("memory takes it");
        self.words(words).code("), ");
    }

    /// Adds a cell.
    pub(super) fn value(&mut self, value: Value, is_strong: bool) {
        match value {
            Value::Figure(..) => self.code(&format!("n({is_strong}, ")),
            Value::Words(_) => self.code("w("),
            _ => self.code("c("),
        };
        self.words(&value.printed()).code("), ");
    }

    /// Adds how wide columns are, as a list.
    pub(super) fn list(&mut self, numbers: &[usize]) -> &mut Source {
        self.code("(");
        for number in numbers {
            write!(self.0, "{number}, ").expect("memory takes it");
        }
        self.code(")")
    }

    /// The bytes.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// How wide a column stands whose heading and values these are.
pub(super) fn weight<'a>(heading: &str, values: impl Iterator<Item = Value<'a>>) -> usize {
    let widest = values.map(|value| {
        let most = if matches!(value, Value::Words(_)) { WIDEST_WORDS } else { WIDEST_FIGURE };
        halves(&value.printed()).min(most)
    });
    let heading = halves(heading).div_ceil(2).min(WIDEST_FIGURE / 2);
    widest.max().unwrap_or(0).max(heading).max(NARROWEST)
}

/// How many halves of a square some words take.
fn halves(words: &str) -> usize {
    words.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
