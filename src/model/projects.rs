//! A written project to the form of its profile: fields, payment plan, goals, indicators.

use super::{Cell, Project, cells};
use crate::amount::{self, NotAnAmount};
use crate::codes;
use crate::content::doubt;
use crate::content::keys::PROJECT;
use crate::content::{self, Part, Unread};
use crate::diagnostic::{Report, Text, text};
use crate::profile::{ColumnKind, Marks, Profile, ProjectSpec, same_name};
use crate::source::Place;
use crate::yaml::{self, Key, Kind, Node};

/// Reads one project.
pub(super) fn read(
    report: &mut Report,
    profile: &Profile,
    spec: &ProjectSpec,
    written: &content::Project,
) -> Project {
    let what = text!(zh: "项目", en: "the project");
    yaml::want_mapping(report, &written.node, &what);
    let values = values(report, spec, &written.node, &what);
    let fields: Vec<Cell> = spec
        .fields
        .values()
        .zip(values)
        .map(|(field, value)| field_cell(report, &profile.marks, field, value))
        .collect();
    let name = spec
        .fields
        .values()
        .position(|field| field.kind == ColumnKind::Label)
        .map(|index| fields[index].text());
    let digits: String = written.slug.chars().take_while(char::is_ascii_digit).collect();
    Project {
        slug: written.slug.clone(),
        number: Some(digits.trim_start_matches('0').to_owned()).filter(|digits| !digits.is_empty()),
        file: written.file,
        name: name.filter(|name| !name.is_empty()).unwrap_or_else(|| written.slug.clone()),
        plan: plan(report, profile, spec, &written.node),
        goals: goals(report, spec, &written.node),
        indicators: indicators(report, profile, spec, &written.node),
        readings: Vec::new(),
        aliases: content::aliases_of_project(report, &written.node),
        fields,
    }
}

/// The fields of projects in which words stand for figures.
pub(super) fn no_figures(
    spec: Option<&ProjectSpec>,
    projects: &[Project],
    written: &[content::Project],
) -> Vec<Unread> {
    let mut unread = Vec::new();
    let Some(spec) = spec else { return unread };
    for (number, (project, written)) in projects.iter().zip(written).enumerate() {
        for (field, (spec, cell)) in spec.fields.values().zip(&project.fields).enumerate() {
            if spec.kind.is_figure()
                && matches!(cell, Cell::Text(_))
                && let Some(node) = written.node.get(&spec.id)
            {
                unread.push(Unread::new(Part::Field(number, field), node.place()));
            }
        }
    }
    unread
}

/// What is written for each field of the form. A key that is none is reported and taken for the field it
/// was most likely meant to be, by its printed title or the nearest name, so that one slip is one finding.
fn values<'a>(
    report: &mut Report,
    spec: &ProjectSpec,
    node: &'a Node,
    what: &Text,
) -> Vec<Option<&'a Node>> {
    let mut values: Vec<Option<&Node>> = spec.fields.keys().map(|id| node.get(id)).collect();
    let printed: Vec<&str> = spec.fields.values().map(|field| field.title.as_str()).collect();
    let others: Vec<&str> = PROJECT.names().collect();
    let known: Vec<&str> = spec.fields.keys().map(String::as_str).chain(others).collect();
    let is_known = |key: &Key| known.iter().any(|name| **name == *key.text);
    for (key, value) in node.entries().iter().filter(|(key, _)| !is_known(key)) {
        let titled = yaml::titled(&key.text, &printed, same_name);
        let meant = titled.or_else(|| spec.fields.get_index_of(yaml::nearest(&key.text, &known)?));
        match titled.and_then(|field| spec.fields.get_index(field)) {
            Some((id, _)) => {
                let help = text!(zh: "这一项的键是“{id}”", en: "the key of this field is `{id}`");
                report.push(yaml::no_key(key, what).help(help));
            }
            None => yaml::unknown_key(report, key, what, &known),
        }
        if let Some(field) = meant
            && values[field].is_none()
        {
            values[field] = Some(value);
        }
    }
    values
}

fn field_cell(
    report: &mut Report,
    marks: &Marks,
    field: &crate::profile::FieldSpec,
    value: Option<&Node>,
) -> Cell {
    let Some(value) = value else { return Cell::Blank };
    if !matches!(value.kind, Kind::Scalar(_) | Kind::Null) {
        yaml::wrong_type(
            report,
            value,
            &Text::same(format!("`{}`", field.id)),
            text!(zh: "一个数或一段文字", en: "one figure or text"),
        );
        return Cell::Blank;
    }
    let column = (field.kind, field.title.as_str());
    cells::cell(report, column, marks, value.scalar(), value.place())
}

