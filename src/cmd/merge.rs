//! `merge`: parts of a portal that were built apart become the site one build would have made. What
//! belongs to no organisation is made here; the pages of each are taken from the part that
//! made them, if it was made of what is in the content now.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};

use super::build_session::{BuildSession, tell};
use super::portal::{OpenPortal, SitePart};
use super::stamp::PartStamp;
use super::watch::watch;
use super::{Outcome, chosen_language, options};
use crate::cli::{Global, Made, Merge};
use crate::publish::{Notice, Options};

/// What a part says of itself, in its folder.
pub(super) const SHARD: &str = ".mingbai-shard";

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Merge, started: Instant) -> anyhow::Result<Outcome> {
    let portal = OpenPortal::open(global, options(&arguments.site))?;
    watch(global, &portal, None)?;
    let made: Vec<(&Path, PartStamp)> = arguments
        .parts
        .iter()
        .map(|folder| {
            let slip = PartStamp::read(&folder.join(SHARD)).with_context(|| {
                format!(
                    "{} 里没有 {SHARD}：不是 mingbai build --shard 生成的 / {0} holds no {SHARD}: mingbai build --shard did not make it",
                    folder.display()
                )
            })?;
            anyhow::Ok((folder.as_path(), slip))
        })
        .collect::<anyhow::Result<_>>()?;
    let language = chosen_language(global).unwrap_or_else(|| portal.common.language());
    let tells = |notice: &Notice| tell(notice, language);
    let Made { discard_strays, allow_removal, .. } = arguments.site;
    let options = Options { discard_strays, allow_removal, tell: &tells };
    let session = BuildSession::begin(global, &arguments.site, &portal, options)?;
    let now = PartStamp::of(&portal.heads, &portal.options);
    let whole = portal.each(None, true, |report, sources, site, part| {
        if session.is_stopped(report) {
            return Ok(());
        }
        let SitePart::Organisation(_, name) = part else {
            return session.render(report, sources, site, false);
        };
        let digest = PartStamp::digest(sources, report);
        let Some((folder, _)) = made.iter().find(|(_, made)| made.holds(&now, name, &digest))
        else {
            bail!(
                "没有哪一份是用现在的内容生成 content/{name} 的：用同一次提交、同样的选项重新生成各份 / no part made content/{name} of what is there now: build the parts again from the same commit, with the same options"
            );
        };
        session.take(site, folder)?;
        session.stamp().note(name, sources.digest(&session.key), report.diagnostics.is_empty());
        Ok(())
    })?;
    session.finish(global, whole, started, false)
}
