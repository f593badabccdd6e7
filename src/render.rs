//! One path of the site to bytes: a page through its template and the minifier,
//! or a data file. Rendering one path never needs another to have been rendered.

mod foreign;

use std::ops::Bound;

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;
use serde::Serialize;

use crate::codes;
use crate::diagnostic::{Language, Report, text};
use crate::output::Writer;
use crate::page::conventions::{self, ArticleFrame, CatalogueFrame, ColumnFrame, GovernmentFrame};
use crate::page::{Link, Page, PageKind, Scope, View};
use crate::site::{Recipe, Site};
use crate::source::{Place, Sources};
use crate::{minify, secrecy, theme, url};

/// What every template gets beside its own context, as `page`.
#[derive(Serialize)]
struct PageFrame<'a> {
    /// The kind of page.
    kind: &'a str,
    /// Its title; empty where the theme's words name it.
    title: &'a str,
    /// Its title, or what the theme's words call its kind.
    name: String,
    /// The pages above it; a link without words is named by the theme.
    trail: Vec<Link>,
    /// The way to the root of the site: empty, or `../` and so on.
    root: String,
    /// The front page, from here.
    home: String,
    /// The style sheet, from here.
    style: String,
    /// The search page, from here; empty where there is none.
    search: String,
    /// The script of the reading aids, from here.
    script: String,
    /// The glossary, from here; empty where there is none.
    glossary: String,
    /// The site map, from here; empty where there is none.
    site_map: String,
    /// The statement on accessibility, from here; empty where there is none.
    accessibility: String,
    /// What it says of itself where it is content.
    article: Option<ArticleFrame>,
    /// What it says of itself where it lists other pages.
    column: Option<ColumnFrame>,
    /// How its disclosure stands in the catalogue of public information.
    catalogue: Option<CatalogueFrame>,
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
    /// What the site of a public authority says of itself; nothing for others.
    government: Option<GovernmentFrame>,
}

/// Renders one path; nothing when the site has none of that name. Mistakes of
/// templates are added to the report.
pub fn render(report: &mut Report, sources: &Sources, site: &Site, path: &str) -> Option<Vec<u8>> {
    let bytes = match site.recipes.get(path)? {
        Recipe::Page(kind, page) => minify::page(&render_page(report, sources, site, kind, page)),
        Recipe::Data(file) => match file.writer {
            Writer::Organisation(write) => write(&site.portal, &file.subject),
            Writer::Portal(write) => write(&site.overview, &mut site.all_paths()),
        },
        Recipe::Search(file) => site.search.get(&site.portal).render(*file),
        Recipe::Style => minify::style(&site.theme.style),
        Recipe::Asset(file) if path.ends_with(".css") => minify::style(sources.file(*file).text()),
        Recipe::Asset(file) if path.ends_with(".js") => minify::script(sources.file(*file).text()),
        Recipe::Asset(file) => sources.file(*file).bytes().to_vec(),
    };
    match site.recipes.get(path)? {
        // What the index holds is on pages, which are looked at.
        Recipe::Search(_) => secrecy::scan_index(report, &site.portal, path, &bytes),
        _ => secrecy::scan(report, sources, &site.portal, path, &bytes),
    }
    Some(bytes)
}

/// The kinds of pages that hold Markdown of the author.
const WRITTEN: &[&str] = &["section", "glossary", "accessibility"];

