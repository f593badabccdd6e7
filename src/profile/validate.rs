//! A profile's own references: every table, column, row and field that its
//! relations name must exist, or the mistake is shown where it stands.

use std::sync::Arc;

use super::chart::Piece;
use super::equation::{Equation, Operand};
use super::{ColumnKind, Hierarchy, PanelSpec, Profile, TableSpec, same_name, unused};
use crate::address::{Address, Rows, Target};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::Place;
use crate::yaml;

/// Checks the references of a resolved profile.
pub(super) fn profile(report: &mut Report, profile: &Profile) {
    for table in profile.tables.values() {
        units(report, profile, table);
        for panel in &table.panels {
            rows(report, panel);
        }
        if let Some(section) = &table.section
            && !profile.sections.contains_key(section)
        {
            let known: Vec<&str> = profile.sections.keys().map(String::as_str).collect();
            let message = text!(zh: "表“{id}”所属的章节“{section}”不存在", en: "the table `{id}` belongs to a section `{section}` that is not there", id = table.id);
            bad(
                report,
                table_place(table, profile),
                message,
                Some(yaml::suggestion(section, &known)),
            );
        }
    }
    for tie_out in &profile.tie_outs {
        let equations = [Some(&tie_out.equation), tie_out.when.as_ref(), tie_out.unless.as_ref()];
        for equation in equations.into_iter().flatten() {
            references(report, profile, equation, &tie_out.place);
        }
    }
    let changes = profile.years.changes.iter().map(|change| &change.more);
    for tie_out in profile.years.balances.iter().chain(changes) {
        references(report, profile, &tie_out.equation, &tie_out.place);
    }
    if let Some(units) = &profile.duties.units
        && !profile.tables.contains_key(&units.table)
    {
        let known: Vec<&str> = profile.tables.keys().map(String::as_str).collect();
        let message = text!(zh: "duties.units 所说的表“{table}”不存在", en: "duties.units names a table `{table}` that is not there", table = units.table);
        let help = yaml::suggestion(&units.table, &known);
        bad(report, Place::start(profile.file), message, Some(help));
    }
    let figures = profile.sections.values().flat_map(|section| section.figures.values());
    for term in figures.flatten() {
        if let Operand::Address(address) = &term.operand
            && let Err(message) = reference(profile, address)
        {
            bad(report, Place::start(profile.file), message, None);
        }
    }
    for intent in profile.search.intents.values() {
        if let Err(message) = reference(profile, &intent.address) {
            bad(report, intent.place.clone(), message, None);
        }
    }
    sides(report, profile);
    stands_under(report, profile);
    drawn_and_said(report, profile);
    unused::keys(report, profile);
    for headline in &profile.headline {
        if let Err(message) = reference(profile, &headline.address) {
            bad(report, Place::start(profile.file), message, None);
        }
    }
}

/// The tables of each side of the account.
fn sides(report: &mut Report, profile: &Profile) {
    let written = profile.search.sides.values().flat_map(|side| &side.tables);
    for name in written {
        let (table, panel) = name.split_once('/').unwrap_or((name, ""));
        let spec = profile.tables.get(table);
        let has_panel = |spec: &Arc<TableSpec>| {
            panel.is_empty() || spec.panels.iter().any(|one| one.id == panel)
        };
        if !spec.is_some_and(has_panel) {
            let known: Vec<&str> = profile.tables.keys().map(String::as_str).collect();
            let message = text!(zh: "search.sides 所说的表“{name}”不存在", en: "search.sides names a table `{name}` that is not there");
            let help = yaml::suggestion(table, &known);
            bad(report, Place::start(profile.file), message, Some(help));
        }
    }
}

/// The sections that others stand under, and the fields that others add up.
fn stands_under(report: &mut Report, profile: &Profile) {
    for section in profile.sections.values() {
        if let Some(parent) =
            section.parent.as_ref().filter(|id| !profile.sections.contains_key(*id))
        {
            let known: Vec<&str> = profile.sections.keys().map(String::as_str).collect();
            let message = text!(zh: "章节“{id}”所属的章节“{parent}”不存在", en: "the section `{id}` is part of `{parent}`, which is not there", id = section.id);
            bad(report, section.place.clone(), message, Some(yaml::suggestion(parent, &known)));
        }
    }
    let Some(spec) = &profile.projects else { return };
    let known: Vec<&str> = spec.fields.keys().map(String::as_str).collect();
    for field in spec.fields.values() {
        for part in field.sum_of.iter().filter(|part| !spec.fields.contains_key(*part)) {
            let message = text!(zh: "项目字段“{id}”是“{part}”之和，但没有这个字段", en: "the project field `{id}` is the sum of `{part}`, which is not there", id = field.id);
            bad(report, field.place.clone(), message, Some(yaml::suggestion(part, &known)));
        }
    }
}

