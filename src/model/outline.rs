//! What the organisations of a portal may know of each other: so little that it is held for all
//! of them, while one is read after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Disclosure, Model, Terms};
use crate::content::Term;
use crate::profile::normalized_name;
use crate::source::{FileId, Sources};

/// What an organisation may know of the others.
#[derive(Debug, Default)]
pub struct Outline {
    /// Every term the portal explains.
    pub terms: Terms,
    /// What profiles explain in the language of the portal, which no publisher said.
    pub meanings: Vec<Term>,
    /// How many organisations have disclosures.
    pub organisations: usize,
    /// The newest date any disclosure states; empty where none does. Today is that at least.
    pub newest_date: String,
    /// The first organisation’s folder, of those whose heads are there; none without any.
    first: Option<String>,
    /// The folders of organisations by every name these go by.
    names: BTreeMap<String, String>,
    /// How many bytes the longest of these names has.
    longest: usize,
    /// The folders of organisations that disclose.
    folders: BTreeSet<String>,
    /// The former addresses that disclosures state, each with its disclosure.
    former: BTreeSet<(String, String)>,
    /// Who disclosed which stage of which year.
    disclosed: BTreeSet<(String, u32, String)>,
}

impl Outline {
    /// Of a portal; of its disclosures only what they are and the terms they explain is asked.
    pub fn of(portal: &Model, first: Option<String>, names: BTreeMap<String, String>) -> Outline {
        let written = portal.disclosures.iter().map(|disclosure| &disclosure.written);
        let dates =
            written.flat_map(|written| [written.approved.as_str(), written.published.as_str()]);
        let meanings = meanings(portal);
        Outline {
            terms: Terms::of(portal, &meanings),
            // Forms in which a word is printed are no words that readers look for it by.
            meanings: meanings.into_iter().map(|term| Term { also: Vec::new(), ..term }).collect(),
            organisations: portal.organisations.len(),
            newest_date: dates.max().unwrap_or_default().to_owned(),
            first,
            longest: names.keys().map(String::len).max().unwrap_or_default(),
            names,
            folders: portal.organisations.iter().map(|one| one.id.clone()).collect(),
            former: portal
                .disclosures
                .iter()
                .flat_map(|one| one.written.aliases.iter().map(move |alias| (alias, one)))
                .map(|(alias, one)| (alias.from.clone(), one.path.clone()))
                .collect(),
            disclosed: portal
                .disclosures
                .iter()
                .map(|disclosure| {
                    let name = &portal.organisation(disclosure).written.name;
                    (normalized_name(name), disclosure.year, disclosure.written.stage.clone())
                })
                .collect(),
        }
    }

    /// A file for what concerns the whole portal: one of its first organisation, so that one part of
    /// the portal has it. Without organisations it is one of those all share.
    pub fn first_file(&self, sources: &Sources) -> Option<FileId> {
        let below = self.first.as_ref().map(|first| format!("content/{first}"));
        let is_shared = |path: &str| path.matches('/').count() == 1;
        let mut files = sources.site_files(below.as_deref().unwrap_or("content"));
        files.find(|(_, path)| below.is_some() || is_shared(path)).map(|(file, _)| file)
    }

    /// The longest name of an organisation that a text ends with, and the folder of that one.
    pub fn named_at_end<'a>(&'a self, text: &str) -> Option<(&'a str, &'a str)> {
        let text = &text[text.ceil_char_boundary(text.len().saturating_sub(self.longest))..];
        let starts = text.char_indices().map(|(at, _)| at);
        let mut ends = starts.filter_map(|at| self.names.get_key_value(&text[at..]));
        ends.next().map(|(name, id)| (name.as_str(), id.as_str()))
    }

    /// Whether an organisation has a folder of this name.
    pub fn is_folder(&self, name: &str) -> bool {
        self.folders.contains(name)
    }

    /// Another disclosure that states a former address, or a folder above or below it.
    pub fn claims(&self, from: &str, own: &str) -> Option<&str> {
        let meets = |other: &str| {
            other == from
                || (other.ends_with('/') && from.starts_with(other))
                || (from.ends_with('/') && other.starts_with(from))
        };
        let mut others = self.former.iter().filter(|(other, by)| by != own && meets(other));
        others.next().map(|(_, by)| by.as_str())
    }

    /// Whether an organisation of a name discloses the year and stage of a disclosure.
    pub fn discloses(&self, name: &str, like: &Disclosure) -> bool {
        self.disclosed.contains(&(normalized_name(name), like.year, like.written.stage.clone()))
    }
}

/// What the profiles of a portal explain, each word once, by the name under which a publisher
/// explains it too.
fn meanings(portal: &Model) -> Vec<Term> {
    let sections = portal.disclosures.iter().flat_map(|disclosure| &disclosure.sections);
    let published: BTreeSet<&str> = sections
        .flat_map(|section| &section.terms)
        .chain(portal.glossary.iter().filter(|term| !term.definition.is_empty()))
        .map(|term| term.name.trim())
        .collect();
    let mut profiles: Vec<_> = portal.disclosures.iter().map(|one| &one.profile).collect();
    profiles.dedup_by(|a, b| a.id == b.id);
    let mut known = BTreeSet::new();
    let all = profiles.into_iter().flat_map(|profile| &profile.glossary);
    let said = all.filter_map(|meaning| {
        let definition = meaning.of(&portal.site.language)?.to_owned();
        let mut also = meaning.also.clone();
        let mut name = meaning.name.clone();
        if let Some(other) = also.iter_mut().find(|other| published.contains(other.as_str()))
            && !published.contains(name.as_str())
        {
            std::mem::swap(&mut name, other);
        }
        known.insert(&meaning.name).then_some(Term { name, definition, also })
    });
    said.collect()
}
