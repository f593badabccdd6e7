//! What of a folder is read: plain files that lie inside the portal. Links are followed where they
//! lead to such a file; everything else is named and never opened. What people write is read up to a
//! size.

use std::fs::{File, FileType};
use std::io::Read as _;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use walkdir::WalkDir;

/// Through how many linked folders a file may be reached: with more, a few links name more paths
/// than any disk holds.
const DEEPEST: usize = 3;

/// Bytes of a file that people write, at most: what is made of a table takes some thirty times its
/// file in memory. A table of this size has half a million rows.
pub const LARGEST: u64 = 32 << 20;

/// The folder whose files are published as they are, whatever their size: recordings, scans.
const AS_THEY_ARE: &str = "static/";

/// Why a path is there and is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A link that leaves the portal: where it leads.
    Outside(String),
    /// A link to a hidden file of the portal, such as those of version control: where it leads.
    Hidden(String),
    /// A link to nothing: what it says.
    Nowhere(String),
    /// A link to a folder that it stands in itself, or that only links upon links lead to.
    Circle(String),
    /// A pipe, a socket or a device.
    Special,
    /// A text whose name begins with a full stop: a hidden file, which nothing reads.
    Dotted,
    /// A text of more than [`LARGEST`] bytes: how many it has.
    TooLarge(u64),
}

/// What a path holds.
pub(super) enum Read {
    /// A file.
    Bytes(Vec<u8>),
    /// A file that is too large.
    Refused(Refusal),
}

/// What was found in a folder; paths are from the root, with `/` between names.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// What is read, in order.
    pub files: Vec<String>,
    /// What is not, and why, in order.
    pub refused: Vec<(String, Refusal)>,
    /// The real files and folders that links lead to.
    pub linked: Vec<PathBuf>,
}

impl Listing {
    fn and(mut self, mut other: Listing) -> Listing {
        self.files.append(&mut other.files);
        self.refused.append(&mut other.refused);
        self.linked.append(&mut other.linked);
        self
    }
}

/// Lists a folder of the portal at `root`, a real path; what lies in it is walked side by side.
pub(super) fn list(root: &Path, folder: &str) -> anyhow::Result<Listing> {
    let start = root.join(folder);
    let Ok(found) = std::fs::symlink_metadata(&start) else { return Ok(Listing::default()) };
    if !found.is_dir() {
        return entry(&Walk { root, links: &[] }, &start, folder, found.file_type());
    }
    let within = WalkDir::new(&start).min_depth(1).max_depth(1).sort_by_file_name();
    let within: Vec<_> = within.into_iter().collect();
    let listings = within.into_par_iter().map(|found| {
        let found = found.with_context(|| unreadable(&start))?;
        if is_hidden(found.file_name()) {
            return Ok(Listing::default());
        }
        let name = format!("{folder}/{}", found.file_name().to_string_lossy());
        entry(&Walk { root, links: &[] }, found.path(), &name, found.file_type())
    });
    let listings: Vec<Listing> = listings.collect::<anyhow::Result<_>>()?;
    Ok(listings.into_iter().fold(Listing::default(), Listing::and))
}

/// One file of the portal, the configuration: nothing where it is not there.
pub(super) fn single(root: &Path, path: &str) -> anyhow::Result<Listing> {
    let is_below = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let file = root.join(path);
    match std::fs::symlink_metadata(&file) {
        // Somebody who names a file elsewhere on the command line means it.
        Ok(_) if !is_below => Ok(Listing { files: vec![path.to_owned()], ..Listing::default() }),
        Ok(found) if !found.is_dir() => {
            entry(&Walk { root, links: &[] }, &file, path, found.file_type())
        }
        _ => Ok(Listing::default()),
    }
}

/// The name of a file beside a configuration that is not there, which was most likely meant to be it: one of its name
/// but for the case or the ending.
pub(super) fn alike(root: &Path, config: &str) -> Option<String> {
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_lowercase();
    if root.join(config).exists() || config.contains('/') {
        return None;
    }
    let names = std::fs::read_dir(root)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut alike: Vec<String> = names.filter(|name| stem(name) == stem(config)).collect();
    alike.sort();
    alike
        .into_iter()
        .find(|name| name.contains(".y") || name.contains(".Y") || name.ends_with(".txt"))
}

