//! Parse arguments, run, exit code.

use std::process::ExitCode;

use clap::Parser;

use mingbai::cli::Cli;
use mingbai::cmd;

/// Pages are made of many small texts: this allocator makes and drops them for less.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cmd::run(&Cli::parse())
}
