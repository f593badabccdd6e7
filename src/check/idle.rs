//! Rules of a profile that come to nothing in a disclosure that has figures for them: no row, project or
//! indicator is what they name.

use std::collections::BTreeSet;

use crate::address::{Rows, Target};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::model::{Disclosure, Lookup, Model, Outcome, Table};
use crate::profile::equation::Equation;
use crate::profile::same_name;

/// Reports them where the profile states them.
pub(super) fn rules(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    outcomes: &[Outcome],
) {
    let applied: BTreeSet<&str> =
        outcomes.iter().filter_map(|outcome| Some(outcome.tie_out()?.id.as_str())).collect();
    for tie_out in &disclosure.profile.tie_outs {
        let has_condition = tie_out.when.is_some() || tie_out.unless.is_some();
        if applied.contains(tie_out.id.as_str())
            || has_condition
            || !tie_out.equation.addresses().all(|one| has_figures(disclosure, &one.target))
            || means_something(portal, disclosure, &tie_out.equation)
        {
            continue;
        }
        let id = &tie_out.id;
        let message = text!(zh: "勾稽关系 {id} 一处也没有用上：它写的行、项目或指标都没有", en: "the tie-out {id} came to nothing: no row, project or indicator is what it names");
        let help = text!(zh: "对照公开里印的名称和代码改 equation；这份公开本来就没有的，写进 when", en: "mend the equation by the names and codes that are printed; what a disclosure may lack belongs into `when`");
        report.push(
            codes::IDLE_RULE
                .at(tie_out.place.clone(), message)
                .help(help)
                .about(&disclosure.path, "profile"),
        );
    }
    kinds(report, disclosure);
}

/// Whether there is a figure where an address leads: a table that is empty, or no project, is no mistake
/// of the profile.
fn has_figures(disclosure: &Disclosure, target: &Target) -> bool {
    match target {
        Target::Cells { table, rows, .. } => disclosure
            .tables
            .get(table)
            .is_some_and(|table| !table.is_empty() && !may_be_missing(table, rows)),
        Target::Field { .. } => !disclosure.projects.is_empty(),
        Target::Indicators { .. } | Target::Column { .. } => has_indicators(disclosure),
        Target::Slot { .. } => false,
    }
}

/// Whether rows are those of codes, of which a body has some and not others.
fn may_be_missing(table: &Table, rows: &Rows) -> bool {
    let is_code = match rows {
        Rows::Key(code) | Rows::Prefix(code) => code.bytes().all(|byte| byte.is_ascii_digit()),
        Rows::Level(_) | Rows::EachLevel(_) => true,
        _ => false,
    };
    is_code && table.spec.panels.iter().any(|panel| panel.classification.is_some())
}

fn has_indicators(disclosure: &Disclosure) -> bool {
    disclosure.projects.iter().any(|project| !project.indicators.is_empty())
}

/// Kinds of indicators whose word stands in no project.
fn kinds(report: &mut Report, disclosure: &Disclosure) {
    let Some(spec) = disclosure.project_spec().filter(|_| has_indicators(disclosure)) else {
        return;
    };
    for (id, kind) in &spec.kinds {
        let is_named = |words: &str| same_name(words, &kind.name);
        let mut rows = disclosure.projects.iter().flat_map(|project| &project.indicators);
        if rows.any(|cells| is_named(&cells[kind.column].words())) {
            continue;
        }
        let name = &kind.name;
        let message = text!(zh: "指标类别 {id} 一处也没有用上：没有哪项指标写着“{name}”", en: "the kind {id} came to nothing: no indicator says `{name}`");
        report.push(
            codes::IDLE_RULE.at(kind.place.clone(), message).about(&disclosure.path, "profile"),
        );
    }
}

/// Whether an address of an equation leads to a figure, or to a blank for one.
fn means_something(portal: &Model, disclosure: &Disclosure, equation: &Equation) -> bool {
    equation.addresses().any(|address| {
        let keys = disclosure.each_keys(portal, address);
        let each = keys.first().map(String::as_str);
        match disclosure.find(portal, address, each) {
            Lookup::Figures(figures) => !figures.is_empty(),
            _ => true,
        }
    })
}
