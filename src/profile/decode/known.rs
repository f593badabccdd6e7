//! Which profiles there are, and which files beside them are none.

use std::cell::OnceCell;

use crate::diagnostic::{Report, Text};
use crate::source::{FileId, Sources};
use crate::yaml::{self, Node};

/// Where profiles live, below the root or embedded.
pub const FOLDER: &str = "profiles";

/// The top keys by which a dictionary and a concordance are known from a profile.
pub(super) const DICTIONARY: &str = "codes";
pub(super) const CONCORDANCE: &str = "changes";

/// Whether a file below `profiles/` is no profile.
pub(in crate::profile) fn is_shelved(node: &Node) -> bool {
    node.get(DICTIONARY).is_some() || node.get(CONCORDANCE).is_some()
}

/// The id of a profile file.
pub(in crate::profile) fn id_of(path: &str) -> Option<String> {
    Some(path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".yaml")?.to_owned())
}

/// What profiles there are, asked for only where one is named that is not.
pub struct Known<'a> {
    pub(in crate::profile) sources: &'a Sources,
    ids: OnceCell<Vec<String>>,
}

impl<'a> Known<'a> {
    /// Of these sources.
    pub fn of(sources: &'a Sources) -> Known<'a> {
        Known { sources, ids: OnceCell::new() }
    }

    /// Whether there is a file of this name.
    pub fn has(&self, id: &str) -> bool {
        self.sources.find(&format!("{FOLDER}/{id}.yaml")).is_some()
    }

    /// What to say beside a profile name that nothing answers to.
    pub fn beside(&self, id: &str) -> Text {
        let ids = self.ids.get_or_init(|| {
            let is_profile = |file: FileId| {
                let node = yaml::parse(&mut Report::default(), file, self.sources.file(file));
                !node.is_some_and(|node| is_shelved(&node))
            };
            let files = self.sources.all_files(FOLDER).into_iter();
            files
                .filter(|(file, _)| is_profile(*file))
                .filter_map(|(_, path)| id_of(path))
                .collect()
        });
        yaml::suggestion(id, &ids.iter().map(String::as_str).collect::<Vec<_>>())
    }
}
