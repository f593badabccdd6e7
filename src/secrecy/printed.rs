//! The same figure in another place: a cell that a code, a name or a common
//! total ties to what is withheld, and texts that print it with its unit.

use std::collections::BTreeSet;
use std::ops::Range;

use super::system::is_hidden;
use crate::address::Address;
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
    for secret in disclosure.secrets.iter() {
        let Hidden::Cell(at) = secret.place else { continue };
        if !derived.contains(&(index, at)) {
            for twin in twins(portal, index, at) {
                cell(report, disclosure, at, twin);
            }
        }
    }
    bound(report, portal, disclosure);
    prose(report, sources, disclosure);
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
pub(super) fn twins(portal: &Portal, index: usize, at: At) -> Vec<At> {
    let disclosure = &portal.disclosures[index];
    let Amount::Printed(value, _) = disclosure.amount(at) else { return Vec::new() };
    if value.is_zero() || disclosure.unit(at).is_none() {
        return Vec::new();
    }
    let is_twin = |other: &At| {
        let same = matches!(disclosure.amount(*other), Amount::Printed(other, _) if other == value);
        *other != at && same && disclosure.unit(*other).is_some() && !is_hidden(disclosure, *other)
    };
    let mut tied: BTreeSet<At> = named_alike(disclosure, at).filter(is_twin).collect();
    tied.extend(of_one_whole(portal, disclosure, at).into_iter().filter(is_twin));
    tied.into_iter().collect()
}

/// Figures of rows with the same code, or that bear the name of the project.
fn named_alike(disclosure: &Disclosure, at: At) -> impl Iterator<Item = At> + '_ {
    let (code, name) = match at {
        At::Cell(table, panel, row, _) => {
            let row = &disclosure.tables[table].panels[panel].rows[row];
            (row.code.clone(), None)
        }
        At::Field(project, _) | At::Indicator(project, ..) => {
            (None, Some(disclosure.projects[project].name.clone()))
        }
        At::Slot(..) => (None, None),
    };
    disclosure.tables.values().enumerate().flat_map(move |(table, content)| {
        let (code, name) = (code.clone(), name.clone());
        content.panels().flat_map(move |(number, form, panel)| {
            let (code, name) = (code.clone(), name.clone());
            let alike = panel.rows.iter().enumerate().filter(move |(_, row)| {
                let says = |name: &String| {
                    same_name(&row.name, name) || row.path.iter().any(|(_, word)| same_name(word, name))
                };
                (row.code.is_some() && row.code == code) || name.as_ref().is_some_and(says)
            });
            alike.flat_map(move |(row, _)| {
                (0..form.columns.len()).map(move |column| At::Cell(table, number, row, column))
            })
        })
    })
}

/// Figures of another division of the whole that a figure is part of: spending by project
/// against the same spending by subject.
fn of_one_whole(portal: &Portal, disclosure: &Disclosure, at: At) -> BTreeSet<At> {
    let mut divisions: Vec<(At, Vec<At>)> = Vec::new();
    for outcome in disclosure.relations(portal) {
        let ([whole], Operator::Equal) = (outcome.left.as_slice(), outcome.operator) else {
            continue;
        };
        let parts = outcome.right.iter().filter(|part| part.value.is_some() && !part.negative);
        let parts: Vec<At> =
            parts.filter_map(|part| part.figure).filter(|part| !part.prior).map(|p| p.at).collect();
        if let Some(whole) = whole.figure.filter(|whole| !whole.prior) {
            divisions.push((whole.at, parts));
        }
    }
    let mut found = BTreeSet::new();
    let own = divisions.iter().enumerate().filter(|(_, (_, parts))| parts.len() > 1 && parts.contains(&at));
    for (division, (whole, _)) in own {
        let mut wholes = BTreeSet::from([*whole]);
        spread(&mut wholes, &divisions, |(whole, parts), known| match parts.as_slice() {
            // A whole of one part is that part.
            [part] if known.contains(part) => vec![*whole],
            [part] if known.contains(whole) => vec![*part],
            _ => Vec::new(),
        });
        let others = divisions.iter().enumerate().filter(|(other, (whole, parts))| {
            *other != division && wholes.contains(whole) && !parts.contains(&at)
        });
        let mut parts: BTreeSet<At> = others.flat_map(|(_, (_, parts))| parts.clone()).collect();
        spread(&mut parts, &divisions, |(whole, parts), known| {
            if known.contains(whole) { parts.clone() } else { Vec::new() }
        });
        found.extend(parts);
    }
    found
}

