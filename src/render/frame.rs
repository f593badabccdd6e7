//! What every template gets: of its page as `page`, of the portal as `site`.

use serde::Serialize;

use crate::content::Contact;
use crate::page::conventions::{self, ArticleFrame, CatalogueFrame, ColumnFrame, GovernmentFrame};
use crate::page::{Link, PageKind, PageScope, View};
use crate::site::Site;
use crate::{link, url};

/// What every template gets beside its own context, as `page`.
#[derive(Serialize)]
pub(super) struct PageFrame<'a> {
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
    /// The folder of the theme's static files, from here, with a `/` at its end.
    assets: String,
    /// The folder of the search index, from the search page, with a `/` at its end; empty elsewhere.
    index: String,
    /// The search page, from here; empty where there is none.
    search: String,
    /// The script of the reading aids, from here.
    script: String,
    /// The glossary, from here; empty where there is none.
    glossary: String,
    /// The site map, from here; empty where there is none.
    site_map: String,
    /// The feed of what was published last, from here; empty where there is none.
    feed: String,
    /// The statement on accessibility, from here; empty where there is none.
    accessibility: String,
    /// How readers with a question reach its organisation, or the portal.
    contact: ContactFrame,
    /// What it says of itself where it is content.
    article: Option<ArticleFrame>,
    /// What it says of itself where it lists other pages.
    column: Option<ColumnFrame>,
    /// How its disclosure stands in the catalogue of public information.
    catalogue: Option<CatalogueFrame>,
    /// The address of a picture that goes along when it is shared: of a disclosure, its own or that of
    /// the theme; empty elsewhere, and where the site does not know its address.
    share: String,
    /// The full address as machines read it, where the site knows its own.
    canonical: String,
    /// The same as people read it.
    address: String,
    /// Its path in the site.
    path: &'a str,
}

/// How readers with a question reach somebody.
#[derive(Serialize)]
struct ContactFrame {
    /// A telephone, an address, whatever is said; empty where nothing is.
    words: String,
    /// A mailbox; empty where none is stated.
    email: String,
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
    footer: Vec<FooterFrame<'a>>,
    /// What the site of a public authority says of itself; nothing for others.
    government: Option<GovernmentFrame>,
}

/// One line at the foot of each page.
#[derive(Serialize)]
struct FooterFrame<'a> {
    /// What is said.
    title: &'a str,
    /// Where it leads; empty where it leads nowhere.
    url: &'a str,
    /// Whether that is a path of this site, which stands after `page.root`.
    within: bool,
}

/// What a page's template gets of it.
pub(super) fn of<'a>(
    site: &'a Site,
    view: &View<'a>,
    kind: &'a PageKind,
    trail: Vec<(String, String)>,
) -> PageFrame<'a> {
    let page = view.page;
    let base = &site.portal.site.base_url;
    // The page for what is missing is shown at any depth: only whole paths lead from it.
    let is_anywhere = page.path == url::NOT_FOUND && !base.is_empty();
    let to = |path: &str| {
        if is_anywhere { format!("{}/{path}", url::base_path(base)) } else { view.link(path) }
    };
    let named = |path: &str| if (view.exists)(path) { to(path) } else { String::new() };
    let name = if page.title.is_empty() || page.path == url::HOME {
        site.theme.word(&kind.name.replace('-', "_")).to_owned()
    } else {
        page.title.clone()
    };
    let above: Vec<&str> = trail.iter().map(|(_, title)| title.as_str()).collect();
    let column = view
        .if_used(".column", || conventions::column(&site.portal.site, kind, page, &name, &above));
    // An address in a tag for machines is whole where the site knows its own.
    let image = |path: &str| {
        if base.is_empty() {
            view.link(path)
        } else {
            format!("{base}/{}", link::escaped_path(path))
        }
    };
    let end = page.path.strip_suffix("index.html").unwrap_or(&page.path);
    PageFrame {
        kind: kind.name,
        title: &page.title,
        trail: trail.into_iter().map(|(path, title)| view.to(&path, title)).collect(),
        root: if is_anywhere { to("") } else { "../".repeat(page.path.matches('/').count()) },
        home: to(url::HOME),
        style: to(&site.theme.asset(url::STYLE)),
        assets: to(&site.theme.asset("")),
        index: if kind.name == "search" { to(site.search.folder()) } else { String::new() },
        search: named(url::SEARCH),
        script: to(&site.theme.asset(url::SCRIPT)),
        glossary: named(url::GLOSSARY),
        site_map: named(url::SITE_MAP),
        feed: named(url::FEED),
        accessibility: named(url::ACCESSIBILITY),
        contact: contact(site, kind, page),
        article: view.if_used(".article", || conventions::article(&site.portal, kind, page)),
        column,
        catalogue: view
            .if_used(".catalogue", || conventions::catalogue(&site.portal, page, &image)),
        share: share(site, page)
            .filter(|_| kind.name == "disclosure" && !base.is_empty())
            .map(|path| image(&path))
            .unwrap_or_default(),
        name,
        canonical: if base.is_empty() {
            String::new()
        } else {
            format!("{base}/{}", link::escaped_path(end))
        },
        address: if base.is_empty() { String::new() } else { format!("{base}/{end}") },
        path: &page.path,
    }
}

/// What the page's organisation says, else what the portal or its government site says.
fn contact(site: &Site, kind: &PageKind, page: &crate::page::Page) -> ContactFrame {
    let portal = &site.portal.site;
    let own = match kind.scope {
        PageScope::Portal(_) => None,
        _ => site.portal.organisations.get(page.subject.organisation),
    };
    let shared = portal.contact.or(&Contact {
        words: portal.government.as_ref().map(|one| one.contact.clone()).unwrap_or_default(),
        email: String::new(),
    });
    let contact = own.map(|own| own.written.contact.or(&shared)).unwrap_or(shared);
    ContactFrame { words: contact.words, email: contact.email }
}

/// The path of the picture that goes along when a disclosure is shared.
fn share(site: &Site, page: &crate::page::Page) -> Option<String> {
    let disclosure = site.portal.disclosures.get(page.subject.disclosure)?;
    let own = &disclosure.written.catalogue.image;
    let of_theme = || site.theme.has_asset(SHARE).then(|| site.theme.asset(SHARE));
    if own.is_empty() { of_theme() } else { Some(own.clone()) }
}

/// The picture of the theme.
const SHARE: &str = "share.png";

/// What every template gets of the portal.
pub(super) fn for_templates(site: &Site) -> tera::Value {
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
            .map(|item| FooterFrame {
                title: &item.text,
                url: &item.url,
                within: link::Link::read(&item.url) == link::Link::Within,
            })
            .collect(),
        government: conventions::government(&site.portal.site),
    })
}
