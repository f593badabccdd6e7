//! `check`: plan, print the report.

use std::time::Instant;

use super::formats::print_in;
use super::parts::{Part, Parts, Whole};
use super::today::today;
use super::watch::watch;
use super::{
    Outcome, Totals, counts, elapsed, fails, language, paint, say, show_accepted, verdict,
};
use crate::cli::{Check, Global};
use crate::diagnostic::{Text, text};
use crate::plan::PlanOptions;
use crate::render::look_through;

/// Runs the command. What an author can break of the pages is looked at too; nothing is written.
pub(super) fn run(global: &Global, arguments: &Check, started: Instant) -> anyhow::Result<Outcome> {
    let today = arguments.today.clone().unwrap_or_else(today);
    let options =
        PlanOptions { drafts: arguments.drafts, today: Some(today), ..PlanOptions::default() };
    let parts = Parts::open(global, options)?;
    watch(global, &parts, arguments.format)?;
    let is_sound = !parts.fails();
    let Whole { shared: site, report, sources, .. } =
        parts.each(None, false, |report, sources, site, part| {
            if is_sound && !report.has_errors() {
                let has_kinds = matches!(part, Part::Organisation(0, _) | Part::Shared);
                look_through(report, sources, site, has_kinds);
            }
            Ok(())
        })?;
    let language = language(global, &site);
    print_in(arguments.format, &sources, &report, language);
    if global.verbose {
        show_accepted(&sources, &report, language);
    }
    let failed = fails(&report, arguments.strict);
    if !global.quiet || failed {
        let (counts, verdict) = (counts(Totals::of_all(&site.overview), &report), verdict(&report));
        let line = if report.diagnostics.is_empty() {
            let ok = paint("✓", "32;1");
            text!(zh: "{ok} 全部通过。{zh}（{time}）", en: "{ok} all clear. {en} ({time})", zh = counts.zh, en = counts.en, time = elapsed(started))
        } else {
            let sign = if failed { paint("✗", "31;1") } else { paint("✓", "33;1") };
            Text {
                zh: format!("{sign} {}。{}（{}）", verdict.zh, counts.zh, elapsed(started)),
                en: format!("{sign} {}. {} ({})", verdict.en, counts.en, elapsed(started)),
            }
        };
        say(line.get(language));
    }
    Ok(if failed { Outcome::Findings } else { Outcome::Clean })
}
