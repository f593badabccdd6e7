//! The project form of a profile.

use indexmap::IndexMap;

use super::keys::{FIELD, GOALS, GRID, INDICATOR_KIND, PAYMENT_PLAN, PROJECTS};
use super::table::{column_kind, headers, link_columns};
use super::{bad, entries, entry, id_key, placeholders, texts_by_id};
use crate::diagnostic::{Report, Text, text};
use crate::profile::{ColumnSpec, FieldGrid, FieldSpec, IndicatorKind, PlanSpec, ProjectSpec};
use crate::yaml::{Fields, Key, Node};

pub(super) fn projects(report: &mut Report, node: &Node) -> ProjectSpec {
    let mut fields = Fields::new(report, node, &PROJECTS, Text::same("`projects`"));
    let mut columns = Vec::new();
    if let Some(node) = fields.get("indicators") {
        let mut references = Vec::new();
        headers(report, node, &mut columns, &mut references);
        link_columns(report, &mut columns, &references);
    }
    let (goals, goal_parts) =
        fields.get("goals").map(|node| goals(report, node)).unwrap_or_default();
    let payment_plan = fields.get("payment_plan").map(|node| {
        let mut fields = Fields::new(report, node, &PAYMENT_PLAN, Text::same("`payment_plan`"));
        let plan = PlanSpec {
            title: fields.required(report, "title").unwrap_or_default(),
            steps: texts_by_id(fields.get("steps")),
        };
        fields.finish(report);
        plan
    });
    placeholders(report, node.get("title"), &["name"]);
    let all: IndexMap<String, FieldSpec> = entries(fields.get("fields"))
        .filter_map(|(key, node)| Some((id_key(report, key)?, field(report, key, node))))
        .collect();
    for field in all.values() {
        for (words, id) in field.figures.iter().filter(|(_, id)| !all.contains_key(*id)) {
            let message = text!(zh: "项目没有字段“{id}”，“{words}”后面的数没法核对", en: "projects have no field `{id}`: what stands behind {words} cannot be compared");
            bad(report, field.place.clone(), message);
        }
    }
    let spec = ProjectSpec {
        title: fields.text(report, "title").unwrap_or_else(|| "{name}".to_owned()),
        unit: fields.text(report, "unit"),
        required: fields.flag(report, "required", false),
        grid: fields.get("grid").map(|node| grid(report, node, &all)),
        fields: all,
        payment_plan,
        goals,
        goal_parts,
        kinds: entries(fields.get("kinds"))
            .filter_map(|(key, node)| kind(report, key, node, &columns))
            .collect(),
        indicators: columns,
    };
    fields.finish(report);
    spec
}

/// The heading over the goals, and the headings of their parts: a text alone is the heading.
fn goals(report: &mut Report, node: &Node) -> (Option<String>, IndexMap<String, String>) {
    if let Some(title) = node.scalar() {
        return (Some(title.to_owned()), IndexMap::new());
    }
    let mut fields = Fields::new(report, node, &GOALS, Text::same("`goals`"));
    let goals = (fields.text(report, "title"), texts_by_id(fields.get("parts")));
    fields.finish(report);
    goals
}

/// The groups that stand side by side, each of which some field must name.
fn grid(report: &mut Report, node: &Node, all: &IndexMap<String, FieldSpec>) -> FieldGrid {
    let mut fields = Fields::new(report, node, &GRID, Text::same("`grid`"));
    let title = fields.required(report, "title").unwrap_or_default();
    let groups = fields.texts(report, "groups");
    fields.finish(report);
    for group in &groups {
        if !all.values().any(|field| field.group.as_ref() == Some(group)) {
            let message = text!(zh: "没有 `group: {group}` 的项目字段，这一栏是空的", en: "no field of a project says `group: {group}`: this column would be empty");
            bad(report, node.place(), message);
        }
    }
    FieldGrid { title, groups }
}

fn field(report: &mut Report, key: &Key, node: &Node) -> FieldSpec {
    let mut fields = entry(
        report,
        node,
        &FIELD,
        text!(zh: "项目字段“{id}”", en: "the project field `{id}`", id = key.text),
    );
    let field = FieldSpec {
        id: key.text.to_string(),
        title: fields.required(report, "title").unwrap_or_else(|| key.text.to_string()),
        kind: column_kind(report, &mut fields),
        required: fields.flag(report, "required", false),
        sum_of: fields.texts(report, "sum_of"),
        group: fields.text(report, "group"),
        figures: texts_by_id(fields.get("figures")),
        place: key.place(),
    };
    fields.finish(report);
    field
}

fn kind(
    report: &mut Report,
    key: &Key,
    node: &Node,
    columns: &[ColumnSpec],
) -> Option<(String, IndicatorKind)> {
    let mut fields = Fields::new(
        report,
        node,
        &INDICATOR_KIND,
        text!(zh: "指标类别“{id}”", en: "the indicator kind `{id}`", id = key.text),
    );
    let column = fields.required(report, "column").unwrap_or_default();
    let name = fields.required(report, "name").unwrap_or_default();
    fields.finish(report);
    if let Some(column) = columns.iter().position(|spec| spec.id == column) {
        Some((key.text.to_string(), IndicatorKind { column, name, place: key.place() }))
    } else {
        bad(
            report,
            node.place(),
            text!(zh: "指标没有“{column}”这一栏", en: "the indicators have no column `{column}`"),
        );
        None
    }
}
