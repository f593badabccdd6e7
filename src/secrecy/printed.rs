//! The same figure in another place: a cell that a code, a name or a common
//! total ties to what is withheld, and texts that print it with its unit.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::system::is_hidden;
use crate::amount::{self, Decimal};
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::locate::locate;
use crate::model::{Amount, At, Cell, Disclosure, Found, Hidden, Portal, Secret, target};
use crate::profile::equation::Operator;
use crate::profile::{Profile, same_name};
use crate::source::{FileId, Place, Sources};

/// Reports every other place of the figures a disclosure withholds; those that can be worked out
/// anyway were reported with their derivation.
pub(super) fn report(
    report: &mut Report,
    sources: &Sources,
    portal: &Portal,
    index: usize,
    derived: &[(usize, At)],
) {
    let disclosure = &portal.disclosures[index];
    let divisions = Divisions::of(portal, disclosure);
    for secret in disclosure.secrets.iter() {
        let Hidden::Cell(at) = secret.place else { continue };
        if !derived.contains(&(index, at)) {
            for twin in twins(disclosure, &divisions, at) {
                cell(report, disclosure, at, twin);
            }
        }
    }
    let bound = bound(report, portal, disclosure);
    prose(report, sources, disclosure, &bound);
}

fn cell(report: &mut Report, disclosure: &Disclosure, at: At, twin: At) {
    let (own, other) = (disclosure.words_of(at), disclosure.words_of(twin));
    let message = text!(
        zh: "{zh}公开着，与不公开的{zh_own}是同一个数", en: "{en} is published and is the same figure as {en_own}, which is withheld",
        zh = other.zh, en = other.en, zh_own = own.zh, en_own = own.en,
    );
    report.push(
        codes::WITHHELD_PRINTED
            .at(disclosure.place_of(twin), message)
            .related(disclosure.place_of(at), text!(zh: "不公开的数", en: "withheld"))
            .help(text!(zh: "这一格也要标为不公开；确是巧合的，在 accept 里说明", en: "withhold this cell too; where it is a coincidence, accept it and say so"))
            .about(&disclosure.path, disclosure.address_of(twin)),
    );
}

/// The published cells of the same value that something ties to a withheld figure.
pub(super) fn twins(disclosure: &Disclosure, divisions: &Divisions, at: At) -> Vec<At> {
    let Amount::Printed(value, _) = disclosure.amount(at) else { return Vec::new() };
    if value.is_zero() || disclosure.unit(at).is_none() {
        return Vec::new();
    }
    let equal = divisions.figures.get(&value).map(Vec::as_slice).unwrap_or_default();
    let equal: Vec<At> = equal.iter().copied().filter(|other| *other != at).collect();
    if equal.is_empty() {
        return equal;
    }
    let beside = divisions.beside(at);
    let is_tied = |other: &At| beside.contains(other) || are_named_alike(disclosure, at, *other);
    equal.into_iter().filter(is_tied).collect()
}

/// Whether a figure stands in a row of the same code, or that bears the name of the project.
fn are_named_alike(disclosure: &Disclosure, at: At, other: At) -> bool {
    let row = |at: At| match at {
        At::Cell(table, panel, row, _) => Some(&disclosure.tables[table].panels[panel].rows[row]),
        _ => None,
    };
    let Some(other) = row(other) else { return false };
    match at {
        At::Cell(..) => row(at).is_some_and(|row| row.code.is_some() && row.code == other.code),
        At::Field(project, _) | At::Indicator(project, ..) => {
            let name = &disclosure.projects[project].name;
            same_name(&other.name, name) || other.path.iter().any(|(_, word)| same_name(word, name))
        }
        At::Slot(..) => false,
    }
}

