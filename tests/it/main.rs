//! The integration tests, one binary: sentences over the [`bench`].

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests stand outside: they read, write and speak"
)]

mod accepted;
mod addresses;
mod begin;
mod bench;
mod causes;
mod charts;
mod clerk;
mod cli;
mod compare;
mod csv;
mod conventions;
mod deploy;
mod diff;
mod docs;
mod english;
mod examples;
mod extends;
mod files;
mod first_portal;
mod forms;
mod fuzz;
mod golden;
mod limits;
mod marks;
mod moved;
mod named;
mod growth;
mod import_command;
mod import_hostile;
mod import_kinds;
mod import_seeds;
mod import_sheets;
mod import_texts;
mod import_workbook;
mod office;
mod outputs;
mod packages;
mod parts;
mod pdf;
mod prose;
mod reader;
mod receipt;
mod publish;
mod rounding;
mod rules;
mod rust;
mod schema;
mod secrecy;
mod search;
mod seeds;
mod serve;
mod targets;
mod sheet;
mod shipped;
mod silence;
mod sizes;
mod stages;
mod statements;
mod story;
mod tidy;
mod trial;
mod unsaid;
mod veil;
mod watch;
mod withheld;
mod wrong_years;
mod years;
