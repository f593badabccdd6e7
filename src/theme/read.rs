//! The templates of a theme, read: what fills them in, and what values they name.

use std::collections::BTreeMap;

use tera::Tera;

use super::vocabulary::Vocabulary;
use super::{DEFAULT, Words, limits};
use crate::source::{FileId, Sources};

/// Templates that were read.
pub(super) struct ReadTemplates {
    pub(super) tera: Tera,
    /// What values they name.
    pub(super) vocabulary: Vocabulary,
    /// Why they could not be read: then there are none.
    pub(super) broken: Option<tera::Error>,
}

impl ReadTemplates {
    /// Reads templates by their names.
    pub(super) fn of(
        sources: &Sources,
        files: &BTreeMap<String, FileId>,
        words: &Words,
    ) -> ReadTemplates {
        let mut tera = Tera::default();
        words.clone().give(&mut tera);
        limits::give(&mut tera);
        tera.autoescape_on([""]);
        tera.set_fallback_prefixes([format!("{DEFAULT}/")])
            .expect("no template has been added yet");
        let texts = files.iter().map(|(name, file)| (name.as_str(), sources.file(*file).text()));
        let broken = tera.add_raw_templates(texts).err();
        ReadTemplates { tera, vocabulary: Vocabulary::of(sources, files), broken }
    }
}
