//! Parts of a portal rendered into a tree that is published in the end, and what is said of it.

#![expect(clippy::disallowed_methods, reason = "the receipt of the last site stands in its folder")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use anyhow::Context;
use rayon::prelude::*;

use super::gone;
use super::last_report::LastReport;
use super::limits::{self, Size};
use super::portal::{OpenPortal, SitePart, Whole};
use super::record::Record;
use super::sign::Signer;
use super::stamp::Stamp;
use super::state::State;
use super::{
    Outcome, Totals, counts, elapsed, fails, language, paint, say, several, show, verdict,
};
use crate::cli::{self as arguments, Global};
use crate::diagnostic::{Language, Report, Text, text};
use crate::findings::order;
use crate::page::{Made, MadeFiles};
use crate::publish::{Notice, Options, Publication, Published, Typesetter};
use crate::receipt::{self, Digest, Receipt};
use crate::render::{in_phases, render_given};
use crate::site::{Recipe, Site};
use crate::source::{DigestKey, Sources};

/// A tree that is not published yet.
pub(super) struct BuildSession<'a> {
    output: PathBuf,
    publication: Publication<'a>,
    /// Whether an error was found: what is rendered then is never seen.
    failed: AtomicBool,
    published: Mutex<Published>,
    /// How many bytes are the search index.
    index: AtomicU64,
    /// The last build, where its output is as it left it.
    pub last: Option<Stamp>,
    /// This one.
    stamp: Mutex<Stamp>,
    /// What sets PDF in type, once it was looked for; and where the portal is.
    typesetter: Mutex<Option<Arc<Typesetter>>>,
    root: PathBuf,
    /// What digests are made with.
    pub key: DigestKey,
    state: State,
    /// What goes into the receipt.
    record: Record,
    /// The receipt of the output as it stands.
    known: Option<Receipt>,
    /// The receipt of what is published, where that is not the output.
    before: Option<Receipt>,
    /// Whether pages may be gone.
    may_remove: bool,
    /// Who signs it.
    signer: Option<Signer>,
    /// Whether it is a part that will be merged, and has no receipt.
    pub is_part: bool,
}

