//! Flags a text of a project that says another figure than its form: another budget, or more than its
//! indicators promise.

#![deny(clippy::arithmetic_side_effects)]

use crate::amount::{Decimal, half_unit};
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::prose::{Money, amounts};
use crate::model::target::{self, Bound, Measure, Quantity};
use crate::model::{Amount, At, Cell, Disclosure, Indicator, Model};
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
        for text in &texts {
            report.diagnostics.extend(text.named.and_then(|field| amount(disclosure, text, field)));
        }
        report.diagnostics.extend(counts(disclosure, project, &texts));
    }
}

/// A text of a project.
struct ProjectText<'a> {
    words: &'a str,
    place: Place,
    address: String,
    /// Its field, where it is one.
    named: Option<At>,
}

fn texts(disclosure: &Disclosure, index: usize) -> Vec<ProjectText<'_>> {
    let project = &disclosure.projects[index];
    let fields = project.fields.iter().enumerate().filter_map(|(field, cell)| {
        let Cell::Text(words) = cell else { return None };
        let at = At::Field(index, field);
        let (place, address) = (disclosure.place_of(at), disclosure.address_of(at));
        Some(ProjectText { words, place, address, named: Some(at) })
    });
    let goals = disclosure.goals(index).map(|goal| ProjectText {
        words: goal.words,
        place: Place::value(project.file, goal.path),
        address: goal.address,
        named: None,
    });
    fields.chain(goals).collect()
}

/// An amount whose words name a field that holds another.
fn amount(disclosure: &Disclosure, text: &ProjectText, at: At) -> Option<Diagnostic> {
    let At::Field(project, field) = at else { return None };
    let spec = disclosure.project_spec()?;
    let (_, field) = spec.fields.get_index(field)?;
    if field.figures.is_empty() {
        return None;
    }
    let is_money = |money: &&Money| !money.percent;
    for money in amounts(&disclosure.profile, text.words).iter().filter(is_money) {
        let before = without_fillers(disclosure, &text.words[..money.range.start]);
        let named = field.figures.iter().filter(|(words, _)| before.ends_with(words.as_str()));
        let Some((words, id)) = named.max_by_key(|(words, _)| words.len()) else { continue };
        let whole = At::Field(project, spec.fields.get_index_of(id)?);
        let Amount::Printed(value, slack) = disclosure.amount(whole) else { continue };
        let own = half_unit(money.value.scale()).checked_mul(money.factor)?;
        let allowed = if own == slack { Decimal::ZERO } else { own.max(slack) };
        let apart = money.amount().checked_sub(value)?;
        // What is left of a project of an earlier year is less than the whole its text may name.
        let is_whole = disclosure.is_carried_over(project) && !apart.is_sign_negative();
        if apart.abs() <= allowed || is_whole {
            continue;
        }
        let said = format!("{words}{}", &text.words[money.range.clone()]);
        let of = disclosure.words_of(whole);
        let At::Field(_, of_form) = whole else { continue };
        let holds = disclosure.words_of_field(project, of_form);
        let message = text!(
            zh: "文字里写“{said}”，{zh}却是 {holds}", en: "the text says {said}, but {en} is {holds}",
            zh = of.zh, en = of.en,
        );
        let help = text!(zh: "核对两处，改写错的一处", en: "compare the two and mend the one that is wrong");
        let finding = RULE.code.at(text.place.clone(), message).help(help);
        let finding = finding.related(disclosure.place_of(whole), of.clone());
        return Some(finding.about(&disclosure.path, text.address.clone()));
    }
    None
}

/// A text without the words and signs at its end that name nothing.
fn without_fillers<'t>(disclosure: &Disclosure, text: &'t str) -> &'t str {
    let fillers = disclosure.profile.prose.as_ref().map(|prose| &prose.statements.fillers);
    let mut text = text.trim_end_matches([' ', '　', ':', '：']);
    while let Some(rest) = fillers.and_then(|fillers| fillers.without_end(text)) {
        text = rest.trim_end_matches([' ', '　', ':', '：']);
    }
    text
}

/// The one number of a unit in the texts, where the one indicator of that unit promises less of the same.
fn counts(disclosure: &Disclosure, project: usize, texts: &[ProjectText]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let indicators = disclosure.indicators(project);
    let counted =
        |indicator: &Indicator| indicator.reading.quantity().filter(|one| is_count(one)).cloned();
    for indicator in &indicators {
        let Some(promised) = counted(indicator).filter(|one| one.bound != Bound::AtMost) else {
            continue;
        };
        let same = indicators.iter().filter_map(counted).filter(|one| one.unit == promised.unit);
        if same.count() > 1 {
            continue;
        }
        let said = |text| said_in(disclosure, text, &promised.unit);
        let all: Vec<(&ProjectText, Said)> = texts
            .iter()
            .flat_map(|text| said(text.words).into_iter().map(move |one| (text, one)))
            .collect();
        let [(text, said)] = all.as_slice() else { continue };
        let is_same = [indicator.name, indicator.description]
            .iter()
            .any(|words| shares_word(said.around, words));
        if said.value <= promised.value || !is_same {
            continue;
        }
        let (name, value) = (indicator.name, indicator.printed);
        let message = text!(
            zh: "文字里写“{said}”，指标“{name}”却是 {value}", en: "the text says {said}, but the indicator {name} is {value}",
            said = said.words,
        );
        let help = text!(zh: "说的是一件事的，两处应当一样：改写错的一处", en: "where both speak of one thing they are the same: mend the one that is wrong");
        let finding = RULE.code.at(text.place.clone(), message).help(help);
        let finding = finding
            .related(disclosure.place_of(indicator.at), text!(zh: "指标", en: "the indicator"));
        found.push(finding.about(&disclosure.path, text.address.clone()));
    }
    found
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.measure == Measure::Count
        && !quantity.unit.is_empty()
        && quantity.per.is_none()
        && quantity.upper.is_none()
}

/// A number of a unit in a text.
struct Said<'a> {
    value: Decimal,
    words: &'a str,
    /// What stands before and behind it.
    around: [&'a str; 2],
}

fn said_in<'a>(disclosure: &Disclosure, text: &'a str, unit: &str) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(start) =
        text[from..].find(|c: char| c.is_ascii_digit()).and_then(|at| from.checked_add(at))
    {
        let is_inner = |c: char| !c.is_ascii_digit() && c != '.' && c != ',';
        let end =
            text[start..].find(is_inner).and_then(|at| start.checked_add(at)).unwrap_or(text.len());
        from = end;
        let Some(stop) =
            text[end..].find(unit).and_then(|at| end.checked_add(at)?.checked_add(unit.len()))
        else {
            break;
        };
        // Between a number and its unit stands a scale, or nothing.
        let Some(read) = target::read(&disclosure.profile, &text[start..stop]).quantity().cloned()
        else {
            continue;
        };
        if is_count(&read) && read.unit == unit {
            let around = [&text[..start], &text[stop..]];
            all.push(Said { value: read.value, words: &text[start..stop], around });
        }
    }
    all
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
