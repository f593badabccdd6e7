//! Flags a project code of another shape, division or year, or one that stands twice.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::{At, Disclosure, Model};
use crate::profile::targets::{CodePart, Says, Sign};
use std::collections::BTreeMap;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P412",
        name: "project-code",
        severity: Severity::Error,
        page: include_str!("project_code.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    if disclosure.target_spec().is_none_or(|spec| spec.code.is_empty()) {
        return;
    }
    let mut first: BTreeMap<&str, At> = BTreeMap::new();
    for project in 0..disclosure.projects.len() {
        let Some((field, code)) = disclosure.project_code(project) else { continue };
        let at = At::Field(project, field);
        let found = match first.get(code) {
            Some(other) => Some(
                found(disclosure, at, text!(zh: "项目编码 {code} 用了两次", en: "the project code {code} stands twice"))
                    .related(disclosure.place_of(*other), text!(zh: "第一次在这里", en: "first here"))
                    .help(text!(zh: "每个项目一个编码：核对两个项目", en: "every project has a code of its own: compare the two")),
            ),
            None => wrong(portal, disclosure, at, code),
        };
        first.entry(code).or_insert(at);
        if let Some(found) = found {
            report.push(found);
        }
    }
}

fn found(disclosure: &Disclosure, at: At, message: Text) -> Diagnostic {
    RULE.code
        .at(disclosure.place_of(at), message)
        .about(&disclosure.path, disclosure.address_of(at))
}

/// What is wrong with one code alone.
fn wrong(portal: &Model, disclosure: &Disclosure, at: At, code: &str) -> Option<Diagnostic> {
    let spec = disclosure.target_spec()?;
    let Some(read) = spec.read_code(code) else {
        let message = text!(zh: "“{code}”不合项目编码的写法", en: "`{code}` has not the shape of a project code");
        let help = shape(&spec.code, code.chars().count());
        return Some(found(disclosure, at, message).help(help));
    };
    let region = &portal.organisation(disclosure).written.region_code;
    let year = &disclosure.year;
    let message = match read.region {
        Some(own) if !region.is_empty() && own != region => {
            text!(zh: "项目编码 {code} 以 {own} 开头，本单位的行政区划是 {region}", en: "the project code {code} begins with {own}, but the division is {region}")
        }
        _ => {
            let At::Field(project, _) = at else { return None };
            let later = disclosure.project_year(project).filter(|own| own > year)?;
            let known = disclosure.own_years();
            if known.is_empty() || known.iter().any(|own| *own >= later) {
                return None;
            }
            text!(zh: "项目编码 {code} 是 {later} 年的，晚于 {year} 年度", en: "the project code {code} is of {later}, after the year {year}")
        }
    };
    let mut found = found(disclosure, at, message);
    found.severity = Severity::Warning;
    Some(found.help(text!(zh: "核对编码，多半是抄错了一位", en: "compare the code: a digit was probably miscopied")))
}

/// What a code looks like, part by part.
fn shape(parts: &[CodePart], own: usize) -> Text {
    let each = parts.iter().map(|part| {
        let length = part.length;
        let signs = match part.sign {
            Sign::Digit => text!(zh: "{length} 位数字", en: "{length} digits"),
            Sign::Letter => text!(zh: "{length} 位大写字母", en: "{length} capital letters"),
            Sign::Any => text!(zh: "{length} 位数字或大写字母", en: "{length} digits or capital letters"),
        };
        match part.says {
            Some(Says::Region) => text!(zh: "{zh}（行政区划）", en: "{en} (the division)", zh = signs.zh, en = signs.en),
            Some(Says::Year) => text!(zh: "{zh}（年份）", en: "{en} (the year)", zh = signs.zh, en = signs.en),
            None => signs,
        }
    });
    let (zh, en): (Vec<String>, Vec<String>) = each.map(|text| (text.zh, text.en)).unzip();
    let length: usize = parts.iter().map(|part| part.length).sum();
    text!(zh: "项目编码共 {length} 位：{zh}；这里有 {own} 位", en: "a project code has {length} characters: {en}; this has {own}", zh = zh.join("、"), en = en.join(", "))
}
