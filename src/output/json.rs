//! JSON: a file a table, one of all projects, one of all corrections. Figures are texts, so that no program rounds them;
//! a cell in which nothing was written is null.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{DataFile, Output, OutputScope, Writer};
use crate::model::{Cell, Disclosure, Portal, Project};
use crate::page::{CorrectionLine, Subject};
use crate::profile::{ColumnKind, ProjectSpec};
use crate::sheet::{Row, Sheet, Value};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "json",
    summary: "Each table, the projects and the corrections of a disclosure, as JSON.",
    scope: OutputScope::Organisation(plan),
};

/// The version of the files: keys are added to one, never taken away.
const VERSION: u32 = 1;

fn plan(portal: &Portal) -> Vec<DataFile> {
    let mut files = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        let subject =
            |item| Subject { organisation: disclosure.organisation, disclosure: index, item };
        for (item, one) in disclosure.tables.values().enumerate() {
            let path = url::table_data(disclosure, one, "json");
            files.push(DataFile::new(
                path,
                subject(item),
                "data_json",
                Writer::Organisation(table),
            ));
        }
        if !disclosure.written.corrections.is_empty() {
            let path = url::disclosure_data(disclosure, "corrections", "json");
            let writer = Writer::Organisation(corrections);
            files.push(DataFile::new(path, subject(0), "data_corrections_json", writer));
        }
        if disclosure.project_spec().is_some() && !disclosure.projects.is_empty() {
            let path = url::disclosure_data(disclosure, "projects", "json");
            files.push(DataFile::new(
                path,
                subject(0),
                "data_projects_json",
                Writer::Organisation(projects),
            ));
        }
    }
    files
}

/// Whose figures a file holds.
#[derive(Serialize)]
struct About<'a> {
    version: u32,
    organisation: &'a str,
    year: &'a str,
    stage: &'a str,
    /// The address of the page; a path of the site where it does not know its own.
    page: String,
}

#[derive(Serialize)]
struct TableFile<'a> {
    #[serde(flatten)]
    about: About<'a>,
    table: &'a str,
    title: &'a str,
    caption: &'a [String],
    unit: Option<&'a str>,
    note: Option<&'a str>,
    columns: Vec<ColumnData<'a>>,
    rows: Vec<RowData<'a>>,
}

#[derive(Serialize)]
struct ColumnData<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    panel: &'a str,
    id: &'a str,
    /// The headings over it, its own the last.
    heading: Vec<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    unit: Option<&'a str>,
}

#[derive(Serialize)]
struct RowData<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    panel: &'a str,
    row: &'a str,
    level: usize,
    role: &'static str,
    code: Option<&'a str>,
    cells: Cells<'a>,
}

/// Values by the ids of their columns.
struct Cells<'a>(Vec<(&'a str, Value<'a>)>);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, value) in &self.0 {
            let words: Option<Cow<str>> = match value {
                Value::Blank | Value::Filler => None,
                other => Some(other.plain()),
            };
            map.serialize_entry(id, &words)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct ProjectsFile<'a> {
    #[serde(flatten)]
    about: About<'a>,
    unit: Option<&'a str>,
    fields: Vec<ColumnData<'a>>,
    payment_plan: Vec<ColumnData<'a>>,
    indicators: Vec<ColumnData<'a>>,
    projects: Vec<ProjectData<'a>>,
}

#[derive(Serialize)]
struct ProjectData<'a> {
    project: &'a str,
    number: Option<&'a str>,
    fields: Cells<'a>,
    payment_plan: Cells<'a>,
    goals: Vec<GoalsData<'a>>,
    indicators: Vec<Cells<'a>>,
}

#[derive(Serialize)]
struct GoalsData<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    part: &'a str,
    goals: &'a [String],
}

#[derive(Serialize)]
struct CorrectionsFile<'a> {
    #[serde(flatten)]
    about: About<'a>,
    corrections: Vec<CorrectionData<'a>>,
}

/// A value that a correction changed, or what else it concerns.
#[derive(Serialize)]
struct CorrectionData<'a> {
    correction: usize,
    date: &'a str,
    reason: &'a str,
    address: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<Cow<'a, str>>,
    unit: Option<&'a str>,
}

fn about<'a>(portal: &'a Portal, disclosure: &'a Disclosure, page: &str) -> About<'a> {
    About {
        version: VERSION,
        organisation: &portal.organisation(disclosure).written.name,
        year: &disclosure.written.fiscal_year,
        stage: &disclosure.written.stage,
        page: url::whole(&portal.site, page),
    }
}

