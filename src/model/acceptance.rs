//! Known exceptions with reasons, taken out of the report and kept beside it. Nothing
//! here knows a clock: today is given, or the newest date the content states.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Disclosure, Model};
use crate::codes;
use crate::content::Acceptance;
use crate::diagnostic::{Diagnostic, Label, Report, Severity, text};
use crate::locate::Locator;
use crate::profile::normalized_name;
use crate::source::{Place, Sources, Spot};

/// Moves accepted findings aside; an acceptance that matches nothing, or whose last day
/// is before `today`, is itself a finding. One that says what it is of takes out nothing else: what was found
/// of other figures comes back as an error. `is_code` tells the names of rules; one that names none was
/// reported.
pub fn apply(
    report: &mut Report,
    sources: &Sources,
    portal: &Model,
    today: Option<&str>,
    is_code: impl Fn(&str) -> bool,
) {
    expired(report, portal, today);
    let mut uses: Vec<Vec<Use>> = portal
        .disclosures
        .iter()
        .map(|disclosure| disclosure.acceptances().iter().map(Use::of).collect())
        .collect();
    let known = AcceptanceIndex::of(portal);
    let pins = Pins::new(sources);
    for found in std::mem::take(&mut report.diagnostics) {
        let Some((home, index)) = known.of_finding(&found) else {
            report.diagnostics.push(found);
            continue;
        };
        let acceptance = &portal.disclosures[home].acceptances()[index];
        if uses[home][index].takes(acceptance, pins.of(&found)) {
            report.accepted.push(found);
        } else {
            uses[home][index].lapsed.push(report.diagnostics.len());
            report.diagnostics.push(found);
        }
    }
    for (disclosure, uses) in portal.disclosures.iter().zip(&uses) {
        let all = || disclosure.acceptances().iter().zip(uses);
        all().for_each(|(acceptance, one)| one.lapse(report, disclosure, acceptance));
        unpinned(report, disclosure, all());
        // What could not be checked may be what an acceptance is of.
        if !disclosure.unread.is_empty() || has_unchecked(report, disclosure) {
            continue;
        }
        let is_sound = |acceptance: &Acceptance| {
            !acceptance.is_guessed && !acceptance.reason.is_empty() && is_code(&acceptance.code)
        };
        for (acceptance, one) in all().filter(|(acceptance, _)| is_sound(acceptance)) {
            one.unused(report, disclosure, acceptance);
        }
    }
}

/// What a finding is of: the line that an acceptance of it holds on to; empty where something is missing.
pub fn pin(sources: &Sources, found: &Diagnostic) -> String {
    Pins::new(sources).of(found)
}

/// Whether an acceptance is of this finding by its address and its code.
pub fn is_of(acceptance: &Acceptance, found: &Diagnostic) -> bool {
    let address = found.address.as_deref().unwrap_or_default();
    [found.code.id, found.code.name].contains(&acceptance.code.as_str())
        && covering(address).any(|at| at == acceptance.at)
}

/// What an acceptance may say to be of an address: it, or `projects/03-x/*` for everything below
/// `projects/03-x`.
fn covering(address: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let above = address.match_indices('/').take(DEEPEST);
    let above = above.map(|(end, _)| Cow::Owned(format!("{}*", &address[..=end])));
    above.chain([Cow::Borrowed(address)])
}

/// No address has more parts.
const DEEPEST: usize = 16;

/// What an acceptance was used for.
struct Use {
    /// Whether anything was found.
    is_used: bool,
    /// Its lines that were not found, by what they say.
    left: BTreeMap<String, Vec<usize>>,
    /// What was found though it says no line.
    unpinned: Vec<String>,
    /// What was found that is none of its lines, by number in the report.
    lapsed: Vec<usize>,
    /// The lines that those have.
    now: Vec<String>,
}

