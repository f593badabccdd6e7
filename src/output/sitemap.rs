//! `sitemap.xml`: every page, for search engines. Only where the site knows its address.

use std::collections::BTreeSet;

use super::{DataFile, Output, OutputScope, Writer};
use crate::link::escaped_path;
use crate::page::{Overview, Subject};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "sitemap",
    summary: "sitemap.xml: the address of every page, where the site knows its own.",
    scope: OutputScope::Portal(plan),
};

/// Where it stands.
pub(super) const PATH: &str = "sitemap.xml";

fn plan(overview: &Overview) -> Vec<DataFile> {
    let writer = Writer::Portal(render);
    let file = DataFile::new(PATH.to_owned(), Subject::default(), "", writer);
    (!overview.site.base_url.is_empty()).then_some(file).into_iter().collect()
}

fn render(overview: &Overview, paths: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let moved = &overview.moves.pages;
    let pages: BTreeSet<&str> =
        paths.filter(|path| is_page(path) && !moved.contains(*path)).collect();
    for path in pages {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        out.push_str(&format!(
            "<url><loc>{}/{}</loc></url>\n",
            escape(&overview.site.base_url),
            escaped_path(path)
        ));
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

fn is_page(path: &str) -> bool {
    path.ends_with(".html") && path != url::NOT_FOUND
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
