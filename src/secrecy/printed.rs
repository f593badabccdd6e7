//! The same value in another place: a cell that a code, a name or a common total ties to what is
//! withheld, and every text an author wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::personal::CONTENT;
use super::plain::{Markup, Plain};
use super::system::is_hidden;
use super::wanted::{Search, Wanted};
use super::written::{self, Home, Written};
use crate::amount::Decimal;
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::model::{Amount, At, Disclosure, Draft, Found, Hidden, Model, Secrets};
use crate::profile::equation::Operator;
use crate::profile::same_name;
use crate::source::{FileId, Place, Sources};

/// Reports every other place of the figures a disclosure withholds; those that can be worked out
/// anyway were reported with their derivation.
pub(super) fn report(
    report: &mut Report,
    sources: &Sources,
    draft: &Draft,
    index: usize,
    derived: &[(usize, At)],
) {
    let (disclosure, secrets) = (&draft.disclosures[index], draft.secrets(index));
    let divisions = Divisions::of(draft, disclosure);
    for secret in secrets.iter() {
        let Hidden::Cell(at) = secret.place else { continue };
        if !derived.contains(&(index, at)) {
            for twin in twins(disclosure, &divisions, at) {
                cell(report, disclosure, at, twin);
            }
        }
    }
    let search = Search::of(disclosure, secrets);
    for sibling in draft.disclosures_of(disclosure.organisation) {
        let is_other = !std::ptr::eq(sibling, disclosure);
        let bound = bound(report, draft, disclosure, sibling);
        for text in written::of_disclosure(sources, sibling, draft.secrets_of(sibling), is_other) {
            read(report, sources, sibling, &text, (&search, disclosure), &bound);
        }
    }
    for text in written::of_portal(sources, draft, disclosure) {
        read(report, sources, disclosure, &text, (&search, disclosure), &Bound::default());
    }
    names(report, sources, draft, disclosure, &search);
}

/// Reports names of files and folders, which are part of addresses.
fn names(
    report: &mut Report,
    sources: &Sources,
    portal: &Model,
    disclosure: &Disclosure,
    search: &Search,
) {
    let organisation = format!("{CONTENT}/{}", portal.organisation(disclosure).id);
    let files = sources.site_files(&organisation).chain(sources.site_files("static"));
    let mut seen = BTreeSet::new();
    for (file, path) in files {
        for name in path.split('/').filter(|name| seen.insert(*name)) {
            let plain = Plain::of(name, Markup::Words);
            let hits = search.figures(&plain.text);
            if let Some(one) =
                hits.iter().find(|hit| hit.is_telling).and_then(|hit| hit.same.first())
            {
                let words = disclosure.words_of_hidden(one.place);
                let message = text!(
                    zh: "文件名“{name}”里有不公开的{zh}，地址里会印着它", en: "the name `{name}` says {en}, which is withheld, and is part of an address",
                    zh = words.zh, en = words.en,
                );
                report.push(
                    codes::WITHHELD_PRINTED
                        .at(Place::start(file), message)
                        .help(text!(zh: "文件或文件夹改名", en: "rename the file or folder"))
                        .about(&disclosure.path, path),
                );
            }
        }
    }
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
fn published(disclosure: &Disclosure, secrets: &Secrets) -> BTreeMap<Decimal, Vec<At>> {
    let fields = disclosure.projects.iter().enumerate().flat_map(|(project, content)| {
        (0..content.fields.len()).map(move |field| At::Field(project, field))
    });
    let mut figures: BTreeMap<Decimal, Vec<At>> = BTreeMap::new();
    for at in disclosure.cells().chain(fields) {
        if let Amount::Printed(value, _) = disclosure.amount(at)
            && disclosure.unit(at).is_some()
            && !is_hidden(secrets, disclosure, at)
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
    pub(super) fn of(draft: &Draft, disclosure: &Disclosure) -> Divisions {
        let mut divisions = Divisions {
            figures: published(disclosure, draft.secrets_of(disclosure)),
            all: Vec::new(),
            of: BTreeMap::new(),
            with: BTreeMap::new(),
        };
        for outcome in disclosure.relations(draft) {
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

/// The figures of a narrative that say which figure they are.
#[derive(Default)]
struct Bound {
    /// A withheld one: reported already.
    hidden: Vec<(FileId, Range<usize>)>,
    /// Another one.
    others: Vec<(FileId, Range<usize>)>,
}

/// Reports figures in the prose of a disclosure that are bound to what one of its years withholds.
fn bound(
    report: &mut Report,
    draft: &Draft,
    disclosure: &Disclosure,
    sibling: &Disclosure,
) -> Bound {
    let mut bound = Bound::default();
    for section in &sibling.sections {
        for binding in section.bindings.iter().filter(|binding| binding.terms.len() == 1) {
            let found = binding.addresses().next().map(|to| sibling.find(draft, to, None));
            let Some(Found::Figures(figures)) = found else { continue };
            let [figure] = figures.as_slice() else { continue };
            let home = sibling.home(draft, *figure);
            let range = (section.file, binding.range.clone());
            if !is_hidden(draft.secrets_of(home), home, figure.at) {
                bound.others.push(range);
            } else if std::ptr::eq(home, disclosure) {
                let place = Place::bytes(section.file, binding.range.clone());
                let words = home.words_of(figure.at);
                let address = format!("narrative/{}", section.id);
                leak(report, sibling, place, &words, Severity::Error, address);
                bound.hidden.push(range);
            }
        }
    }
    bound
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

/// Reports what a text, of a disclosure or of the portal, says of what is withheld.
fn read(
    report: &mut Report,
    sources: &Sources,
    owner: &Disclosure,
    text: &Written,
    (search, disclosure): (&Search, &Disclosure),
    bound: &Bound,
) {
    let plain = Plain::of(&text.text, text.markup);
    for hit in search.figures(&plain.text) {
        let source = plain.source(hit.range.clone());
        let is_in = |all: &[(FileId, Range<usize>)]| {
            all.iter().any(|(file, outer)| *file == text.file() && outer.contains(&source.start))
        };
        if is_in(&bound.hidden) {
            continue;
        }
        let sentence = sentence(&plain.text, hit.range.start);
        let is_named = |one: &&Wanted| {
            (one.project.is_some() && one.project == text.project)
                || one.names.iter().any(|name| sentence.contains(name.as_str()))
        };
        let named = hit.same.iter().copied().find(is_named);
        let is_bound = is_in(&bound.others);
        let severity = match (named, text.home) {
            (Some(_), _) => Severity::Error,
            (None, _) if is_bound => continue,
            (None, Home::Prose | Home::Field | Home::Model) if hit.is_telling => Severity::Error,
            (None, Home::OtherYear) if hit.is_telling => Severity::Warning,
            (None, Home::Prose) => Severity::Warning,
            (None, _) => continue,
        };
        let Some(one) = named.or_else(|| hit.same.first().copied()) else { continue };
        let place = text.place_of(sources, source);
        leak(
            report,
            owner,
            place,
            &disclosure.words_of_hidden(one.place),
            severity,
            text.address.clone(),
        );
    }
    for one in search.words(&plain) {
        let place = text.place_of(sources, 0..0);
        let words = disclosure.words_of_hidden(one.place);
        leak(report, owner, place, &words, Severity::Error, text.address.clone());
    }
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
