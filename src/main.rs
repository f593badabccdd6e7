//! Parse arguments, run, exit code.

use std::process::ExitCode;

use clap::Parser;

use mingbai::cli::Cli;
use mingbai::cmd;

fn main() -> ExitCode {
    cmd::run(&Cli::parse())
}
