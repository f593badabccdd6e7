//! Which files of a published folder are ours: its marker lists them, so that what somebody put
//! there is told from what a publication may replace.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use walkdir::WalkDir;

use super::{MARKER, Notice, Options};

const HEAD: &str = "本文件夹由 mingbai 生成，每次构建整体替换，请勿手工修改。\n\
    This folder is made by mingbai and replaced whole at every build; edits are lost.\n\
    mingbai 生成的文件 / The files that mingbai made:\n";

/// What file managers leave in folders they show.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// How many strays are named before the rest are counted.
const NAMED: usize = 20;

/// The paths of a tree, each as the first eight bytes of its digest: the list is published too
/// and should be short.
#[derive(Debug, Default)]
pub(super) struct Made(BTreeSet<u64>);

impl Made {
    /// What the marker of a folder lists; nothing where it lists nothing, as those of earlier
    /// versions do.
    pub(super) fn read(folder: &Path) -> Option<Made> {
        let marker = folder.join(MARKER);
        let is_file = fs::symlink_metadata(&marker).is_ok_and(|found| found.is_file());
        let text = is_file.then(|| fs::read_to_string(&marker).ok()).flatten()?;
        let list = text.strip_prefix(HEAD)?;
        Some(Made(list.lines().filter_map(|line| u64::from_str_radix(line, 16).ok()).collect()))
    }

    pub(super) fn add(&mut self, path: &str) {
        self.0.insert(short(path));
    }

    fn holds(&self, path: &str) -> bool {
        self.0.contains(&short(path))
    }

    /// Refuses to take the place of a site of which more than a tenth of the pages are not among
    /// these: rather a folder was moved or a wrong root was given than so much was taken back.
    pub(super) fn keeps_pages(&self, folder: &Path) -> Result<()> {
        let Some(last) = Made::read(folder).filter(|last| !last.0.is_subset(&self.0)) else {
            return Ok(());
        };
        let paths = WalkDir::new(folder).sort_by_file_name().into_iter().flatten().map(|found| {
            let path = found.path().strip_prefix(folder).unwrap_or(found.path());
            path.to_string_lossy().replace('\\', "/")
        });
        let pages: Vec<String> =
            paths.filter(|path| path.ends_with(".html") && last.holds(path)).collect();
        let gone: Vec<&str> =
            pages.iter().filter(|path| !self.holds(path)).map(String::as_str).collect();
        if gone.len().saturating_mul(10) <= pages.len() {
            return Ok(());
        }
        let (count, all) = (gone.len(), pages.len());
        let mut named = gone[..count.min(NAMED)].join("\n  ");
        if count > NAMED {
            named.push_str("\n  …");
        }
        bail!(
            "上一次的网站有 {all} 个网页，这次会少掉 {count} 个，所以没有替换。先看看内容有没有搬走或写错；确实要删，加 --allow-removal / \
             the last site has {all} pages, and {count} of them would be gone, so that nothing was replaced: see whether content was moved or misspelt, or give --allow-removal to take them away:\n  {named}"
        );
    }

    /// The marker that lists them.
    pub(super) fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        self.0.iter().for_each(|path| text.push_str(&format!("{path:016x}\n")));
        text
    }
}

fn short(path: &str) -> u64 {
    let digest = blake3::hash(path.as_bytes());
    let (first, _) = digest.as_bytes().split_first_chunk().expect("32 bytes");
    u64::from_be_bytes(*first)
}

/// Files of a published folder that no publication put there.
#[derive(Debug, Default)]
pub(super) struct Strays {
    paths: Vec<String>,
    /// Whether a symbolic link stands in the folder: no publication makes one.
    pub has_links: bool,
}

impl Strays {
    /// Those of a folder; without a list of what was made, all that is not known otherwise.
    pub(super) fn of(folder: &Path, made: Option<&Made>) -> Strays {
        let mut strays = Strays::default();
        // Nothing is there to lose where there is no folder.
        for found in WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
            let kind = found.file_type();
            let name = found.file_name().to_string_lossy();
            if kind.is_dir() || LITTER.contains(&&*name) {
                continue;
            }
            let path = found.path().strip_prefix(folder).unwrap_or(found.path());
            let path = path.to_string_lossy().replace('\\', "/");
            strays.has_links |= kind.is_symlink();
            let is_ours = path == MARKER || made.is_none_or(|made| made.holds(&path));
            if !is_ours || kind.is_symlink() {
                strays.paths.push(path);
            }
        }
        strays
    }

    /// Refuses to lose them, or says that they go.
    pub(super) fn settle(self, folder: &Path, options: Options) -> Result<()> {
        if self.paths.is_empty() {
            return Ok(());
        }
        if options.discard_strays {
            (options.tell)(&Notice::Discarding(self.paths));
            return Ok(());
        }
        let count = self.paths.len();
        let mut named = self.paths[..count.min(NAMED)].join("\n  ");
        if count > NAMED {
            named.push_str("\n  …");
        }
        bail!(
            "输出文件夹里有 {count} 个文件不是 mingbai 生成的，替换就会丢失，所以没有替换。要公开的放进 static/，其余的移走；不要了的，加 --discard-strays / \
             {} holds {count} files that no build made and that replacing it would lose, so that nothing was replaced: put into static/ what is to be published, move the rest away, or give --discard-strays to lose them:\n  {named}",
            folder.display()
        );
    }
}