/// What charts and sentences name.
fn drawn_and_said(report: &mut Report, profile: &Profile) {
    for chart in profile.charts.values() {
        for placed in chart.addresses() {
            if let Err(message) = reference(profile, &placed.address) {
                bad(report, placed.place.clone(), message, None);
            }
        }
    }
    let summaries = profile.tables.values().map(|table| &table.summary).chain([&profile.summary]);
    for sentences in summaries.flat_map(|summary| summary.sentences.values()) {
        for sentence in sentences.values() {
            for address in sentence.pieces.iter().flat_map(Piece::addresses) {
                if let Err(message) = reference(profile, address) {
                    bad(report, sentence.place.clone(), message, None);
                }
            }
        }
    }
}

fn table_place(table: &TableSpec, profile: &Profile) -> Place {
    let column = table.panels.iter().flat_map(|panel| &panel.columns).next();
    column.map_or(Place::start(profile.file), |column| column.place.clone())
}

fn bad(report: &mut Report, place: Place, message: Text, help: Option<Text>) {
    let diagnostic = codes::BAD_PROFILE.at(place, message);
    report.push(match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    });
}

fn units(report: &mut Report, profile: &Profile, table: &TableSpec) {
    let columns = table.panels.iter().flat_map(|panel| &panel.columns);
    for (column, unit) in columns.filter_map(|column| Some((column, table.unit_of(column)?))) {
        if !profile.units.contains_key(unit) {
            let known: Vec<&str> = profile.units.keys().map(String::as_str).collect();
            let message = text!(zh: "没有单位“{unit}”", en: "there is no unit `{unit}`");
            bad(report, column.place.clone(), message, Some(yaml::suggestion(unit, &known)));
        }
    }
}

fn rows(report: &mut Report, panel: &PanelSpec) {
    for row in panel.rows.values() {
        for part in &row.sum_of {
            if !matches_some(panel, part) {
                let message = text!(zh: "行“{id}”是“{part}”之和，但没有这样的行", en: "the row `{id}` is the sum of `{part}`, which is not there", id = row.id);
                bad(report, row.place.clone(), message, None);
            }
        }
        if let Some(whole) = &row.part_of
            && !panel.rows.contains_key(whole)
        {
            let message = text!(zh: "行“{id}”是“{whole}”的一部分，但没有这样的行", en: "the row `{id}` is part of `{whole}`, which is not there", id = row.id);
            bad(report, row.place.clone(), message, None);
        }
    }
}

/// Whether a selector can match a row the form prints; open panels may hold anything.
fn matches_some(panel: &PanelSpec, rows: &Rows) -> bool {
    match rows {
        Rows::Where { column, .. } => panel.column(column).is_some(),
        _ if panel.open => true,
        Rows::Key(key) => panel.rows.values().any(|row| {
            row.id == *key
                || row.code.as_ref() == Some(key)
                || same_name(&row.name, key)
                || row.aliases.contains(key)
        }),
        Rows::Prefix(prefix) => panel.rows.values().any(|row| {
            row.id.starts_with(prefix)
                || row.code.as_ref().is_some_and(|code| code.starts_with(prefix))
        }),
        _ => true,
    }
}

fn references(report: &mut Report, profile: &Profile, equation: &Equation, place: &Place) {
    let each = equation.addresses().filter_map(|address| match &address.target {
        Target::Cells { rows: Rows::Where { .. }, .. } => None,
        Target::Cells { rows, .. } if rows.is_each() => Some(rows),
        _ => None,
    });
    let mut kinds: Vec<&Rows> = each.collect();
    kinds.dedup();
    if kinds.len() > 1 {
        let message = text!(zh: "一个等式里“逐行”的写法要一致（@ 或 @level:n）", en: "an equation uses one way of `each row` (@ or @level:n)");
        bad(report, place.clone(), message, None);
    }
    for address in equation.addresses() {
        if let Err(message) = reference(profile, address) {
            bad(report, place.clone(), message, None);
        }
    }
}

