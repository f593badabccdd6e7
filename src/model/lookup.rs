//! Addresses to figures of one disclosure or of the year before, and each
//! figure's value, place, address and name in words.

use std::collections::BTreeMap;

use super::matching::{full_name, matching};
use super::{Cell, Disclosure, Model, Row, Table, target};
use crate::address::{Address, Rows, Target};
use crate::amount::{self, Decimal};
use crate::diagnostic::{Text, text};
use crate::profile::{ColumnKind, Role, same_name};
use crate::source::Place;

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureRef {
    /// Whether it stands in the disclosure of the year before.
    pub prior: bool,
    /// Where it stands there.
    pub at: At,
}

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// In a table: indexes of table, panel, row and column.
    Cell(usize, usize, usize, usize),
    /// In a project: indexes of project and field.
    Field(usize, usize),
    /// In a project's indicators: indexes of project, indicator and column.
    Indicator(usize, usize, usize),
    /// In prose: indexes of section and binding.
    Slot(usize, usize),
}

/// What an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// These figures, perhaps none.
    Figures(Vec<FigureRef>),
    /// The table, the column, the section or the year is not there.
    Absent,
    /// It could not be read: its number among what could not.
    Unread(usize),
}

/// A figure's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Nothing, or does not apply: nought, exactly.
    Blank,
    /// A printed figure, in base units, and how far rounding may have carried it.
    Printed(Decimal, Decimal),
    /// Withheld.
    Withheld,
    /// Words.
    Words,
}

/// Where projects stand by their code, file name and name, and figures in prose by section and name.
#[derive(Clone, Debug, Default)]
pub(super) struct ByName {
    projects: BTreeMap<String, Vec<usize>>,
    slots: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
}

impl Disclosure {
    /// Resolves an address. `each` is the row that `@` stands for.
    pub fn find(&self, portal: &Model, address: &Address, each: Option<&str>) -> Lookup {
        let subject = match (address.prior, self.prior) {
            (false, _) => self,
            (true, Some(index)) => &portal.disclosures[index],
            (true, None) => return Lookup::Absent,
        };
        if let Some(unread) = subject.unread_at(&address.target, each) {
            return if address.prior { Lookup::Absent } else { Lookup::Unread(unread) };
        }
        let Some(places) = subject.places(&address.target, each) else { return Lookup::Absent };
        Lookup::Figures(
            places.into_iter().map(|at| FigureRef { prior: address.prior, at }).collect(),
        )
    }

    /// Every cell of the tables, in printed order.
    pub fn cells(&self) -> impl Iterator<Item = At> {
        self.tables.values().enumerate().flat_map(|(table, content)| {
            content.panels().flat_map(move |(number, _, panel)| {
                panel.rows.iter().enumerate().flat_map(move |(row, content)| {
                    (0..content.cells.len()).map(move |column| At::Cell(table, number, row, column))
                })
            })
        })
    }

    pub(super) fn places(&self, target: &Target, each: Option<&str>) -> Option<Vec<At>> {
        match target {
            Target::Cells { table, panel, rows, column } => {
                let (index, _, table) = self.tables.get_full(table)?;
                let mut places = Vec::new();
                let mut has_column = false;
                for (number, form, content) in table.panels() {
                    if panel.as_ref().is_some_and(|panel| *panel != form.id) {
                        continue;
                    }
                    let Some(column) = form.column(column) else { continue };
                    has_column = true;
                    let found = matching(form, content, rows, each);
                    places
                        .extend(found.into_iter().map(|row| At::Cell(index, number, row, column)));
                }
                has_column.then_some(places)
            }
            // A project that could not be read is unknown, and so is what it would be part of.
            Target::Field { .. } | Target::Indicators { .. } if self.has_unread_projects() => None,
            Target::Field { projects, field } => {
                let field = self.project_spec()?.fields.get_index_of(field)?;
                Some(
                    self.matching_projects(projects)
                        .into_iter()
                        .map(|project| At::Field(project, field))
                        .collect(),
                )
            }
            Target::Indicators { projects, kind } => {
                let spec = self.project_spec()?;
                let kind = spec.kinds.get(kind)?;
                let target =
                    spec.indicators.iter().position(|column| column.kind == ColumnKind::Target)?;
                let mut places = Vec::new();
                for project in self.matching_projects(projects) {
                    let rows = self.projects[project].indicators.iter().enumerate();
                    let fits = rows
                        .filter(|(_, cells)| same_name(&cells[kind.column].words(), &kind.name));
                    places.extend(fits.map(|(row, _)| At::Indicator(project, row, target)));
                }
                Some(places)
            }
            Target::Slot { section, slot } => {
                let (index, binding) = self.by_name().slots.get(section)?.get(slot)?;
                Some(vec![At::Slot(*index, *binding)])
            }
        }
    }

