//! Rules of a profile that come to nothing in a disclosure that has figures for them: no row, project or
//! indicator is what they name.

use std::collections::BTreeSet;

use crate::address::{Rows, Target};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::model::{Disclosure, Lookup, Model, Outcome, Table};
use crate::profile::dictionary::Dictionary;
use crate::profile::equation::Equation;
use crate::profile::{Hierarchy, PanelSpec, same_name};
use crate::yaml;

/// Reports them where the profile states them.
pub(super) fn rules(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    outcomes: &[Outcome],
) {
    codes(report, disclosure);
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

/// Codes, and beginnings of codes, that no row prints and no classification has: what is looked for with them is
/// never there.
fn codes(report: &mut Report, disclosure: &Disclosure) {
    for tie_out in &disclosure.profile.tie_outs {
        let mut told = BTreeSet::new();
        for address in tie_out.equation.addresses().filter(|address| address.is_own()) {
            let Target::Cells { table, rows, .. } = &address.target else { continue };
            let (Rows::Key(code) | Rows::Prefix(code)) = rows else { continue };
            let Some(table) = disclosure.tables.get(table).filter(|table| !table.is_empty()) else {
                continue;
            };
            let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
            let Some(known) = is_code.then(|| KnownCodes::of(disclosure, table)).flatten() else {
                continue;
            };
            let is_beginning = matches!(rows, Rows::Prefix(_));
            if known.has(code, is_beginning) || !told.insert(code.clone()) {
                continue;
            }
            let (id, title) = (&tie_out.id, &table.title);
            let message = if is_beginning {
                text!(zh: "勾稽关系 {id} 里的 {rows}：{title}的科目没有以 {code} 开头的代码", en: "{rows} in the tie-out {id}: no code of {title} begins with {code}")
            } else {
                text!(zh: "勾稽关系 {id} 里的 {code}：{title}的科目没有这个代码", en: "{code} in the tie-out {id}: {title} has no such code")
            };
            let found = codes::IDLE_RULE.at(tie_out.place.clone(), message);
            report.push(
                found
                    .help(yaml::suggestion(code, &known.like(code)))
                    .about(&disclosure.path, "profile"),
            );
        }
    }
}

/// The codes of a table's classification, as far as the profile and the disclosure tell.
struct KnownCodes<'a> {
    lengths: &'a [usize],
    /// Those of its dictionary, those that forms stand for, and those that rows print.
    codes: BTreeSet<&'a str>,
    dictionary: Option<&'a Dictionary>,
}

impl<'a> KnownCodes<'a> {
    /// Nothing where the table has no codes, or where nothing tells which there are.
    fn of(disclosure: &'a Disclosure, table: &'a Table) -> Option<KnownCodes<'a>> {
        let profile = &disclosure.profile;
        let levels = |panel: &'a PanelSpec| match &panel.hierarchy {
            Hierarchy::Codes { lengths, .. } => Some((panel.classification.as_ref()?, lengths)),
            _ => None,
        };
        let (name, lengths) = table.spec.panels.iter().find_map(levels)?;
        let dictionary = profile.dictionaries.get(name).map(|one| &**one);
        let stated = profile.tables.values().flat_map(|table| &table.panels);
        let stated = stated.filter(|panel| panel.row_codes.as_ref() == Some(name));
        let stated =
            stated.flat_map(|panel| panel.rows.values()).filter_map(|row| row.code.as_deref());
        let listed = dictionary.into_iter().flat_map(|one| &one.entries);
        let mut codes: BTreeSet<&str> =
            stated.chain(listed.map(|entry| entry.code.as_str())).collect();
        if codes.is_empty() {
            return None;
        }
        let rows = table.panels.iter().flat_map(|panel| &panel.rows);
        codes.extend(rows.filter_map(|row| row.code.as_deref()));
        Some(KnownCodes { lengths, codes, dictionary })
    }

    /// Whether there may be such a code: lists of a class need not be whole, the list of classes is.
    fn has(&self, code: &str, is_beginning: bool) -> bool {
        let begins = |code: &str| {
            let first = self.codes.range(code..).next();
            first.is_some_and(|known| known.starts_with(code))
        };
        let class = &code[..code.len().min(self.lengths[0])];
        let is_whole = self.dictionary.is_some_and(|one| one.is_complete_for(code));
        let fits = if is_beginning {
            self.lengths.last().is_some_and(|longest| code.len() <= *longest)
        } else {
            self.lengths.contains(&code.len())
        };
        fits && (begins(code) || (begins(class) && !is_whole))
    }

    /// Beginnings of known codes that are as long as this one.
    fn like(&self, code: &str) -> Vec<&'a str> {
        let cut = self.codes.iter().filter_map(|known| known.get(..code.len()));
        let mut all: Vec<&str> = cut.collect();
        all.dedup();
        all
    }
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
