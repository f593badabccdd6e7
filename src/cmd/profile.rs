//! `profile`: what its commands share.

use crate::diagnostic::{Language, text};
use crate::profile::KnownProfiles;
use crate::source::Sources;

/// Fails where there is no profile of an id, and says which come near.
pub(super) fn must_be_there(sources: &Sources, id: &str, language: Language) -> anyhow::Result<()> {
    let known = KnownProfiles::of(sources);
    if known.has(id) {
        return Ok(());
    }
    let beside = known.beside(id);
    let message = text!(zh: "没有模板“{id}”：{zh}", en: "there is no profile `{id}`: {en}", zh = beside.zh, en = beside.en);
    anyhow::bail!(message.get(language).to_owned())
}
