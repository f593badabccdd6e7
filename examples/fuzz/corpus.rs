//! What mutations start from: the small portals of the tests, every example of a rule page laid
//! over the smallest, the embedded profiles and theme, and the YAML of the documentation.

use std::collections::BTreeMap;

use include_dir::{Dir, DirEntry, include_dir};
use mingbai::check;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::source::Sources;

static SITES: Dir = include_dir!("$CARGO_MANIFEST_DIR/tests/sites");
static CONTENT: Dir = include_dir!("$CARGO_MANIFEST_DIR/content");
const CONFIG: &str = include_str!("../../mingbai.yaml");
const DOCS: [&str; 3] = [
    include_str!("../../docs/profiles.md"),
    include_str!("../../docs/authoring.md"),
    include_str!("../../docs/templates.md"),
];

/// What stands at the root of a portal; other paths of rule pages are the disclosure's.
const ROOTS: [&str; 5] = ["mingbai.yaml", "content/", "profiles/", "themes/", "static/"];
/// The one disclosure of the smallest portal.
const DISCLOSURE: &str = "content/demo/2025-budget";

/// Static files and accessibility statements no example has.
const EXTRA: [(&str, &str); 7] = [
    (
        "static/own.css",
        "@media (min-width:40em){.a>b{color:rgb(1 2 3/50%);margin:calc(1px + 2%)}}\n",
    ),
    ("static/own.js", "(() => { const a = [1, 2]; for (const b of a) console.log(`${b}`); })();\n"),
    ("static/own.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0L1 1\"/></svg>\n"),
    (
        "static/own.html",
        "<!doctype html><title>x</title><p style=\"a\">100.00 <a href=index.html>y</a>\n",
    ),
    ("static/own.txt", "100.00万元\n"),
    ("content/accessibility.md", "# 无障碍\n\n见[首页](index.html)。\n\n- 一\n- 二\n"),
    (
        "content/glossary.yaml",
        "基本支出: { also: [基本], definition: 日常支出 }\n项目支出: { also: [项目] }\n",
    ),
];

/// The files of a portal by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a file is, by what it is called in a run.
pub(crate) fn kind(path: &str) -> &'static str {
    let has = |part: &str| path.contains(part);
    match path.split('/').next() {
        Some("profiles") => "profiles",
        Some("themes") => "themes",
        Some("static") => "static",
        Some("content") if has("/tables/") => "tables",
        Some("content") if has("/projects/") => "projects",
        Some("content") if path.ends_with(".md") => "markdown",
        Some("content") if has("/organisation.") || has("/disclosure.") => "heads",
        Some("content") => "glossary",
        _ => "configuration",
    }
}

/// Everything mutations start from.
pub(crate) struct Corpus {
    /// The smallest portal: inputs are kept as what differs from it.
    pub(crate) minimal: Files,
    /// Whole portals.
    pub(crate) portals: Vec<Files>,
    /// Files by kind, with their paths.
    pub(crate) files: BTreeMap<&'static str, Vec<(String, Vec<u8>)>>,
    /// Lines by kind of file.
    pub(crate) lines: BTreeMap<&'static str, Vec<String>>,
    /// Words of all files.
    pub(crate) words: Vec<String>,
    /// The embedded files: what every portal stands on.
    pub(crate) ground: Sources,
}

impl Corpus {
    pub(crate) fn new() -> Corpus {
        let ground = Sources::embedded();
        let minimal = folder(SITES.get_dir("minimal").expect("the smallest portal"), "minimal/");
        let mut portals = vec![minimal.clone()];
        for code in check::codes() {
            for changes in examples(code.page) {
                let mut portal = minimal.clone();
                for (path, content) in changes {
                    match content {
                        Some(content) => portal.insert(path, content),
                        None => portal.remove(&path),
                    };
                }
                portals.push(portal);
            }
        }
        for dir in SITES.dirs().filter(|dir| dir.path().to_string_lossy() != "minimal") {
            portals.push(folder(dir, &format!("{}/", dir.path().to_string_lossy())));
        }
        let mut corpus = Corpus {
            minimal,
            portals,
            files: BTreeMap::new(),
            lines: BTreeMap::new(),
            words: Vec::new(),
            ground,
        };
        corpus.gather();
        corpus
    }

