//! The integration tests, one binary: sentences over the [`bench`].

mod bench;
mod cli;
mod golden;
mod publish;
mod rules;
mod serve;
mod tidy;
