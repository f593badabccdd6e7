//! The one door out: a site, rendered path by path, becomes a folder. The new
//! tree is staged beside the output and exchanged with it in one call, so that
//! the public sees the old site or the new one, never a mixture, whenever the
//! run is killed. It never edits a published tree, and never replaces a folder
//! it did not publish itself.

#![allow(clippy::disallowed_methods, reason = "the one door out")]

mod flush;

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use rayon::prelude::*;

use flush::Flushing;

/// The file every published tree holds; a folder without it is not ours to replace.
pub const MARKER: &str = ".mingbai";

const MARKER_TEXT: &str = "本文件夹由 mingbai 生成，每次构建整体替换，请勿手工修改。\n\
    This folder is made by mingbai and replaced whole at every build; edits are lost.\n";

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
    let publication = Publication::begin(output)?;
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
pub struct Publication {
    // Dropped in this order: the tree goes while the output is still locked.
    staging: Staging,
    flushing: Flushing,
    place: Place,
    _lock: Lock,
}

impl Publication {
    /// Starts a fresh tree for the place of `output`.
    ///
    /// # Errors
    ///
    /// When the output is not ours to replace.
    pub fn begin(output: &Path) -> Result<Publication> {
        let place = Place::of(output)?;
        let lock = Lock::take(&place)?;
        recover(&place);
        sweep(&place);
        guard(&place.folder)?;
        let staging = Staging::create(&place)?;
        Ok(Publication { staging, flushing: Flushing::default(), place, _lock: lock })
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
        let before = self.place.folder.join(path);
        let found = fs::symlink_metadata(&before).ok().filter(fs::Metadata::is_file)?;
        fs::hard_link(&before, self.staging.folder.join(path)).ok()?;
        Some(Published { files: 1, bytes: found.len(), unchanged: 1 })
    }

    /// Takes over a file of another tree for a path whose folder was made.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub fn take(&self, path: &str, from: &Path) -> Result<Published> {
        let bytes = fs::read(from).with_context(|| unusable(from))?;
        self.place(path, &bytes)
    }

    /// Writes a path whose folder was made.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn place(&self, path: &str, bytes: &[u8]) -> Result<Published> {
        let is_unchanged = place_file(&self.place.folder, &self.staging.folder, path, bytes)?;
        if !is_unchanged {
            self.flushing.wrote(&self.staging.folder, bytes.len() as u64)?;
        }
        Ok(Published { files: 1, bytes: bytes.len() as u64, unchanged: usize::from(is_unchanged) })
    }

    /// Puts the tree in the place of the output.
    ///
    /// # Errors
    ///
    /// When it cannot be flushed or exchanged; the output is then as it was.
    pub fn finish(self) -> Result<()> {
        let (old, staging) = (&self.place.folder, &self.staging.folder);
        place_file(old, staging, MARKER, MARKER_TEXT.as_bytes())?;
        self.flushing.finish(staging)?;
        replace(&self.place, staging)
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

/// The real folder behind the output, and its parent, in which everything else is made:
/// a rename is one step only inside one file system.
struct Place {
    folder: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Place {
    fn of(output: &Path) -> Result<Place> {
        let folder = match fs::canonicalize(output) {
            Ok(folder) => folder,
            Err(_) if output.is_symlink() => {
                bail!(
                    "输出路径是失效的符号链接 / the output is a broken symbolic link: {}",
                    output.display()
                )
            }
            Err(error) if error.kind() == ErrorKind::NotFound => not_there_yet(output)?,
            Err(error) => return Err(error).with_context(|| unusable(output)),
        };
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            bail!("不能发布到 / cannot publish into {}", folder.display());
        };
        Ok(Place { parent: parent.to_owned(), name: name.to_owned(), folder })
    }

    /// A hidden neighbour of the output, `.public.lock` for `public`.
    fn beside(&self, suffix: &str) -> PathBuf {
        self.parent.join(self.hidden(suffix))
    }

    fn hidden(&self, suffix: &str) -> OsString {
        let mut hidden = OsString::from(".");
        hidden.push(&self.name);
        hidden.push(suffix);
        hidden
    }
}

fn not_there_yet(output: &Path) -> Result<PathBuf> {
    let name = output.file_name().with_context(|| unusable(output))?;
    let parent = match output.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).with_context(|| unusable(output))?;
    Ok(fs::canonicalize(parent).with_context(|| unusable(output))?.join(name))
}

