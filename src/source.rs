//! Reads every input file of a portal into memory, the program's embedded
//! defaults beneath the site's own, and gives each an id.
//!
//! This is the one door in: nothing behind it touches the file system.

mod disk;
mod place;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

pub use disk::{LARGEST, Refusal};
use disk::{Listing, Read, alike, list, read, single};
pub use place::{Place, Spot};

static PROFILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/profiles");
static THEME: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The folders of a portal that are read; everything else beside them is ignored.
pub const FOLDERS: [&str; 4] = ["content", "profiles", "themes", "static"];

/// The portal's configuration file, unless `--config` names another.
pub const CONFIG: &str = "mingbai.yaml";

/// What digests of files are made with: who does not have it can try no guess against a digest.
pub type DigestKey = [u8; 32];

/// Names one input file for as long as its [`Sources`] live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(u32);

/// One input file: its path from the portal's root with `/` between names, and its bytes.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path shown to the author.
    pub path: String,
    content: Content,
}

/// What a file holds: looked at once, as it is read.
#[derive(Clone, Debug)]
enum Content {
    Text(String),
    /// Bytes of which not all are UTF-8.
    Bytes(Vec<u8>),
}

impl SourceFile {
    fn new(path: String, bytes: Vec<u8>) -> SourceFile {
        let content = match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text),
            Err(error) => Content::Bytes(error.into_bytes()),
        };
        SourceFile { path, content }
    }

    /// The content, exactly as on disk.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// The content as text up to the first byte that is not UTF-8, without a byte order mark.
    pub fn text(&self) -> &str {
        let text = match &self.content {
            Content::Text(text) => text,
            Content::Bytes(bytes) => {
                let valid = bytes.utf8_chunks().next();
                valid.map(|chunk| chunk.valid()).unwrap_or_default()
            }
        };
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// Where the content stops being UTF-8, counted in bytes of [`SourceFile::text`].
    pub fn invalid_utf8(&self) -> Option<usize> {
        matches!(self.content, Content::Bytes(_)).then(|| self.text().len())
    }
}

/// Files by id and by path.
#[derive(Clone, Debug, Default)]
struct Files {
    by_id: BTreeMap<FileId, SourceFile>,
    site: BTreeMap<String, FileId>,
    embedded: BTreeMap<String, FileId>,
    /// What is there and is not read: it has a path, for findings, and no bytes.
    refused: BTreeMap<FileId, Refusal>,
}

