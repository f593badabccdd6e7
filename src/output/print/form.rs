//! The form of a project: its fields, its payment plan, its goals, its indicators.

use super::source::{Source, weight};
use crate::model::{Cell, Project};
use crate::profile::{ColumnKind, FieldSpec, ProjectSpec};
use crate::sheet::Value;

/// Writes a form under a heading.
pub(super) fn form(source: &mut Source, spec: &ProjectSpec, project: &Project, level: usize) {
    source.code(&format!("heading(level: {level}, ")).words(&project.name).code(")\nform((");
    fields(source, spec, project);
    plan(source, spec, project);
    goals(source, spec, project);
    source.code("))\n");
    indicators(source, spec, project);
}

fn fields(source: &mut Source, spec: &ProjectSpec, project: &Project) {
    let all: Vec<(&FieldSpec, &Cell)> = spec.fields.values().zip(&project.fields).collect();
    for group in all.chunk_by(|(one, _), (other, _)| one.group == other.group) {
        let title = group[0].0.group.as_deref();
        if let Some(title) = title {
            source.group_head(group.len(), title);
        }
        for (field, cell) in group {
            named(source, title.is_some(), &field.title, Value::of(cell, field.kind).printed());
        }
    }
}

/// A heading and what stands beside it, in the second column where a group heads the first.
fn named(source: &mut Source, is_grouped: bool, title: &str, said: impl AsRef<str>) {
    if is_grouped {
        source.row_head(0, false, title);
    } else {
        source.code("row-head(table.cell(colspan: 2, align: left + horizon, ");
        source.words(title).code(")), ");
    }
    source.code("w(").words(said.as_ref()).code("), ");
}

fn plan(source: &mut Source, spec: &ProjectSpec, project: &Project) {
    let Some(plan) = &spec.payment_plan else { return };
    source.group_head(plan.steps.len(), &plan.title);
    for (step, cell) in plan.steps.values().zip(&project.plan) {
        named(source, true, step, share(cell));
    }
}

/// A share of the plan, with its sign.
fn share(cell: &Cell) -> String {
    match Value::of(cell, ColumnKind::Percent) {
        value @ Value::Figure(..) => format!("{}%", value.printed()),
        other => other.printed().into_owned(),
    }
}

fn goals(source: &mut Source, spec: &ProjectSpec, project: &Project) {
    let Some(title) = &spec.goals else { return };
    let all: Vec<(&str, String)> = project
        .goals
        .iter()
        .map(|(part, goals)| (spec.goal_parts.get(part).map_or("", String::as_str), goals))
        .filter(|(_, goals)| !goals.is_empty())
        .map(|(part, goals)| (part, goals.join("\n")))
        .collect();
    match all.as_slice() {
        [("", goals)] => named(source, false, title, goals),
        parts => {
            source.group_head(parts.len(), title);
            for (part, goals) in parts {
                named(source, true, part, goals);
            }
        }
    }
}

fn indicators(source: &mut Source, spec: &ProjectSpec, project: &Project) {
    let columns = &spec.indicators;
    if columns.is_empty() || project.indicators.is_empty() {
        return;
    }
    let values = |at: usize| {
        let kind = columns[at].kind;
        project.indicators.iter().map(move |cells| Value::of(&cells[at], kind))
    };
    let weights: Vec<usize> =
        columns.iter().enumerate().map(|(at, column)| weight(&column.title, values(at))).collect();
    source.code("sheet(1, none, (), ").list(&weights).code(", (");
    for column in columns {
        source.head((1, 1), &column.title);
    }
    source.code("), (");
    let name = columns.iter().position(|column| column.kind == ColumnKind::Label);
    for cells in &project.indicators {
        for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
            let value = Value::of(cell, column.kind);
            if Some(at) == name {
                source.row_head(0, false, &value.printed());
            } else {
                source.code("w(").words(&value.printed()).code("), ");
            }
        }
    }
    source.code("), none)\n");
}
