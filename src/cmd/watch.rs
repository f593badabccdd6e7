//! A watch over templates of the site's own: one that takes too long for a page, or too much memory,
//! cannot be stopped from within, so that the program says so and ends. It leaves what a killed
//! build leaves: the output as it was, and a staging folder that the next build clears away.

#![expect(clippy::disallowed_methods, reason = "the system says how much memory the program has")]

use std::collections::BTreeMap;
use std::process;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use anyhow::Context;

use super::formats::print_in;
use super::portal::OpenPortal;
use super::{chosen_language, paint, say, verdict};
use crate::cli::{Format, Global};
use crate::diagnostic::{Language, Report, text};
use crate::source::Sources;
use crate::theme::{Excess, Filled, Theme};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// How long one page may take. Looks are counted, not hours: a program that was stopped meanwhile,
/// or that hardly got to run, is not refused for it.
const SECONDS: u64 = 10;
const LOOKS: u64 = SECONDS * 20;

/// How much memory may grow while one page is filled in.
const BYTES: u64 = 1 << 30;

/// Watches the templates of a portal for as long as its theme is in use. Its finding is printed in
/// the format asked for.
///
/// # Errors
/// When the system has no thread for it.
pub(super) fn watch(
    global: &Global,
    portal: &OpenPortal,
    format: Option<Format>,
) -> anyhow::Result<()> {
    let theme = portal.common.theme();
    if !theme.has_own_templates() {
        return Ok(());
    }
    let theme = Arc::downgrade(theme);
    let sources = portal.library.shared().clone();
    let language = chosen_language(global).unwrap_or_else(|| portal.common.language());
    let look = move || look(&theme, &sources, language, format);
    thread::Builder::new().name("watch".to_owned()).spawn(look).context("watch")?;
    Ok(())
}

/// What is known of a page that is being filled in.
struct Seen {
    looks: u64,
    /// The memory of the program when it was first seen, in bytes.
    memory: Option<u64>,
}

fn look(theme: &Weak<Theme>, sources: &Sources, language: Language, format: Option<Format>) {
    let mut seen: BTreeMap<u64, Seen> = BTreeMap::new();
    loop {
        thread::sleep(PAUSE);
        let Some(theme) = theme.upgrade() else { return };
        let pages = theme.filling();
        seen.retain(|ticket, _| pages.iter().any(|page| page.ticket == *ticket));
        if pages.is_empty() {
            continue;
        }
        let memory = memory();
        for page in pages {
            let known = seen.entry(page.ticket).or_insert(Seen { looks: 0, memory });
            known.looks += 1;
            let grown = memory.zip(known.memory).map(|(now, then)| now.saturating_sub(then));
            let excess = if grown.is_some_and(|grown| grown > BYTES) {
                Excess::Bytes(BYTES)
            } else if known.looks > LOOKS {
                Excess::Seconds(SECONDS)
            } else {
                continue;
            };
            end(&theme, sources, &page, excess, (language, format));
        }
    }
}

/// Says which page takes too much, and ends the program.
fn end(
    theme: &Theme,
    sources: &Sources,
    page: &Filled,
    excess: Excess,
    (language, format): (Language, Option<Format>),
) {
    let Some(found) = theme.excess(sources, page, excess) else { return };
    let report = Report { diagnostics: vec![found], ..Report::default() };
    print_in(format, sources, &report, language);
    let verdict = verdict(&report);
    let line = text!(
        zh: "{sign} {zh}：没有做完就停下了，什么也没有发布，上一次的网站原样未动",
        en: "{sign} {en}: stopped before the end; nothing was published, and the last good site is as it was",
        sign = paint("✗", "31;1"), zh = verdict.zh, en = verdict.en,
    );
    say(line.get(language));
    process::exit(1);
}

/// The memory of the program, in the machine or swapped out, in bytes; nothing where the system does
/// not say.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches("kB").trim_end().parse::<u64>().ok()
    };
    let swapped = kilobytes("VmSwap:").unwrap_or_default();
    Some(kilobytes("VmRSS:")?.saturating_add(swapped).saturating_mul(1024))
}
