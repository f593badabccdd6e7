//! Watches the authors' files: one call for each save, however many files it touched.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify_debouncer_full::notify::event::ModifyKind;
use notify_debouncer_full::notify::{
    ErrorKind as WatchError, EventKind, RecommendedWatcher, RecursiveMode,
};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};

/// Long enough for an editor to finish a save, short enough not to be felt.
const DEBOUNCE: Duration = Duration::from_millis(24);

/// The debouncer waits file by file: a checkout of many is over when none followed for this
/// long. Two of its ticks, so that a save is seen after 36 ms in all.
const QUIET: Duration = Duration::from_millis(12);

/// A file that never rests must not keep the others waiting.
const PATIENCE: Duration = Duration::from_millis(500);

/// The watched files and folders, and what the system reports of them.
pub(super) struct Watch {
    roots: Vec<PathBuf>,
    /// What is watched now: roots that are folders, whole, and what roots stand in, itself only.
    held: BTreeSet<PathBuf>,
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
}

impl Watch {
    pub(super) fn start(roots: &[PathBuf]) -> Result<Watch> {
        let (sender, events) = mpsc::channel();
        let debouncer = new_debouncer(DEBOUNCE, None, sender).with_context(unwatchable)?;
        let roots = roots.iter().map(|root| absolute(root)).collect();
        let mut watch = Watch { roots, held: BTreeSet::new(), debouncer, events };
        watch.hold()?;
        Ok(watch)
    }

    /// Runs `then` after each change, one at a time; changes that come together are one. It gets the
    /// paths that changed, or none where the system does not know, and says what is to be watched now:
    /// links may lead elsewhere than before.
    pub(super) fn each_change(
        &mut self,
        then: impl Fn(&BTreeSet<PathBuf>) -> Option<Vec<PathBuf>>,
    ) {
        while let Ok(first) = self.events.recv() {
            let results = self.together_with(first);
            if results.iter().any(|result| self.is_change(result)) {
                results.iter().flatten().flatten().for_each(|event| self.forget(event));
                // Before anything is read, or a save between reading and watching is missed.
                // What cannot be watched now is tried again after the next change.
                let _ = self.hold();
                let changed = self.changed(&results);
                if let Some(roots) = then(&changed) {
                    self.roots = roots.iter().map(|root| absolute(root)).collect();
                    let _ = self.hold();
                }
            }
        }
    }

    fn changed(&self, results: &[DebounceEventResult]) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        for result in results {
            let Ok(events) = result else { return BTreeSet::new() };
            for event in events.iter().filter(|event| self.is_content(event)) {
                if event.need_rescan() {
                    return BTreeSet::new();
                }
                changed.extend(event.paths.iter().filter(|path| self.is_authored(path)).cloned());
            }
        }
        changed
    }

    fn together_with(&self, first: DebounceEventResult) -> Vec<DebounceEventResult> {
        let begun = Instant::now();
        let mut results = vec![first];
        while begun.elapsed() < PATIENCE
            && let Ok(next) = self.events.recv_timeout(QUIET)
        {
            results.push(next);
        }
        results
    }

    /// Watches every root that exists, and the folder each stands in: a file is watched
    /// there only, because editors replace it, and a folder that is missing appears there.
    fn hold(&mut self) -> Result<()> {
        for root in self.roots.clone() {
            if root.is_dir() {
                self.hold_one(&root, RecursiveMode::Recursive)?;
            }
        }
        for root in self.roots.clone() {
            let above = root.ancestors().skip(1).find(|above| above.is_dir());
            // A folder watched whole must not be narrowed to itself.
            if let Some(above) =
                above.filter(|above| self.roots.iter().all(|root| !above.starts_with(root)))
            {
                self.hold_one(above, RecursiveMode::NonRecursive)?;
            }
        }
        Ok(())
    }

    fn hold_one(&mut self, path: &Path, mode: RecursiveMode) -> Result<()> {
        if !self.held.contains(path) {
            match self.debouncer.watch(path, mode) {
                Err(error) if matches!(error.kind, WatchError::PathNotFound) => return Ok(()),
                answer => answer.with_context(unwatchable)?,
            }
            self.held.insert(path.to_owned());
        }
        Ok(())
    }

    /// A folder that came or went is another folder now: the system's watch went with the old one.
    fn forget(&mut self, event: &DebouncedEvent) {
        let is_content =
            matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
        if is_content || event.kind.is_access() {
            return;
        }
        for path in &event.paths {
            self.held.remove(path);
        }
    }

    fn is_change(&self, result: &DebounceEventResult) -> bool {
        match result {
            Ok(events) => events.iter().any(|event| self.is_content(event)),
            // Something was lost; planning once too often costs less than a stale page.
            Err(_) => true,
        }
    }

    fn is_content(&self, event: &DebouncedEvent) -> bool {
        match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
            _ => event.need_rescan() || event.paths.iter().any(|path| self.is_authored(path)),
        }
    }

    /// Inside a root, or on the way to one that is missing, and not a file an editor keeps for itself.
    fn is_authored(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| match path.strip_prefix(root) {
            Ok(inside) => !inside.components().any(is_temporary),
            Err(_) => root.starts_with(path) && !self.held.contains(root),
        })
    }
}

fn unwatchable() -> &'static str {
    "无法监视文件变化（Linux 上可调高 fs.inotify.max_user_watches） / \
     cannot watch the files for changes (on Linux, fs.inotify.max_user_watches may be too low)"
}

/// The real path as far as it exists, since the system reports real paths.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    match real {
        Some((above, real)) => real.join(path.strip_prefix(above).unwrap_or(Path::new(""))),
        None => path,
    }
}

/// Hidden files, and what vim, emacs and office programs lay beside a file being edited.
fn is_temporary(part: Component<'_>) -> bool {
    let name = part.as_os_str().to_string_lossy();
    let begins = [".", "~$", "#"].iter().any(|mark| name.starts_with(mark));
    let ends = ["~", ".swp", ".swx", ".tmp"].iter().any(|mark| name.ends_with(mark));
    begins || ends || name == "4913"
}
