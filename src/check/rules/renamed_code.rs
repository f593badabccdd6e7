//! Flags a line that has the code it had last year and another name.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::years::{Link, matched};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "Y503",
        name: "renamed-code",
        severity: Severity::Note,
        page: include_str!("renamed_code.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let Some(earlier) = disclosure.prior.map(|index| &portal.disclosures[index]) else { return };
    // One classification runs through several tables: a code is named once.
    let mut said: BTreeSet<(&str, &str)> = BTreeSet::new();
    for table in matched(disclosure, earlier).tables {
        let (Some(now), Some(before)) = (table.now, table.before) else { continue };
        let (now, before) = (&disclosure.tables[now], &earlier.tables[before]);
        let mut renamed = Vec::new();
        for pair in &table.lines {
            let (Link::Renamed, Some(at), Some(was)) = (pair.link, pair.now, pair.before) else {
                continue;
            };
            let row = &now.panels[at.0].rows[at.1];
            // What the form itself prints under another name is no line of the department's.
            let (None, Some(code)) = (row.spec, &row.code) else { continue };
            if !said.insert((code, &row.name)) {
                continue;
            }
            renamed.push((at, code, &row.name, &before.panels[was.0].rows[was.1].name));
        }
        let Some(&(at, code, name, old)) = renamed.first() else { continue };
        let year = &earlier.written.fiscal_year;
        let message = text!(zh: "{code} 在 {year} 年叫“{old}”，现在叫“{name}”", en: "{code} was called {old} in {year} and is called {name} now");
        let column = now.spec.panels[at.0].first(crate::profile::ColumnKind::Label);
        let place = now.cell_place(at.0, at.1, column.unwrap_or_default());
        let mut finding = RULE
            .code
            .at(place, message)
            .help(text!(zh: "科目改了名，就在 content/concordance.yaml 里写明哪一年、为什么", en: "where the code was renamed, say in content/concordance.yaml since when and why"))
            .about(&disclosure.path, table.id);
        for (_, code, name, old) in renamed.iter().skip(1) {
            finding = finding
                .note(text!(zh: "还有：{code}“{old}”→“{name}”", en: "also: {code} {old} → {name}"));
        }
        report.push(finding);
    }
}
