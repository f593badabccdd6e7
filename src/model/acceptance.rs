//! Known exceptions with reasons, taken out of the report and kept beside it.

use super::Portal;
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::Place;

/// Moves accepted findings aside; an acceptance that matches nothing is itself a finding.
pub fn apply(report: &mut Report, portal: &Portal) {
    let mut used: Vec<Vec<bool>> = portal
        .disclosures
        .iter()
        .map(|disclosure| vec![false; disclosure.acceptances().len()])
        .collect();
    let found = std::mem::take(&mut report.diagnostics);
    for diagnostic in found {
        let home =
            portal.disclosures.iter().position(|d| Some(&d.path) == diagnostic.disclosure.as_ref());
        let accepted = home.and_then(|home| {
            let fits = |acceptance: &crate::content::Acceptance| {
                let code = acceptance.code == diagnostic.code.id
                    || acceptance.code == diagnostic.code.name;
                code && !acceptance.reason.is_empty()
                    && diagnostic
                        .address
                        .as_ref()
                        .is_some_and(|found| covers(&acceptance.at, found))
            };
            portal.disclosures[home].acceptances().iter().position(fits).map(|index| (home, index))
        });
        match accepted {
            Some((home, index)) => {
                used[home][index] = true;
                report.accepted.push(diagnostic);
            }
            None => report.diagnostics.push(diagnostic),
        }
    }
    for (disclosure, used) in portal.disclosures.iter().zip(used) {
        for (acceptance, _) in disclosure
            .acceptances()
            .iter()
            .zip(used)
            .filter(|(acceptance, used)| !used && !acceptance.reason.is_empty())
        {
            let place: Place = acceptance.place.clone();
            report.push(
                codes::UNUSED_ACCEPTANCE
                    .at(place, text!(zh: "没有与“{code} {at}”对应的发现，这条例外已经用不着", en: "nothing found matches `{code} {at}`: this acceptance is not needed", code = acceptance.code, at = acceptance.at))
                    .help(text!(zh: "删去它，或核对 code 与 at（每条发现的末行写着它的地址）", en: "remove it, or compare code and at with the last line of the finding")),
            );
        }
    }
}

/// Whether an acceptance at one address is of a finding at another: `projects/03-x/*` is of
/// everything below `projects/03-x`.
fn covers(at: &str, found: &str) -> bool {
    match at.strip_suffix('*').filter(|home| home.ends_with('/')) {
        Some(home) => found.starts_with(home),
        None => at == found,
    }
}
