//! A finding at a value that was imported → the cell of the original file it was read from.

use std::collections::BTreeMap;

use crate::content::origins::{FILE, Origins};
use crate::diagnostic::{Report, text};
use crate::locate::Locator;
use crate::source::{FileId, Sources};

/// Adds to every finding at an imported value where the original has it. What an import was not sure
/// of says so itself.
pub fn name_originals(sources: &Sources, report: &mut Report) {
    let locator = Locator::new(sources);
    let mut maps: BTreeMap<String, Option<Origins>> = BTreeMap::new();
    for found in &mut report.diagnostics {
        let place = &found.primary;
        let path = &sources.file(place.file).path;
        let parts: Vec<&str> = path.splitn(4, '/').collect();
        let ["content", organisation, disclosure, below] = parts[..] else { continue };
        if !below.ends_with(".yaml") {
            continue;
        }
        let folder = format!("content/{organisation}/{disclosure}/");
        let map = maps.entry(folder).or_insert_with_key(|folder| {
            let file: FileId = sources.find(&format!("{folder}{FILE}"))?;
            Origins::parse(sources.file(file).text())
        });
        let Some(map) = map else { continue };
        let Some(at) = locator.path_at(place) else { continue };
        let Some(words) = map.words_of(below, &at) else { continue };
        if found.notes.iter().any(|note| note.zh.contains(&words.zh) || note.zh.contains(&words.en))
        {
            continue;
        }
        found.notes.push(
            text!(zh: "原件：{zh}", en: "in the original: {en}", zh = words.zh, en = words.en),
        );
    }
}
