//! Every file that is published, looked at once more: what is withheld must not stand where it
//! belongs, and no number of a person anywhere. Pages are looked at before they are made small, by
//! whoever renders them: what making small takes away is what nobody reads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use percent_encoding::percent_decode_str;

use super::numerals::significant;
use super::personal;
use super::plain::{Markup, Plain};
use super::wanted::{Search, Wanted};
use crate::amount::Decimal;
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::model::{At, Cell, Disclosure, Hidden, Portal, Table, Vault, Withheld};
use crate::source::{FileId, Place, Sources};
use crate::url;

/// What was made under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// A page, not yet made small.
    Page,
    /// A data file, or a file of the search index: made of the model alone.
    Data,
    /// A file of the site or its theme, as it is published.
    File,
}

/// Looks at one rendered file; the values themselves come from the vault.
pub fn scan(
    report: &mut Report,
    sources: &Sources,
    (portal, vault): (&Portal, &Vault),
    (path, made): (&str, Made),
    bytes: &[u8],
) {
    let found = [personal::find(bytes), personal::find(path.as_bytes())];
    if !found.iter().all(Vec::is_empty)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        for (text, found) in [text, path].into_iter().zip(found) {
            people(report, sources, portal, (path, text), found);
        }
    }
    scan_index(report, vault, (path, made), bytes);
}

/// Looks at one file of the search index: numbers of persons were looked for on the pages.
pub fn scan_index(report: &mut Report, vault: &Vault, (path, made): (&str, Made), bytes: &[u8]) {
    if vault.is_empty() {
        return;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // A text in another encoding has the same digits; a picture has bytes that are none.
        Err(_) if Markup::named(path).is_some() => String::from_utf8_lossy(bytes),
        Err(_) => Cow::Borrowed(""),
    };
    let markup = if made == Made::Page { Markup::Html } else { Markup::of(path) };
    let plain = Plain::of(&text, markup);
    for one in vault.iter() {
        withheld(report, one, (path, made), &text, &plain);
    }
}

/// What a disclosure's own files say was looked at before; here is everything else.
fn people(
    report: &mut Report,
    sources: &Sources,
    portal: &Portal,
    (path, text): (&str, &str),
    found: Vec<(Range<usize>, personal::NumberKind)>,
) {
    if found.is_empty() {
        return;
    }
    let known = personal::known(sources, portal);
    for (range, kind) in found {
        let number = &text[range];
        if known.figures.contains(number) {
            continue;
        }
        let masked = personal::masked(number);
        let Some(place) = known.written.get(number) else {
            let place = Place::start(any_file(sources));
            report.push(
                personal::finding(kind, &masked, place)
                    .note(text!(zh: "在生成的 {path} 里", en: "in {path} as it is published")),
            );
            continue;
        };
        if !personal::is_of_disclosure(&sources.file(place.file).path) {
            report.push(personal::finding(kind, &masked, place.clone()));
        }
    }
}

/// The configuration, or whatever file there is.
fn any_file(sources: &Sources) -> FileId {
    let config = sources.find(sources.config());
    config.or_else(|| sources.find("themes/default/base.html")).expect("the theme is embedded")
}

fn withheld(
    report: &mut Report,
    one: &Withheld,
    (path, made): (&str, Made),
    text: &str,
    plain: &Plain,
) {
    let Withheld { disclosure, secrets } = one;
    let search = Search::of(disclosure, secrets);
    let mut leaks: BTreeSet<Hidden> = search.words(plain).iter().map(|one| one.place).collect();
    let mut whole = |plain: &Plain, is_known: &dyn Fn(&str, &str) -> bool| {
        for hit in search.figures(&plain.text).into_iter().filter(|hit| hit.is_telling) {
            let words = &plain.text[hit.range.clone()];
            if !is_accepted(disclosure, |at| is_known(at, words)) {
                leaks.extend(hit.same.iter().map(|one| one.place));
            }
        }
    };
    // Names and files were looked at where they are written: what was accepted there holds here.
    whole(&Plain::of(path, Markup::Words), &|at, words| at.contains(words));
    if made == Made::File {
        let is_style = url::is_style(path);
        whole(plain, &|at, _| {
            at.strip_suffix(path).is_some_and(|folder| folder.ends_with('/'))
                || (is_style && at.starts_with("themes/"))
        });
    }
    if path.starts_with(&disclosure.path) {
        let markup = if made == Made::Page { Markup::Html } else { Markup::of(path) };
        let projects = projects(one);
        for (line, linked) in lines(&projects, text, made) {
            let is_its = |one: &&Wanted| one.project.is_some_and(|one| linked.contains(&one));
            let plain = Plain::of(line, markup);
            let hits = search.figures(&plain.text).into_iter().flat_map(|hit| hit.same);
            leaks.extend(hits.filter(is_its).map(|one| one.place));
        }
        let own =
            |project: &usize| url::project(disclosure, &disclosure.projects[*project]) == path;
        if let Some(own) = projects.values().find(|project| own(project)) {
            let address = format!("projects/{}", disclosure.projects[*own].slug);
            let is_its = |one: &&Wanted| one.project == Some(*own);
            if !is_accepted(disclosure, |at| at == address) {
                let hits = search.figures(&plain.text).into_iter().flat_map(|hit| hit.same);
                leaks.extend(hits.filter(is_its).map(|one| one.place));
            }
        }
        leaks.extend(cells(one, path, text));
    }
    for place in leaks {
        leak(report, disclosure, place, path);
    }
}