impl Use {
    fn of(acceptance: &Acceptance) -> Use {
        let mut left: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, line) in acceptance.found.iter().enumerate().rev() {
            left.entry(normalized_name(line)).or_default().push(index);
        }
        Use { is_used: false, left, unpinned: Vec::new(), lapsed: Vec::new(), now: Vec::new() }
    }

    /// Whether the acceptance is of a finding with this line. Each of its own lines is of one finding.
    fn takes(&mut self, acceptance: &Acceptance, line: String) -> bool {
        self.is_used = true;
        if line.is_empty() {
            return true;
        }
        if acceptance.found.is_empty() {
            self.unpinned.push(line);
            return true;
        }
        let is_held =
            self.left.get_mut(&normalized_name(&line)).is_some_and(|lines| lines.pop().is_some());
        if !is_held {
            self.now.push(line);
        }
        is_held
    }

    /// Its lines that were not found, in their order; of many the first.
    fn gone(&self, acceptance: &Acceptance) -> String {
        const SHOWN: usize = 3;
        let mut all: Vec<usize> = self.left.values().flatten().copied().collect();
        all.sort_unstable();
        let more = if all.len() > SHOWN { "；……" } else { "" };
        let lines = all.iter().take(SHOWN).map(|index| acceptance.found[*index].as_str());
        format!("{}{more}", lines.collect::<Vec<_>>().join("；"))
    }

    /// Says of what came back what was accepted, and what is there now.
    fn lapse(&self, report: &mut Report, disclosure: &Disclosure, acceptance: &Acceptance) {
        if self.lapsed.is_empty() {
            return;
        }
        let was = self.gone(acceptance);
        for (index, now) in self.lapsed.iter().zip(&self.now) {
            let is_shown = may_show(report, disclosure);
            let found = &mut report.diagnostics[*index];
            found.severity = Severity::Error;
            let Acceptance { code, at, .. } = acceptance;
            let note = if !is_shown {
                text!(zh: "例外接受的不是现在这些数，不再算数", en: "other figures were accepted: the acceptance no longer holds")
            } else if was.is_empty() {
                text!(zh: "例外接受的没有“{now}”这一处", en: "`{now}` is none of what was accepted")
            } else {
                text!(zh: "例外接受的是“{was}”，现在是“{now}”，例外不再算数", en: "`{was}` was accepted; now it is `{now}`: the acceptance no longer holds")
            };
            found.notes.push(note);
            found.notes.push(text!(zh: "仍要接受的，重新核实理由，再运行 mingbai accept {code} {at}", en: "where it still stands, look at the reason again and run mingbai accept {code} {at}"));
            found.related.push(Label {
                place: acceptance.found_place.clone(),
                text: text!(zh: "接受的是这个", en: "this was accepted"),
            });
        }
    }

    /// Reports an acceptance, or a line of it, that nothing was found of.
    fn unused(&self, report: &mut Report, disclosure: &Disclosure, acceptance: &Acceptance) {
        let Acceptance { code, at, .. } = acceptance;
        if !self.is_used {
            let message = text!(zh: "没有与“{code} {at}”对应的发现，这条例外已经用不着", en: "nothing found matches `{code} {at}`: this acceptance is not needed");
            let help = text!(zh: "删去它，或核对 code 与 at（每条发现的末行写着它的地址）", en: "remove it, or compare code and at with the last line of the finding");
            report.push(codes::UNUSED_ACCEPTANCE.at(acceptance.place.clone(), message).help(help));
        } else if self.lapsed.is_empty() && self.left.values().any(|lines| !lines.is_empty()) {
            let gone = self.gone(acceptance);
            let message = if may_show(report, disclosure) {
                text!(zh: "“{code} {at}”的发现里已经没有“{gone}”", en: "`{gone}` is no longer found of `{code} {at}`")
            } else {
                text!(zh: "“{code} {at}”的发现没有 found 里写的那么多", en: "`found` has more lines than there are findings of `{code} {at}`")
            };
            let help = text!(zh: "从 found 里删去这一条", en: "take the line out of `found`");
            report.push(
                codes::UNUSED_ACCEPTANCE.at(acceptance.found_place.clone(), message).help(help),
            );
        }
    }
}

/// Whether the figures of acceptances may be printed: nothing of the organisation is withheld.
pub fn may_show(report: &Report, disclosure: &Disclosure) -> bool {
    !report.veils.contains_key(&disclosure.written.file)
}

