//! The one door out: a site, rendered path by path, becomes a folder. The new
//! tree is staged beside the output and exchanged with it in one call, so that
//! the public sees the old site or the new one, never a mixture, whenever the
//! run is killed. It never edits a published tree, and never replaces a folder
//! it did not publish itself.

#![expect(clippy::disallowed_methods, reason = "the one door out")]

mod exchange;
mod flush;
mod lock;
mod made;
mod output;
mod typeset;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;

use exchange::exchange;
use flush::Flushing;
use lock::Lock;
use made::{Made, Strays};
use output::{Output, guard, recover, sweep, unusable};
pub use typeset::Typesetter;

/// The file every published tree holds; a folder without it is not ours to replace.
pub const MARKER: &str = ".mingbai";

/// What a publication wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// How many files the site has, the marker not counted.
    pub files: usize,
    /// How many bytes they hold together.
    pub bytes: u64,
    /// How many of them are the same as before, and kept their modification time.
    pub unchanged: usize,
}

/// What a publication does with what it finds, and whom it tells.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Whether files in the output that no publication put there may go.
    pub discard_strays: bool,
    /// Whether more than a tenth of the last site's pages may be missing from this one.
    pub allow_removal: bool,
    /// Hears what somebody should know while it lasts.
    pub tell: &'a (dyn Fn(&Notice) + Sync),
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { discard_strays: false, allow_removal: true, tell: &|_| () }
    }
}

/// What somebody should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Another run publishes into the same output: its process, and when it began, where known.
    Waiting(Option<u32>, Option<SystemTime>),
    /// These files of the output, by their path in it, were made by no publication and go with it.
    Discarding(Vec<String>),
}

/// Renders every path into a fresh tree and puts it in the place of `output`.
///
/// A second run into the same output waits for the first.
///
/// # Errors
///
/// When the output is not ours to replace, when a path cannot be rendered or
/// written; the output is then as it was.
pub fn publish(
    output: &Path,
    paths: &[String],
    render: impl Fn(&str) -> Result<Vec<u8>> + Sync,
) -> Result<Published> {
    let publication = Publication::begin(output, Options::default())?;
    publication.folders(paths)?;
    let published = paths
        .par_iter()
        .map(|path| {
            let bytes = render(path).with_context(|| format!("生成失败 / cannot render {path}"))?;
            publication.place(path, &bytes)
        })
        .try_reduce(Published::default, |a, b| Ok(a.and(b)))?;
    publication.finish()?;
    Ok(published)
}

/// A site being published part by part; dropped before it is finished it leaves the output as it
/// was. A second one into the same output waits for the first.
pub struct Publication<'a> {
    // Dropped in this order: the tree goes while the output is still locked.
    staging: Staging,
    flushing: Flushing,
    place: Output,
    options: Options<'a>,
    made: Mutex<Made>,
    /// Whether the last site says which files are its own.
    is_known: bool,
    /// Whether files of the last site may be taken over: not where links stand in it, which could
    /// lead out of it.
    is_plain: bool,
    _lock: Lock,
}

impl<'a> Publication<'a> {
    /// Starts a fresh tree for the place of `output`.
    ///
    /// # Errors
    ///
    /// When the output is not ours to replace, cannot be replaced whole, or holds files that would
    /// be lost.
    pub fn begin(output: &Path, options: Options<'a>) -> Result<Publication<'a>> {
        let place = Output::of(output)?;
        let lock = Lock::take(&place, options)?;
        recover(&place)?;
        sweep(&place);
        guard(&place.folder)?;
        let known = Made::read(&place.folder);
        let strays = Strays::of(&place.folder, known.as_ref());
        let is_plain = !strays.has_links;
        if known.is_some() {
            strays.settle(&place.folder, options)?;
        }
        let staging = Staging::create(&place)?;
        Ok(Publication {
            staging,
            flushing: Flushing::default(),
            place,
            options,
            made: Mutex::default(),
            is_known: known.is_some(),
            is_plain,
            _lock: lock,
        })
    }

    /// Makes the folders that these paths stand in.
    ///
    /// # Errors
    ///
    /// When a path is there twice or leaves the site, when a folder cannot be made.
    pub fn folders(&self, paths: &[String]) -> Result<()> {
        create_folders(&self.staging.folder, paths)
    }

    /// Takes over a path of the last site as it is; nothing where it has none.
    pub fn keep(&self, path: &str) -> Option<Published> {
        if !self.is_plain {
            return None;
        }
        let before = self.place.folder.join(path);
        let found = fs::symlink_metadata(&before).ok().filter(fs::Metadata::is_file)?;
        fs::hard_link(&before, self.staging.folder.join(path)).ok()?;
        self.note(path);
        Some(Published { files: 1, bytes: found.len(), unchanged: 1 })
    }

    /// Takes over a file of another tree for a path whose folder was made; also its bytes.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub fn take(&self, path: &str, from: &Path) -> Result<(Published, Vec<u8>)> {
        let bytes = fs::read(from).with_context(|| unusable(from))?;
        Ok((self.place(path, &bytes)?, bytes))
    }