/// The projects of which something is withheld, by file name.
fn projects(one: &Withheld) -> BTreeMap<&str, usize> {
    let Withheld { disclosure, secrets } = one;
    let project = |place: Hidden| match place {
        Hidden::Cell(At::Field(project, _) | At::Indicator(project, ..))
        | Hidden::Step(project, _)
        | Hidden::Goals(project) => Some(project),
        Hidden::Cell(_) => None,
    };
    let all = secrets.iter().filter_map(|secret| project(secret.place));
    all.map(|project| (disclosure.projects[project].slug.as_str(), project)).collect()
}

/// Whether the disclosure answers for a figure at an address of this kind.
fn is_accepted(disclosure: &Disclosure, is_at: impl Fn(&str) -> bool) -> bool {
    disclosure.acceptances().iter().any(|acceptance| {
        is_at(&acceptance.at)
            && [codes::WITHHELD_PRINTED.id, codes::WITHHELD_PRINTED.name]
                .contains(&acceptance.code.as_str())
    })
}

/// The lines of a list that lead to some of these projects, each from its first link on, with the
/// projects; sentences of the narrative were looked at where they are written.
fn lines<'a>(
    projects: &BTreeMap<&str, usize>,
    text: &'a str,
    made: Made,
) -> Vec<(&'a str, BTreeSet<usize>)> {
    const PAGE: &str = ".html";
    let Some(longest) = projects.keys().map(|slug| slug.len()).max() else { return Vec::new() };
    // A letter of a name may be written as a percent sign and two digits.
    let longest = longest.saturating_mul(3);
    let mut lines: Vec<(Range<usize>, BTreeSet<usize>)> = Vec::new();
    for (at, _) in text.match_indices(PAGE) {
        let start = at.saturating_sub(longest + 1);
        let before = text.as_bytes()[start..at].iter().rposition(|byte| BEFORE.contains(byte));
        let name = before.map_or(start, |before| start + before + 1)..at;
        let rest = &text[at + PAGE.len()..];
        let is_whole = rest.starts_with(['"', '\'', ' ', '>', '#', '?', ',', '\n']);
        let Some(name) = text.get(name).filter(|_| is_whole) else { continue };
        let name = percent_decode_str(name).decode_utf8_lossy();
        let Some(project) = projects.get(&*name) else { continue };
        if let Some((_, linked)) = lines.last_mut().filter(|(line, _)| at < line.end) {
            linked.insert(*project);
            continue;
        }
        let ends = if made == Made::Page { &*ROW } else { &*LINE };
        let end = ends.find(rest).map_or(rest.len(), |end| end.start());
        let start = at + PAGE.len();
        lines.push((start..start + end, BTreeSet::from([*project])));
    }
    lines.into_iter().map(|(line, linked)| (&text[line], linked)).collect()
}

/// What may stand before a file name in an address.
const BEFORE: &[u8] = b"/\"'=>(, \n\t";

/// Where a line of a page ends, a line of another file, a cell of a table.
static ROW: LazyLock<AhoCorasick> = LazyLock::new(|| ends(&["</tr>", "</li>", "</p>"]));
static LINE: LazyLock<AhoCorasick> = LazyLock::new(|| ends(&["\n"]));
static CELL: LazyLock<AhoCorasick> = LazyLock::new(|| ends(&["</td>", "</th>", "<td", "</tr>"]));

fn ends(ends: &[&str]) -> AhoCorasick {
    AhoCorasick::new(ends).expect("a few short words make a searcher")
}

/// The withheld cells of the table shown here that print their figure.
fn cells(one: &Withheld, path: &str, text: &str) -> Vec<Hidden> {
    let Withheld { disclosure, secrets } = one;
    let table = |content: &Table| path == url::table(disclosure, content);
    let Some(shown) = disclosure.tables.values().position(table) else { return Vec::new() };
    let mut anchors: BTreeMap<String, (Hidden, Decimal)> = BTreeMap::new();
    for secret in secrets.iter() {
        if let (Hidden::Cell(At::Cell(table, panel, row, column)), Cell::Figure(value, _)) =
            (secret.place, &secret.value)
            && table == shown
            && significant(*value) > 0
        {
            let anchor = url::cell_anchor(&disclosure.tables[table], panel, row, column);
            anchors.insert(anchor, (secret.place, value.abs()));
        }
    }
    let Some(longest) = anchors.keys().map(String::len).max() else { return Vec::new() };
    let mut found = Vec::new();
    for (at, id) in text.match_indices("id=") {
        let rest = &text[at + id.len()..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let rest = quote.map_or(rest, |quote| &rest[quote.len_utf8()..]);
        let is_end = |byte: &u8| match quote {
            Some(quote) => char::from(*byte) == quote,
            None => matches!(byte, b' ' | b'>' | b'\n'),
        };
        let Some(end) = rest.bytes().take(longest + 1).position(|byte| is_end(&byte)) else {
            continue;
        };
        let Some((place, value)) = anchors.get(&rest[..end]) else { continue };
        let rest = &rest[end..];
        let window = &rest[..CELL.find(rest).map_or(rest.len(), |end| end.start())];
        let plain = Plain::of(window, Markup::Html);
        let is_printed = |at: Range<usize>| super::value(&plain.text[at]) == Some(*value);
        if super::numbers(&plain.text).into_iter().any(is_printed) {
            found.push(*place);
        }
    }
    found
}

fn leak(report: &mut Report, disclosure: &Disclosure, place: Hidden, path: &str) {
    let message = text!(zh: "生成的 {path} 里印着这个不公开的内容", en: "{path} would publish what is withheld here");
    report.push(
        codes::WITHHELD_PRINTED.at(disclosure.place_of_hidden(place), message).help(
            text!(zh: "在模板、static/ 或文字里找到它，删去", en: "find it in a template, in static/ or in a text, and take it out"),
        ),
    );
}
