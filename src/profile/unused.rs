//! What a profile states and nothing comes of: a key of another kind of column, words that name a kind of
//! indicator that no system has.

use super::{ColumnKind, ColumnSpec, Profile, same_name};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::Place;

/// Reports keys that say nothing where they stand.
pub(super) fn keys(report: &mut Report, profile: &Profile) {
    for panel in profile.tables.values().flat_map(|table| &table.panels) {
        columns(report, &panel.columns, true);
        let has_sums = panel.columns.iter().any(ColumnSpec::is_added_up);
        if let (Some(total), false) = (&panel.total_row, has_sums)
            && let Some(column) = panel.columns.first()
        {
            let message = text!(zh: "total_row“{total}”不起作用：没有要合计的栏", en: "`total_row: {total}` says nothing: no column is added up");
            report.push(codes::IDLE_RULE.at(column.place.clone(), message));
        }
    }
    if let Some(projects) = &profile.projects {
        columns(report, &projects.indicators, false);
        for field in projects.fields.values().filter(|field| !field.sum_of.is_empty()) {
            if !field.kind.is_figure() {
                unused(report, &field.place, &field.title, "sum_of", field.kind);
            }
        }
    }
    kinds(report, profile);
}

fn columns(report: &mut Report, all: &[ColumnSpec], are_added_up: bool) {
    for column in all {
        let kind = column.kind;
        let is_counted = matches!(kind, ColumnKind::Amount | ColumnKind::Quantity);
        let is_figure = kind.is_figure();
        let stated = [
            ("unit", column.unit.is_some(), kind == ColumnKind::Amount),
            ("summed", !column.summed, is_counted && are_added_up),
            ("signed", column.signed, is_figure),
            ("whole", column.whole, kind == ColumnKind::Quantity),
            ("lasting", column.lasting, !is_figure && are_added_up),
            ("sum_of", !column.sum_of.is_empty(), is_figure),
            ("product_of", !column.product_of.is_empty(), is_figure),
            ("quotient_of", !column.quotient_of.is_empty(), is_figure),
            ("at_most", column.at_most.is_some(), is_figure),
        ];
        for (key, is_stated, has_use) in stated {
            if is_stated && !has_use {
                unused(report, &column.place, &column.title, key, kind);
            }
        }
        operands(report, all, column);
    }
}

/// What a column is worked out from.
fn operands(report: &mut Report, all: &[ColumnSpec], column: &ColumnSpec) {
    let pairs = [("product_of", &column.product_of), ("quotient_of", &column.quotient_of)];
    for (key, of) in pairs {
        if of.len() == 1 {
            let message = text!(zh: "栏“{title}”的 {key} 至少要写两栏", en: "`{key}` of the column `{title}` names two columns or more", title = column.title);
            report.push(codes::BAD_PROFILE.at(column.place.clone(), message));
        }
    }
    let named = column.sum_of.iter().chain(&column.product_of).chain(&column.quotient_of);
    for other in named.chain(&column.at_most).map(|index| &all[*index]) {
        if column.kind.is_figure() && !other.kind.is_figure() {
            let message = text!(zh: "栏“{title}”要和“{other}”核对，但那一栏不是数", en: "the column `{title}` is held against `{other}`, which holds no figures", title = column.title, other = other.title);
            report.push(codes::BAD_PROFILE.at(column.place.clone(), message));
        }
    }
}

fn unused(report: &mut Report, place: &Place, title: &str, key: &str, kind: ColumnKind) {
    let kind = kind.word();
    let message = text!(zh: "“{title}”的 {key} 不起作用：它是 {kind}", en: "`{key}` of `{title}` says nothing: it is of the type {kind}");
    report.push(
        codes::IDLE_RULE
            .at(place.clone(), message)
            .help(text!(zh: "删掉这个键，或改 type", en: "take the key out, or mend the type")),
    );
}

/// Kinds of indicators that targets name and no system of indicators has.
fn kinds(report: &mut Report, profile: &Profile) {
    let Some(targets) = profile.targets.as_ref().filter(|one| !one.schemes.is_empty()) else {
        return;
    };
    let Some(place) = &targets.place else { return };
    let is_known = |name: &str| {
        let mut groups = targets.schemes.values().flat_map(|scheme| &scheme.groups);
        groups.any(|(group, kinds)| {
            same_name(group, name) || kinds.iter().any(|kind| same_name(kind, name))
        })
    };
    let filed = targets.filing.iter().map(|filing| &filing.kind);
    let named = targets.cost.iter().map(|name| ("cost", name));
    let named = named.chain(targets.quantity.iter().map(|name| ("quantity", name)));
    for (key, name) in named.chain(filed.map(|name| ("filing", name))) {
        if !is_known(name) {
            let message = text!(zh: "targets.{key} 里的“{name}”在 schemes 里没有", en: "`{name}` of targets.{key} stands in none of the schemes");
            report.push(codes::IDLE_RULE.at(place.clone(), message));
        }
    }
}
