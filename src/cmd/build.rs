//! `build`: plan part by part; render every path of each into a staging folder, and if nothing
//! was wrong in the end, exchange it with the output.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context;
use rayon::prelude::*;

use super::parts::{Parts, Whole};
use super::{Outcome, Totals, counts, elapsed, language, paint, say, show, verdict};
use crate::cli::{Build, Global};
use crate::diagnostic::{Report, Text, text};
use crate::plan::Wishes;
use crate::publish::{Publication, Published};
use crate::render::render;
use crate::site::Site;
use crate::source::Sources;

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Build, started: Instant) -> anyhow::Result<Outcome> {
    let wishes =
        Wishes { drafts: arguments.drafts, base_url: arguments.base_url.clone(), today: None };
    let parts = Parts::open(global, wishes)?;
    let output = global.root.join(&arguments.output_dir);
    let press = Press {
        publication: Publication::begin(&output)?,
        failed: AtomicBool::new(parts.fails()),
        published: Mutex::default(),
        index: AtomicU64::new(0),
    };
    let whole = parts.each(true, |report, sources, site, _| press.run(report, sources, site))?;
    let is_published = !whole.report.has_errors();
    if is_published {
        press.publication.finish()?;
    }
    let language = language(global, &whole.frame);
    show(&whole.sources, &whole.report, language);
    let line = if is_published {
        let published = press.published.into_inner().unwrap_or_else(PoisonError::into_inner);
        success(&whole, &output, (&published, press.index.into_inner()), started)
    } else {
        failure(&whole.frame, &whole.report, output.exists(), started)
    };
    if !is_published || !global.quiet {
        say(line.get(language));
    }
    Ok(if is_published { Outcome::Clean } else { Outcome::Findings })
}

/// Renders parts into a tree that is not published yet.
struct Press {
    publication: Publication,
    /// Whether an error was found: what is rendered then is never seen.
    failed: AtomicBool,
    published: Mutex<Published>,
    /// How many bytes are the search index.
    index: AtomicU64,
}

impl Press {
    /// Renders every path of a part, unless something is wrong already.
    fn run(&self, report: &mut Report, sources: &Sources, site: &Site) -> anyhow::Result<()> {
        self.failed.fetch_or(report.has_errors(), Ordering::Relaxed);
        if self.failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        let paths = site.paths();
        self.publication.folders(&paths)?;
        let page = |path: &String| {
            let mut found = Report::default();
            let bytes = render(&mut found, sources, site, path).unwrap_or_default();
            if site.is_index(path) {
                self.index.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            }
            let published = self.publication.place(path, &bytes).context(path.clone())?;
            anyhow::Ok((published, found))
        };
        let pages: Vec<_> = paths.par_iter().map(page).collect();
        for page in pages {
            let (published, found) = page?;
            let mut sum = self.published.lock().unwrap_or_else(PoisonError::into_inner);
            *sum = sum.and(published);
            report.absorb(found);
        }
        self.failed.fetch_or(report.has_errors(), Ordering::Relaxed);
        Ok(())
    }
}

fn failure(site: &Site, report: &Report, is_kept: bool, started: Instant) -> Text {
    let kept = if is_kept {
        text!(zh: "，上一次的网站原样未动", en: ", and the last good site is as it was")
    } else {
        Text::same("")
    };
    let (sign, verdict, counts) =
        (paint("✗", "31;1"), verdict(report), counts(Totals::of(&site.portal), report));
    text!(
        zh: "{sign} {zh}，没有生成网站{zh_kept}。{zh_counts}（{time}）",
        en: "{sign} {en}: nothing was published{en_kept}. {en_counts} ({time})",
        zh = verdict.zh, en = verdict.en, zh_kept = kept.zh, en_kept = kept.en,
        zh_counts = counts.zh, en_counts = counts.en, time = elapsed(started),
    )
}

fn success(
    whole: &Whole,
    output: &std::path::Path,
    (published, index): (&Published, u64),
    started: Instant,
) -> Text {
    let (pages, others) = whole.counts;
    let counts = counts(Totals::of(&whole.frame.portal), &whole.report);
    let (all, index) = (size(published.bytes), size(index));
    text!(
        zh: "{ok} 已生成 {output}：{pages} 个网页、{others} 个其他文件（{size}，其中查找索引 {index}；{same} 个未变）。{zh}（{time}）",
        en: "{ok} published {output}: {pages} pages, {others} other files ({size}, {index} of it the search index; {same} unchanged). {en} ({time})",
        ok = paint("✓", "32;1"), output = output.display(), size = all, same = published.unchanged,
        zh = counts.zh, en = counts.en, time = elapsed(started),
    )
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}
