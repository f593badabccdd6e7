//! `profile explain`: what a profile demands, in words.

use super::import::portal;
use super::profile::must_be_there;
use super::{Outcome, print, say};
use crate::cli::{ExplainProfile, Global};
use crate::diagnostic::{Report, text};
use crate::findings;
use crate::profile;

/// Runs the command. A profile that has mistakes is explained as far as it can be read, and they are told.
pub(super) fn run(global: &Global, arguments: &ExplainProfile) -> anyhow::Result<Outcome> {
    let (sources, language) = portal(global)?;
    let id = &arguments.profile;
    must_be_there(&sources, id, language)?;
    let mut report = Report::default();
    let profiles = profile::resolve(&mut report, &sources, [id.clone()]);
    if let Some(profile) = profiles.get(id) {
        print(&profile::explain(&sources, profile, language));
    } else {
        let message = text!(zh: "模板“{id}”只供继承，或者读不出来", en: "the profile `{id}` is only extended, or cannot be read");
        say(message.get(language));
    }
    findings::order(&sources, &mut report);
    if !report.has_errors() {
        return Ok(Outcome::Clean);
    }
    say(&findings::human::render(&sources, &report, language, false));
    Ok(Outcome::Findings)
}
