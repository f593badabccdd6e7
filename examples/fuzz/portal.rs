//! What must hold of any portal, whatever its files say: it is planned, checked, rendered and
//! reported on, and each finding has a place.

use std::collections::BTreeSet;
use std::fmt::Write;

use mingbai::diagnostic::{Diagnostic, Language, Report, Severity};
use mingbai::findings::{concise, github, human, json, order, sarif};
use mingbai::locate::Locator;
use mingbai::plan::{NamedProfiles, PlanOptions, Retained, is_head};
use mingbai::render::{look_through, render};
use mingbai::site::{Recipe, Site};
use mingbai::source::{Place, Sources, Spot};

use super::corpus::Files;
use super::input::Input;
use super::trial::{Bench, Fault, Passes};

/// The longest name of a file that file systems take, in bytes, with room for the ending of a
/// staging file.
const LONGEST_NAME: usize = 255;

/// What of a portal is looked at beside its plan.
#[derive(Clone, Copy)]
struct Care {
    choice: u64,
    all: bool,
}

impl Care {
    /// True once in so many times, and where all is asked for; each bit of a choice is used once.
    fn one_in(self, times: u64, bit: u32) -> bool {
        self.all || (self.choice >> bit).is_multiple_of(times)
    }
}

/// Takes a portal through the program. What does not hold is said in a sentence.
pub(crate) fn hold(
    bench: &Bench,
    input: &Input,
    all: bool,
    passes: &mut Passes,
) -> Result<(), (Fault, String)> {
    let care = Care { choice: input.choice, all };
    let sources = bench.corpus.sources(&input.files);
    let options = PlanOptions { drafts: care.one_in(2, 1), ..PlanOptions::default() };
    let first = passes.measure(|| once(bench, &sources, &options, care))?;
    if care.one_in(16, 2) {
        let second = passes.measure(|| once(bench, &sources, &options, care))?;
        if first != second {
            let why = format!("the same input gives another result: {}", differ(&first, &second));
            return Err((Fault::Law, why));
        }
    }
    if care.one_in(32, 6) {
        passes
            .measure(|| in_parts(bench, &input.files, &options))
            .map_err(|why| (Fault::Law, why))?;
    }
    Ok(())
}

fn once(
    bench: &Bench,
    sources: &Sources,
    options: &PlanOptions,
    care: Care,
) -> Result<String, (Fault, String)> {
    let (site, mut report) = bench.plan(sources, options);
    paths(sources, &site).map_err(|why| (Fault::Law, why))?;
    let mut out = String::new();
    if care.one_in(8, 13) && !report.has_errors() {
        look_through(&mut report, sources, &site);
        let is_clear = !report.has_errors();
        pages(sources, &site, &mut report, care, &mut out).map_err(|why| (Fault::Law, why))?;
        let mut errors = report.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        if let Some(found) = errors.next().filter(|_| is_clear) {
            let why = format!("a check is clear of errors and a build is not: {found:?}");
            return Err((Fault::Law, why));
        }
    } else {
        pages(sources, &site, &mut report, care, &mut out).map_err(|why| (Fault::Law, why))?;
    }
    order(sources, &mut report);
    // Each file is read once for all findings in it.
    let locator = Locator::new(sources);
    for found in report.diagnostics.iter().chain(&report.accepted) {
        places(&locator, found).map_err(|why| (Fault::Place, why))?;
    }
    formats(sources, &report, care, &mut out).map_err(|why| (Fault::Law, why))?;
    Ok(out)
}

/// Paths lead into the site, and a file system takes them; static files keep theirs.
fn paths(sources: &Sources, site: &Site) -> Result<(), String> {
    for path in site.paths() {
        let is_name =
            |name: &str| !name.is_empty() && name != "." && name != ".." && !name.contains('\0');
        if !path.split('/').all(is_name) {
            return Err(format!("a path that leads out of the site or nowhere: {path:?}"));
        }
        if path.split('/').any(|name| name.len() > LONGEST_NAME)
            && !matches!(site.recipes.get(&path), Some(Recipe::Asset(_)))
        {
            return Err("a path with a name no file system takes".to_owned());
        }
    }
    match sources.site_files("static").find(|(_, path)| !site.has(&path["static/".len()..])) {
        Some((_, path)) => Err(format!("{path} is not published where it stands")),
        None => Ok(()),
    }
}

/// Some pages and files, or all.
fn pages(
    sources: &Sources,
    site: &Site,
    report: &mut Report,
    care: Care,
    out: &mut String,
) -> Result<(), String> {
    let paths = site.paths();
    let count = if care.all { paths.len() } else { 3 };
    let start = usize::try_from(care.choice >> 20).unwrap_or_default();
    for path in (0..count)
        .map(|index| &paths[(start + index * 7) % paths.len()])
        .filter(|_| !paths.is_empty())
    {
        let Some(bytes) = render(report, sources, site, path) else {
            return Err(format!("no bytes for a path of the site: {path}"));
        };
        if matches!(site.recipes.get(path), Some(Recipe::Page(..)))
            && std::str::from_utf8(&bytes).is_err()
        {
            return Err(format!("a page that is not UTF-8: {path}"));
        }
        let _ = write!(out, "{path}:{};", digest(&bytes));
    }
    Ok(())
}

