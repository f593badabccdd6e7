//! Flags a year in the name of a project, or at the head of a goal, in which the project is not.

use std::ops::Range;

use crate::check::{Rule, RuleScope};
use crate::content::{digit, is_year};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::{At, Disclosure, Model, Project};
use crate::profile::ColumnKind;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P418",
        name: "another-year-in-project",
        severity: Severity::Warning,
        page: include_str!("another_year_in_project.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let own = disclosure.own_years();
    let Some(last) = own.iter().max() else { return };
    let suffix = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default().trim();
    if suffix.is_empty() {
        return;
    }
    for (index, project) in disclosure.projects.iter().enumerate() {
        let begun = disclosure.project_year(index).filter(|begun| begun <= last);
        let span = Span { begun, last: *last };
        report.diagnostics.extend(name(disclosure, (index, project), &span));
        for goal in disclosure.goals(index) {
            let Some(year) = first_year(goal.words, suffix).filter(|year| !span.holds(*year))
            else {
                continue;
            };
            let place = Place::value(project.file, goal.path);
            let name = &project.name;
            let message =
                text!(zh: "“{name}”的目标说的是 {year} 年", en: "a goal of `{name}` is of {year}");
            let finding = span.finding(disclosure, place, message, year);
            report.push(finding.about(&disclosure.path, goal.address));
        }
    }
}

/// The years of a project: from that of its code, where it says one, to the last of the disclosure.
struct Span {
    begun: Option<u32>,
    last: u32,
}

impl Span {
    fn holds(&self, year: u32) -> bool {
        year <= self.last && self.begun.is_none_or(|begun| year >= begun)
    }

    fn finding(
        &self,
        disclosure: &Disclosure,
        place: Place,
        message: Text,
        year: u32,
    ) -> Diagnostic {
        let last = &disclosure.written.fiscal_year;
        let help = match self.begun {
            Some(begun) if year < begun => {
                text!(zh: "项目编码是 {begun} 年的：年份多半沿用了旧表，改成本年，或核对编码", en: "its code is of {begun}: most likely the year of an old form was kept; put this one, or look at the code")
            }
            _ => {
                text!(zh: "这是 {last} 年的公开：核对年份", en: "this is a disclosure of {last}: look at the year")
            }
        };
        RULE.code.at(place, message).help(help).seen(year.to_string())
    }
}

/// The name of a project that says a year outside its years, and none of them.
fn name(
    disclosure: &Disclosure,
    (index, project): (usize, &Project),
    span: &Span,
) -> Option<Diagnostic> {
    let name = &project.name;
    let quoted: Vec<Range<usize>> = disclosure.quotes(name);
    let is_outside = |at: usize| !quoted.iter().any(|range| range.contains(&at));
    let years: Vec<u32> =
        numbers(name).into_iter().filter(|(at, _)| is_outside(*at)).map(|(_, year)| year).collect();
    let year = *years.first()?;
    if years.iter().any(|year| span.holds(*year)) {
        return None;
    }
    let spec = disclosure.project_spec()?;
    let field = spec.fields.values().position(|field| field.kind == ColumnKind::Label)?;
    let at = At::Field(index, field);
    let message = text!(zh: "项目名称“{name}”写着 {year} 年", en: "the name of the project `{name}` says {year}");
    let finding = span.finding(disclosure, disclosure.place_of(at), message, year);
    Some(finding.about(&disclosure.path, disclosure.address_of(at)))
}

/// The years of a text in four digits, with where they stand.
fn numbers(text: &str) -> Vec<(usize, u32)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(|c| digit(c).is_some()).map(|at| from + at) {
        from = text[start..].find(|c| digit(c).is_none()).map_or(text.len(), |end| start + end);
        let digits: String = text[start..from].chars().filter_map(digit).collect();
        let year = digits.parse().ok().filter(|_| is_year(&digits));
        found.extend(year.map(|year| (start, year)));
    }
    found
}

/// The year a goal begins with, behind its number: `1.2024年开展……`.
fn first_year(goal: &str, suffix: &str) -> Option<u32> {
    let is_ordinal =
        |c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()、.．， ".contains(c);
    let (at, year) = *numbers(goal).first()?;
    let end = at + goal[at..].find(|c| digit(c).is_none())?;
    let is_head = goal[..at].chars().all(is_ordinal);
    (is_head && goal[end..].trim_start().starts_with(suffix)).then_some(year)
}
