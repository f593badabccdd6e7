//! `glossary`: what the words of a form mean, in words of the profile and not of the publisher.

use indexmap::IndexMap;

/// A word with what it means.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// The word.
    pub name: String,
    /// What it means by language tag; an empty tag stands for every language.
    pub texts: IndexMap<String, String>,
    /// Other forms in which it is printed.
    pub also: Vec<String>,
}

impl Meaning {
    /// What it means in a language; nothing where that is not written.
    pub fn of(&self, language: &str) -> Option<&str> {
        self.texts.get(language).or_else(|| self.texts.get("")).map(String::as_str)
    }
}
