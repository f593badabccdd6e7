//! Flags a code printed with another name than its classification gives it that year.

use indexmap::IndexMap;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::{Cell, Disclosure, Model, Row, Table};
use crate::profile::dictionary::{Dictionary, Entry};
use crate::profile::{ColumnKind, PanelSpec, normalized_name};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "K601",
        name: "code-name-mismatch",
        severity: Severity::Error,
        page: include_str!("code_name_mismatch.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// How many other tables a finding shows.
const SHOWN: usize = 3;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    // Which codes were in force nobody can say.
    if disclosure.own_years().is_empty() {
        return;
    }
    let mut findings: IndexMap<(&str, &str), Diagnostic> = IndexMap::new();
    let mut unknown: IndexMap<(&str, &str), Vec<Coded>> = IndexMap::new();
    for coded in coded(disclosure) {
        let Coded { dictionary, code, name, .. } = coded;
        let entries: Vec<&Entry> = dictionary.of(code, disclosure.year).collect();
        if entries.is_empty() {
            unknown.entry((dictionary.title.as_str(), code)).or_default().push(coded);
            continue;
        }
        if entries.iter().any(|entry| entry.is_called(name)) {
            continue;
        }
        // The same slip in several tables is one finding.
        if let Some(finding) = findings.get_mut(&(code, name)) {
            if finding.related.len() < SHOWN {
                *finding =
                    finding.clone().related(coded.place(), text!(zh: "这里也是", en: "here too"));
            }
            continue;
        }
        let year = disclosure.year;
        let is_certain = entries.iter().any(|entry| dictionary.is_certain(entry, year));
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let message = text!(
            zh: "{code} 是“{zh}”，这里却印作“{name}”", en: "{code} is {en}, but is printed as {name}",
            zh = names.join("”或“"), en = names.join(" or "),
        );
        let mut finding =
            RULE.code.at(coded.place(), message).help(help(dictionary, code, name, year));
        if !is_certain {
            finding.severity = Severity::Warning;
            let title = &dictionary.title;
            finding = finding.note(text!(zh: "“{title}”里这个名称没有逐字核对过，以当年的科目为准", en: "this name of {title} was not read in a source: this year’s classification decides"));
        }
        findings.insert((code, name), finding.about(&disclosure.path, coded.address()));
    }
    report.diagnostics.extend(findings.into_values());
    let odd = unknown.into_values().filter_map(|places| printed_otherwise(disclosure, &places));
    report.diagnostics.extend(odd);
}

/// A code that no dictionary explains and that one table prints beside another name than the others. A name that is
/// a part of the other is a shorter print of it.
fn printed_otherwise(disclosure: &Disclosure, places: &[Coded]) -> Option<Diagnostic> {
    // By their names as they are compared, with the first one as it is printed.
    let mut names: IndexMap<String, (&str, Vec<&Coded>)> = IndexMap::new();
    for place in places {
        let (_, all) = names.entry(normalized_name(place.name)).or_insert((place.name, Vec::new()));
        all.push(place);
    }
    let most = names.values().map(|(_, all)| all.len()).max()?;
    let (usual, others) = names.values().find(|(_, all)| all.len() == most)?;
    let is_odd = |(name, _): &&(&str, Vec<&Coded>)| {
        name != usual && !name.contains(usual) && !usual.contains(name)
    };
    let (name, odd) = names.values().find(is_odd)?;
    let (first, other) = (odd.first()?, others.first()?);
    let message = text!(
        zh: "{code} 这里印作“{name}”，别处印作“{usual}”", en: "{code} is printed as {name} here, and as {usual} elsewhere",
        code = first.code,
    );
    let mut finding = RULE
        .code
        .at(first.place(), message)
        .related(other.place(), text!(zh: "别处", en: "elsewhere"))
        .help(text!(zh: "同一个代码是同一个科目：代码和名称，有一个写错了", en: "one code is one subject: the code or one of the names is wrong"))
        .about(&disclosure.path, first.address());
    // Of two that are as common, it is not known which is wrong.
    if odd.len() == most {
        finding.severity = Severity::Warning;
    }
    Some(finding)
}

fn help(dictionary: &Dictionary, code: &str, name: &str, year: u32) -> Text {
    let family = &code[..code.len().min(3)];
    let near = dictionary.named(name, year).find(|entry| entry.code.starts_with(family));
    match near.or_else(|| dictionary.named(name, year).next()) {
        Some(entry) => {
            text!(zh: "“{name}”的代码是 {right}：代码和名称，有一个写错了", en: "the code of {name} is {right}: one of the two is wrong", right = entry.code)
        }
        None => {
            text!(zh: "照当年的科目改名称；印法不同而意思一样的，写进科目字典的 aliases", en: "print the name of this year’s classification; where it is the same name printed otherwise, add it to `aliases` in the dictionary")
        }
    }
}

/// A row the department filled in under a code that a dictionary explains.
pub(super) struct Coded<'a> {
    /// The dictionary of its classification.
    pub(super) dictionary: &'a Dictionary,
    /// Its code.
    pub(super) code: &'a str,
    /// The name printed beside it.
    pub(super) name: &'a str,
    table: &'a Table,
    panel: usize,
    row: usize,
}

impl Coded<'_> {
    fn form(&self) -> &PanelSpec {
        &self.table.spec.panels[self.panel]
    }

    fn cell(&self, kind: ColumnKind) -> Place {
        self.table.cell_place(self.panel, self.row, self.form().first(kind).unwrap_or_default())
    }

    /// Where the name stands.
    pub(super) fn place(&self) -> Place {
        self.cell(ColumnKind::Label)
    }

    /// Where the code stands.
    pub(super) fn code_place(&self) -> Place {
        self.cell(ColumnKind::Code)
    }

    /// Its address.
    pub(super) fn address(&self) -> String {
        let (table, panel) = (&self.table.spec.id, &self.form().id);
        let key = &self.table.panels[self.panel].rows[self.row].key;
        if panel.is_empty() { format!("{table}/{key}") } else { format!("{table}/{panel}.{key}") }
    }
}

/// Every such row of a disclosure.
pub(super) fn coded(disclosure: &Disclosure) -> Vec<Coded<'_>> {
    let mut all = Vec::new();
    for table in disclosure.tables.values() {
        for (number, form, panel) in table.panels() {
            let of = form.classification.as_ref();
            let Some(dictionary) = of.and_then(|id| disclosure.profile.dictionaries.get(id)) else {
                continue;
            };
            for (index, row) in panel.rows.iter().enumerate() {
                let Row { code: Some(code), spec: None, name, .. } = row else { continue };
                let label = form.first(ColumnKind::Label).map(|column| &row.cells[column]);
                // A name left out or withheld is nothing to compare.
                if name.is_empty() || matches!(label, Some(Cell::Withheld(_))) {
                    continue;
                }
                all.push(Coded { dictionary, code, name, table, panel: number, row: index });
            }
        }
    }
    all
}
