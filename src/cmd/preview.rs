//! The portal as it is now, held part by part: a save plans again the organisation it touched, and
//! what was not looked at lately is planned when it is asked for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::portal::OpenPortal;
use super::watch::watch;
use super::{Totals, chosen_language, counts};
use crate::cli::Global;
use crate::diagnostic::{Language, Report, Text};
use crate::findings::order;
use crate::plan::{Common, PlanOptions, Retained};
use crate::render::render;
use crate::site::Site;
use crate::source::{Library, Sources};
use crate::status::{self, OrganisationStatus};
use crate::url;

/// How many organisations are held whole.
const RECENT: usize = 4;

/// The texts of all organisations are kept as they were before a save where they take no more bytes than this.
const KEPT: usize = 64 << 20;

/// A page of many organisations tells no more findings than this.
const SHOWN: usize = 50;

/// The newest plan.
pub(super) struct Preview {
    library: Library,
    common: Arc<Common>,
    /// What was found wrong with what all share, and with two folders together.
    report: Report,
    /// What all share, with the files that stands in.
    named: Sources,
    held: Vec<Arc<Held>>,
    /// The organisations planned last, whole.
    recent: Mutex<VecDeque<(usize, Arc<Planned>)>>,
    shared: Mutex<Option<Arc<Planned>>>,
    /// Of organisations with errors, by folder, the state before; under an empty name what all share.
    before: BTreeMap<String, State>,
    options: PlanOptions,
    /// The language of messages.
    pub language: Language,
}

/// What is held of every organisation.
struct Held {
    report: Report,
    /// The files that its findings stand in.
    sources: Sources,
    totals: Totals,
    /// How far its disclosures are.
    status: Vec<OrganisationStatus>,
    /// Its files, where the portal is small enough to keep all of them.
    files: Option<Arc<Sources>>,
    /// The whole of it, until what is kept is asked for.
    planned: Mutex<Option<Arc<Planned>>>,
    retained: OnceLock<Retained>,
}

impl Held {
    /// What lists say of it, worked out when a page that lists it is asked for.
    fn retained(&self, common: &Common) -> &Retained {
        self.retained.get_or_init(|| {
            let planned = self.planned.lock().unwrap_or_else(PoisonError::into_inner).take();
            Retained::beside(common, &planned.expect("planned until it is retained").site)
        })
    }
}

/// A part with what it is rendered from.
struct Planned {
    sources: Arc<Sources>,
    site: Site,
    report: Report,
}

/// What an organisation was before something broke.
#[derive(Clone)]
enum State {
    Planned(Arc<Planned>),
    /// Its files, which are planned when a page is asked for.
    Files(Arc<Sources>, Arc<Common>),
}

impl State {
    fn planned(&self) -> Arc<Planned> {
        match self {
            State::Planned(planned) => Arc::clone(planned),
            State::Files(sources, common) => {
                let (site, report) = common.organisation(sources);
                Arc::new(Planned { sources: Arc::clone(sources), site, report })
            }
        }
    }

    /// Whether it has every page that another has.
    fn has_all_of(&self, other: &State) -> bool {
        let (own, other) = (self.planned(), other.planned());
        other.site.recipes.keys().all(|path| own.site.recipes.contains_key(path))
    }
}

/// A path rendered.
pub(super) struct Answer {
    /// The bytes; the page for what is missing where there is no such path.
    pub bytes: Vec<u8>,
    /// Whether there is.
    pub is_found: bool,
    /// Whether it is as it was before an error that stands now.
    pub is_stale: bool,
    /// The families of type to set it in, where the bytes are a document that is still to be set.
    pub fonts: Option<Vec<String>>,
    /// What is wrong with it, and with what it belongs to.
    pub report: Report,
    /// The files that stands in.
    pub sources: Sources,
}