/// Adds to the report what is wrong with pages, without making them small or keeping them. With
/// templates of the site's own, its own files or withheld values that is every page; else one of
/// each kind where `has_kinds`, and all that hold what the author wrote with links.
pub fn look_through(report: &mut Report, sources: &Sources, site: &Site, has_kinds: bool) {
    let all = site.portal.withholding().next().is_some()
        || theme::is_own(sources, &site.portal.site)
        || sources.site_files("static").next().is_some();
    let mut kinds: Vec<&str> = Vec::new();
    let mut is_looked_at = |recipe: &Recipe| match recipe {
        Recipe::Page(kind, _) => {
            let is_first = has_kinds && !kinds.contains(&kind.name);
            if is_first {
                kinds.push(kind.name);
            }
            all || is_first || WRITTEN.contains(&kind.name)
        }
        _ => all,
    };
    let pages: Vec<(&String, &Recipe)> =
        site.recipes.iter().filter(|(_, recipe)| is_looked_at(recipe)).collect();
    let found = pages.into_par_iter().map(|(path, recipe)| {
        let mut found = Report::default();
        match recipe {
            Recipe::Page(kind, page) => {
                let html = render_page(&mut found, sources, site, kind, page);
                secrecy::scan(&mut found, sources, &site.portal, path, &html);
            }
            // What the index holds is on pages, and styles are the theme's.
            Recipe::Search(_) | Recipe::Style => {}
            Recipe::Data(_) | Recipe::Asset(_) => {
                render(&mut found, sources, site, path);
            }
        }
        found.diagnostics
    });
    report.diagnostics.extend(found.collect::<Vec<_>>().into_iter().flatten());
}

fn render_page(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    kind: &PageKind,
    page: &Page,
) -> Vec<u8> {
    let exists = |path: &str| site.has(path);
    let data = |stem: &str| data_files(site, stem);
    let folder = |folder: &str| files_in(site, folder);
    let bytes_of = |path: &str| {
        let mut unseen = Report::default();
        render(&mut unseen, sources, site, path).map_or(0, |bytes| bytes.len())
    };
    let asks = |name: &str| site.theme.asks(kind.template, name);
    let (exists, data, folder) = (&exists, &data, &folder);
    let view =
        View { portal: &site.portal, page, exists, data, folder, asks: &asks, size: &bytes_of };
    let (mut context, trail) = match &kind.scope {
        Scope::Organisation(maker) => ((maker.context)(&view), (maker.trail)(&site.portal, page)),
        Scope::Portal(maker) => {
            ((maker.context)(&view.of(&site.overview)), (maker.trail)(&site.overview, page))
        }
    };
    context.insert("page", &frame(site, &view, kind, trail));
    context.insert_value("site", site.told.get_or_init(|| told(site)).clone());
    let mut html = Vec::with_capacity(32 * 1024);
    site.theme.render(report, sources, kind.template, &context, &mut html);
    check_links(report, sources, site, kind, page, &html);
    if site.portal.site.message_language() == Language::Chinese {
        return html;
    }
    foreign::mark(&String::from_utf8_lossy(&html)).into_bytes()
}