impl<'a> BuildSession<'a> {
    /// Starts a tree for the place of an output.
    ///
    /// # Errors
    /// When nothing can be published there.
    pub(super) fn begin(
        global: &Global,
        made: &arguments::Made,
        portal: &OpenPortal,
        options: Options<'a>,
    ) -> anyhow::Result<BuildSession<'a>> {
        let output = global.root.join(&made.output_dir);
        let signer = made.sign.as_deref().map(Signer::open).transpose()?;
        let before = made.last.as_deref().map(receipt_of).transpose()?;
        let publication = Publication::begin(&output, options)?;
        let state = State::of(&global.root);
        let key = state.key()?;
        Ok(BuildSession {
            publication,
            failed: AtomicBool::new(portal.fails()),
            published: Mutex::default(),
            index: AtomicU64::new(0),
            last: Stamp::last(&state, &output),
            known: read(&output.join(receipt::PATH)).and_then(|bytes| Receipt::read(&bytes)),
            before,
            may_remove: made.allow_removal,
            stamp: Mutex::new(Stamp::of(&portal.heads, &portal.options, &key)),
            typesetter: Mutex::default(),
            root: global.root.clone(),
            output,
            key,
            state,
            record: Record::default(),
            signer,
            is_part: false,
        })
    }

    /// Puts every path of a part into the tree, unless something is wrong already: rendered, or
    /// where the last build made it of the same, taken over.
    pub(super) fn run(
        &self,
        report: &mut Report,
        sources: &Sources,
        site: &Site,
        part: SitePart,
    ) -> anyhow::Result<()> {
        if self.is_stopped(report) {
            return Ok(());
        }
        let SitePart::Organisation(_, name) = part else {
            return self.render(report, sources, site, false);
        };
        let digest = sources.digest(&self.key);
        let can_keep =
            self.last.as_ref().is_some_and(|last| last.can_keep(&self.stamp(), name, &digest));
        let is_clean = report.diagnostics.is_empty();
        self.render(report, sources, site, can_keep)?;
        self.stamp().note(name, digest, is_clean && report.diagnostics.is_empty());
        Ok(())
    }

    /// Whether something was found that stands in the way.
    pub(super) fn is_stopped(&self, report: &Report) -> bool {
        self.failed.fetch_or(report.has_errors(), Ordering::Relaxed);
        self.failed.load(Ordering::Relaxed)
    }

    /// Renders every path of a part, but for those that may be kept and are there.
    pub(super) fn render(
        &self,
        report: &mut Report,
        sources: &Sources,
        site: &Site,
        can_keep: bool,
    ) -> anyhow::Result<()> {
        let recipes: Vec<_> = of_parts(site).collect();
        let paths: Vec<String> = recipes.iter().map(|(path, _)| (*path).clone()).collect();
        self.publication.folders(&paths)?;
        if paths.iter().any(|path| site.is_index(path)) {
            // Before the pages and not among them: all cores make it, and none waits for it.
            site.search.get(&site.portal);
        }
        let page = |path: &str, files: &MadeFiles| {
            let mut found = Report::default();
            let kept = if can_keep { self.keep(path) } else { None };
            if let Some(kept) = kept {
                return anyhow::Ok((Made::Size(kept.bytes), kept, found));
            }
            let bytes = render_given(&mut found, sources, site, path, files).unwrap_or_default();
            let bytes =
                if site.is_typeset(path) { self.typeset(site, path, &bytes)? } else { bytes };
            if site.is_index(path) {
                self.index.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            }
            let published = self.publication.place(path, &bytes).context(path.to_owned())?;
            let digest = self.note(path, published, &bytes);
            let made = if site.data.contains(path) {
                Made::Hashed(bytes, digest.to_string())
            } else {
                Made::Size(0)
            };
            anyhow::Ok((made, published, found))
        };
        let pages = in_phases(&mut MadeFiles::default(), &recipes, |path, _, files| {
            match page(path, files) {
                Ok((made, published, found)) => (Ok((published, found)), made),
                Err(error) => (Err(error), Made::Size(0)),
            }
        });
        for page in pages {
            let (published, found) = page?;
            self.add(published);
            report.absorb(found);
        }
        self.record.part(site);
        self.is_stopped(report);
        Ok(())
    }

    /// Sets a document in type; nothing is set where the build failed already.
    fn typeset(&self, site: &Site, path: &str, document: &[u8]) -> anyhow::Result<Vec<u8>> {
        if self.failed.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let typesetter = {
            let mut found = self.typesetter.lock().unwrap_or_else(PoisonError::into_inner);
            if found.is_none() {
                let fonts = &site.portal.site.pdf_fonts;
                *found = Some(Arc::new(Typesetter::find(&self.root, fonts)?));
            }
            Arc::clone(found.as_ref().expect("found"))
        };
        typesetter.pdf(document).with_context(|| path.to_owned())
    }

    /// Takes over a file of the last build that its receipt knows.
    fn keep(&self, path: &str) -> Option<Published> {
        let digest = self.known.as_ref()?.files.get(path)?;
        let kept = self.publication.keep(path)?;
        self.record.file(path, *digest, kept.bytes);
        Some(kept)
    }

    /// Notes what a file holds: where it holds the same as before, and nobody touched the last site, its
    /// receipt knows.
    fn note(&self, path: &str, published: Published, bytes: &[u8]) -> Digest {
        let last = self.known.as_ref().filter(|_| self.last.is_some());
        let known = last.and_then(|last| last.files.get(path)).filter(|_| published.unchanged > 0);
        let digest = known.copied().unwrap_or_else(|| Digest::of(bytes));
        self.record.file(path, digest, bytes.len() as u64);
        digest
    }

    /// Takes every path of a part from another tree.
    pub(super) fn take(&self, site: &Site, from: &Path) -> anyhow::Result<()> {
        let paths = site.paths();
        self.publication.folders(&paths)?;
        let take = |path: &String| {
            let (published, bytes) = self.publication.take(path, &from.join(path))?;
            self.note(path, published, &bytes);
            Ok(published)
        };
        let taken: anyhow::Result<Vec<Published>> = paths.par_iter().map(take).collect();
        taken?.into_iter().for_each(|published| self.add(published));
        self.record.part(site);
        Ok(())
    }

    /// Puts the receipt into the tree, and its signature where somebody signs; reports the pages that
    /// the last one knew and this does not.
    fn add_receipt(&mut self, whole: &mut Whole) -> anyhow::Result<()> {
        let record = std::mem::take(&mut self.record);
        let largest = record.largest();
        let receipt = record.receipt(&whole.sources, &whole.shared.portal.site.base_url);
        if let Some(last) =
            self.before.as_ref().or(self.known.as_ref()).filter(|_| !self.may_remove)
        {
            gone::find(&mut whole.report, &whole.sources, last, &receipt);
            order(&whole.sources, &mut whole.report);
        }
        let text = receipt.text();
        if let Some((host, place)) = &whole.shared.portal.site.host {
            let published = *self.published.lock().unwrap_or_else(PoisonError::into_inner);
            let (files, bytes) = (published.files as u64 + 1, published.bytes + text.len() as u64);
            limits::find(&mut whole.report, host, place, &Size { files, bytes, largest });
            order(&whole.sources, &mut whole.report);
        }
        self.add(self.publication.place(receipt::PATH, &text)?);
        if let Some(signer) = &self.signer {
            let last = read(&self.output.join(receipt::SIGNATURE));
            let last = last.and_then(|bytes| String::from_utf8(bytes).ok());
            let signature = signer.sign(&text, last.as_deref())?;
            self.add(self.publication.place(receipt::SIGNATURE, signature.as_bytes())?);
        }
        Ok(())
    }

    /// Whether what is asked for stands in the output already, once nothing else has changed: a
    /// signature that somebody wants.
    pub(super) fn is_signed(&self) -> bool {
        let bytes = |name: &str| read(&self.output.join(name));
        let is_good = |signer: &Signer| {
            let (text, signature) = (bytes(receipt::PATH)?, bytes(receipt::SIGNATURE)?);
            Some(signer.has_signed(&text, &String::from_utf8(signature).ok()?))
        };
        self.signer.as_ref().is_none_or(|signer| is_good(signer).unwrap_or(false))
    }

    fn add(&self, published: Published) {
        let mut sum = self.published.lock().unwrap_or_else(PoisonError::into_inner);
        *sum = sum.and(published);
    }

    /// What this build is made of, as far as it is known.
    pub(super) fn stamp(&self) -> MutexGuard<'_, Stamp> {
        self.stamp.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a file that is no page.
    pub(super) fn add_file(&self, path: &str, text: &str) -> anyhow::Result<()> {
        self.publication.place(path, text.as_bytes()).map(drop)
    }

    /// Publishes the tree if nothing stands in the way, where warnings do too if it is `strict`, and says how it came out.
    pub(super) fn finish(
        mut self,
        global: &Global,
        mut whole: Whole,
        started: Instant,
        strict: bool,
    ) -> anyhow::Result<Outcome> {
        if !fails(&whole.report, strict) && !self.is_part {
            self.add_receipt(&mut whole)?;
        }
        let is_published = !fails(&whole.report, strict);
        let BuildSession { output, publication, published, index, stamp, state, .. } = self;
        let language = language(global, &whole.shared);
        show(&whole.sources, &whole.report, language);
        if is_published {
            publication.finish()?;
        } else {
            drop(publication);
        }
        let line = if is_published {
            let published = published.into_inner().unwrap_or_else(PoisonError::into_inner);
            success(&whole, &output, (&published, index.into_inner()), started)
        } else {
            failure(&whole.shared, &whole.report, output.exists(), started)
        };
        if !is_published || !global.quiet {
            say(line.get(language));
        }
        if !is_published {
            return Ok(Outcome::Findings);
        }
        let counts = counts(Totals::of_all(&whole.shared.overview), &whole.report);
        let stamp = stamp.into_inner().unwrap_or_else(PoisonError::into_inner);
        stamp.leave(&state, &output, LastReport::of(&whole.sources, &whole.report, counts));
        Ok(Outcome::Clean)
    }
}

