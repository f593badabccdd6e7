//! `check`: plan, print the report.

use std::time::Instant;

use super::{
    Outcome, counts, elapsed, fails, language, paint, print, read, say, show, show_accepted,
    verdict,
};
use crate::cli::{Check, Format, Global};
use crate::diagnostic::{Text, text};
use crate::findings::{concise, github, json, order, sarif};
use crate::plan::plan;
use crate::render::render;

/// Runs the command. Pages are rendered too, so that links and templates are checked; nothing is written.
pub(super) fn run(global: &Global, arguments: &Check, started: Instant) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let (site, mut report) = plan(&sources, arguments.drafts);
    if !report.has_errors() {
        for path in site.paths() {
            render(&mut report, &sources, &site, &path);
        }
        order(&sources, &mut report);
    }
    let language = language(global, &site);
    match arguments.format {
        Format::Human => show(&sources, &report, language),
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
