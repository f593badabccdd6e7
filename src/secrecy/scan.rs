//! Every file that is published, looked at once more: what is withheld must not stand where it
//! belongs, and no number of a person anywhere. Pages are looked at before they are made small, by
//! whoever renders them: what making small takes away is what nobody reads.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::numerals::significant;
use super::personal;
use super::plain::{Markup, Plain};
use super::wanted::{Search, Wanted};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::model::{At, Cell, Disclosure, Hidden, Portal, Secrets, Vault, Withheld};
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
    found: Vec<(Range<usize>, personal::Kind)>,
) {
    for (range, kind) in found {
        let number = &text[range];
        if portal.disclosures.iter().any(|disclosure| personal::is_figure(disclosure, number)) {
            continue;
        }
        let Some((file, range)) = source_of(sources, number) else {
            let place = Place::start(any_file(sources));
            report.push(
                personal::finding(kind, &personal::masked(number), place)
                    .note(text!(zh: "在生成的 {path} 里", en: "in {path} as it is published")),
            );
            continue;
        };
        // Two names below content/: an organisation and its disclosure.
        let is_content = sources
            .file(file)
            .path
            .strip_prefix(personal::CONTENT)
            .is_some_and(|rest| rest.matches('/').count() > 2);
        if !is_content {
            let masked = personal::masked(number);
            report.push(personal::finding(kind, &masked, Place::bytes(file, range)));
        }
    }
}

/// The file that a text was written in.
fn source_of(sources: &Sources, words: &str) -> Option<(FileId, Range<usize>)> {
    let config = sources.find(sources.config());
    let folders = crate::source::FOLDERS.iter().flat_map(|folder| sources.site_files(folder));
    folders.map(|(file, _)| file).chain(config).find_map(|file| {
        let at = sources.file(file).text().find(words)?;
        Some((file, at..at + words.len()))
    })
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
        let is_style = path == url::STYLE;
        whole(plain, &|at, _| {
            at.strip_suffix(path).is_some_and(|folder| folder.ends_with('/'))
                || (is_style && at.starts_with("themes/"))
        });
    }
    if path.starts_with(&disclosure.path) {
        let markup = if made == Made::Page { Markup::Html } else { Markup::of(path) };
        let own = |project: usize| url::project(disclosure, &disclosure.projects[project]) == path;
        for project in projects(secrets) {
            let is_its = |one: &&Wanted| one.project == Some(project);
            let windows = lines(disclosure, project, text, made);
            let windows = windows.into_iter().map(|window| Plain::of(window, markup));
            for plain in windows {
                let hits = search.figures(&plain.text).into_iter().flat_map(|hit| hit.same);
                leaks.extend(hits.filter(is_its).map(|one| one.place));
            }
            let address = format!("projects/{}", disclosure.projects[project].slug);
            if own(project) && !is_accepted(disclosure, |at| at == address) {
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

/// The projects of which something is withheld.
fn projects(secrets: &Secrets) -> BTreeSet<usize> {
    let project = |place: Hidden| match place {
        Hidden::Cell(At::Field(project, _) | At::Indicator(project, ..))
        | Hidden::Step(project, _)
        | Hidden::Goals(project) => Some(project),
        Hidden::Cell(_) => None,
    };
    secrets.iter().filter_map(|secret| project(secret.place)).collect()
}

/// Whether the disclosure answers for a figure at an address of this kind.
fn is_accepted(disclosure: &Disclosure, is_at: impl Fn(&str) -> bool) -> bool {
    disclosure.acceptances().iter().any(|acceptance| {
        is_at(&acceptance.at)
            && [codes::WITHHELD_PRINTED.id, codes::WITHHELD_PRINTED.name]
                .contains(&acceptance.code.as_str())
    })
}

/// The lines of a list that lead to a project; sentences of the narrative were looked at where they
/// are written.
fn lines<'a>(disclosure: &Disclosure, project: usize, text: &'a str, made: Made) -> Vec<&'a str> {
    let ends: &[&str] = if made == Made::Page { &["</tr>", "</li>", "</p>"] } else { &["\n"] };
    let name = format!("{}.html", disclosure.projects[project].slug);
    let is_whole = |rest: &str| rest.starts_with(['"', '\'', ' ', '>', '#', '?', ',', '\n']);
    after(text, &name, ends).into_iter().filter(|rest| is_whole(rest)).collect()
}

/// The withheld cells of the table shown here that print their figure.
fn cells(one: &Withheld, path: &str, text: &str) -> Vec<Hidden> {
    let Withheld { disclosure, secrets } = one;
    let mut found = Vec::new();
    for secret in secrets.iter() {
        let Hidden::Cell(At::Cell(table, panel, row, column)) = secret.place else { continue };
        let Cell::Figure(value, _) = secret.value else { continue };
        let content = &disclosure.tables[table];
        if path != url::table(disclosure, content) || significant(value) == 0 {
            continue;
        }
        let anchor = url::cell_anchor(content, panel, row, column);
        let is_end = |rest: &str| rest.starts_with(['"', '\'', ' ', '>']);
        let prints = |window: &str| {
            let plain = Plain::of(window, Markup::Html);
            super::numbers(&plain.text)
                .into_iter()
                .any(|at| super::value(&plain.text[at]) == Some(value.abs()))
        };
        let mut windows = ["id=\"", "id='", "id="].into_iter().flat_map(|id| {
            after(text, &format!("{id}{anchor}"), &["</td>", "</th>", "<td", "</tr>"])
        });
        if windows.any(|window| is_end(window) && prints(window)) {
            found.push(secret.place);
        }
    }
    found
}

/// What follows each occurrence of a marker, up to the first of these ends.
fn after<'a>(text: &'a str, marker: &str, ends: &[&str]) -> Vec<&'a str> {
    let stretch = |(at, _): (usize, &str)| {
        let rest = &text[at + marker.len()..];
        let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
        &rest[..end]
    };
    text.match_indices(marker).map(stretch).collect()
}

fn leak(report: &mut Report, disclosure: &Disclosure, place: Hidden, path: &str) {
    let message = text!(zh: "生成的 {path} 里印着这个不公开的内容", en: "{path} would publish what is withheld here");
    report.push(
        codes::WITHHELD_PRINTED.at(disclosure.place_of_hidden(place), message).help(
            text!(zh: "在模板、static/ 或文字里找到它，删去", en: "find it in a template, in static/ or in a text, and take it out"),
        ),
    );
}
