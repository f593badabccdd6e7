//! `diff`: two states of a portal, planned, set side by side.

use std::io::stdout;

use super::earlier::{NamedState, differing, read};
use super::{Outcome, color, language, print};
use crate::cli::{Diff, DiffFormat, Global};
use crate::diagnostic::Report;
use crate::diff::{self, State};
use crate::plan::{PlanOptions, plan_with};
use crate::site::Site;

/// Runs the command. Drafts are compared too, and nothing is written.
pub(super) fn run(global: &Global, arguments: &Diff) -> anyhow::Result<Outcome> {
    let here = global.root.to_string_lossy();
    let names = [arguments.old.as_str(), arguments.new.as_deref().unwrap_or(&here)];
    let mut states = [read(global, names[0])?, read(global, names[1])?];
    share_part(&mut states);
    let [before, after] = &states;
    let sources = differing([before, after]);
    let options = PlanOptions { drafts: true, ..PlanOptions::default() };
    let [one, other] = &sources;
    let (earlier, later) = rayon::join(|| plan_with(one, &options), || plan_with(other, &options));
    let found = diff::compare(&state(&earlier, &before.part), &state(&later, &after.part));
    let language = language(global, &later.0);
    print(&match arguments.format {
        DiffFormat::Human => diff::human(&found, names, language, color(&stdout())),
        DiffFormat::Json => diff::json(&found, names),
        DiffFormat::Markdown => diff::markdown(&found, names, language),
    });
    Ok(if found.disclosures.is_empty() { Outcome::Clean } else { Outcome::Findings })
}

fn state<'a>((site, report): &'a (Site, Report), part: &'a str) -> State<'a> {
    State { portal: &site.portal, vault: &site.vault, report, part }
}

/// Where one state is asked for a part, the same part of the other is meant.
fn share_part([before, after]: &mut [NamedState; 2]) {
    if before.part.is_empty() {
        before.part.clone_from(&after.part);
    } else if after.part.is_empty() {
        after.part.clone_from(&before.part);
    }
}
