//! The words by which questions are understood, as profiles state them, for the browser: what the
//! profiles of all disclosures say, joined in the order of their ids, so that it is the same whatever
//! was read first.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Serialize;

use crate::format;
use crate::model::Portal;
use crate::profile::Profile;
use crate::profile::search::{Asks, Search};

/// As many organisations a portal may have for the browser to know all their names.
const NAMED: usize = 60;

/// What the parts of an index know: profiles by id, years and names of organisations.
#[derive(Clone, Debug, Default)]
pub(super) struct IndexWords {
    /// The profiles that disclosures follow.
    profiles: BTreeMap<String, Arc<Profile>>,
    /// Fiscal years as they are written, each with how it is printed.
    years: BTreeMap<String, String>,
    /// Names of organisations, each with the short one.
    names: BTreeMap<String, String>,
}

/// `words` of `index.js`. Figures are texts, so that none is rounded.
#[derive(Debug, Default, Serialize, Hash)]
pub(super) struct Words {
    questions: Vec<String>,
    amounts: Vec<String>,
    particles: Vec<String>,
    money: Vec<String>,
    definitions: Vec<String>,
    signs: Vec<String>,
    /// Words for the year of the newest disclosure.
    now: Vec<String>,
    /// Words for the year before.
    last: Vec<String>,
    numerals: Vec<(String, String)>,
    /// What units are worth.
    units: Vec<(String, String)>,
    /// What is printed, then its other names.
    synonyms: Vec<(String, Vec<String>)>,
    /// Id and words.
    sides: Vec<(String, Vec<String>)>,
    /// Id and words.
    intents: Vec<(String, Vec<String>)>,
    /// Words that ask how something changed.
    turns: Vec<String>,
    /// Fiscal years as they are written and as they are printed, the newest first.
    years: Vec<(String, String)>,
    /// Names of organisations, long and short; none where there are too many to name.
    names: Vec<(String, String)>,
    /// Whether those are all.
    named: bool,
}

impl IndexWords {
    /// Of a portal or a part of it.
    pub(super) fn of(portal: &Portal) -> IndexWords {
        let mut known = IndexWords::default();
        for disclosure in &portal.disclosures {
            let profile = &disclosure.profile;
            known.profiles.insert(profile.id.clone(), Arc::clone(profile));
            known.years.insert(disclosure.written.fiscal_year.clone(), format::year(disclosure));
        }
        for organisation in &portal.organisations {
            let written = &organisation.written;
            known.names.insert(written.name.clone(), written.short.clone());
        }
        known
    }

    /// Takes in what another part knows.
    pub(super) fn absorb(&mut self, other: &IndexWords) {
        self.profiles.extend(other.profiles.iter().map(|(id, it)| (id.clone(), Arc::clone(it))));
        self.years.extend(other.years.clone());
        self.names.extend(other.names.clone());
    }

    /// What the browser is told.
    pub(super) fn words(&self) -> Words {
        let mut words = Words::default();
        let (mut numerals, mut units) = (IndexMap::new(), IndexMap::new());
        let (mut synonyms, mut sides) = (Lists::default(), Lists::default());
        let mut intents = Lists::default();
        for profile in self.profiles.values() {
            let search = &profile.search;
            words.join(search);
            if let Some(prose) = &profile.prose {
                join(&mut words.now, &prose.this_year);
                join(&mut words.last, &prose.last_year);
            }
            numerals.extend(search.numerals.iter().map(|(word, is)| (word.clone(), *is)));
            units.extend(profile.units.iter().map(|(unit, is)| (unit.clone(), *is)));
            search.synonyms.iter().for_each(|(name, others)| synonyms.join(name, others));
            search.sides.iter().for_each(|(id, side)| sides.join(id, &side.words));
            search.intents.iter().for_each(|(id, intent)| intents.join(id, &intent.words));
        }
        words.numerals = numerals.into_iter().map(|(word, is)| (word, is.to_string())).collect();
        words.units = units.into_iter().map(|(unit, is)| (unit, is.to_string())).collect();
        words.synonyms = synonyms.0.into_iter().collect();
        words.sides = sides.0.into_iter().collect();
        words.intents = intents.0.into_iter().collect();
        words.years = self.years.clone().into_iter().rev().collect();
        words.named = self.names.len() <= NAMED;
        if words.named {
            words.names = self.names.clone().into_iter().collect();
        }
        words
    }
}

impl Words {
    /// Takes in the lists of a profile.
    fn join(&mut self, search: &Search) {
        join(&mut self.questions, &search.questions);
        join(&mut self.amounts, &search.amounts);
        join(&mut self.particles, &search.particles);
        join(&mut self.money, &search.money);
        join(&mut self.definitions, &search.definitions);
        join(&mut self.signs, &search.year_signs);
        let changes = search.intents.values().filter(|intent| intent.asks == Asks::Change);
        let turns = changes.flat_map(|intent| &intent.words).filter(|word| !word.contains(' '));
        join(&mut self.turns, &turns.cloned().collect::<Vec<String>>());
    }

    /// The characters of other names, which may be typed by their sound.
    pub(super) fn characters(&self) -> impl Iterator<Item = char> {
        self.synonyms.iter().flat_map(|(_, others)| others).flat_map(|other| other.chars())
    }
}

/// Lists by name, joined.
#[derive(Default)]
struct Lists(IndexMap<String, Vec<String>>);

impl Lists {
    fn join(&mut self, name: &str, more: &[String]) {
        join(self.0.entry(name.to_owned()).or_default(), more);
    }
}

/// Adds what is not there yet.
fn join(all: &mut Vec<String>, more: &[String]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}
