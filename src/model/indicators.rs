//! The indicators of projects by what their columns are, their targets read.

use super::target::Reading;
use super::{At, Cell, Disclosure, Project};
use crate::amount::Decimal;
use crate::content::doubt::TO_FILL_IN;
use crate::profile::ColumnKind;
use crate::profile::targets::TargetSpec;

/// One indicator.
#[derive(Clone, Copy, Debug)]
pub struct Indicator<'a> {
    /// Its target as a figure of the disclosure.
    pub at: At,
    /// The highest level it stands under.
    pub group: &'a str,
    /// The level below.
    pub kind: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// What is said of it.
    pub description: &'a str,
    /// Its target as printed.
    pub printed: &'a str,
    /// What the target states.
    pub reading: &'a Reading,
    /// Its weight, where the form has one.
    pub weight: Option<Decimal>,
}

/// One goal of a project.
#[derive(Clone, Debug)]
pub struct Goal<'a> {
    /// What it says.
    pub words: &'a str,
    /// Where it stands in the file of the project.
    pub path: String,
    /// Its address, as an acceptance would write it.
    pub address: String,
}

/// How many targets can be measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measurable {
    /// Targets that are not withheld.
    pub all: usize,
    /// Those that state a number, a date or a period.
    pub measurable: usize,
    /// Withheld ones.
    pub withheld: usize,
}

impl Disclosure {
    /// What the profile says of targets, where it says anything and the form has indicators.
    pub fn target_spec(&self) -> Option<&TargetSpec> {
        self.profile.targets.as_ref().filter(|_| self.project_spec().is_some())
    }

    /// The indicators of a project, in printed order. A level left blank is the one above.
    pub fn indicators(&self, project: usize) -> Vec<Indicator<'_>> {
        let (Some(spec), Some(form)) = (self.target_spec(), self.project_spec()) else {
            return Vec::new();
        };
        let first = |kind| form.indicators.iter().position(|column| column.kind == kind);
        let Some(value) = first(ColumnKind::Target) else { return Vec::new() };
        let label = first(ColumnKind::Label);
        let (mut group, mut kind) = ("", "");
        let rows = &self.projects[project].indicators;
        let mut all = Vec::with_capacity(rows.len());
        for (row, cells) in rows.iter().enumerate() {
            let text = |column: Option<usize>| column.map_or("", |column| words(&cells[column]));
            group = Some(text(spec.group)).filter(|text| !text.is_empty()).unwrap_or(group);
            kind = Some(text(spec.kind)).filter(|text| !text.is_empty()).unwrap_or(kind);
            all.push(Indicator {
                at: At::Indicator(project, row, value),
                group,
                kind,
                name: text(label),
                description: text(spec.description),
                printed: words(&cells[value]),
                reading: &self.projects[project].readings[row],
                weight: spec.weight.and_then(|column| cells[column].figure()),
            });
        }
        all
    }

    /// The indicators of every project.
    pub fn all_indicators(&self) -> impl Iterator<Item = Indicator<'_>> {
        (0..self.projects.len()).flat_map(|project| self.indicators(project))
    }

    /// How many targets of a project can be measured; nothing where its profile has no words to
    /// tell.
    pub fn measurable(&self, project: &Project) -> Measurable {
        let mut share = Measurable::default();
        if self.target_spec().is_none() {
            return share;
        }
        for reading in &project.readings {
            if *reading == Reading::Withheld {
                share.withheld += 1;
            } else {
                share.all += 1;
                share.measurable += usize::from(reading.is_measurable());
            }
        }
        share
    }

    /// The field that holds the first amount of its projects: the budget.
    pub fn budget_field(&self) -> Option<usize> {
        let fields = &self.project_spec()?.fields;
        fields.values().position(|field| field.kind == ColumnKind::Amount)
    }

    /// An amount in the unit of the project form, as it is printed there; blank where it is.
    pub fn words_of_field(&self, project: usize, field: usize) -> String {
        let text = self.projects[project].fields[field].text();
        match self.unit(At::Field(project, field)) {
            Some(unit) => format!("{text} {unit}"),
            None => text,
        }
    }

    /// What a project says in words: its fields of text that are filled in, by number.
    pub fn texts_of(&self, project: usize) -> impl Iterator<Item = (usize, &str)> {
        let fields = self.project_spec().into_iter().flat_map(|spec| spec.fields.values());
        let cells = fields.zip(&self.projects[project].fields).enumerate();
        cells.filter_map(|(number, (field, cell))| match cell {
            Cell::Text(text) if field.kind == ColumnKind::Text => Some((number, text.as_str())),
            _ => None,
        })
    }

    /// The goals of a project, in written order.
    pub fn goals(&self, project: usize) -> impl Iterator<Item = Goal<'_>> {
        let slug = &self.projects[project].slug;
        self.projects[project].goals.iter().flat_map(move |(part, goals)| {
            let spec = self.project_spec();
            let part =
                spec.and_then(|spec| spec.goal_parts.iter().find(|(_, title)| *title == part));
            let path = part.map_or("goals".to_owned(), |(id, _)| format!("goals.{id}"));
            goals.iter().enumerate().map(move |(number, words)| Goal {
                words,
                path: format!("{path}[{number}]"),
                address: format!("projects/{slug}/goals/{}", number + 1),
            })
        })
    }

    /// The code of a project, where its form has one and it is filled in: the field and the text.
    pub fn project_code(&self, project: usize) -> Option<(usize, &str)> {
        let fields = &self.project_spec()?.fields;
        let field = fields.values().position(|field| field.kind == ColumnKind::Code)?;
        match &self.projects[project].fields[field] {
            Cell::Text(code) if code != TO_FILL_IN => Some((field, code)),
            _ => None,
        }
    }

    /// The year a project was begun in, from its code.
    pub fn project_year(&self, project: usize) -> Option<u32> {
        let (_, code) = self.project_code(project)?;
        let digits = self.target_spec()?.read_code(code)?.year?;
        let span = 10_u32.checked_pow(u32::try_from(digits.len()).ok()?)?;
        let year = self.year / span * span + digits.parse::<u32>().ok()?;
        // Two digits name the year nearest below: 99 in a disclosure of 2025 is 1999.
        Some(if year > self.year + 1 && span < self.year { year - span } else { year })
    }

    /// Whether a project is of an earlier year and only its rest is spent in this one.
    pub fn is_carried_over(&self, project: usize) -> bool {
        self.project_year(project).is_some_and(|year| year < self.year)
    }
}

impl Indicator<'_> {
    /// Another column of its row.
    pub fn in_column(&self, column: usize) -> At {
        match self.at {
            At::Indicator(project, row, _) => At::Indicator(project, row, column),
            other => other,
        }
    }
}

impl Measurable {
    /// Both together.
    pub fn and(self, other: Measurable) -> Measurable {
        Measurable {
            all: self.all + other.all,
            measurable: self.measurable + other.measurable,
            withheld: self.withheld + other.withheld,
        }
    }
}

/// The words of a cell; a withheld one has none.
fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) | Cell::NotApplicable(text) => text,
        _ => "",
    }
}
