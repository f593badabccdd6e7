//! What several kinds of page tell their templates.

use std::ops::Range;

use serde::Serialize;

use super::overview::Summary;
use super::{Link, View};
use crate::amount::Decimal;
use crate::format;
use crate::model::{At, Disclosure, Measurable, Project};
use crate::url;

/// A large figure with its name.
#[derive(Clone, Debug, Serialize)]
pub struct HeadlineContext {
    /// What it is.
    pub title: String,
    /// The figure, with commas.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// The cell it stands in.
    pub url: String,
    /// The same figure of the nearest earlier year; empty when the portal has none.
    pub prior: String,
    /// The year of that figure.
    pub prior_year: String,
    /// `more`, `less` or `same`; empty without a year before.
    pub direction: &'static str,
    /// How much more or less, with commas.
    pub change: String,
    /// Where the two stand side by side; empty where no page compares them.
    pub comparison: String,
}

/// How many targets of projects can be measured.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TargetShare {
    /// Targets that are not withheld; 0 where the profile has no words to read them with.
    pub all: usize,
    /// Those that state a number, a date or a period.
    pub measurable: usize,
    /// Withheld ones.
    pub withheld: usize,
}

impl TargetShare {
    /// Of these projects together.
    pub fn of<'a>(
        disclosure: &Disclosure,
        projects: impl IntoIterator<Item = &'a Project>,
    ) -> TargetShare {
        let shares = projects.into_iter().map(|project| disclosure.measurable(project));
        let Measurable { all, measurable, withheld } =
            shares.fold(Measurable::default(), Measurable::and);
        TargetShare { all, measurable, withheld }
    }
}

/// A disclosure in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosureLink {
    /// The year as printed.
    pub year: String,
    /// The stage as printed.
    pub stage: String,
    /// Its page.
    pub url: String,
    /// Its large figures.
    pub headlines: Vec<HeadlineContext>,
}

/// A disclosure for a list on this page.
pub fn disclosure_link(view: &View, disclosure: &Disclosure) -> DisclosureLink {
    DisclosureLink {
        year: format::year(disclosure),
        stage: disclosure.profile.words.stage.clone(),
        url: view.link(&url::disclosure(disclosure)),
        headlines: headlines(view, disclosure),
    }
}

/// The large figures of a disclosure, as its profile names them.
pub fn headlines(view: &View, disclosure: &Disclosure) -> Vec<HeadlineContext> {
    let mut all = Vec::new();
    for headline in &disclosure.profile.headline {
        let Some((value, unit, at)) = figure(view, disclosure, &headline.address) else {
            continue;
        };
        let before = view.portal.earlier(disclosure);
        let prior = before.and_then(|before| {
            let (value, other, _) = figure(view, before, &headline.address)?;
            (unit == other).then_some((before, value))
        });
        all.push(HeadlineContext {
            title: headline.title.clone(),
            value: format::figure(disclosure, value),
            unit,
            url: view.link(&url::figure(disclosure, at)),
            comparison: prior
                .and_then(|_| super::change::place(view, disclosure, at))
                .map(|path| view.link(&path))
                .unwrap_or_default(),
            prior: prior.map(|(_, value)| format::figure(disclosure, value)).unwrap_or_default(),
            prior_year: prior.map(|(before, _)| format::year(before)).unwrap_or_default(),
            direction: prior.map(|(_, before)| direction(value, before)).unwrap_or_default(),
            change: prior
                .map(|(_, before)| format::figure(disclosure, (value - before).abs()))
                .unwrap_or_default(),
        });
    }
    all
}

/// `more`, `less` or `same`.
pub(super) fn direction(value: Decimal, before: Decimal) -> &'static str {
    match value.cmp(&before) {
        std::cmp::Ordering::Greater => "more",
        std::cmp::Ordering::Less => "less",
        std::cmp::Ordering::Equal => "same",
    }
}

/// The one figure an address leads to, its unit and where it stands; nothing where it is
/// blank, withheld, or several.
pub(super) fn figure(
    view: &View,
    disclosure: &Disclosure,
    address: &crate::address::Address,
) -> Option<(Decimal, String, At)> {
    let (value, at) = disclosure.only_figure(view.portal, address)?;
    let unit = disclosure.unit(at).unwrap_or_default().to_owned();
    Some((value, unit, at))
}

/// How many organisations and disclosures one page lists: some 200 bytes each.
const LISTED: usize = 400;

/// Organisations in runs that a page can list with their disclosures.
pub(super) fn runs(organisations: &[&Summary]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut listed = 0;
    for (at, organisation) in organisations.iter().enumerate() {
        let links = 1 + organisation.disclosures.len();
        listed += links;
        if let Some(run) = runs.last_mut().filter(|_| listed <= LISTED) {
            run.end = at + 1;
        } else {
            runs.push(at..at + 1);
            listed = links;
        }
    }
    runs
}

/// Previous and next in a list of links, by index.
pub fn neighbours<T>(
    all: &[T],
    index: usize,
    link: impl Fn(&T) -> Link,
) -> (Option<Link>, Option<Link>) {
    let before = index.checked_sub(1).and_then(|at| all.get(at)).map(&link);
    (before, all.get(index + 1).map(link))
}