/// Every published amount, by its value.
fn published(disclosure: &Disclosure) -> BTreeMap<Decimal, Vec<At>> {
    let fields = disclosure.projects.iter().enumerate().flat_map(|(project, content)| {
        (0..content.fields.len()).map(move |field| At::Field(project, field))
    });
    let mut figures: BTreeMap<Decimal, Vec<At>> = BTreeMap::new();
    for at in disclosure.cells().chain(fields) {
        if let Amount::Printed(value, _) = disclosure.amount(at)
            && disclosure.unit(at).is_some()
            && !is_hidden(disclosure, at)
        {
            figures.entry(value).or_default().push(at);
        }
    }
    figures
}

/// Every whole of a disclosure with the parts that some relation divides it into.
pub(super) struct Divisions {
    /// The published figures by value.
    figures: BTreeMap<Decimal, Vec<At>>,
    all: Vec<(At, Vec<At>)>,
    /// Of each whole, its divisions by index.
    of: BTreeMap<At, Vec<usize>>,
    /// Of each part, the divisions it stands in.
    with: BTreeMap<At, Vec<usize>>,
}

impl Divisions {
    /// Those of one disclosure.
    pub(super) fn of(portal: &Portal, disclosure: &Disclosure) -> Divisions {
        let mut divisions = Divisions {
            figures: published(disclosure),
            all: Vec::new(),
            of: BTreeMap::new(),
            with: BTreeMap::new(),
        };
        for outcome in disclosure.relations(portal) {
            let ([whole], Operator::Equal) = (outcome.left.as_slice(), outcome.operator) else {
                continue;
            };
            let Some(whole) = whole.figure.filter(|whole| !whole.prior) else { continue };
            let parts = outcome.right.iter().filter(|part| part.value.is_some() && !part.negative);
            let parts = parts.filter_map(|part| part.figure).filter(|part| !part.prior);
            let parts: Vec<At> = parts.map(|part| part.at).collect();
            let index = divisions.all.len();
            divisions.of.entry(whole.at).or_default().push(index);
            for part in &parts {
                divisions.with.entry(*part).or_default().push(index);
            }
            divisions.all.push((whole.at, parts));
        }
        divisions
    }

    /// Figures of another division of the whole that a figure is part of: spending by subject
    /// beside the same spending by project.
    fn beside(&self, at: At) -> BTreeSet<At> {
        let mut found = BTreeSet::new();
        for division in self.with.get(&at).into_iter().flatten() {
            let (whole, parts) = &self.all[*division];
            if parts.len() < 2 {
                continue;
            }
            let same = spread(vec![*whole], |at| self.same(at));
            let others = same.iter().filter_map(|whole| self.of.get(whole)).flatten();
            let others = others.filter(|other| !self.all[**other].1.contains(&at));
            let parts: Vec<At> = others.flat_map(|other| self.all[*other].1.clone()).collect();
            found.extend(spread(parts, |at| self.below(at)));
        }
        found
    }

    /// A whole of one part is that part.
    fn same(&self, at: At) -> Vec<At> {
        let whole = |index: &usize| Some(&self.all[*index]).filter(|(_, parts)| parts.len() == 1);
        let down = self.of.get(&at).into_iter().flatten().filter_map(whole).map(|(_, p)| p[0]);
        let up = self.with.get(&at).into_iter().flatten().filter_map(whole).map(|(w, _)| *w);
        down.chain(up).collect()
    }

    fn below(&self, at: At) -> Vec<At> {
        let divisions = self.of.get(&at).into_iter().flatten();
        divisions.flat_map(|index| self.all[*index].1.clone()).collect()
    }
}

/// What follows from these, step by step, each once.
fn spread(mut waiting: Vec<At>, next: impl Fn(At) -> Vec<At>) -> BTreeSet<At> {
    let mut known = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        if known.insert(at) {
            waiting.extend(next(at));
        }
    }
    known
}

