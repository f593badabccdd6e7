//! `build`: plan; if nothing is wrong, render every path into a staging folder
//! and exchange it with the output.

use std::sync::Mutex;
use std::time::Instant;

use super::{Outcome, counts, elapsed, language, paint, read, say, show, verdict};
use crate::cli::{Build, Global};
use crate::diagnostic::{Report, text};
use crate::plan::plan;
use crate::publish::publish;
use crate::render::render;

/// Runs the command.
pub fn run(global: &Global, arguments: &Build, started: Instant) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let (mut site, mut report) = plan(&sources, arguments.drafts);
    if let Some(url) = &arguments.base_url {
        url.trim_end_matches('/').clone_into(&mut site.portal.site.base_url);
        site = crate::site::plan(&mut report, &sources, site.portal);
    }
    let language = language(global, &site);
    let output = global.root.join(&arguments.output_dir);
    let mut published = None;
    if !report.has_errors() {
        let late = Mutex::new(Report::default());
        let result = publish(&output, &site.paths(), |path| {
            let mut found = Report::default();
            let bytes = render(&mut found, &sources, &site, path).unwrap_or_default();
            let failed = found.has_errors();
            if !found.diagnostics.is_empty() {
                let mut late = late.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                late.diagnostics.append(&mut found.diagnostics);
            }
            if failed {
                anyhow::bail!("{path}");
            }
            Ok(bytes)
        });
        report.diagnostics.append(
            &mut late.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).diagnostics,
        );
        report.finish();
        match result {
            Ok(done) => published = Some(done),
            Err(error) if !report.has_errors() => return Err(error),
            Err(_) => {}
        }
    }
    show(&sources, &report, language);
    let Some(published) = published else {
        let verdict = verdict(&report);
        let sign = paint("✗", "31;1");
        let kept = if output.exists() {
            text!(zh: "，上一次的网站原样未动", en: ", and the last good site is as it was")
        } else {
            text!(zh: "", en: "")
        };
        let line = text!(
            zh: "{sign} {zh}，没有生成网站{kept_zh}。{counts_zh}（{time}）", en: "{sign} {en}: nothing was published{kept_en}. {counts_en} ({time})",
            zh = verdict.zh, en = verdict.en, kept_zh = kept.zh, kept_en = kept.en,
            counts_zh = counts(&site, &report).zh, counts_en = counts(&site, &report).en, time = elapsed(started),
        );
        say(line.get(language));
        return Ok(Outcome::Findings);
    };
    if !global.quiet {
        let (pages, others) = site.counts();
        let counts = counts(&site, &report);
        let line = text!(
            zh: "{ok} 已生成 {output}：{pages} 个网页、{others} 个其他文件（{size}，{same} 个未变）。{zh}（{time}）",
            en: "{ok} published {output}: {pages} pages, {others} other files ({size}, {same} unchanged). {en} ({time})",
            ok = paint("✓", "32;1"), output = output.display(), size = size(published.bytes), same = published.unchanged,
            zh = counts.zh, en = counts.en, time = elapsed(started),
        );
        say(line.get(language));
    }
    Ok(Outcome::Clean)
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}