impl Files {
    fn digest<'a>(
        &'a self,
        key: &DigestKey,
        read: impl Fn(FileId, &'a SourceFile) -> Cow<'a, [u8]>,
    ) -> String {
        let mut hasher = blake3::Hasher::new_keyed(key);
        let files = self.embedded.iter().chain(&self.site);
        // Lengths first, so that no two lists of files read alike.
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        };
        for (path, id) in files {
            part(path.as_bytes());
            part(&self.by_id.get(id).map(|file| read(*id, file)).unwrap_or_default());
        }
        for (id, refusal) in &self.refused {
            part(self.by_id[id].path.as_bytes());
            part(format!("{refusal:?}").as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// The input files of one portal, or of one organisation with all that every organisation shares.
/// Files of the site hide embedded files of the same path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// What every organisation shares: never copied.
    shared: Arc<Files>,
    own: Files,
    next: u32,
    config: String,
    /// The file that was most likely meant to be the configuration, where there is none.
    pub config_alike: Option<String>,
}

impl Sources {
    /// Reads the portal at `root`; `config` is the configuration file's path from there.
    ///
    /// # Errors
    /// When the folder cannot be read. A missing configuration file is not an error
    /// here: the report says so.
    pub fn read(root: &Path, config: &str) -> anyhow::Result<Sources> {
        let library = Library::open(root, config)?;
        library.sources(0..library.len(), |_| true)
    }

    /// The embedded profiles and theme alone; what a test adds its files to.
    pub fn embedded() -> Sources {
        let mut sources = Sources { config: CONFIG.to_owned(), ..Sources::default() };
        for (folder, dir) in [("profiles", &PROFILES), ("themes/default", &THEME)] {
            sources.add_embedded(folder, dir);
        }
        sources.share();
        sources
    }

    /// As [`Sources::embedded`], for a portal whose configuration file has this path.
    pub fn named(config: &str) -> Sources {
        Sources { config: config.to_owned(), ..Sources::embedded() }
    }

    /// Makes what was added so far a part of what copies share.
    fn share(&mut self) {
        let shared = Arc::make_mut(&mut self.shared);
        shared.by_id.append(&mut self.own.by_id);
        shared.site.append(&mut self.own.site);
        shared.embedded.append(&mut self.own.embedded);
        shared.refused.append(&mut self.own.refused);
    }

    fn add_embedded(&mut self, folder: &str, dir: &Dir) {
        for file in dir.files() {
            let path = format!("{folder}/{}", file.path().to_string_lossy().replace('\\', "/"));
            let id = self.push(path.clone(), file.contents().to_vec());
            self.own.embedded.insert(path, id);
        }
        for dir in dir.dirs() {
            self.add_embedded(folder, dir);
        }
    }

    fn push(&mut self, path: String, bytes: Vec<u8>) -> FileId {
        let id = FileId(self.next);
        self.next = self.next.checked_add(1).expect("fewer than four thousand million files");
        self.own.by_id.insert(id, SourceFile::new(path, bytes));
        id
    }

    /// Adds one file of the site, or replaces the one of the same path.
    pub fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> FileId {
        let known = self.own.site.get(path).or_else(|| self.shared.site.get(path)).copied();
        let Some(id) = known else {
            let id = self.push(path.to_owned(), bytes.into());
            self.own.site.insert(path.to_owned(), id);
            return id;
        };
        self.own.by_id.insert(id, SourceFile::new(path.to_owned(), bytes.into()));
        id
    }

    /// Adds a path that is there and is not read.
    pub fn refuse(&mut self, path: &str, refusal: Refusal) -> FileId {
        let id = self.push(path.to_owned(), Vec::new());
        self.own.refused.insert(id, refusal);
        id
    }

    fn take(&mut self, path: &str, read: Read) {
        match read {
            Read::Bytes(bytes) => drop(self.add(path, bytes)),
            Read::Refused(refusal) => drop(self.refuse(path, refusal)),
        }
    }

    /// Every path that is there and is not read, and why.
    pub fn refused(&self) -> impl Iterator<Item = (FileId, &Refusal)> {
        let all = self.shared.refused.iter().chain(&self.own.refused);
        all.map(|(id, refusal)| (*id, refusal))
    }

    /// Takes over the files of these ids from sources of the same portal.
    pub fn adopt(&mut self, other: &Sources, files: impl IntoIterator<Item = FileId>) {
        for id in files {
            if let Some(file) = other.own.by_id.get(&id) {
                self.own.by_id.insert(id, file.clone());
                if let Some(refusal) = other.own.refused.get(&id) {
                    self.own.refused.insert(id, refusal.clone());
                    self.own.site.remove(&file.path);
                } else {
                    self.own.site.insert(file.path.clone(), id);
                    self.own.refused.remove(&id);
                }
            }
        }
    }

    /// How many bytes the files that are not shared hold.
    pub fn own_bytes(&self) -> usize {
        self.own.by_id.values().map(|file| file.bytes().len()).sum()
    }

    /// A digest of the files that are not shared: the same for the same paths, bytes and key.
    pub fn digest(&self, key: &DigestKey) -> String {
        self.own.digest(key, |_, file| Cow::Borrowed(file.bytes()))
    }

    /// As [`Sources::digest`], of what is read of every file in place of its bytes.
    pub fn digest_of<'a>(
        &'a self,
        key: &DigestKey,
        read: impl Fn(FileId, &'a SourceFile) -> Cow<'a, [u8]>,
    ) -> String {
        self.own.digest(key, read)
    }

    /// A digest of the files that are shared.
    pub fn shared_digest(&self, key: &DigestKey) -> String {
        self.shared.digest(key, |_, file| Cow::Borrowed(file.bytes()))
    }

    /// The path of the configuration file, whether or not it exists.
    pub fn config(&self) -> &str {
        &self.config
    }

    /// The file of an id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        self.own.by_id.get(&id).unwrap_or_else(|| &self.shared.by_id[&id])
    }

    /// The file at a path, the site's own before the embedded one.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let site = self.own.site.get(path).or_else(|| self.shared.site.get(path));
        site.or_else(|| self.shared.embedded.get(path)).copied()
    }

    /// Whether a file came with the program and is not the site's own.
    pub fn is_embedded(&self, id: FileId) -> bool {
        self.shared.embedded.get(&self.file(id).path) == Some(&id)
    }

    /// The site's own files below a folder (named without a trailing `/`), in path order.
    pub fn site_files<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (FileId, &'a str)> {
        let mut own = below(&self.own.site, folder).peekable();
        let mut shared = below(&self.shared.site, folder).peekable();
        std::iter::from_fn(move || match (own.peek(), shared.peek()) {
            (Some((_, one)), Some((_, other))) if one > other => shared.next(),
            (None, _) => shared.next(),
            _ => own.next(),
        })
    }

