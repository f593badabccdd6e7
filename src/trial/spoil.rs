//! The examples that a profile says are wrong: each must be found as it says.

use super::Ground;
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::profile::Spoiled;

/// How an example that was made wrong came out.
#[derive(Debug, PartialEq, Eq)]
pub enum Spoilt {
    /// It was found as the profile says.
    Found,
    /// Something else was found, each as `code address`, or nothing.
    Otherwise(Vec<String>),
    /// There is no such file among the examples.
    NoFile,
    /// The text stands in the file so many times.
    Times(usize),
    /// There is no such rule.
    NoRule,
}

/// Makes an example wrong and looks for what the profile says of it.
pub fn spoil(ground: &Ground, spoiled: &Spoiled) -> Spoilt {
    let path = format!("content/{}", spoiled.path);
    let Some(file) = ground.sources.find(&path) else { return Spoilt::NoFile };
    let text = ground.sources.file(file).text();
    let times = text.matches(&spoiled.old).count();
    if times != 1 {
        return Spoilt::Times(times);
    }
    let Some(rule) = check::find(&spoiled.finds) else { return Spoilt::NoRule };
    let new = ground.new_findings(&path, text.replace(&spoiled.old, &spoiled.new));
    let is_at = |found: &Diagnostic| match &spoiled.at {
        Some(at) => found.address.as_ref() == Some(at),
        None => true,
    };
    if new.iter().any(|found| found.code.id == rule.id && is_at(found)) {
        return Spoilt::Found;
    }
    let other = |found: &Diagnostic| {
        format!("{} {}", found.code.id, found.address.as_deref().unwrap_or_default())
            .trim_end()
            .to_owned()
    };
    Spoilt::Otherwise(new.iter().map(other).collect())
}
