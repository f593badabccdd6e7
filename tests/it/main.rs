//! The integration tests, one binary: sentences over the [`bench`].

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests stand outside: they read, write and speak"
)]

mod bench;
mod cli;
mod docs;
mod examples;
mod golden;
mod publish;
mod rules;
mod secrecy;
mod seeds;
mod serve;
mod tidy;
