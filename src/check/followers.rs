//! Findings that say of a figure what another finding says as well: they become notes of that one.

use crate::diagnostic::{Diagnostic, Report};
use crate::source::Place;

/// Findings of a figure that breaks a relation, too: a figure below nought, a budget that its cost target contradicts.
const FOLLOWERS: [&str; 2] = ["T209", "P403"];

/// Makes notes of the findings about figures that a relation speaks against.
pub(super) fn fold(report: &mut Report) {
    if !report.diagnostics.iter().any(|one| is_follower(one)) {
        return;
    }
    let (followers, mut kept): (Vec<Diagnostic>, Vec<Diagnostic>) =
        std::mem::take(&mut report.diagnostics).into_iter().partition(is_follower);
    for follower in followers {
        let places = places(&follower);
        let is_cause = |one: &&mut Diagnostic| {
            one.code.id.starts_with("T20") && !is_follower(one) && speaks_of(one, &places)
        };
        match kept.iter_mut().find(is_cause) {
            Some(cause) => cause.notes.push(follower.message),
            None => kept.push(follower),
        }
    }
    report.diagnostics = kept;
}

fn is_follower(one: &Diagnostic) -> bool {
    FOLLOWERS.contains(&one.code.id)
}

fn places(one: &Diagnostic) -> Vec<Place> {
    let related = one.related.iter().map(|label| label.place.clone());
    std::iter::once(one.primary.clone()).chain(related).collect()
}

/// Whether a finding is about one of these places.
fn speaks_of(one: &Diagnostic, places: &[Place]) -> bool {
    places.contains(&one.primary) || one.related.iter().any(|label| places.contains(&label.place))
}
