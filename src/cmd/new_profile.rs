//! `new profile`: a stub until written.
use super::Outcome;
use crate::cli::{Global, NewProfile};
pub(super) fn run(_global: &Global, _arguments: &NewProfile) -> anyhow::Result<Outcome> {
    anyhow::bail!("not yet")
}
