//! What was changed after publication, for the pages it concerns: what was published, what stands
//! there now, when and why.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::grid::GridContext;
use super::{Link, View};
use crate::address::split;
use crate::content::Correction;
use crate::model::{
    At, Cell, CorrectedValue, Disclosure, Hidden, Portal, is_same_value, row_words,
};
use crate::profile::ColumnKind;
use crate::{amount, format, url};

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CorrectionContext {
    /// Its anchor: `correction-1`, by its number in the disclosure.
    pub id: String,
    /// The day it was made, `YYYY-MM-DD`.
    pub date: String,
    /// Why.
    pub reason: String,
    /// The values it changed that belong to the page.
    pub values: Vec<CorrectedContext>,
    /// What else it concerns; its words alone where that is this page.
    pub about: Vec<Link>,
}

/// A corrected value.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CorrectedContext {
    /// What it is, in words.
    pub name: String,
    /// Where it stands.
    pub url: String,
    /// What was published; empty where it was blank.
    pub was: String,
    /// What it became.
    pub now: String,
    /// How much more that is, with its sign; empty where it cannot be said.
    pub difference: String,
    /// The unit of both; empty where they are no amounts.
    pub unit: String,
}

/// Which corrections a page shows.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// All of a disclosure.
    Disclosure,
    /// Those of a table, by its index and its id.
    Table(usize, &'a str),
    /// Those of a project, by its index and its file name.
    Project(usize, &'a str),
    /// Those of a section, by its id.
    Section(&'a str),
}

impl Of<'_> {
    /// Whether a value belongs to the page.
    fn has(self, place: Hidden) -> bool {
        match (self, place) {
            (Of::Disclosure, _) => true,
            (Of::Table(own, _), Hidden::Cell(At::Cell(table, ..))) => own == table,
            (
                Of::Project(own, _),
                Hidden::Cell(At::Field(project, _) | At::Indicator(project, ..))
                | Hidden::Step(project, _)
                | Hidden::Goals(project),
            ) => own == project,
            _ => false,
        }
    }

    /// Whether an address belongs to the page.
    fn is_at(self, at: &str) -> bool {
        match (self, split(at, |c| c == '/').as_slice()) {
            (Of::Disclosure, _) => true,
            (Of::Table(_, id), [table, ..]) => id == *table,
            (Of::Project(_, slug), ["projects", project, ..]) => slug == *project,
            (Of::Section(id), ["narrative", section, ..]) => id == *section,
            _ => false,
        }
    }
}

/// The corrections a page shows, the latest first.
pub(super) fn corrections(view: &View, disclosure: &Disclosure, of: Of) -> Vec<CorrectionContext> {
    let written = &disclosure.written.corrections;
    if written.is_empty() {
        return Vec::new();
    }
    let mut values: BTreeMap<usize, Vec<CorrectedContext>> = BTreeMap::new();
    for one in disclosure.corrected(view.portal).iter().filter(|one| of.has(one.place)) {
        values.entry(one.correction).or_default().push(corrected(view, disclosure, one));
    }
    let context = |(number, correction): (usize, &Correction)| {
        let values = values.get(&number).cloned().unwrap_or_default();
        let at = correction.at.iter().map(|(at, _)| at.trim());
        let about: Vec<Link> =
            at.filter(|at| of.is_at(at)).map(|at| place(view, disclosure, at)).collect();
        let is_shown = matches!(of, Of::Disclosure) || !values.is_empty() || !about.is_empty();
        is_shown.then(|| CorrectionContext {
            id: id(number),
            date: correction.date.clone(),
            reason: correction.reason.clone(),
            values,
            about,
        })
    };
    let mut all: Vec<CorrectionContext> = written.iter().enumerate().filter_map(context).collect();
    all.sort_by(|one, other| other.date.cmp(&one.date));
    all
}

fn id(number: usize) -> String {
    format!("correction-{}", number + 1)
}

fn corrected(view: &View, disclosure: &Disclosure, one: &CorrectedValue) -> CorrectedContext {
    let figure = |text: &str| match text {
        "" => Some(amount::Decimal::ZERO),
        text => amount::parse(text).ok().map(|figure| figure.value),
    };
    let is_figure = !is_same_value(&one.was, &one.now);
    let difference = figure(&one.now).zip(figure(&one.was)).filter(|_| is_figure);
    let difference = difference.and_then(|(now, was)| now.checked_sub(was));
    let (url, unit) = match one.place {
        Hidden::Cell(at) => (url::figure(disclosure, at), disclosure.unit(at)),
        Hidden::Step(project, _) | Hidden::Goals(project) => {
            (url::project(disclosure, &disclosure.projects[project]), None)
        }
    };
    CorrectedContext {
        name: name(view.portal, disclosure, one),
        url: view.link(&url),
        was: one.was.replace('\n', " "),
        now: one.now.replace('\n', " "),
        unit: unit.filter(|_| difference.is_some()).unwrap_or_default().to_owned(),
        difference: difference.map(|by| format::change(disclosure, by)).unwrap_or_default(),
    }
}

/// What a corrected value is, in words.
fn name(portal: &Portal, disclosure: &Disclosure, one: &CorrectedValue) -> String {
    let words = disclosure.words_of_hidden(one.place);
    words.get(portal.site.message_language()).to_owned()
}

/// A table, a row, a project or a section in words, with its page.
fn place(view: &View, disclosure: &Disclosure, at: &str) -> Link {
    let (_, url) = super::proof::home(view, disclosure, at);
    Link { title: place_words(view.portal, disclosure, at), url }
}

/// A table, a row, a project or a section in words.
fn place_words(portal: &Portal, disclosure: &Disclosure, at: &str) -> String {
    let (title, _) = super::proof::titled(disclosure, at);
    let row = match split(at, |c| c == '/').as_slice() {
        [table, row] if disclosure.tables.contains_key(*table) => {
            let places = disclosure.places_at(portal, &format!("{table}/{row}/*"));
            places.into_iter().find_map(|place| match place {
                Hidden::Cell(At::Cell(table, panel, row, _)) => {
                    Some(row_words(&disclosure.tables[table], panel, row))
                }
                _ => None,
            })
        }
        _ => None,
    };
    row.map_or(title.clone(), |row| format!("{title} · {row}"))
}

/// The values that were corrected, each with the anchor of what is said of it last.
pub(super) fn marks(view: &View, disclosure: &Disclosure) -> BTreeMap<Hidden, String> {
    if disclosure.written.corrections.is_empty() {
        return BTreeMap::new();
    }
    let is_shown = |one: &&CorrectedValue| {
        one.is_last && !matches!(disclosure.value_of(one.place), Cell::Withheld(_))
    };
    let corrected = disclosure.corrected(view.portal);
    let last = corrected.iter().filter(is_shown);
    last.map(|one| (one.place, format!("#{}", id(one.correction)))).collect()
}

/// Makes the figures of a table that were corrected lead to what is said of it.
pub(super) fn mark(view: &View, disclosure: &Disclosure, table: usize, grid: &mut GridContext) {
    if disclosure.written.corrections.is_empty() {
        return;
    }
    let mut anchors: BTreeMap<String, String> = BTreeMap::new();
    for (place, url) in marks(view, disclosure) {
        let Hidden::Cell(At::Cell(index, panel, row, column)) = place else { continue };
        if index == table {
            let content = &disclosure.tables[index];
            anchors.insert(url::cell_anchor(content, panel, row, column), url);
        }
    }
    for cell in grid.lines.iter_mut().flat_map(|line| &mut line.cells) {
        if let Some(url) = anchors.get(&cell.id) {
            cell.kind = "corrected";
            cell.url.clone_from(url);
        }
    }
}

/// A correction in a list of what was published last.
#[derive(Clone, Debug)]
pub struct CorrectionSummary {
    /// Its anchor on the page of the disclosure.
    pub id: String,
    /// The day it was made, `YYYY-MM-DD`.
    pub date: String,
    /// Why.
    pub reason: String,
    /// What it changed: the value in words, what was published, what it became.
    pub values: Vec<[String; 3]>,
}

impl CorrectionSummary {
    /// Of every correction of a disclosure that has a day.
    pub(super) fn all(portal: &Portal, disclosure: &Disclosure) -> Vec<CorrectionSummary> {
        let written = &disclosure.written.corrections;
        if written.is_empty() {
            return Vec::new();
        }
        let corrected = disclosure.corrected(portal);
        let values = |number: usize| {
            let own = corrected.iter().filter(move |one| one.correction == number);
            own.map(|one| [name(portal, disclosure, one), one.was.clone(), one.now.clone()])
        };
        let dated = written.iter().enumerate().filter(|(_, one)| !one.date.is_empty());
        let summary = |(number, one): (usize, &Correction)| CorrectionSummary {
            id: id(number),
            date: one.date.clone(),
            reason: one.reason.clone(),
            values: values(number).collect(),
        };
        dated.map(summary).collect()
    }
}

/// One thing that a correction of a disclosure says, for files: a value it changed, or what else it
/// concerns.
#[derive(Clone, Debug)]
pub struct CorrectionLine<'a> {
    /// The number of the correction in the disclosure, from 1.
    pub number: usize,
    /// What it says.
    pub correction: &'a Correction,
    /// Its anchor on the page of the disclosure, with that page.
    pub page: String,
    /// The address of the value, or of what it concerns.
    pub address: &'a str,
    /// The same in words.
    pub name: String,
    /// What was published, and what it became; nothing where it concerns no single value.
    pub values: Option<[String; 2]>,
    /// The unit of both; nothing where they are no amounts.
    pub unit: Option<&'a str>,
}

