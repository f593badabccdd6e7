//! The whole pipeline: sources to a planned site and a report. Total and pure:
//! it reads nothing, writes nothing, knows no clock, and cannot fail.
//!
//! [`plan`] holds the whole portal at once. [`Common`] plans the same site in parts, so that memory
//! need hold one organisation at a time: what all share, then each organisation, then the frame
//! of pages that list them. The bytes are the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::{self, Content};
use crate::diagnostic::{Language, Report};
use crate::model::{Outline, Portal, acceptance, assemble};
use crate::profile::{self, Profile};
use crate::search::Harvest;
use crate::site::{self, Paths, Site};
use crate::source::Sources;
use crate::theme::{self, Theme};
use crate::{check, findings, secrecy};

/// What a run asks for beside what the sources say.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Whether drafts are published too.
    pub drafts: bool,
    /// The address of the site, where it is not the one its configuration states.
    pub base_url: Option<String>,
    /// The day, `YYYY-MM-DD`: acceptances that ended before it are reported. Without one it is the
    /// newest date the content states. The day changes the report and never a page.
    pub today: Option<String>,
}

impl Wishes {
    fn address(&self, portal: &mut Portal) {
        if let Some(url) = &self.base_url {
            url.trim_end_matches('/').clone_into(&mut portal.site.base_url);
        }
    }
}

/// Plans the site of these sources; drafts are left out unless asked for.
pub fn plan(sources: &Sources, drafts: bool) -> (Site, Report) {
    plan_with(sources, &Wishes { drafts, ..Wishes::default() })
}

/// Plans the site of these sources.
pub fn plan_with(sources: &Sources, wishes: &Wishes) -> (Site, Report) {
    let mut report = Report::default();
    let content = content::parse(&mut report, sources);
    let profiles = profiles(&mut report, sources, &content);
    let portal = proved(&mut report, sources, content, &profiles, wishes, None);
    let theme = Arc::new(theme::load(&mut report, sources, &portal.site));
    let site = site::plan(&mut report, sources, theme, portal);
    findings::order(sources, &mut report);
    (site, report)
}

fn profiles(
    report: &mut Report,
    sources: &Sources,
    content: &Content,
) -> BTreeMap<String, Arc<Profile>> {
    let named: Vec<String> = assemble::profiles_named(content).collect();
    profile::resolve(report, sources, named)
}

/// Content to a portal with everything checked, and what is withheld taken out.
fn proved(
    report: &mut Report,
    sources: &Sources,
    content: Content,
    profiles: &BTreeMap<String, Arc<Profile>>,
    wishes: &Wishes,
    outline: Option<&Arc<Outline>>,
) -> Portal {
    let mut portal = assemble::assemble(report, sources, content, profiles, outline, wishes.drafts);
    wishes.address(&mut portal);
    check::run(report, &portal);
    secrecy::run(report, sources, &portal);
    portal.seal();
    acceptance::apply(report, &portal, wishes.today.as_deref());
    portal
}

/// The profiles that the disclosures of a portal name.
pub struct Named {
    profiles: BTreeMap<String, Arc<Profile>>,
}

impl Named {
    /// From what is shared and every file that [`is_head`].
    pub fn of(report: &mut Report, heads: &Sources) -> Named {
        let content = content::parse(&mut Report::default(), heads);
        Named { profiles: profiles(report, heads, &content) }
    }

    /// Whether [`Named::common`] looks at a file of an organisation: what it is, what its disclosures
    /// are, and the sections that explain terms.
    pub fn wants(&self, path: &str) -> bool {
        looks_at(&self.profiles, path)
    }

    /// What all organisations share, from what is shared and the files that are wanted.
    pub fn common(self, report: &mut Report, sources: &Sources, wishes: Wishes) -> Common {
        // Everything found here is found again where it stands.
        let mut seen = Report::default();
        let content = content::parse(&mut seen, sources);
        let Named { profiles } = self;
        let mut portal =
            assemble::assemble(&mut seen, sources, content, &profiles, None, wishes.drafts);
        wishes.address(&mut portal);
        let theme = Arc::new(theme::load(report, sources, &portal.site));
        let language = portal.site.message_language();
        let outline = Arc::clone(&portal.outline);
        let (theme_of, none) = (Arc::clone(&theme), Paths::default());
        let site = site::frame(&mut seen, sources, theme_of, portal, none, Vec::new());
        let frame = Arc::new(site.paths().into_iter().collect());
        Common { wishes, profiles, theme, outline, frame, language }
    }
}

