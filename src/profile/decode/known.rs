//! Which profiles there are, and which files beside them are none.

use std::cell::OnceCell;

use super::keys::is_profile;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Sources};
use crate::yaml;

/// Where profiles live, below the root or embedded.
pub const FOLDER: &str = "profiles";

/// The id of a profile file.
pub(in crate::profile) fn id_of(path: &str) -> Option<String> {
    Some(path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".yaml")?.to_owned())
}

/// What profiles there are, asked for only where one is named that is not.
pub struct KnownProfiles<'a> {
    pub(in crate::profile) sources: &'a Sources,
    ids: OnceCell<Vec<String>>,
}

impl<'a> KnownProfiles<'a> {
    /// Of these sources.
    pub fn of(sources: &'a Sources) -> KnownProfiles<'a> {
        KnownProfiles { sources, ids: OnceCell::new() }
    }

    /// The files they are among.
    pub fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// Whether there is a file of this name.
    pub fn has(&self, id: &str) -> bool {
        self.sources.find(&format!("{FOLDER}/{id}.yaml")).is_some()
    }

    /// What to say beside a profile name that nothing answers to.
    pub fn beside(&self, id: &str) -> Text {
        if let Some(other) = self.of_another_year(id) {
            return text!(
                zh: "有“{other}”：照它写一个，profiles/{id}.yaml 的第一行写 extends: {other}，再写与它不同的地方",
                en: "there is `{other}`: write profiles/{id}.yaml with `extends: {other}` as its first line, and what differs",
            );
        }
        yaml::suggestion(id, &self.ids().iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The profile of the same place and kind whose year is nearest.
    fn of_another_year(&self, id: &str) -> Option<&str> {
        let year = |id: &str| -> Option<(usize, u32)> {
            let (folder, name) = id.rsplit_once('/')?;
            let is_year = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
            Some((folder.len(), name.parse().ok().filter(|_| is_year)?))
        };
        let (folder, wanted) = year(id)?;
        let same = |other: &&String| other.get(..=folder) == id.get(..=folder);
        let years =
            self.ids().iter().filter(same).filter_map(|other| Some((year(other)?.1, other)));
        let nearest = years.min_by_key(|(year, _)| (year.abs_diff(wanted), *year));
        nearest.map(|(_, id)| id.as_str())
    }

    /// The ids of all profiles, the site's and those that came with the program, in order.
    pub fn ids(&self) -> &[String] {
        self.ids.get_or_init(|| {
            let is_kept = |file: FileId| {
                let node = yaml::parse(&mut Report::default(), file, self.sources.file(file));
                node.is_none_or(|node| is_profile(&node))
            };
            let files = self.sources.all_files(FOLDER).into_iter();
            files.filter(|(file, _)| is_kept(*file)).filter_map(|(_, path)| id_of(path)).collect()
        })
    }
}
