//! `robots.txt`: everything may be read; where the map of pages is.

use super::{DataFile, Output, sitemap};
use crate::model::Portal;
use crate::page::{Scope, Subject};

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "robots",
    scope: Scope::Portal,
    summary: "robots.txt: everything may be read by anyone.",
    plan,
};

fn plan(_: &Portal) -> Vec<DataFile> {
    vec![DataFile::new("robots.txt".to_owned(), Subject::default(), "", render)]
}

fn render(portal: &Portal, _: &Subject, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let base = &portal.site.base_url;
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if !base.is_empty() {
        out.push_str(&format!("Sitemap: {base}/{}\n", sitemap::PATH));
    }
    out.into_bytes()
}
