//! Flags a fiscal year that the folder or the codes of the projects contradict.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D708",
        name: "another-fiscal-year",
        severity: Severity::Error,
        page: include_str!("another_fiscal_year.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// One project alone may well be carried over.
const SEVERAL: usize = 2;

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let written = &disclosure.written;
    let own = &written.fiscal_year;
    let place = Place::value(written.file, "fiscal_year");
    let years = disclosure.fiscal_years();
    if let [first, _, ..] = years.as_slice()
        && disclosure.profile.duties.calendar_year
    {
        let message = text!(
            zh: "fiscal_year 是 {own}，这种公开的年度只有一个公历年", en: "fiscal_year is {own}, but the fiscal year of this form is one year of the calendar",
        );
        let help = text!(zh: "写成 {first}", en: "write {first}");
        let finding = RULE.code.at(place, message).help(help);
        return report.push(finding.about(&disclosure.path, "fiscal_year"));
    }
    let other = disclosure.other_folder_years().first().map(u32::to_string);
    if let Some(year) = other.as_deref().or_else(|| disclosure.folder_slip()) {
        let message = text!(
            zh: "fiscal_year 是 {own}，文件夹的名字“{folder}”写着 {year}", en: "fiscal_year is {own}, but the folder’s name `{folder}` says {year}",
            folder = disclosure.id,
        );
        let help = text!(
            zh: "核对是哪一年的：改 fiscal_year，或者给文件夹改名（网址跟着变）", en: "see which year it is of: mend fiscal_year, or rename the folder, which changes its address",
        );
        let finding = RULE.code.at(place, message).help(help);
        report.push(finding.about(&disclosure.path, "fiscal_year"));
        return;
    }
    let projects = 0..disclosure.projects.len();
    let years: Vec<u32> = projects.filter_map(|index| disclosure.project_year(index)).collect();
    let Some(newest) = years.iter().max().filter(|_| disclosure.year > 0) else { return };
    if years.len() < SEVERAL || *newest >= disclosure.year {
        return;
    }
    let message = text!(
        zh: "fiscal_year 是 {own}，{count} 个项目编码却没有一个是这一年的，最晚的是 {newest} 年", en: "fiscal_year is {own}, but of {count} project codes none is of that year: the newest is of {newest}",
        count = years.len(),
    );
    let mut finding = RULE.code.at(place, message).help(text!(
        zh: "核对年度；确实全是上年结转的项目，在 accept 里说明", en: "look at the year; where all projects are carried over, say so under `accept`",
    ));
    finding.severity = Severity::Warning;
    report.push(finding.about(&disclosure.path, "fiscal_year"));
}
