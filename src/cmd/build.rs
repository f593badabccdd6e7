//! `build`: plan part by part; render every path of each into a staging folder, and if nothing
//! was wrong in the end, exchange it with the output.

use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use super::merge::SHARD;
use super::parts::{Part, Parts};
use super::press::Press;
use super::stamp::Stamp;
use super::{Outcome, asked, elapsed, paint, say, wishes};
use crate::cli::{Build, Global, Shard};
use crate::diagnostic::text;

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Build, started: Instant) -> anyhow::Result<Outcome> {
    let mut parts = Parts::open(global, wishes(&arguments.site))?;
    if let Some(Shard { number, of }) = arguments.shard {
        parts.stamp.narrow(&format!(" {number}/{of}"));
    }
    let output = global.root.join(&arguments.site.output_dir);
    let press = Press::begin(output.clone(), &parts)?;
    if let Some(last) = last_of_the_same(&parts, press.last.as_ref())? {
        tell_again(global, &parts, &output, last, started);
        return Ok(Outcome::Clean);
    }
    let shard = arguments.shard;
    let whole = parts.each(shard, shard.is_none(), |report, sources, site, part| {
        if shard.is_some() && part == Part::Frame {
            let stamp = press.stamp().text();
            return press.add_file(SHARD, &stamp);
        }
        press.run(report, sources, site, part)
    })?;
    press.finish(global, &whole, started)
}

/// The last build, if there is nothing that a new one would do otherwise.
fn last_of_the_same<'a>(
    parts: &Parts,
    last: Option<&'a Stamp>,
) -> anyhow::Result<Option<&'a Stamp>> {
    let Some(last) = last.filter(|_| !parts.fails()) else { return Ok(None) };
    let library = &parts.library;
    let digest = |index: usize| anyhow::Ok(library.sources(index..index + 1, |_| true)?.digest());
    let digests: Vec<_> = (0..library.len()).into_par_iter().map(digest).collect();
    let mut now = parts.stamp.clone();
    for (index, digest) in digests.into_iter().enumerate() {
        now.note(library.name(index), digest?, true);
    }
    Ok(Some(last).filter(|last| last.is_of(&now)))
}

/// Says again what was found and counted.
fn tell_again(global: &Global, parts: &Parts, output: &Path, last: &Stamp, started: Instant) {
    let language = asked(global).unwrap_or_else(|| parts.common.language());
    let (findings, counts) = last.said(language);
    if !findings.is_empty() {
        say(findings);
    }
    if !global.quiet {
        let line = text!(
            zh: "{ok} {output} 与上次一样，没有可做的。{counts}（{time}）",
            en: "{ok} {output} is as it should be: nothing changed. {counts} ({time})",
            ok = paint("✓", "32;1"), output = output.display(), time = elapsed(started),
        );
        say(line.get(language));
    }
}
