//! What `@` stands for in turn, and the projects and figures in prose that names and selectors mean.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::lookup::{At, Home};
use super::matching::full_name;
use super::{Disclosure, Model, Row};
use crate::address::{Address, Rows, Target};
use crate::profile::equation::Equation;
use crate::profile::{ColumnKind, Role, same_name};

/// Where projects stand by their code, file name and name, and figures in prose by section and name.
#[derive(Clone, Debug, Default)]
pub(super) struct ByName {
    projects: BTreeMap<String, Vec<usize>>,
    slots: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
}

impl Disclosure {
    /// The keys that `@` stands for in an equation, each once; nothing where it has none. Where rows of
    /// tables are among them, a project is known by what they call it.
    pub(super) fn all_keys(&self, portal: &Model, equation: &Equation) -> Option<IndexSet<String>> {
        let (of_projects, of_rows): (Vec<&Address>, Vec<&Address>) = equation
            .addresses()
            .filter(|address| address.target.selector().is_some_and(Rows::is_each))
            .partition(|address| address.target.is_of_projects());
        if of_projects.is_empty() && of_rows.is_empty() {
            return None;
        }
        let mut keys: IndexSet<String> =
            of_rows.iter().flat_map(|address| self.each_keys(portal, address)).collect();
        for address in of_projects {
            for key in self.each_keys(portal, address) {
                let known = self.matching_projects(&Rows::Key(key.clone()), None);
                let names = known.iter().flat_map(|project| self.names_of_project(*project));
                if of_rows.is_empty() || !names.into_iter().any(|name| keys.contains(&name)) {
                    keys.insert(key);
                }
            }
        }
        Some(keys)
    }

    /// What a project may be called by.
    fn names_of_project(&self, project: usize) -> [String; 3] {
        let code = self.code_field();
        let project = &self.projects[project];
        let code = code.map(|field| project.fields[field].text()).unwrap_or_default();
        [code, project.slug.clone(), project.name.clone()]
    }

    pub(super) fn matching_projects(&self, rows: &Rows, each: Option<&str>) -> Vec<usize> {
        let key = match rows {
            Rows::Key(key) => Some(key.as_str()),
            Rows::Each => each,
            _ => None,
        };
        if let Some(key) = key {
            let known = self.by_name().projects.get(key).cloned();
            let spelt = |index: &usize| same_name(&self.projects[*index].name, key);
            return known.unwrap_or_else(|| (0..self.projects.len()).filter(spelt).collect());
        }
        let spec = self.project_spec();
        let code = self.code_field();
        let fits = |index: &usize| {
            let project = &self.projects[*index];
            match rows {
                Rows::All => true,
                Rows::Prefix(prefix) => {
                    let code = code.map(|field| project.fields[field].words());
                    code.is_some_and(|code| code.starts_with(prefix))
                        || project.slug.starts_with(prefix)
                }
                Rows::Where { column, value } => {
                    let value = if rows.is_each() { each } else { Some(value.as_str()) };
                    let field = spec.and_then(|spec| spec.fields.get_index_of(column));
                    let words = field.map(|field| project.fields[field].words());
                    words.zip(value).is_some_and(|(words, value)| same_name(&words, value))
                }
                Rows::Key(_) | Rows::Level(_) | Rows::Each | Rows::EachLevel(_) => false,
            }
        };
        (0..self.projects.len()).filter(fits).collect()
    }

    /// The field that holds a project's code.
    fn code_field(&self) -> Option<usize> {
        let mut fields = self.project_spec()?.fields.values();
        fields.position(|field| field.kind == ColumnKind::Code)
    }

    /// A named figure in prose.
    pub(super) fn slot(&self, section: &str, slot: &str) -> Option<At> {
        let (section, binding) = self.by_name().slots.get(section)?.get(slot)?;
        Some(At::Slot(*section, *binding))
    }

    fn by_name(&self) -> &ByName {
        self.worked.by_name.get_or_init(|| {
            let mut by_name = ByName::default();
            for index in 0..self.projects.len() {
                for name in self.names_of_project(index) {
                    let all = by_name.projects.entry(name).or_default();
                    if all.last() != Some(&index) {
                        all.push(index);
                    }
                }
            }
            for (index, section) in self.sections.iter().enumerate() {
                // Of two sections of one id the first is meant.
                if by_name.slots.contains_key(&section.id) {
                    continue;
                }
                let slots = by_name.slots.entry(section.id.clone()).or_default();
                for (number, binding) in section.bindings.iter().enumerate() {
                    for name in &binding.names {
                        slots.entry(name.clone()).or_insert((index, number));
                    }
                }
            }
            by_name
        })
    }

    /// The disclosure an address leads into; nothing where the portal has none.
    pub(super) fn home_of(&self, portal: &Model, address: &Address) -> Option<Home> {
        if address.prior {
            return self.prior.map(|_| Home::Prior);
        }
        let Some(stage) = &address.stage else { return Some(Home::Own) };
        let all = portal.disclosures.iter().enumerate();
        let mut same: Vec<(usize, &Disclosure)> = all
            .filter(|(_, one)| {
                one.organisation == self.organisation
                    && one.written.fiscal_year == self.written.fiscal_year
                    && one.written.stage == *stage
            })
            .collect();
        if same.len() > 1 {
            same.retain(|(_, one)| one.written.edition == self.written.edition);
        }
        let [(index, _)] = same[..] else { return None };
        Some(Home::Stage(index))
    }