    fn gather(&mut self) {
        let text = |text: &str| text.as_bytes().to_vec();
        let mut all: Vec<(String, Vec<u8>)> = Vec::new();
        for portal in &self.portals {
            all.extend(portal.clone());
        }
        all.extend(EXTRA.iter().map(|(path, content)| ((*path).to_owned(), text(content))));
        all.push(("mingbai.yaml".to_owned(), text(CONFIG)));
        for top in ["profiles", "themes/default"] {
            for (file, path) in self.ground.embedded_files(top) {
                all.push((path.to_owned(), self.ground.file(file).bytes().to_vec()));
            }
        }
        all.extend(
            folder(&CONTENT, "")
                .into_iter()
                .map(|(path, content)| (format!("content/{path}"), content)),
        );
        all.sort();
        all.dedup();
        for (path, content) in all {
            let (kind, content_text) =
                (kind(&path), String::from_utf8_lossy(&content).into_owned());
            let lines = self.lines.entry(kind).or_default();
            lines.extend(content_text.lines().map(str::to_owned));
            self.words.extend(words(&content_text));
            self.files.entry(kind).or_default().push((path, content));
        }
        for page in DOCS {
            let fences =
                page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
            let lines: Vec<String> = fences.flat_map(str::lines).map(str::to_owned).collect();
            self.words.extend(lines.iter().flat_map(|line| words(line)));
            for kind in ["profiles", "configuration", "heads"] {
                self.lines.entry(kind).or_default().extend(lines.clone());
            }
        }
        self.add_rendered();
        for list in self.lines.values_mut().chain([&mut self.words]) {
            list.sort();
            list.dedup();
        }
    }

    /// Pages of the smallest portal, and styles and scripts wherever they stand.
    fn add_rendered(&mut self) {
        let sources = self.sources(&self.minimal);
        let (site, mut report) = plan(&sources, false);
        let pages = site.paths().into_iter().filter(|path| path.ends_with(".html"));
        let pages: Vec<(String, Vec<u8>)> = pages
            .filter_map(|path| Some((path.clone(), render(&mut report, &sources, &site, &path)?)))
            .collect();
        self.files.insert("pages", pages);
        for (kind, ending) in [("styles", ".css"), ("scripts", ".js")] {
            let all = self.files.values().flatten().filter(|(path, _)| path.ends_with(ending));
            let all: Vec<(String, Vec<u8>)> = all.cloned().collect();
            self.files.insert(kind, all);
        }
    }

    /// A portal as sources.
    pub(crate) fn sources(&self, files: &Files) -> Sources {
        let mut sources = self.ground.clone();
        for (path, content) in files {
            sources.add(path, content.clone());
        }
        sources
    }
}

/// Words, and runs of Han characters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.split(move |c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned)
}

fn folder(dir: &Dir, root: &str) -> Files {
    let mut files = Files::new();
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => files.extend(folder(dir, root)),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
                files.insert(path, file.contents().to_vec());
            }
        }
    }
    files
}

/// What the sections of a rule page lay over the smallest portal; nothing for a file taken away.
fn examples(page: &str) -> Vec<Vec<(String, Option<Vec<u8>>)>> {
    let mut sections = Vec::new();
    for section in page.split("\n## ").skip(1) {
        let mut changes = Vec::new();
        let mut lines = section.lines();
        while let Some(line) = lines.next() {
            let marker = &line[..line.len() - line.trim_start_matches('`').len()];
            if marker.len() < 3 {
                continue;
            }
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != marker).collect();
            let info: Vec<&str> = line[marker.len()..].split_whitespace().collect();
            if let ["yaml" | "markdown" | "html", path, more @ ..] = info.as_slice() {
                let is_home = !ROOTS.iter().any(|root| path.starts_with(root));
                let path =
                    if is_home { format!("{DISCLOSURE}/{path}") } else { (*path).to_owned() };
                let content = (text.join("\n") + "\n").into_bytes();
                changes.push((path, (more != ["remove"]).then_some(content)));
            }
        }
        if !changes.is_empty() {
            sections.push(changes);
        }
    }
    sections
}
