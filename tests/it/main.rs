//! The integration tests, one binary: sentences over the [`bench`].

mod bench;
mod rules;
