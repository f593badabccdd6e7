//! One publication at a time into one output.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::output::Output;
use super::{Notice, Options};

/// A file beside the output, held while a publication lasts. The system releases the lock of a
/// killed run, so that nobody has to remove a file by hand.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Waits its turn, and says for whom.
    pub(super) fn take(place: &Output, options: Options) -> Result<Lock> {
        let path = place.beside(".lock");
        let context = || format!("无法锁定 / cannot lock {}", path.display());
        let mut is_told = false;
        loop {
            let mut file = open(&path).with_context(context)?;
            ensure!(
                is_own(&file),
                "{} 不是 mingbai 的锁文件，请移走 / {0} is no lock of mingbai's: remove it",
                path.display()
            );
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::Error(error)) => return Err(error).with_context(context),
                Err(TryLockError::WouldBlock) => {
                    if !is_told {
                        (options.tell)(&holder(&mut file));
                        is_told = true;
                    }
                    file.lock().with_context(context)?;
                }
            }
            // The run we waited for removed its file: ours guards nothing then.
            if is_same_file(&file, &path) {
                // Only for people: on a full disk the name of the holder is left out.
                let _ = file.set_len(0).and_then(|()| file.rewind());
                let _ = write!(file, "{}", std::process::id());
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

/// Who holds a lock, and since when.
fn holder(file: &mut File) -> Notice {
    let mut text = String::new();
    let _ = file.rewind().and_then(|()| file.take(20).read_to_string(&mut text));
    let since = file.metadata().and_then(|found| found.modified()).ok();
    Notice::Waiting(text.trim().parse().ok(), since)
}

/// Opens the file as it is, and never what a link of its name leads to.
#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).custom_flags(flags.bits().cast_signed());
    options.open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// Whether what is about to be written to is a file of one name, and no pipe or device.
#[cfg(unix)]
fn is_own(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|found| found.is_file() && found.nlink() < 2)
}

#[cfg(not(unix))]
fn is_own(file: &File) -> bool {
    file.metadata().is_ok_and(|found| found.is_file())
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => identity(held) == identity(named),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_same_file(_: &File, _: &Path) -> bool {
    true
}
