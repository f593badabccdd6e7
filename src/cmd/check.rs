//! `check`: plan, print the report.

use std::time::Instant;

use super::today::today;
use super::{
    Outcome, counts, elapsed, fails, language, paint, print, read, say, show, show_accepted,
    verdict,
};
use crate::cli::{Check, Format, Global};
use crate::diagnostic::{Language, Report, Text, text};
use crate::findings::{concise, github, human, json, order, sarif};
use crate::plan::plan_at;
use crate::render::look_through;

/// Runs the command. What an author can break of the pages is looked at too; nothing is written.
pub(super) fn run(global: &Global, arguments: &Check, started: Instant) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let today = arguments.today.clone().unwrap_or_else(today);
    let (site, mut report) = plan_at(&sources, arguments.drafts, None, Some(&today));
    if !report.has_errors() {
        look_through(&mut report, &sources, &site);
        order(&sources, &mut report);
    }
    let language = language(global, &site);
    match arguments.format {
        Format::Human => {
            show(&sources, &report, language);
            show_unproved(&report, language);
        }
        Format::Concise => print(&concise::render(&sources, &report, language)),
        Format::Json => print(&json::render(&sources, &report)),
        Format::Github => print(&github::render(&sources, &report, language)),
        Format::Sarif => print(&sarif::render(&sources, &report, language)),
    }
    if global.verbose {
        show_accepted(&sources, &report, language);
    }
    let failed = fails(&report, arguments.strict);
    if !global.quiet || failed {
        let (counts, verdict) = (counts(&site, &report), verdict(&report));
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

/// What could not be checked: never counted as passed, and said even where nothing is wrong.
fn show_unproved(report: &Report, language: Language) {
    if !report.unproved.is_empty() {
        say(human::unproved(report, language).trim_end());
        say("");
    }
}
