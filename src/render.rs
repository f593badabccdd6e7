//! One path of the site to bytes: a page through its template and the minifier,
//! or a data file. Rendering one path never needs another to have been rendered.

use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::page::{Link, Page, PageKind, View};
use crate::site::{Recipe, Site};
use crate::source::{Place, Sources};
use crate::url;

/// What every template gets beside its own context, as `page`.
#[derive(Serialize)]
struct PageFrame<'a> {
    /// The kind of page.
    kind: &'a str,
    /// Its title; empty where the theme's words name it.
    title: &'a str,
    /// The pages above it; a link without words is named by the theme.
    trail: Vec<Link>,
    /// The way to the root of the site: empty, or `../` and so on.
    root: String,
    /// The front page, from here.
    home: String,
    /// The style sheet, from here.
    style: String,
    /// The search page, from here.
    search: String,
    /// The glossary, from here; empty where there is none.
    glossary: String,
    /// The full address, where the site knows its own.
    canonical: String,
    /// Its path in the site.
    path: &'a str,
}

/// What every template gets of the portal, as `site`.
#[derive(Serialize)]
struct SiteFrame<'a> {
    /// The portal's name.
    title: &'a str,
    /// One sentence about it.
    description: &'a str,
    /// The language tag.
    language: &'a str,
    /// Who publishes.
    publisher: &'a str,
    /// The licence of the figures.
    licence: &'a str,
    /// Lines at the foot of each page.
    footer: Vec<Link>,
}

/// Renders one path; nothing when the site has none of that name. Mistakes of
/// templates are added to the report.
pub fn render(report: &mut Report, sources: &Sources, site: &Site, path: &str) -> Option<Vec<u8>> {
    Some(match site.recipes.get(path)? {
        Recipe::Page(kind, page) => render_page(report, sources, site, kind, page),
        Recipe::Data(file) => {
            (file.render)(&site.portal, &file.subject, &mut site.recipes.keys().map(String::as_str))
        }
        Recipe::Search(file) => site.search.get(&site.portal).render(&site.portal, *file),
        Recipe::Style => site.theme.style.clone().into_bytes(),
        Recipe::Asset(file) => sources.file(*file).bytes.clone(),
    })
}

fn render_page(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    kind: &PageKind,
    page: &Page,
) -> Vec<u8> {
    let exists = |path: &str| site.recipes.contains_key(path);
    let data = |stem: &str| data_files(site, stem);
    let view = View { portal: &site.portal, page, exists: &exists, data: &data };
    let mut context = (kind.context)(&view);
    context.insert("page", &frame(site, &view, kind));
    context.insert("site", &site_frame(site));
    let mut html = Vec::with_capacity(32 * 1024);
    site.theme.render(report, sources, kind.template, &context, &mut html);
    check_links(report, sources, site, kind, page, &html);
    minify(&html)
}

fn frame<'a>(site: &'a Site, view: &View<'a>, kind: &'a PageKind) -> PageFrame<'a> {
    let page = view.page;
    let trail = (kind.trail)(&site.portal, page);
    let base = &site.portal.site.base_url;
    // The page for what is missing is shown at any depth: only whole paths lead from it.
    let is_anywhere = page.path == url::NOT_FOUND && !base.is_empty();
    let link = |path: &str| {
        if is_anywhere { format!("{}/{path}", base_path(base)) } else { view.link(path) }
    };
    PageFrame {
        kind: kind.name,
        title: &page.title,
        trail: trail.into_iter().map(|(path, title)| view.to(&path, title)).collect(),
        root: "../".repeat(page.path.matches('/').count()),
        home: link(url::HOME),
        style: link(url::STYLE),
        search: link(url::SEARCH),
        glossary: if (view.exists)(url::GLOSSARY) { link(url::GLOSSARY) } else { String::new() },
        canonical: if base.is_empty() {
            String::new()
        } else {
            format!("{base}/{}", page.path.trim_end_matches("index.html"))
        },
        path: &page.path,
    }
}

