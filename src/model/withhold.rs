//! What `withhold:` of a disclosure names: found while the figures still stand,
//! so that checks can use them, and taken out before anything is published.

use std::collections::BTreeSet;

use super::{At, Cell, Disclosure, Lookup, Model};
use crate::address::{self, Address};
use crate::codes;
use crate::content::Withholding;
use crate::diagnostic::{Report, Text, text};
use crate::profile::ColumnKind;
use crate::source::Place;

/// What is printed where a profile states no mark of its own.
const MARK: &str = "[c]";

/// Every field or column but names and codes.
const ALL: &str = "*";

/// A place whose value may be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// A cell of a table, of a project's fields or of its indicators.
    Cell(At),
    /// A step of a payment plan: indexes of project and step.
    Step(usize, usize),
    /// The goals of a project.
    Goals(usize),
}

/// A withheld value.
#[derive(Clone, Debug)]
pub struct Secret {
    /// Where it stands.
    pub place: Hidden,
    /// The value itself.
    pub value: Cell,
}

/// Every withheld value of a disclosure.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    all: Vec<Secret>,
    places: BTreeSet<Hidden>,
}

impl Secrets {
    /// Each of them, in the author's order.
    pub fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.all.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a figure is one of them.
    pub fn holds(&self, at: At) -> bool {
        self.places.contains(&Hidden::Cell(at))
    }
}

/// Finds what every disclosure withholds; the values stay where they are.
pub(super) fn resolve(report: &mut Report, portal: &Model) -> Vec<Secrets> {
    let mut all = Vec::with_capacity(portal.disclosures.len());
    for disclosure in &portal.disclosures {
        let mut secrets = Secrets::default();
        for entry in &disclosure.written.withhold {
            for place in found(report, portal, disclosure, entry) {
                if secrets.places.insert(place) {
                    secrets.all.push(Secret { place, value: disclosure.value_of(place) });
                }
            }
        }
        all.push(secrets);
    }
    all
}

fn found(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    entry: &Withholding,
) -> Vec<Hidden> {
    if entry.at.is_empty() {
        return Vec::new();
    }
    let places = disclosure.places_at(portal, &entry.at);
    let is_name = |place: &Hidden| match place {
        Hidden::Cell(at) => disclosure.names_its_row(*at),
        _ => false,
    };
    let at = &entry.at;
    let (message, help) = if places.is_empty() {
        let message =
            text!(zh: "withhold 里的“{at}”不存在", en: "`{at}` in `withhold` is not there");
        (message, how())
    } else if places.iter().any(is_name) {
        let message = text!(zh: "“{at}”是名称或代码，地址和网页文件名都用着它，不能在这里标为不公开", en: "`{at}` is a name or a code, which addresses and file names use: it cannot be withheld here");
        let help = text!(zh: "名称也要保密的，整行或整个项目都不要录入，金额并入上一级", en: "where even the name is secret, leave the whole row or project out and add its amount to the level above");
        (message, help)
    } else {
        return places;
    };
    report.push(
        codes::WITHHOLDS_NOTHING
            .at(entry.place.clone(), message)
            .help(help)
            .about(&disclosure.path, at.as_str()),
    );
    Vec::new()
}

/// How an address is written here.
fn how() -> Text {
    text!(
        zh: "写成 表/行/栏、projects/项目/字段、projects/项目/payment_plan/步骤、projects/项目/indicators/序号/栏；栏和字段可以写 *",
        en: "write table/row/column, projects/project/field, projects/project/payment_plan/step or projects/project/indicators/number/column; a column or field may be *",
    )
}

impl Disclosure {
    /// The places of values that an entry of `withhold` or `corrections` means.
    pub fn places_at(&self, portal: &Model, at: &str) -> Vec<Hidden> {
        let parts = address::split(at.trim(), |c| c == '/');
        match parts.as_slice() {
            ["projects", who, "payment_plan", step] => self.steps(portal, who, step),
            ["projects", who, "goals"] => {
                self.projects_named(portal, who).into_iter().map(Hidden::Goals).collect()
            }
            ["projects", who, "indicators", which, column] => {
                self.indicator_cells(portal, who, which, Some(column))
            }
            ["projects", who, "indicators", which] if which.parse::<usize>().is_ok() => {
                self.indicator_cells(portal, who, which, None)
            }
            ["projects", who, last] if *last == ALL => self.whole_project(portal, who),
            [table, row, last] if *last == ALL => self.whole_row(portal, table, row),
            _ => self.addressed(portal, at),
        }
    }

