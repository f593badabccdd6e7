//! The projects of a disclosure as a list, and the indicators of all of them as another.

use super::writer::{CsvWriter, Form};
use crate::model::{Cell, Disclosure, Portal, Project};
use crate::page::Subject;
use crate::profile::{ColumnKind, FieldSpec, ProjectSpec};
use crate::sheet::Value;

/// Every project: its fields, its payment plan, its goals.
pub(super) fn office(portal: &Portal, subject: &Subject) -> Vec<u8> {
    projects(&portal.disclosures[subject.disclosure], Form::Office)
}

/// As [`office`], for programs.
pub(super) fn data(portal: &Portal, subject: &Subject) -> Vec<u8> {
    projects(&portal.disclosures[subject.disclosure], Form::Data)
}

/// Every indicator of every project.
pub(super) fn office_indicators(portal: &Portal, subject: &Subject) -> Vec<u8> {
    indicators(&portal.disclosures[subject.disclosure], Form::Office)
}

/// As [`office_indicators`], for programs.
pub(super) fn data_indicators(portal: &Portal, subject: &Subject) -> Vec<u8> {
    indicators(&portal.disclosures[subject.disclosure], Form::Data)
}

/// The headings over a field of the form, its own the last.
pub(super) fn field_path(field: &FieldSpec) -> Vec<&str> {
    field.group.iter().chain([&field.title]).map(String::as_str).collect()
}

fn projects(disclosure: &Disclosure, form: Form) -> Vec<u8> {
    let mut writer = CsvWriter::new(form);
    let Some(spec) = disclosure.project_spec() else { return writer.finish() };
    match form {
        Form::Office => project_headings(&mut writer, spec),
        Form::Data => project_names(&mut writer, spec),
    }
    writer.end();
    for project in &disclosure.projects {
        if form == Form::Data {
            writer.fields([project.slug.as_str(), project.number.as_deref().unwrap_or_default()]);
        }
        for (field, cell) in spec.fields.values().zip(&project.fields) {
            writer.value(Value::of(cell, field.kind));
        }
        project.plan.iter().for_each(|cell| step(&mut writer, form, cell));
        for title in goal_titles(spec) {
            writer.text(&goals(project, title));
        }
        writer.end();
    }
    writer.finish()
}

fn project_headings(writer: &mut CsvWriter, spec: &ProjectSpec) {
    spec.fields.values().for_each(|field| writer.heading(&field_path(field)));
    if let Some(plan) = &spec.payment_plan {
        plan.steps.values().for_each(|step| writer.heading(&[&plan.title, step]));
    }
    let above = spec.goals.as_deref();
    for title in goal_titles(spec) {
        let path: Vec<&str> = above.into_iter().chain(title).collect();
        writer.heading(&path);
    }
}

fn project_names(writer: &mut CsvWriter, spec: &ProjectSpec) {
    writer.fields(["project", "number"]);
    writer.fields(spec.fields.keys().map(String::as_str));
    if let Some(plan) = &spec.payment_plan {
        plan.steps.keys().for_each(|step| writer.field(&format!("payment_plan.{step}")));
    }
    if spec.goal_parts.is_empty() {
        writer.field("goals");
    }
    spec.goal_parts.keys().for_each(|part| writer.field(&format!("goals.{part}")));
}

/// A step of a payment plan: the page prints it with its sign.
fn step(writer: &mut CsvWriter, form: Form, cell: &Cell) {
    match cell.figure().filter(|_| form == Form::Office) {
        Some(share) => writer.field(&format!("{share}%")),
        None => writer.value(Value::of(cell, ColumnKind::Percent)),
    }
}

/// The parts of the goals: one without a title where the form has no parts.
fn goal_titles(spec: &ProjectSpec) -> impl Iterator<Item = Option<&str>> {
    let whole = spec.goal_parts.is_empty().then_some(None);
    whole.into_iter().chain(spec.goal_parts.values().map(|title| Some(title.as_str())))
}

/// The goals of a part, each on a line.
fn goals(project: &Project, title: Option<&str>) -> String {
    let title = title.unwrap_or_default();
    let part = project.goals.iter().find(|(other, _)| other == title);
    part.map(|(_, goals)| goals.join("\n")).unwrap_or_default()
}

fn indicators(disclosure: &Disclosure, form: Form) -> Vec<u8> {
    let mut writer = CsvWriter::new(form);
    let Some(spec) = disclosure.project_spec() else { return writer.finish() };
    // What tells projects apart on paper: code and name.
    let is_telling = |field: &FieldSpec| matches!(field.kind, ColumnKind::Code | ColumnKind::Label);
    let telling: Vec<(usize, &FieldSpec)> =
        spec.fields.values().enumerate().filter(|(_, field)| is_telling(field)).collect();
    match form {
        Form::Office => {
            for (_, field) in &telling {
                writer.heading(&field_path(field));
            }
            spec.indicators.iter().for_each(|column| writer.heading(&[&column.title]));
        }
        Form::Data => {
            writer.fields(["project", "row"]);
            writer.fields(spec.indicators.iter().map(|column| column.id.as_str()));
        }
    }
    writer.end();
    for project in &disclosure.projects {
        for (row, cells) in project.indicators.iter().enumerate() {
            match form {
                Form::Office => telling.iter().for_each(|(index, field)| {
                    writer.value(Value::of(&project.fields[*index], field.kind));
                }),
                Form::Data => {
                    writer.field(&project.slug);
                    writer.field(&(row + 1).to_string());
                }
            }
            for (column, cell) in spec.indicators.iter().zip(cells) {
                writer.value(Value::of(cell, column.kind));
            }
            writer.end();
        }
    }
    writer.finish()
}
