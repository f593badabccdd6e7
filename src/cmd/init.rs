//! `init`: a new portal.
use super::Outcome;
use crate::cli::{Global, Init};
/// Runs the command.
pub fn run(_: &Global, _: &Init) -> anyhow::Result<Outcome> {
    Ok(Outcome::Clean)
}
