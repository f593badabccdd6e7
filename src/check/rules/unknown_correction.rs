//! Flags a correction of something that is not there.

use crate::address::{Address, split};
use crate::check::{Rule, RuleScope, suggest};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Lookup, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "A905",
        name: "unknown-correction",
        severity: Severity::Error,
        page: include_str!("unknown_correction.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    for correction in &disclosure.written.corrections {
        for cell in &correction.cells {
            let at = &cell.at;
            let address = Address::parse(at);
            let found = address.as_ref().map(|address| disclosure.find(portal, address, None));
            let count = disclosure.places_at(portal, at).len();
            // What could not be read is said where it stands.
            if count == 1 || matches!(found, Some(Lookup::Unread(_))) {
                continue;
            }
            let message = if count == 0 {
                text!(zh: "更正写的“{at}”不存在", en: "`{at}` in a correction is not there")
            } else {
                text!(zh: "更正写的“{at}”是 {count} 格，不是一格", en: "`{at}` in a correction is {count} cells, and not one")
            };
            let suggested = address.filter(|_| count == 0);
            let suggested =
                suggested.and_then(|address| suggest::address(portal, disclosure, &address));
            report.push(RULE.code.at(cell.at_place.clone(), message).help(suggested.unwrap_or_else(
                || text!(zh: "一格写一个地址：表/行/栏、projects/项目/字段；已经没有的行写在 at: 里，只写到表", en: "write one address a cell: table/row/column, projects/project/field; for a row that is gone name the table in `at:`"),
            )));
        }
        for (at, place) in correction.at.iter().filter(|(at, _)| !is_there(portal, disclosure, at))
        {
            let message =
                text!(zh: "更正写的“{at}”不存在", en: "`{at}` in a correction is not there");
            report.push(RULE.code.at(place.clone(), message).help(
                text!(zh: "写成 表、表/行、projects/项目 或 narrative/节", en: "write table, table/row, projects/project or narrative/section"),
            ));
        }
    }
}

/// Whether a table, a row, a project or a section is there, or could not be read.
fn is_there(portal: &Model, disclosure: &Disclosure, at: &str) -> bool {
    let at = at.trim().trim_end_matches("/*").trim_end_matches('/');
    match split(at, |c| c == '/').as_slice() {
        ["projects"] => true,
        ["projects", slug, ..] => {
            disclosure.has_unread_projects()
                || disclosure.projects.iter().any(|project| project.slug == *slug)
        }
        ["narrative", id, ..] => {
            disclosure.is_unread_section(id)
                || disclosure.sections.iter().any(|section| section.id == *id)
        }
        [table, ..] if disclosure.is_unread_table(table) => true,
        [table] => disclosure.tables.contains_key(*table),
        [table, row] => !disclosure.places_at(portal, &format!("{table}/{row}/*")).is_empty(),
        _ => disclosure.places_at(portal, at).len() == 1,
    }
}
