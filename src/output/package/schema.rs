//! The columns of a CSV file for programs → a Table Schema: type, heading, unit, what stands for
//! nothing, what may stand there; the keys.

use indexmap::IndexSet;
use serde::Serialize;

use super::codes;
use crate::model::{Disclosure, Table};
use crate::profile::{ColumnKind, ProjectSpec};
use crate::sheet::{Sheet, Value};

/// A Table Schema.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema<'a> {
    fields: Vec<Field<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field<'a> {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_values: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints<'a>>,
}

#[derive(Default, Serialize)]
struct Constraints<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u32>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    among: Vec<&'a str>,
}

#[derive(Serialize)]
struct ForeignKey<'a> {
    fields: [&'a str; 1],
    reference: Reference,
}

#[derive(Serialize)]
struct Reference {
    resource: String,
    fields: [&'static str; 1],
}

impl<'a> Field<'a> {
    fn text(name: &str) -> Field<'a> {
        Field {
            name: name.to_owned(),
            kind: "string",
            title: String::new(),
            unit: None,
            missing_values: Vec::new(),
            constraints: None,
        }
    }

    /// A field that is never blank, and one of these where there are any.
    fn needed(name: &str, among: Vec<&'a str>) -> Field<'a> {
        let constraints = Constraints { required: Some(true), minimum: None, among };
        Field { constraints: Some(constraints), ..Field::text(name) }
    }

    fn count(name: &str, minimum: u32) -> Field<'a> {
        let constraints =
            Constraints { required: Some(true), minimum: Some(minimum), among: Vec::new() };
        Field { kind: "integer", constraints: Some(constraints), ..Field::text(name) }
    }

    /// A field of the profile: a number where each of its values is a figure, or a mark that stands
    /// for none.
    fn stated(
        name: &str,
        path: &[&str],
        unit: Option<&'a str>,
        kinds: &[ColumnKind],
        values: impl Iterator<Item = Value<'a>>,
    ) -> Field<'a> {
        let mut field = Field { title: title(path), ..Field::text(name) };
        if !kinds.iter().all(|kind| kind.is_figure()) {
            return field;
        }
        let mut marks = IndexSet::from([""]);
        for value in values {
            match value {
                Value::Figure(..) | Value::Blank | Value::Filler => {}
                Value::NotApplicable(mark) | Value::Withheld(mark) => {
                    marks.insert(mark);
                }
                _ => return field,
            }
        }
        let is_share = kinds.iter().all(|kind| *kind == ColumnKind::Percent);
        field.kind = "number";
        field.unit = if is_share { Some("%") } else { unit };
        if marks.len() > 1 {
            field.missing_values = marks.into_iter().collect();
        }
        field
    }
}

/// The headings over a column as one, on one line.
fn title(path: &[&str]) -> String {
    path.join("/").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Of a table: rows by key, and the columns of all its panels.
pub(super) fn of_table(table: &Table) -> Schema<'_> {
    let sheet = Sheet::of(table);
    let is_plain = table.spec.is_plain();
    let mut fields = Vec::new();
    if !is_plain {
        let panels = table.spec.panels.iter().map(|panel| panel.id.as_str()).collect();
        fields.push(Field::needed("panel", panels));
    }
    fields.push(Field::needed("row", Vec::new()));
    fields.push(Field::count("level", 0));
    let stated: Vec<_> =
        sheet.columns.iter().filter_map(|column| Some((column, column.stated?))).collect();
    let mut foreign_keys = Vec::new();
    let ids: IndexSet<&str> = stated.iter().map(|(_, stated)| stated.spec.id.as_str()).collect();
    for id in ids {
        let of_id = || stated.iter().filter(|(_, stated)| stated.spec.id == id);
        let kinds: Vec<ColumnKind> = of_id().map(|(_, stated)| stated.spec.kind).collect();
        let values =
            sheet.rows().filter_map(|row| row.form.column(id).map(|column| row.value(column)));
        let (column, _) = of_id().next().expect("an id of these columns");
        let path = sheet.path(column);
        fields.push(Field::stated(id, &path, column.unit, &kinds, values));
        if let Some(classification) = codes::of_column(table, id) {
            let resource = resource_of_codes(classification);
            foreign_keys.push(ForeignKey {
                fields: [id],
                reference: Reference { resource, fields: ["code"] },
            });
        }
    }
    let primary_key: &[&str] = if is_plain { &["row"] } else { &["panel", "row"] };
    Schema { fields, primary_key, foreign_keys }
}

