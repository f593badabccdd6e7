//! The stages of a build, one after another, on the content of this repository and one thread: read, parse, assemble,
//! check, plan, render, minify, index, write. At the end what each is of a whole build.
//!
//! ```sh
//! cargo bench
//! ```
#![expect(clippy::print_stdout, reason = "the figures are the result")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use divan::Bencher;
use mingbai::content::{self, Content};
use mingbai::diagnostic::Report;
use mingbai::model::{Draft, assemble};
use mingbai::profile::{self, Profile};
use mingbai::publish::publish;
use mingbai::render::render;
use mingbai::site::{self, Recipe, Site};
use mingbai::source::Sources;
use mingbai::{check, minify, plan, theme};

/// What is read, and what is made of it, once.
struct Made {
    sources: Sources,
    site: Site,
    pages: Vec<(String, Vec<u8>)>,
    others: Vec<(String, Vec<u8>)>,
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let sources = read();
    let (site, _) = plan::plan(&sources, false);
    let (pages, others): (Vec<_>, Vec<_>) =
        site.recipes.iter().partition(|(_, recipe)| matches!(recipe, Recipe::Page(..)));
    let made = |paths: Vec<(&String, &Recipe)>| -> Vec<(String, Vec<u8>)> {
        paths.into_iter().map(|(path, _)| (path.clone(), rendered(&sources, &site, path))).collect()
    };
    let (pages, others) = (made(pages), made(others));
    Made { sources, site, pages, others }
});

fn main() {
    // One thread: what a stage costs, not how well it is spread.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("no pool was used yet");
    divan::main();
    shares();
}

#[divan::bench]
fn read() -> Sources {
    Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml").expect("this repository")
}

/// YAML and Markdown to content as written.
#[divan::bench]
fn parse() -> Content {
    content::parse(&mut Report::default(), &MADE.sources)
}

/// Profiles and content to the model.
#[divan::bench]
fn model(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(parse).bench_values(portal);
}

#[divan::bench(name = "check")]
fn checks(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| portal(parse())).bench_values(checked);
}

/// The model to every path of the site.
#[divan::bench(name = "plan")]
fn paths(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| portal(parse())).bench_values(planned);
}

/// Every page to bytes, made small as they are published.
#[divan::bench(name = "render")]
fn pages() {
    for (path, _) in &MADE.pages {
        black_box(rendered(&MADE.sources, &MADE.site, path));
    }
}

/// Every page made small once more, which costs about what it costs the first time.
#[divan::bench(name = "minify")]
fn small() {
    for (_, bytes) in &MADE.pages {
        black_box(minify::page(bytes));
    }
}

/// The index of the search: its making and its files.
#[divan::bench(name = "index")]
fn index(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| planned(portal(parse()))).bench_values(indexed);
}

/// A finished site into a fresh folder.
#[divan::bench(name = "write", sample_count = 20)]
fn written(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for scratch");
    let mut count = 0;
    let mut fresh = || {
        count += 1;
        folder.path().join(count.to_string())
    };
    let files = files();
    bencher.with_inputs(&mut fresh).bench_local_values(|output| write(&output, &files));
}

fn profiles(content: &Content, sources: &Sources) -> BTreeMap<String, Arc<Profile>> {
    let named: Vec<String> = assemble::profiles_named(content).collect();
    profile::resolve(&mut Report::default(), sources, named)
}

fn portal(content: Content) -> Draft {
    let profiles = profiles(&content, &MADE.sources);
    assemble::assemble(
        &mut Report::default(),
        &MADE.sources,
        content,
        &profiles,
        None,
        assemble::Wanted::default(),
    )
}

fn checked(portal: Draft) -> (Report, Draft) {
    let mut report = Report::default();
    check::run(&mut report, &portal, None);
    (report, portal)
}

fn planned(portal: Draft) -> Site {
    let report = &mut Report::default();
    let theme = Arc::new(theme::load(report, &MADE.sources, &portal.site));
    site::plan(report, &MADE.sources, theme, portal.redact())
}

fn rendered(sources: &Sources, site: &Site, path: &str) -> Vec<u8> {
    render(&mut Report::default(), sources, site, path).unwrap_or_default()
}

fn indexed(site: Site) -> (usize, Site) {
    let files = site.recipes.iter().filter(|(_, recipe)| matches!(recipe, Recipe::Search(_)));
    let bytes = files.map(|(path, _)| rendered(&MADE.sources, &site, path).len()).sum();
    (bytes, site)
}

fn files() -> BTreeMap<String, Vec<u8>> {
    MADE.pages.iter().chain(&MADE.others).cloned().collect()
}

fn write(output: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let paths: Vec<String> = files.keys().cloned().collect();
    publish(output, &paths, |path| Ok(files[path].clone())).expect("a fresh folder");
}

const STAGES: [&str; 9] = [
    "read",
    "parse",
    "model",
    "check",
    "plan",
    "render and minify",
    "of it minify",
    "index",
    "write",
];
const RUNS: usize = 7;

/// The median time of each stage, over some runs of one stage after another.
fn medians() -> [Duration; STAGES.len()] {
    fn timed<T>(took: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let made = black_box(work());
        took.push(started.elapsed());
        made
    }
    let mut took: [Vec<Duration>; STAGES.len()] = Default::default();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for scratch");
    for run in 0..RUNS {
        timed(&mut took[0], read);
        let content = timed(&mut took[1], parse);
        let model = timed(&mut took[2], || portal(content));
        let (_, model) = timed(&mut took[3], || checked(model));
        let site = timed(&mut took[4], || planned(model));
        timed(&mut took[5], pages);
        timed(&mut took[6], small);
        timed(&mut took[7], || indexed(site));
        let all = files();
        timed(&mut took[8], || write(&folder.path().join(run.to_string()), &all));
    }
    took.map(|mut all| {
        all.sort_unstable();
        all[all.len() / 2]
    })
}

/// Prints what each stage is of all of them together.
fn shares() {
    let medians = medians();
    // What minify takes is within what rendering takes.
    let whole = medians.iter().sum::<Duration>().saturating_sub(medians[6]);
    println!(
        "\n{} pages, {} other files; of all stages together:",
        MADE.pages.len(),
        MADE.others.len()
    );
    for (name, took) in STAGES.iter().zip(medians) {
        let share = 100.0 * took.as_secs_f64() / whole.as_secs_f64();
        println!("{name:<18} {:>9.2} ms {share:>6.1} %", took.as_secs_f64() * 1000.0);
    }
    let [render, minify] = [5, 6].map(|at| medians[at].as_secs_f64());
    println!("minify / the rest of rendering: {:.2}", minify / (render - minify).max(f64::EPSILON));
}
