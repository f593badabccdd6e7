//! `check`: plan, print the report.

use std::path::PathBuf;
use std::time::Instant;

use super::earlier::{self, NamedState, differing};
use super::formats::print_in;
use super::portal::{OpenPortal, SitePart, Whole};
use super::scope::CheckScope;
use super::today::today;
use super::watch::watch;
use super::{
    Outcome, Totals, counts, elapsed, fails, language, paint, say, show_accepted, verdict,
};
use crate::cli::{Check, Global};
use crate::diagnostic::{Report, Text, text};
use crate::diff::{State, unrecorded};
use crate::plan::{PlanOptions, plan_with};
use crate::render::look_through;
use crate::serve::follow;
use crate::site::Site;
use crate::source::FOLDERS;

/// Runs the command. What an author can break of the pages is looked at too; nothing is written.
pub(super) fn run(global: &Global, arguments: &Check, started: Instant) -> anyhow::Result<Outcome> {
    let (outcome, linked) = once(global, arguments, started)?;
    if !arguments.watch {
        return Ok(outcome);
    }
    let watched = |linked: Vec<PathBuf>| -> Vec<PathBuf> {
        let own = FOLDERS.iter().copied().chain([global.config.as_str()]);
        own.map(|name| global.root.join(name)).chain(linked).collect()
    };
    follow(&watched(linked), |_| match once(global, arguments, Instant::now()) {
        Ok((_, linked)) => watched(linked),
        Err(error) => {
            say(&format!("{}: {error:#}", paint("error", "31;1")));
            watched(Vec::new())
        }
    })?;
    Ok(outcome)
}

/// Checks once; also what links of the portal lead to.
fn once(
    global: &Global,
    arguments: &Check,
    started: Instant,
) -> anyhow::Result<(Outcome, Vec<PathBuf>)> {
    let today = arguments.today.clone().unwrap_or_else(today);
    let options =
        PlanOptions { drafts: arguments.drafts, today: Some(today), ..PlanOptions::default() };
    let scope = CheckScope::of(global, &arguments.paths)?;
    let portal = OpenPortal::open(global, options)?;
    let linked = portal.library.linked().map(PathBuf::from).collect();
    let earlier = arguments.against.as_deref().map(|name| Earlier::read(global, name, &portal));
    let earlier = earlier.transpose()?;
    watch(global, &portal, arguments.format)?;
    let is_sound = !portal.fails();
    let Whole { shared: site, mut report, sources, .. } =
        portal.each(None, false, |report, sources, site, part| {
            if is_sound && !report.has_errors() {
                look_through(report, sources, site);
            }
            if let (Some(earlier), SitePart::Organisation(_, name)) = (&earlier, part) {
                earlier.unrecorded(report, site, name);
            }
            Ok(())
        })?;
    let counts = counts(Totals::of_all(&site.overview), &report);
    let elsewhere = scope.narrow(&sources, &mut report);
    let language = language(global, &site);
    print_in(arguments.format, &sources, &report, language);
    if global.verbose {
        show_accepted(&sources, &report, language);
    }
    let failed = fails(&report, arguments.strict);
    if !global.quiet || failed {
        say(last_line(&report, (failed, elsewhere), &counts, started).get(language));
    }
    Ok((if failed { Outcome::Findings } else { Outcome::Clean }, linked))
}

/// The state that was published, as `--against` names it.
struct Earlier {
    site: Site,
    report: Report,
}

impl Earlier {
    /// Reads of it what differs now.
    fn read(global: &Global, name: &str, portal: &OpenPortal) -> anyhow::Result<Earlier> {
        let library = &portal.library;
        let sources = library.sources(0..library.len(), |_| true)?;
        let now = NamedState { sources, part: String::new() };
        let [sources, _] = differing([&earlier::read(global, name)?, &now]);
        let (site, report) = plan_with(&sources, &PlanOptions::default());
        Ok(Earlier { site, report })
    }

    /// Reports what an organisation changed since without a correction.
    fn unrecorded(&self, report: &mut Report, site: &Site, organisation: &str) {
        let Site { portal, vault, .. } = &self.site;
        let before = State { portal, vault, report: &self.report, part: organisation };
        let now = Report::default();
        let Site { portal, vault, .. } = site;
        unrecorded(report, &before, &State { portal, vault, report: &now, part: organisation });
    }
}

/// How it came out, in one line.
fn last_line(
    report: &Report,
    (failed, elsewhere): (bool, usize),
    counts: &Text,
    started: Instant,
) -> Text {
    let Text { zh, en } = counts;
    let time = elapsed(started);
    if report.diagnostics.is_empty() && elsewhere == 0 {
        let ok = paint("✓", "32;1");
        return text!(zh: "{ok} 全部通过。{zh}（{time}）", en: "{ok} all clear. {en} ({time})");
    }
    let sign = match (failed, report.diagnostics.is_empty()) {
        (true, _) => paint("✗", "31;1"),
        (false, true) => paint("✓", "32;1"),
        (false, false) => paint("✓", "33;1"),
    };
    let mut said = if report.diagnostics.is_empty() {
        text!(zh: "这里没有发现", en: "nothing found here")
    } else {
        verdict(report)
    };
    if elsewhere > 0 {
        said.zh.push_str(&format!("，别处另有 {elsewhere} 条发现"));
        said.en.push_str(&format!(", and {elsewhere} more elsewhere"));
    }
    Text {
        zh: format!("{sign} {}。{zh}（{time}）", said.zh),
        en: format!("{sign} {}. {en} ({time})", said.en),
    }
}
