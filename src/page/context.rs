//! What several kinds of page tell their templates.

use serde::Serialize;

use super::{Link, View};
use crate::amount::Decimal;
use crate::format;
use crate::model::{Disclosure, Found, Measurable, Project};
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
    /// The same figure a year before; empty when the portal has none.
    pub prior: String,
    /// The year of that figure.
    pub prior_year: String,
    /// `more`, `less` or `same`; empty without a year before.
    pub direction: &'static str,
    /// How much more or less, with commas.
    pub change: String,
}

/// How many targets of projects can be measured.
#[derive(Clone, Debug, Serialize)]
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
        let Some((value, unit, path)) = figure(view, disclosure, &headline.address) else {
            continue;
        };
        let before = earlier(view, disclosure);
        let prior =
            before.and_then(|before| Some((before, figure(view, before, &headline.address)?.0)));
        all.push(HeadlineContext {
            title: headline.title.clone(),
            value: format::large(value),
            unit,
            url: view.link(&path),
            prior: prior.map(|(_, value)| format::large(value)).unwrap_or_default(),
            prior_year: prior.map(|(before, _)| format::year(before)).unwrap_or_default(),
            direction: prior.map(|(_, before)| direction(value, before)).unwrap_or_default(),
            change: prior
                .map(|(_, before)| format::large((value - before).abs()))
                .unwrap_or_default(),
        });
    }
    all
}

/// The nearest earlier disclosure of the same body, stage and edition: the year before, or
/// the last one the portal has.
pub fn earlier<'a>(view: &View<'a>, disclosure: &Disclosure) -> Option<&'a Disclosure> {
    let key = |other: &Disclosure| (other.written.stage.clone(), other.written.edition.clone());
    view.portal
        .disclosures_of(disclosure.organisation)
        .filter(|other| other.year < disclosure.year && key(other) == key(disclosure))
        .max_by_key(|other| other.year)
}

/// `more`, `less` or `same`.
pub(super) fn direction(value: Decimal, before: Decimal) -> &'static str {
    match value.cmp(&before) {
        std::cmp::Ordering::Greater => "more",
        std::cmp::Ordering::Less => "less",
        std::cmp::Ordering::Equal => "same",
    }
}

/// The one figure an address leads to, its unit and its place in the site; nothing where it
/// is blank, withheld, or several.
pub(super) fn figure(
    view: &View,
    disclosure: &Disclosure,
    address: &crate::address::Address,
) -> Option<(Decimal, String, String)> {
    let Found::Figures(figures) = disclosure.find(view.portal, address, None) else { return None };
    let [figure] = figures.as_slice() else { return None };
    let value = disclosure.printed(figure.at)?;
    let unit = disclosure.unit(figure.at).unwrap_or_default().to_owned();
    Some((value, unit, url::figure(disclosure, figure.at)))
}

/// Previous and next in a list of links, by index.
pub fn neighbours(links: &[Link], index: usize) -> (Option<Link>, Option<Link>) {
    let before = index.checked_sub(1).and_then(|at| links.get(at)).cloned();
    (before, links.get(index + 1).cloned())
}