/// The paths of a part that are made with it: all but the receipt of the whole.
fn of_parts(site: &Site) -> impl Iterator<Item = (&String, &Recipe)> {
    site.recipes.iter().filter(|(_, recipe)| !matches!(recipe, Recipe::Receipt))
}

/// The receipt in a file.
///
/// # Errors
/// When it cannot be read, or is none.
pub(super) fn receipt_of(file: &Path) -> anyhow::Result<Receipt> {
    let name = file.display();
    let bytes =
        std::fs::read(file).with_context(|| format!("无法读取 {name} / cannot read {name}"))?;
    Receipt::read(&bytes).with_context(|| {
        format!("{name} 不是 mingbai 的 manifest.json，或者是更新的版本 / {name} is no manifest.json of mingbai, or of a later version")
    })
}

fn read(file: &Path) -> Option<Vec<u8>> {
    std::fs::read(file).ok()
}

/// Says what a publication has to tell.
pub(super) fn tell(notice: &Notice, language: Language) {
    let text = match notice {
        Notice::Waiting(process, since) => {
            let who = process.map_or_else(
                || Text::same(""),
                |id| text!(zh: "（进程 {id}）", en: " (process {id})"),
            );
            let since = since.and_then(|since| since.elapsed().ok()).map(|past| past.as_secs());
            let since = since.map_or_else(
                || Text::same(""),
                |seconds| text!(zh: "，它已运行 {seconds} 秒", en: ", which began {seconds} s ago"),
            );
            text!(
                zh: "另一次生成正在写同一个输出文件夹{zh}{zh_since}；等它结束", en: "another build{en} publishes into the same output folder{en_since}: waiting for it",
                zh = who.zh, en = who.en, zh_since = since.zh, en_since = since.en,
            )
        }
        Notice::Discarding(paths) => {
            let (count, list) = (paths.len(), paths.join("\n  "));
            text!(
                zh: "输出文件夹里有 {count} 个文件不是 mingbai 生成的，这次替换后就没有了：\n  {list}",
                en: "{en_count} of the output folder no build made, and they go with it:\n  {list}",
                en_count = several(count, "file"),
            )
        }
    };
    say(text.get(language));
}

fn failure(site: &Site, report: &Report, is_kept: bool, started: Instant) -> Text {
    let kept = if is_kept {
        text!(zh: "，上一次的网站原样未动", en: ", and the last good site is as it was")
    } else {
        Text::same("")
    };
    let (sign, verdict, counts) =
        (paint("✗", "31;1"), verdict(report), counts(Totals::of_all(&site.overview), report));
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
    let counts = counts(Totals::of_all(&whole.shared.overview), &whole.report);
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
