//! The subjects (科目) of an organisation: every classification code its tables
//! print, with each line it stands on, year after year.

use std::collections::BTreeMap;

use super::{Disclosure, Portal, Row};
use crate::profile::PanelSpec;

/// One code of one classification; the same digits in another are another subject.
#[derive(Clone, Debug)]
pub struct ClassCode<'a> {
    /// The classification.
    pub classification: &'a str,
    /// The code.
    pub code: &'a str,
    /// Every line it stands on: by disclosure, the newest first, then in printed order.
    pub lines: Vec<ClassLine<'a>>,
}

/// A line that carries the code.
#[derive(Clone, Copy, Debug)]
pub struct ClassLine<'a> {
    /// The disclosure.
    pub disclosure: &'a Disclosure,
    /// The index of the table.
    pub table: usize,
    /// The index of the panel.
    pub panel: usize,
    /// The index of the row.
    pub row: usize,
    /// Whether the form prints the code, and with it the name the classification gives it.
    pub printed: bool,
}

impl<'a> ClassLine<'a> {
    /// The row.
    pub fn content(&self) -> &'a Row {
        &self.disclosure.tables[self.table].panels[self.panel].rows[self.row]
    }
}

impl<'a> ClassCode<'a> {
    /// What it is called, as the newest line that prints it says.
    pub fn name(&self) -> &'a str {
        let printed = self.lines.iter().find(|line| line.printed);
        printed.map(|line| line.content().name.as_str()).unwrap_or_default()
    }

    /// Whether another subject stands below this one.
    pub fn is_above(&self, other: &ClassCode) -> bool {
        self.classification == other.classification
            && self.code.len() < other.code.len()
            && other.code.starts_with(self.code)
    }
}

/// The classification and code that a row prints: nothing where it prints none.
pub fn class_code<'a>(form: &'a PanelSpec, row: &'a Row) -> Option<(&'a str, &'a str)> {
    let code = row.code.as_deref().filter(|code| is_plain(code))?;
    Some((form.classification.as_deref()?, code))
}

/// Codes are part of addresses.
fn is_plain(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Portal {
    /// The subjects of an organisation, by classification and code. A code that no table
    /// prints is none.
    pub fn subjects(&self, organisation: usize) -> Vec<ClassCode<'_>> {
        let mut found: BTreeMap<(&str, &str), Vec<ClassLine>> = BTreeMap::new();
        for disclosure in self.disclosures_of(organisation) {
            for (table, content) in disclosure.tables.values().enumerate() {
                for (panel, form, rows) in content.panels() {
                    for (row, line) in rows.rows.iter().enumerate() {
                        let printed = class_code(form, line);
                        let implied = || {
                            let code = line.code.as_deref().filter(|code| is_plain(code))?;
                            Some((form.row_codes.as_deref()?, code))
                        };
                        let Some(key) = printed.or_else(implied) else { continue };
                        let printed = printed.is_some();
                        let line = ClassLine { disclosure, table, panel, row, printed };
                        found.entry(key).or_default().push(line);
                    }
                }
            }
        }
        let subjects = found.into_iter().map(|((classification, code), lines)| ClassCode {
            classification,
            code,
            lines,
        });
        subjects.filter(|subject| subject.lines.iter().any(|line| line.printed)).collect()
    }
}

/// The nearest subject above one, by index.
pub fn above(subjects: &[ClassCode], index: usize) -> Option<usize> {
    let above = (0..subjects.len()).filter(|at| subjects[*at].is_above(&subjects[index]));
    above.max_by_key(|at| subjects[*at].code.len())
}