/// Adds what follows until nothing more does.
fn spread(
    known: &mut BTreeSet<At>,
    divisions: &[(At, Vec<At>)],
    more: impl Fn(&(At, Vec<At>), &BTreeSet<At>) -> Vec<At>,
) {
    loop {
        let before = known.len();
        for division in divisions {
            let next = more(division, known);
            known.extend(next);
        }
        if known.len() == before {
            return;
        }
    }
}

/// Figures in prose that are bound to what is withheld.
fn bound(report: &mut Report, portal: &Portal, disclosure: &Disclosure) {
    for section in &disclosure.sections {
        for binding in &section.bindings {
            let Some(address) = Address::parse(&binding.target) else { continue };
            let Found::Figures(figures) = disclosure.find(portal, &address, None) else { continue };
            let [figure] = figures.as_slice() else { continue };
            let home = disclosure.home(portal, *figure);
            if is_hidden(home, figure.at) {
                let place = Place::bytes(section.file, binding.range.clone());
                let words = home.words_of(figure.at);
                leak(report, disclosure, place, &words, Severity::Error, format!("narrative/{}", section.id));
            }
        }
    }
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

/// Every text of a disclosure: file, address of its findings, the project it is about.
fn texts(disclosure: &Disclosure) -> Vec<(FileId, String, Option<usize>)> {
    let sections =
        disclosure.sections.iter().map(|s| (s.file, format!("narrative/{}", s.id), None));
    let projects = disclosure
        .projects
        .iter()
        .enumerate()
        .map(|(index, project)| (project.file, format!("projects/{}", project.slug), Some(index)));
    let tables = disclosure.tables.values().map(|table| (table.file, table.spec.id.clone(), None));
    sections.chain(projects).chain(tables).collect()
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
        (Cell::Figure(value, _), _) => *value * disclosure.profile.factor(Some(disclosure.unit(at)?)),
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

fn prose(report: &mut Report, sources: &Sources, disclosure: &Disclosure) {
    let all: Vec<Wanted> =
        disclosure.secrets.iter().filter_map(|secret| wanted(disclosure, secret)).collect();
    if all.is_empty() {
        return;
    }
    for (file, address, project) in texts(disclosure) {
        let source = sources.file(file);
        let text = source.text();
        let is_prose = address.starts_with("narrative/");
        let covered: Vec<Range<usize>> = disclosure
            .secrets
            .iter()
            .map(|secret| disclosure.place_of_hidden(secret.place))
            .filter(|place| place.file == file)
            .map(|place| locate(sources, &place))
            .collect();
        for figure in figures(text, &disclosure.profile) {
            let is_covered =
                covered.iter().any(|range| range.start <= figure.range.start && figure.range.end <= range.end);
            if is_covered || (!is_prose && is_comment(text, figure.range.start)) {
                continue;
            }
            let sentence = sentence(text, figure.range.start);
            let is_named = |one: &&Wanted| {
                (one.project.is_some() && one.project == project)
                    || one.names.iter().any(|name| sentence.contains(name.as_str()))
            };
            let same: Vec<&Wanted> = all.iter().filter(|one| one.value == figure.value).collect();
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

/// Whether a place in YAML stands behind a `#`.
fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with('#') || line.contains(" #")
}

/// The sentence around a place.
fn sentence(text: &str, at: usize) -> &str {
    let ends = |c: char| matches!(c, '。' | '；' | ';' | '！' | '？' | '\n');
    let start = text[..at].rfind(ends).map_or(0, |found| found + text[found..].chars().next().map_or(1, char::len_utf8));
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
