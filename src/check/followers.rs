//! Findings that say of a figure what another finding says as well: they become notes of that one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report};
use crate::source::Place;

/// Findings of a figure that breaks a relation, too: a figure below nought, a budget that its cost target contradicts.
const FOLLOWERS: [&str; 2] = ["T209", "P403"];

/// Makes notes of the findings about figures that a relation speaks against.
pub(super) fn fold(report: &mut Report) {
    if !report.diagnostics.iter().any(is_follower) {
        return;
    }
    let (followers, mut kept): (Vec<Diagnostic>, Vec<Diagnostic>) =
        std::mem::take(&mut report.diagnostics).into_iter().partition(is_follower);
    let mut causes: BTreeMap<Place, usize> = BTreeMap::new();
    for (index, one) in kept.iter().enumerate().filter(|(_, one)| one.code.id.starts_with("T20")) {
        for place in places(one) {
            causes.entry(place.clone()).or_insert(index);
        }
    }
    for follower in followers {
        let cause = places(&follower).find_map(|place| causes.get(place).copied());
        match cause {
            Some(cause) => kept[cause].notes.push(follower.message),
            None => kept.push(follower),
        }
    }
    report.diagnostics = kept;
}

fn is_follower(one: &Diagnostic) -> bool {
    FOLLOWERS.contains(&one.code.id)
}

fn places(one: &Diagnostic) -> impl Iterator<Item = &Place> {
    std::iter::once(&one.primary).chain(one.related.iter().map(|label| &label.place))
}
