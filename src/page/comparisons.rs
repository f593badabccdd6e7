//! A disclosure beside the nearest earlier one: what became of each table and project.

use serde::Serialize;

use super::change::{self, ChangeContext, LineContext};
use super::changed_lines::{ChangedLine, changed_lines, largest_first};
use super::comparison::comparable;
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure};
use crate::amount::Decimal;
use crate::model::comparison::{ComparedLine, Comparison};
use crate::model::years::matched_projects;
use crate::model::{Disclosure, Portal};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "comparisons",
    template: "comparisons.html",
    scope: PageScope::Organisation(Maker { plan, trail: trail_of_disclosure, context: build }),
};

/// What `comparisons.html` gets.
#[derive(Serialize)]
struct ComparisonsContext {
    /// The organisation.
    organisation: String,
    /// This year as printed.
    year: String,
    /// The earlier year as printed.
    before: String,
    /// How many years between the two are not part of the portal.
    gap: usize,
    /// The disclosure of this year.
    disclosure: Link,
    /// The earlier one.
    disclosure_before: Link,
    /// The tables that can be compared, each with its total where both years have one.
    tables: Vec<LineContext>,
    /// The unit of those totals; empty where they differ.
    unit: String,
    /// The lines of all tables that changed, each once: the largest change first.
    changed: Vec<ChangedLine>,
    /// Projects of both years: the largest change first.
    kept: Vec<ProjectPair>,
    /// Projects that are new: the largest first.
    new: Vec<ProjectAlone>,
    /// Projects that ended: the largest first.
    ended: Vec<ProjectAlone>,
}

/// A project of one of the years.
#[derive(Serialize)]
struct ProjectAlone {
    /// The project.
    project: Link,
    /// Its amount as printed; empty where it has none.
    amount: String,
    /// The unit of that amount.
    unit: String,
}

/// A project of both years.
#[derive(Serialize)]
struct ProjectPair {
    /// This year's.
    now: Link,
    /// The earlier one.
    before: Link,
    /// Its name in the earlier year, where it was another but for the years in it.
    renamed: String,
    /// This year's amount as printed; empty where it has none.
    amount: String,
    /// The unit of that amount.
    unit: String,
    /// From the earlier amount to this year's; empty where either has none.
    change: ChangeContext,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        let Some(earlier) = portal.earlier(disclosure) else { continue };
        if comparable(disclosure, earlier).next().is_some() {
            pages.push(Page {
                path: url::comparisons(disclosure, earlier),
                title: String::new(),
                subject: Subject {
                    organisation: disclosure.organisation,
                    disclosure: index,
                    item: 0,
                },
            });
        }
    }
    pages
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let earlier = view.portal.earlier(disclosure).expect("planned beside an earlier disclosure");
    let all: Vec<Comparison> = comparable(disclosure, earlier).map(|(_, one)| one).collect();
    let totals = all.iter().filter_map(|one| total(one)?.change.difference());
    let largest = totals.map(|one| one.abs()).max().filter(|one| *one > Decimal::ZERO);
    let mut units: Vec<String> = all
        .iter()
        .filter_map(|one| {
            let column = one.main()?;
            Some(change::unit(one.tables()[0], column.panel[0], column.column[0]))
        })
        .collect();
    units.dedup();
    let (mut kept, mut new, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    for pair in matched_projects(disclosure, earlier) {
        match (pair.now, pair.before) {
            (Some(now), Some(before)) => {
                kept.push(projects(view, [disclosure, earlier], [now, before]));
            }
            (Some(now), None) => new.push(alone(view, disclosure, now)),
            (None, Some(before)) => ended.push(alone(view, earlier, before)),
            (None, None) => {}
        }
    }
    context(&ComparisonsContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        before: format::year(earlier),
        gap: change::gap(disclosure, earlier),
        disclosure: view.to(&url::disclosure(disclosure), format::short_title(disclosure)),
        disclosure_before: view.to(&url::disclosure(earlier), format::short_title(earlier)),
        tables: all.iter().map(|one| table(view, one, largest)).collect(),
        unit: if units.len() == 1 { units.remove(0) } else { String::new() },
        changed: changed_lines(view, &all),
        kept: largest_first(kept),
        new: largest_first(new),
        ended: largest_first(ended),
    })
}

/// A project of one year, with its amount.
fn alone(view: &View, disclosure: &Disclosure, project: usize) -> (Decimal, ProjectAlone) {
    let amount = change::amount(disclosure, project);
    let name = disclosure.projects[project].name.clone();
    let size = amount.and_then(|(cell, _)| cell.figure()).unwrap_or_default();
    let alone = ProjectAlone {
        project: view.to(&url::project(disclosure, &disclosure.projects[project]), name),
        amount: amount.map(|(cell, _)| cell.text()).unwrap_or_default(),
        unit: amount.map(|(_, unit)| unit.to_owned()).unwrap_or_default(),
    };
    (size, alone)
}

fn total<'a>(comparison: &Comparison<'a>) -> Option<ComparedLine<'a>> {
    comparison.total(comparison.main()?)
}

/// A table as a line: its title, and its total where both years have one.
fn table(view: &View, comparison: &Comparison, largest: Option<Decimal>) -> LineContext {
    let [now, _] = comparison.tables();
    let path = url::comparison(comparison.disclosure, comparison.earlier, now);
    let total = comparison.main().zip(total(comparison));
    let line = total.map(|(column, total)| change::line(view, comparison, column, &total, largest));
    LineContext {
        id: now.spec.id.clone(),
        name: now.title.clone(),
        url: view.link(&path),
        role: "detail",
        level: 1,
        ..line.unwrap_or_default()
    }
}

/// A project of both years, with how far its amount changed.
fn projects(view: &View, sides: [&Disclosure; 2], at: [usize; 2]) -> (Decimal, ProjectPair) {
    let [now, before] = [0, 1].map(|side| &sides[side].projects[at[side]]);
    let link = |of: &Disclosure, project: &crate::model::Project| {
        view.to(&url::project(of, project), project.name.clone())
    };
    // A name that differs by the year it begins with is the same.
    let bare = |name: &str| name.replace(|c: char| c.is_ascii_digit() || c.is_whitespace(), "");
    let is_renamed = !crate::profile::same_name(&bare(&now.name), &bare(&before.name));
    let [amount, earlier] = [0, 1].map(|side| change::amount(sides[side], at[side]));
    let figures = [amount, earlier].map(|amount| amount.and_then(|(cell, _)| cell.figure()));
    let size = match figures {
        [Some(now), Some(before)] => (now - before).abs(),
        _ => Decimal::ZERO,
    };
    let pair = ProjectPair {
        now: link(sides[0], now),
        before: link(sides[1], before),
        renamed: if is_renamed { before.name.clone() } else { String::new() },
        amount: amount.map(|(cell, _)| cell.text()).unwrap_or_default(),
        unit: amount.map(|(_, unit)| unit.to_owned()).unwrap_or_default(),
        change: change::of_amounts(sides[0], amount, earlier),
    };
    (size, pair)
}
