//! Which code the tables of a disclosure print beside a name: a code that one table alone prints otherwise was
//! mistyped.

use rustc_hash::FxHashMap;

use super::code_rows::level_of;
use crate::content;
use crate::profile::{ColumnKind, Hierarchy, PanelSpec, Profile, name_hash};

/// Codes by classification and name, each with the number of panels that print it so.
pub(super) struct CodeNames<'a> {
    profile: &'a Profile,
    year: u32,
    printed: FxHashMap<(&'a str, u64), Vec<(&'a str, usize)>>,
}

/// The columns of a panel that print a code in one column, beside its name.
fn columns(form: &PanelSpec) -> Option<(&str, &str)> {
    let of = |kind: ColumnKind| form.columns.iter().filter(move |column| column.kind == kind);
    let mut codes = of(ColumnKind::Code);
    let (code, None) = (codes.next()?, codes.next()) else { return None };
    Some((code.id.as_str(), of(ColumnKind::Label).next()?.id.as_str()))
}

impl<'a> CodeNames<'a> {
    /// Of the written tables of a disclosure.
    pub(super) fn of(
        profile: &'a Profile,
        year: u32,
        written: impl Fn(&str) -> Option<&'a content::Table>,
    ) -> CodeNames<'a> {
        let mut printed: FxHashMap<(&str, u64), Vec<(&str, usize)>> = FxHashMap::default();
        for spec in profile.tables.values() {
            let Some(table) = written(&spec.id) else { continue };
            for form in &spec.panels {
                let Some(classification) = form.classification.as_deref() else { continue };
                let panel = table.panels.iter().find(|panel| panel.id == form.id);
                let (Some(panel), Some(columns)) = (panel, columns(form)) else { continue };
                for row in &panel.rows {
                    let Some((code, name)) = code_and_name(row, columns) else { continue };
                    let codes = printed.entry((classification, name_hash(name))).or_default();
                    match codes.iter_mut().find(|(known, _)| *known == code) {
                        Some((_, panels)) => *panels += 1,
                        None => codes.push((code, 1)),
                    }
                }
            }
        }
        CodeNames { profile, year, printed }
    }

    /// The code that a row of this name was certainly meant to have: other tables print it, and none prints the
    /// written one beside this name; where only one does, the dictionary says so too.
    pub(super) fn meant(
        &self,
        form: &PanelSpec,
        (name, code): (&str, &str),
        written: &content::Panel,
    ) -> Option<&'a str> {
        let Hierarchy::Codes { lengths, .. } = &form.hierarchy else { return None };
        let classification = form.classification.as_deref()?;
        let known = self.printed.get(&(classification, name_hash(name)))?;
        let own = known.iter().find(|(known, _)| *known == code).map_or(0, |(_, panels)| *panels);
        if own > 1 {
            return None;
        }
        let mut others =
            known.iter().filter(|(known, _)| *known != code && level_of(lengths, known).is_some());
        let (Some((meant, panels)), None) = (others.next(), others.next()) else { return None };
        let dictionary = self.profile.dictionaries.get(classification);
        let is_called = |code: &str| {
            let mut entries = dictionary.iter().flat_map(|all| all.of(code, self.year));
            entries.any(|entry| entry.is_called(name))
        };
        let is_known = *panels > 1 || is_called(meant);
        let is_mistyped = level_of(lengths, code).is_none() || is_near(code, meant);
        let is_free = || {
            let columns = columns(form);
            let codes = written.rows.iter().filter_map(|row| code_and_name(row, columns?));
            codes.into_iter().all(|(other, _)| other != *meant)
        };
        (is_known && is_mistyped && !is_called(code) && is_free()).then_some(*meant)
    }
}

/// Whether a code is another but for a digit or two.
fn is_near(code: &str, other: &str) -> bool {
    const WRONG: usize = 2;
    strsim::osa_distance(code, other) <= WRONG
}

fn code_and_name<'a>(
    row: &'a content::Row,
    (code, name): (&str, &str),
) -> Option<(&'a str, &'a str)> {
    let of = |id: &str| {
        let cell = row.cells.iter().find(|cell| *cell.key.text == *id)?;
        cell.text.as_deref().map(str::trim).filter(|text| !text.is_empty())
    };
    Some((of(code)?, of(name)?))
}