fn looks_at(profiles: &BTreeMap<String, Arc<Profile>>, path: &str) -> bool {
    let mut sections = profiles.values().flat_map(|profile| &profile.sections);
    let mut explains = |stem: &str| sections.any(|(id, spec)| spec.terms && stem.ends_with(id));
    let is_text = path.contains("/narrative/");
    is_head(path) || path.strip_suffix(".md").is_some_and(|stem| is_text && explains(stem))
}

/// Whether a file says what an organisation or a disclosure is.
pub fn is_head(path: &str) -> bool {
    path.ends_with("/organisation.yaml") || path.ends_with("/disclosure.yaml")
}

/// What every organisation of a portal is planned with.
pub struct Common {
    wishes: Wishes,
    profiles: BTreeMap<String, Arc<Profile>>,
    theme: Arc<Theme>,
    outline: Arc<Outline>,
    /// The paths of what belongs to no organisation.
    frame: Paths,
    language: Language,
}

/// What is kept of an organisation's part when its own pages are made.
#[derive(Clone)]
pub struct Kept {
    /// What lists say of it.
    pub portal: Portal,
    /// Its paths.
    pub paths: Vec<String>,
    /// What can be found of it.
    pub harvest: Arc<Harvest>,
}

impl Kept {
    /// Of the part of a portal that `common` planned, which is let go of; without what can be found
    /// of it where nothing will be.
    pub fn of(common: &Common, site: Site, is_searched: bool) -> Kept {
        let paths = site.paths();
        // Its pages are made: what they asked for need not be there while the rest is gathered.
        let Site { portal, .. } = site;
        let portal = if common.is_shared() { portal.rested() } else { portal };
        let harvest = if is_searched { harvested(&portal) } else { Harvest::default() };
        Kept { portal: common.thinned(portal), paths, harvest: Arc::new(harvest) }
    }

    /// Of a part that goes on being looked at.
    pub fn beside(common: &Common, site: &Site) -> Kept {
        let harvest = Arc::new(harvested(&site.portal));
        Kept { portal: common.thinned(site.portal.clone()), paths: site.paths(), harvest }
    }
}

fn harvested(portal: &Portal) -> Harvest {
    if site::has_search(portal) { Harvest::of_organisation(portal) } else { Harvest::default() }
}

impl Common {
    /// What lists say of a part. Where it is the only organisation there is, the front page shows
    /// its figures, and all is kept.
    fn thinned(&self, portal: Portal) -> Portal {
        if self.is_shared() { portal.thin() } else { portal }
    }

    fn is_shared(&self) -> bool {
        self.outline.organisations > 1
    }

    /// The theme of the portal.
    pub fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    /// The language of messages for this portal.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether others may know what a file of an organisation says.
    pub fn looks_at(&self, path: &str) -> bool {
        looks_at(&self.profiles, path)
    }

    /// Plans one organisation from its own files and those all share.
    pub fn organisation(&self, sources: &Sources) -> (Site, Report) {
        let mut report = Report::default();
        let content = content::parse(&mut report, sources);
        let outline = Some(&self.outline);
        let portal = proved(&mut report, sources, content, &self.profiles, &self.wishes, outline);
        let theme = Arc::clone(&self.theme);
        let site = site::organisation(&mut report, theme, portal, Arc::clone(&self.frame));
        (site, report)
    }

    /// Plans what belongs to no organisation, once all others are planned.
    pub fn frame(&self, report: &mut Report, shared: &Sources, kept: Vec<Kept>) -> Site {
        let content = content::parse(report, shared);
        let outline = Some(&self.outline);
        let own = proved(report, shared, content, &self.profiles, &self.wishes, outline);
        let (mut parts, mut paths, mut harvests) = (Vec::new(), Vec::new(), Vec::new());
        for organisation in kept {
            parts.push(organisation.portal);
            paths.extend(organisation.paths);
            harvests.push(organisation.harvest);
        }
        let portal = own.joined(parts);
        let paths = Arc::new(paths.into_iter().collect());
        site::frame(report, shared, Arc::clone(&self.theme), portal, paths, harvests)
    }
}