impl Preview {
    /// Plans everything.
    pub(super) fn open(global: &Global, options: PlanOptions) -> anyhow::Result<Preview> {
        let portal = OpenPortal::open(global, options.clone())?;
        watch(global, &portal, None)?;
        let OpenPortal { library, common, report, heads, .. } = portal;
        let mut named = library.shared().clone();
        named.adopt(&heads, report.files());
        let mut preview = Preview {
            held: Vec::new(),
            recent: Mutex::default(),
            shared: Mutex::default(),
            before: BTreeMap::new(),
            language: chosen_language(global).unwrap_or_else(|| common.language()),
            common: Arc::new(common),
            library,
            report,
            named,
            options,
        };
        let hold = |index| {
            let held = preview.hold(index)?;
            held.retained(&preview.common);
            anyhow::Ok(held)
        };
        let all: Vec<_> = (0..preview.library.len()).into_par_iter().map(hold).collect();
        preview.held = all.into_iter().collect::<anyhow::Result<_>>()?;
        let of_shared = preview.shared_site();
        preview.named.adopt(&of_shared.sources, of_shared.report.files());
        preview.report.absorb(of_shared.report.clone());
        Ok(preview)
    }

    /// The portal after these files changed, and the organisations that were planned again. What
    /// others may know of an organisation, and what all share, concerns them all.
    pub(super) fn after(
        &self,
        global: &Global,
        paths: &BTreeSet<PathBuf>,
    ) -> anyhow::Result<(Preview, BTreeSet<usize>)> {
        let mut library = self.library.clone();
        let Some(touched) = self.touched(&mut library, paths)? else {
            let mut next = Preview::open(global, self.options.clone())?;
            next.before = self.good_states(&next);
            let all = (0..next.len()).collect();
            return Ok((next, all));
        };
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_kept = |(index, _): &(usize, Arc<Planned>)| !touched.contains(index);
        let mut next = Preview {
            library,
            common: Arc::clone(&self.common),
            report: self.report.clone(),
            named: self.named.clone(),
            held: self.held.clone(),
            recent: Mutex::new(recent.into_iter().filter(is_kept).collect()),
            shared: Mutex::default(),
            before: BTreeMap::new(),
            options: self.options.clone(),
            language: self.language,
        };
        for index in &touched {
            next.held[*index] = next.hold(*index)?;
        }
        next.before = self.good_states(&next);
        Ok((next, touched))
    }

