//! Addresses to figures of one disclosure or of the year before, and each
//! figure's value, place, address and name in words.

use super::matching::{full_name, matching};
use super::{Cell, Disclosure, Model, Table, target};
use crate::address::{Address, Target};
use crate::amount::{self, Decimal};
use crate::diagnostic::{Text, text};
use crate::profile::{ColumnKind, same_name};
use crate::source::Place;

/// The unit of a figure that is a share.
pub const PERCENT: &str = "%";

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureRef {
    /// Whose figure it is.
    pub home: Home,
    /// Where it stands there.
    pub at: At,
}

/// The disclosure a figure stands in, seen from the one that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// The same.
    Own,
    /// The one of the year before.
    Prior,
    /// One of the same year and another stage, by index.
    Stage(usize),
}

impl FigureRef {
    /// A figure of the disclosure that names it.
    pub fn own(at: At) -> FigureRef {
        FigureRef { home: Home::Own, at }
    }

    /// Whether it stands in the disclosure that names it.
    pub fn is_own(self) -> bool {
        self.home == Home::Own
    }

    /// The disclosure it stands in, by index, where `own` names it.
    pub fn disclosure(self, own: usize, prior: Option<usize>) -> Option<usize> {
        match self.home {
            Home::Own => Some(own),
            Home::Prior => prior,
            Home::Stage(index) => Some(index),
        }
    }
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

impl Disclosure {
    /// Resolves an address. `each` is the row that `@` stands for.
    pub fn find(&self, portal: &Model, address: &Address, each: Option<&str>) -> Lookup {
        let Some(home) = self.home_of(portal, address) else { return Lookup::Absent };
        let subject = self.at_home(portal, home);
        let there = self.key_there(portal, home, &address.target, each);
        let each = there.as_deref().or(each);
        if let Some(unread) = subject.unread_at(&address.target, each) {
            return if home == Home::Own { Lookup::Unread(unread) } else { Lookup::Absent };
        }
        let Some(places) = subject.places(&address.target, each) else { return Lookup::Absent };
        Lookup::Figures(places.into_iter().map(|at| FigureRef { home, at }).collect())
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
            _ if target.is_of_projects() && self.has_unread_projects() => None,
            Target::Field { projects, field } => {
                let field = self.project_spec()?.fields.get_index_of(field)?;
                Some(
                    self.matching_projects(projects, each)
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
                for project in self.matching_projects(projects, each) {
                    let rows = self.projects[project].indicators.iter().enumerate();
                    let fits = rows
                        .filter(|(_, cells)| same_name(&cells[kind.column].words(), &kind.name));
                    places.extend(fits.map(|(row, _)| At::Indicator(project, row, target)));
                }
                Some(places)
            }
            Target::Column { projects, rows, column } => {
                let column =
                    self.project_spec()?.indicators.iter().position(|c| c.id == *column)?;
                let projects = self.matching_projects(projects, each).into_iter();
                let fits = |project: usize| {
                    let found = self.matching_indicators(project, rows).into_iter();
                    found.map(move |row| At::Indicator(project, row, column))
                };
                Some(projects.flat_map(fits).collect())
            }
            Target::Slot { section, slot } => Some(vec![self.slot(section, slot)?]),
        }
    }

    /// The disclosure a figure stands in.
    pub fn home<'a>(&'a self, portal: &'a Model, figure: FigureRef) -> &'a Disclosure {
        self.at_home(portal, figure.home)
    }