/// Figures in prose that are bound to what is withheld; their places.
fn bound(
    report: &mut Report,
    portal: &Portal,
    disclosure: &Disclosure,
) -> Vec<(FileId, Range<usize>)> {
    let mut places = Vec::new();
    for section in &disclosure.sections {
        for binding in section.bindings.iter().filter(|binding| binding.terms.len() == 1) {
            let found = binding.addresses().next().map(|to| disclosure.find(portal, to, None));
            let Some(Found::Figures(figures)) = found else { continue };
            let [figure] = figures.as_slice() else { continue };
            let home = disclosure.home(portal, *figure);
            if is_hidden(home, figure.at) {
                let place = Place::bytes(section.file, binding.range.clone());
                let words = home.words_of(figure.at);
                let address = format!("narrative/{}", section.id);
                leak(report, disclosure, place, &words, Severity::Error, address);
                places.push((section.file, binding.range.clone()));
            }
        }
    }
    places
}

fn leak(
    report: &mut Report,
    disclosure: &Disclosure,
    place: Place,
    words: &Text,
    severity: Severity,
    address: String,
) {
    let message = if severity == Severity::Error {
        text!(zh: "这里印着不公开的{zh}", en: "here stands {en}, which is withheld", zh = words.zh, en = words.en)
    } else {
        text!(zh: "这里的数与不公开的{zh}相同", en: "this figure is the same as {en}, which is withheld", zh = words.zh, en = words.en)
    };
    let mut finding = codes::WITHHELD_PRINTED
        .at(place, message)
        .help(text!(zh: "改写这一处，连同句子里能减出它来的合计数；确是另一笔钱的，在 accept 里说明", en: "rewrite it, and any sum in the sentence that gives it away; where it is other money, accept it and say so"))
        .about(&disclosure.path, address);
    finding.severity = severity;
    report.push(finding);
}

/// A figure with its unit in a text.
struct Figure {
    range: Range<usize>,
    value: Decimal,
}

/// A text of a disclosure that is published.
struct Written {
    file: FileId,
    /// Its bytes; the whole file where it has none.
    range: Option<Range<usize>>,
    /// The address of its findings.
    address: String,
    /// The project it is about.
    project: Option<usize>,
}

/// Every one of them.
fn texts(sources: &Sources, disclosure: &Disclosure) -> Vec<Written> {
    let whole = |file, address, project| Written { file, range: None, address, project };
    let sections = disclosure.sections.iter();
    let mut all: Vec<Written> =
        sections.map(|s| whole(s.file, format!("narrative/{}", s.id), None)).collect();
    let projects: Vec<String> =
        disclosure.projects.iter().map(|project| format!("projects/{}", project.slug)).collect();
    for (index, address) in projects.iter().enumerate() {
        all.push(whole(disclosure.projects[index].file, address.clone(), Some(index)));
    }
    let tables = disclosure.tables.values();
    all.extend(tables.map(|table| whole(table.file, table.spec.id.clone(), None)));
    // Their reasons are printed on the page they concern.
    for acceptance in disclosure.acceptances() {
        let is_its = |address: &String| {
            acceptance.at.strip_prefix(address.as_str()).is_some_and(|rest| rest.starts_with('/'))
        };
        all.push(Written {
            file: acceptance.place.file,
            range: Some(locate(sources, &acceptance.place)),
            address: acceptance.at.clone(),
            project: projects.iter().position(is_its),
        });
    }
    all
}

/// A figure to look for: its value, what it is, where, and the words that name it.
struct Wanted {
    at: At,
    value: Decimal,
    names: Vec<String>,
    project: Option<usize>,
}

fn wanted(disclosure: &Disclosure, secret: &Secret) -> Option<Wanted> {
    let Hidden::Cell(at) = secret.place else { return None };
    let value = match (&secret.value, at) {
        (Cell::Text(words), At::Indicator(..)) => {
            let target = target::parse(words)?;
            target.value * *disclosure.profile.units.get(&target.unit)?
        }
        (Cell::Figure(value, _), _) => {
            *value * disclosure.profile.factor(Some(disclosure.unit(at)?))
        }
        _ => return None,
    };
    let (names, project) = match at {
        At::Field(project, _) | At::Indicator(project, ..) => {
            (vec![disclosure.projects[project].name.clone()], Some(project))
        }
        At::Cell(table, panel, row, _) => {
            let row = &disclosure.tables[table].panels[panel].rows[row];
            let code = row.code.clone().filter(|_| row.spec.is_none());
            (code.into_iter().chain([row.name.clone()]).collect(), None)
        }
        At::Slot(..) => return None,
    };
    let names = names.into_iter().filter(|name| name.chars().count() > 1).collect();
    Some(Wanted { at, value: value.abs(), names, project }).filter(|one| !one.value.is_zero())
}