    pub(super) fn at_home<'a>(&'a self, portal: &'a Model, home: Home) -> &'a Disclosure {
        match (home, self.prior) {
            (Home::Prior, Some(index)) | (Home::Stage(index), _) => &portal.disclosures[index],
            _ => self,
        }
    }

    /// The indicators of a project that a selector means. A level left blank is the one above.
    pub(super) fn matching_indicators(&self, project: usize, rows: &Rows) -> Vec<usize> {
        let Some(spec) = self.project_spec() else { return Vec::new() };
        let all = &self.projects[project].indicators;
        let label = spec.indicators.iter().position(|column| column.kind == ColumnKind::Label);
        let (column, value) = match rows {
            Rows::All => return (0..all.len()).collect(),
            Rows::Key(name) | Rows::Prefix(name) => (label, name),
            Rows::Where { column, value } => {
                (spec.indicators.iter().position(|one| one.id == *column), value)
            }
            Rows::Level(_) | Rows::Each | Rows::EachLevel(_) => return Vec::new(),
        };
        let Some(column) = column else { return Vec::new() };
        let mut above = String::new();
        let mut found = Vec::new();
        for (row, cells) in all.iter().enumerate() {
            let words = cells[column].words();
            if !words.is_empty() || Some(column) == label {
                above = words.into_owned();
            }
            let fits = match rows {
                Rows::Prefix(start) => above.starts_with(start.as_str()),
                _ => same_name(&above, value),
            };
            if fits {
                found.push(row);
            }
        }
        found
    }

    /// The key that a project has in another disclosure, which `each` names in this one: of the year before
    /// the same project by all it is known by, of another stage the one of its code or name.
    pub(super) fn key_there(
        &self,
        portal: &Model,
        home: Home,
        target: &Target,
        each: Option<&str>,
    ) -> Option<String> {
        if !target.is_of_projects() || !matches!(target.selector(), Some(Rows::Each)) {
            return None;
        }
        if let Home::Stage(index) = home {
            let [own] = self.matching_projects(&Rows::Each, each)[..] else { return None };
            let there = &portal.disclosures[index];
            let [code, _, name] = self.names_of_project(own);
            let known = |name: &String| {
                let found = there.matching_projects(&Rows::Key(name.clone()), None);
                (!name.is_empty() && found.len() == 1).then_some(found)
            };
            let found = known(&code).or_else(|| known(&name))?;
            return Some(there.projects[found[0]].slug.clone());
        }
        if home == Home::Own {
            return None;
        }
        let [own] = self.matching_projects(&Rows::Each, each)[..] else { return None };
        let prior = self.prior?;
        let here = portal.disclosures.iter().position(|one| one.path == self.path)?;
        let years = portal.project_years(here, own);
        let (_, there) = years.iter().find(|(disclosure, _)| *disclosure == prior)?;
        Some(portal.disclosures[prior].projects[*there].slug.clone())
    }

    /// The keys `@` stands for in turn: the rows or projects of every address that has it.
    pub fn each_keys(&self, portal: &Model, address: &Address) -> Vec<String> {
        let Some(home) = self.home_of(portal, address) else { return Vec::new() };
        match address.target.selector() {
            // A project of this disclosure alone is looked for in others.
            Some(projects) if address.target.is_of_projects() && home == Home::Own => {
                self.project_keys(projects)
            }
            _ => self.at_home(portal, home).row_keys(&address.target),
        }
    }

    fn project_keys(&self, rows: &Rows) -> Vec<String> {
        let field = match rows {
            Rows::Where { column, .. } => {
                self.project_spec().and_then(|spec| spec.fields.get_index_of(column))
            }
            _ => None,
        };
        let key = |project: &super::Project| match field {
            Some(field) => project.fields[field].text(),
            None => project.slug.clone(),
        };
        self.projects.iter().map(key).collect()
    }

    fn row_keys(&self, target: &Target) -> Vec<String> {
        let Target::Cells { table, panel, rows, .. } = target else { return Vec::new() };
        let Some(table) = self.tables.get(table) else { return Vec::new() };
        let is_meant = |id: &String| panel.as_ref().is_none_or(|panel| *panel == *id);
        let panels = table.panels().filter(|(_, form, _)| is_meant(&form.id));
        let keys = panels.flat_map(|(_, form, content)| {
            let wanted = move |row: &&Row| match rows {
                Rows::EachLevel(level) => {
                    row.level == *level && row.role == Role::Detail && row.code.is_some()
                }
                _ => true,
            };
            let column = match rows {
                Rows::Where { column, .. } => form.column(column),
                _ => None,
            };
            let named = move |row: &Row| match column {
                Some(column) => row.says(column).into_owned(),
                None => row.code.clone().unwrap_or_else(|| full_name(form, row)),
            };
            content.rows.iter().filter(wanted).map(named)
        });
        keys.collect()
    }
}
