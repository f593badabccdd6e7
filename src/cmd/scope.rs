//! A part of a portal that findings are asked for: files, folders, disclosures.

use std::path::{Path, PathBuf};

use crate::cli::Global;
use crate::diagnostic::{Diagnostic, Report, Unproved};
use crate::source::Sources;

/// Paths from the root; without any, everything.
pub(super) struct CheckScope(Vec<String>);

impl CheckScope {
    /// What the command line names: paths from here or from the root, or `organisation/disclosure`.
    ///
    /// # Errors
    /// When there is no such file or folder in the portal.
    pub(super) fn of(global: &Global, paths: &[PathBuf]) -> anyhow::Result<CheckScope> {
        let root = global.root.canonicalize().unwrap_or_else(|_| global.root.clone());
        let mut scope = Vec::new();
        for path in paths {
            let places = [path.clone(), root.join(path), root.join("content").join(path)];
            let Some(found) = places.iter().find_map(|place| within(&root, place)) else {
                anyhow::bail!(
                    "门户里没有 {} / {0} is no file, folder or disclosure of the portal",
                    path.display()
                );
            };
            scope.push(found);
        }
        Ok(CheckScope(scope))
    }

    /// Leaves only what is found in it, and says how many findings stand elsewhere.
    pub(super) fn narrow(&self, sources: &Sources, report: &mut Report) -> usize {
        if self.0.is_empty() {
            return 0;
        }
        let all = report.diagnostics.len();
        report.diagnostics.retain(|found| self.has(sources, found));
        report.accepted.retain(|found| self.has(sources, found));
        report.unproved.retain(|unproved| self.may_hold(unproved));
        all - report.diagnostics.len()
    }

    fn has(&self, sources: &Sources, found: &Diagnostic) -> bool {
        let path = Path::new(&sources.file(found.primary.file).path);
        let disclosure = found.disclosure.as_ref().map(|name| Path::new("content").join(name));
        self.0.iter().any(|scope| {
            path.starts_with(scope)
                || disclosure.as_ref().is_some_and(|disclosure| disclosure.starts_with(scope))
        })
    }

    fn may_hold(&self, unproved: &Unproved) -> bool {
        let disclosure = Path::new("content").join(&unproved.disclosure);
        let meets = |scope: &Path| disclosure.starts_with(scope) || scope.starts_with(&disclosure);
        self.0.iter().any(|scope| meets(Path::new(scope)))
    }
}

/// A path as it is named from the root; nothing where it is not there.
fn within(root: &Path, path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok().filter(|path| path.exists())?;
    let below = match path.strip_prefix(root) {
        Ok(below) => below.to_owned(),
        Err(_) => path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned(),
    };
    Some(below.to_string_lossy().replace('\\', "/"))
}