impl CorrectionLine<'_> {
    /// Of every correction of a disclosure, in the authors’ order.
    pub fn all<'a>(portal: &Portal, disclosure: &'a Disclosure) -> Vec<CorrectionLine<'a>> {
        let corrected = disclosure.corrected(portal);
        let mut lines = Vec::new();
        for (index, correction) in disclosure.written.corrections.iter().enumerate() {
            let line = |address: &'a str, name: String| CorrectionLine {
                number: index + 1,
                correction,
                page: format!("{}#{}", url::disclosure(disclosure), id(index)),
                address,
                name,
                values: None,
                unit: None,
            };
            for one in corrected.iter().filter(|one| one.correction == index) {
                let values = Some([one.was.clone(), one.now.clone()]);
                let unit = amount_unit(disclosure, one);
                let address = correction.cells[one.cell].at.as_str();
                let name = name(portal, disclosure, one);
                lines.push(CorrectionLine { values, unit, ..line(address, name) });
            }
            for (address, _) in &correction.at {
                let address = address.trim();
                let is_there =
                    |other: &CorrectionLine| (other.number, other.address) == (index + 1, address);
                if !lines.iter().any(is_there) {
                    lines.push(line(address, place_words(portal, disclosure, address)));
                }
            }
        }
        lines
    }

    /// Both values, amounts without commas between thousands.
    pub fn plain(&self) -> Option<[Cow<'_, str>; 2]> {
        let plain =
            |text| if self.unit.is_some() { without_commas(text) } else { Cow::Borrowed(text) };
        self.values.as_ref().map(|values| values.each_ref().map(|text| plain(text.as_str())))
    }
}

fn without_commas(text: &str) -> Cow<'_, str> {
    if text.contains(',') { Cow::Owned(text.replace(',', "")) } else { Cow::Borrowed(text) }
}

/// The unit of a corrected value that is an amount.
fn amount_unit<'a>(disclosure: &'a Disclosure, one: &CorrectedValue) -> Option<&'a str> {
    let Hidden::Cell(at) = one.place else { return None };
    disclosure.unit(at).filter(|_| disclosure.kind_of(at) == Some(ColumnKind::Amount))
}
