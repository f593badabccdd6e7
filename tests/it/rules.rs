//! Every rule page is run. In a section of a page (`## …`), fences that name a
//! path are laid over the minimal portal, and a `text` fence must equal the
//! whole report; a section with files and no such fence must be clean.
//!
//! ````text
//! ```yaml tables/funds.yaml          this file is written
//! ```yaml tables/funds.yaml before   so it stands in the state that `check --against` names
//! ```yaml tables/funds.yaml remove   this file is taken away
//! ```yaml tables/funds.yaml bytes    \xB1 in it stands for that byte
//! ```yaml tables/funds.yaml link     this is a link to a file outside the portal
//! ```yaml tables/funds.yaml size     this file has so many bytes, and is too large
//! ```day                             the day it is, for rules that ask
//! ```hold                            the day a build takes place
//! ```text                            the report in Chinese
//! ```text en                         the report in English
//! ````
//!
//! `UPDATE_EXPECT=1 cargo test --test it` rewrites the `text` fences in place.

use mingbai::diagnostic::{Code, Language};
use mingbai::{check, codes};

use crate::bench::{Checked, TestSite};

/// Codes that planning and rendering never raise: what a page takes of time and memory is watched
/// by the commands (`watch.rs`), what was published before, and how large a
/// site is, are known to a build (`moved.rs`, `deploy.rs`).
const SILENT: [&str; 3] = ["W608", "W611", "W612"];

#[test]
fn the_minimal_portal_has_nothing_wrong() {
    let checked = TestSite::minimal().check_pages();
    assert_eq!(checked.human(Language::English), "");
    assert_eq!(checked.report.relations.within_rounding, 0, "its figures are round");
}

#[test]
fn every_page_names_its_code() {
    for code in check::codes() {
        let title = format!("# {} ({})", code.name, code.id);
        assert_eq!(code.page.lines().next(), Some(title.as_str()), "first line of {}", path(code));
    }
}

