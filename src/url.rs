//! Every path of the site, and how one page links to another. Flat files: a
//! site works from any sub-path, on every host, and from disk.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};

use crate::content::Site;
use crate::link::escaped_path;
use crate::model::{At, Cell, Disclosure, Model, Project, Section, Table};

/// The front page.
pub const HOME: &str = "index.html";
/// The terms.
pub const GLOSSARY: &str = "glossary.html";
/// What the portal says of its accessibility.
pub const ACCESSIBILITY: &str = "accessibility.html";
/// Every page readers may look for.
pub const SITE_MAP: &str = "site-map.html";
/// The search page.
pub const SEARCH: &str = "search.html";
/// What a host shows where nothing is.
pub const NOT_FOUND: &str = "404.html";
/// What was published last.
pub const FEED: &str = "feed.xml";
/// What the site is made of.
pub const MANIFEST: &str = "manifest.json";
/// What hosts are told of former addresses.
pub const REDIRECTS: &str = "_redirects";
/// What the folders of a theme's files stand in, one for what they hold.
pub const ASSETS: &str = "assets/";
/// The style sheet among the files of a theme.
pub const STYLE: &str = "style.css";
/// The reading aids among them.
pub const SCRIPT: &str = "read.js";

/// The names at the root of the site that no organisation may have for its folder.
pub const OWN: [&str; 13] = [
    HOME,
    GLOSSARY,
    ACCESSIBILITY,
    SITE_MAP,
    SEARCH,
    NOT_FOUND,
    "robots.txt",
    "sitemap.xml",
    MANIFEST,
    "assets",
    "regions",
    "search",
    "static",
];
/// The names within the folder of an organisation that no disclosure may have for its own.
pub const OF_ORGANISATIONS: [&str; 2] = [HOME, "subjects"];

/// Whether a path is the style sheet of the theme.
pub fn is_style(path: &str) -> bool {
    path.starts_with(ASSETS)
        && path.rsplit('/').next() == Some(STYLE)
        && path.matches('/').count() == 2
}

/// The first digits of a digest that a name carries: files of such a name never change.
pub fn short_digest(digest: &blake3::Hash) -> String {
    digest.to_hex()[..8].to_owned()
}

/// The page of a region, by its number in the portal, and which of several it is.
pub fn region(number: usize, part: usize) -> String {
    if part == 1 {
        format!("regions/{number}.html")
    } else {
        format!("regions/{number}-{part}.html")
    }
}

/// What has a folder of pages: a disclosure, or what lists say of one.
pub trait Folder {
    /// Its folder in the site: `organisation/disclosure`.
    fn folder(&self) -> &str;
}

impl Folder for Disclosure {
    fn folder(&self) -> &str {
        &self.path
    }
}

/// An organisation's page.
pub fn organisation(portal: &Model, organisation: usize) -> String {
    organisation_page(&portal.organisations[organisation].id)
}

/// The page of the organisation of a folder.
pub fn organisation_page(folder: &str) -> String {
    format!("{folder}/index.html")
}

/// A disclosure's page.
pub fn disclosure(disclosure: &impl Folder) -> String {
    format!("{}/index.html", disclosure.folder())
}

/// The page that proves a disclosure's figures.
pub fn verification(disclosure: &impl Folder) -> String {
    format!("{}/verification.html", disclosure.folder())
}

/// The page of everything a disclosure gives to compute on.
pub fn downloads(disclosure: &impl Folder) -> String {
    format!("{}/downloads.html", disclosure.folder())
}

