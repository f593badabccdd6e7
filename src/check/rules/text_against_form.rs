//! Flags a text of a project that says another figure than its form: another budget, or more than its
//! indicators promise.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;

use crate::amount::{Decimal, half_unit, printed_apart};
use crate::check::{Rule, RuleScope};
use crate::content::is_year;
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::prose::{Money, amounts};
use crate::model::target::{self, Bound, Measure, Quantity};
use crate::model::{Amount, At, Disclosure, Indicator, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P419",
        name: "text-against-form",
        severity: Severity::Warning,
        page: include_str!("text_against_form.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for project in 0..disclosure.projects.len() {
        let texts = texts(disclosure, project);
        report
            .diagnostics
            .extend(texts.iter().filter_map(|text| amount(disclosure, project, text)));
        report.diagnostics.extend(counts(disclosure, project, &texts));
    }
}

/// A text of a project.
struct ProjectText<'a> {
    words: &'a str,
    place: Place,
    address: String,
    /// The number of its field, where it is one.
    field: Option<usize>,
}

fn texts(disclosure: &Disclosure, project: usize) -> Vec<ProjectText<'_>> {
    let fields = disclosure.texts_of(project).map(|(field, words)| {
        let at = At::Field(project, field);
        let (place, address) = (disclosure.place_of(at), disclosure.address_of(at));
        ProjectText { words, place, address, field: Some(field) }
    });
    let file = disclosure.projects[project].file;
    let goals = disclosure.goals(project).map(|goal| ProjectText {
        words: goal.words,
        place: Place::value(file, goal.path),
        address: goal.address,
        field: None,
    });
    fields.chain(goals).collect()
}

/// An amount whose words name a field that holds another.
fn amount(disclosure: &Disclosure, project: usize, text: &ProjectText) -> Option<Diagnostic> {
    let spec = disclosure.project_spec()?;
    let (_, form) = spec.fields.get_index(text.field?)?;
    if form.figures.is_empty() {
        return None;
    }
    let is_money = |money: &&Money| !money.percent;
    for money in amounts(&disclosure.profile, text.words).iter().filter(is_money) {
        let before = text.words[..money.range.start].trim_end().trim_end_matches([':', '：']);
        let statements = disclosure.profile.prose.as_ref().map(|prose| &prose.statements);
        let before = statements.map_or(before, |statements| statements.without_fillers(before));
        let named = form.figures.iter().filter(|(words, _)| before.ends_with(words.as_str()));
        let Some((words, id)) = named.max_by_key(|(words, _)| words.len()) else { continue };
        let whole = spec.fields.get_index_of(id)?;
        let at = At::Field(project, whole);
        let Amount::Printed(value, slack) = disclosure.amount(at) else { continue };
        let own = half_unit(money.value.scale()).checked_mul(money.factor)?;
        let apart = money.amount().checked_sub(value)?;
        // What is left of a project of an earlier year is less than the whole its text may name.
        let is_whole = disclosure.is_carried_over(project) && !apart.is_sign_negative();
        if apart.abs() <= printed_apart(own, slack) || is_whole {
            continue;
        }
        let said = format!("{words}{}", &text.words[money.range.clone()]);
        let of = disclosure.words_of(at);
        let holds = disclosure.words_of_field(project, whole);
        let message = text!(
            zh: "文字里写“{said}”，{zh}却是 {holds}", en: "the text says {said}, but {en} is {holds}",
            zh = of.zh, en = of.en,
        );
        let help = text!(zh: "核对两处，改写错的一处", en: "compare the two and mend the one that is wrong");
        let finding = RULE.code.at(text.place.clone(), message).help(help);
        let finding = finding.related(disclosure.place_of(at), of.clone());
        return Some(finding.about(&disclosure.path, text.address.clone()));
    }
    None
}

/// The one number of a unit in the texts, where the one indicator of that unit promises less of the same.
fn counts(disclosure: &Disclosure, project: usize, texts: &[ProjectText]) -> Vec<Diagnostic> {
    let mut units: BTreeMap<&str, Unit> = BTreeMap::new();
    let indicators = disclosure.indicators(project);
    for indicator in &indicators {
        if let Some(promised) = indicator.reading.quantity().filter(|one| is_count(one)) {
            let unit = units.entry(&promised.unit).or_default();
            unit.promised.push((indicator, promised));
        }
    }
    for text in texts {
        said_in(disclosure, text, &mut units);
    }
    units.values().filter_map(|unit| against(disclosure, unit)).collect()
}

