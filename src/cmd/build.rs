//! `build`: plan; if nothing is wrong, render every path into a staging folder
//! and exchange it with the output.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::{Outcome, counts, elapsed, language, paint, read, say, show, verdict};
use crate::cli::{Build, Global};
use crate::diagnostic::{Report, Text, text};
use crate::findings::order;
use crate::plan::plan_at;
use crate::publish::{Published, publish};
use crate::render::render;
use crate::site::Site;
use crate::source::Sources;

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Build, started: Instant) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let (site, mut report) =
        plan_at(&sources, arguments.drafts, arguments.base_url.as_deref(), None);
    let output = global.root.join(&arguments.output_dir);
    let published =
        if report.has_errors() { None } else { write(&sources, &site, &mut report, &output)? };
    let language = language(global, &site);
    show(&sources, &report, language);
    let line = match &published {
        Some((published, index)) => success(&site, &report, &output, (published, *index), started),
        None => failure(&site, &report, output.exists(), started),
    };
    if published.is_none() || !global.quiet {
        say(line.get(language));
    }
    Ok(if published.is_some() { Outcome::Clean } else { Outcome::Findings })
}

/// Renders and publishes everything, and says how many bytes of it are the search index; nothing when a page had a mistake, which is then in the report.
fn write(
    sources: &Sources,
    site: &Site,
    report: &mut Report,
    output: &std::path::Path,
) -> anyhow::Result<Option<(Published, u64)>> {
    let late = Mutex::new(Report::default());
    let index = AtomicU64::new(0);
    let result = publish(output, &site.paths(), |path| {
        let mut found = Report::default();
        let bytes = render(&mut found, sources, site, path).unwrap_or_default();
        if site.is_index(path) {
            index.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        }
        let failed = found.has_errors();
        late.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .diagnostics
            .append(&mut found.diagnostics);
        if failed { Err(anyhow::anyhow!("{path}")) } else { Ok(bytes) }
    });
    report
        .diagnostics
        .append(&mut late.into_inner().unwrap_or_else(PoisonError::into_inner).diagnostics);
    order(sources, report);
    match result {
        Ok(published) => Ok(Some((published, index.into_inner()))),
        Err(_) if report.has_errors() => Ok(None),
        Err(error) => Err(error),
    }
}

fn failure(site: &Site, report: &Report, is_kept: bool, started: Instant) -> Text {
    let kept = if is_kept {
        text!(zh: "，上一次的网站原样未动", en: ", and the last good site is as it was")
    } else {
        Text::same("")
    };
    let (sign, verdict, counts) = (paint("✗", "31;1"), verdict(report), counts(site, report));
    text!(
        zh: "{sign} {zh}，没有生成网站{zh_kept}。{zh_counts}（{time}）",
        en: "{sign} {en}: nothing was published{en_kept}. {en_counts} ({time})",
        zh = verdict.zh, en = verdict.en, zh_kept = kept.zh, en_kept = kept.en,
        zh_counts = counts.zh, en_counts = counts.en, time = elapsed(started),
    )
}

fn success(
    site: &Site,
    report: &Report,
    output: &std::path::Path,
    (published, index): (&Published, u64),
    started: Instant,
) -> Text {
    let (pages, others) = site.counts();
    let counts = counts(site, report);
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
