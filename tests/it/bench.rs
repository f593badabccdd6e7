//! A portal held in memory, its report and its pages: what every other test
//! here is written over. It never touches the disk.
//!
//! ```ignore
//! TestSite::minimal()
//!     .write("tables/funds.yaml", "rows: []")
//!     .without("narrative/01-duties.md")
//!     .check()
//!     .human(Language::Chinese)
//! ```

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};
use mingbai::content;
use mingbai::diagnostic::{Language, Report};
use mingbai::diff::{State, unrecorded};
use mingbai::findings::{concise, human, order};
use mingbai::plan::{PlanOptions, plan_with};
use mingbai::profile;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::{Refusal, Sources};
use mingbai::yaml::{self, Kind, Node};

static MINIMAL: Dir = include_dir!("$CARGO_MANIFEST_DIR/tests/sites/minimal");
static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cmd/starter/content");

/// The one disclosure of the minimal portal.
pub(crate) const DISCLOSURE: &str = "content/demo/2025-budget";

/// What stands at the root of a portal; every other path is the disclosure's.
const ROOTS: [&str; 5] = ["mingbai.yaml", "content/", "profiles/", "themes/", "static/"];

/// The files of a portal, by path.
#[derive(Clone, Default)]
pub(crate) struct TestSite {
    files: BTreeMap<String, Vec<u8>>,
    refused: BTreeMap<String, Refusal>,
    /// The day it is for rules that ask, and the day after which a build holds disclosures back.
    days: (Option<String>, Option<String>),
}

impl TestSite {
    /// The smallest portal in which nothing is wrong: `tests/sites/minimal`.
    pub(crate) fn minimal() -> TestSite {
        let mut site = TestSite::default();
        site.add_folder(&MINIMAL);
        site
    }

    /// The complete small portal that `init` writes, its planted mistake mended.
    pub(crate) fn starter() -> TestSite {
        let mut written = TestSite::default();
        written.add_folder(&STARTER);
        let at_home = |path: &str| format!("content/{}", path.replacen("library", "demo", 1));
        let files = written.files.into_iter().map(|(path, text)| (at_home(&path), text));
        let site = TestSite { files: files.collect(), ..TestSite::default() };
        let site = site.write("mingbai.yaml", "title: 示例县图书馆预算公开\nlanguage: zh-CN\n");
        let mistake = site.read("tables/expenditure.yaml");
        assert!(mistake.contains("total: 51.00"), "the mistake is planted");
        site.write("tables/expenditure.yaml", mistake.replace("total: 51.00", "total: 15.00"))
    }

