//! `completions`: a script for the user's shell.

use clap::CommandFactory;

use super::{Outcome, print};
use crate::cli::{Cli, Completions};

/// Runs the command.
pub(super) fn run(arguments: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Cli::command(),
        env!("CARGO_PKG_NAME"),
        &mut script,
    );
    print(&String::from_utf8(script)?);
    Ok(Outcome::Clean)
}
