//! Former addresses: where a page or a folder of pages stood before it moved.

use percent_encoding::percent_decode_str;

use super::keys::ALIAS;
use super::link;
use super::names;
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::link::Link;
use crate::source::Place;
use crate::yaml::{Fields, Node};

/// A former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The path in the site: of a page, or of a folder, which ends with `/`.
    pub from: String,
    /// The page it leads to, by its path from the folder of the disclosure; empty for what states it.
    pub to: String,
    /// Where it is written.
    pub place: Place,
}

impl Alias {
    /// Whether it is of all pages of a folder.
    pub fn is_folder(&self) -> bool {
        self.from.ends_with('/')
    }
}

/// Those of a disclosure: addresses, and what leads to one of its pages.
pub(super) fn of_disclosure(report: &mut Report, fields: &mut Fields) -> Vec<Alias> {
    let nodes = fields.list(report, "aliases");
    let alias = |node: &Node| {
        if node.scalar().is_some() {
            return address(report, node);
        }
        let mut fields = Fields::new(report, node, &ALIAS, Text::same("`aliases`"));
        let to = fields.required(report, "to").unwrap_or_default();
        let is_there = fields.required(report, "from").is_some();
        fields.finish(report);
        let alias = address(report, node.get("from").filter(|_| is_there)?)?;
        if alias.is_folder() {
            let message = text!(
                zh: "{from} 是一个文件夹，不能都通到一个网页", en: "{from} is a folder, which cannot lead to one page", from = alias.from,
            );
            let help = text!(
                zh: "整个公开换了文件夹的，只写旧文件夹；单个网页，写到 .html", en: "write the folder alone where the whole disclosure moved; name a page with its .html",
            );
            report.push(codes::BAD_VALUE.at(alias.place, message).help(help));
            return None;
        }
        Some(Alias { to, ..alias })
    };
    nodes.iter().filter_map(alias).collect()
}

/// Those of a project: addresses of pages.
pub fn of_project(report: &mut Report, node: &Node) -> Vec<Alias> {
    let Some(written) = node.get("aliases") else { return Vec::new() };
    let one = std::slice::from_ref(written);
    let nodes = if written.scalar().is_some() { one } else { written.items() };
    let mut aliases = Vec::new();
    for node in nodes {
        let Some(alias) = address(report, node) else { continue };
        if alias.is_folder() {
            let message = text!(
                zh: "{from} 是一个文件夹：项目只有一个网页", en: "{from} is a folder: a project has one page", from = alias.from,
            );
            let help = text!(zh: "写到 .html", en: "name the page with its .html");
            report.push(codes::BAD_VALUE.at(alias.place, message).help(help));
        } else {
            aliases.push(alias);
        }
    }
    aliases
}

/// One address; reported where it is none.
fn address(report: &mut Report, node: &Node) -> Option<Alias> {
    let written = node.scalar().unwrap_or_default().trim();
    let decoded = percent_decode_str(written).decode_utf8_lossy();
    let path = decoded.trim_start_matches('/');
    let Some(fault) = fault(written, path) else {
        let (from, to) = (path.to_owned(), String::new());
        return Some(Alias { from, to, place: node.place() });
    };
    let message = text!(
        zh: "“{written}”不是本站的网页地址：{zh}", en: "`{written}` is no address of a page of this site: {en}",
        zh = fault.zh, en = fault.en,
    );
    report.push(codes::BAD_VALUE.at(node.place(), message).help(text!(
        zh: "写从首页出发的路径：网页写到 .html，换了文件夹的公开写旧文件夹，以“/”结尾，如 wenlv/2026-budget/",
        en: "write the path from the front page: a page with its .html, the old folder of a disclosure with a `/` at its end, such as culture/2026-budget/",
    )));
    None
}

/// What is wrong with an address.
fn fault(written: &str, path: &str) -> Option<Text> {
    let link = if written.starts_with("//") { Link::read(written) } else { Link::read(path) };
    match link {
        Link::Bad(fault) => return Some(link::words(&fault)),
        Link::Within => {}
        _ => return Some(text!(zh: "它在别的网站上", en: "it is on another site")),
    }
    let names: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
    if names.contains(&"..") {
        return Some(text!(zh: "“..”会通到网站外面", en: "`..` leads out of the site"));
    }
    if names.iter().any(|name| name.is_empty() || *name == ".") {
        return Some(text!(zh: "两个“/”之间没有名字", en: "there is no name between two `/`"));
    }
    if let Some(fault) = names.iter().find_map(|name| names::fault(name)) {
        return Some(fault);
    }
    let is_page = path.ends_with(".html") || path.ends_with('/');
    (!is_page)
        .then(|| text!(zh: "它不以 .html 或“/”结尾", en: "it ends neither in .html nor in `/`"))
}
