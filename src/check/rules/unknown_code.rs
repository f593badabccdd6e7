//! Flags a code that its classification does not have, where the dictionary holds all of them.

use super::code_name_mismatch::coded;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::profile::dictionary::Dictionary;
use crate::yaml;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "K602",
        name: "unknown-code",
        severity: Severity::Warning,
        page: include_str!("unknown_code.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    // Which codes were in force nobody can say.
    if disclosure.own_years().is_empty() {
        return;
    }
    for coded in coded(disclosure) {
        let (dictionary, code, name) = (coded.dictionary, coded.code, coded.name);
        let is_known = dictionary.of(code, disclosure.year).next().is_some();
        if is_known || !dictionary.is_complete_for(code) {
            continue;
        }
        let title = &dictionary.title;
        let message = text!(zh: "“{title}”里没有 {code}（这里印作“{name}”）", en: "{title} has no {code} (printed here as {name})");
        report.push(
            RULE.code
                .at(coded.code_place(), message)
                .help(help(dictionary, code, name, disclosure.year))
                .about(&disclosure.path, coded.address()),
        );
    }
}

/// The code of the name, the nearest code there is, or where to look.
fn help(dictionary: &Dictionary, code: &str, name: &str, year: u32) -> Text {
    if let Some(entry) = dictionary.named(name, year).next() {
        return text!(zh: "“{name}”的代码是 {right}", en: "the code of {name} is {right}", right = entry.code);
    }
    let known: Vec<&str> = dictionary
        .entries
        .iter()
        .filter(|entry| entry.is_in_force(year) && entry.code.len() == code.len())
        .filter(|entry| dictionary.is_complete_for(&entry.code))
        .map(|entry| entry.code.as_str())
        .collect();
    match yaml::nearest(code, &known) {
        Some(near) => text!(zh: "是不是 {near}？", en: "did you mean {near}?"),
        None => text!(zh: "对照当年的科目改正代码", en: "compare with this year’s classification"),
    }
}