/// The anchor of a term in the glossary: the word without its spaces.
pub fn term_anchor(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where a term is explained.
pub fn term(name: &str) -> String {
    format!("{GLOSSARY}#{}", fragment(&term_anchor(name)))
}

/// A table's page.
pub fn table(disclosure: &Disclosure, table: &Table) -> String {
    format!("{}/tables/{}.html", disclosure.path, table.spec.id)
}

/// A table's data file of an ending.
pub fn table_data(disclosure: &Disclosure, table: &Table, ending: &str) -> String {
    format!("{}/tables/{}.{ending}", disclosure.path, table.spec.id)
}

/// A data file about a whole disclosure, of a name and an ending.
pub fn disclosure_data(disclosure: &Disclosure, name: &str, ending: &str) -> String {
    format!("{}/{name}.{ending}", disclosure.path)
}

/// A disclosure beside an earlier one: the list of its tables.
pub fn comparisons(disclosure: &Disclosure, earlier: &Disclosure) -> String {
    format!("{}/compare/{}/index.html", disclosure.path, earlier.id)
}

/// A table beside the same of an earlier disclosure.
pub fn comparison(disclosure: &Disclosure, earlier: &Disclosure, table: &Table) -> String {
    format!("{}/compare/{}/{}.html", disclosure.path, earlier.id, table.spec.id)
}

/// A classification code of an organisation: every year, every table.
pub fn subject(portal: &Model, organisation: usize, classification: &str, code: &str) -> String {
    format!("{}/subjects/{classification}/{code}.html", portal.organisations[organisation].id)
}

/// The list of projects.
pub fn projects(disclosure: &impl Folder) -> String {
    format!("{}/projects/index.html", disclosure.folder())
}

/// A project's page.
pub fn project(disclosure: &Disclosure, project: &Project) -> String {
    format!("{}/projects/{}.html", disclosure.path, project.slug)
}

/// A section's page.
pub fn section(disclosure: &Disclosure, section: &Section) -> String {
    format!("{}/narrative/{}.html", disclosure.path, section.slug)
}

/// The page and anchor of a figure: what a citation names.
pub fn figure(disclosure: &Disclosure, at: At) -> String {
    match at {
        At::Cell(index, panel, row, column) => {
            let content = &disclosure.tables[index];
            // A blank has no anchor of its own: its row has one.
            let anchor = match content.panels[panel].rows[row].cells[column] {
                Cell::Figure(..) | Cell::Withheld(_) => cell_anchor(content, panel, row, column),
                _ => row_anchor(content, panel, row),
            };
            let mut link = table(disclosure, content);
            link.push('#');
            link.push_str(&fragment(&anchor));
            link
        }
        At::Field(index, field) => {
            let id = disclosure
                .project_spec()
                .and_then(|spec| spec.fields.get_index(field))
                .map(|(id, _)| id.as_str());
            format!(
                "{}#{}",
                project(disclosure, &disclosure.projects[index]),
                id.unwrap_or_default()
            )
        }
        At::Indicator(index, row, _) => {
            format!("{}#indicator-{}", project(disclosure, &disclosure.projects[index]), row + 1)
        }
        At::Slot(index, _) => section(disclosure, &disclosure.sections[index]),
    }
}

/// The anchor of a row: its key, after the panel's name where there are several.
pub fn row_anchor(table: &Table, panel: usize, row: usize) -> String {
    let id = &table.spec.panels[panel].id;
    let key = &table.panels[panel].rows[row].key;
    let mut anchor = String::with_capacity(id.len() + key.len() + 24);
    if !id.is_empty() {
        anchor.push_str(id);
        anchor.push('.');
    }
    if key.bytes().all(|byte| byte.is_ascii_graphic()) {
        anchor.push_str(key);
    } else {
        anchor.extend(key.chars().filter(|c| !c.is_whitespace()));
    }
    anchor
}

/// The anchor of a cell: its row's, and the column.
pub fn cell_anchor(table: &Table, panel: usize, row: usize, column: usize) -> String {
    let mut anchor = row_anchor(table, panel, row);
    anchor.push('.');
    anchor.push_str(&table.spec.panels[panel].columns[column].id);
    anchor
}

/// A path as an address from anywhere, where the site knows its own; else the path.
pub fn whole(site: &Site, path: &str) -> String {
    if site.base_url.is_empty() {
        return path.to_owned();
    }
    let end = path.strip_suffix(HOME).unwrap_or(path);
    format!("{}/{}", site.base_url, escaped_path(end))
}

/// The path of the site's address: `/budget` of `https://example.org/budget`.
pub fn base_path(base_url: &str) -> &str {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    host.find('/').map_or("", |at| &host[at..])
}

/// The name of a file about a whole disclosure that stands alone once it is taken away, before its
/// ending.
pub fn own_name(disclosure: &impl Folder) -> String {
    disclosure.folder().replace('/', "-")
}

/// The way from one path of the site to another.
pub fn relative(from: &str, to: &str) -> String {
    let path = to.split_once('#').map_or(to, |(path, _)| path);
    let pairs = from.bytes().zip(path.bytes());
    let same = pairs.take_while(|(a, b)| a == b).count();
    // Both paths are the same up to here, where a folder ends.
    let folders = &from.as_bytes()[..same];
    let shared = folders.iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
    let up = from[shared..].bytes().filter(|byte| *byte == b'/').count();
    let mut link = String::with_capacity(3 * up + to.len() - shared);
    for _ in 0..up {
        link.push_str("../");
    }
    link.push_str(&to[shared..]);
    link
}

/// Where a relative link of a page leads, as a path of the site; nothing when it leaves it.
pub fn resolve(from: &str, link: &str) -> Option<String> {
    let end = link.bytes().position(|byte| matches!(byte, b'#' | b'?')).unwrap_or(link.len());
    let link = &link[..end];
    // What is escaped is rare.
    let link = if link.contains('%') {
        percent_decode_str(link).decode_utf8_lossy()
    } else {
        Cow::Borrowed(link)
    };
    let above = |path: &str| path.bytes().rposition(|byte| byte == b'/').unwrap_or_default();
    let folder = &from[..above(from)];
    let mut path = String::with_capacity(folder.len() + link.len() + 1);
    path.push_str(folder);
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(above(&path)),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(path)
}

/// A fragment as it stands in a link: what is neither letter, digit nor `-._~` is escaped.
pub fn fragment(anchor: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
    if anchor.bytes().all(is_plain) {
        return anchor.to_owned();
    }
    let mut out = String::with_capacity(anchor.len());
    for c in anchor.chars() {
        if c.is_alphanumeric() || "-._~:".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            out.extend(percent_encode(c.encode_utf8(&mut buffer).as_bytes(), NON_ALPHANUMERIC));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_up_only_as_far_as_they_must() {
        assert_eq!(relative("index.html", "a/index.html"), "a/index.html");
        assert_eq!(relative("a/b/tables/x.html", "a/b/tables/y.html#205"), "y.html#205");
        assert_eq!(relative("a/b/tables/x.html", "a/b/index.html"), "../index.html");
        assert_eq!(relative("a/b/tables/x.html", "assets/style.css"), "../../../assets/style.css");
    }

    #[test]
    fn what_is_linked_is_found_again() {
        assert_eq!(resolve("a/b/x.html", "../c.html#top").as_deref(), Some("a/c.html"));
        assert_eq!(resolve("x.html", "../c.html"), None);
    }
}