/// The path of the site's address: `/budget` of `https://example.org/budget`.
fn base_path(base_url: &str) -> &str {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    host.find('/').map_or("", |at| &host[at..])
}

fn site_frame(site: &Site) -> SiteFrame<'_> {
    let written = &site.portal.site;
    SiteFrame {
        title: &written.title,
        description: &written.description,
        language: &written.language,
        publisher: &written.publisher,
        licence: &written.licence,
        footer: written
            .footer
            .iter()
            .map(|item| Link { title: item.text.clone(), url: item.url.clone() })
            .collect(),
    }
}

/// The data files beside a page: those that share its name but for the ending.
fn data_files(site: &Site, stem: &str) -> Vec<(String, String)> {
    let files = site.recipes.values().filter_map(|recipe| match recipe {
        Recipe::Data(file) => Some(file),
        _ => None,
    });
    let beside = files.filter(|file| {
        file.path
            .strip_prefix(stem)
            .is_some_and(|rest| rest.starts_with('.') && !rest[1..].contains(['/', '.']))
    });
    beside.map(|file| (file.title.to_owned(), file.path.clone())).collect()
}

/// Every `href` and `src` of a page must lead to a path of the site, or out of it.
fn check_links(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    kind: &PageKind,
    page: &Page,
    html: &[u8],
) {
    let html = String::from_utf8_lossy(html);
    for attribute in [" href=\"", " src=\""] {
        for (at, _) in html.match_indices(attribute) {
            let link = html[at + attribute.len()..].split('"').next().unwrap_or_default();
            let leaves = link.contains("://")
                || link.starts_with("mailto:")
                || link.starts_with("tel:")
                || link.starts_with("data:");
            if leaves || link.starts_with('#') || link.is_empty() {
                continue;
            }
            let within = link
                .strip_prefix(base_path(&site.portal.site.base_url))
                .filter(|_| link.starts_with('/'));
            let target = url::resolve(&page.path, within.unwrap_or(link));
            // A host shows the index.html of a folder.
            let is_there = target.as_ref().is_some_and(|target| {
                let index = format!("{target}/{}", url::HOME);
                site.recipes.contains_key(target)
                    || site.recipes.contains_key(index.trim_start_matches('/'))
            });
            if !is_there {
                let message = text!(zh: "页面 {path} 上的链接 {link} 不通", en: "the link {link} on {path} leads nowhere", path = page.path);
                report
                    .push(codes::BROKEN_LINK.at(origin(sources, site, kind, page, link), message));
            }
        }
    }
}

/// Where a link was written: in the text of a section, or by the template.
fn origin(sources: &Sources, site: &Site, kind: &PageKind, page: &Page, link: &str) -> Place {
    let disclosure = site.portal.disclosures.get(page.subject.disclosure);
    let section = disclosure.and_then(|disclosure| disclosure.sections.get(page.subject.item));
    if let Some(section) =
        section.filter(|section| page.path.ends_with(&format!("{}.html", section.slug)))
    {
        let text = sources.file(section.file).text();
        let link = percent_decode_str(link).decode_utf8_lossy();
        if let Some(at) = text.find(&*link) {
            return Place::bytes(section.file, at..at + link.len());
        }
    }
    let template = sources.find(&format!("themes/{}/{}", site.portal.site.theme, kind.template));
    let template = template.or_else(|| sources.find(&format!("themes/default/{}", kind.template)));
    Place::start(template.expect("every page kind has an embedded template"))
}

#[cfg(feature = "minify")]
fn minify(html: &[u8]) -> Vec<u8> {
    let settings = minify_html::Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        allow_noncompliant_unquoted_attribute_values: false,
        allow_removing_spaces_between_attributes: false,
        minify_doctype: false,
        ..minify_html::Cfg::new()
    };
    minify_html::minify(html, &settings)
}

#[cfg(not(feature = "minify"))]
fn minify(html: &[u8]) -> Vec<u8> {
    html.to_vec()
}
