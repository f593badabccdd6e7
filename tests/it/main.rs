//! The integration tests, one binary: sentences over the [`bench`].

mod bench;
mod cli;
mod docs;
mod golden;
mod publish;
mod rules;
mod seeds;
mod serve;
mod tidy;