/// Reads a file of the portal at `root`.
pub(super) fn read(root: &Path, path: &str) -> anyhow::Result<Read> {
    let is_text = !path.starts_with(AS_THEY_ARE);
    let file = root.join(path);
    let read = || {
        let mut open = File::open(&file)?;
        let size = open.metadata()?.len();
        if is_text && size > LARGEST {
            return Ok(Read::Refused(Refusal::TooLarge(size)));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        open.read_to_end(&mut bytes)?;
        Ok(Read::Bytes(bytes))
    };
    read().map_err(|error: std::io::Error| anyhow::Error::new(error).context(unreadable(&file)))
}

/// The way to what is looked at.
struct Walk<'a> {
    root: &'a Path,
    /// The real folders that links led to on the way, and those that the links stand in.
    links: &'a [(PathBuf, PathBuf)],
}

/// A file, a link, or a folder with all below it; `name` is what the author calls it.
fn entry(walk: &Walk, path: &Path, name: &str, kind: FileType) -> anyhow::Result<Listing> {
    if kind.is_dir() {
        return folder(walk, path, name);
    }
    let mut listing = Listing::default();
    if kind.is_file() {
        listing.files.push(name.to_owned());
    } else if kind.is_symlink() {
        return link(walk, path, name);
    } else {
        listing.refused.push((name.to_owned(), Refusal::Special));
    }
    Ok(listing)
}

fn folder(walk: &Walk, folder: &Path, name: &str) -> anyhow::Result<Listing> {
    let mut listing = Listing::default();
    let all = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    let is_told = |found: &walkdir::DirEntry| {
        !is_hidden(found.file_name())
            || (found.file_type().is_file() && is_dotted(found.file_name()))
    };
    for found in all.filter_entry(is_told) {
        let found = found.with_context(|| unreadable(folder))?;
        if found.file_type().is_dir() {
            continue;
        }
        let below = found.path().strip_prefix(folder).unwrap_or(found.path());
        let below = below.to_string_lossy().replace(MAIN_SEPARATOR, "/");
        let name = format!("{name}/{below}");
        if is_dotted(found.file_name()) {
            listing.refused.push((name, Refusal::Dotted));
            continue;
        }
        let one = entry(walk, found.path(), &name, found.file_type())?;
        listing = listing.and(one);
    }
    Ok(listing)
}

fn link(walk: &Walk, path: &Path, name: &str) -> anyhow::Result<Listing> {
    let refuse =
        |refusal| Ok(Listing { refused: vec![(name.to_owned(), refusal)], ..Listing::default() });
    let Ok(target) = path.canonicalize() else {
        let says = std::fs::read_link(path).unwrap_or_default();
        return refuse(Refusal::Nowhere(says.display().to_string()));
    };
    let leads = target.display().to_string();
    let Ok(within) = target.strip_prefix(walk.root) else {
        return refuse(Refusal::Outside(leads));
    };
    if within.components().any(|part| is_hidden(part.as_os_str())) {
        return refuse(Refusal::Hidden(within.to_string_lossy().replace('\\', "/")));
    }
    let found = std::fs::metadata(&target).with_context(|| unreadable(&target))?;
    let mut listing = if found.is_dir() {
        let stands_in = path.parent().and_then(|above| above.canonicalize().ok());
        let stands_in = stands_in.unwrap_or_default();
        let is_above = |place: &Path| place.starts_with(&target);
        let is_circle = is_above(&stands_in)
            || walk.links.len() >= DEEPEST
            || walk.links.iter().any(|(led, stood)| *led == target || is_above(stood));
        if is_circle {
            return refuse(Refusal::Circle(within.to_string_lossy().replace('\\', "/")));
        }
        let mut links = walk.links.to_vec();
        links.push((target.clone(), stands_in));
        folder(&Walk { root: walk.root, links: &links }, &target, name)?
    } else {
        entry(walk, &target, name, found.file_type())?
    };
    listing.linked.push(target);
    Ok(listing)
}

fn unreadable(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

/// Hidden files, and what editors keep beside a file.
fn is_hidden(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name.starts_with("~$")
}

/// A hidden file that an author may have written: no lock of an editor, and nothing of the system.
fn is_dotted(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    let rest = name.strip_prefix('.').filter(|rest| !rest.starts_with(['_', '#', '~']));
    rest.is_some_and(|rest| [".yaml", ".yml", ".md"].iter().any(|ending| rest.ends_with(ending)))
}