    fn matching_projects(&self, rows: &Rows) -> Vec<usize> {
        if let Rows::Key(key) = rows {
            return self.by_name().projects.get(key).cloned().unwrap_or_default();
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
                Rows::Where { column, value } => spec
                    .and_then(|spec| spec.fields.get_index_of(column))
                    .is_some_and(|field| same_name(&project.fields[field].words(), value)),
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

    fn by_name(&self) -> &ByName {
        self.worked.by_name.get_or_init(|| {
            let mut by_name = ByName::default();
            let code = self.code_field();
            for (index, project) in self.projects.iter().enumerate() {
                let code = code.map(|field| project.fields[field].text()).unwrap_or_default();
                for name in [code, project.slug.clone(), project.name.clone()] {
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

    /// The keys `@` stands for in turn: the rows of every address that has it.
    pub fn each_keys<'a>(
        &'a self,
        portal: &'a Model,
        address: &'a Address,
    ) -> impl Iterator<Item = String> + 'a {
        let cells = match &address.target {
            Target::Cells { table, panel, rows, .. } => Some((table, panel, rows)),
            _ => None,
        };
        let subject = if address.prior {
            self.prior.map(|index| &portal.disclosures[index])
        } else {
            Some(self)
        };
        let found = cells.zip(subject).and_then(|((table, panel, rows), subject)| {
            Some((subject.tables.get(table)?, panel, rows))
        });
        found.into_iter().flat_map(|(table, panel, rows)| {
            let is_meant = move |id: &String| panel.as_ref().is_none_or(|panel| *panel == *id);
            let panels = table.panels().filter(move |(_, form, _)| is_meant(&form.id));
            panels.flat_map(move |(_, form, content)| {
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
            })
        })
    }

    /// The disclosure a figure stands in.
    pub fn home<'a>(&'a self, portal: &'a Model, figure: FigureRef) -> &'a Disclosure {
        match (figure.prior, self.prior) {
            (true, Some(index)) => &portal.disclosures[index],
            _ => self,
        }
    }

    /// The value of a figure, in base units.
    pub fn amount(&self, at: At) -> Amount {
        match at {
            At::Cell(table, panel, row, column) => {
                let table = &self.tables[table];
                let spec = &table.spec.panels[panel].columns[column];
                let unit = table.spec.unit_of(spec);
                let decimals = table.decimals[panel][column];
                self.cell_amount(&table.panels[panel].rows[row].cells[column], unit, decimals)
            }
            At::Field(project, field) => {
                let unit = self.project_spec().and_then(|spec| spec.unit.as_deref());
                self.cell_amount(&self.projects[project].fields[field], unit, self.project_decimals)
            }
            // A target is chosen, not rounded: it is exact as printed.
            At::Indicator(project, row, column) => {
                match &self.projects[project].indicators[row][column] {
                    Cell::Withheld(_) => Amount::Withheld,
                    cell => self
                        .target_amount(&cell.text())
                        .map_or(Amount::Words, |value| Amount::Printed(value, Decimal::ZERO)),
                }
            }
            At::Slot(section, binding) => self.slot_amount(section, binding),
        }
    }

    fn target_amount(&self, printed: &str) -> Option<Decimal> {
        let target = target::parse(printed)?;
        Some(target.value * self.profile.units.get(&target.unit).copied()?)
    }

    fn cell_amount(&self, cell: &Cell, unit: Option<&str>, decimals: u32) -> Amount {
        match cell {
            Cell::Blank | Cell::NotApplicable(_) => Amount::Blank,
            Cell::Withheld(_) => Amount::Withheld,
            Cell::Text(_) => Amount::Words,
            Cell::Figure(value, _) => {
                let factor = self.profile.factor(unit);
                Amount::Printed(
                    *value * factor,
                    amount::half_unit(value.scale().max(decimals)) * factor,
                )
            }
        }
    }

    /// Whether a figure may be below nought.
    pub(super) fn is_signed(&self, at: At) -> bool {
        match at {
            At::Cell(table, panel, _, column) => {
                self.tables[table].spec.panels[panel].columns[column].signed
            }
            At::Field(..) | At::Indicator(..) => false,
            At::Slot(..) => true,
        }
    }

    /// The unit a figure is printed in.
    pub fn unit(&self, at: At) -> Option<&str> {
        match at {
            At::Cell(table, panel, _, column) => {
                let table = &self.tables[table];
                table.spec.unit_of(&table.spec.panels[panel].columns[column])
            }
            At::Field(..) => self.project_spec().and_then(|spec| spec.unit.as_deref()),
            At::Slot(section, binding) => self.slot_unit(section, binding),
            At::Indicator(..) => None,
        }
    }

    /// Where a figure stands in its file; a blank is shown by its row.
    pub fn place_of(&self, at: At) -> Place {
        match at {
            At::Cell(table, panel, row, column) => {
                self.tables[table].cell_place(panel, row, column)
            }
            At::Field(project, field) => {
                let spec = self.project_spec().and_then(|spec| spec.fields.get_index(field));
                self.projects[project]
                    .field_place(spec.map(|(id, _)| id.as_str()).unwrap_or_default())
            }
            At::Indicator(project, row, column) => {
                let column = self
                    .project_spec()
                    .map(|spec| spec.indicators[column].id.clone())
                    .unwrap_or_default();
                Place::value(self.projects[project].file, format!("indicators[{row}].{column}"))
            }
            At::Slot(section, binding) => {
                let section = &self.sections[section];
                Place::bytes(section.file, section.bindings[binding].inner.clone())
            }
        }
    }

    /// The address of a figure, as an acceptance would write it.
    pub fn address_of(&self, at: At) -> String {
        match at {
            At::Cell(table, panel, row, column) => {
                self.tables[table].cell_address(panel, row, column)
            }
            At::Field(project, field) => {
                let id = self
                    .project_spec()
                    .and_then(|spec| spec.fields.get_index(field))
                    .map(|(id, _)| id.as_str());
                format!("projects/{}/{}", self.projects[project].slug, id.unwrap_or_default())
            }
            At::Indicator(project, row, _) => {
                format!("projects/{}/indicators/{}", self.projects[project].slug, row + 1)
            }
            At::Slot(section, binding) => {
                let section = &self.sections[section];
                format!("narrative/{}/{}", section.id, section.bindings[binding].slot())
            }
        }
    }

    /// What a figure is, in a reader's words: `支出总表“205 教育支出”的“合计”`.
    pub fn words_of(&self, at: At) -> Text {
        match at {
            At::Cell(table, panel, row, column) => {
                let table = &self.tables[table];
                let title = &table.spec.panels[panel].columns[column].title;
                let row = row_words(table, panel, row);
                if row.is_empty() {
                    text!(zh: "{table}的“{title}”", en: "{title} in {table}", table = table.title)
                } else {
                    text!(zh: "{table}“{row}”的“{title}”", en: "{title} of {row} in {table}", table = table.title)
                }
            }
            At::Field(project, field) => {
                let spec = self.project_spec().and_then(|spec| spec.fields.get_index(field));
                let title = spec.map(|(_, field)| field.title.as_str()).unwrap_or_default();
                let name = &self.projects[project].name;
                text!(zh: "项目“{name}”的“{title}”", en: "{title} of the project {name}")
            }
            At::Indicator(project, row, _) => {
                let name = &self.projects[project].name;
                text!(zh: "项目“{name}”的第 {row} 项指标", en: "indicator {row} of the project {name}", row = row + 1)
            }
            At::Slot(section, binding) => {
                let section = &self.sections[section];
                let words = &section.bindings[binding].words;
                text!(zh: "正文“{title}”里写的 {words}", en: "{words} in the text of {title}", title = section.title)
            }
        }
    }
}

/// What a row is called: its code and name, or the words of its label columns.
pub fn row_words(table: &Table, panel: usize, row: usize) -> String {
    let form = &table.spec.panels[panel];
    let row = &table.panels[panel].rows[row];
    match &row.code {
        Some(code) if row.spec.is_none() => format!("{code} {}", row.name),
        _ => full_name(form, row),
    }
}

impl Disclosure {
    /// A figure as printed, in its own unit.
    pub fn printed(&self, at: At) -> Option<Decimal> {
        match at {
            At::Cell(table, panel, row, column) => {
                self.tables[table].panels[panel].rows[row].cells[column].figure()
            }
            At::Field(project, field) => self.projects[project].fields[field].figure(),
            At::Indicator(..) | At::Slot(..) => None,
        }
    }
}
