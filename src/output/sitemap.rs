//! `sitemap.xml`: every page, for search engines, with the day it changed last where that is known. Only
//! where the site knows its address. A list holds so many addresses at most: a site of more has several
//! lists, and `sitemap.xml` names them.

use std::collections::{BTreeMap, BTreeSet};

use super::{DataFile, Output, OutputScope, Writer};
use crate::link::escaped_path;
use crate::page::{Overview, Subject};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "sitemap",
    summary: "sitemap.xml: the address of every page with the day it changed last, where the site knows its own; an index of several above 50,000.",
    scope: OutputScope::Paths(plan),
};

/// Where it stands.
pub(super) const PATH: &str = "sitemap.xml";

/// So many addresses stand in one list (sitemaps.org).
const MOST: usize = 50_000;

const XMLNS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn plan(overview: &Overview, paths: &mut dyn Iterator<Item = &str>) -> Vec<DataFile> {
    if overview.site.base_url.is_empty() {
        return Vec::new();
    }
    let file = |path: String, item: usize, writer| {
        DataFile::new(path, Subject { item, ..Subject::default() }, "", writer)
    };
    let lists = paths.filter(|path| is_listed(overview, path)).count().div_ceil(MOST);
    if lists < 2 {
        return vec![file(PATH.to_owned(), 0, Writer::Paths(list))];
    }
    let all = (0..lists).map(|item| file(list_path(item), item, Writer::Paths(list)));
    std::iter::once(file(PATH.to_owned(), lists, Writer::Paths(index))).chain(all).collect()
}

fn list_path(item: usize) -> String {
    format!("sitemap-{}.xml", item + 1)
}

/// One list: the pages it is the turn of.
fn list(overview: &Overview, item: usize, paths: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let (mut out, days) = (head("urlset"), Days::of(overview));
    let pages: BTreeSet<&str> = paths.filter(|path| is_listed(overview, path)).collect();
    for path in pages.into_iter().skip(item * MOST).take(MOST) {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        entry(&mut out, "url", &overview.site.base_url, address, days.of_page(path));
    }
    out.push_str("</urlset>\n");
    out.into_bytes()
}

/// The list of so many lists.
fn index(overview: &Overview, lists: usize, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let (mut out, days) = (head("sitemapindex"), Days::of(overview));
    for item in 0..lists {
        entry(&mut out, "sitemap", &overview.site.base_url, &list_path(item), days.newest);
    }
    out.push_str("</sitemapindex>\n");
    out.into_bytes()
}

fn head(name: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"{XMLNS}\">\n")
}

fn entry(out: &mut String, name: &str, base: &str, path: &str, day: &str) {
    out.push_str(&format!("<{name}><loc>{}/{}</loc>", escape(base), escaped_path(path)));
    if !day.is_empty() {
        out.push_str(&format!("<lastmod>{day}</lastmod>"));
    }
    out.push_str(&format!("</{name}>\n"));
}

/// The days on which something changed, as far as the content says: none of them is that of a build.
struct Days<'a> {
    /// By folder, of disclosures and of organisations.
    folders: BTreeMap<&'a str, &'a str>,
    /// The newest of all; empty where none is known.
    newest: &'a str,
}

impl<'a> Days<'a> {
    fn of(overview: &'a Overview) -> Days<'a> {
        let mut folders: BTreeMap<&str, &str> = BTreeMap::new();
        for organisation in &overview.organisations {
            let days = organisation.disclosures.iter();
            folders.extend(days.map(|one| (one.path.as_str(), one.changed.as_str())));
            let newest = organisation.disclosures.iter().map(|one| one.changed.as_str()).max();
            folders.insert(&organisation.id, newest.unwrap_or_default());
        }
        let newest = folders.values().copied().max().unwrap_or_default();
        Days { folders, newest }
    }

    /// The day a page changed: that of its disclosure, of its organisation, or of the portal.
    fn of_page(&self, path: &str) -> &'a str {
        let mut ends = path.match_indices('/').map(|(at, _)| at);
        let (first, second) = (ends.next(), ends.next());
        let of_folder = |end: Option<usize>| self.folders.get(&path[..end?]).copied();
        of_folder(second).or_else(|| of_folder(first)).unwrap_or(self.newest)
    }
}

/// Whether search engines are to know a path: pages that are no other's former address.
fn is_listed(overview: &Overview, path: &str) -> bool {
    path.ends_with(".html") && path != url::NOT_FOUND && !overview.moves.pages.contains(path)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn above_what_a_list_holds_there_is_a_list_of_lists() {
        let mut overview = Overview::default();
        overview.site.base_url = "https://example.org".to_owned();
        let pages = |count: usize| (0..count).map(|number| format!("{number:06}.html"));
        let planned = |count: usize| {
            let pages: Vec<String> = pages(count).collect();
            let files = plan(&overview, &mut pages.iter().map(String::as_str));
            files.into_iter().map(|file| (file.path, file.subject.item)).collect::<Vec<_>>()
        };
        assert_eq!(planned(MOST), [(PATH.to_owned(), 0)]);
        let expected =
            [(PATH, 3), ("sitemap-1.xml", 0), ("sitemap-2.xml", 1), ("sitemap-3.xml", 2)];
        assert_eq!(planned(2 * MOST + 1), expected.map(|(path, item)| (path.to_owned(), item)));
        let all: Vec<String> = pages(2 * MOST + 1).collect();
        let addresses = |item: usize| {
            let list = list(&overview, item, &mut all.iter().map(String::as_str));
            String::from_utf8(list).expect("text").matches("<loc>").count()
        };
        assert_eq!([0, 1, 2].map(addresses), [MOST, MOST, 1]);
        let index = String::from_utf8(index(&overview, 3, &mut std::iter::empty())).expect("text");
        assert!(index.contains("<sitemap><loc>https://example.org/sitemap-3.xml</loc></sitemap>"));
    }
}