/// Reports once the acceptances of a disclosure that say no figures: these may change unseen.
fn unpinned<'a>(
    report: &mut Report,
    disclosure: &Disclosure,
    all: impl Iterator<Item = (&'a Acceptance, &'a Use)>,
) {
    const NAMED: usize = 3;
    let all: Vec<(&Acceptance, &Use)> = all.filter(|(_, one)| !one.unpinned.is_empty()).collect();
    let Some(&(first, one)) = all.first() else { return };
    let Acceptance { code, at, .. } = first;
    let count = all.len();
    let message = if count == 1 {
        text!(zh: "例外“{code} {at}”没有写接受的是什么（found）：数变了也不会再报告", en: "the acceptance of {code} {at} does not say what was found: it hides whatever the figures become")
    } else {
        text!(zh: "例外“{code} {at}”等 {count} 条没有写接受的是什么（found）：数变了也不会再报告", en: "the acceptance of {code} {at} and {more} more do not say what was found: they hide whatever the figures become", more = count - 1)
    };
    let mut finding = codes::UNPINNED_ACCEPTANCE.at(first.place.clone(), message);
    if may_show(report, disclosure) {
        let line = match one.unpinned.as_slice() {
            [line] => line.clone(),
            lines => format!("[\"{}\"]", lines.join("\", \"")),
        };
        finding = finding.note(text!(zh: "加上 found: {line}", en: "add found: {line}"));
    }
    for (other, _) in all.iter().skip(1).take(NAMED) {
        finding =
            finding.related(other.place.clone(), text!(zh: "这一条也是", en: "this one, too"));
    }
    report.push(finding.help(text!(
        zh: "看过现在的数确实都是原来接受的，运行 mingbai accept --pin，照现在的发现补上",
        en: "where the figures are those that were accepted, mingbai accept --pin writes them as they are found now",
    )));
}

/// Reads the words at the places of findings, each file once.
struct Pins<'a> {
    locator: Locator<'a>,
}

impl<'a> Pins<'a> {
    fn new(sources: &'a Sources) -> Pins<'a> {
        Pins { locator: Locator::new(sources) }
    }

    /// What a finding says it is of, else the words at its places.
    fn of(&self, found: &Diagnostic) -> String {
        // What is withheld, and numbers of persons, are said nowhere.
        if found.code.id.starts_with('W') {
            return String::new();
        }
        if let Some(seen) = &found.seen {
            return seen.clone();
        }
        let places = found.related.iter().map(|label| &label.place);
        let mut lines: Vec<String> = Vec::new();
        for place in std::iter::once(&found.primary).chain(places) {
            let words = self.words(place);
            if !words.is_empty() && !lines.contains(&words) {
                lines.push(words);
            }
        }
        lines.join("；")
    }

    /// The words of a value; nothing at a key, and where a profile is named.
    fn words(&self, place: &Place) -> String {
        match &place.spot {
            Spot::Key(_) => return String::new(),
            Spot::Value(path) if path == "profile" => return String::new(),
            _ => {}
        }
        let text = self.locator.sources().file(place.file).text();
        text[self.locator.range(place)].trim_matches(['"', '\'', ' ']).to_owned()
    }
}

/// Whether a finding says that relations of a disclosure could not be checked.
/// Whether something of a disclosure could not be checked, or its year, its stage, its profile or a whole folder
/// is wrong: then nothing is known of what an acceptance is of.
fn has_unchecked(report: &Report, disclosure: &Disclosure) -> bool {
    const WHOLE: [&str; 9] =
        ["S006", "S016", "S019", "S029", "C101", "C102", "C105", "C109", "D708"];
    let is_of = |found: &Diagnostic| {
        found.disclosure.as_ref() == Some(&disclosure.path)
            || found.primary.file == disclosure.written.file
    };
    let is_cause = |found: &Diagnostic| {
        found.unchecked > 0 || (found.severity == Severity::Error && WHOLE.contains(&found.code.id))
    };
    report.diagnostics.iter().any(|found| is_cause(found) && is_of(found))
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
struct AcceptanceIndex<'a>(BTreeMap<&'a str, (usize, ByAddress<'a>)>);

/// The numbers of acceptances by address and code.
type ByAddress<'a> = BTreeMap<(&'a str, &'a str), usize>;

impl<'a> AcceptanceIndex<'a> {
    /// Those that give a reason.
    fn of(portal: &'a Model) -> AcceptanceIndex<'a> {
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
        AcceptanceIndex(all)
    }

    /// The first acceptance of a finding: its disclosure and its number there.
    fn of_finding(&self, found: &Diagnostic) -> Option<(usize, usize)> {
        let (home, known) = self.0.get(found.disclosure.as_deref()?)?;
        let address = found.address.as_deref()?;
        let names = [found.code.id, found.code.name];
        let at = |at: &str| names.iter().filter_map(|name| known.get(&(at, *name)).copied()).min();
        Some((*home, covering(address).filter_map(|address| at(&address)).min()?))
    }
}