    /// Of what has errors in the next plan, the state before in which its pages were there.
    fn good_states(&self, next: &Preview) -> BTreeMap<String, State> {
        let mut states = BTreeMap::new();
        let failing = next.held.iter().enumerate().filter(|(_, held)| held.report.has_errors());
        let failing = failing.map(|(index, _)| next.library.name(index));
        let has_errors = next.summary().has_errors();
        // Where something is wrong, an organisation that is gone was most likely moved by mistake.
        let known = (0..self.len()).map(|index| self.library.name(index));
        let known = known.chain(self.before.keys().map(String::as_str));
        let gone = known.filter(|name| has_errors && next.library.find(name).is_none());
        let names: BTreeSet<&str> = failing.chain(gone).collect();
        // Those that are held whole are few.
        let mut room = RECENT;
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let Some(state) = self.good_state(name) else { continue };
            let is_whole = matches!(state, State::Planned(_));
            if !is_whole || room > 0 {
                room -= usize::from(is_whole);
                states.insert(name.to_owned(), state);
            }
        }
        if has_errors {
            let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let shared = shared.filter(|_| !self.summary().has_errors()).map(State::Planned);
            let state = shared.or_else(|| self.before.get("").cloned());
            states.extend(state.map(|state| (String::new(), state)));
        }
        states
    }

    /// An organisation as it is now, or as it was before, where pages of it are gone now.
    fn good_state(&self, name: &str) -> Option<State> {
        let before = self.before.get(name);
        let Some(own) = self.library.find(name) else { return before.cloned() };
        let held = &self.held[own];
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = recent.iter().find(|(index, _)| *index == own);
        let whole = whole.map(|(_, planned)| Arc::clone(planned));
        drop(recent);
        let files = held.files.clone().map(|files| State::Files(files, Arc::clone(&self.common)));
        let now = match (files, whole) {
            (Some(files), _) => files,
            (None, Some(whole)) => State::Planned(whole),
            (None, None) => return before.cloned(),
        };
        match before {
            Some(before) if held.report.has_errors() && !now.has_all_of(before) => {
                Some(before.clone())
            }
            _ => Some(now),
        }
    }

    /// Whether there is such a path, or was before an error.
    pub(super) fn has(&self, path: &str) -> bool {
        let has = |planned: &Planned| planned.site.recipes.contains_key(path);
        let name = path.split_once('/').map_or("", |(name, _)| name);
        let own = self.library.find(name).and_then(|index| self.organisation(index).ok());
        own.is_some_and(|own| has(&own))
            || has(&self.shared_site())
            || self.state_before(path).is_some()
    }

    /// The state before an error in which a path was there.
    fn state_before(&self, path: &str) -> Option<Arc<Planned>> {
        let name = path.split_once('/').map_or("", |(name, _)| name);
        let mut states = [name, ""].into_iter().filter_map(|name| self.before.get(name));
        states.find_map(|state| {
            let planned = state.planned();
            planned.site.recipes.contains_key(path).then_some(planned)
        })
    }

    /// The organisations whose own files these are, listed again; nothing where a change may concern
    /// others.
    fn touched(
        &self,
        library: &mut Library,
        paths: &BTreeSet<PathBuf>,
    ) -> anyhow::Result<Option<BTreeSet<usize>>> {
        let mut touched = BTreeSet::new();
        for path in paths {
            // What a link leads to may be a part of several organisations.
            if library.linked().any(|linked| path.starts_with(linked)) {
                return Ok(None);
            }
            let Some(path) = library.within(path) else { return Ok(None) };
            let name = path.strip_prefix("content/").and_then(|rest| rest.split_once('/'));
            let Some(index) = name.and_then(|(name, _)| library.find(name)) else {
                return Ok(None);
            };
            if self.common.looks_at(&path) {
                return Ok(None);
            }
            touched.insert(index);
        }
        for index in &touched {
            library.refresh(*index)?;
            let seen = |library: &Library| -> Vec<String> {
                let paths = library.paths(*index).iter();
                paths.filter(|path| self.common.looks_at(path)).cloned().collect()
            };
            if seen(library) != seen(&self.library) {
                return Ok(None);
            }
        }
        Ok(Some(touched).filter(|touched| !touched.is_empty()))
    }

    /// Plans an organisation and keeps what is held of it.
    fn hold(&self, index: usize) -> anyhow::Result<Arc<Held>> {
        let planned = Arc::new(self.plan(index)?);
        let mut sources = self.library.shared().clone();
        let withheld = planned.site.vault.files();
        let share = KEPT / self.library.len().max(1);
        let is_small = planned.sources.own_bytes() <= share;
        sources.adopt(&planned.sources, planned.report.files().chain(withheld));
        let held = Held {
            report: planned.report.clone(),
            sources,
            totals: Totals::of(&planned.site.portal),
            status: status::of_organisation(
                &planned.sources,
                self.library.name(index),
                &planned.site.portal,
                &planned.report,
            ),
            files: is_small.then(|| Arc::clone(&planned.sources)),
            planned: Mutex::new(Some(Arc::clone(&planned))),
            retained: OnceLock::new(),
        };
        // The page of what was just saved is asked for next.
        self.remember(index, planned);
        Ok(Arc::new(held))
    }

    fn plan(&self, index: usize) -> anyhow::Result<Planned> {
        let sources = self.library.sources(index..index + 1, |_| true)?;
        let (site, report) = self.common.organisation(&sources);
        Ok(Planned { sources: Arc::new(sources), site, report })
    }

    /// How many organisations there are.
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    /// What was found in some organisations and in what all share, in order, with the files.
    pub(super) fn findings(&self, organisations: &BTreeSet<usize>) -> (Sources, Report) {
        let mut sources = self.named.clone();
        let mut report = self.report.clone();
        for held in organisations.iter().filter_map(|index| self.held.get(*index)) {
            sources.adopt(&held.sources, held.report.files());
            report.absorb(held.report.clone());
        }
        order(&sources, &mut report);
        (sources, report)
    }

    /// What was found everywhere, to be counted.
    pub(super) fn summary(&self) -> Report {
        let mut report = self.report.clone();
        self.held.iter().for_each(|held| report.absorb(held.report.clone()));
        // What is wrong with what all share is found with every organisation.
        let mut seen = BTreeSet::new();
        report.diagnostics.retain(|found| {
            seen.insert((found.code.id, found.primary.clone(), found.message.zh.clone()))
        });
        report
    }

    /// How far the disclosures of every organisation are.
    pub(super) fn status(&self) -> Vec<OrganisationStatus> {
        self.held.iter().flat_map(|held| held.status.iter().cloned()).collect()
    }

    /// What was looked at and how it came out.
    pub(super) fn counts(&self, report: &Report) -> Text {
        let totals = self.held.iter().fold(Totals::default(), |sum, held| sum.and(held.totals));
        counts(totals, report)
    }

    /// The real files and folders that links of the portal lead to.
    pub(super) fn linked(&self) -> impl Iterator<Item = PathBuf> {
        self.library.linked().map(Path::to_owned)
    }

    /// What belongs to no organisation, planned when it is first asked for.
    fn shared_site(&self) -> Arc<Planned> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let planned = shared.get_or_insert_with(|| {
            let mut report = Report::default();
            let mut sources = self.library.shared().clone();
            let retained: Vec<Retained> =
                self.held.iter().map(|held| held.retained(&self.common).clone()).collect();
            // What all share may print what an organisation withholds.
            for (held, retained) in self.held.iter().zip(&retained) {
                sources.adopt(&held.sources, retained.vault.files());
            }
            let site = self.common.shared_site(&mut report, self.library.shared(), retained);
            Arc::new(Planned { sources: Arc::new(sources), site, report })
        });
        Arc::clone(planned)
    }

    /// An organisation, planned unless it was lately.
    fn organisation(&self, index: usize) -> anyhow::Result<Arc<Planned>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let known = recent.iter().find(|(known, _)| *known == index);
        if let Some((_, planned)) = known {
            return Ok(Arc::clone(planned));
        }
        drop(recent);
        let planned = Arc::new(self.plan(index)?);
        self.remember(index, Arc::clone(&planned));
        Ok(planned)
    }

    fn remember(&self, index: usize, planned: Arc<Planned>) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.truncate(RECENT - 1);
        recent.push_front((index, planned));
    }

    /// Renders a path with what is wrong with the part it belongs to; of what all share, with the first
    /// findings of all.
    pub(super) fn render(&self, path: &str) -> Answer {
        let index = path.split_once('/').and_then(|(name, _)| self.library.find(name));
        // A file that went away since the last save is seen at the next.
        let own = index.and_then(|index| self.organisation(index).ok());
        let own = own.filter(|planned| planned.site.recipes.contains_key(path));
        let is_shared = own.is_none();
        let part = own.unwrap_or_else(|| self.shared_site());
        // A portal of which nothing is left was moved away.
        let is_gone = self.held.is_empty() || !part.site.recipes.contains_key(path);
        let before = is_gone.then(|| self.state_before(path)).flatten();
        let is_stale = before.is_some();
        let is_own = part.site.recipes.contains_key(path) && !is_shared;
        let index = index.filter(|_| is_own || is_stale);
        let part = before.unwrap_or(part);
        let mut late = Report::default();
        let found = render(&mut late, &part.sources, &part.site, path);
        if is_stale {
            // What was found of the state before says nothing of the one now.
            late = Report::default();
        }
        let is_found = found.is_some();
        let bytes = found
            .or_else(|| render(&mut late, &part.sources, &part.site, url::NOT_FOUND))
            .unwrap_or_default();
        let organisations: BTreeSet<usize> = match index {
            Some(index) => BTreeSet::from([index]),
            None => self.first_with_findings(),
        };
        let (mut sources, mut report) = self.findings(&organisations);
        sources.adopt(&part.sources, late.files());
        report.absorb(late);
        order(&sources, &mut report);
        let fonts = part.site.is_typeset(path).then(|| part.site.portal.site.pdf_fonts.clone());
        Answer { bytes, is_found, is_stale, fonts, report, sources }
    }

    /// So many organisations with findings that these are enough for one page.
    fn first_with_findings(&self) -> BTreeSet<usize> {
        let mut shown = 0;
        let with = self.held.iter().enumerate();
        with.filter(|(_, held)| !held.report.diagnostics.is_empty())
            .take_while(|(_, held)| {
                let is_room = shown < SHOWN;
                shown += held.report.diagnostics.len();
                is_room
            })
            .map(|(index, _)| index)
            .collect()
    }
}
