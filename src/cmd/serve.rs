//! `serve`: preview.
use super::Outcome;
use crate::cli::{Global, Serve};
/// Runs the command.
pub fn run(_: &Global, _: &Serve) -> anyhow::Result<Outcome> {
    Ok(Outcome::Clean)
}
