//! What `corrections:` of a disclosure says of its values: what was published, and what it became.

use std::collections::BTreeMap;

use super::{Cell, Disclosure, Hidden, Model};
use crate::amount;

/// A value that was changed after publication.
#[derive(Clone, Debug)]
pub struct CorrectedValue {
    /// The number of its correction in the list, from 0.
    pub correction: usize,
    /// The number of its cell there.
    pub cell: usize,
    /// Where it stands.
    pub place: Hidden,
    /// What was published.
    pub was: String,
    /// What it became: what a later correction says was published, else what stands there.
    pub now: String,
    /// Whether no later correction is of the same value.
    pub is_last: bool,
}

impl Disclosure {
    /// Every corrected value that is there, in the authors' order. Of one that is withheld marks
    /// stand in place of both figures.
    pub fn corrected(&self, portal: &Model) -> &[CorrectedValue] {
        if self.written.corrections.is_empty() {
            return &[];
        }
        self.worked.corrected.get_or_init(|| self.all_corrected(portal))
    }

    fn all_corrected(&self, portal: &Model) -> Vec<CorrectedValue> {
        let mut all = Vec::new();
        for (correction, written) in self.written.corrections.iter().enumerate() {
            for (cell, said) in written.cells.iter().enumerate() {
                let [place] = self.places_at(portal, &said.at)[..] else { continue };
                let (was, now) = (said.was.clone(), String::new());
                all.push(CorrectedValue { correction, cell, place, was, now, is_last: false });
            }
        }
        let mut by_place: BTreeMap<Hidden, Vec<usize>> = BTreeMap::new();
        for (index, one) in all.iter().enumerate() {
            by_place.entry(one.place).or_default().push(index);
        }
        for (place, mut chain) in by_place {
            let date = |index: &usize| &self.written.corrections[all[*index].correction].date;
            chain.sort_by(|one, other| date(one).cmp(date(other)));
            let present = self.value_of(place);
            let is_withheld = matches!(present, Cell::Withheld(_)) || self.is_concealed(place);
            let mut now = present.text();
            for (at, index) in chain.into_iter().rev().enumerate() {
                let one = &mut all[index];
                one.is_last = at == 0;
                if is_withheld {
                    self.withheld_mark().clone_into(&mut one.was);
                }
                one.now = std::mem::replace(&mut now, one.was.clone());
            }
        }
        all
    }

    /// Whether goals stand as the mark alone.
    fn is_concealed(&self, place: Hidden) -> bool {
        let Hidden::Goals(project) = place else { return false };
        let mut goals = self.projects[project].goals.iter().flat_map(|(_, goals)| goals);
        goals.all(|goal| goal == self.withheld_mark())
    }
}

/// Whether two printed values are the same: figures by what they are worth, not by their noughts.
pub fn is_same_value(one: &str, other: &str) -> bool {
    let figure = |text: &str| amount::parse(text).ok().map(|figure| figure.value);
    match (figure(one), figure(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.trim() == other.trim(),
    }
}
