//! The map from output path to recipe: all that building, serving and checking
//! links ever see. A site is planned whole, or organisation by organisation with what
//! belongs to none of them on top.

mod moved;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::codes;
use crate::content;
use crate::diagnostic::{Report, text};
use crate::link::Link;
use crate::model::{Portal, Vault};
use crate::output::{self, DataFile, OUTPUTS, Output, Writer};
use crate::page::overview::Moves;
use crate::page::{Overview, PAGE_KINDS, Page, PageKind, PageScope, Subject};
use crate::search::{self, IndexPart};
use crate::source::{FileId, Place, Sources};
use crate::theme::Theme;
use crate::{theme, url, yaml};

pub use moved::Moved;

/// How one path is made.
#[derive(Clone)]
pub enum Recipe {
    /// A page of a kind.
    Page(&'static PageKind, Page),
    /// A data file.
    Data(DataFile),
    /// A file of the search index.
    Search(search::File),
    /// The theme's style sheet.
    Style,
    /// A file copied as it is.
    Asset(FileId),
    /// A page at a former address.
    Moved(Moved),
    /// What the site is made of: known when everything else is made.
    Receipt,
}

/// Every path of a site, in order.
pub type Paths = Arc<BTreeSet<String>>;

/// A planned site, or a part of one.
pub struct Site {
    /// The model: of the whole site, or of what is an organisation's own.
    pub portal: Portal,
    /// What is withheld: the scan of rendered bytes looks for it.
    pub vault: Vault,
    /// What pages that list organisations see; empty where the site is an organisation's own.
    pub overview: Overview,
    /// The theme.
    pub theme: Arc<Theme>,
    /// What its search pages ask for.
    pub search: search::Lazy,
    /// The former addresses of what it has.
    pub moves: Moves,
    /// Every path and how it is made, in a fixed order.
    pub recipes: IndexMap<String, Recipe>,
    /// The paths of data files, sorted: what begins alike stands together.
    pub data: BTreeSet<String>,
    /// What every template gets of the portal, told when it is first asked for.
    pub(crate) for_templates: OnceLock<tera::Value>,
    /// Paths of the same site that other parts make.
    elsewhere: Paths,
    /// Whether the other parts are planned already, so that their paths are taken.
    is_shared: bool,
}

/// Plans every page, data file and asset.
pub fn plan(
    report: &mut Report,
    sources: &Sources,
    theme: Arc<Theme>,
    (portal, vault): (Portal, Vault),
) -> Site {
    let overview = Overview::of(&portal);
    let mut site = Site { vault, overview, ..Site::new(theme, portal, Paths::default()) };
    site.add_organisation(report);
    site.overview.moves = site.moves.clone();
    site.add_shared_pages(report, sources, None);
    site
}

/// Plans what is an organisation's own; `shared` are the paths of what is nobody's.
pub fn organisation(
    report: &mut Report,
    theme: Arc<Theme>,
    (portal, vault): (Portal, Vault),
    shared: Paths,
) -> Site {
    let mut site = Site { vault, ..Site::new(theme, portal, shared) };
    site.add_organisation(report);
    site
}

/// Plans what belongs to no organisation: pages that list them, the search index, the theme's
/// files; `elsewhere` are the paths of all organisations, `index_parts` what can be found there, or nothing
/// where nothing will be looked for: the index is then planned as if it were empty.
pub fn shared_site(
    report: &mut Report,
    sources: &Sources,
    theme: Arc<Theme>,
    (portal, overview, vault): (Portal, Overview, Vault),
    elsewhere: Paths,
    index_parts: Option<Vec<Arc<IndexPart>>>,
) -> Site {
    let index_parts = index_parts.map(|mut parts| {
        if has_search(&portal) {
            parts.push(Arc::new(IndexPart::of_terms(&overview)));
        }
        parts
    });
    let index_parts = index_parts.unwrap_or_default();
    let mut site = Site { vault, overview, is_shared: true, ..Site::new(theme, portal, elsewhere) };
    site.add_shared_pages(report, sources, Some(index_parts));
    site
}

/// Whether a portal can be searched.
pub fn has_search(portal: &Portal) -> bool {
    is_chosen(portal.site.outputs.as_ref(), SEARCH)
}

/// The name of the search index among the outputs.
pub const SEARCH: &str = "search";

/// Whether a name is in a list, or there is none.
fn is_chosen(chosen: Option<&Vec<(String, Place)>>, name: &str) -> bool {
    chosen.is_none_or(|names| names.iter().any(|(chosen, _)| chosen == name))
}

/// Names of pages and outputs that nothing has.
fn unknown_names(report: &mut Report, site: &content::Site) {
    let pages: Vec<&str> = PAGE_KINDS.iter().map(|kind| kind.name).collect();
    let outputs = OUTPUTS.iter().map(|output| output.name).chain([SEARCH]).collect();
    for (chosen, known) in [(&site.pages, pages), (&site.outputs, outputs)] {
        for (name, place) in chosen.iter().flatten().filter(|(name, _)| !known.contains(&&**name)) {
            let list = known.join(", ");
            report.push(
                codes::BAD_VALUE
                    .at(place.clone(), text!(zh: "没有叫“{name}”的，只有：{list}", en: "there is no `{name}`, only: {list}"))
                    .help(yaml::suggestion(name, &known)),
            );
        }
    }
}

impl Site {
    fn new(theme: Arc<Theme>, portal: Portal, elsewhere: Paths) -> Site {
        Site {
            portal,
            vault: Vault::default(),
            overview: Overview::default(),
            theme,
            search: search::Lazy::default(),
            moves: Moves::default(),
            recipes: IndexMap::new(),
            data: BTreeSet::new(),
            for_templates: OnceLock::new(),
            elsewhere,
            is_shared: false,
        }
    }

