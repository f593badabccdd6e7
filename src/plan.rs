//! The whole pipeline: sources to a planned site and a report. Total and pure:
//! it reads nothing, writes nothing, knows no clock, and cannot fail.
//!
//! [`plan`] holds the whole portal at once. [`Common`] plans the same site in parts, so that memory
//! need hold one organisation at a time: what all share, then each organisation, then the pages
//! that list them. The bytes are the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::{self, Content};
use crate::diagnostic::{Language, Report, Severity, text};
use crate::model::assemble::{self, Wanted};
use crate::model::{Draft, Outline, Portal, Vault, acceptance};
use crate::page::Overview;
use crate::page::overview::{Moves, Summary};
use crate::profile::{self, Profile};
use crate::search::IndexPart;
use crate::site::{self, Paths, Site};
use crate::source::{Place, Sources};
use crate::theme::{self, Theme};
use crate::{check, codes, findings, secrecy};

/// What a run asks for beside what the sources say.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    /// Whether drafts are published too.
    pub drafts: bool,
    /// The address of the site, where it is not the one its configuration states.
    pub base_url: Option<String>,
    /// Whether a PDF of each disclosure is made though the configuration does not ask for it.
    pub pdf: bool,
    /// The day, `YYYY-MM-DD`: acceptances that ended before it are reported. Without one it is the
    /// newest date the content states. The day changes the report and never a page.
    pub today: Option<String>,
    /// The day, `YYYY-MM-DD`, after which nothing is published yet where the portal holds disclosures
    /// back. Without one nothing is held back.
    pub held_after: Option<String>,
}

impl PlanOptions {
    fn wanted(&self) -> Wanted<'_> {
        Wanted { drafts: self.drafts, held_after: self.held_after.as_deref() }
    }

    fn address(&self, draft: &mut Draft) {
        if let Some(url) = &self.base_url {
            draft.set_address(url);
        }
        if self.pdf {
            draft.ask_for_pdf();
        }
    }
}

/// Plans the site of these sources; drafts are left out unless asked for.
pub fn plan(sources: &Sources, drafts: bool) -> (Site, Report) {
    plan_with(sources, &PlanOptions { drafts, ..PlanOptions::default() })
}

/// Plans the site of these sources.
pub fn plan_with(sources: &Sources, options: &PlanOptions) -> (Site, Report) {
    plan_in(sources, options, |report, site| Arc::new(theme::load(report, sources, site)))
}

/// Plans the site of these sources in a theme that is made, or was made before, for its
/// configuration. It must be the one that [`theme::load`] makes of the same sources.
pub fn plan_in(
    sources: &Sources,
    options: &PlanOptions,
    theme: impl FnOnce(&mut Report, &content::Site) -> Arc<Theme>,
) -> (Site, Report) {
    let mut report = Report::default();
    let content = content::parse(&mut report, sources);
    let profiles = profiles(&mut report, sources, &content);
    let folders = content.organisations.len();
    content::same_folders(&mut report, sources, &content);
    let (portal, vault) =
        checked_and_redacted(&mut report, sources, content, &profiles, options, None);
    report_if_empty(&mut report, sources, portal.organisations.len(), folders);
    let theme = theme(&mut report, &portal.site);
    let site = site::plan(&mut report, sources, theme, (portal, vault));
    findings::name_originals(sources, &mut report);
    findings::order(sources, &mut report);
    (site, report)
}