fn frame<'a>(
    site: &'a Site,
    view: &View<'a>,
    kind: &'a PageKind,
    trail: Vec<(String, String)>,
) -> PageFrame<'a> {
    let page = view.page;
    let base = &site.portal.site.base_url;
    // The page for what is missing is shown at any depth: only whole paths lead from it.
    let is_anywhere = page.path == url::NOT_FOUND && !base.is_empty();
    let link = |path: &str| {
        if is_anywhere { format!("{}/{path}", base_path(base)) } else { view.link(path) }
    };
    let named = |path: &str| if (view.exists)(path) { link(path) } else { String::new() };
    let name = if page.title.is_empty() || page.path == url::HOME {
        site.theme.word(&kind.name.replace('-', "_")).to_owned()
    } else {
        page.title.clone()
    };
    let above: Vec<&str> = trail.iter().map(|(_, title)| title.as_str()).collect();
    let column =
        view.asked(".column", || conventions::column(&site.portal.site, kind, page, &name, &above));
    // An address in a tag for machines is whole where the site knows its own.
    let image = |path: &str| {
        if base.is_empty() { view.link(path) } else { format!("{base}/{path}") }
    };
    PageFrame {
        kind: kind.name,
        title: &page.title,
        trail: trail.into_iter().map(|(path, title)| view.to(&path, title)).collect(),
        root: if is_anywhere { link("") } else { "../".repeat(page.path.matches('/').count()) },
        home: link(url::HOME),
        style: link(url::STYLE),
        search: named(url::SEARCH),
        script: link(url::SCRIPT),
        glossary: named(url::GLOSSARY),
        site_map: named(url::SITE_MAP),
        accessibility: named(url::ACCESSIBILITY),
        article: view.asked(".article", || conventions::article(&site.portal, kind, page)),
        column,
        catalogue: view.asked(".catalogue", || conventions::catalogue(&site.portal, page, &image)),
        name,
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

/// What every template gets of the portal.
fn told(site: &Site) -> tera::Value {
    let written = &site.portal.site;
    tera::Value::from_serializable(&SiteFrame {
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
        government: conventions::government(&site.portal.site),
    })
}

/// The data files beside a page: those that share its name but for the ending.
fn data_files(site: &Site, stem: &str) -> Vec<(String, String)> {
    files_after(site, &format!("{stem}."))
}

/// The data files right in a folder.
fn files_in(site: &Site, folder: &str) -> Vec<(String, String)> {
    files_after(site, &format!("{folder}/"))
}

/// The data files whose path goes on from here by a name or an ending, in the order of formats.
fn files_after(site: &Site, start: &str) -> Vec<(String, String)> {
    let paths = site.data.range::<str, _>((Bound::Included(start), Bound::Unbounded));
    let paths = paths.take_while(|path| path.starts_with(start));
    let mut found: Vec<(usize, String, String)> = paths
        .filter(|path| !path[start.len()..].contains('/'))
        .filter_map(|path| match site.recipes.get_full(path)? {
            (index, path, Recipe::Data(file)) => Some((index, file.title.to_owned(), path.clone())),
            _ => None,
        })
        .collect();
    found.sort_by_key(|(index, ..)| *index);
    found.into_iter().map(|(_, title, path)| (title, path)).collect()
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
    let base = base_path(&site.portal.site.base_url);
    // Most links of a page lead to a few others, at many anchors.
    let mut known: IndexMap<&[u8], bool, FxBuildHasher> = IndexMap::default();
    for attribute in [" href=\"", " src=\""] {
        for at in memchr::memmem::find_iter(html, attribute) {
            let rest = &html[at + attribute.len()..];
            let link = &rest[..memchr::memchr(b'"', rest).unwrap_or(rest.len())];
            let path = &link[..memchr::memchr(b'#', link).unwrap_or(link.len())];
            if path.is_empty()
                || *known.entry(path).or_insert_with(|| leads(site, base, page, path))
            {
                continue;
            }
            let link = String::from_utf8_lossy(link);
            let message = text!(zh: "页面 {path} 上的链接 {link} 不通", en: "the link {link} on {path} leads nowhere", path = page.path);
            report.push(codes::BROKEN_LINK.at(origin(sources, site, kind, page, &link), message));
        }
    }
}

/// Whether a link leads to a path of the site, whose address has the path `base`, or out of it.
fn leads(site: &Site, base: &str, page: &Page, link: &[u8]) -> bool {
    let link = String::from_utf8_lossy(link);
    let leaves = || {
        link.contains("://")
            || ["mailto:", "tel:", "data:"].iter().any(|scheme| link.starts_with(scheme))
    };
    if link.as_bytes().contains(&b':') && leaves() {
        return true;
    }
    let within = link.strip_prefix(base).filter(|_| link.starts_with('/'));
    let Some(target) = url::resolve(&page.path, within.unwrap_or(&link)) else { return false };
    // A host shows the index.html of a folder.
    site.has(&target) || site.has(format!("{target}/{}", url::HOME).trim_start_matches('/'))
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
    if let Some(statement) = site.portal.site.statement.file
        && page.path == url::ACCESSIBILITY
    {
        return Place::start(statement);
    }
    let template = sources.find(&format!("themes/{}/{}", site.portal.site.theme, kind.template));
    let template = template.or_else(|| sources.find(&format!("themes/default/{}", kind.template)));
    Place::start(template.expect("every page kind has an embedded template"))
}
