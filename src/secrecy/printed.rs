//! The same value in another place: a cell that a code, a name or a common total ties to what is
//! withheld, and every text an author wrote.

use std::collections::BTreeSet;
use std::ops::Range;

use super::personal::CONTENT;
use super::plain::{Markup, Plain};
use super::system::is_hidden;
use super::ties::{Divisions, Tie};
use super::wanted::{Search, Wanted};
use super::written::{self, Home, Written};
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::model::{At, Disclosure, Draft, Hidden, Lookup, Model};
use crate::source::{FileId, Place, Sources};

/// Reports every other place of the figures a disclosure withholds; those that can be worked out
/// anyway were reported with their derivation.
pub(super) fn report(
    report: &mut Report,
    sources: &Sources,
    draft: &Draft,
    index: usize,
    derived: &BTreeSet<(usize, At)>,
) {
    let (disclosure, secrets) = (&draft.disclosures[index], draft.secrets(index));
    let mut divisions = Divisions::of(draft, disclosure, secrets);
    let mut told: BTreeSet<Tie> = BTreeSet::new();
    for secret in secrets.iter() {
        let Hidden::Cell(at) = secret.place else { continue };
        if derived.contains(&(index, at)) {
            continue;
        }
        let mut own: BTreeSet<At> = BTreeSet::new();
        for (tie, twins) in divisions.twins(disclosure, at) {
            // What ties these to one withheld figure ties them to all of its kind.
            if told.insert(tie) {
                own.extend(twins);
            }
        }
        for twin in own {
            cell(report, disclosure, at, twin);
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
            let Some(Lookup::Figures(figures)) = found else { continue };
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
