//! A worker: a process that executes every so-many-th input and says what went wrong. It writes
//! the number of an execution down before it begins, so that its parent can name the input that
//! ended the process.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::input::{self, Input};
use super::trial::{Bench, Fault};

/// What a worker is asked to do.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    pub(crate) seed: u64,
    pub(crate) first: u64,
    pub(crate) step: u64,
    pub(crate) end: u64,
    pub(crate) seconds: u64,
    pub(crate) only: Option<&'static str>,
    /// Where it writes down what it is at.
    pub(crate) state: PathBuf,
}

/// What a worker says on a line.
pub(crate) enum Word {
    /// An execution went wrong.
    Fault { fault: Fault, execution: u64, why: String },
    /// The longest execution so far of a worker, in microseconds.
    Slowest { micros: u64, execution: u64 },
}

impl Word {
    fn line(&self) -> String {
        match self {
            Word::Fault { fault, execution, why } => {
                format!("{} {execution} {}", fault.word(), why.replace(['\n', '\r'], " "))
            }
            Word::Slowest { micros, execution } => format!("slowest {execution} {micros}"),
        }
    }

    /// What a line says; nothing where it is none of a worker's.
    pub(crate) fn read(line: &str) -> Option<Word> {
        let mut words = line.splitn(3, ' ');
        let (word, execution, rest) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
        match word {
            "slowest" => Some(Word::Slowest { micros: rest.parse().ok()?, execution }),
            word => {
                let fault = Fault::ALL.into_iter().find(|fault| fault.word() == word)?;
                Some(Word::Fault { fault, execution, why: rest.to_owned() })
            }
        }
    }
}

/// Executes a share, on a stack as small as those of the program's own threads: in a pool of one of
/// them, so that what the program does side by side waits for no other thread.
pub(crate) fn run(share: &Share) -> io::Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(io::Error::other)?;
    catch_unwind(AssertUnwindSafe(|| pool.install(|| work(share))))
        .unwrap_or_else(|_| Err(io::Error::other("the worker itself panicked")))
}

fn work(share: &Share) -> io::Result<()> {
    let bench = Bench::new();
    let state = File::create(&share.state)?;
    let started = Instant::now();
    let mut slowest = Duration::ZERO;
    let mut execution = share.first;
    while execution < share.end && started.elapsed() < Duration::from_secs(share.seconds) {
        state.write_at(&execution.to_le_bytes(), 0)?;
        let input = input::of(&bench.corpus, share.seed, execution, share.only);
        let (took, fault) = bench.run(&input, false);
        if took > slowest {
            slowest = took;
            let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
            say(&Word::Slowest { micros, execution })?;
        }
        if let Some((fault, why)) = fault {
            say(&Word::Fault { fault, execution, why })?;
        }
        execution += share.step;
    }
    Ok(())
}

fn say(word: &Word) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", word.line())?;
    out.flush()
}

/// The execution a worker was at; nothing before its first.
pub(crate) fn at(state: &Path) -> Option<u64> {
    let bytes = fs::read(state).ok()?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// Executes one input that was kept and says what went wrong, as `fault why`; all is looked at.
pub(crate) fn replay(file: &Path) -> io::Result<Option<(Fault, String)>> {
    let text = fs::read(file)?;
    let worker = std::thread::spawn(move || {
        let bench = Bench::new();
        let input = Input::kept(&bench.corpus, &text)?;
        let (took, fault) = bench.run(&input, true);
        eprintln!("{} in {took:.1?}", input.target);
        Some(fault)
    });
    let replayed = worker.join().unwrap_or_default();
    replayed.ok_or_else(|| io::Error::other("no input that was kept"))
}
