//! Pages that were published and are gone: named, with the `aliases:` that would lead on from where
//! they stood.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::receipt::Receipt;
use crate::source::{Place, Sources};

/// Reports the pages of the last site that this one does not have, nor leads on from.
pub(super) fn find(report: &mut Report, sources: &Sources, last: &Receipt, now: &Receipt) {
    let Some(config) = sources.find(sources.config()) else { return };
    let mut gone: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for page in last.pages().filter(|page| !now.files.contains_key(*page)) {
        gone.entry(home(page)).or_default().push(page);
    }
    let new: BTreeSet<&str> = now.pages().filter(|page| !last.files.contains_key(*page)).collect();
    for (home, pages) in gone {
        let below = format!("{home}/");
        let is_whole = home.contains('/') && !now.pages().any(|page| page.starts_with(&below));
        report.push(finding(Place::start(config), home, &pages, &new, is_whole));
    }
}

/// The folder of the disclosure or the organisation of a page; empty for those of neither.
fn home(page: &str) -> &str {
    let mut ends = page.match_indices('/').map(|(at, _)| at);
    match (ends.next(), ends.next()) {
        (Some(first), Some(second)) if &page[first + 1..second] != "subjects" => &page[..second],
        (Some(first), _) => &page[..first],
        _ => "",
    }
}

fn finding(
    place: Place,
    home: &str,
    pages: &[&str],
    new: &BTreeSet<&str>,
    is_whole: bool,
) -> Diagnostic {
    let count = pages.len();
    let message = match (is_whole, pages) {
        (true, _) => text!(
            zh: "公开过的 {home}/ 没有了，共 {count} 个网页，旧网址也没有通到别处", en: "{home}/ was published and is gone, {count} pages, and nothing leads on from there",
        ),
        (false, [page]) => text!(
            zh: "公开过的网页 {page} 没有了，旧网址也没有通到别处", en: "the page {page} was published and is gone, and nothing leads on from there",
        ),
        (false, _) => text!(
            zh: "{home}/ 下公开过的 {count} 个网页没有了，旧网址也没有通到别处", en: "{count} pages below {home}/ were published and are gone, and nothing leads on from there",
        ),
    };
    let mut finding = codes::PAGE_GONE.at(place, message);
    if is_whole {
        let help = whole(home, new);
        return finding.help(help);
    }
    for page in pages {
        let note = successor(home, page, new)
            .map_or_else(|| Text::same(*page), |new| line(home, page, new));
        finding = finding.note(note);
    }
    finding.help(text!(
        zh: "搬走的、改了名的，写上 aliases；真的撤下的，加 --allow-removal", en: "state `aliases` where a page moved or was renamed; give --allow-removal where it was taken back",
    ))
}

/// What to write where a whole disclosure is gone.
fn whole(home: &str, new: &BTreeSet<&str>) -> Text {
    let others: BTreeSet<&str> =
        new.iter().map(|page| self::home(page)).filter(|other| other.contains('/')).collect();
    let mut others = others.into_iter();
    let file = match (others.next(), others.next()) {
        (Some(only), None) => format!("content/{only}/disclosure.yaml"),
        _ => "disclosure.yaml".to_owned(),
    };
    text!(
        zh: "搬走了的，在 {file} 里写 aliases: [{home}/]；真的撤下的，加 --allow-removal", en: "where it moved, write aliases: [{home}/] into {file}; give --allow-removal where it was taken back",
    )
}

/// The new page that most likely is the one that is gone: of the same folder, and called alike or the
/// only one.
fn successor<'a>(home: &str, page: &str, new: &BTreeSet<&'a str>) -> Option<&'a str> {
    let (folder, name) = page.rsplit_once('/')?;
    let beside =
        |other: &&&'a str| other.rsplit_once('/').is_some_and(|(other, _)| other == folder);
    let candidates: Vec<&'a str> = new.iter().filter(beside).copied().collect();
    if home.is_empty() || !home.contains('/') {
        return None;
    }
    if let [only] = candidates.as_slice() {
        return Some(only);
    }
    let likeness = |other: &str| {
        let other = other.rsplit('/').next().unwrap_or_default();
        strsim::damerau_levenshtein(name, other)
    };
    let best = candidates.into_iter().min_by_key(|other| likeness(other))?;
    (likeness(best) * 2 <= name.chars().count()).then_some(best)
}

/// The line that leads on from a page to the one it became.
fn line(home: &str, old: &str, new: &str) -> Text {
    let below = new.strip_prefix(home).unwrap_or(new).trim_start_matches('/');
    let project = below.strip_prefix("projects/").and_then(|name| name.strip_suffix(".html"));
    let (file, line) = match project {
        Some(project) => {
            (format!("content/{home}/projects/{project}.yaml"), format!("aliases: [{old}]"))
        }
        None => (
            format!("content/{home}/disclosure.yaml"),
            format!("aliases: [{{ from: {old}, to: {below} }}]"),
        ),
    };
    text!(
        zh: "{old}：可能改成了 {new}，在 {file} 里写 {line}", en: "{old} may have become {new}: write {line} into {file}",
    )
}