/// What indicators promise of one unit, and what texts say of it.
#[derive(Default)]
struct Unit<'a> {
    promised: Vec<(&'a Indicator<'a>, &'a Quantity)>,
    said: Vec<Said<'a>>,
}

/// A number of a unit in a text.
struct Said<'a> {
    text: &'a ProjectText<'a>,
    value: Decimal,
    words: &'a str,
    /// What stands before and behind it.
    around: [&'a str; 2],
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.measure == Measure::Count
        && !quantity.unit.is_empty()
        && quantity.per.is_none()
        && quantity.upper.is_none()
}

/// Adds the numbers of a text to their units.
fn said_in<'a>(
    disclosure: &Disclosure,
    text: &'a ProjectText<'a>,
    units: &mut BTreeMap<&str, Unit<'a>>,
) {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut rest = text.words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let behind = digits.trim_start_matches(is_part);
        let number = digits.strip_suffix(behind).unwrap_or(digits);
        let place = text.words.len().saturating_sub(digits.len());
        rest = behind;
        // `2024人才引进`: a year is no number of anything.
        let Some(tail) = tail(disclosure, behind, units).filter(|_| !is_year(number)) else {
            continue;
        };
        let words = digits.strip_suffix(tail).unwrap_or(digits);
        let read = target::read(&disclosure.profile, words);
        let Some(read) = read.quantity().filter(|read| is_count(read)) else { continue };
        if let Some(unit) = units.get_mut(read.unit.as_str()) {
            let around = [&text.words[..place], tail];
            unit.said.push(Said { text, value: read.value, words, around });
        }
    }
}

/// What follows the longest of the units that a text begins with, perhaps behind a scale such as 万.
fn tail<'t>(
    disclosure: &Disclosure,
    text: &'t str,
    units: &BTreeMap<&str, Unit>,
) -> Option<&'t str> {
    const LONGEST: usize = 8;
    let scales = disclosure.profile.targets.iter().flat_map(|spec| spec.words.scales.keys());
    let begins = scales.filter_map(|scale| text.trim_start().strip_prefix(scale.as_str()));
    let ends = begins.chain([text]).flat_map(|text| {
        let text = text.trim_start();
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(1).take(LONGEST);
        ends.filter(|end| units.contains_key(&text[..*end])).map(|end| &text[end..])
    });
    ends.min_by_key(|tail| tail.len())
}

fn against(disclosure: &Disclosure, unit: &Unit) -> Option<Diagnostic> {
    let ([(indicator, promised)], [said]) = (unit.promised.as_slice(), unit.said.as_slice()) else {
        return None;
    };
    let names = [indicator.name, indicator.description];
    let is_same = names.iter().any(|words| shares_word(said.around, words));
    if promised.bound == Bound::AtMost || said.value <= promised.value || !is_same {
        return None;
    }
    let (name, value) = (indicator.name, indicator.printed);
    let message = text!(
        zh: "文字里写“{said}”，指标“{name}”却是 {value}", en: "the text says {said}, but the indicator {name} is {value}",
        said = said.words,
    );
    let help = text!(zh: "说的是一件事的，两处应当一样：改写错的一处", en: "where both speak of one thing they are the same: mend the one that is wrong");
    let finding = RULE.code.at(said.text.place.clone(), message).help(help);
    let place = disclosure.place_of(indicator.at);
    let finding = finding.related(place, text!(zh: "指标", en: "the indicator"));
    Some(finding.about(&disclosure.path, said.text.address.clone()))
}

/// Whether two characters in a row stand both beside a number and in a name.
fn shares_word([before, behind]: [&str; 2], name: &str) -> bool {
    const NEAR: usize = 8;
    let before: Vec<char> = before.chars().rev().take(NEAR).collect();
    let before: String = before.into_iter().rev().collect();
    let behind: String = behind.chars().take(NEAR).collect();
    let name: Vec<char> = name.chars().collect();
    name.windows(2).any(|pair| {
        let pair: String = pair.iter().collect();
        before.contains(&pair) || behind.contains(&pair)
    })
}
