//! Every byte that is published, looked at once more: what is withheld must not
//! stand where it belongs, and no number of a person anywhere.

use std::ops::Range;

use super::{numbers, personal, printed_forms, value};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::model::{At, Disclosure, Hidden, Portal, Secret};
use crate::source::{FileId, Place, Sources};
use crate::url;

/// Looks at one rendered file; the values themselves come from the portal's sealed store.
pub fn scan(report: &mut Report, sources: &Sources, portal: &Portal, path: &str, bytes: &[u8]) {
    let mut withholding = portal.withholding().peekable();
    let found = [personal::find(bytes), personal::find(path.as_bytes())];
    if withholding.peek().is_none() && found.iter().all(Vec::is_empty) {
        return;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for (text, found) in [text, path].into_iter().zip(found) {
        people(report, sources, portal, (path, text), found);
    }
    for (_, disclosure) in withholding {
        withheld(report, disclosure, path, text);
    }
}

/// Looks at one file of the search index: numbers of persons were looked for on the pages.
pub fn scan_index(report: &mut Report, portal: &Portal, path: &str, bytes: &[u8]) {
    let mut withholding = portal.withholding().peekable();
    if withholding.peek().is_none() {
        return;
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for (_, disclosure) in withholding {
        withheld(report, disclosure, path, text);
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

fn withheld(report: &mut Report, disclosure: &Disclosure, path: &str, text: &str) {
    for form in printed_forms(disclosure).filter(|form| !is_figure(form)) {
        if text.contains(&form) {
            let secret =
                disclosure.secrets.iter().find(|secret| secret.value.text().trim() == form);
            if let Some(secret) = secret {
                leak(report, disclosure, secret, path);
            }
        }
    }
    for secret in disclosure.secrets.iter() {
        let form = secret.value.text().replace(',', "");
        if !is_figure(&form) || !super::is_telling(&form) {
            continue;
        }
        let wanted = value(&form);
        let prints = |text: &str| numbers(text).into_iter().any(|at| value(&text[at]) == wanted);
        if windows(disclosure, secret, path, text).into_iter().any(prints) {
            leak(report, disclosure, secret, path);
        }
    }
}

fn is_figure(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
}

/// The stretches of a file that belong to a withheld value.
fn windows<'a>(
    disclosure: &Disclosure,
    secret: &Secret,
    path: &'a str,
    text: &'a str,
) -> Vec<&'a str> {
    let project = match secret.place {
        Hidden::Cell(At::Field(project, _) | At::Indicator(project, ..))
        | Hidden::Step(project, _)
        | Hidden::Goals(project) => &disclosure.projects[project],
        Hidden::Cell(At::Cell(table, panel, row, column)) => {
            let content = &disclosure.tables[table];
            if path != url::table(disclosure, content) {
                return Vec::new();
            }
            let anchor = format!("id=\"{}\"", url::cell_anchor(content, panel, row, column));
            return after(text, &anchor, &["</td>", "</th>", "<td"]);
        }
        Hidden::Cell(At::Slot(..)) => return Vec::new(),
    };
    let own = url::project(disclosure, project);
    let address = format!("projects/{}", project.slug);
    let is_accepted = disclosure.acceptances().iter().any(|acceptance| {
        acceptance.at == address
            && [codes::WITHHELD_PRINTED.id, codes::WITHHELD_PRINTED.name]
                .contains(&acceptance.code.as_str())
    });
    let mut found = Vec::new();
    if own == path && !is_accepted {
        found.push(text);
    }
    if path.contains(&project.slug) {
        found.push(path);
    }
    // A line of a list that leads to it; sentences of the narrative were looked at where they are written.
    if path.starts_with(&disclosure.path) {
        found.extend(after(
            text,
            &format!("{}.html\"", project.slug),
            &["</tr>", "</li>", "</p>", "\n"],
        ));
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

fn leak(report: &mut Report, disclosure: &Disclosure, secret: &Secret, path: &str) {
    let message = text!(zh: "生成的 {path} 里印着这个不公开的内容", en: "{path} would publish what is withheld here");
    report.push(
        codes::WITHHELD_PRINTED.at(disclosure.place_of_hidden(secret.place), message).help(
            text!(zh: "在模板、static/ 或文字里找到它，删去", en: "find it in a template, in static/ or in a text, and take it out"),
        ),
    );
}