    fn add_folder(&mut self, folder: &Dir) {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(folder) => self.add_folder(folder),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    self.files.insert(path, file.contents().to_vec());
                }
            }
        }
    }

    /// Adds or replaces a file. A path such as `tables/funds.yaml` is below [`DISCLOSURE`].
    pub(crate) fn write(mut self, path: &str, content: impl Into<Vec<u8>>) -> TestSite {
        self.files.insert(at_home(path), content.into());
        self
    }

    /// The text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        let path = at_home(path);
        let bytes = self.files.get(&path).unwrap_or_else(|| panic!("the portal has no {path}"));
        String::from_utf8(bytes.clone()).expect("text")
    }

    /// Adds a link that leaves the portal.
    pub(crate) fn link(mut self, path: &str, target: &str) -> TestSite {
        self.refused.insert(at_home(path), Refusal::Outside(target.to_owned()));
        self
    }

    /// Puts in place of a file one of so many bytes, which is not read.
    pub(crate) fn too_large(mut self, path: &str, size: u64) -> TestSite {
        let path = at_home(path);
        self.files.remove(&path);
        self.refused.insert(path, Refusal::TooLarge(size));
        self
    }

    /// Takes a file away.
    pub(crate) fn without(mut self, path: &str) -> TestSite {
        let path = at_home(path);
        assert!(self.files.remove(&path).is_some(), "the portal has no {path} to take away");
        self
    }

    /// With one text of a file for another, once.
    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> TestSite {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, text.replacen(from, to, 1))
    }

    /// Without any file whose path holds this.
    pub(crate) fn without_all(mut self, part: &str) -> TestSite {
        self.files.retain(|path, _| !path.contains(part));
        self
    }

    /// The day it is, for rules that ask.
    pub(crate) fn today(mut self, day: &str) -> TestSite {
        self.days.0 = Some(day.to_owned());
        self
    }

    /// The day a build takes place.
    pub(crate) fn built_on(mut self, day: &str) -> TestSite {
        self.days.1 = Some(day.to_owned());
        self
    }

    /// Its files, beside the embedded ones.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = Sources::embedded();
        for (path, content) in &self.files {
            sources.add(path, content.clone());
        }
        for (path, refusal) in &self.refused {
            sources.refuse(path, refusal.clone());
        }
        sources
    }

    /// Reads content and profiles, and plans nothing.
    pub(crate) fn decode(&self) -> Report {
        let sources = self.sources();
        let mut report = Report::default();
        content::parse(&mut report, &sources);
        profile::resolve(&mut report, &sources, []);
        report
    }

    /// Plans the site and collects what is wrong, rendering nothing.
    pub(crate) fn check(&self) -> Checked {
        let sources = self.sources();
        let (today, held_after) = self.days.clone();
        let options = PlanOptions { today, held_after, ..PlanOptions::default() };
        let (site, report) = plan_with(&sources, &options);
        Checked { sources, site, report }
    }

    /// As `mingbai check --against`: what was changed since an earlier state is reported, too.
    pub(crate) fn check_against(&self, earlier: &TestSite) -> Checked {
        let before = earlier.check();
        let Checked { sources, site, mut report } = self.check();
        let found = Report::default();
        let Site { portal, vault, .. } = &site;
        let now = State { portal, vault, report: &found, part: "" };
        unrecorded(&mut report, &before.state(), &now);
        order(&sources, &mut report);
        Checked { sources, site, report }
    }

    /// As `mingbai check`: plans, and renders every path if no error stands in the way.
    pub(crate) fn check_pages(&self) -> Checked {
        let Checked { sources, site, mut report } = self.check();
        if !report.has_errors() {
            for path in site.paths() {
                render(&mut report, &sources, &site, &path);
            }
            order(&sources, &mut report);
        }
        Checked { sources, site, report }
    }

    /// One file of the site as text. Panics with the report where something is wrong.
    pub(crate) fn page(&self, path: &str) -> String {
        let Checked { sources, site, mut report } = self.check();
        let bytes = render(&mut report, &sources, &site, path);
        let wrong = human::render(&sources, &report, Language::English, false);
        assert!(!report.has_errors(), "{path} should be rendered without errors:\n{wrong}");
        let bytes =
            bytes.unwrap_or_else(|| panic!("the site has no {path}, only {:#?}", site.paths()));
        String::from_utf8(bytes).expect("what is rendered as text is UTF-8")
    }
}

/// Where a path stands in the portal.
fn at_home(path: &str) -> String {
    if ROOTS.iter().any(|root| path.starts_with(root)) {
        path.to_owned()
    } else {
        format!("{DISCLOSURE}/{path}")
    }
}

/// A planned portal and what was found wrong with it.
pub(crate) struct Checked {
    /// Its files.
    pub(crate) sources: Sources,
    /// What would be published.
    pub(crate) site: Site,
    /// What is wrong.
    pub(crate) report: Report,
}

impl Checked {
    /// The state that it is, whole.
    pub(crate) fn state(&self) -> State<'_> {
        let Site { portal, vault, .. } = &self.site;
        State { portal, vault, report: &self.report, part: "" }
    }

    /// The report as people read it, without colour; empty when nothing is wrong.
    pub(crate) fn human(&self, language: Language) -> String {
        human::render(&self.sources, &self.report, language, false).trim_end().to_owned()
    }

    /// The report a line each.
    pub(crate) fn concise(&self, language: Language) -> String {
        concise::render(&self.sources, &self.report, language)
    }

    /// The ids of what was found, in order.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.report.diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect()
    }
}

/// Every text of a YAML file by its data path, which goes on from `root`.
pub(crate) fn yaml_texts(root: &str, text: &str) -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let id = sources.add("texts.yaml", text);
    let mut all = BTreeMap::new();
    if let Some(node) = yaml::parse(&mut Report::default(), id, sources.file(id)) {
        gather(&node, root.to_owned(), &mut all);
    }
    all
}

fn gather(node: &Node, path: String, all: &mut BTreeMap<String, String>) {
    match &node.kind {
        Kind::Scalar(text) => drop(all.insert(path, text.clone())),
        Kind::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(item, format!("{path}[{index}]"), all);
            }
        }
        Kind::Mapping(entries) => {
            for (key, value) in entries {
                gather(value, format!("{path}.{}", key.text), all);
            }
        }
        Kind::Null => {}
    }
}
