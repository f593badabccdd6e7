//! Flags a project that leaves out what its form requires.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C106",
        name: "missing-field",
        severity: Severity::Error,
        page: include_str!("missing_field.md"),
    },
    scope: RuleScope::Disclosure(check),
};

use crate::model::{At, Cell};
use crate::profile::{ColumnKind, ProjectSpec};
use crate::source::Place;

/// Reports indicators without a name, or without a level that the others print row by row. A level that stands
/// once for several rows is left blank below.
fn indicators(report: &mut Report, disclosure: &Disclosure, spec: &ProjectSpec, project: usize) {
    let rows = &disclosure.projects[project].indicators;
    let targets = disclosure.target_spec();
    let levels = targets.into_iter().flat_map(|targets| [targets.group, targets.kind]).flatten();
    let label = spec.indicators.iter().position(|column| column.kind == ColumnKind::Label);
    let words = |row: &[Cell], column: usize| -> String {
        row.get(column).map(Cell::text).unwrap_or_default()
    };
    let is_repeated = |column: usize| {
        rows.windows(2).any(|pair| {
            let above = words(&pair[0], column);
            !above.is_empty() && above == words(&pair[1], column)
        })
    };
    let levels: Vec<(usize, bool)> = levels.map(|column| (column, is_repeated(column))).collect();
    for (number, row) in rows.iter().enumerate() {
        let is_due = |(column, is_repeated): &&(usize, bool)| {
            (*is_repeated || number == 0) && row.get(*column).is_some_and(Cell::is_blank)
        };
        let mut blank: Vec<usize> =
            levels.iter().filter(is_due).map(|(column, _)| *column).collect();
        blank.extend(label.filter(|column| row.get(*column).is_some_and(Cell::is_blank)));
        let Some(first) = blank.first() else { continue };
        let titles: Vec<&str> =
            blank.iter().map(|at| spec.indicators[*at].title.as_str()).collect();
        let ids: Vec<&str> = blank.iter().map(|at| spec.indicators[*at].id.as_str()).collect();
        let name = &disclosure.projects[project].name;
        let nth = number + 1;
        let message = text!(
            zh: "“{name}”的第 {nth} 个指标没有填“{zh}”", en: "indicator {nth} of `{name}` has no {en}", zh = titles.join("”“"), en = ids.join(", "),
        );
        let help = text!(zh: "在这一行里填上", en: "fill it in on this line");
        let at = At::Indicator(project, number, *first);
        report.push(
            RULE.code
                .at(disclosure.place_of(at), message)
                .help(help)
                .about(&disclosure.path, disclosure.address_of(at)),
        );
    }
}

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.project_spec() else { return };
    for (number, project) in disclosure.projects.iter().enumerate() {
        indicators(report, disclosure, spec, number);
        for (field, cell) in spec.fields.values().zip(&project.fields) {
            if field.required && cell.is_blank() {
                let message = text!(zh: "“{name}”没有填“{title}”", en: "`{name}` has no `{id}`", name = project.name, title = field.title, id = field.id);
                let help = text!(zh: "在这个文件里加一行 {id}:", en: "add a line `{id}:` to this file", id = field.id);
                report.push(
                    RULE.code
                        .at(Place::start(project.file), message)
                        .help(help)
                        .about(&disclosure.path, format!("projects/{}/{}", project.slug, field.id)),
                );
            }
        }
    }
}
