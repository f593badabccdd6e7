//! Flags a section without its heading, with that of another section, or with one the form does not have.

use super::another_year_in_title::is_flagged;
use super::year_words::Form;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model, Section};
use crate::profile::same_name;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C113",
        name: "another-heading",
        severity: Severity::Error,
        page: include_str!("another_heading.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let specs = &disclosure.profile.sections;
    for section in &disclosure.sections {
        let Some(spec) = specs.get(&section.id) else {
            of_own(report, disclosure, section);
            continue;
        };
        // What was meant for a heading and is none has a finding of its own.
        let is_meant = |words: &str| words.trim_start().starts_with(['#', '＃']);
        let first = section.paragraphs.first();
        if !section.has_heading && first.is_some_and(|first| is_meant(&first.text)) {
            continue;
        }
        let filled = |title: &str| disclosure.filled(portal, title);
        let (title, stated) = (&section.title, &filled(&spec.title));
        if section.has_heading && same_name(title, stated) {
            continue;
        }
        let sign = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
        let is_same_but_for_years =
            same_name(&without_years(title, sign), &without_years(stated, sign));
        if is_same_but_for_years
            && (disclosure.own_years().is_empty()
                || is_flagged((disclosure, &Form::of(disclosure)), title))
        {
            continue;
        }
        let (own, found) = (bare(stated), bare(title));
        let mut others = specs.values().filter(|other| other.id != spec.id);
        let other = others.find(|other| same_name(bare(&filled(&other.title)), found));
        let (message, severity) = match other {
            _ if !section.has_heading => {
                (text!(zh: "这一节没有标题", en: "the section has no heading"), Severity::Error)
            }
            Some(other) if !same_name(own, found) => {
                let message = text!(
                    zh: "标题“{found}”是另一节（{other}）的", en: "the heading `{found}` is that of another section, `{other}`",
                    other = other.id,
                );
                (message, Severity::Error)
            }
            // As with the title of a table: the document may print it so.
            _ => {
                let message = text!(zh: "标题是“{title}”，模板里是“{stated}”", en: "the heading is `{title}`, in the form `{stated}`");
                (message, Severity::Warning)
            }
        };
        let help = text!(zh: "第一行写：# {stated}", en: "begin with the line: # {stated}");
        let mut finding = RULE.code.at(Place::start(section.file), message).help(help);
        finding.severity = severity;
        if section.has_heading {
            finding = finding.seen(section.title.as_str());
        }
        report.push(finding.about(&disclosure.path, section.id.as_str()));
    }
}

/// A section that the form does not have, without a heading: the name of its file would be its title.
fn of_own(report: &mut Report, disclosure: &Disclosure, section: &Section) {
    if section.has_heading {
        return as_another(report, disclosure, section);
    }
    if section.paragraphs.is_empty() {
        return;
    }
    let message = text!(zh: "这一节没有标题", en: "the section has no heading");
    let help = text!(zh: "第一行写：# 标题；不是正文的，移到别处", en: "begin with a line such as: # Title; move the file where it is no section");
    let finding = RULE.code.at(Place::start(section.file), message).help(help);
    report.push(finding.about(&disclosure.path, section.id.as_str()));
}

/// A section that the form does not have, with the heading of one that it has: a copy that was left behind.
fn as_another(report: &mut Report, disclosure: &Disclosure, section: &Section) {
    let specs = &disclosure.profile.sections;
    let mut others = disclosure.sections.iter().filter(|other| specs.contains_key(&other.id));
    let Some(other) = others.find(|other| other.has_heading && other.title == section.title) else {
        return;
    };
    let (slug, title) = (&other.slug, &section.title);
    let message = text!(zh: "标题“{title}”和 {slug}.md 的一样，读者会看到两遍", en: "the heading `{title}` is that of {slug}.md, and readers see both");
    let help = text!(zh: "多半是没有删去的副本：留下对的一个；是另一节的，改标题", en: "most likely a copy that was left behind: keep the right one; where it is another section, give it a heading of its own");
    let finding = RULE.code.at(Place::start(section.file), message).help(help);
    let finding = finding
        .related(Place::start(other.file), text!(zh: "同一个标题", en: "the same heading"))
        .seen(title.as_str());
    report.push(finding.about(&disclosure.path, section.id.as_str()));
}

/// A heading without its digits and the sign that the form writes behind a year.
fn without_years(title: &str, sign: &str) -> String {
    let words: String = title.chars().filter(|c| !c.is_ascii_digit()).collect();
    if sign.is_empty() { words } else { words.replace(sign, "") }
}

/// A heading without the number before it: `三、…`, `（二）…`, `4. …`.
fn bare(title: &str) -> &str {
    let is_number =
        |c: char| c.is_ascii_digit() || "一二三四五六七八九十百第（）()部分".contains(c);
    let rest = title.trim_start_matches(is_number);
    match rest.strip_prefix(['、', '.', '．', ' ', '\u{3000}']) {
        Some(rest) => rest.trim(),
        None => title.trim(),
    }
}
