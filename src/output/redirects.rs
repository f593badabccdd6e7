//! `_redirects`: former addresses for hosts that can be told them (Netlify, Cloudflare Pages, GitLab
//! Pages). Elsewhere the pages that stand there lead on; files that are no pages have this alone.

use std::collections::BTreeSet;

use super::{DataFile, Output, OutputScope, Writer};
use crate::link::escaped_path;
use crate::page::{Overview, Subject};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "redirects",
    summary: "_redirects: where what moved is now, for hosts that read it; where something moved.",
    scope: OutputScope::Portal(plan),
};

fn plan(overview: &Overview) -> Vec<DataFile> {
    let writer = Writer::Portal(write);
    let file = || DataFile::new(url::REDIRECTS.to_owned(), Subject::default(), "", writer);
    (!overview.moves.rules.is_empty()).then(file).into_iter().collect()
}

/// A line each: those of single pages first, as hosts want them.
fn write(overview: &Overview, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let base = url::base_path(&overview.site.base_url);
    let rules: BTreeSet<&(String, String)> = overview.moves.rules.iter().collect();
    let (folders, pages): (Vec<_>, Vec<_>) =
        rules.into_iter().partition(|(from, _)| from.ends_with('/'));
    let mut out = String::new();
    for (from, to) in pages {
        let to = to.strip_suffix(url::HOME).unwrap_or(to);
        out.push_str(&format!("{base}/{} {base}/{} 301\n", escaped_path(from), escaped_path(to)));
    }
    for (from, to) in folders {
        let (from, to) = (escaped_path(from), escaped_path(to));
        out.push_str(&format!("{base}/{from}* {base}/{to}:splat 301\n"));
    }
    out.into_bytes()
}
