//! The order in which a part of a site is made: what says how large data files are, or holds them,
//! comes after them and is given them.

use rayon::prelude::*;

use crate::output::{DataFile, Writer};
use crate::page::{Made, MadeFiles, PageKind, PageScope};
use crate::site::Recipe;

/// When a path is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// What needs the model alone: nearly everything.
    Model,
    /// Data files that say how large those of the first phase are, or hold them.
    Data,
    /// Pages that say how large data files are.
    Pages,
}

impl Phase {
    const ALL: [Phase; 3] = [Phase::Model, Phase::Data, Phase::Pages];

    /// When a recipe is due, by what it needs.
    pub(super) fn of(recipe: &Recipe) -> Phase {
        match recipe {
            Recipe::Data(DataFile { writer: Writer::Finishing(_), .. }) => Phase::Data,
            Recipe::Page(PageKind { scope: PageScope::Finishing(_), .. }, _) => Phase::Pages,
            _ => Phase::Model,
        }
    }
}

/// Makes these paths phase by phase, on all cores. `make` gets the data files of the phases before,
/// and returns a result and what it made; data files are added to `files`. Results come in the
/// order of phases.
pub fn in_phases<T: Send>(
    files: &mut MadeFiles,
    paths: &[(&String, &Recipe)],
    make: impl Fn(&str, &Recipe, &MadeFiles) -> (T, Made) + Sync,
) -> Vec<T> {
    let mut results = Vec::with_capacity(paths.len());
    for phase in Phase::ALL {
        let due: Vec<_> =
            paths.iter().filter(|(_, recipe)| Phase::of(recipe) == phase).copied().collect();
        let done: Vec<_> = due.par_iter().map(|(path, recipe)| make(path, recipe, files)).collect();
        for ((path, recipe), (result, made)) in due.into_iter().zip(done) {
            if matches!(recipe, Recipe::Data(_)) {
                files.add(path, made);
            }
            results.push(result);
        }
    }
    results
}
