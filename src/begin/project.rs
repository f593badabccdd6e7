//! A project of an earlier year → the same for a new year, its figures taken out; and a project that is
//! blank.

use std::ops::Range;

use super::NewFile;
use crate::content::Project;
use crate::content::doubt::TO_FILL_IN;
use crate::import::{project_file_name, scalar};
use crate::profile::{ColumnKind, Profile, ProjectSpec};
use crate::yaml::Node;

/// The text of a project, with a mark in place of every figure and of every field that is asked for and not
/// there. All else stays as it was written.
pub(super) fn blanked(spec: &ProjectSpec, project: &Project, text: &str) -> String {
    let mut figures: Vec<Range<usize>> = Vec::new();
    for (key, value) in project.node.entries() {
        let field = spec.fields.get(&*key.text);
        if field.is_some_and(|field| field.kind.is_figure()) {
            figures.extend(written(value));
        }
    }
    let plan = project.node.get("payment_plan").map(Node::entries).unwrap_or_default();
    figures.extend(plan.iter().filter_map(|(_, value)| written(value)));
    let indicators = project.node.get("indicators").map(Node::items).unwrap_or_default();
    for (key, value) in indicators.iter().flat_map(Node::entries) {
        let column = spec.indicators.iter().find(|column| *column.id == *key.text);
        let holds_digit = value.scalar().is_some_and(|text| text.contains(char::is_numeric));
        if column.is_some_and(|column| column.kind == ColumnKind::Target) && holds_digit {
            figures.extend(written(value));
        }
    }
    figures.sort_by_key(|range| range.start);
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for range in figures {
        let Some(before) = text.get(from..range.start) else { continue };
        out.push_str(before);
        out.push_str(TO_FILL_IN);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    let absent = spec.fields.values().filter(|field| field.required);
    for field in absent.filter(|field| project.node.get(&field.id).is_none()) {
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&format!("{}: {TO_FILL_IN}\n", field.id));
    }
    out
}

/// The bytes of a value that is written on its line.
fn written(value: &Node) -> Option<Range<usize>> {
    value.scalar().filter(|text| !text.trim().is_empty()).map(|_| value.range())
}

/// A project that nothing is known of but its name. Nothing where the profile has no form for projects.
/// `existing` are the paths of the files of the disclosure, below its folder.
pub fn project(
    profile: &Profile,
    folder: &str,
    name: &str,
    existing: &[String],
) -> Option<NewFile> {
    let spec = profile.projects.as_ref()?;
    let mut out = String::new();
    let label = spec.fields.values().find(|field| field.kind == ColumnKind::Label);
    if let Some(label) = label {
        out.push_str(&format!("{}: {}\n", label.id, scalar(name, false)));
    }
    let is_label = |id: &str| label.is_some_and(|label| label.id == id);
    for id in spec.fields.keys().filter(|id| !is_label(id)) {
        out.push_str(&format!("{id}: {TO_FILL_IN}\n"));
    }
    if let Some(plan) = &spec.payment_plan {
        let steps: Vec<String> =
            plan.steps.keys().map(|step| format!("{step}: {TO_FILL_IN}")).collect();
        out.push_str(&format!("payment_plan: {{ {} }}\n", steps.join(", ")));
    }
    match (&spec.goals, spec.goal_parts.is_empty()) {
        (_, false) => {
            out.push_str("goals:\n");
            for part in spec.goal_parts.keys() {
                out.push_str(&format!("  {part}: {TO_FILL_IN}\n"));
            }
        }
        (Some(_), true) => out.push_str(&format!("goals:\n  - {TO_FILL_IN}\n")),
        (None, true) => {}
    }
    let path = project_file_name(name, existing);
    Some(NewFile { path: format!("{folder}{path}"), text: out })
}
