//! Flags a section the profile requires and the disclosure does not hold.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model, Section};
use crate::profile::{SectionSpec, same_name};
use crate::source::Place;
use crate::yaml::nearest;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C102",
        name: "missing-section",
        severity: Severity::Error,
        page: include_str!("missing_section.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let read = disclosure.sections.iter().map(|section| &section.id);
    let there: BTreeSet<&str> = read.map(String::as_str).collect();
    let required = disclosure.profile.sections.values().filter(|spec| spec.required);
    let is_unread = |id: &str| disclosure.is_unread_section(id);
    if there.is_empty()
        && required.clone().count() > 1
        && !required.clone().any(|spec| is_unread(&spec.id))
    {
        let count = required.count();
        let message = text!(zh: "一节说明也没有，应当有 {count} 节", en: "there is no section, and {count} are required");
        let help = text!(zh: "看看文件夹有没有搬走、名字有没有写错：每节一个文件，narrative/<序号>-<名称>.md", en: "see whether the folder was moved or misspelt: one file a section, narrative/<number>-<name>.md");
        let finding = RULE.code.at(disclosure.place(), message).help(help);
        report.push(finding.about(&disclosure.path, "narrative"));
        return;
    }
    for spec in disclosure.profile.sections.values() {
        if spec.required
            && !there.contains(spec.id.as_str())
            && !disclosure.is_unread_section(&spec.id)
        {
            let message = text!(zh: "缺少“{title}”这一节", en: "the section `{id}` is missing", title = disclosure.filled(portal, &spec.title), id = spec.id);
            let finding = if let Some(section) = meant(disclosure, spec) {
                let digits = section.slug.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
                let number = match &section.slug[..digits] {
                    "" => String::new(),
                    digits => format!("{digits}-"),
                };
                let help = text!(
                    zh: "这个文件是不是它？改名为 narrative/{number}{id}.md", en: "is it this file? rename it narrative/{number}{id}.md",
                    id = spec.id,
                );
                RULE.code.at(Place::start(section.file), message).help(help)
            } else {
                let help = text!(
                    zh: "新建 narrative/<序号>-{id}.md；没有内容就写“无。”", en: "add narrative/<number>-{id}.md; where there is nothing to say, say so",
                    id = spec.id,
                );
                let label = text!(zh: "这个模板要求它", en: "this profile requires it");
                RULE.code.at(disclosure.place(), message).label(label).help(help)
            };
            report.push(finding.about(&disclosure.path, spec.id.as_str()));
        }
    }
}

/// The section that the profile does not know and that was most likely meant to be one it requires: by
/// its heading, or by its name.
fn meant<'a>(disclosure: &'a Disclosure, spec: &SectionSpec) -> Option<&'a Section> {
    let known = &disclosure.profile.sections;
    let mut others = disclosure.sections.iter().filter(|section| !known.contains_key(&section.id));
    others.find(|section| {
        let has_heading = section.has_heading && same_name(&section.title, &spec.title);
        has_heading || nearest(&section.id, &[spec.id.as_str()]).is_some()
    })
}
