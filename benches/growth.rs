//! How the work grows with what is asked for: each portal of `tests/growth/inputs.rs` at 1, 2, 4, 8 and 16 times a size,
//! and the exponent of the time it takes. 1 is work that grows as the input does. Ends with 1 where an exponent
//! is above 1.2.
//!
//! ```sh
//! cargo bench --bench growth                 # every input
//! cargo bench --bench growth -- headings     # those whose name holds a word
//! cargo bench --bench growth -- --times 10   # from ten times the smallest size
//! ```
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "the figures are the result")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::{concise, github, human, json, order, sarif};
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::source::Sources;

#[path = "../tests/growth/inputs.rs"]
mod inputs;

/// What an exponent may be.
const LIMIT: f64 = 1.2;

/// The sizes, in times the smallest.
const SIZES: [usize; 5] = [1, 2, 4, 8, 16];

/// Below this a time says little.
const LITTLE: f64 = 0.005;

/// The smallest portal, to whose files those of an input are added.
const SMALLEST: &[(&str, &str)] = &[
    ("mingbai.yaml", include_str!("../tests/sites/minimal/mingbai.yaml")),
    (
        "profiles/test/minimal.yaml",
        include_str!("../tests/sites/minimal/profiles/test/minimal.yaml"),
    ),
    (
        "content/demo/organisation.yaml",
        include_str!("../tests/sites/minimal/content/demo/organisation.yaml"),
    ),
];

/// The files of its disclosure.
const DISCLOSURE: &[(&str, &str)] = &[
    (
        "disclosure.yaml",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/disclosure.yaml"),
    ),
    (
        "narrative/01-duties.md",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/narrative/01-duties.md"),
    ),
    (
        "narrative/02-explanation.md",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/narrative/02-explanation.md"),
    ),
    (
        "projects/01-science-day.yaml",
        include_str!(
            "../tests/sites/minimal/content/demo/2025-budget/projects/01-science-day.yaml"
        ),
    ),
    (
        "tables/expenditure.yaml",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/tables/expenditure.yaml"),
    ),
    (
        "tables/funds.yaml",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/tables/funds.yaml"),
    ),
    (
        "tables/overview.yaml",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/tables/overview.yaml"),
    ),
    (
        "tables/procurement.yaml",
        include_str!("../tests/sites/minimal/content/demo/2025-budget/tables/procurement.yaml"),
    ),
];

/// The stages that are measured.
const STAGES: [&str; 3] = ["plan", "print", "render"];

fn main() -> ExitCode {
    // One thread, this one: what the work costs, not how well it is spread.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("no pool was used yet");
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let (times, words) = match arguments.iter().position(|word| word == "--times") {
        Some(at) => {
            let times = arguments.get(at + 1).and_then(|times| times.parse().ok()).unwrap_or(1);
            (times, [&arguments[..at], arguments.get(at + 2..).unwrap_or_default()].concat())
        }
        None => (1, arguments),
    };
    let is_wanted =
        |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    println!(
        "{:<40} {:>8}  {:<8} {:>9} {:>9}  exponent",
        "input", "largest", "stage", "1x s", "16x s"
    );
    let mut worst = Vec::new();
    for input in inputs::all().into_iter().filter(|input| is_wanted(input.name)) {
        let sizes = SIZES.map(|size| input.base * times * size);
        let took = sizes.map(|size| measure((input.make)(size)));
        for (stage, name) in STAGES.iter().enumerate() {
            let of = took.map(|times| times[stage]);
            let exponent = exponent(&of);
            let is_bad = exponent.is_some_and(|exponent| exponent > LIMIT);
            let sign = if is_bad { " !" } else { "" };
            let says = exponent.map_or("-".to_owned(), |exponent| format!("{exponent:.2}"));
            println!(
                "{:<40} {:>8}  {name:<8} {:>9.3} {:>9.3}  {says}{sign}",
                input.name, sizes[4], of[0], of[4]
            );
            if is_bad {
                worst.push(input.name);
            }
        }
    }
    worst.dedup();
    println!("\n{} inputs grow faster than they should", worst.len());
    if worst.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The slope of the logarithms by least squares, over the times that say something.
fn exponent(times: &[f64; 5]) -> Option<f64> {
    let points = SIZES.iter().zip(times).filter(|(_, time)| **time >= LITTLE);
    #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
    let points: Vec<(f64, f64)> =
        points.map(|(size, time)| ((*size as f64).ln(), time.ln())).collect();
    if points.len() < 3 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "five at most")]
    let count = points.len() as f64;
    let (x, y) =
        points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let along: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let across: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    Some(along / across)
}

/// The least seconds each stage takes, of up to three runs.
fn measure(files: inputs::Files) -> [f64; 3] {
    let mut sources = Sources::embedded();
    for (path, text) in SMALLEST {
        sources.add(path, *text);
    }
    for (path, text) in DISCLOSURE {
        sources.add(&format!("content/demo/2025-budget/{path}"), *text);
    }
    for (path, text) in files {
        sources.add(&path, text);
    }
    let mut least = [f64::MAX; 3];
    for _ in 0..3 {
        let took = run(&sources);
        for (least, took) in least.iter_mut().zip(took) {
            *least = least.min(took.as_secs_f64());
        }
        if took.iter().sum::<Duration>() > Duration::from_secs(2) {
            break;
        }
    }
    least
}

fn run(sources: &Sources) -> [Duration; 3] {
    let start = now();
    let (site, mut report) = plan(sources, false);
    let planned = now();
    order(sources, &mut report);
    human::render(sources, &report, Language::English, false);
    concise::render(sources, &report, Language::Chinese);
    json::render(sources, &report);
    github::render(sources, &report, Language::Chinese);
    sarif::render(sources, &report, Language::Chinese);
    let printed = now();
    for path in site.paths() {
        let mut report = Report::default();
        render(&mut report, sources, &site, &path);
        order(sources, &mut report);
    }
    [(start, planned), (planned, printed), (printed, now())]
        .map(|(from, to)| to.saturating_sub(from))
}

/// The time this thread was at work, where the system says it; else what the clock says.
fn now() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    // The system counts a thread's work up when the thread gives way, else at the next tick only.
    std::thread::yield_now();
    let worked = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked =
        worked.and_then(|text| text.split(' ').next()?.parse().ok()).map(Duration::from_nanos);
    worked.unwrap_or_else(|| START.elapsed())
}
