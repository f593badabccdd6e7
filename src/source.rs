//! Reads every input file of a portal into memory, the program's embedded
//! defaults beneath the site's own, and gives each an id.
//!
//! This is the one door in: nothing behind it touches the file system.

#![allow(clippy::disallowed_methods, reason = "the one door in")]

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::path::{Path, PathBuf};

use anyhow::Context;
use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

static PROFILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/profiles");
static THEME: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The folders of a portal that are read; everything else beside them is ignored.
pub const FOLDERS: [&str; 4] = ["content", "profiles", "themes", "static"];

/// The portal's configuration file, unless `--config` names another.
pub const CONFIG: &str = "mingbai.yaml";

/// Names one input file for as long as its [`Sources`] live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

/// One input file: its path from the portal's root with `/` between names, and its bytes.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path shown to the author.
    pub path: String,
    /// The content, exactly as on disk.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// The content as text up to the first byte that is not UTF-8, without a byte order mark.
    pub fn text(&self) -> &str {
        let text = match std::str::from_utf8(&self.bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&self.bytes[..error.valid_up_to()])
                .expect("everything before the first invalid byte is valid"),
        };
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// Where the content stops being UTF-8, counted in bytes of [`SourceFile::text`].
    pub fn invalid_utf8(&self) -> Option<usize> {
        std::str::from_utf8(&self.bytes).err().map(|_| self.text().len())
    }
}

/// Every input file of one portal. Files of the site hide embedded files of the same path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    site: BTreeMap<String, FileId>,
    embedded: BTreeMap<String, FileId>,
    config: String,
}

impl Sources {
    /// Reads the portal at `root`; `config` is the configuration file's path from there.
    ///
    /// # Errors
    /// When the folder cannot be read. A missing configuration file is not an error
    /// here: the report says so.
    pub fn read(root: &Path, config: &str) -> anyhow::Result<Sources> {
        let mut sources = Sources::embedded();
        sources.config = config.to_owned();
        for folder in FOLDERS {
            let folder = root.join(folder);
            if !folder.is_dir() {
                continue;
            }
            for entry in WalkDir::new(&folder).follow_links(true).sort_by_file_name() {
                let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
                if entry.file_type().is_file() && !is_hidden(entry.path(), root) {
                    sources.read_file(root, entry.path())?;
                }
            }
        }
        if root.join(config).is_file() {
            sources.read_file(root, &root.join(config))?;
        }
        Ok(sources)
    }

    /// The embedded profiles and theme alone; what a test adds its files to.
    pub fn embedded() -> Sources {
        let mut sources = Sources { config: CONFIG.to_owned(), ..Sources::default() };
        for (folder, dir) in [("profiles", &PROFILES), ("themes/default", &THEME)] {
            sources.add_embedded(folder, dir);
        }
        sources
    }

    fn add_embedded(&mut self, folder: &str, dir: &Dir) {
        for file in dir.files() {
            let path = format!("{folder}/{}", file.path().to_string_lossy().replace('\\', "/"));
            let id = self.push(path.clone(), file.contents().to_vec());
            self.embedded.insert(path, id);
        }
        for dir in dir.dirs() {
            self.add_embedded(folder, dir);
        }
    }

    fn read_file(&mut self, root: &Path, path: &Path) -> anyhow::Result<()> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let relative = path.strip_prefix(root).unwrap_or(path);
        self.add(&relative.to_string_lossy().replace('\\', "/"), bytes);
        Ok(())
    }

    fn push(&mut self, path: String, bytes: Vec<u8>) -> FileId {
        let id = FileId(
            u32::try_from(self.files.len()).expect("fewer than four thousand million files"),
        );
        self.files.push(SourceFile { path, bytes });
        id
    }

    /// Adds one file of the site, or replaces the one of the same path.
    pub fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> FileId {
        if let Some(&id) = self.site.get(path) {
            self.files[id.0 as usize].bytes = bytes.into();
            return id;
        }
        let id = self.push(path.to_owned(), bytes.into());
        self.site.insert(path.to_owned(), id);
        id
    }

    /// The path of the configuration file, whether or not it exists.
    pub fn config(&self) -> &str {
        &self.config
    }

    /// The file of an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file at a path, the site's own before the embedded one.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.site.get(path).or_else(|| self.embedded.get(path)).copied()
    }

    /// Whether a file came with the program and is not the site's own.
    pub fn is_embedded(&self, id: FileId) -> bool {
        self.embedded.get(&self.file(id).path) == Some(&id)
    }

    /// The site's own files below a folder (named without a trailing `/`), in path order.
    pub fn site_files<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (FileId, &'a str)> {
        below(&self.site, folder)
    }

    /// The embedded files below a folder, in path order.
    pub fn embedded_files<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (FileId, &'a str)> {
        below(&self.embedded, folder)
    }

    /// Every file below a folder, the site's own hiding embedded ones, in path order.
    pub fn all_files<'a>(&'a self, folder: &'a str) -> Vec<(FileId, &'a str)> {
        let mut files: BTreeMap<&str, FileId> =
            self.embedded_files(folder).map(|(id, path)| (path, id)).collect();
        files.extend(self.site_files(folder).map(|(id, path)| (path, id)));
        files.into_iter().map(|(path, id)| (id, path)).collect()
    }
}

fn below<'a>(
    map: &'a BTreeMap<String, FileId>,
    folder: &'a str,
) -> impl Iterator<Item = (FileId, &'a str)> {
    map.range::<str, _>((Bound::Included(folder), Bound::Unbounded))
        .map(|(path, &id)| (id, path.as_str()))
        .take_while(move |(_, path)| path.starts_with(folder))
        .filter(move |(_, path)| path.as_bytes().get(folder.len()) == Some(&b'/'))
}

fn is_hidden(path: &Path, root: &Path) -> bool {
    let relative: PathBuf = path.strip_prefix(root).unwrap_or(path).into();
    relative.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        name.starts_with('.') || name.ends_with('~')
    })
}

/// A place in a file the author can open. Kept cheap: a data path becomes bytes
/// only when a finding is printed (see [`crate::locate`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub spot: Spot,
}

/// Where in a file a place is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// These bytes.
    Bytes(usize, usize),
    /// The value at a data path such as `rows[3].basic`, or the nearest thing above it.
    Value(String),
    /// The key that a data path ends with.
    Key(String),
}

impl Place {
    /// The first line of a file: where a finding about the whole file stands.
    pub fn start(file: FileId) -> Place {
        Place { file, spot: Spot::Bytes(0, 0) }
    }

    /// These bytes of a file.
    pub fn bytes(file: FileId, range: Range<usize>) -> Place {
        Place { file, spot: Spot::Bytes(range.start, range.end) }
    }

    /// The value at a data path.
    pub fn value(file: FileId, path: impl Into<String>) -> Place {
        Place { file, spot: Spot::Value(path.into()) }
    }

    /// The key a data path ends with.
    pub fn key(file: FileId, path: impl Into<String>) -> Place {
        Place { file, spot: Spot::Key(path.into()) }
    }
}