    /// The embedded files below a folder, in path order.
    pub fn embedded_files<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (FileId, &'a str)> {
        below(&self.shared.embedded, folder)
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

/// A portal on disk: what its organisations share is read, their own files are listed and
/// read when they are asked for, so that memory need not hold them all.
#[derive(Clone, Debug)]
pub struct Library {
    /// Its real path.
    root: PathBuf,
    shared: Sources,
    organisations: Vec<Arc<OrganisationFiles>>,
    /// The real files and folders that links lead to, when all was listed.
    linked: Vec<PathBuf>,
    /// The id of the next file listed.
    next: u32,
}

/// The files of one organisation.
#[derive(Debug)]
struct OrganisationFiles {
    /// Its folder below `content/`.
    name: String,
    /// The id of the first of its files; the others follow.
    first: u32,
    /// Their paths, in order.
    paths: Vec<String>,
    /// What is not read, and why; their ids come after those of the files.
    refused: Vec<(String, Refusal)>,
    /// The real files and folders that links of it lead to.
    linked: Vec<PathBuf>,
}

impl Library {
    /// Lists the portal at `root`; `config` is the configuration file's path from there.
    ///
    /// # Errors
    /// When a folder or a shared file cannot be read. What lies outside the portal is not read and
    /// no error: the report says so.
    pub fn open(root: &Path, config: &str) -> anyhow::Result<Library> {
        let mut shared = Sources::named(config);
        let mut shelves: BTreeMap<String, Listing> = BTreeMap::new();
        let mut linked = Vec::new();
        let root = root.canonicalize().with_context(|| cannot_read(root))?;
        shared.config_alike = alike(&root, config);
        let mut listings = vec![single(&root, config)?];
        for folder in FOLDERS {
            listings.push(list(&root, folder)?);
        }
        for listing in listings {
            for path in listing.files {
                match organisation_of(&path).map(str::to_owned) {
                    Some(name) => shelves.entry(name).or_default().files.push(path),
                    None => shared.take(&path, read(&root, &path)?),
                }
            }
            for (path, refusal) in listing.refused {
                match organisation_of(&path).map(str::to_owned) {
                    Some(name) => shelves.entry(name).or_default().refused.push((path, refusal)),
                    None => drop(shared.refuse(&path, refusal)),
                }
            }
            linked.extend(listing.linked);
        }
        shared.share();
        let next = shared.next;
        let mut library = Library { root, shared, organisations: Vec::new(), linked, next };
        for (name, listing) in shelves {
            let organisation_files = library.organisation_files(name, listing);
            library.organisations.push(organisation_files);
        }
        Ok(library)
    }

    fn organisation_files(&mut self, name: String, listing: Listing) -> Arc<OrganisationFiles> {
        let first = self.next;
        let Listing { files: paths, refused, linked } = listing;
        let count = paths.len() + refused.len();
        self.next += u32::try_from(count).expect("files are counted in 32 bits");
        Arc::new(OrganisationFiles { name, first, paths, refused, linked })
    }

    /// The real files and folders that links lead to: what stands in them is a part of the portal.
    pub fn linked(&self) -> impl Iterator<Item = &Path> {
        let own =
            self.organisations.iter().flat_map(|organisation_files| &organisation_files.linked);
        self.linked.iter().chain(own).map(PathBuf::as_path)
    }

    /// Lists the files of one organisation again, whose paths may have changed.
    ///
    /// # Errors
    /// When its folder cannot be read.
    pub fn refresh(&mut self, organisation: usize) -> anyhow::Result<()> {
        let name = self.name(organisation).to_owned();
        let listing = list(&self.root, &format!("content/{name}"))?;
        self.organisations[organisation] = self.organisation_files(name, listing);
        Ok(())
    }

    /// A real path as it is named from the root; nothing where it is not below it.
    pub fn within(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.root).ok()?;
        Some(path.to_string_lossy().replace('\\', "/"))
    }

    /// The paths of an organisation's files, in order.
    pub fn paths(&self, organisation: usize) -> &[String] {
        &self.organisations[organisation].paths
    }

    /// The organisation of a folder below `content/`.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.organisations
            .binary_search_by(|organisation_files| organisation_files.name.as_str().cmp(name))
            .ok()
    }

    /// What every organisation shares.
    pub fn shared(&self) -> &Sources {
        &self.shared
    }

    /// How many organisations have files.
    pub fn len(&self) -> usize {
        self.organisations.len()
    }

    /// Whether there is no organisation.
    pub fn is_empty(&self) -> bool {
        self.organisations.is_empty()
    }

    /// The folder of an organisation below `content/`.
    pub fn name(&self, organisation: usize) -> &str {
        &self.organisations[organisation].name
    }

    /// Reads those files of some organisations whose path is wanted; ids are the same in every
    /// such reading.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn sources(
        &self,
        organisations: Range<usize>,
        is_wanted: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Sources> {
        let mut sources = self.shared.clone();
        for organisation_files in &self.organisations[organisations] {
            for (id, path) in (organisation_files.first..).zip(&organisation_files.paths) {
                if is_wanted(path) {
                    sources.next = id;
                    sources.take(path, read(&self.root, path)?);
                }
            }
            let after = organisation_files.first
                + u32::try_from(organisation_files.paths.len()).expect("as they were");
            for (id, (path, refusal)) in (after..).zip(&organisation_files.refused) {
                if is_wanted(path) {
                    sources.next = id;
                    sources.refuse(path, refusal.clone());
                }
            }
        }
        Ok(sources)
    }
}

/// The organisation that a path of the content belongs to.
fn organisation_of(path: &str) -> Option<&str> {
    let (name, _) = path.strip_prefix("content/")?.split_once('/')?;
    Some(name)
}

fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", path.display())
}