    /// Pages and data files of organisations.
    fn add_organisation(&mut self, report: &mut Report) {
        self.reserved_names(report);
        for kind in self.kinds() {
            let plan = match &kind.scope {
                PageScope::Organisation(maker) => maker.plan,
                PageScope::Finishing(maker) => maker.plan,
                PageScope::Portal(_) => continue,
            };
            self.add_pages(report, kind, plan(&self.portal));
        }
        for scope in self.outputs() {
            if let output::OutputScope::Organisation(plan) = scope {
                self.add_data(report, plan(&self.portal));
            }
        }
        let is_there = |path: &str| self.has(path);
        let (pages, rules) = moved::of(report, &self.portal, &self.recipes, &is_there);
        self.moves = rules;
        self.recipes.extend(pages.into_iter().map(|(path, moved)| (path, Recipe::Moved(moved))));
    }

    /// Reports folders whose name is that of a page or a folder of the site's own.
    fn reserved_names(&self, report: &mut Report) {
        let taken = |name: &str, own: &[&str]| own.contains(&content::look_alike(name).as_str());
        let mut tell = |file: FileId, folder: &str| {
            let message = text!(
                zh: "文件夹的名字“{folder}”是网站自己用的，会和它的网页混在一起", en: "the folder’s name `{folder}` is one of the site’s own: its pages would get mixed up with those",
            );
            let help = text!(zh: "给文件夹改名（网址跟着变）", en: "rename the folder, which changes its address");
            report.push(codes::URL_COLLISION.at(Place::start(file), message).help(help));
        };
        for organisation in &self.portal.organisations {
            if taken(&organisation.id, &url::OWN) {
                tell(organisation.written.file, &organisation.id);
            }
        }
        for disclosure in &self.portal.disclosures {
            if taken(&disclosure.id, &url::OF_ORGANISATIONS) {
                tell(disclosure.written.file, &disclosure.id);
            }
        }
    }

    /// Pages and data files that belong to no organisation.
    fn add_lists(&mut self, report: &mut Report) {
        for kind in self.kinds() {
            if let PageScope::Portal(maker) = &kind.scope {
                self.add_pages(report, kind, (maker.plan)(&self.overview));
            }
        }
        for scope in self.outputs() {
            let files = match scope {
                output::OutputScope::Portal(plan) => plan(&self.overview),
                output::OutputScope::Paths(plan) => plan(&self.overview, &mut self.all_paths()),
                output::OutputScope::Organisation(_) => continue,
            };
            self.add_data(report, files);
        }
    }

    /// Whether the bytes of a path are a document that is still to be set in type.
    pub fn is_typeset(&self, path: &str) -> bool {
        matches!(
            self.recipes.get(path),
            Some(Recipe::Data(DataFile { writer: Writer::Typeset(_), .. }))
        )
    }

    /// The kinds of pages the configuration wants.
    fn kinds(&self) -> Vec<&'static PageKind> {
        let chosen = self.portal.site.pages.as_ref();
        PAGE_KINDS.iter().copied().filter(|kind| is_chosen(chosen, kind.name)).collect()
    }