    /// Writes a path whose folder was made.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn place(&self, path: &str, bytes: &[u8]) -> Result<Published> {
        let is_unchanged = self.place_file(path, bytes)?;
        self.note(path);
        if !is_unchanged {
            self.flushing.wrote(&self.staging.folder, bytes.len() as u64)?;
        }
        Ok(Published { files: 1, bytes: bytes.len() as u64, unchanged: usize::from(is_unchanged) })
    }

    /// Links the file of the last site where its bytes are the same, so that copying tools and
    /// browsers see an old file as old; writes it otherwise. Says whether it linked.
    fn place_file(&self, path: &str, bytes: &[u8]) -> Result<bool> {
        let (before, after) = (self.place.folder.join(path), self.staging.folder.join(path));
        if self.is_plain && holds(&before, bytes) && fs::hard_link(&before, &after).is_ok() {
            return Ok(true);
        }
        write(&after, bytes).with_context(|| unwritable(path))?;
        Ok(false)
    }

    fn note(&self, path: &str) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).add(path);
    }

    /// Puts the tree in the place of the output.
    ///
    /// # Errors
    ///
    /// When it cannot be flushed or exchanged, or files of the output would be lost; the output is
    /// then as it was.
    pub fn finish(self) -> Result<()> {
        self.finish_by(exchange)
    }

    fn finish_by(self, exchange: impl Fn(&Output, &Path) -> std::io::Result<()>) -> Result<()> {
        let text = {
            let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !self.is_known {
                // What the last site was made of was not written down: all that is not in the new
                // one may be somebody's.
                let strays = Strays::of(&self.place.folder, Some(&made));
                strays.settle(&self.place.folder, self.options)?;
            }
            if !self.options.allow_removal {
                made.keeps_pages(&self.place.folder)?;
            }
            made.text()
        };
        self.place_file(MARKER, text.as_bytes())?;
        self.flushing.finish(&self.staging.folder)?;
        replace(&self.place, &self.staging.folder, exchange)
    }
}

impl Published {
    /// What two parts wrote.
    pub fn and(self, other: Published) -> Published {
        Published {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            unchanged: self.unchanged + other.unchanged,
        }
    }
}

/// The tree being made; whatever is left under its name goes when the run ends,
/// which is the unfinished tree after a failure and the old site after a success.
struct Staging {
    folder: PathBuf,
}

impl Staging {
    fn create(place: &Output) -> Result<Staging> {
        let folder = place.beside(&format!(".staging-{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| {
            format!("无法创建临时文件夹 / cannot create the staging folder {}", folder.display())
        })?;
        Ok(Staging { folder })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is swept at the next start.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Makes each folder once, before the threads start, and refuses what could leave the tree.
fn create_folders(staging: &Path, paths: &[String]) -> Result<()> {
    let mut seen = BTreeSet::from([MARKER]);
    let mut folders = BTreeSet::new();
    for path in paths {
        let is_inside =
            Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        ensure!(
            is_inside && !path.is_empty(),
            "输出路径无效 / not a path inside the site: {path:?}"
        );
        ensure!(seen.insert(path), "输出路径重复 / the site has this path twice: {path}");
        folders.extend(path.rsplit_once('/').map(|(folder, _)| folder));
    }
    for folder in folders {
        fs::create_dir_all(staging.join(folder)).with_context(|| unwritable(folder))?;
    }
    Ok(())
}

fn unwritable(path: &str) -> String {
    format!("写入失败，原有网站未改动 / cannot write {path}; the published site is as it was")
}

fn holds(file: &Path, bytes: &[u8]) -> bool {
    let is_candidate = fs::symlink_metadata(file)
        .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64);
    is_candidate && fs::read(file).is_ok_and(|found| found == bytes)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // Where names differ in case only and the file system does not care, opening
    // an existing file could write through a link into the published site.
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    if cfg!(not(target_os = "linux")) {
        file.sync_all()?;
    }
    Ok(())
}

/// Puts the staged tree in place; the old one is then under the staging name.
fn replace(
    place: &Output,
    staging: &Path,
    exchange: impl Fn(&Output, &Path) -> std::io::Result<()>,
) -> Result<()> {
    let output = &place.folder;
    let context = || {
        format!(
            "无法替换输出文件夹，原有网站未改动 / cannot replace {}; the published site is as it was",
            output.display()
        )
    };
    if output.exists() {
        let mode = fs::metadata(output).with_context(context)?.permissions();
        fs::set_permissions(staging, mode).with_context(context)?;
        exchange(place, staging).with_context(context)?;
    } else {
        fs::rename(staging, output).with_context(context)?;
    }
    // The new name must be on disk before the old tree goes. The site is already
    // in place, so that a failure here has nothing to undo.
    let _ = File::open(&place.parent).and_then(|parent| parent.sync_all());
    Ok(())
}