/// What the resource of a classification is called.
pub(super) fn resource_of_codes(classification: &str) -> String {
    super::name(&format!("codes-{classification}"), "codes")
}

/// Of the codes of a classification.
pub(super) fn of_codes<'a>() -> Schema<'a> {
    let [code, name, status] = codes::COLUMNS;
    let fields = vec![
        Field::needed(code, Vec::new()),
        Field::text(name),
        Field::needed(status, codes::STATUSES.to_vec()),
    ];
    Schema { fields, primary_key: &["code"], foreign_keys: Vec::new() }
}

/// Of the list of projects.
pub(super) fn of_projects<'a>(disclosure: &'a Disclosure, spec: &'a ProjectSpec) -> Schema<'a> {
    let mut fields = vec![Field::needed("project", Vec::new()), Field::text("number")];
    for (at, (id, field)) in spec.fields.iter().enumerate() {
        let unit = spec.unit.as_deref().filter(|_| field.kind == ColumnKind::Amount);
        let path: Vec<&str> =
            field.group.iter().chain([&field.title]).map(String::as_str).collect();
        let projects = disclosure.projects.iter();
        let values = projects.map(|project| Value::of(&project.fields[at], field.kind));
        fields.push(Field::stated(id, &path, unit, &[field.kind], values));
    }
    if let Some(plan) = &spec.payment_plan {
        for (at, (id, step)) in plan.steps.iter().enumerate() {
            let name = format!("payment_plan.{id}");
            let share = ColumnKind::Percent;
            let projects = disclosure.projects.iter();
            let values = projects.map(|project| Value::of(&project.plan[at], share));
            fields.push(Field::stated(&name, &[&plan.title, step], None, &[share], values));
        }
    }
    let goals = spec.goals.as_deref().unwrap_or_default();
    if spec.goal_parts.is_empty() {
        fields.push(Field { title: goals.to_owned(), ..Field::text("goals") });
    }
    for (id, part) in &spec.goal_parts {
        let name = format!("goals.{id}");
        fields.push(Field { title: title(&[goals, part]), ..Field::text(&name) });
    }
    Schema { fields, primary_key: &["project"], foreign_keys: Vec::new() }
}

/// Of the list of indicators, which leads to that of projects.
pub(super) fn of_indicators<'a>(disclosure: &'a Disclosure, spec: &'a ProjectSpec) -> Schema<'a> {
    let mut fields = vec![Field::needed("project", Vec::new()), Field::count("row", 1)];
    for (at, column) in spec.indicators.iter().enumerate() {
        let amounts = column.unit.as_deref().or(spec.unit.as_deref());
        let unit = amounts.filter(|_| column.kind == ColumnKind::Amount);
        let all = disclosure.projects.iter().flat_map(|project| &project.indicators);
        let values = all.map(|cells| Value::of(&cells[at], column.kind));
        fields.push(Field::stated(&column.id, &[&column.title], unit, &[column.kind], values));
    }
    let reference = Reference { resource: "projects".to_owned(), fields: ["project"] };
    let foreign_keys = vec![ForeignKey { fields: ["project"], reference }];
    Schema { fields, primary_key: &["project", "row"], foreign_keys }
}

/// Of the long table: the value as printed, whatever it is.
pub(super) fn of_figures<'a>(organisation: &'a str, disclosure: &'a Disclosure) -> Schema<'a> {
    let written = &disclosure.written;
    let fields = vec![
        Field::needed("organisation", vec![organisation]),
        Field::needed("year", vec![&written.fiscal_year]),
        Field::needed("stage", vec![&written.stage]),
        Field::needed("table", Vec::new()),
        Field::text("row_code"),
        Field::text("row_name"),
        Field::needed("column", Vec::new()),
        Field::needed("value", Vec::new()),
        Field::text("unit"),
        Field::needed("address", Vec::new()),
    ];
    Schema { fields, primary_key: &["address"], foreign_keys: Vec::new() }
}

/// Of the corrections: values as printed, whatever they are.
pub(super) fn of_corrections<'a>() -> Schema<'a> {
    let texts = ["name", "was", "now", "unit", "reason"].map(Field::text);
    let mut fields = vec![
        Field::count("correction", 1),
        Field { kind: "date", ..Field::text("date") },
        Field::needed("address", Vec::new()),
    ];
    fields.extend(texts);
    Schema { fields, primary_key: &["correction", "address"], foreign_keys: Vec::new() }
}