fn prose(
    report: &mut Report,
    sources: &Sources,
    disclosure: &Disclosure,
    bound: &[(FileId, Range<usize>)],
) {
    let all: Vec<Wanted> =
        disclosure.secrets.iter().filter_map(|secret| wanted(disclosure, secret)).collect();
    if all.is_empty() {
        return;
    }
    for Written { file, range, address, project } in texts(sources, disclosure) {
        let text = sources.file(file).text();
        let range = range.unwrap_or(0..text.len());
        let is_prose = address.starts_with("narrative/");
        let is_said = |figure: &Figure| {
            let holds = |(other, outer): &(FileId, Range<usize>)| {
                *other == file && outer.contains(&figure.range.start)
            };
            bound.iter().any(holds)
        };
        let found = figures(&text[range.clone()], &disclosure.profile).into_iter();
        let found = found.map(|mut figure| {
            figure.range = figure.range.start + range.start..figure.range.end + range.start;
            figure
        });
        for figure in found {
            let same: Vec<&Wanted> = all.iter().filter(|one| one.value == figure.value).collect();
            if same.is_empty()
                || is_said(&figure)
                || (!is_prose && is_comment(text, figure.range.start))
                || is_covered(sources, disclosure, file, &figure.range)
            {
                continue;
            }
            let sentence = sentence(text, figure.range.start);
            let is_named = |one: &&Wanted| {
                (one.project.is_some() && one.project == project)
                    || one.names.iter().any(|name| sentence.contains(name.as_str()))
            };
            let named = same.iter().copied().find(is_named);
            let Some(one) = named.or_else(|| same.first().copied().filter(|_| is_prose)) else {
                continue;
            };
            let severity = if named.is_some() { Severity::Error } else { Severity::Warning };
            let words = disclosure.words_of(one.at);
            let place = Place::bytes(file, figure.range.clone());
            leak(report, disclosure, place, &words, severity, address.clone());
        }
    }
}

/// Whether a place is itself withheld.
fn is_covered(
    sources: &Sources,
    disclosure: &Disclosure,
    file: FileId,
    range: &Range<usize>,
) -> bool {
    let places = disclosure.secrets.iter().map(|one| disclosure.place_of_hidden(one.place));
    places
        .filter(|place| place.file == file)
        .map(|place| locate(sources, &place))
        .any(|covered| covered.start <= range.start && range.end <= covered.end)
}

/// Whether a place in YAML stands behind a `#`.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with('#') || line.contains(" #")
}

/// The sentence around a place.
fn sentence(text: &str, at: usize) -> &str {
    let ends = |c: char| matches!(c, '。' | '；' | ';' | '！' | '？' | '\n');
    let start = text[..at]
        .rfind(ends)
        .map_or(0, |found| found + text[found..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(ends).map_or(text.len(), |found| at + found);
    &text[start..end]
}

/// Every figure that a unit of the profile follows, in base units.
fn figures(text: &str, profile: &Profile) -> Vec<Figure> {
    let mut units: Vec<(&str, Decimal)> =
        profile.units.iter().map(|(name, factor)| (name.as_str(), *factor)).collect();
    units.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut found = Vec::new();
    for range in super::numbers(text) {
        let rest = text[range.end..].trim_start_matches([' ', '\u{a0}', '\u{3000}']);
        let unit = units.iter().find(|(name, _)| rest.starts_with(name));
        let value = amount::parse(&text[range.clone()]).ok().map(|figure| figure.value);
        if let (Some((_, factor)), Some(value)) = (unit, value) {
            found.push(Figure { range, value: value * *factor });
        }
    }
    found
}
