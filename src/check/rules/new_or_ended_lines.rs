//! Tells which codes a table has that it had not last year, and which it has no more.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::years::{MatchedTable, matched};
use crate::model::{Disclosure, Model, Row, Table};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "Y504",
        name: "new-or-ended-lines",
        severity: Severity::Note,
        page: include_str!("new_or_ended_lines.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let Some(earlier) = disclosure.prior.map(|index| &portal.disclosures[index]) else { return };
    // One classification runs through several tables: a code is named once.
    let (mut said_new, mut said_ended) = (BTreeSet::new(), BTreeSet::new());
    for matched in matched(disclosure, earlier).tables {
        let (Some(now), Some(before)) = (matched.now, matched.before) else { continue };
        let (now, before) = (&disclosure.tables[now], &earlier.tables[before]);
        // A table without figures in either year did not change line by line, and one that
        // printed no codes cannot have had fewer of them.
        if [now, before].iter().any(|table| table.is_empty() || !is_coded(table)) {
            continue;
        }
        let new = lines(&matched, now, true, &mut said_new);
        let ended = lines(&matched, before, false, &mut said_ended);
        if new.is_empty() && ended.is_empty() {
            continue;
        }
        report.push(
            RULE.code
                .at(Place::key(now.file, "rows"), message(now, &earlier.written.fiscal_year, &new, &ended))
                .seen(format!("{} → {}", ended.join("、"), new.join("、")))
                .help(text!(zh: "如果是科目改了代码，就在 content/concordance.yaml 里写明从哪个到哪个", en: "where a code was renumbered, say in content/concordance.yaml from which to which"))
                .about(&disclosure.path, matched.id),
        );
    }
}

fn message(table: &Table, year: &str, new: &[String], ended: &[String]) -> Text {
    let (id, title) = (&table.spec.id, &table.title);
    let list = |words: &[String], sign: &str| words.join(sign);
    match (new, ended) {
        (new, []) => text!(
            zh: "“{title}”比 {year} 年多了 {count} 个科目：{zh}", en: "`{id}` has {count} more codes than in {year}: {en}",
            count = new.len(), zh = list(new, "、"), en = list(new, ", "),
        ),
        ([], ended) => text!(
            zh: "“{title}”比 {year} 年少了 {count} 个科目：{zh}", en: "`{id}` has {count} fewer codes than in {year}: {en}",
            count = ended.len(), zh = list(ended, "、"), en = list(ended, ", "),
        ),
        (new, ended) => text!(
            zh: "与 {year} 年比，“{title}”新有 {zh}，不再有 {zh_ended}", en: "against {year}, `{id}` is new in {en}, and has no longer {en_ended}",
            zh = list(new, "、"), zh_ended = list(ended, "、"), en = list(new, ", "), en_ended = list(ended, ", "),
        ),
    }
}

/// Whether any line of the table has a code.
fn is_coded(table: &Table) -> bool {
    table.panels.iter().flat_map(|panel| &panel.rows).any(|row| row.code.is_some())
}

/// The coded lines that stand in one of the years only, in words, each said once.
fn lines(
    matched: &MatchedTable,
    table: &Table,
    is_now: bool,
    said: &mut BTreeSet<String>,
) -> Vec<String> {
    let mut words = Vec::new();
    for pair in &matched.lines {
        let (here, there) = if is_now { (pair.now, pair.before) } else { (pair.before, pair.now) };
        let (Some((panel, row)), None) = (here, there) else { continue };
        let Row { spec: None, code: Some(code), name, .. } = &table.panels[panel].rows[row] else {
            continue;
        };
        if said.insert(code.clone()) {
            words.push(format!("{code} {name}"));
        }
    }
    words
}
