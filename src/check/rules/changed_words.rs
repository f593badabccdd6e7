//! Tells which words that stay from year to year are others than in the nearest earlier year.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::years::matched_table;
use crate::model::{Disclosure, Model};
use crate::profile::same_name;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "Y505",
        name: "changed-words",
        severity: Severity::Note,
        page: include_str!("changed_words.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let lasts = |disclosure: &Disclosure, id: &str| {
        let panels = disclosure.tables.get(id).into_iter().flat_map(|table| &table.spec.panels);
        panels.flat_map(|panel| &panel.columns).any(|column| column.lasting)
    };
    let ids: Vec<&str> = disclosure.tables.keys().map(String::as_str).collect();
    for id in ids.into_iter().filter(|id| lasts(disclosure, id)) {
        let Some(earlier) = portal.earlier(disclosure) else { return };
        let Some(matched) = matched_table(disclosure, earlier, id) else { continue };
        let (table, before) = (&disclosure.tables[id], &earlier.tables[id]);
        for pair in &matched.lines {
            let (Some((panel, row)), Some((panel_before, row_before))) = (pair.now, pair.before)
            else {
                continue;
            };
            let form = &table.spec.panels[panel];
            let (line, old) =
                (&table.panels[panel].rows[row], &before.panels[panel_before].rows[row_before]);
            let changed: Vec<(usize, String)> = (0..form.columns.len())
                .filter(|column| form.columns[*column].lasting)
                .filter_map(|column| {
                    let spec = &form.columns[column];
                    let at = before.spec.panels[panel_before].column(&spec.id)?;
                    let (was, is) = (old.cells[at].text(), line.cells[column].text());
                    (!same_name(&was, &is))
                        .then(|| (column, format!("{} {was} → {is}", spec.title)))
                })
                .collect();
            let Some((first, _)) = changed.first() else { continue };
            let words: Vec<&str> = changed.iter().map(|(_, words)| words.as_str()).collect();
            let year = &earlier.written.fiscal_year;
            let message = text!(
                zh: "“{name}”与 {year} 年不同：{zh}", en: "{name} is not what it was in {year}: {en}",
                name = line.name, zh = words.join("，"), en = words.join(", "),
            );
            report.push(
                RULE.code
                    .at(table.cell_place(panel, row, *first), message)
                    .seen(words.join("，"))
                    .help(text!(zh: "确有变动的，在说明里写明原因", en: "where it did change, the narrative says why"))
                    .about(&disclosure.path, format!("{id}/{}/{}", line.key, form.columns[*first].id)),
            );
        }
    }
}
