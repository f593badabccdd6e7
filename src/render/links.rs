//! Every link of a page leads to a path of the site, or out of it; one that does not is reported where
//! its author wrote it.

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Tag};
use rustc_hash::FxBuildHasher;

use crate::commonmark::Prepared;
use crate::diagnostic::{Report, Text, text};
use crate::page::{Page, PageKind};
use crate::site::Site;
use crate::source::{FileId, Place, Sources};
use crate::{codes, link, url};

/// A longer text may make a page that is too large.
const SHORT: usize = 1 << 20;

/// Whether the Markdown that a page shows has links, but for those of figures to their cells, or is
/// long: then its page is worth a look. Signs are counted that make no link after all.
pub(super) fn could_break(sources: &Sources, site: &Site, page: &Page) -> bool {
    let Some(file) = written(site, page) else { return false };
    let text = sources.file(file).bytes();
    let begins_link = |at: usize| match text.get(at + 1) {
        Some(b'(') => !["=", "<="].iter().any(|sign| text[at + 2..].starts_with(sign.as_bytes())),
        Some(b':') => true,
        _ => false,
    };
    let is_address = |at: usize| text.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    text.len() > SHORT
        || memchr::memchr_iter(b']', text).any(begins_link)
        || memchr::memchr_iter(b'<', text).any(is_address)
}

/// The file of the Markdown that a page shows: a section, or the statement of the portal.
fn written(site: &Site, page: &Page) -> Option<FileId> {
    if page.path == url::ACCESSIBILITY {
        return site.portal.site.statement.file;
    }
    let disclosure = site.portal.disclosures.get(page.subject.disclosure)?;
    let section = disclosure.sections.get(page.subject.item)?;
    (page.path == url::section(disclosure, section)).then_some(section.file)
}

/// Every `href` and `src` of a page must lead to a path of the site, or out of it.
pub(super) fn check_links(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    kind: &PageKind,
    page: &Page,
    html: &[u8],
) {
    let base = url::base_path(&site.portal.site.base_url);
    // Most links of a page lead to a few others, at many anchors.
    let mut known: IndexMap<&[u8], bool, FxBuildHasher> = IndexMap::default();
    for attribute in [" href=\"", " src=\""] {
        for at in memchr::memmem::find_iter(html, attribute) {
            let rest = &html[at + attribute.len()..];
            let link = &rest[..memchr::memchr(b'"', rest).unwrap_or(rest.len())];
            let written = unescaped(link);
            let end = memchr::memchr(b'#', &written).unwrap_or(written.len());
            // What is escaped is rare, and not kept.
            let is_sound = match &written {
                Cow::Borrowed(link) => {
                    let path = &link[..end];
                    path.is_empty()
                        || *known.entry(path).or_insert_with(|| leads(site, base, page, path))
                }
                Cow::Owned(link) => leads(site, base, page, &link[..end]),
            };
            if is_sound {
                continue;
            }
            let link = String::from_utf8_lossy(&written);
            let shown = percent_decode_str(&link).decode_utf8_lossy();
            let message = text!(zh: "页面 {path} 上的链接 {shown} 不通", en: "the link {shown} on {path} leads nowhere", path = page.path);
            let mut finding =
                codes::BROKEN_LINK.at(origin(sources, site, kind, page, &link), message);
            finding.help = remedy(&shown);
            let name = link.split_once(url::ASSETS).map(|(_, name)| name);
            if let Some(name) = name.filter(|name| site.theme.has_asset(name)) {
                finding = finding.help(text!(
                    zh: "主题的静态文件写成 {{{{ page.assets }}}}{name}", en: "write static files of the theme as {{{{ page.assets }}}}{name}",
                ));
            }
            report.push(finding);
        }
    }
}

/// What an address that leads nowhere was most likely meant to be.
fn remedy(link: &str) -> Option<Text> {
    let scheme = ["https：//", "http：//", "https://", "http://", "https:／／", "http:／／"];
    if let Some(rest) = scheme.iter().find_map(|scheme| link.strip_prefix(scheme)) {
        return Some(
            text!(zh: "冒号和斜线用半角：https://{rest}", en: "write colon and strokes half-width: https://{rest}"),
        );
    }
    let host = link.split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_host = host.starts_with("www.")
        || (host.contains('.') && ["cn", "com", "org", "net", "edu", "gov"].contains(&ending));
    if is_host {
        return Some(
            text!(zh: "别的网站要写全：https://{link}", en: "the address of another site is written whole: https://{link}"),
        );
    }
    let name = link.rsplit('/').next().unwrap_or_default();
    let is_file = name.contains('.') && !name.ends_with(".html") && !link.starts_with('/');
    is_file.then(|| text!(zh: "文件放在 static/ 里，地址从 / 写起：/{name}", en: "put the file into static/, and begin its address with a stroke: /{name}"))
}

/// The value of an attribute as it was before it was escaped.
fn unescaped(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'&', value).is_none() {
        return Cow::Borrowed(value);
    }
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = String::from_utf8_lossy(value).into_owned();
    let text = signs.iter().fold(text, |text, (name, sign)| text.replace(name, sign));
    Cow::Owned(text.replace("&amp;", "&").into_bytes())
}

/// Whether a link leads to a path of the site, whose address has the path `base`, or out of it.
fn leads(site: &Site, base: &str, page: &Page, link: &[u8]) -> bool {
    let link = String::from_utf8_lossy(link);
    let within = link.strip_prefix(base).filter(|_| link.starts_with('/'));
    let target = url::resolve(&page.path, within.unwrap_or(&link));
    // A host shows the index.html of a folder.
    if target.as_ref().is_some_and(|target| site.leads_to(target)) {
        return true;
    }
    // What is bad was reported where it is written.
    link::Link::read(&link) != link::Link::Within
        || target.is_some_and(|target| is_in_configuration(site, &target))
}

/// Whether the configuration leads here: reported there, once, where there is no such path.
fn is_in_configuration(site: &Site, path: &str) -> bool {
    let written = &site.portal.site;
    let badge = written.government.iter().filter_map(|block| block.badge.as_ref());
    let footer = written.footer.iter().map(|item| item.url.as_str());
    let mut within = footer.chain(badge.map(|badge| badge.image.as_str()));
    within.any(|url| url::resolve(url::HOME, url).as_deref() == Some(path))
}

/// The bytes of the link that leads here, where its address is written with escapes or references.
fn written_otherwise(text: &str, address: &str) -> Option<Range<usize>> {
    let prepared = Prepared::of(text);
    let mut links = prepared.events().filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some((dest_url, range))
        }
        _ => None,
    });
    let is_meant = |written: &str| percent_decode_str(written).decode_utf8_lossy() == address;
    links.find(|(written, _)| is_meant(written)).map(|(_, range)| range)
}

/// Where a link was written: in the text of a section, or by the template.
fn origin(sources: &Sources, site: &Site, kind: &PageKind, page: &Page, link: &str) -> Place {
    if let Some(file) = written(site, page) {
        let text = sources.file(file).text();
        let link = percent_decode_str(link).decode_utf8_lossy();
        if let Some(at) = text.find(&*link) {
            return Place::bytes(file, at..at + link.len());
        }
        if let Some(range) = written_otherwise(text, &link) {
            return Place::bytes(file, range);
        }
        if page.path == url::ACCESSIBILITY {
            return Place::start(file);
        }
    }
    let own = site.theme.own_part(sources, kind.template);
    let template = own.or_else(|| sources.find(&format!("themes/default/{}", kind.template)));
    Place::start(template.expect("every page kind has an embedded template"))
}
