//! mingbai (明白): a static site generator for public budget disclosures.
//!
//! ```text
//!  content/  profiles/  themes/                                public/   http
//!     └──────────┴─────────┘                                      ▲        ▲
//!             source: the one door in         the one door out: publish / serve
//!                │                                                ▲
//!   content ───► model ───► site ──────────► render one path ► bytes
//!   as written   resolved   path → recipe
//!                  └─► check ► Report
//! ```
//!
//! [`plan::plan`] and [`render::render`] are the whole product; both are pure,
//! and neither can fail: what is wrong with the authors' files is data in the
//! [`diagnostic::Report`]. The modules below stand in reading order, which `tests/it/tidy.rs`
//! compares with the layers of `ARCHITECTURE.md`.

pub mod source;
pub mod amount;
pub mod address;
pub mod link;
pub mod headers;
pub mod hosts;
pub mod diagnostic;
pub mod codes;
pub mod encoding;
pub mod yaml;
pub mod commonmark;
pub mod locate;
pub mod content;
pub mod profile;
pub mod model;
pub mod findings;
pub mod sheet;
pub mod check;
pub mod url;
pub mod format;
pub mod markdown;
pub mod minify;
pub mod chart;
pub mod page;
pub mod theme;
pub mod secrecy;
pub mod output;
pub mod search;
pub mod receipt;
pub mod diff;
pub mod site;
pub mod render;
pub mod plan;
pub mod schema;
pub mod import;
pub mod publish;
pub mod serve;
pub mod status;
pub mod begin;
pub mod trial;
pub mod cli;
pub mod cmd;
