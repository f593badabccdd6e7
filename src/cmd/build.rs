//! `build`: plan part by part; render every path of each into a staging folder, and if nothing
//! was wrong in the end, exchange it with the output.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use rayon::prelude::*;

use super::build_session::{BuildSession, tell};
use super::merge::SHARD;
use super::portal::{OpenPortal, SitePart};
use super::stamp::{PartStamp, Stamp};
use super::watch::watch;
use super::{Outcome, chosen_language, elapsed, options, paint, say, show};
use crate::cli::{Build, Global, Made, Shard};
use crate::diagnostic::text;
use crate::publish::{Notice, Options};

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Build, started: Instant) -> anyhow::Result<Outcome> {
    let portal = OpenPortal::open(global, options(&arguments.site))?;
    watch(global, &portal, None)?;
    let output = global.root.join(&arguments.site.output_dir);
    let language = chosen_language(global).unwrap_or_else(|| portal.common.language());
    let tells = |notice: &Notice| tell(notice, language);
    let Made { discard_strays, allow_removal, .. } = arguments.site;
    let options = Options { discard_strays, allow_removal, tell: &tells };
    let mut session = BuildSession::begin(global, &arguments.site, &portal, options)?;
    let shard = arguments.shard;
    session.is_part = shard.is_some();
    if let Some(Shard { number, of }) = shard {
        session.stamp().narrow(&format!(" {number}/{of}"));
    }
    if let Some(last) = last_of_the_same(&portal, &session, arguments.strict)? {
        tell_again(global, &portal, &output, last, started)?;
        return Ok(Outcome::Clean);
    }
    let slip = shard.map(|_| Mutex::new(PartStamp::of(&portal.heads, &portal.options)));
    let whole = portal.each(shard, shard.is_none(), |report, sources, site, part| {
        let slip = slip.as_ref().map(|slip| slip.lock().unwrap_or_else(PoisonError::into_inner));
        match (slip, part) {
            (Some(slip), SitePart::Shared) => return session.add_file(SHARD, &slip.text()),
            (Some(mut slip), SitePart::Organisation(_, name)) => {
                slip.note(name, PartStamp::digest(sources, report));
            }
            (None, _) => {}
        }
        session.run(report, sources, site, part)
    })?;
    session.finish(global, whole, started, arguments.strict)
}

/// The last build, if there is nothing that a new one would do otherwise.
fn last_of_the_same<'a>(
    portal: &OpenPortal,
    session: &'a BuildSession,
    strict: bool,
) -> anyhow::Result<Option<&'a Stamp>> {
    let is_asked = |last: &&Stamp| !(portal.fails() || strict && last.report.has_warnings());
    let last = session.last.as_ref().filter(is_asked).filter(|_| session.is_signed());
    let Some(last) = last else { return Ok(None) };
    let library = &portal.library;
    let digest = |index: usize| {
        anyhow::Ok(library.sources(index..index + 1, |_| true)?.digest(&session.key))
    };
    let digests: Vec<_> = (0..library.len()).into_par_iter().map(digest).collect();
    let mut now = session.stamp().clone();
    for (index, digest) in digests.into_iter().enumerate() {
        now.note(library.name(index), digest?, true);
    }
    Ok(Some(last).filter(|last| last.is_of(&now)))
}

/// Says again what was found and counted.
fn tell_again(
    global: &Global,
    portal: &OpenPortal,
    output: &Path,
    last: &Stamp,
    started: Instant,
) -> anyhow::Result<()> {
    let language = chosen_language(global).unwrap_or_else(|| portal.common.language());
    let (sources, report) = last.report.again(&portal.library)?;
    show(&sources, &report, language);
    if !global.quiet {
        let counts = last.report.counts.get(language);
        let line = text!(
            zh: "{ok} {output} 与上次一样，没有可做的。{counts}（{time}）",
            en: "{ok} {output} is as it should be: nothing changed. {counts} ({time})",
            ok = paint("✓", "32;1"), output = output.display(), time = elapsed(started),
        );
        say(line.get(language));
    }
    Ok(())
}
