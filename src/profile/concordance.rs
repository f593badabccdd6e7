//! A concordance: what a code, a line or a project of one year became in a later
//! one, and why. A file below `profiles/` that profiles name, or the portal's own
//! `content/concordance.yaml`.

use crate::source::Place;

use super::same_name;

/// The portal's own concordance.
pub(super) const OWN: &str = "content/concordance.yaml";

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// The code or the name before.
    pub from: String,
    /// The code or the name after.
    pub to: String,
    /// The first fiscal year of the new one.
    pub since: u32,
    /// Why.
    pub why: String,
    /// Where it is stated.
    pub place: Place,
}

impl Change {
    /// Whether it lies between two years.
    pub fn is_between(&self, earlier: u32, later: u32) -> bool {
        earlier < self.since && self.since <= later
    }

    /// Whether it says that one thing, by code or name, became another.
    pub fn links(&self, before: [&str; 2], after: [&str; 2]) -> bool {
        let is = |side: &str, words: [&str; 2]| {
            words.iter().any(|word| !word.is_empty() && same_name(side, word))
        };
        is(&self.from, before) && is(&self.to, after)
    }
}