fn bytes(file: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(file).expect("texts, numbers and lists are JSON");
    bytes.push(b'\n');
    bytes
}

fn table(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let table = &disclosure.tables[subject.item];
    let sheet = Sheet::of(table);
    let stated = sheet.columns.iter().filter_map(|column| Some((column, column.stated?)));
    let columns = stated.map(|(column, stated)| ColumnData {
        panel: &sheet.form(stated.panel).id,
        id: &stated.spec.id,
        heading: sheet.path(column),
        kind: stated.spec.kind.word(),
        unit: column.unit,
    });
    let columns = columns.collect();
    bytes(&TableFile {
        about: about(portal, disclosure, &url::table(disclosure, table)),
        table: &table.spec.id,
        title: sheet.title,
        caption: sheet.caption,
        unit: sheet.unit,
        note: sheet.note,
        columns,
        rows: sheet.rows().map(row).collect(),
    })
}

fn row(row: Row) -> RowData {
    let columns = row.form.columns.iter().enumerate();
    RowData {
        panel: &row.form.id,
        row: &row.content.key,
        level: row.content.level,
        role: row.content.role.word(),
        code: row.content.code.as_deref(),
        cells: Cells(columns.map(|(at, column)| (column.id.as_str(), row.value(at))).collect()),
    }
}

fn projects(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let Some(spec) = disclosure.project_spec() else { return Vec::new() };
    let amounts = |kind: ColumnKind| spec.unit.as_deref().filter(|_| kind == ColumnKind::Amount);
    let fields = spec.fields.values().map(|field| ColumnData {
        panel: "",
        id: &field.id,
        heading: field.group.iter().chain([&field.title]).map(String::as_str).collect(),
        kind: field.kind.word(),
        unit: amounts(field.kind),
    });
    let steps = spec.payment_plan.iter().flat_map(|plan| {
        plan.steps.iter().map(|(id, step)| ColumnData {
            panel: "",
            id,
            heading: vec![&plan.title, step],
            kind: ColumnKind::Percent.word(),
            unit: None,
        })
    });
    let indicators = spec.indicators.iter().map(|column| ColumnData {
        panel: "",
        id: &column.id,
        heading: vec![&column.title],
        kind: column.kind.word(),
        unit: column.unit.as_deref().or_else(|| amounts(column.kind)),
    });
    bytes(&ProjectsFile {
        about: about(portal, disclosure, &url::projects(disclosure)),
        unit: spec.unit.as_deref(),
        fields: fields.collect(),
        payment_plan: steps.collect(),
        indicators: indicators.collect(),
        projects: disclosure.projects.iter().map(|project| of_project(spec, project)).collect(),
    })
}

fn of_project<'a>(spec: &'a ProjectSpec, project: &'a Project) -> ProjectData<'a> {
    let kinds = spec.fields.values().map(|field| (field.id.as_str(), field.kind));
    let steps = spec.payment_plan.iter().flat_map(|plan| plan.steps.keys());
    let steps = steps.map(|id| (id.as_str(), ColumnKind::Percent));
    let indicator = |cells: &'a Vec<Cell>| {
        of_cells(spec.indicators.iter().map(|column| (column.id.as_str(), column.kind)), cells)
    };
    ProjectData {
        project: &project.slug,
        number: project.number.as_deref(),
        fields: of_cells(kinds, &project.fields),
        payment_plan: of_cells(steps, &project.plan),
        goals: project.goals.iter().map(|(part, goals)| GoalsData { part, goals }).collect(),
        indicators: project.indicators.iter().map(indicator).collect(),
    }
}

fn of_cells<'a>(
    columns: impl Iterator<Item = (&'a str, ColumnKind)>,
    cells: &'a [Cell],
) -> Cells<'a> {
    Cells(columns.zip(cells).map(|((id, kind), cell)| (id, Value::of(cell, kind))).collect())
}

fn corrections(portal: &Portal, subject: &Subject) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let lines = CorrectionLine::all(portal, disclosure);
    bytes(&CorrectionsFile {
        about: about(portal, disclosure, &url::disclosure(disclosure)),
        corrections: lines.iter().map(of_correction).collect(),
    })
}

fn of_correction<'a>(line: &'a CorrectionLine) -> CorrectionData<'a> {
    let [was, now] = line.plain().map_or([None, None], |values| values.map(Some));
    CorrectionData {
        correction: line.number,
        date: &line.correction.date,
        reason: &line.correction.reason,
        address: line.address,
        name: &line.name,
        was,
        now,
        unit: line.unit,
    }
}
