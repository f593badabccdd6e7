//! The parent of the workers: starts them, starts them again where an input ended one, keeps the
//! inputs that failed, counts.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::Context;

use super::corpus::Corpus;
use super::input::{self, TARGETS};
use super::trial::Fault;
use super::worker::{self, Share, Word};

/// After how long at one execution a worker is ended.
const STUCK: Duration = Duration::from_secs(20);
/// How many inputs of one kind of failure are kept.
const KEPT: usize = 3;

/// A worker that runs.
struct Running {
    child: Child,
    share: Share,
    /// The execution it was last seen at, and since when.
    seen: (Option<u64>, Instant),
}

/// Failures that are told apart by what they say, but for its figures and quotations.
#[derive(Default)]
struct Tally {
    faults: BTreeMap<(Fault, String), Vec<(u64, String)>>,
    counts: BTreeMap<&'static str, u64>,
    slowest: (u64, u64),
}

/// Runs the workers until executions or time are used up; whether nothing went wrong.
pub(crate) fn run(share: &Share, folder: &Path) -> anyhow::Result<bool> {
    fs::create_dir_all(folder).with_context(|| format!("cannot write {}", folder.display()))?;
    let started = Instant::now();
    let (sender, words) = channel();
    let mut tally = Tally::default();
    let mut workers = Vec::new();
    for first in 0..share.step {
        let state = folder.join(format!("worker-{first}"));
        workers.push(start(Share { first, state, ..share.clone() }, &sender)?);
    }
    while !workers.is_empty() {
        std::thread::sleep(Duration::from_millis(50));
        let mut going = Vec::new();
        for mut worker in workers {
            let Some(status) = ended(&mut worker)? else {
                going.push(worker);
                continue;
            };
            let next = tally.take(&words, &worker, status);
            let left = share.seconds.saturating_sub(started.elapsed().as_secs());
            if let Some(first) = next.filter(|first| *first < share.end && left > 0) {
                going.push(start(Share { first, seconds: left, ..worker.share }, &sender)?);
            } else {
                let _ = fs::remove_file(&worker.share.state);
            }
        }
        workers = going;
    }
    tally.listen(&words);
    tally.print(share, folder, started.elapsed())
}

fn start(share: Share, sender: &Sender<Word>) -> anyhow::Result<Running> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--seed", &share.seed.to_string(), "--seconds", &share.seconds.to_string()]);
    command.args(share.only.iter().flat_map(|name| ["--target", name]));
    command.args(["--share", &share.first.to_string(), &share.step.to_string()]);
    command.arg(share.end.to_string()).arg(&share.state);
    // Workers are as many as asked for; none takes the cores of another.
    command.env("RAYON_NUM_THREADS", "1").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let out = child.stdout.take().context("a worker without output")?;
    let sender = sender.clone();
    std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        for word in lines.filter_map(|line| Word::read(&line)) {
            let _ = sender.send(word);
        }
    });
    Ok(Running { child, share, seen: (None, Instant::now()) })
}

/// How a worker ended, if it did; one that is stuck is ended.
fn ended(worker: &mut Running) -> anyhow::Result<Option<ExitStatus>> {
    let at = worker::at(&worker.share.state);
    if at != worker.seen.0 {
        worker.seen = (at, Instant::now());
    }
    if worker.seen.1.elapsed() > STUCK {
        worker.child.kill()?;
        return Ok(Some(worker.child.wait()?));
    }
    Ok(worker.child.try_wait()?)
}

impl Tally {
    fn listen(&mut self, words: &Receiver<Word>) {
        while let Ok(word) = words.recv_timeout(Duration::from_millis(100)) {
            match word {
                Word::Fault { fault, execution, why } => self.fault(fault, execution, why),
                Word::Slowest { micros, execution } => {
                    self.slowest = self.slowest.max((micros, execution));
                }
            }
        }
    }

    /// What a worker did; where to go on after an input that ended it.
    fn take(
        &mut self,
        words: &Receiver<Word>,
        worker: &Running,
        status: ExitStatus,
    ) -> Option<u64> {
        self.listen(words);
        let at = worker::at(&worker.share.state)?;
        let share = &worker.share;
        for execution in (share.first..=at).step_by(usize::try_from(share.step).unwrap_or(1)) {
            let target = share.only.unwrap_or_else(|| input::target(share.seed, execution));
            *self.counts.entry(target).or_default() += 1;
        }
        if status.success() {
            return None;
        }
        if worker.seen.1.elapsed() > STUCK {
            self.fault(Fault::Hang, at, format!("took over {} s", STUCK.as_secs()));
        } else {
            self.fault(Fault::Abort, at, format!("the process ended: {status}"));
        }
        Some(at + share.step)
    }

    fn fault(&mut self, fault: Fault, execution: u64, why: String) {
        self.faults.entry((fault, alike(&why))).or_default().push((execution, why));
    }

    fn print(&self, share: &Share, folder: &Path, took: Duration) -> anyhow::Result<bool> {
        let all: u64 = self.counts.values().sum();
        println!("| target | executions |\n|---|--:|");
        for (name, _) in TARGETS {
            if let Some(count) = self.counts.get(name) {
                println!("| {name} | {count} |");
            }
        }
        let rate = u128::from(all) * 1000 / took.as_millis().max(1);
        println!("\n{all} executions in {took:.1?}, {rate} a second, seed {}", share.seed);
        let (micros, execution) = self.slowest;
        println!("slowest: {} ms, execution {execution}", micros / 1000);
        for ((fault, _), cases) in &self.faults {
            let (execution, why) = &cases[0];
            println!("\n{} × {}: {why}", cases.len(), fault.word());
            for (execution, _) in &cases[..cases.len().min(KEPT)] {
                let file = keep(folder, share, fault.word(), *execution)?;
                println!("  cargo run --release --example fuzz -- --replay {}", file.display());
            }
            println!("  execution {execution}");
        }
        let count = |wanted: Fault| -> usize {
            let of = self.faults.iter().filter(|((fault, _), _)| *fault == wanted);
            of.map(|(_, cases)| cases.len()).sum()
        };
        println!(
            "\n{all} executions, {} aborts, {} hangs, {} findings without a place, {} broken laws",
            count(Fault::Abort),
            count(Fault::Hang),
            count(Fault::Place),
            count(Fault::Law)
        );
        Ok(self.faults.is_empty())
    }
}

/// Keeps the input of an execution in a file.
pub(crate) fn keep(
    folder: &Path,
    share: &Share,
    word: &str,
    execution: u64,
) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let corpus = Corpus::new();
    let input = input::of(&corpus, share.seed, execution, share.only);
    let file = folder.join(format!("{word}-{execution}"));
    fs::write(&file, input.keep(&corpus))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// What failures of one kind have in common: the words, without figures and quotations.
pub(crate) fn alike(why: &str) -> String {
    let why = why.strip_prefix("abort ").unwrap_or(why);
    // The place of a panic names it; what it says quotes the input.
    let head = match why.strip_prefix("panicked at ") {
        Some(rest) => rest.split(": ").next().unwrap_or_default(),
        None => why,
    };
    let mut quoted = false;
    let mut out = String::new();
    for c in head.chars() {
        match c {
            '"' | '`' | '“' | '”' => quoted = !quoted,
            c if quoted || (c.is_ascii_digit() && !why.starts_with("panicked")) => {}
            c => out.push(c),
        }
    }
    out.chars().take(100).collect()
}
