//! `robots.txt`: everything may be read; where the map of pages is.

use super::{DataFile, Output, OutputScope, Writer, sitemap};
use crate::page::{Overview, Subject};

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "robots",
    summary: "robots.txt: everything may be read by anyone.",
    scope: OutputScope::Portal(plan),
};

fn plan(_: &Overview) -> Vec<DataFile> {
    let writer = Writer::Portal(render);
    vec![DataFile::new("robots.txt".to_owned(), Subject::default(), "", writer)]
}

fn render(overview: &Overview, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let base = &overview.site.base_url;
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if !base.is_empty() {
        out.push_str(&format!("Sitemap: {base}/{}\n", sitemap::PATH));
    }
    out.into_bytes()
}
