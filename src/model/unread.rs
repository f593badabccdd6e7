//! What of a disclosure could not be read: addresses that lead into it are unknown, and so are the
//! relations it stands in.

use std::collections::BTreeMap;

use super::lookup::{At, FigureRef, Home};
use super::{Disclosure, Outcome, Verdict};
use crate::address::{Rows, Target};
use crate::content::Part;
use crate::profile::{Hierarchy, PanelSpec};

/// The numbers of what could not be read, by what it is.
#[derive(Clone, Debug, Default)]
pub(super) struct UnreadIndex {
    tables: BTreeMap<String, usize>,
    /// By table, with the number of the panel.
    panels: BTreeMap<String, Vec<(usize, usize)>>,
    sections: BTreeMap<String, usize>,
    projects: Option<usize>,
    /// By table and code, with the number of the panel.
    codes: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
    /// By table, with the code above them and the number of the panel.
    below: BTreeMap<String, Vec<(String, usize, usize)>>,
    rows: BTreeMap<(usize, usize, usize), usize>,
    cells: BTreeMap<(usize, usize, usize, usize), usize>,
    fields: BTreeMap<(usize, usize), usize>,
}

impl Disclosure {
    /// Whether a table is there and could not be read.
    pub fn is_unread_table(&self, id: &str) -> bool {
        self.unread_index().tables.contains_key(id)
    }

    /// Whether a table is not there: a rule says so.
    pub fn is_absent_table(&self, id: &str) -> bool {
        let at = self.unread_index().tables.get(id);
        at.is_some_and(|at| self.unread[*at].absent.is_some())
    }

    /// Whether a table, or its panel of this number, is there and could not be read.
    pub fn is_unread_panel(&self, table: &str, panel: usize) -> bool {
        let panels = self.unread_index().panels.get(table);
        self.is_unread_table(table)
            || panels.is_some_and(|panels| panels.iter().any(|(number, _)| *number == panel))
    }

    /// Whether any table is there and could not be read.
    pub fn has_unread_tables(&self) -> bool {
        !self.unread_index().tables.is_empty()
    }

    /// Whether a section is there and could not be read.
    pub fn is_unread_section(&self, id: &str) -> bool {
        self.unread_index().sections.contains_key(id)
    }

    /// Whether a project is there and could not be read.
    pub fn has_unread_projects(&self) -> bool {
        let at = self.unread_index().projects;
        at.is_some_and(|at| self.unread[at].absent.is_none())
    }

    /// Whether it is not sure what a row of a table is: by the numbers of table, panel and row.
    pub fn is_unsure(&self, row: (usize, usize, usize)) -> bool {
        self.unread_index().rows.contains_key(&row)
    }

    fn unread_index(&self) -> &UnreadIndex {
        self.worked.unread.get_or_init(|| {
            let mut all = UnreadIndex::default();
            let table = |id: &str| self.tables.get_index_of(id);
            for (at, unread) in self.unread.iter().enumerate() {
                match &unread.what {
                    Part::Table(id) => drop(all.tables.entry(id.clone()).or_insert(at)),
                    Part::Section(id) => drop(all.sections.entry(id.clone()).or_insert(at)),
                    Part::Panel(id, panel) => {
                        all.panels.entry(id.clone()).or_default().push((*panel, at));
                    }
                    Part::Projects => drop(all.projects.get_or_insert(at)),
                    Part::Code(id, panel, code) => {
                        let codes = all.codes.entry(id.clone()).or_default();
                        codes.entry(code.clone()).or_insert((*panel, at));
                    }
                    Part::Below(id, panel, code) => {
                        let below = all.below.entry(id.clone()).or_default();
                        below.push((code.clone(), *panel, at));
                    }
                    Part::Row(id, panel, row) => {
                        let table = table(id);
                        all.rows.extend(table.map(|table| ((table, *panel, *row), at)));
                    }
                    Part::Cell(id, panel, row, column) => {
                        let table = table(id);
                        all.cells.extend(table.map(|table| ((table, *panel, *row, *column), at)));
                    }
                    Part::Field(project, field) => {
                        all.fields.insert((*project, *field), at);
                    }
                }
            }
            all
        })
    }