    /// The formats it wants.
    fn outputs(&self) -> Vec<&'static output::OutputScope> {
        let site = &self.portal.site;
        let is_wanted = |output: &&&Output| site.has_output(output.name);
        let wanted = OUTPUTS.iter().filter(is_wanted);
        wanted.map(|output| &output.scope).collect()
    }

    fn add_pages(&mut self, report: &mut Report, kind: &'static PageKind, pages: Vec<Page>) {
        for page in pages {
            self.add(report, page.path.clone(), page.subject, Recipe::Page(kind, page));
        }
    }

    fn add_data(&mut self, report: &mut Report, files: Vec<DataFile>) {
        for file in files {
            self.add(report, file.path.clone(), file.subject, Recipe::Data(file));
        }
    }

    fn add_shared_pages(
        &mut self,
        report: &mut Report,
        sources: &Sources,
        found: Option<Vec<Arc<IndexPart>>>,
    ) {
        unknown_names(report, &self.portal.site);
        self.add_lists(report);
        if has_search(&self.portal) {
            let (index, files) = search::plan(&self.portal, found);
            self.search = index;
            for (path, file) in files {
                self.add(report, path, Subject::default(), Recipe::Search(file));
            }
        }
        self.add(report, url::MANIFEST.to_owned(), Subject::default(), Recipe::Receipt);
        let style = self.theme.asset(url::STYLE);
        self.add(report, style, Subject::default(), Recipe::Style);
        for (path, file) in self.theme.assets.clone() {
            self.add(report, path, Subject::default(), Recipe::Asset(file));
        }
        let mut names = content::Names::default();
        for (file, path) in sources.site_files("static") {
            names.can_be_address(report, file, path);
            let path = path.strip_prefix("static/").unwrap_or(path).to_owned();
            if path.ends_with(".css") {
                theme::foreign_style(report, sources, file);
            }
            self.looks_like_another(report, &path, file);
            if path == url::REDIRECTS {
                // Who writes their own answers for all of it.
                self.recipes.shift_remove(&path);
                self.data.remove(&path);
            }
            self.add(report, path, Subject::default(), Recipe::Asset(file));
        }
        self.check_addresses(report);
    }

    /// Reports a file that some hosts would not tell from a path the site has already.
    fn looks_like_another(&self, report: &mut Report, path: &str, file: FileId) {
        let is_plain = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        if is_plain {
            return;
        }
        let other = content::look_alike(path);
        if other != path && self.has(&other) {
            report.push(codes::URL_COLLISION.at(
                Place::start(file),
                text!(zh: "{path} 与网站里的 {other} 只差大小写、全角半角或字符的编排，有的主机上会把它盖掉", en: "{path} differs from {other} of the site in case, width or the way its characters are put together alone: some hosts would overwrite it"),
            ).help(text!(zh: "给这个文件改名", en: "rename the file")));
        }
    }

    /// What the configuration leads to within the site must be part of it.
    fn check_addresses(&self, report: &mut Report) {
        let written = &self.portal.site;
        let footer = written.footer.iter().map(|item| (item.url.as_str(), &item.place));
        let badge = written.government.iter().filter_map(|block| block.badge.as_ref());
        let badge = badge.map(|badge| (badge.image.as_str(), &badge.place));
        let within = footer.chain(badge).filter(|(url, _)| Link::read(url) == Link::Within);
        for (url, place) in within {
            let is_there = url::resolve(url::HOME, url).is_some_and(|path| self.leads_to(&path));
            if !is_there {
                let message = text!(zh: "网站里没有 {url}", en: "the site has no {url}");
                report.push(codes::BROKEN_LINK.at(place.clone(), message).help(text!(
                    zh: "写从首页出发的路径；自己的文件放进 static/", en: "write the path from the front page; files of your own go into static/",
                )));
            }
        }
    }

    /// Whether a path, or the front page of a folder of that name, is part of the whole site.
    pub fn leads_to(&self, path: &str) -> bool {
        self.has(path) || self.has(format!("{path}/{}", url::HOME).trim_start_matches('/'))
    }

    /// The paths this part makes, in order.
    pub fn paths(&self) -> Vec<String> {
        self.recipes.keys().cloned().collect()
    }

    /// Every path of the whole site.
    pub fn all_paths(&self) -> impl Iterator<Item = &str> {
        self.recipes.keys().chain(self.elsewhere.iter()).map(String::as_str)
    }

    /// Whether a path is part of the whole site.
    pub fn has(&self, path: &str) -> bool {
        self.recipes.contains_key(path) || self.elsewhere.contains(path)
    }

    /// How many pages and how many other files there are.
    pub fn counts(&self) -> (usize, usize) {
        let pages =
            self.recipes.values().filter(|recipe| matches!(recipe, Recipe::Page(..))).count();
        (pages, self.recipes.len() - pages)
    }

    /// Whether a path is a file of the search index: bytes no author can get wrong.
    pub fn is_index(&self, path: &str) -> bool {
        matches!(self.recipes.get(path), Some(Recipe::Search(_)))
    }

    fn add(&mut self, report: &mut Report, path: String, subject: Subject, recipe: Recipe) {
        let place = self.place(subject, &recipe);
        let is_taken = self.is_shared && self.elsewhere.contains(&path);
        match self.recipes.entry(path) {
            Entry::Vacant(entry) if !is_taken => {
                if matches!(recipe, Recipe::Data(_)) {
                    self.data.insert(entry.key().clone());
                }
                entry.insert(recipe);
            }
            entry => {
                if let Some(place) = place {
                    report.push(codes::URL_COLLISION.at(
                        place,
                        text!(zh: "网站里已经有 {path}，这一个会把它盖掉", en: "{path} is already part of the site and would be overwritten", path = entry.key()),
                    ).help(text!(zh: "给其中一个文件改名", en: "rename one of the two files")));
                }
            }
        }
    }

    fn place(&self, subject: Subject, recipe: &Recipe) -> Option<Place> {
        if let Recipe::Asset(file) = recipe {
            return Some(Place::start(*file));
        }
        let own = self.portal.disclosures.get(subject.disclosure).map(|one| one.written.file);
        let file = own.or_else(|| self.overview.disclosures().next().map(|one| one.file))?;
        Some(Place::start(file))
    }
}
