//! Fields: instructions with the result the program last worked out, over runs and paragraphs.

use crate::import::document::Doubt;

/// No author puts more fields into one another.
const DEEPEST: usize = 16;

/// The fields that are open, one in another.
#[derive(Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many more are open in the innermost of them, which are not told apart.
    deeper: usize,
}

#[derive(Default)]
struct Field {
    instruction: String,
    is_result: bool,
    has_result: bool,
    is_stale: bool,
    /// What a form shows in place of a result.
    choice: Option<String>,
}

/// Fields that show nothing.
const SILENT: [&str; 9] = ["TC", "XE", "RD", "TA", "SET", "ASK", "PRIVATE", "FORMTEXT", "ADVANCE"];

/// Fields whose result depends on the day or on other files.
const VOLATILE: [&str; 10] = [
    "DATE",
    "TIME",
    "SAVEDATE",
    "PRINTDATE",
    "EDITTIME",
    "LINK",
    "INCLUDETEXT",
    "DDE",
    "DDEAUTO",
    "DATABASE",
];

impl Fields {
    /// A field begins; a stale one says that its result is to be worked out again.
    pub(super) fn begin(&mut self, is_stale: bool, choice: Option<String>) {
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.open.push(Field { is_stale, choice, ..Field::default() });
    }

    /// A piece of the instruction.
    pub(super) fn instruction(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.is_result) {
            field.instruction.push_str(text);
        }
    }

    /// The result begins.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|_| self.deeper == 0) {
            field.is_result = true;
        }
    }

    /// The field ends: what it shows in place of a result, and why that may be wrong.
    pub(super) fn end(&mut self) -> (Option<String>, Option<Doubt>) {
        if let Some(deeper) = self.deeper.checked_sub(1) {
            self.deeper = deeper;
            return (None, Some(Doubt::Unvalued));
        }
        let Some(field) = self.open.pop() else { return (None, None) };
        if field.has_result {
            return (None, None);
        }
        if let Some(choice) = field.choice {
            return (Some(choice), None);
        }
        let is_silent = field.name().is_empty() || SILENT.contains(&field.name().as_str());
        (None, (!is_silent).then_some(Doubt::Unvalued))
    }

    /// Takes note of words; whether they are seen, and why they may be wrong.
    pub(super) fn shows(&mut self, text: &str) -> (bool, Option<Doubt>) {
        let is_seen = self.open.iter().all(|field| field.is_result);
        if is_seen && !text.is_empty() {
            self.open.iter_mut().for_each(|field| field.has_result = true);
        }
        let is_volatile =
            |field: &Field| field.is_stale || VOLATILE.contains(&field.name().as_str());
        (is_seen, self.open.iter().any(is_volatile).then_some(Doubt::Volatile))
    }

    /// Whether a table of contents is open.
    pub(super) fn is_contents(&self) -> bool {
        self.open.iter().any(|field| field.name() == "TOC")
    }
}

impl Field {
    /// The first word of the instruction; `=` for a formula.
    fn name(&self) -> String {
        let word = self.instruction.split_whitespace().next().unwrap_or_default();
        if word.starts_with('=') { "=".to_owned() } else { word.to_uppercase() }
    }
}