/// What is wrong with the projects an address means.
fn of_projects(profile: &Profile, address: &Address) -> Result<(), Text> {
    let (true, Some(rows)) = (address.target.is_of_projects(), address.target.selector()) else {
        return Ok(());
    };
    match rows {
        Rows::Level(_) | Rows::EachLevel(_) => Err(
            text!(zh: "“{address}”：项目没有级次，逐个项目写 @", en: "`{address}`: projects have no levels: each of them is `@`"),
        ),
        Rows::Where { column, .. }
            if profile.projects.as_ref().is_some_and(|spec| !spec.fields.contains_key(column)) =>
        {
            Err(
                text!(zh: "“{address}”：项目没有字段“{column}”", en: "`{address}`: projects have no field `{column}`"),
            )
        }
        _ => of_indicators(profile, address),
    }
}

/// What is wrong with the column of indicators an address means.
fn of_indicators(profile: &Profile, address: &Address) -> Result<(), Text> {
    let Target::Column { rows, column, .. } = &address.target else { return Ok(()) };
    let columns = profile.projects.as_ref().map(|spec| spec.indicators.as_slice());
    let columns = columns.unwrap_or_default();
    let spec = columns.iter().find(|known| known.id == *column);
    let is_read = |kind: ColumnKind| kind.is_figure() || kind == ColumnKind::Target;
    if spec.is_none_or(|spec| !is_read(spec.kind)) {
        return Err(
            text!(zh: "“{address}”：指标没有“{column}”这一栏数", en: "`{address}`: the indicators have no column of figures `{column}`"),
        );
    }
    match rows {
        Rows::Where { column, .. } if !columns.iter().any(|known| known.id == *column) => Err(
            text!(zh: "“{address}”：指标没有“{column}”这一栏", en: "`{address}`: the indicators have no column `{column}`"),
        ),
        Rows::Level(_) | Rows::Each | Rows::EachLevel(_) => Err(
            text!(zh: "“{address}”：指标只能写名称、*、前缀* 或 栏=词", en: "`{address}`: indicators are a name, `*`, a beginning with `*`, or `column=word`"),
        ),
        _ => Ok(()),
    }
}

/// What is wrong with an address, as far as the profile alone can tell.
pub(super) fn reference(profile: &Profile, address: &Address) -> Result<(), Text> {
    // What a disclosure of another year or stage holds is for its own profile to say.
    if !address.is_own() {
        return Ok(());
    }
    of_projects(profile, address)?;
    match &address.target {
        Target::Cells { table, panel, rows, column } => {
            let Some(spec) = profile.tables.get(table) else {
                return Err(
                    text!(zh: "“{address}”：没有表“{table}”", en: "`{address}`: there is no table `{table}`"),
                );
            };
            let panels: Vec<&PanelSpec> = match panel {
                None => spec.panels.iter().collect(),
                Some(id) => spec.panels.iter().filter(|panel| panel.id == *id).collect(),
            };
            if !panels.iter().any(|panel| panel.column(column).is_some()) {
                return Err(
                    text!(zh: "“{address}”：没有栏“{column}”", en: "`{address}`: there is no column `{column}`"),
                );
            }
            let is_filter = matches!(rows, Rows::Where { .. });
            let open = panels
                .iter()
                .any(|panel| panel.open || !matches!(panel.hierarchy, Hierarchy::Flat));
            if (is_filter || !open) && !panels.iter().any(|panel| matches_some(panel, rows)) {
                return Err(
                    text!(zh: "“{address}”：没有行“{rows}”", en: "`{address}`: there is no row `{rows}`"),
                );
            }
            Ok(())
        }
        Target::Field { field, .. } => match &profile.projects {
            Some(projects) if projects.fields.contains_key(field) => Ok(()),
            _ => Err(
                text!(zh: "“{address}”：项目没有字段“{field}”", en: "`{address}`: projects have no field `{field}`"),
            ),
        },
        Target::Indicators { kind, .. } => match &profile.projects {
            Some(projects) if projects.kinds.contains_key(kind) => Ok(()),
            _ => Err(
                text!(zh: "“{address}”：没有指标类别“{kind}”", en: "`{address}`: there is no indicator kind `{kind}`"),
            ),
        },
        Target::Column { .. } => Ok(()),
        Target::Slot { section, .. } if profile.sections.contains_key(section) => Ok(()),
        Target::Slot { section, .. } => Err(
            text!(zh: "“{address}”：没有章节“{section}”", en: "`{address}`: there is no section `{section}`"),
        ),
    }
}