/// Reports a portal of which nothing is published: no folder of an organisation, or drafts alone.
fn report_if_empty(report: &mut Report, sources: &Sources, organisations: usize, folders: usize) {
    let Some(config) = sources.find(sources.config()) else { return };
    if organisations > 0 || report.has_errors() {
        return;
    }
    let place = Place::start(config);
    let mut finding = if folders == 0 {
        let message = text!(zh: "门户里没有一份公开：content/ 下没有单位", en: "the portal discloses nothing: there is no organisation below content/");
        codes::NOTHING_DISCLOSED.at(place, message).help(text!(
            zh: "看看 content/ 有没有搬走、名字有没有写错、根目录给得对不对；新建用 mingbai init",
            en: "see whether content/ was moved or misspelt, and whether this is the right root; mingbai init makes a portal",
        ))
    } else {
        let message = text!(zh: "门户里只有草稿和还没到公开日期的，没有要公开的", en: "the portal holds drafts, or what is published later, alone: nothing is published");
        codes::NOTHING_DISCLOSED.at(place, message).help(text!(
            zh: "写好的公开删去 draft: true；要看草稿，用 --drafts；公开日期还没到的，到那天再生成", en: "take draft: true out of a disclosure that is ready; --drafts shows the others; build again on the day that one is published",
        ))
    };
    if folders > 0 {
        finding.severity = Severity::Warning;
    }
    report.push(finding);
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
fn checked_and_redacted(
    report: &mut Report,
    sources: &Sources,
    content: Content,
    profiles: &BTreeMap<String, Arc<Profile>>,
    options: &PlanOptions,
    outline: Option<&Arc<Outline>>,
) -> (Portal, Vault) {
    let mut draft =
        assemble::assemble(report, sources, content, profiles, outline, options.wanted());
    options.address(&mut draft);
    // Those found before may stand in files of other parts.
    let before = report.diagnostics.len();
    let today = options.today.as_deref();
    check::run(report, &draft, today);
    check::point_at_own_file(&mut report.diagnostics, sources, &draft, before);
    check::fold(report);
    secrecy::run(report, sources, &draft, today);
    let (portal, vault) = draft.redact();
    let is_code = |name: &str| check::find(name).is_some();
    acceptance::apply(report, sources, &portal, today, is_code);
    (portal, vault)
}

/// The profiles that the disclosures of a portal name.
pub struct NamedProfiles {
    profiles: BTreeMap<String, Arc<Profile>>,
    /// Whether the portal holds disclosures back until they are published.
    pub holds_back: bool,
}

impl NamedProfiles {
    /// From what is shared and every file that [`is_head`].
    pub fn of(report: &mut Report, heads: &Sources) -> NamedProfiles {
        let content = content::parse(&mut Report::default(), heads);
        content::same_folders(report, heads, &content);
        NamedProfiles {
            profiles: profiles(report, heads, &content),
            holds_back: content.site.hold_until_published,
        }
    }

    /// Whether [`NamedProfiles::common`] looks at a file of an organisation: what it is, what its disclosures
    /// are, and the sections that explain terms.
    pub fn wants(&self, path: &str) -> bool {
        looks_at(&self.profiles, path)
    }

    /// What all organisations share, from what is shared and the files that are wanted.
    pub fn common(self, report: &mut Report, sources: &Sources, options: PlanOptions) -> Common {
        // Everything found here is found again where it stands.
        let mut seen = Report::default();
        let content = content::parse(&mut seen, sources);
        let NamedProfiles { profiles, .. } = self;
        let mut draft =
            assemble::assemble(&mut seen, sources, content, &profiles, None, options.wanted());
        options.address(&mut draft);
        let (portal, _) = draft.redact();
        let theme = Arc::new(theme::load(report, sources, &portal.site));
        let language = portal.site.message_language();
        let outline = Arc::clone(&portal.outline);
        let (theme_of, none) = (Arc::clone(&theme), Paths::default());
        let overview = Overview::of(&portal);
        let models = (portal, overview, Vault::default());
        let site = site::shared_site(&mut seen, sources, theme_of, models, none, None);
        let shared_paths = Arc::new(site.paths().into_iter().collect());
        Common { options, profiles, theme, outline, shared_paths, language }
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
    options: PlanOptions,
    profiles: BTreeMap<String, Arc<Profile>>,
    theme: Arc<Theme>,
    outline: Arc<Outline>,
    /// The paths of what belongs to no organisation.
    shared_paths: Paths,
    language: Language,
}

/// What is kept of an organisation's part when its own pages are made.
#[derive(Clone)]
pub struct Retained {
    /// What is withheld of it: looked for in what all share.
    pub vault: Vault,
    /// What lists say of it.
    pub summaries: Vec<Summary>,
    /// All of it, where it is the only organisation.
    pub only: Option<Arc<Portal>>,
    /// Its paths.
    pub paths: Vec<String>,
    /// The former addresses of what it has.
    pub moves: Moves,
    /// What can be found of it, where something will be looked for.
    pub index_part: Option<Arc<IndexPart>>,
}

impl Retained {
    /// Of the part of a portal that `common` planned, which is let go of; without what can be found
    /// of it where nothing will be.
    pub fn of(common: &Common, site: Site, is_searched: bool) -> Retained {
        let paths = site.paths();
        // Its pages are made: what they asked for need not be there while the rest is gathered.
        let Site { portal, vault, moves, .. } = site;
        let portal = portal.without_caches();
        let index_part = is_searched.then(|| index_part_of(&portal));
        Retained::new(common, (portal, vault), (paths, moves), index_part)
    }

    /// Of a part that goes on being looked at.
    pub fn beside(common: &Common, site: &Site) -> Retained {
        let models = (site.portal.clone(), site.vault.clone());
        let paths = (site.paths(), site.moves.clone());
        Retained::new(common, models, paths, Some(index_part_of(&site.portal)))
    }

    fn new(
        common: &Common,
        (portal, vault): (Portal, Vault),
        (paths, moves): (Vec<String>, Moves),
        index_part: Option<IndexPart>,
    ) -> Retained {
        let summaries = Summary::all(&portal);
        let only = (!common.is_shared()).then(|| Arc::new(portal));
        Retained { vault, summaries, only, paths, moves, index_part: index_part.map(Arc::new) }
    }
}

fn index_part_of(portal: &Portal) -> IndexPart {
    if site::has_search(portal) { IndexPart::of_organisation(portal) } else { IndexPart::default() }
}

impl Common {
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
        let models = checked_and_redacted(
            &mut report,
            sources,
            content,
            &self.profiles,
            &self.options,
            outline,
        );
        let theme = Arc::clone(&self.theme);
        let site = site::organisation(&mut report, theme, models, Arc::clone(&self.shared_paths));
        findings::name_originals(sources, &mut report);
        (site, report)
    }

    /// Plans what belongs to no organisation, once all others are planned.
    pub fn shared_site(
        &self,
        report: &mut Report,
        shared: &Sources,
        retained: Vec<Retained>,
    ) -> Site {
        let content = content::parse(report, shared);
        let outline = Some(&self.outline);
        let (own, mut vault) =
            checked_and_redacted(report, shared, content, &self.profiles, &self.options, outline);
        report_if_empty(report, shared, self.outline.organisations, retained.len());
        let (mut paths, mut index_parts) = (Vec::new(), Vec::new());
        let mut overview = Overview::of(&own);
        for organisation in retained {
            vault.absorb(organisation.vault);
            overview.organisations.extend(organisation.summaries);
            overview.only = organisation.only;
            paths.extend(organisation.paths);
            overview.moves.absorb(organisation.moves);
            index_parts.push(organisation.index_part);
        }
        let paths = Arc::new(paths.into_iter().collect());
        let index_parts = index_parts.into_iter().collect();
        let models = (own, overview, vault);
        site::shared_site(report, shared, Arc::clone(&self.theme), models, paths, index_parts)
    }
}