    /// The values that entries of `withhold`, perhaps of another state, mean here.
    pub fn values_at(&self, portal: &Model, entries: &[Withholding]) -> Secrets {
        let places = entries.iter().flat_map(|entry| self.places_at(portal, &entry.at));
        let places: BTreeSet<Hidden> = places.collect();
        let secret = |place: &Hidden| Secret { place: *place, value: self.value_of(*place) };
        Secrets { all: places.iter().map(secret).collect(), places }
    }

    fn addressed(&self, portal: &Model, at: &str) -> Vec<Hidden> {
        let Some(address) = Address::parse(at).filter(Address::is_own) else {
            return Vec::new();
        };
        let Lookup::Figures(figures) = self.find(portal, &address, None) else { return Vec::new() };
        let places = figures.into_iter().map(|figure| figure.at);
        places.filter(|at| !matches!(at, At::Slot(..))).map(Hidden::Cell).collect()
    }

    fn whole_row(&self, portal: &Model, table: &str, row: &str) -> Vec<Hidden> {
        let Some(form) = self.tables.get(table) else { return Vec::new() };
        let columns = form.spec.panels.iter().flat_map(|panel| &panel.columns);
        let mut ids: Vec<&str> = Vec::new();
        for column in columns.filter(|column| column.kind.is_figure()) {
            if !ids.contains(&column.id.as_str()) {
                ids.push(&column.id);
            }
        }
        ids.iter().flat_map(|id| self.addressed(portal, &format!("{table}/{row}/{id}"))).collect()
    }

    fn whole_project(&self, portal: &Model, who: &str) -> Vec<Hidden> {
        let Some(spec) = self.project_spec() else { return Vec::new() };
        let is_value = |kind: ColumnKind| !matches!(kind, ColumnKind::Label | ColumnKind::Code);
        let mut places = Vec::new();
        for project in self.projects_named(portal, who) {
            let fields = spec.fields.values().enumerate().filter(|(_, f)| is_value(f.kind));
            places.extend(fields.map(|(field, _)| Hidden::Cell(At::Field(project, field))));
        }
        places
    }

    fn projects_named(&self, portal: &Model, who: &str) -> Vec<usize> {
        let first = self.project_spec().and_then(|spec| spec.fields.first());
        let Some((field, _)) = first else { return Vec::new() };
        let places = self.addressed(portal, &format!("projects/{who}/{field}"));
        places
            .into_iter()
            .filter_map(|place| match place {
                Hidden::Cell(At::Field(project, _)) => Some(project),
                _ => None,
            })
            .collect()
    }

    fn steps(&self, portal: &Model, who: &str, step: &str) -> Vec<Hidden> {
        let Some(plan) = self.project_spec().and_then(|spec| spec.payment_plan.as_ref()) else {
            return Vec::new();
        };
        let steps: Vec<usize> = match plan.steps.get_index_of(step) {
            Some(step) => vec![step],
            None if step == ALL => (0..plan.steps.len()).collect(),
            None => return Vec::new(),
        };
        let projects = self.projects_named(portal, who);
        projects
            .into_iter()
            .flat_map(|project| steps.iter().map(move |step| Hidden::Step(project, *step)))
            .collect()
    }

    fn indicator_cells(
        &self,
        portal: &Model,
        who: &str,
        which: &str,
        column: Option<&str>,
    ) -> Vec<Hidden> {
        let Some(spec) = self.project_spec() else { return Vec::new() };
        let wanted = |index: usize| match column {
            Some(ALL) => true,
            Some(id) => spec.indicators[index].id == id,
            None => spec.indicators[index].kind == ColumnKind::Target,
        };
        let columns: Vec<usize> =
            (0..spec.indicators.len()).filter(|index| wanted(*index)).collect();
        let mut places = Vec::new();
        for project in self.projects_named(portal, who) {
            for row in 0..self.projects[project].indicators.len() {
                if which == ALL || which == (row + 1).to_string() {
                    let cells = columns.iter().map(|column| At::Indicator(project, row, *column));
                    places.extend(cells.map(Hidden::Cell));
                }
            }
        }
        places
    }

