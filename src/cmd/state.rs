//! What the program keeps of a portal for itself: files in `.mingbai/` at the portal's root, for
//! their owner alone, and none for version control. Where nothing can be kept every build is the first.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::source::DigestKey;

const FOLDER: &str = ".mingbai";
const KEY: &str = "key";

/// The folder of a portal in which the program keeps what it knows.
#[derive(Clone, Debug)]
pub(super) struct State {
    folder: PathBuf,
}

impl State {
    /// Of the portal at a root.
    pub(super) fn of(root: &Path) -> State {
        State { folder: root.join(FOLDER) }
    }

    /// The key of this portal on this machine: made at random when it is first asked for. Where
    /// it cannot be kept it is another one every time.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub(super) fn key(&self) -> Result<DigestKey> {
        let kept = || -> Option<DigestKey> { self.read(KEY)?.try_into().ok() };
        if let Some(key) = kept() {
            return Ok(key);
        }
        let mut key = DigestKey::default();
        getrandom::fill(&mut key).map_err(|error| anyhow!("{error}"))?;
        // Another run may have been first.
        Ok(if self.write_new(KEY, &key).is_some() { key } else { kept().unwrap_or(key) })
    }

    /// What a file holds; nothing where it is a link, or others may read it.
    pub(super) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let mut file = open(&self.own_folder()?.join(name)).ok()?;
        let found = file.metadata().ok().filter(fs::Metadata::is_file)?;
        let mut bytes = Vec::new();
        (is_private(&found) && file.read_to_end(&mut bytes).is_ok()).then_some(bytes)
    }

    /// Puts a file in place whole; what cannot be kept is not.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) {
        if let Some(aside) = self.aside(name, bytes)
            && fs::rename(&aside, self.folder.join(name)).is_err()
        {
            let _ = fs::remove_file(aside);
        }
    }

    fn write_new(&self, name: &str, bytes: &[u8]) -> Option<()> {
        let aside = self.aside(name, bytes)?;
        // Unlike a rename this does not replace a file that is there and may be read.
        let path = self.folder.join(name);
        let is_new = fs::hard_link(&aside, &path).is_ok()
            || (self.read(name).is_none() && fs::rename(&aside, &path).is_ok());
        let _ = fs::remove_file(aside);
        is_new.then_some(())
    }

    /// Writes a file under a name of this run.
    fn aside(&self, name: &str, bytes: &[u8]) -> Option<PathBuf> {
        self.make_folder()?;
        let aside = self.folder.join(format!("{name}.{}", std::process::id()));
        let _ = fs::remove_file(&aside);
        let written = create(&aside).and_then(|mut file| file.write_all(bytes));
        if written.is_err() {
            let _ = fs::remove_file(&aside);
        }
        written.ok().map(|()| aside)
    }

    fn make_folder(&self) -> Option<()> {
        if self.own_folder().is_none() {
            make_private(&self.folder).ok()?;
        }
        let ignored = self.folder.join(".gitignore");
        if fs::symlink_metadata(&ignored).is_err() {
            create(&ignored).and_then(|mut file| file.write_all(b"*\n")).ok()?;
        }
        Some(())
    }

    /// The folder, where it is one and no link to one.
    fn own_folder(&self) -> Option<&Path> {
        let is_folder = fs::symlink_metadata(&self.folder).is_ok_and(|found| found.is_dir());
        is_folder.then_some(self.folder.as_path())
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(unix)]
fn create(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> std::io::Result<File> {
    File::create_new(path)
}

#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

#[cfg(unix)]
fn is_private(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (found.mode() & 0o777) | 0o700 == 0o700
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}