#[test]
fn every_page_has_a_failing_and_a_clean_example() {
    let mut wrong = Vec::new();
    for code in check::codes() {
        let runs: Vec<Run> = Page::of(code).sections.iter().filter_map(Section::run).collect();
        let fails = runs.iter().any(|run| run.expects && run.checked.codes().contains(&code.id));
        let passes = runs.iter().any(|run| !run.expects);
        if SILENT.contains(&code.id) {
            assert!(!fails, "{} can be provoked: take it off the list of silent codes", code.id);
        } else if !fails {
            wrong.push(format!("{}: no section fails with {}", path(code), code.id));
        }
        if !passes {
            wrong.push(format!("{}: no section passes", path(code)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "UPDATE_EXPECT asks this test to rewrite the pages")]
fn every_page_tells_the_truth() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1");
    let mut wrong = String::new();
    for code in check::codes() {
        let page = Page::of(code);
        if update {
            page.rewrite(code);
            continue;
        }
        for section in &page.sections {
            for (language, expected, found) in section.differences() {
                wrong.push_str(&format!(
                    "{} · {} · {language:?}\n--- the page says\n{expected}\n--- the report is\n{found}\n\n",
                    path(code),
                    section.title
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}UPDATE_EXPECT=1 cargo test --test it rewrites the pages");
}

/// A rule page: its sections, and the lines between their fences.
struct Page {
    sections: Vec<Section>,
}

/// A section: what it lays over the portal and what it expects.
struct Section {
    title: String,
    fences: Vec<Fence>,
    /// Links and templates are looked at too.
    renders: bool,
}

/// A fenced block: the lines it begins and ends at, its info string and its text.
struct Fence {
    lines: std::ops::Range<usize>,
    info: Vec<String>,
    text: String,
}

/// A section laid over the portal and checked.
struct Run {
    checked: Checked,
    expects: bool,
}

impl Page {
    fn of(code: &Code) -> Page {
        let renders = code.id.starts_with('W');
        let mut sections: Vec<Section> = Vec::new();
        let mut open: Option<(String, Fence)> = None;
        for (number, line) in code.page.lines().enumerate() {
            if let Some((marker, fence)) = &mut open {
                if line == marker {
                    fence.lines.end = number;
                    let fence = open.take().map(|(_, fence)| fence);
                    sections.last_mut().expect("a fence stands in a section").fences.extend(fence);
                } else {
                    fence.text.push_str(line);
                    fence.text.push('\n');
                }
            } else if let Some(title) = line.strip_prefix("## ") {
                sections.push(Section { title: title.to_owned(), fences: Vec::new(), renders });
            } else if line.starts_with("```") {
                let info = line.trim_start_matches('`');
                let fence = Fence {
                    lines: number + 1..number + 1,
                    info: info.split_whitespace().map(str::to_owned).collect(),
                    text: String::new(),
                };
                open = Some(("`".repeat(line.len() - info.len()), fence));
            }
        }
        assert!(open.is_none(), "a fence of {} is not closed", path(code));
        Page { sections }
    }

    /// Writes what the reports are into the `text` fences.
    #[expect(clippy::disallowed_methods, reason = "the author of a page asked for it")]
    fn rewrite(&self, code: &Code) {
        let mut lines: Vec<String> = code.page.lines().map(str::to_owned).collect();
        let fences = self.sections.iter().flat_map(|section| {
            section.fences.iter().filter_map(move |fence| Some((section, fence, fence.language()?)))
        });
        for (section, fence, language) in fences.collect::<Vec<_>>().into_iter().rev() {
            let report = section.run().map(|run| run.human(language)).unwrap_or_default();
            lines.splice(fence.lines.clone(), report.lines().map(str::to_owned));
        }
        let text = lines.join("\n") + "\n";
        if text != code.page {
            let file = format!("{}/{}", env!("CARGO_MANIFEST_DIR"), path(code));
            std::fs::write(&file, text)
                .unwrap_or_else(|error| panic!("cannot write {file}: {error}"));
        }
    }
}

impl Section {
    /// Lays its files over the minimal portal; nothing when it has none.
    fn run(&self) -> Option<Run> {
        let mut site = TestSite::minimal();
        let mut earlier: Option<TestSite> = None;
        let mut has_files = false;
        for fence in &self.fences {
            match fence.info.first().map(String::as_str) {
                Some("day") => site = site.today(fence.text.trim()),
                Some("hold") => site = site.built_on(fence.text.trim()),
                _ => {}
            }
            let Some(path) = fence.path() else { continue };
            has_files = true;
            site = match fence.info.get(2).map(String::as_str) {
                None => site.write(path, fence.text.as_str()),
                Some("before") => {
                    let before = earlier.take().unwrap_or_else(TestSite::minimal);
                    earlier = Some(before.write(path, fence.text.as_str()));
                    site
                }
                Some("remove") => site.without(path),
                Some("link") => site.link(path, fence.text.trim()),
                Some("size") => {
                    site.too_large(path, fence.text.trim().parse().expect("a size in bytes"))
                }
                Some("bytes") => site.write(path, bytes(&fence.text)),
                Some(word) => panic!("{}: what is `{word}` after {path}?", self.title),
            };
        }
        let expects = self.fences.iter().any(|fence| fence.language().is_some());
        assert!(has_files || !expects, "“{}” expects a report and lays no file", self.title);
        let checked = || match &earlier {
            Some(earlier) => site.check_against(earlier),
            None if self.renders => site.check_pages(),
            None => site.check(),
        };
        has_files.then(|| Run { checked: checked(), expects })
    }

    /// Where the report differs from the page: language, what the page says, what was found.
    fn differences(&self) -> Vec<(Language, String, String)> {
        let Some(run) = self.run() else { return Vec::new() };
        let mut expected: Vec<(Language, &str)> = self
            .fences
            .iter()
            .filter_map(|fence| Some((fence.language()?, fence.text.trim_end())))
            .collect();
        if expected.is_empty() {
            expected.push((Language::Chinese, ""));
        }
        expected
            .into_iter()
            .map(|(language, text)| (language, text.to_owned(), run.human(language)))
            .filter(|(_, expected, found)| expected != found)
            .collect()
    }
}

impl Fence {
    /// The file it is, where it names one.
    fn path(&self) -> Option<&str> {
        match self.info.as_slice() {
            [kind, path, ..] if matches!(kind.as_str(), "yaml" | "markdown" | "html" | "xml") => {
                Some(path)
            }
            _ => None,
        }
    }

    /// The language of the report it is, where it is one.
    fn language(&self) -> Option<Language> {
        let words: Vec<&str> = self.info.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["text"] => Some(Language::Chinese),
            ["text", "en"] => Some(Language::English),
            _ => None,
        }
    }
}

impl Run {
    /// The report without blanks at the ends of lines, which editors take away.
    fn human(&self, language: Language) -> String {
        let report = self.checked.human(language);
        report.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

/// The file of a page.
fn path(code: &Code) -> String {
    if codes::CODES.iter().any(|other| other.id == code.id) {
        format!("src/codes/{}.md", code.name)
    } else {
        format!("src/check/rules/{}.md", code.name.replace('-', "_"))
    }
}

/// Text in which `\xB1` stands for that byte.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at(2);
        out.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits follow \\x"));
        out.extend_from_slice(rest.as_bytes());
    }
    out
}