    /// Whether a cell is what its row or project is called or coded by.
    fn names_its_row(&self, at: At) -> bool {
        let kind = match at {
            At::Cell(table, panel, _, column) => {
                let form = &self.tables[table].spec.panels[panel];
                let is_key = form.key == Some(column);
                Some(if is_key { ColumnKind::Label } else { form.columns[column].kind })
            }
            At::Field(_, field) => self
                .project_spec()
                .and_then(|spec| spec.fields.get_index(field))
                .map(|(_, field)| field.kind),
            At::Indicator(..) | At::Slot(..) => None,
        };
        matches!(kind, Some(ColumnKind::Label | ColumnKind::Code))
    }

    /// What stands in such a place.
    pub fn value_of(&self, place: Hidden) -> Cell {
        match place {
            Hidden::Cell(At::Cell(table, panel, row, column)) => {
                self.tables[table].panels[panel].rows[row].cells[column].clone()
            }
            Hidden::Cell(At::Field(project, field)) => self.projects[project].fields[field].clone(),
            Hidden::Cell(At::Indicator(project, row, column)) => {
                self.projects[project].indicators[row][column].clone()
            }
            Hidden::Cell(At::Slot(..)) => Cell::Blank,
            Hidden::Step(project, step) => self.projects[project].plan[step].clone(),
            Hidden::Goals(project) => {
                let goals = self.projects[project].goals.iter().flat_map(|(_, texts)| texts);
                Cell::Text(goals.cloned().collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// What stands in a withheld place from now on.
    pub(super) fn conceal(&mut self, place: Hidden, mark: &str) {
        let cell = match place {
            Hidden::Cell(At::Cell(table, panel, row, column)) => {
                &mut self.tables[table].panels[panel].rows[row].cells[column]
            }
            Hidden::Cell(At::Field(project, field)) => &mut self.projects[project].fields[field],
            Hidden::Cell(At::Indicator(project, row, column)) => {
                &mut self.projects[project].indicators[row][column]
            }
            Hidden::Cell(At::Slot(..)) => return,
            Hidden::Step(project, step) => &mut self.projects[project].plan[step],
            Hidden::Goals(project) => {
                // One for each part of the form, however many goals there are and in which parts.
                let parts = self.project_spec().map(|spec| &spec.goal_parts);
                let mut parts: Vec<String> =
                    parts.into_iter().flat_map(|p| p.values().cloned()).collect();
                if parts.is_empty() {
                    parts.push(String::new());
                }
                let goals = parts.into_iter().map(|part| (part, vec![mark.to_owned()]));
                self.projects[project].goals = goals.collect();
                return;
            }
        };
        *cell = Cell::Withheld(mark.to_owned());
    }

    /// What is printed instead of a withheld value.
    pub fn withheld_mark(&self) -> &str {
        self.profile.marks.withheld.first().map_or(MARK, String::as_str)
    }

    /// What a withheld value is called.
    pub fn words_of_hidden(&self, place: Hidden) -> Text {
        let (project, title) = match place {
            Hidden::Cell(at) => return self.words_of(at),
            Hidden::Step(project, _) => {
                let plan = self.project_spec().and_then(|spec| spec.payment_plan.as_ref());
                let title = plan.map(|plan| Text::same(plan.title.clone()));
                (project, title.unwrap_or_else(|| Text::same("payment_plan")))
            }
            Hidden::Goals(project) => (project, text!(zh: "绩效目标", en: "goals")),
        };
        let name = &self.projects[project].name;
        text!(zh: "项目“{name}”的“{zh}”", en: "{en} of the project {name}", zh = title.zh, en = title.en)
    }

    /// Where a withheld value stands in its file.
    pub fn place_of_hidden(&self, place: Hidden) -> Place {
        match place {
            Hidden::Cell(at) => self.place_of(at),
            Hidden::Step(project, step) => {
                let plan = self.project_spec().and_then(|spec| spec.payment_plan.as_ref());
                let id =
                    plan.and_then(|plan| plan.steps.get_index(step)).map(|(id, _)| id.as_str());
                let path = format!("payment_plan.{}", id.unwrap_or_default());
                Place::value(self.projects[project].file, path)
            }
            Hidden::Goals(project) => Place::value(self.projects[project].file, "goals"),
        }
    }
}
