//! Work grows as the input does: what takes far more than four times the time at four times the size is found.
//! `cargo bench --bench growth` measures all of it, more closely.

use std::time::{Duration, Instant};

use mingbai::findings::{concise, human, json};
use mingbai::plan::plan;
use mingbai::source::Sources;

use crate::bench::TestSite;
use mingbai::diagnostic::Language;

#[path = "../growth/inputs.rs"]
mod inputs;

/// What is tried here, each a second at most: of every kind of list one or two.
const TRIED: &[&str] = &[
    "rows of one name",
    "total rows",
    "codes without a parent",
    "sums that do not hold",
    "rows the form does not print",
    "rows the form prints, from below",
    "equal headings",
    "bound figures of a paragraph",
    "unbound figures of a paragraph",
    "figures with names",
    "keys of a mapping",
    "one key again and again",
    "acceptances that are used",
    "projects of one name",
    "profiles that extend each other",
    "entries that a profile puts in a place",
];

/// Four times the size may take so many times the time; what grows with the square takes sixteen times.
const AT_MOST: u32 = 8;

#[test]
fn four_times_the_size_is_no_more_than_a_few_times_the_work() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    let pool = pool.expect("a pool of this thread");
    let all = inputs::all();
    let tried: Vec<_> = all.iter().filter(|input| TRIED.contains(&input.name)).collect();
    assert_eq!(tried.len(), TRIED.len(), "every input that is tried is there");
    pool.install(|| {
        for input in tried {
            let files = |times: usize| site((input.make)(input.base * times));
            let (small, large) = (files(1), files(4));
            // A busy machine may fool one measurement, and not three.
            let grows = || work(&large) > work(&small) * AT_MOST;
            assert!(!(grows() && grows() && grows()), "{} grows too fast", input.name);
        }
    });
}

#[test]
fn every_input_of_the_bench_can_be_made() {
    for input in inputs::all() {
        assert!(!(input.make)(2).is_empty(), "{} has files", input.name);
    }
}

fn site(files: inputs::Files) -> Sources {
    files
        .into_iter()
        .fold(TestSite::minimal(), |site, (path, text)| site.write(&path, text))
        .sources()
}

/// The time it takes to plan a portal and to print what is found.
fn work(sources: &Sources) -> Duration {
    let start = now();
    let (_, report) = plan(sources, false);
    human::render(sources, &report, Language::English, false);
    concise::render(sources, &report, Language::English);
    json::render(sources, &report);
    now().saturating_sub(start)
}

/// The time this thread was at work, where the system says it; else what the clock says.
fn now() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    // The system counts a thread's work up when the thread gives way, else at the next tick only.
    std::thread::yield_now();
    let worked = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked = worked.and_then(|text| text.split(' ').next()?.parse().ok());
    worked.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
