//! What a table that the form does not have was meant to be, by the name of its file.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content;
use crate::diagnostic::{Text, text};
use crate::profile::{Profile, TableSpec, same_name};
use crate::yaml;

/// The table that a file was most likely meant to be: by its printed title, or by the nearest name, of
/// those that are not there.
pub(super) fn meant(
    profile: &Profile,
    tables: &BTreeMap<String, content::Table>,
    id: &str,
) -> Option<String> {
    let absent = profile.tables.values().filter(|spec| !tables.contains_key(&spec.id));
    let absent: Vec<&Arc<TableSpec>> = absent.collect();
    if let Some(spec) = absent.iter().find(|spec| same_name(&spec.title, id)) {
        return Some(spec.id.clone());
    }
    // A part of one title alone.
    let mut titled = absent.iter().filter(|spec| spec.title.contains(id));
    if let (Some(spec), None) = (titled.next(), titled.next()) {
        return Some(spec.id.clone());
    }
    let ids: Vec<&str> = absent.iter().map(|spec| spec.id.as_str()).collect();
    // A number before it, as sections and projects have.
    let bare =
        id.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.']);
    yaml::nearest(bare, &ids).map(str::to_owned)
}

/// What to say of a file that has the name of a table and what programs add to that of a copy: `general (1)`.
pub(super) fn copied(
    tables: &BTreeMap<String, content::Table>,
    known: &[&str],
    id: &str,
) -> Option<Text> {
    let is_added = |rest: &str| {
        rest.starts_with([' ', '(', '（'])
            || ["副本", "copy"].iter().any(|word| rest.ends_with(word))
    };
    let mut there = known.iter().filter(|known| tables.contains_key(**known));
    let of = there.find(|known| id.strip_prefix(**known).is_some_and(is_added))?;
    Some(
        text!(zh: "这是“{of}”的副本：留下对的一个，叫 tables/{of}.yaml，删去另一个", en: "this is a copy of `{of}`: keep the right one as tables/{of}.yaml and remove the other"),
    )
}
