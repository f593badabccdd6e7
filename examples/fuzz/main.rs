//! The fuzzing bench: portals and texts made wrong in every way it knows, given to the program in
//! this process, millions of them. Nothing may end the process, take over a second, or be found
//! without a place the author can open. The same seed makes the same inputs.
//!
//! ```sh
//! cargo run --release --example fuzz -- --seconds 60
//! cargo run --release --example fuzz -- --executions 3000000 --seed 1
//! cargo run --release --example fuzz -- --target profiles --seconds 60
//! cargo run --release --example fuzz -- --replay target/fuzz/abort-17   # an input that was kept
//! cargo run --release --example fuzz -- --minimise target/fuzz/abort-17 # the same, smaller
//! ```
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "the bench stands outside: it writes down what it found and speaks"
)]

mod corpus;
mod input;
mod minimise;
mod mutate;
mod parts;
mod portal;
mod random;
mod tally;
mod trial;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use worker::Share;

/// Pages are made of many small texts: the program's allocator, so that its threads behave alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Mutates portals and texts and gives them to the program.
#[derive(Parser)]
struct Arguments {
    /// Stop after so many seconds [60 where no number of executions is asked for].
    #[arg(long)]
    seconds: Option<u64>,
    /// Stop after so many executions in all.
    #[arg(long)]
    executions: Option<u64>,
    /// What the inputs are made from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this target.
    #[arg(long)]
    target: Option<String>,
    /// Processes side by side.
    #[arg(long, default_value_t = 2)]
    workers: u64,
    /// Where inputs that fail are kept.
    #[arg(long, default_value = "target/fuzz")]
    keep: PathBuf,
    /// Execute one input that was kept.
    #[arg(long)]
    replay: Option<PathBuf>,
    /// Make an input that was kept as small as its failure allows.
    #[arg(long)]
    minimise: Option<PathBuf>,
    /// Write down the input of this execution, as if it had failed.
    #[arg(long)]
    show: Option<u64>,
    /// The share of a worker: first execution, step, end; the file it writes down its place in.
    #[arg(long, num_args = 4, hide = true)]
    share: Option<Vec<String>>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether all went well.
fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let only = match &arguments.target {
        Some(name) => Some(input::named(name).ok_or_else(|| {
            let known: Vec<&str> = input::TARGETS.iter().map(|(name, _)| *name).collect();
            anyhow::anyhow!("there is no target {name}, only: {}", known.join(", "))
        })?),
        None => None,
    };
    let seconds = arguments.seconds.or(arguments.executions.is_none().then_some(60));
    let share = Share {
        seed: arguments.seed,
        first: 0,
        step: arguments.workers.max(1),
        end: arguments.executions.unwrap_or(u64::MAX),
        seconds: seconds.unwrap_or(u64::MAX),
        only,
        state: PathBuf::new(),
    };
    if let Some(words) = &arguments.share {
        let number = |index: usize| words[index].parse::<u64>();
        let (first, step, end) = (number(0)?, number(1)?, number(2)?);
        let state = PathBuf::from(&words[3]);
        worker::run(&Share { first, step, end, state, ..share })?;
        return Ok(true);
    }
    if let Some(file) = &arguments.replay {
        let fault = worker::replay(file)?;
        match &fault {
            Some((fault, why)) => println!("{} {why}", fault.word()),
            None => println!("nothing wrong"),
        }
        return Ok(fault.is_none());
    }
    if let Some(file) = &arguments.minimise {
        minimise::run(file)?;
        return Ok(true);
    }
    if let Some(execution) = arguments.show {
        println!("{}", tally::keep(&arguments.keep, &share, "shown", execution)?.display());
        return Ok(true);
    }
    tally::run(&share, &arguments.keep)
}