fn plan(report: &mut Report, profile: &Profile, spec: &ProjectSpec, node: &Node) -> Vec<Cell> {
    let Some(plan) = &spec.payment_plan else { return Vec::new() };
    let mut cells = vec![Cell::Blank; plan.steps.len()];
    let Some(written) = node.get("payment_plan") else { return cells };
    let known: Vec<&str> = plan.steps.keys().map(String::as_str).collect();
    for (key, value) in written.entries() {
        let Some(step) = plan.steps.get_index_of(&*key.text) else {
            yaml::unknown_key(report, key, &Text::same(plan.title.clone()), &known);
            continue;
        };
        let text = value.scalar().unwrap_or_default();
        cells[step] = match amount::parse_percent(text) {
            _ if profile.marks.withheld.iter().any(|mark| mark == text) => {
                Cell::Withheld(text.to_owned())
            }
            Ok(figure) => Cell::Figure(figure.value, figure.grouped),
            // Reported where it was read.
            Err(_) if doubt::inner(text).is_some() => Cell::Blank,
            Err(why) => {
                report.push(match why {
                    NotAnAmount::TooLong => codes::NOT_AN_AMOUNT
                        .at(value.place(), text!(zh: "“{text}”太长，核对不了", en: "`{text}` is too long to be checked"))
                        .help(cells::too_long()),
                    _ => codes::NOT_AN_AMOUNT
                        .at(value.place(), text!(zh: "“{text}”不是百分数，写成 25% 这样", en: "`{text}` is not a percentage: write it like 25%")),
                });
                Cell::Blank
            }
        };
    }
    cells
}

fn goals(report: &mut Report, spec: &ProjectSpec, node: &Node) -> Vec<(String, Vec<String>)> {
    let Some(written) = node.get("goals") else { return Vec::new() };
    if spec.goal_parts.is_empty() {
        return vec![(String::new(), goal_texts(report, written))];
    }
    let known: Vec<&str> = spec.goal_parts.keys().map(String::as_str).collect();
    let mut parts = Vec::new();
    for (key, value) in written.entries() {
        match spec.goal_parts.get(&*key.text) {
            Some(title) => parts.push((title.clone(), goal_texts(report, value))),
            None => yaml::unknown_key(report, key, &Text::same("`goals`"), &known),
        }
    }
    parts
}

fn goal_texts(report: &mut Report, node: &Node) -> Vec<String> {
    if let Some(text) = node.scalar() {
        return vec![text.to_owned()];
    }
    let mut texts = Vec::new();
    for item in node.items() {
        match item.scalar() {
            Some(text) => texts.push(text.to_owned()),
            None => yaml::wrong_type(
                report,
                item,
                &Text::same("`goals`"),
                text!(zh: "一段文字", en: "a text"),
            ),
        }
    }
    texts
}

/// The column of a key of an indicator. One that is none is reported and read as the column it was meant for.
fn indicator_column(report: &mut Report, spec: &ProjectSpec, key: &Key) -> Option<usize> {
    let columns = &spec.indicators;
    if let Some(column) = columns.iter().position(|column| *column.id == *key.text) {
        return Some(column);
    }
    let known: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
    let printed: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
    let what = text!(zh: "指标", en: "an indicator");
    let Some(column) = yaml::titled(&key.text, &printed, same_name) else {
        yaml::unknown_key(report, key, &what, &known);
        let nearest = yaml::nearest(&key.text, &known)?;
        return known.iter().position(|id| *id == nearest);
    };
    let id = known[column];
    let help = text!(zh: "这一栏的键是“{id}”", en: "the key of this column is `{id}`");
    report.push(yaml::no_key(key, &what).help(help));
    Some(column)
}

fn indicators(
    report: &mut Report,
    profile: &Profile,
    spec: &ProjectSpec,
    node: &Node,
) -> Vec<Vec<Cell>> {
    let Some(written) = node.get("indicators") else { return Vec::new() };
    let mut all = Vec::new();
    for item in written.items() {
        let mut cells = vec![Cell::Blank; spec.indicators.len()];
        for (key, value) in item.entries() {
            let Some(column) = indicator_column(report, spec, key) else { continue };
            let place: Place = value.place();
            cells[column] = cells::cell(
                report,
                cells::kind_and_title(&spec.indicators[column]),
                &profile.marks,
                value.scalar(),
                place,
            );
        }
        all.push(cells);
    }
    all
}
