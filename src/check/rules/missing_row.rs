//! Flags a row the form prints and the table does not hold.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::absent::{absent_rows, address, nameless, rows_place, runs};
use crate::model::cut_off::{self, CutOff};
use crate::model::{Disclosure, Model, Table, row_words};
use crate::profile::PanelSpec;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C105",
        name: "missing-row",
        severity: Severity::Error,
        page: include_str!("missing_row.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for cut in cut_off::all(&disclosure.tables) {
        report.push(cut_off(disclosure, &cut));
    }
    for table in disclosure.tables.values() {
        for (number, form, panel) in table.panels() {
            // That it has no rows at all is one finding, and so is that a row has no name.
            if disclosure.is_unread_panel(&table.spec.id, number) || nameless(form, panel).is_some()
            {
                continue;
            }
            for run in runs(form, &absent_rows(form, panel)) {
                report.push(finding(disclosure, (table, form), &run));
            }
        }
    }
}

/// The finding of a table that ends too early.
fn cut_off(disclosure: &Disclosure, cut: &CutOff) -> Diagnostic {
    let (title, id) = (&cut.table.title, &cut.table.spec.id);
    let last = row_words(cut.table, cut.panel, cut.last);
    let lacking = cut.lacking.normalize();
    let message = text!(
        zh: "表“{title}”到“{last}”就断了：合计比各行加起来多 {lacking}", en: "the table `{id}` ends too early, after {last}: its total has {lacking} more than its rows",
    );
    let finding = RULE.code.at(cut.place(), message).about(&disclosure.path, cut.address());
    match &cut.next {
        Some((place, code, name)) => finding
            .related(place.clone(), text!(zh: "别的表后面还有", en: "what follows in another table"))
            .help(text!(zh: "补上后面的行，从 {code} {name} 起；或者从备份里取回这个文件", en: "add the rows that follow, from {code} {name} on, or take the file back from a copy")),
        None => finding.help(text!(zh: "补上后面的行，或者从备份里取回这个文件", en: "add the rows that follow, or take the file back from a copy")),
    }
}

/// One finding for rows that the form prints one behind the other.
fn finding(
    disclosure: &Disclosure,
    (table, form): (&Table, &PanelSpec),
    run: &[(&str, &str)],
) -> Diagnostic {
    let (title, id, count) = (&table.title, &table.spec.id, run.len());
    let (key, name) = run.first().copied().unwrap_or_default();
    let (_, last) = run.last().copied().unwrap_or_default();
    let (message, help) = if count == 1 {
        (
            text!(zh: "“{title}”缺少“{name}”这一行", en: "the table `{id}` has no row `{name}`"),
            text!(zh: "没有数也要列出这一行，数字留空", en: "the form prints the row even when it has no figure: leave the figure out"),
        )
    } else {
        (
            text!(zh: "“{title}”缺少从“{name}”到“{last}”的 {count} 行", en: "the table `{id}` lacks {count} rows, from `{name}` to `{last}`"),
            text!(zh: "没有数也要列出这些行，数字留空；文件可能在这里断了", en: "the form prints rows even when they have no figure: leave the figures out; the file may have been cut off here"),
        )
    };
    RULE.code
        .at(rows_place(table.file, form), message)
        .help(help)
        .about(&disclosure.path, address(&table.spec, form, key))
}