    /// What an address leads into that could not be read: its number in [`Disclosure::unread`].
    pub(super) fn unread_at(&self, target: &Target, each: Option<&str>) -> Option<usize> {
        if self.unread.is_empty() {
            return None;
        }
        let all = self.unread_index();
        match target {
            Target::Slot { section, .. } => all.sections.get(section).copied(),
            Target::Field { .. } | Target::Indicators { .. } | Target::Column { .. } => {
                all.projects
            }
            Target::Cells { table, panel, rows, column } => {
                if let Some(at) = all.tables.get(table) {
                    return Some(*at);
                }
                let forms = &self.tables.get(table)?.spec.panels;
                let fits = |(number, _): &&(usize, usize)| {
                    let id = forms.get(*number).map(|form| &form.id);
                    panel.is_none() || panel.as_ref() == id
                };
                let holds = |(number, _): &&(usize, usize)| {
                    forms.get(*number).is_some_and(|form| form.column(column).is_some())
                };
                let panels = all.panels.get(table).into_iter().flatten();
                if let Some((_, at)) = panels.filter(holds).find(fits) {
                    return Some(*at);
                }
                let key = match rows {
                    Rows::Key(key) => Some(key.as_str()),
                    Rows::Each | Rows::EachLevel(_) => each,
                    _ => None,
                };
                let below = all.below.get(table).into_iter().flatten();
                let is_above = |code: &str| match key {
                    Some(key) => key.len() > code.len() && key.starts_with(code),
                    None => is_selected_below(rows, code),
                };
                let mut above = below.filter(|(code, ..)| is_above(code));
                if let Some((.., at)) = above.find(|(_, number, at)| fits(&&(*number, *at))) {
                    return Some(*at);
                }
                let codes = all.codes.get(table)?;
                let found = if let Some(key) = key {
                    codes.get(key).filter(fits)
                } else {
                    let is_selected = |(code, (number, _)): &(&String, &(usize, usize))| {
                        forms.get(*number).is_some_and(|form| selects(rows, form, code))
                    };
                    codes.iter().filter(is_selected).map(|(_, found)| found).find(fits)
                };
                found.map(|(_, at)| *at)
            }
        }
    }

    /// A relation that does not hold and in which an unsure row stands is unknown, as one is in which no
    /// figure stands.
    pub(super) fn doubt(&self, outcomes: &mut [Outcome]) {
        if self.unread.is_empty() {
            return;
        }
        for outcome in outcomes {
            let is_broken = outcome.verdict == Verdict::Broken;
            let is_open = is_broken || outcome.verdict == Verdict::Missing;
            if !is_open || outcome.unread.is_some() {
                continue;
            }
            let unsure = outcome.figures().find_map(|figure| self.unsure_at(figure, is_broken));
            if unsure.is_some() {
                outcome.verdict = Verdict::Missing;
                outcome.unread = unsure;
            }
        }
    }

    fn unsure_at(&self, figure: FigureRef, is_broken: bool) -> Option<usize> {
        let all = self.unread_index();
        match figure {
            FigureRef { home: Home::Own, at: At::Cell(table, panel, row, column) } => {
                let unsure = all.rows.get(&(table, panel, row)).filter(|_| is_broken);
                all.cells.get(&(table, panel, row, column)).or(unsure).copied()
            }
            FigureRef { home: Home::Own, at: At::Field(project, field) } => {
                all.fields.get(&(project, field)).copied()
            }
            _ => None,
        }
    }
}

/// Whether a selector of several rows means rows below this code alone.
fn is_selected_below(rows: &Rows, code: &str) -> bool {
    matches!(rows, Rows::Prefix(prefix) if prefix.len() > code.len() && prefix.starts_with(code))
}

/// Whether a selector of several rows would mean a row of this code, were it there.
fn selects(rows: &Rows, form: &PanelSpec, code: &str) -> bool {
    match rows {
        Rows::Prefix(prefix) => code.starts_with(prefix.as_str()),
        Rows::Level(level) => {
            let Hierarchy::Codes { lengths, .. } = &form.hierarchy else { return false };
            lengths.iter().position(|length| *length == code.len()) == level.checked_sub(1)
        }
        _ => false,
    }
}