/// A number for bytes: FNV-1a.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A finding and all its places stand in files the author can open.
fn places(locator: &Locator, found: &Diagnostic) -> Result<(), String> {
    let id = found.code.id;
    if found.message.zh.trim().is_empty() || found.message.en.trim().is_empty() {
        return Err(format!("{id} says nothing"));
    }
    for place in
        std::iter::once(&found.primary).chain(found.related.iter().map(|label| &label.place))
    {
        let sources = locator.sources();
        let file = sources.file(place.file);
        if sources.is_embedded(place.file) {
            return Err(format!(
                "{id} stands in {}, which the author cannot open: {}",
                file.path, found.message.en
            ));
        }
        within(file.text(), place).map_err(|why| format!("{id} in {}: {why}", file.path))?;
        let range = locator.range(place);
        if file.text().get(range.clone()).is_none() {
            return Err(format!("{id} in {}: {range:?} is no stretch of the text", file.path));
        }
    }
    Ok(())
}

/// Bytes of a place that are bytes of the file.
fn within(text: &str, place: &Place) -> Result<(), String> {
    let Spot::Bytes(start, end) = place.spot else { return Ok(()) };
    if text.get(start..end).is_some() {
        return Ok(());
    }
    let length = text.len();
    Err(if start > end {
        format!("its place ends at {end} before it begins at {start}")
    } else if end > length {
        format!("its place {start}..{end} goes beyond {length} bytes")
    } else {
        format!("its place {start}..{end} cuts a character in two")
    })
}

/// Every format takes every report.
fn formats(sources: &Sources, report: &Report, care: Care, out: &mut String) -> Result<(), String> {
    out.push_str(&concise::render(sources, report, Language::Chinese));
    for language in [Language::Chinese, Language::English] {
        let turn = u32::from(language == Language::English);
        if care.one_in(4, 24 + turn) {
            out.push_str(&human::render(sources, report, language, care.one_in(2, 30)));
            out.push_str(&human::unproved(report, language));
        }
        if care.one_in(4, 32 + turn) {
            out.push_str(&github::render(sources, report, language));
            out.push_str(&concise::render(sources, report, language));
        }
        if care.one_in(8, 36 + turn) {
            let log = sarif::render(sources, report, language);
            let _: serde_json::Value = serde_json::from_str(&log)
                .map_err(|error| format!("SARIF that is no JSON: {error}"))?;
        }
    }
    if care.one_in(8, 40) {
        let text = json::render(sources, report);
        let _: serde_json::Value =
            serde_json::from_str(&text).map_err(|error| format!("JSON that is none: {error}"))?;
        out.push_str(&text);
    }
    Ok(())
}

/// Planned organisation by organisation, as the commands do, a portal has the same paths and the
/// same findings as planned at once.
fn in_parts(bench: &Bench, files: &Files, options: &PlanOptions) -> Result<(), String> {
    let sources = bench.corpus.sources(files);
    let (site, report) = bench.plan(&sources, options);
    let whole: BTreeSet<String> =
        site.paths().into_iter().chain(lines(&sources, &report)).collect();

    let organisation =
        |path: &str| Some(path.strip_prefix("content/")?.split_once('/')?.0.to_owned());
    // What all share comes first, so that it has the same ids in every part.
    let those = |wanted: &dyn Fn(&str) -> bool| -> Sources {
        let mut sources = bench.corpus.ground.clone();
        for is_own in [false, true] {
            let files = files.iter().filter(|(path, _)| organisation(path).is_some() == is_own);
            for (path, content) in files.filter(|(path, _)| wanted(path)) {
                sources.add(path, content.clone());
            }
        }
        sources
    };
    let mut report = Report::default();
    let named = NamedProfiles::of(
        &mut report,
        &those(&|path| organisation(path).is_none() || is_head(path)),
    );
    let shared = those(&|path| organisation(path).is_none() || named.wants(path));
    let common = named.common(&mut report, &shared, options.clone());
    let mut parts: BTreeSet<String> = lines(&shared, &report).collect();
    let mut retained = Vec::new();
    for name in files.keys().filter_map(|path| organisation(path)).collect::<BTreeSet<String>>() {
        let own = those(&|path| organisation(path).is_none_or(|other| other == name));
        let (site, found) = common.organisation(&own);
        parts.extend(site.paths().into_iter().chain(lines(&own, &found)));
        report.absorb(found);
        retained.push(Retained::of(&common, site, true));
    }
    let shared = those(&|path| organisation(path).is_none());
    // What is found of all of them depends on whether there are mistakes before it.
    let before = report.diagnostics.len();
    let site = common.shared_site(&mut report, &shared, retained);
    report.diagnostics.drain(..before);
    parts.extend(site.paths().into_iter().chain(lines(&shared, &report)));
    match whole.symmetric_difference(&parts).next() {
        Some(line) if whole.contains(line) => Err(format!("only planned at once: {line}")),
        Some(line) => Err(format!("only planned in parts: {line}")),
        None => Ok(()),
    }
}

fn lines(sources: &Sources, report: &Report) -> impl Iterator<Item = String> {
    let text = concise::render(sources, report, Language::English);
    text.lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Where two results part.
fn differ(one: &str, other: &str) -> String {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(30);
    let piece = |text: &str| text.chars().skip(from).take(80).collect::<String>();
    format!("{:?} and {:?}", piece(one), piece(other))
}
