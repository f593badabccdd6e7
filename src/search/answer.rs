//! What answers a question that a profile knows: a figure with what it is called, its unit and its cell.

use std::cmp::Reverse;

use crate::model::{Amount, At, Disclosure, Lookup, Portal};
use crate::profile::search::{Asks, Intent};
use crate::{format, url};

/// A figure that answers.
pub(super) struct Answer {
    /// What it is called: what was asked for, or of the largest of several which one.
    pub name: String,
    /// Its table, or what was asked for.
    pub page: String,
    /// Its page, as a path of the site.
    pub path: String,
    /// Its cell there.
    pub anchor: String,
    /// The figure, then what it is compared with.
    pub cells: Vec<String>,
    /// Their headings, each with its unit behind a tab.
    pub columns: Vec<String>,
    /// The token it is found by.
    pub token: String,
}

/// The answer of a disclosure to one of the questions of its profile; nothing where the figure is
/// blank, withheld or not there.
pub(super) fn answer(portal: &Portal, disclosure: &Disclosure, number: usize) -> Option<Answer> {
    let (id, intent) = disclosure.profile.search.intents.get_index(number)?;
    let mut answer = match intent.asks {
        Asks::Figure => {
            let (_, at) = disclosure.only_figure(portal, &intent.address)?;
            of_figure(portal, disclosure, intent, at)
        }
        Asks::Largest => largest(portal, disclosure, intent),
        Asks::Change => change(portal, disclosure, intent),
    }?;
    answer.token = format!("@i{id}");
    Some(answer)
}

/// The questions of its profile that a disclosure answers.
pub(super) fn answered(portal: &Portal, disclosure: &Disclosure) -> impl Iterator<Item = usize> {
    let all = 0..disclosure.profile.search.intents.len();
    all.filter(move |number| answer(portal, disclosure, *number).is_some())
}

fn largest(portal: &Portal, disclosure: &Disclosure, intent: &Intent) -> Option<Answer> {
    let mut printed = Vec::new();
    let Lookup::Figures(figures) = disclosure.find(portal, &intent.address, None) else {
        return None;
    };
    for at in figures.into_iter().map(|figure| figure.at) {
        match disclosure.amount(at) {
            Amount::Blank => {}
            // What may not be known may be the largest.
            Amount::Withheld | Amount::Words => return None,
            Amount::Printed(..) => printed.push((disclosure.printed(at)?, Reverse(at))),
        }
    }
    let (_, Reverse(at)) = printed.into_iter().max()?;
    let mut answer = of_figure(portal, disclosure, intent, at)?;
    // The answer is which one: it goes by its own name.
    std::mem::swap(&mut answer.name, &mut answer.page);
    Some(answer)
}

fn change(portal: &Portal, disclosure: &Disclosure, intent: &Intent) -> Option<Answer> {
    let earlier = portal.earlier(disclosure)?;
    let (value, now) = disclosure.only_figure(portal, &intent.address)?;
    let (before, then) = earlier.only_figure(portal, &intent.address)?;
    if disclosure.unit(now) != earlier.unit(then) {
        return None;
    }
    let unit = disclosure.unit(now).unwrap_or_default();
    let year = format!("{}\t{unit}", format::year(earlier));
    Some(Answer {
        cells: vec![format::change(disclosure, value - before), before.to_string()],
        columns: vec![format!("\t{unit}"), year],
        ..of_figure(portal, disclosure, intent, now)?
    })
}

/// The answer that a figure is.
fn of_figure(portal: &Portal, disclosure: &Disclosure, intent: &Intent, at: At) -> Option<Answer> {
    let value = disclosure.printed(at)?.to_string();
    let figure = url::figure(disclosure, at);
    let (path, anchor) = figure.split_once('#')?;
    let page = match at {
        At::Cell(table, ..) => disclosure.tables[table].title.clone(),
        At::Field(project, _) | At::Indicator(project, ..) => {
            disclosure.projects[project].name.clone()
        }
        At::Slot(..) => return None,
    };
    let title = intent.title(&portal.site.language).unwrap_or(&page);
    Some(Answer {
        name: title.to_owned(),
        path: path.to_owned(),
        anchor: anchor.to_owned(),
        cells: vec![value],
        columns: vec![format!("\t{}", disclosure.unit(at).unwrap_or_default())],
        page,
        token: String::new(),
    })
}