fn unusable(output: &Path) -> String {
    format!("无法使用输出文件夹 / cannot use the output folder {}", output.display())
}

/// One publication at a time into one output. The system releases the lock of a
/// killed run, so that nobody has to remove a file by hand.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    fn take(place: &Place) -> Result<Lock> {
        let path = place.beside(".lock");
        let context = || format!("无法锁定 / cannot lock {}", path.display());
        loop {
            let file = File::create(&path).with_context(context)?;
            file.lock().with_context(context)?;
            // The run we waited for removed its file: ours guards nothing then.
            if is_same_file(&file, &path) {
                return Ok(Lock { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still held, or two later runs could each hold a file of this name.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(held), Ok(named)) => identity(held) == identity(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, _: &Path) -> bool {
    true
}

/// Where exchanging takes two renames, a run killed between them left no output.
fn recover(place: &Place) {
    if !place.folder.exists() {
        let _ = fs::rename(place.beside(".previous"), &place.folder);
    }
}

/// Removes what killed runs left. Only the holder of the lock stages, so none is in use.
fn sweep(place: &Place) {
    let _ = fs::remove_dir_all(place.beside(".previous"));
    let prefix = place.hidden(".staging-");
    for entry in fs::read_dir(&place.parent).into_iter().flatten().flatten() {
        if starts_with(&entry.file_name(), &prefix) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn starts_with(name: &OsStr, prefix: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes())
}

fn guard(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let shown = folder.display();
    ensure!(folder.is_dir(), "输出路径不是文件夹 / the output is not a folder: {shown}");
    ensure!(
        !folder.join(".git").exists(),
        "输出文件夹是 Git 工作区，不会替换 / the output is a Git working tree and is not replaced: {shown}"
    );
    let mut entries = fs::read_dir(folder).with_context(|| unusable(folder))?;
    ensure!(
        folder.join(MARKER).is_file() || entries.next().is_none(),
        "输出文件夹已有内容，且不是 mingbai 生成的（缺少 {MARKER}），请另选或清空 / \
         the output folder holds files mingbai did not make (no {MARKER} in it); choose another or empty it: {shown}"
    );
    Ok(())
}

/// The tree being made; whatever is left under its name goes when the run ends,
/// which is the unfinished tree after a failure and the old site after a success.
struct Staging {
    folder: PathBuf,
}

impl Staging {
    fn create(place: &Place) -> Result<Staging> {
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

/// Links the file of the last site where its bytes are the same, so that copying
/// tools and browsers see an old file as old; writes it otherwise. Says whether it linked.
fn place_file(old: &Path, staging: &Path, path: &str, bytes: &[u8]) -> Result<bool> {
    let (before, after) = (old.join(path), staging.join(path));
    if holds(&before, bytes) && fs::hard_link(&before, &after).is_ok() {
        return Ok(true);
    }
    write(&after, bytes).with_context(|| unwritable(path))?;
    Ok(false)
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
fn replace(place: &Place, staging: &Path) -> Result<()> {
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

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(place: &Place, staging: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staging, CWD, &place.folder, RenameFlags::EXCHANGE) {
        // File systems and kernels that cannot exchange answer with one of these.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_two_steps(place, staging),
        answer => Ok(answer?),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(place: &Place, staging: &Path) -> std::io::Result<()> {
    exchange_in_two_steps(place, staging)
}

/// For a moment there is no site; `recover` mends a run killed in that moment.
fn exchange_in_two_steps(place: &Place, staging: &Path) -> std::io::Result<()> {
    let previous = place.beside(".previous");
    fs::rename(&place.folder, &previous)?;
    if let Err(error) = fs::rename(staging, &place.folder) {
        fs::rename(&previous, &place.folder)?;
        return Err(error);
    }
    // A tree that stays behind is swept at the next start.
    let _ = fs::rename(&previous, staging);
    Ok(())
}
