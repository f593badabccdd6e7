//! The subjects (科目) of an organisation: every classification code its tables
//! print, with each line it stands on, year after year.

use std::collections::BTreeMap;

use super::{Disclosure, Model, Row};
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
}

/// The classification and code that a row prints: nothing where it prints none.
pub fn class_code<'a>(form: &'a PanelSpec, row: &'a Row) -> Option<(&'a str, &'a str)> {
    let code = row.code.as_deref().filter(|code| is_plain(code))?;
    Some((form.classification.as_deref()?, code))
}

/// Codes are part of addresses: one with other signs, or too long for the name of a file, has no page.
fn is_plain(code: &str) -> bool {
    (1..=LONGEST).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// How many letters a code with a page may have.
const LONGEST: usize = 64;

/// A line as it is kept: disclosure, table, panel, row, and whether the form prints the code.
type StoredLine = ([usize; 4], bool);

/// A subject as it is kept: what it is part of, and its lines as indexes.
#[derive(Clone, Debug)]
pub(super) struct SubjectLines {
    classification: String,
    code: String,
    /// The nearest subject above it, by index.
    above: Option<usize>,
    /// Those right below it, in order.
    below: Vec<usize>,
    lines: Vec<StoredLine>,
}

impl Model {
    /// How many subjects an organisation has.
    pub fn subject_count(&self, organisation: usize) -> usize {
        self.stored_subjects(organisation).len()
    }

    /// One subject of an organisation: by classification and code in order. A code that no
    /// table prints is none.
    pub fn subject(&self, organisation: usize, index: usize) -> ClassCode<'_> {
        let kept = &self.stored_subjects(organisation)[index];
        let line = |([disclosure, table, panel, row], printed): &StoredLine| ClassLine {
            disclosure: &self.disclosures[*disclosure],
            table: *table,
            panel: *panel,
            row: *row,
            printed: *printed,
        };
        ClassCode {
            classification: &kept.classification,
            code: &kept.code,
            lines: kept.lines.iter().map(line).collect(),
        }
    }

    /// The nearest subject above one.
    pub fn subject_above(&self, organisation: usize, index: usize) -> Option<usize> {
        self.stored_subjects(organisation)[index].above
    }

    /// The subjects right below one, in order.
    pub fn subjects_below(
        &self,
        organisation: usize,
        index: usize,
    ) -> impl Iterator<Item = usize> + '_ {
        self.stored_subjects(organisation)[index].below.iter().copied()
    }

    fn stored_subjects(&self, organisation: usize) -> &[SubjectLines] {
        self.organisations[organisation].subjects.get_or_init(|| self.found_subjects(organisation))
    }

    fn found_subjects(&self, organisation: usize) -> Vec<SubjectLines> {
        let mut found: BTreeMap<(&str, &str), Vec<StoredLine>> = BTreeMap::new();
        let disclosures = self.disclosures.iter().enumerate();
        for (index, disclosure) in
            disclosures.filter(|(_, disclosure)| disclosure.organisation == organisation)
        {
            for (table, content) in disclosure.tables.values().enumerate() {
                for (panel, form, rows) in content.panels() {
                    for (row, line) in rows.rows.iter().enumerate() {
                        let printed = class_code(form, line);
                        let implied = || {
                            let code = line.code.as_deref().filter(|code| is_plain(code))?;
                            Some((form.row_codes.as_deref()?, code))
                        };
                        let Some(key) = printed.or_else(implied) else { continue };
                        let line = ([index, table, panel, row], printed.is_some());
                        found.entry(key).or_default().push(line);
                    }
                }
            }
        }
        found.retain(|_, lines| lines.iter().any(|(_, printed)| *printed));
        let above = above(found.keys().copied());
        let mut below = vec![Vec::new(); above.len()];
        for (index, above) in above.iter().enumerate() {
            if let Some(above) = above {
                below[*above].push(index);
            }
        }
        let kept = |((((classification, code), lines), above), below)| SubjectLines {
            classification: str::to_owned(classification),
            code: str::to_owned(code),
            above,
            below,
            lines,
        };
        found.into_iter().zip(above).zip(below).map(kept).collect()
    }
}

/// The nearest code above one: the longest of its classification that it begins with.
fn above<'a>(keys: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Option<usize>> {
    // What a code begins with stands before it, and so does all that begins as it does.
    let mut open: Vec<(usize, (&str, &str))> = Vec::new();
    let mut all = Vec::new();
    for (index, (classification, code)) in keys.enumerate() {
        let is_above = |(_, (other, begins)): &(usize, (&str, &str))| {
            *other == classification && code.starts_with(begins)
        };
        while open.last().is_some_and(|last| !is_above(last)) {
            open.pop();
        }
        all.push(open.last().map(|(at, _)| *at));
        open.push((index, (classification, code)));
    }
    all
}
