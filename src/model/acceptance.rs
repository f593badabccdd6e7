//! Known exceptions with reasons, taken out of the report and kept beside it. Nothing
//! here knows a clock: today is given, or the newest date the content states.

use std::collections::BTreeMap;

use super::{Disclosure, Model};
use crate::codes;
use crate::content::Acceptance;
use crate::diagnostic::{Diagnostic, Report, text};
use crate::source::Place;

/// Moves accepted findings aside; an acceptance that matches nothing, or whose last day
/// is before `today`, is itself a finding. `is_code` tells the names of rules; one that names none was
/// reported.
pub fn apply(
    report: &mut Report,
    portal: &Model,
    today: Option<&str>,
    is_code: impl Fn(&str) -> bool,
) {
    expired(report, portal, today);
    let mut used: Vec<Vec<bool>> = portal
        .disclosures
        .iter()
        .map(|disclosure| vec![false; disclosure.acceptances().len()])
        .collect();
    let known = Known::of(portal);
    let found = std::mem::take(&mut report.diagnostics);
    for diagnostic in found {
        match known.of_finding(&diagnostic) {
            Some((home, index)) => {
                used[home][index] = true;
                report.accepted.push(diagnostic);
            }
            None => report.diagnostics.push(diagnostic),
        }
    }
    for (disclosure, used) in portal.disclosures.iter().zip(used) {
        // What could not be checked may be what an acceptance is of.
        if !disclosure.unread.is_empty() || has_unchecked(report, disclosure) {
            continue;
        }
        for (acceptance, _) in
            disclosure.acceptances().iter().zip(used).filter(|(acceptance, used)| {
                !used
                    && !acceptance.is_guessed
                    && !acceptance.reason.is_empty()
                    && is_code(&acceptance.code)
            })
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

/// Whether a finding says that relations of a disclosure could not be checked.
fn has_unchecked(report: &Report, disclosure: &Disclosure) -> bool {
    let is_of = |found: &Diagnostic| found.disclosure.as_ref() == Some(&disclosure.path);
    report.diagnostics.iter().any(|found| found.unchecked > 0 && is_of(found))
}

/// Reports every acceptance whose last day has passed. It goes on taking its finding out:
/// the finding is known, and one message says what is to be done about it.
fn expired(report: &mut Report, portal: &Model, today: Option<&str>) {
    let today = today.unwrap_or(&portal.outline.newest_date);
    for disclosure in &portal.disclosures {
        let is_over = |acceptance: &&Acceptance| {
            !acceptance.until.is_empty() && acceptance.until.as_str() < today
        };
        for acceptance in disclosure.acceptances().iter().filter(is_over) {
            let Acceptance { code, at, until, by, .. } = acceptance;
            let who = if by.is_empty() { String::new() } else { format!("（{by}）") };
            let en_who = if by.is_empty() { String::new() } else { format!(" (by {by})") };
            report.push(
                codes::EXPIRED_ACCEPTANCE
                    .at(acceptance.place.clone(), text!(zh: "例外“{code} {at}”{who}只到 {until} 为止，早于 {today}", en: "the acceptance of {code} {at}{en_who} ended on {until}, before {today}"))
                    .help(text!(zh: "改正那个数，删去例外；仍要接受的，重新核实理由，写上新的 until", en: "mend the figure and remove the acceptance; where it still stands, look at the reason again and write a new `until`")),
            );
        }
    }
}

/// The acceptances of a portal, by disclosure, and by the address and the code they name.
struct Known<'a>(BTreeMap<&'a str, (usize, ByAddress<'a>)>);

/// The numbers of acceptances by address and code.
type ByAddress<'a> = BTreeMap<(&'a str, &'a str), usize>;

impl<'a> Known<'a> {
    /// Those that give a reason.
    fn of(portal: &'a Model) -> Known<'a> {
        let mut all = BTreeMap::new();
        for (home, disclosure) in portal.disclosures.iter().enumerate() {
            let written = disclosure.acceptances().iter().enumerate();
            let mut known = BTreeMap::new();
            for (index, acceptance) in written.filter(|(_, written)| !written.reason.is_empty()) {
                let key = (acceptance.at.as_str(), acceptance.code.as_str());
                known.entry(key).or_insert(index);
            }
            if !known.is_empty() {
                all.entry(disclosure.path.as_str()).or_insert((home, known));
            }
        }
        Known(all)
    }

    /// The first acceptance of a finding: its disclosure and its number there. One at `projects/03-x/*` is of
    /// everything below `projects/03-x`.
    fn of_finding(&self, found: &Diagnostic) -> Option<(usize, usize)> {
        let (home, known) = self.0.get(found.disclosure.as_deref()?)?;
        let address = found.address.as_deref()?;
        let names = [found.code.id, found.code.name];
        let at = |at: &str| names.iter().filter_map(|name| known.get(&(at, *name)).copied()).min();
        let above = address.match_indices('/').take(DEEPEST);
        let above = above.filter_map(|(end, _)| at(&format!("{}*", &address[..=end])));
        Some((*home, above.chain(at(address)).min()?))
    }
}

/// No address has more parts.
const DEEPEST: usize = 16;
