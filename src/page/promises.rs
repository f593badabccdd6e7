//! Projects as promises: the amount, what is to be done for it, and the number of the document
//! that grants it apart from the name.

#![deny(clippy::arithmetic_side_effects)]

use std::cmp::Reverse;

use serde::Serialize;

use super::View;
use super::change::amount;
use crate::model::target::{Bound, Measure, Reading};
use crate::model::{Disclosure, Indicator};
use crate::profile::Profile;
use crate::profile::targets::is_one_of;
use crate::url;

/// A project with what it promises.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PromiseContext {
    /// Its amount as printed; empty where it has none.
    pub amount: String,
    /// The unit of that amount; empty where it is no figure.
    pub unit: String,
    /// Its name, without the number of a document before it.
    pub name: String,
    /// That number; empty where the name begins with none.
    pub document: String,
    /// Its page.
    pub url: String,
    /// What it promises, the plainest first.
    pub targets: Vec<TargetContext>,
}

/// One target.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TargetContext {
    /// What is counted.
    pub name: String,
    /// How much, as printed.
    pub text: String,
}

impl TargetContext {
    /// Of an indicator.
    pub(super) fn of(indicator: &Indicator) -> TargetContext {
        TargetContext { name: indicator.name.to_owned(), text: indicator.printed.to_owned() }
    }
}

/// How many targets speak for a project.
const TARGETS: usize = 2;

/// The largest projects of a disclosure, so many at most; in printed order where they have no
/// amounts. Those without a page are left out.
pub(super) fn largest(view: &View, disclosure: &Disclosure, most: usize) -> Vec<PromiseContext> {
    by_amount(disclosure)
        .into_iter()
        .filter(|index| (view.exists)(&url::project(disclosure, &disclosure.projects[*index])))
        .take(most)
        .map(|index| {
            let project = &disclosure.projects[index];
            let (document, name) = apart(&disclosure.profile, &project.name);
            let amount = amount(disclosure, index);
            let unit = amount.filter(|(cell, _)| cell.figure().is_some()).map(|(_, unit)| unit);
            PromiseContext {
                amount: amount.map(|(cell, _)| cell.text()).unwrap_or_default(),
                unit: unit.unwrap_or_default().to_owned(),
                name: name.to_owned(),
                document: document.to_owned(),
                url: view.link(&url::project(disclosure, project)),
                targets: targets(disclosure, index),
            }
        })
        .collect()
}

/// The projects of a disclosure by index: the largest first, those without a figure last.
pub(super) fn by_amount(disclosure: &Disclosure) -> Vec<usize> {
    let mut all: Vec<usize> = (0..disclosure.projects.len()).collect();
    all.sort_by_key(|index| {
        Reverse(amount(disclosure, *index).and_then(|(cell, _)| cell.figure()))
    });
    all
}

/// What a project promises: numbers of things, those of the kinds that state how much is done first,
/// floors before ceilings. Without any, the first other target that can be measured.
pub(super) fn targets(disclosure: &Disclosure, project: usize) -> Vec<TargetContext> {
    let Some(spec) = disclosure.target_spec() else { return Vec::new() };
    let all = disclosure.indicators(project);
    let is_cost = |one: &Indicator| {
        let is_money = one.reading.quantity().is_some_and(|quantity| quantity.money().is_some());
        is_money || is_one_of(&spec.cost, one.kind) || is_one_of(&spec.cost, one.group)
    };
    let count = |one: &Indicator| match one.reading {
        Reading::Quantity(quantity) if quantity.measure == Measure::Count => {
            Some(match quantity.bound {
                Bound::AtLeast => 0,
                Bound::Exactly => 1,
                Bound::AtMost => 2,
            })
        }
        _ => None,
    };
    let spoken = || all.iter().filter(|one| !is_cost(one));
    let mut counted: Vec<(bool, u8, &Indicator)> = spoken()
        .filter_map(|one| Some((!is_one_of(&spec.quantity, one.kind), count(one)?, one)))
        .collect();
    counted.sort_by_key(|(is_other, bound, _)| (*is_other, *bound));
    let mut chosen: Vec<&Indicator> =
        counted.into_iter().map(|(.., one)| one).take(TARGETS).collect();
    if chosen.is_empty() {
        chosen.extend(spoken().find(|one| matches!(one.reading, Reading::Quantity(_))));
    }
    chosen.into_iter().map(TargetContext::of).collect()
}

/// The number of a document that a name begins with, and the rest of the name: a short sign, a year in
/// quotes, a number and the word of the profile that ends it.
pub(super) fn apart<'a>(profile: &Profile, name: &'a str) -> (&'a str, &'a str) {
    let quotes = profile.prose.iter().flat_map(|prose| &prose.quotes);
    let number =
        quotes.filter_map(|quotes| number_end(&profile.words.document, *quotes, name)).min();
    let Some((document, rest)) = number.map(|end| name.split_at(end)) else { return ("", name) };
    let rest = rest.trim_start_matches([' ', '-', '－', '–', '—', ':', '：', '，']);
    if rest.is_empty() { ("", name) } else { (document, rest) }
}

/// Where the number of a document that stands in these quotes ends.
fn number_end(words: &[String], (open, close): (char, char), name: &str) -> Option<usize> {
    let (_, rest) = name.split_once(open)?;
    let (year, rest) = rest.split_once(close)?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = rest.trim_start();
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let own = &digits[..digits.len().checked_sub(after.len())?];
    let after = after.trim_start();
    let rest = words.iter().find_map(|word| after.strip_prefix(word.as_str()))?;
    let is_whole = year.trim().len() == 4 && is_number(year.trim()) && is_number(own);
    if is_whole { name.len().checked_sub(rest.len()) } else { None }
}
