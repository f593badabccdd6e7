//! A state of a portal that the command line names, a folder or a revision of git, and of two states
//! what they do not have in common.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;

use super::git;
use crate::cli::Global;
use crate::source::{FOLDERS, FileId, Library, Sources};

/// A state of a portal.
pub(super) struct NamedState {
    /// Its files.
    pub(super) sources: Sources,
    /// The part that was named, `organisation` or `organisation/disclosure`; empty for all.
    pub(super) part: String,
}

/// Reads the state that an argument names: a folder where there is one, else a revision.
///
/// # Errors
/// When it is neither, or cannot be read.
pub(super) fn read(global: &Global, argument: &str) -> anyhow::Result<NamedState> {
    let path = Path::new(argument);
    if !path.is_dir() {
        let sources = git::sources(&global.root, &global.config, argument)?;
        return Ok(NamedState { sources, part: String::new() });
    }
    let is_portal = path.join(&global.config).is_file() || path.join("content").is_dir();
    let (root, part) = if is_portal {
        (path.to_owned(), String::new())
    } else {
        part_of_portal(path).with_context(|| {
            format!(
                "{argument} 不是门户，也不是门户的 content/ 下的文件夹 / {argument} is no portal, and no folder below content/ of one"
            )
        })?
    };
    let library = Library::open(&root, &global.config)?;
    Ok(NamedState { sources: library.sources(0..library.len(), |_| true)?, part })
}

/// The root of the portal that a folder below `content/` is a part of, and which part.
fn part_of_portal(path: &Path) -> Option<(std::path::PathBuf, String)> {
    let whole = path.canonicalize().ok()?;
    let content = whole.ancestors().find(|above| above.file_name() == Some("content".as_ref()))?;
    let below = whole.strip_prefix(content).ok()?;
    let names = below.components().take(2).map(|part| part.as_os_str().to_string_lossy());
    let names: Vec<_> = names.collect();
    Some((content.parent()?.to_owned(), names.join("/")))
}

/// Of two states what concerns the organisations that differ, in these parts of them; all of both
/// where the profiles or what else all organisations share differ.
pub(super) fn differing([before, after]: [&NamedState; 2]) -> [Sources; 2] {
    let shared = |state: &NamedState| -> Vec<(String, Vec<u8>)> {
        files(&state.sources)
            .into_iter()
            .filter(|(path, _)| organisation(path).is_none())
            .map(own)
            .collect()
    };
    let is_shared_same = shared(before) == shared(after);
    let mut names: BTreeSet<String> = BTreeSet::new();
    for state in [before, after] {
        let all = files(&state.sources);
        names.extend(all.iter().filter_map(|(path, _)| organisation(path)).map(str::to_owned));
    }
    let of = |state: &NamedState, name: &str| -> Vec<(String, Vec<u8>)> {
        let folder = format!("content/{name}");
        let files = state.sources.site_files(&folder);
        let files = files.map(|(id, path)| (path, state.sources.file(id).bytes()));
        files.map(own).collect()
    };
    let is_looked_at = |name: &String| {
        [before, after].iter().any(|state| {
            state.part.is_empty() || state.part.split('/').next() == Some(name.as_str())
        })
    };
    let is_same = |name: &String| of(before, name) == of(after, name);
    // Two disclosures may be set beside each other though nothing changed in either.
    let are_named = [before, after].iter().all(|state| !state.part.is_empty());
    names.retain(|name| is_looked_at(name) && (are_named || !is_shared_same || !is_same(name)));
    [before, after].map(|state| narrowed(&state.sources, &names))
}

fn own((path, bytes): (&str, &[u8])) -> (String, Vec<u8>) {
    (path.to_owned(), bytes.to_vec())
}

/// The files of a state that findings and figures depend on.
fn files(sources: &Sources) -> Vec<(&str, &[u8])> {
    let folders = FOLDERS.iter().filter(|folder| **folder != "static");
    let ids = folders.flat_map(|folder| sources.site_files(folder)).map(|(id, _)| id);
    let config = sources.find(sources.config());
    let file = |id: FileId| (sources.file(id).path.as_str(), sources.file(id).bytes());
    ids.chain(config).map(file).collect()
}

/// The organisation whose own a file is.
fn organisation(path: &str) -> Option<&str> {
    let (name, rest) = path.strip_prefix("content/")?.split_once('/')?;
    (!rest.is_empty()).then_some(name)
}

/// What all share, and the files of these organisations.
fn narrowed(sources: &Sources, names: &BTreeSet<String>) -> Sources {
    let mut narrow = Sources::named(sources.config());
    let is_wanted = |path: &str| organisation(path).is_none_or(|name| names.contains(name));
    for (path, bytes) in files(sources).into_iter().filter(|(path, _)| is_wanted(path)) {
        narrow.add(path, bytes);
    }
    for (id, path) in sources.site_files("static") {
        debug_assert_eq!(sources.file(id).path, path);
        narrow.add(path, Vec::new());
    }
    for (id, refusal) in sources.refused() {
        let path = &sources.file(id).path;
        if is_wanted(path) {
            narrow.refuse(path, refusal.clone());
        }
    }
    narrow
}
