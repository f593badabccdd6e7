//! What the sites of public authorities say of themselves and of every page: the values of
//! `<meta>` tags, the line under a title, and the foot of each page.

use serde::Serialize;

use super::{Page, PageKind};
use crate::content;
use crate::model::Portal;

/// Kinds of page that are content; every other one but the missing page is a list.
const CONTENT: [&str; 3] = ["table", "project", "section"];

/// A page of content: what it is, when it was published and by whom.
#[derive(Serialize)]
pub struct ArticleFrame {
    /// Its title.
    pub title: String,
    /// The day it was published, `YYYY-MM-DD`; empty where it is not known.
    pub day: String,
    /// Day and time, `YYYY-MM-DD HH:MM`; empty where either is not known.
    pub moment: String,
    /// Who published it.
    pub source: String,
}

/// A page that lists others.
#[derive(Serialize)]
pub struct ColumnFrame {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub description: String,
    /// Words for search engines.
    pub keywords: Vec<String>,
}

/// How a disclosure stands in the catalogue of public information; what is not written is empty.
#[derive(Serialize)]
pub struct CatalogueFrame {
    /// Its number there.
    pub index: String,
    /// Who made it public.
    pub publisher: String,
    /// The subject it is filed under.
    pub topic: String,
    /// What sort of document it is.
    pub genre: String,
    /// Words for search engines.
    pub keywords: Vec<String>,
    /// Who wrote it.
    pub author: String,
    /// The address of an image that stands for it.
    pub image: String,
}

/// What the site of a public authority says of itself; what is not written is empty.
#[derive(Serialize)]
pub struct GovernmentFrame {
    /// Its registered name.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Its code in the register of government sites.
    pub id_code: String,
    /// Who answers for it.
    pub sponsor: String,
    /// Where they are.
    pub address: String,
    /// How to reach them.
    pub contact: String,
    /// The number of its internet filing.
    pub icp: String,
    /// The number of its filing with the police, as printed.
    pub public_security: String,
    /// Its digits.
    pub record_code: String,
    /// The image of its badge, a path of the site.
    pub badge: String,
    /// Where the badge leads.
    pub badge_url: String,
    /// Where readers report mistakes.
    pub report_errors: String,
}

/// What the configuration says of the site; nothing where it says nothing.
pub fn government(site: &content::Site) -> Option<GovernmentFrame> {
    let written = site.government.as_ref()?;
    let badge = written.badge.as_ref();
    let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
    Some(GovernmentFrame {
        name: or(&written.name, &site.title),
        domain: or(&written.domain, host(&site.base_url)),
        id_code: written.id_code.clone(),
        sponsor: or(&written.sponsor, &site.publisher),
        address: written.address.clone(),
        contact: written.contact.clone(),
        icp: written.icp.clone(),
        public_security: written.public_security.clone(),
        record_code: written.record_code(),
        badge: badge.map(|badge| badge.image.clone()).unwrap_or_default(),
        badge_url: badge.map(|badge| badge.url.clone()).unwrap_or_default(),
        report_errors: written.report_errors.clone(),
    })
}

/// The host of an address: `example.org` of `https://example.org/budget`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}

/// What a page of content says of itself; nothing for other pages.
pub fn article(portal: &Portal, kind: &PageKind, page: &Page) -> Option<ArticleFrame> {
    let disclosure = portal.disclosures.get(page.subject.disclosure)?;
    let content::Disclosure { published, published_time: time, .. } = &disclosure.written;
    let moment = if time.is_empty() { String::new() } else { format!("{published} {time}") };
    CONTENT.contains(&kind.name).then(|| ArticleFrame {
        title: page.title.clone(),
        day: published.clone(),
        moment,
        source: portal.organisation(disclosure).written.name.clone(),
    })
}

/// What a list says of itself; nothing for other pages. `name` is its title, `above` are the
/// titles of the pages above it.
pub fn column(
    site: &content::Site,
    kind: &PageKind,
    page: &Page,
    name: &str,
    above: &[&str],
) -> Option<ColumnFrame> {
    if CONTENT.contains(&kind.name) || page.path == crate::url::NOT_FOUND {
        return None;
    }
    let is_home = page.path == crate::url::HOME;
    let mut description: Vec<&str> =
        above.iter().copied().filter(|part| !part.is_empty()).collect();
    if is_home && !site.description.is_empty() {
        description.push(&site.description);
    } else {
        description.push(if is_home { &site.title } else { name });
    }
    let own = site.government.iter().flat_map(|government| &government.keywords);
    let mut keywords: Vec<String> = own.cloned().collect();
    if keywords.is_empty() {
        keywords = description.iter().map(|&part| part.to_owned()).collect();
    }
    Some(ColumnFrame { name: name.to_owned(), description: description.join(" "), keywords })
}

/// How the disclosure of a page stands in the catalogue; nothing where nothing is written.
pub fn catalogue(
    portal: &Portal,
    page: &Page,
    image: &dyn Fn(&str) -> String,
) -> Option<CatalogueFrame> {
    let disclosure = portal.disclosures.get(page.subject.disclosure)?;
    let written = &disclosure.written.catalogue;
    let is_below = page.path.starts_with(&format!("{}/", disclosure.path));
    let is_written = !(written.index.is_empty()
        && written.publisher.is_empty()
        && written.topic.is_empty()
        && written.genre.is_empty()
        && written.author.is_empty()
        && written.image.is_empty()
        && written.keywords.is_empty());
    (is_below && is_written).then(|| CatalogueFrame {
        index: written.index.clone(),
        publisher: written.publisher.clone(),
        topic: written.topic.clone(),
        genre: written.genre.clone(),
        keywords: written.keywords.clone(),
        author: written.author.clone(),
        image: if written.image.is_empty() { String::new() } else { image(&written.image) },
    })
}
