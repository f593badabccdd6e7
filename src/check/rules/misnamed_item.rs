//! Flags a name in the text that is not that of the code or the item it stands for.

use indexmap::IndexMap;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::prose::statement::{Called, Miscalled};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N316",
        name: "misnamed-item",
        severity: Severity::Warning,
        page: include_str!("misnamed_item.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// How many other places a finding shows.
const SHOWN: usize = 3;

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let mut findings: IndexMap<(&str, String), Diagnostic> = IndexMap::new();
    for called in &disclosure.sayings(portal).called {
        let section = &disclosure.sections[called.section];
        let place = Place::bytes(section.file, called.range.clone());
        let (said, about) = (called.said.as_str(), meant(&called.fault));
        // The same slip in several places is one finding.
        if let Some(finding) = findings.get_mut(&(said, about.clone())) {
            if finding.related.len() < SHOWN {
                *finding = finding.clone().related(place, text!(zh: "这里也是", en: "here too"));
            }
            continue;
        }
        let mut finding = RULE.code.at(place, message(called, disclosure.year)).help(help(called));
        if called.is_certain {
            finding.severity = Severity::Error;
        }
        let address = format!("narrative/{}/{said}", section.id);
        findings.insert((said, about), finding.about(&disclosure.path, address));
    }
    report.diagnostics.extend(findings.into_values());
}

/// What a name should be, in a word.
fn meant(fault: &Miscalled) -> String {
    match fault {
        Miscalled::Former { name, .. } | Miscalled::Misspelt { name, .. } => name.clone(),
        Miscalled::OfAnother { code, .. } => code.clone(),
    }
}

fn message(called: &Called, year: u32) -> Text {
    let said = &called.said;
    match &called.fault {
        Miscalled::Former { code, until, name } => {
            text!(zh: "“{said}”是 {code} 到 {until} 年为止的名称，{year} 年叫“{name}”", en: "{code} was called {said} until {until}; in {year} it is {name}")
        }
        Miscalled::OfAnother { code, names, right, .. } if names.is_empty() => {
            text!(zh: "科目和表里没有 {code}，“{said}”的代码是 {right}", en: "neither the classification nor a table has {code}: the code of {said} is {right}")
        }
        Miscalled::OfAnother { code, names, .. } => text!(
            zh: "{code} 是“{zh}”，正文却写作“{said}”", en: "{code} is {en}, but the text calls it {said}",
            zh = names.join("”或“"), en = names.join(" or "),
        ),
        Miscalled::Misspelt { name, is_spelling: true, .. } => {
            text!(zh: "“{said}”在科目和表里写作“{name}”：同一个名称有两种写法", en: "{said} is {name} in the classification and the tables: one name, two spellings")
        }
        Miscalled::Misspelt { name, .. } => {
            text!(zh: "没有叫“{said}”的科目，应是“{name}”", en: "nothing is called {said}: {name} is meant")
        }
    }
}

fn help(called: &Called) -> Text {
    let said = &called.said;
    match &called.fault {
        Miscalled::Former { .. } => {
            text!(zh: "多半是照搬了改名以前的文字；写当年的名称", en: "likely copied from a text of before; print the name of this year")
        }
        Miscalled::OfAnother { code, right, amount: Some(false), .. } => {
            text!(zh: "“{said}”的代码是 {right}，后面的数也是它的：写错的多半是代码 {code}", en: "the code of {said} is {right}, and the amount is that of {right}: {code} is likely wrong")
        }
        Miscalled::OfAnother { code, right, amount: Some(true), .. } => {
            text!(zh: "“{said}”的代码是 {right}，后面的数却是 {code} 的：写错的多半是名称", en: "the code of {said} is {right}, but the amount is that of {code}: the name is likely wrong")
        }
        Miscalled::OfAnother { code, names, right, .. } if names.is_empty() => {
            text!(zh: "是“{said}”的，把 {code} 改成 {right}；是别的科目的，写那个科目的名称", en: "where {said} is meant, write {right} for {code}; where another item is, print its name")
        }
        Miscalled::OfAnother { right, .. } => {
            text!(zh: "“{said}”的代码是 {right}：代码和名称，有一个写错了", en: "the code of {said} is {right}: one of the two is wrong")
        }
        Miscalled::Misspelt { is_spelling: true, wrong, right, .. } => {
            text!(zh: "“{wrong}”改成“{right}”", en: "write {right} for {wrong}")
        }
        Miscalled::Misspelt { wrong, right, .. } if right.is_empty() => {
            text!(zh: "多写了“{wrong}”", en: "{wrong} is too many")
        }
        Miscalled::Misspelt { wrong, right, .. } if wrong.is_empty() => {
            text!(zh: "漏写了“{right}”", en: "{right} is missing")
        }
        Miscalled::Misspelt { wrong, right, .. } if wrong.chars().rev().eq(right.chars()) => {
            text!(zh: "“{wrong}”两个字写颠倒了，应是“{right}”", en: "{wrong} should be {right}: two letters changed places")
        }
        Miscalled::Misspelt { wrong, right, .. } => {
            text!(zh: "错字：“{right}”写成了“{wrong}”", en: "{right} was mistyped as {wrong}")
        }
    }
}
