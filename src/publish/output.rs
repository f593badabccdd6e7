//! The folder that is published into, and what stands beside it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::MARKER;

/// The real folder behind the output, and its parent, in which everything else is made:
/// a rename is one step only inside one file system.
pub(super) struct Output {
    /// Where the site stands, or will.
    pub folder: PathBuf,
    /// What it stands in.
    pub parent: PathBuf,
    name: OsString,
}

impl Output {
    /// What a path given by a person means; the folders above it are made.
    pub(super) fn of(output: &Path) -> Result<Output> {
        let folder = match fs::canonicalize(output) {
            Ok(folder) => folder,
            Err(_) if output.is_symlink() => behind_broken_link(output)?,
            Err(error) if error.kind() == ErrorKind::NotFound => not_there_yet(output)?,
            Err(error) => return Err(error).with_context(|| unusable(output)),
        };
        Output::at(folder)
    }

    fn at(folder: PathBuf) -> Result<Output> {
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            bail!("不能发布到 / cannot publish into {}", folder.display());
        };
        Ok(Output { parent: parent.to_owned(), name: name.to_owned(), folder })
    }

    /// A hidden neighbour of the output, `.public.lock` for `public`.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        self.parent.join(self.hidden(suffix))
    }

    fn hidden(&self, suffix: &str) -> OsString {
        let mut hidden = OsString::from(".");
        hidden.push(&self.name);
        hidden.push(suffix);
        hidden
    }
}

/// A run killed between two renames leaves the link without its folder, and the folder beside it.
fn behind_broken_link(output: &Path) -> Result<PathBuf> {
    let above = output.parent().unwrap_or(Path::new(""));
    let target = fs::read_link(output).map(|target| above.join(target)).unwrap_or_default();
    let parent = target.parent().and_then(|parent| parent.canonicalize().ok());
    let folder = parent.and_then(|parent| Some(parent.join(target.file_name()?)));
    let place = folder.and_then(|folder| Output::at(folder).ok());
    let left = place.filter(|place| is_ours(&place.beside(".previous")));
    left.map(|place| place.folder).with_context(|| {
        format!(
            "输出路径是失效的符号链接 / the output is a broken symbolic link: {}",
            output.display()
        )
    })
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

pub(super) fn unusable(output: &Path) -> String {
    format!("无法使用输出文件夹 / cannot use the output folder {}", output.display())
}

/// Whether a path is a folder, no link to one, that a publication made.
fn is_ours(folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()) && folder.join(MARKER).is_file()
}

/// Where exchanging takes two renames, a run killed between them left no output.
///
/// # Errors
///
/// When the old site cannot be put back: it must not be swept away then.
pub(super) fn recover(place: &Output) -> Result<()> {
    let previous = place.beside(".previous");
    if fs::symlink_metadata(&place.folder).is_err() && is_ours(&previous) {
        fs::rename(&previous, &place.folder).with_context(|| {
            format!(
                "上一次的网站在 {}，放不回去 / the last site stands in {0} and cannot be put back",
                previous.display()
            )
        })?;
    }
    Ok(())
}

/// Removes what killed runs left. Only the holder of the lock stages, so none is in use.
pub(super) fn sweep(place: &Output) {
    discard(&place.beside(".previous"));
    // Earlier versions left lines of the sources there.
    let _ = fs::remove_file(place.beside(".stamp"));
    let prefix = place.hidden(".staging-");
    for entry in fs::read_dir(&place.parent).into_iter().flatten().flatten() {
        if starts_with(&entry.file_name(), &prefix) {
            discard(&entry.path());
        }
    }
}

/// Removes a folder, or a file or link in its place; what a link leads to stays.
fn discard(path: &Path) {
    let _ = fs::remove_dir_all(path).or_else(|_| fs::remove_file(path));
}

fn starts_with(name: &OsStr, prefix: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes())
}

/// Refuses a folder that is not ours, or that nothing can take the place of.
pub(super) fn guard(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let shown = folder.display();
    ensure!(folder.is_dir(), "输出路径不是文件夹 / the output is not a folder: {shown}");
    ensure!(
        !is_mount_point(folder),
        "输出文件夹是挂载点，不能整体替换；请输出到它里面的一个文件夹，如 -o {shown}/site / \
         the output is a mount point, which cannot be replaced whole; publish into a folder within it: -o {shown}/site"
    );
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

/// Whether a file system, or a folder of another place, is mounted here.
#[cfg(target_os = "linux")]
fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, folder, AtFlags::empty(), StatxFlags::BASIC_STATS);
    found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
        || is_another_device(folder)
}

#[cfg(not(target_os = "linux"))]
fn is_mount_point(folder: &Path) -> bool {
    is_another_device(folder)
}

#[cfg(unix)]
fn is_another_device(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    folder.parent().is_some_and(|parent| device(parent) != device(folder))
}

#[cfg(not(unix))]
fn is_another_device(_: &Path) -> bool {
    false
}