    /// The value of a figure, in base units.
    pub fn amount(&self, at: At) -> Amount {
        match at {
            At::Cell(table, panel, row, column) => {
                let table = &self.tables[table];
                let spec = &table.spec.panels[panel].columns[column];
                let read_as = (Some(spec.kind), table.spec.unit_of(spec));
                let decimals = table.decimals[panel][column];
                self.cell_amount(&table.panels[panel].rows[row].cells[column], read_as, decimals)
            }
            At::Field(project, field) => {
                let kind = self.kind_of(at);
                let decimals =
                    if kind == Some(ColumnKind::Amount) { self.project_decimals } else { 0 };
                let cell = &self.projects[project].fields[field];
                self.cell_amount(cell, (kind, self.unit(at)), decimals)
            }
            At::Indicator(project, row, column) => {
                let cell = &self.projects[project].indicators[row][column];
                let kind = self.kind_of(at);
                match cell {
                    _ if kind.is_some_and(ColumnKind::is_figure) => {
                        self.cell_amount(cell, (kind, self.unit(at)), 0)
                    }
                    // A target is chosen, not rounded: it is exact as printed.
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

    /// Whether a figure is per cent.
    pub fn is_share(&self, at: At) -> bool {
        self.kind_of(at) == Some(ColumnKind::Percent)
    }

    /// What a printed figure is multiplied with as a factor: per cent are hundredths.
    pub fn share_worth(&self, at: At) -> Decimal {
        if self.is_share(at) { self.unit_worth(Some(PERCENT)) } else { Decimal::ONE }
    }

    /// What one of a unit is worth in base units; per cent are hundredths.
    pub fn unit_worth(&self, unit: Option<&str>) -> Decimal {
        if unit == Some(PERCENT) { Decimal::new(1, 2) } else { self.profile.factor(unit) }
    }

    /// The unit of an amount, or per cent; none where it is neither.
    pub fn printed_unit(&self, at: At) -> Option<&str> {
        if self.is_share(at) { Some(PERCENT) } else { self.unit(at) }
    }

    /// What the cell of a figure holds, where it has one.
    pub fn kind_of(&self, at: At) -> Option<ColumnKind> {
        let spec = self.project_spec();
        match at {
            At::Cell(table, panel, _, column) => {
                Some(self.tables[table].spec.panels[panel].columns[column].kind)
            }
            At::Field(_, field) => spec?.fields.get_index(field).map(|(_, field)| field.kind),
            At::Indicator(.., column) => spec?.indicators.get(column).map(|column| column.kind),
            At::Slot(..) => None,
        }
    }

    fn cell_amount(
        &self,
        cell: &Cell,
        (kind, unit): (Option<ColumnKind>, Option<&str>),
        decimals: u32,
    ) -> Amount {
        match cell {
            Cell::Blank | Cell::NotApplicable(_) => Amount::Blank,
            Cell::Withheld(_) => Amount::Withheld,
            Cell::Text(_) => Amount::Words,
            Cell::Figure(value, _) => {
                // A whole number of things was counted, and nothing was rounded.
                if kind == Some(ColumnKind::Quantity) && value.scale() == 0 {
                    return Amount::Printed(*value, Decimal::ZERO);
                }
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
            At::Indicator(.., column) => {
                self.project_spec().is_some_and(|spec| spec.indicators[column].signed)
            }
            At::Field(..) => false,
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
            At::Field(_, field) => {
                let spec = self.project_spec()?;
                let is_money = spec.fields.get_index(field)?.1.kind == ColumnKind::Amount;
                spec.unit.as_deref().filter(|_| is_money)
            }
            At::Indicator(.., column) => {
                let spec = self.project_spec()?;
                let column = spec.indicators.get(column)?;
                let unit = column.unit.as_deref().or(spec.unit.as_deref());
                unit.filter(|_| column.kind == ColumnKind::Amount)
            }
            At::Slot(section, binding) => self.slot_unit(section, binding),
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
                let spec = self.project_spec();
                let title =
                    spec.and_then(|spec| Some(spec.name_of(spec.fields.get_index(field)?.1)));
                let title = title.unwrap_or_default();
                let name = &self.projects[project].name;
                text!(zh: "项目“{name}”的“{title}”", en: "{title} of the project {name}")
            }
            At::Indicator(project, row, column) => {
                let name = &self.projects[project].name;
                let spec = self.project_spec().and_then(|spec| spec.indicators.get(column));
                match spec.filter(|column| column.kind.is_figure()) {
                    Some(column) => {
                        text!(zh: "项目“{name}”第 {row} 项指标的“{title}”", en: "{title} of indicator {row} of the project {name}", row = row + 1, title = column.title)
                    }
                    None => {
                        text!(zh: "项目“{name}”的第 {row} 项指标", en: "indicator {row} of the project {name}", row = row + 1)
                    }
                }
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
    /// The one figure an address leads to, and where it stands; nothing where it is blank, withheld,
    /// or several.
    pub fn only_figure(&self, portal: &Model, address: &Address) -> Option<(Decimal, At)> {
        let Lookup::Figures(figures) = self.find(portal, address, None) else { return None };
        let [figure] = figures.as_slice() else { return None };
        Some((self.printed(figure.at)?, figure.at))
    }

    /// What is printed at a place of a project; nothing elsewhere.
    pub fn words_in(&self, at: At) -> String {
        match at {
            At::Field(project, field) => self.projects[project].fields[field].text(),
            At::Indicator(project, row, column) => {
                let cell = &self.projects[project].indicators[row][column];
                let percent = if self.is_share(at) && cell.figure().is_some() { "%" } else { "" };
                format!("{}{percent}", cell.words())
            }
            At::Cell(..) | At::Slot(..) => String::new(),
        }
    }

    /// A figure as printed, in its own unit.
    pub fn printed(&self, at: At) -> Option<Decimal> {
        match at {
            At::Cell(table, panel, row, column) => {
                self.tables[table].panels[panel].rows[row].cells[column].figure()
            }
            At::Field(project, field) => self.projects[project].fields[field].figure(),
            At::Indicator(project, row, column) => {
                self.projects[project].indicators[row][column].figure()
            }
            At::Slot(..) => None,
        }
    }
}
